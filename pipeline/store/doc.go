// Package store remembers: the originals as they came, each with every arrival,
// what they were read as, and the versions of the plan; in one SQLite file,
// beside an archive of the documents from which most of it can be rebuilt.
//
// It decides nothing: which reading counts is package reconcile's, and what is
// read anew is the pipeline's.
package store
