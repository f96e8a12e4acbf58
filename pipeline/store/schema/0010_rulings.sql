-- What clerks decided. It stands beside what was read and changes nothing of it.

-- +goose Up

CREATE TABLE ruling (
    office      TEXT   NOT NULL,
    number      BIGINT NOT NULL, -- 7 is r7
    period      TEXT   NOT NULL, -- whose statement it enters; empty: of every period
    via         TEXT   NOT NULL, -- the way it came: cli, page, schedule
    ruling      TEXT   NOT NULL, -- JSON of reconcile.Ruling
    undone      TEXT   NOT NULL, -- when; empty: in force
    undone_by   TEXT   NOT NULL,
    undone_via  TEXT   NOT NULL,
    undone_why  TEXT   NOT NULL,
    PRIMARY KEY (office, number)
);
CREATE INDEX ruling_period ON ruling (office, period, number);
