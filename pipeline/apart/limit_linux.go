package apart

import "syscall"

// limitMemory lets the system refuse memory beyond the limit. It counts what can
// be written to, and not the address space, of which Go reserves far more than
// it uses. If it cannot be set there is still [watchMemory].
func limitMemory() {
	const most = maxMemory * 15 / 16 // the program itself takes the rest
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: most, Max: most})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}

// self is the file of this program, also after another version has taken its
// place.
func self() (string, error) { return "/proc/self/exe", nil }
