// Package render turns a [report.Document] into bytes: a PDF on paper's terms, a
// workbook, a page for a clerk's preview, plain text for a terminal or a diff.
//
// It decides what a document looks like and nothing else: it computes no figure,
// chooses no word and reads no file. Sizes, margins and the place of the page
// number are data ([Layout], templates/layout), because a decree changes them.
// It does not make PDF/A or signatures.
package render
