//go:build darwin || linux

package pipeline

import "syscall"

// freeSpace is the bytes that an ordinary user can still write to the disk that
// dir is on, where that is known.
func freeSpace(dir string) (bytes uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
