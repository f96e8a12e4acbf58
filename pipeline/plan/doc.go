// Package plan is the vocabulary every later station speaks: the yearly plan
// of administrative reform (kế hoạch cải cách hành chính) with its fields,
// results and activities, money and percentages, and the periods in which a
// province reports on it.
//
// It reads no document (package form does) and decides nothing.
package plan
