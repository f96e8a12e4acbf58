//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	_ "unsafe" // for go:linkname

	"modernc.org/sqlite"
)

// What a child of the kill test is told by its environment.
const (
	stepsFile = "BAOCAO_TEST_STEPS"    // where it writes each step, a line for each
	dieAt     = "BAOCAO_TEST_DIE_AT"   // before which step it kills itself, as a number or as it is written; 0: none
	dieWhen   = "BAOCAO_TEST_DIE_WHEN" // the file whose appearance makes it kill itself at its next step
)

//go:linkname durableStep baocao/pipeline/durable.step
var durableStep func(string)

// init makes this program note its steps, if it is a child of the kill test: each
// system call of package durable and each commit of a transaction.
func init() {
	name := os.Getenv(stepsFile)
	if name == "" {
		return
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitUsage)
	}
	s := &steps{file: file, last: os.Getenv(dieAt), when: os.Getenv(dieWhen)}
	durableStep = s.step
	sqlite.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		conn.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 {
			s.step("commit")
			return 0
		})
		return nil
	})
}

// steps counts the steps of this process, and ends it at one of them.
type steps struct {
	sync.Mutex
	file *os.File
	done int
	last string
	when string
}

func (s *steps) step(name string) {
	s.Lock()
	defer s.Unlock()
	s.done++
	full := caller() + ": " + name
	fmt.Fprintln(s.file, full)
	if full == s.last || strconv.Itoa(s.done) == s.last || s.when != "" && exists(s.when) {
		killSelf()
	}
}

// killSelf ends this process as a failing computer would: nothing is cleared up.
func killSelf() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitUsage)
	}
	select {}
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// caller is the method that the step is part of, such as "store.(*Store).Queue".
func caller() string {
	pcs := make([]uintptr, 200)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for {
		f, more := frames.Next()
		name, ours := strings.CutPrefix(f.Function, "baocao/pipeline/")
		inner := strings.HasPrefix(name, "durable.") || strings.HasPrefix(name, "store.transact") ||
			strings.HasPrefix(name, "store.(*Store).write") || strings.Contains(name, ".func") ||
			strings.HasPrefix(name, "store.write") || strings.HasPrefix(name, "store.archive")
		if ours && !inner {
			return name
		}
		if !more {
			return "elsewhere"
		}
	}
}
