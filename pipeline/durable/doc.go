// Package durable writes files wholly or not at all: what has returned without
// an error is still there after the power fails, and a half-written file never
// stands under its final name.
//
// It knows nothing of what is in the files and takes no decision about names.
package durable
