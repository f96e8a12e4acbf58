-- Letters, and how far each got with each recipient. The file beside each
-- letter in the outbox holds the same, and counts where the two differ.

-- +goose Up

CREATE TABLE letter (
    office     TEXT NOT NULL,
    key        TEXT NOT NULL, -- what it is about: never written twice
    id         TEXT NOT NULL, -- of its files in the outbox
    kind       TEXT NOT NULL,
    message_id TEXT NOT NULL, -- without angle brackets
    sha256     TEXT NOT NULL, -- of the .eml
    sender     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    queued     TEXT NOT NULL,
    PRIMARY KEY (office, key)
);
CREATE UNIQUE INDEX letter_message ON letter (office, message_id);

CREATE TABLE letter_recipient (
    office   TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    address  TEXT    NOT NULL,
    state    TEXT    NOT NULL, -- deliver.State
    owner    TEXT    NOT NULL, -- the process that has taken it; empty: none
    lease    TEXT    NOT NULL, -- until when it has, should it die unnoticed
    next_try TEXT    NOT NULL, -- empty: none
    sent     TEXT    NOT NULL, -- when the last byte went out; empty: never
    facts    TEXT    NOT NULL, -- JSON of deliver.Recipient
    PRIMARY KEY (office, key, address),
    FOREIGN KEY (office, key) REFERENCES letter (office, key)
);
CREATE INDEX letter_recipient_state ON letter_recipient (office, state, next_try);
CREATE INDEX letter_recipient_sent ON letter_recipient (office, address, sent);
