-- Who did what and when. Rows are added and never changed: each holds the hash
-- of the one before it.

-- +goose Up

CREATE TABLE audit (
    office  TEXT   NOT NULL,
    seq     BIGINT NOT NULL, -- 1, 2, 3, …
    at      TEXT   NOT NULL,
    who     TEXT   NOT NULL,
    via     TEXT   NOT NULL, -- the way it came: cli, page, schedule
    action  TEXT   NOT NULL,
    subject TEXT   NOT NULL, -- what it was done to
    was     TEXT   NOT NULL, -- before
    became  TEXT   NOT NULL, -- after
    reason  TEXT   NOT NULL,
    prev    TEXT   NOT NULL, -- hash of row seq-1; empty in the first
    hash    TEXT   NOT NULL,
    PRIMARY KEY (office, seq)
);
