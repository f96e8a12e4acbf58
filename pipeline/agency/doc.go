// Package agency says who is who, and since when: the dated directory of
// agencies, the groups they belong to, the names people type for them and the
// addresses they write from.
//
// It does not read files and knows no plan: the directory's data are handed to
// [New] already decoded.
package agency
