// Package deliver writes letters and posts them: a [Letter] becomes the bytes
// of a mail, which are the same whenever it is composed again, and a [Post]
// hands them to the office's mail server, one recipient at a time. How far a
// letter got with each recipient is a [Recipient], whose changes are pure
// functions.
//
// It does not remember letters, which is package store's, and it does not
// decide who gets one.
package deliver
