// Package form reads cells: the decision's table into a [plan.Plan], an
// agency's table into a [Submission], each with findings for what it could not
// understand.
//
// It does not decide which of two submissions counts, and computes no figure
// of the report: that is package reconcile's.
package form
