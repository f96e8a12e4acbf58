-- What clerks wrote into the sections of a period's report. Rows are added and
-- never changed: of a section the last one counts.

-- +goose Up

CREATE TABLE paragraph (
    office   TEXT   NOT NULL,
    period   TEXT   NOT NULL,
    number   BIGINT NOT NULL, -- 1, 2, 3, … in the period
    section  TEXT   NOT NULL, -- of the outline's, or the code of a field
    body     TEXT   NOT NULL, -- empty: what stood there is taken out
    author   TEXT   NOT NULL,
    via      TEXT   NOT NULL, -- the way it came: cli, page
    at       TEXT   NOT NULL,
    PRIMARY KEY (office, period, number)
);
