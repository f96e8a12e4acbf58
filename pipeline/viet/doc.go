// Package viet knows how Vietnamese is written and mistyped: clean text, text
// typed in the fonts before Unicode, keys that are equal for spellings of the
// same words, numbers as people type them, amounts in words and the alphabet's
// order.
//
// It does not know what a text means: names of agencies are package agency's,
// columns and status words are package form's.
package viet
