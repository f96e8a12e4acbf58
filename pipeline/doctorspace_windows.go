package pipeline

import "golang.org/x/sys/windows"

// freeSpace is the bytes that this user can still write to the disk that dir is
// on, where that is known.
func freeSpace(dir string) (bytes uint64, known bool) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	err = windows.GetDiskFreeSpaceEx(name, &bytes, nil, nil)
	return bytes, err == nil
}
