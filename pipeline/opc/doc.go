// Package opc writes the packages that office documents are (ECMA-376 Part 2, Open
// Packaging Conventions) in one order, so that the same document has the same
// bytes. It does not know what the parts of one say.
package opc
