-- What is known of the mailboxes that mail is fetched from. It can be rebuilt:
-- every stored mail has a .json beside it that says where it came from.

-- +goose Up

-- A folder of an account on a mail server.
CREATE TABLE mailbox (
    office      TEXT   NOT NULL,
    account     TEXT   NOT NULL,
    folder      TEXT   NOT NULL,
    uidvalidity BIGINT NOT NULL, -- 0: not seen yet
    highest     BIGINT NOT NULL, -- every UID up to it is dealt with
    refusals    BIGINT NOT NULL, -- logins refused in a row
    login_at    TEXT   NOT NULL, -- the last of them; empty: none
    PRIMARY KEY (office, account, folder)
);

-- A message of a mailbox.
CREATE TABLE mail (
    office      TEXT   NOT NULL,
    account     TEXT   NOT NULL,
    folder      TEXT   NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uid         BIGINT NOT NULL,
    message_id  TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    received    TEXT   NOT NULL, -- empty: the server did not say
    sender      TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    sha256      TEXT   NOT NULL, -- of the stored message; empty: not stored
    marked      BIGINT NOT NULL, -- 1: also on the server
    attempts    BIGINT NOT NULL, -- that came to nothing
    next_try    TEXT   NOT NULL, -- empty: none
    attention   BIGINT NOT NULL, -- 1: a clerk must look
    problem     TEXT   NOT NULL,
    PRIMARY KEY (office, account, folder, uidvalidity, uid),
    FOREIGN KEY (office, account, folder) REFERENCES mailbox (office, account, folder)
);
CREATE INDEX mail_same ON mail (office, account, folder, message_id, size);
CREATE INDEX mail_next ON mail (office, account, folder, uidvalidity, next_try) WHERE next_try <> '';
CREATE INDEX mail_unmarked ON mail (office, account, folder, uidvalidity, uid) WHERE marked = 0 AND sha256 <> '';
CREATE INDEX mail_attention ON mail (office, account, folder, uidvalidity) WHERE attention = 1;
