//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package pipeline

import "os"

// lockFile makes the file; such systems have no lock. The ledger still keeps two
// processes from doing a job twice.
func lockFile(name string) (unlock func(), err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	return func() { _ = f.Close() }, nil
}
