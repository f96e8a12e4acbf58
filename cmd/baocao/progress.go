package main

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// progress shows on a terminal which stage is at work and how far it is; it is
// nil, and nothing is shown, where nobody watches.
func (a *app) progress() func(stage string, done, of int) {
	f, ok := a.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	const clear = "\r\x1b[K"
	return func(stage string, done, of int) {
		switch {
		case of == 0:
			fmt.Fprintf(f, clear+"%s: %d", stage, done)
		case done < of:
			fmt.Fprintf(f, clear+"%s: %d of %d", stage, done, of)
		default:
			fmt.Fprint(f, clear)
		}
	}
}
