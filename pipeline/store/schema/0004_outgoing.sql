-- In which order letters were queued, and work that came to nothing for a
-- passing reason and is tried again.

-- +goose Up

-- Counts an office's letters as they are queued; a clock that was set back does
-- not change their order.
ALTER TABLE letter ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
UPDATE letter SET number = (
    SELECT count(*) FROM letter o
    WHERE o.office = letter.office AND (o.queued < letter.queued OR o.queued = letter.queued AND o.key <= letter.key)
);

CREATE TABLE fault (
    office   TEXT   NOT NULL,
    job      TEXT   NOT NULL, -- what was tried: "answer:" and the hash of a mail
    tries    BIGINT NOT NULL,
    began    TEXT   NOT NULL, -- the first of them
    tried    TEXT   NOT NULL, -- the last of them
    next_try TEXT   NOT NULL, -- empty: given up, a clerk must look
    problem  TEXT   NOT NULL, -- in English, as the log has it
    PRIMARY KEY (office, job)
);
