package durable

import "fmt"

// LockDir waits until no other caller, in this process or another one, holds
// the lock of the folder dir, and takes it; unlock gives it back, and so does
// the end of the process. The lock hinders nobody who does not ask for it. It
// does nothing where the system or the file system has no such lock, as on
// Windows.
func LockDir(dir string) (unlock func(), err error) {
	unlock, err = lockDir(dir)
	if err != nil {
		return nil, fmt.Errorf("lock folder %q: %w", dir, err)
	}
	return unlock, nil
}
