//go:build unix

package pipeline

import (
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// A folder is free as soon as its lock is given back, also while this process
// starts others, which have its files open for a moment.
func TestServeLockWhileProcessesStart(t *testing.T) {
	name := filepath.Join(t.TempDir(), serveLockName)
	over := make(chan struct{})
	var starting sync.WaitGroup
	for range 4 {
		starting.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				_ = exec.Command("true").Run() // that it starts is all
			}
		})
	}
	for n := range 20000 {
		unlock, err := lockFile(name)
		if err != nil {
			t.Errorf("the %dth time: %v", n+1, err)
			break
		}
		unlock()
	}
	close(over)
	starting.Wait()
}
