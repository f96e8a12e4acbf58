-- The revisions of each period's report. The files that make one up lie in the
-- archive, by their hashes.

-- +goose Up

CREATE TABLE issue (
    office   TEXT   NOT NULL,
    period   TEXT   NOT NULL,
    revision BIGINT NOT NULL, -- 1, 2, 3, …
    state    TEXT   NOT NULL, -- prepared, issued, reopened
    facts    TEXT   NOT NULL, -- JSON of store.Issue
    PRIMARY KEY (office, period, revision)
);
