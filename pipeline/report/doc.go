// Package report turns a statement into a [Document]: what is said, in which
// order, in whose name.
//
// What it looks like on paper, in a workbook or on a page is package render's;
// every figure comes from package reconcile; the Vietnamese comes from
// templates/report.
package report
