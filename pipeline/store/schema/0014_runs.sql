-- What the schedule had done, and when it began to count.

-- +goose Up

CREATE TABLE run (
    office   TEXT   NOT NULL,
    key      TEXT   NOT NULL, -- job, period and step: each is done once
    job      TEXT   NOT NULL,
    period   TEXT   NOT NULL, -- empty: about none
    step     TEXT   NOT NULL,
    planned  TEXT   NOT NULL,
    until    TEXT   NOT NULL, -- the end of its window
    state    TEXT   NOT NULL, -- running, waiting, done, skipped, failed
    place    TEXT   NOT NULL, -- the folder that the process works on
    owner    TEXT   NOT NULL, -- the process that is, or was, at it
    lease    TEXT   NOT NULL, -- until when it may be silent; empty: nobody is at it
    attempts BIGINT NOT NULL,
    next_try TEXT   NOT NULL, -- empty: not of itself
    began    TEXT   NOT NULL, -- the last attempt
    ended    TEXT   NOT NULL,
    detail   TEXT   NOT NULL, -- what it did, or why it did not, in English
    PRIMARY KEY (office, key)
);
CREATE INDEX run_planned ON run (office, planned);

-- A clock that was set back or forward is known by the times that it has shown.
CREATE TABLE schedule_clock (
    office TEXT NOT NULL PRIMARY KEY,
    began  TEXT NOT NULL, -- what was due before is not made up for
    newest TEXT NOT NULL  -- the newest time that was seen
);
