-- What is kept of documents and plans. Times are RFC 3339 in UTC with nine
-- decimals, so that they sort as text. JSON columns hold the value whole; the
-- columns beside them are what is searched by.

-- +goose Up

-- A document, known by its content.
CREATE TABLE original (
    office TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (office, sha256)
);

-- Each place that a document came from.
CREATE TABLE arrival (
    office  TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    file    TEXT NOT NULL, -- in the inbox
    name    TEXT NOT NULL, -- the sender's name for it
    message TEXT NOT NULL, -- SHA-256 of the mail; empty for a dropped file
    arrived TEXT NOT NULL,
    sender  TEXT NOT NULL,
    facts   TEXT NOT NULL, -- JSON of store.Arrival
    PRIMARY KEY (office, sha256, file, name, message),
    FOREIGN KEY (office, sha256) REFERENCES original (office, sha256)
);

-- What a document was last read as.
CREATE TABLE reading (
    office     TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    rules      TEXT NOT NULL, -- hash of everything the reading depended on
    period     TEXT NOT NULL, -- empty: not known
    agency     TEXT NOT NULL, -- empty: not known
    outcome    TEXT NOT NULL,
    arrived    TEXT NOT NULL,
    submission TEXT NOT NULL, -- JSON of form.Submission
    PRIMARY KEY (office, sha256),
    FOREIGN KEY (office, sha256) REFERENCES original (office, sha256)
);
CREATE INDEX reading_period ON reading (office, period, arrived);

-- The versions of each year's plan.
CREATE TABLE plan (
    office  TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    version INTEGER NOT NULL,
    sha256  TEXT    NOT NULL, -- of the document it was read from
    number  TEXT    NOT NULL,
    name    TEXT    NOT NULL, -- of the document
    plan    TEXT    NOT NULL, -- JSON of plan.Plan
    PRIMARY KEY (office, year, version)
);
