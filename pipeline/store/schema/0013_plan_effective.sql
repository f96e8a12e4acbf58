-- From which day on a version of a plan is in force, YYYY-MM-DD, where
-- that was said; see store.PlanKept.

-- +goose Up

ALTER TABLE plan ADD COLUMN effective TEXT NOT NULL DEFAULT '';
