//go:build !linux

package apart

import "os"

// limitMemory does nothing: [watchMemory] is all there is.
func limitMemory() {}

func self() (string, error) { return os.Executable() }
