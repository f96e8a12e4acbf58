// Package store remembers: the originals as they came, each with every arrival,
// what they were read as, and the versions of the plan; what clerks decided, what
// was issued, and who did what; in one SQLite file, beside an archive of the
// documents from which much of it can be rebuilt. What cannot be is in backups.
//
// It decides nothing: which reading counts is package reconcile's, and what is
// read anew is the pipeline's. Of a period it knows whether it is closed, and
// refuses what would change it then.
package store
