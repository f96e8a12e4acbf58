//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// What does not stop by itself is ended before whoever sent the signal loses
// patience, and nothing else is.
func TestLeaveInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, signal := context.WithCancel(t.Context())
		ended := time.Time{}
		leaveInTime(ctx, func() { ended = time.Now() })
		time.Sleep(time.Hour)
		synctest.Wait()
		if !ended.IsZero() {
			t.Fatal("ended without a signal")
		}
		signalled := time.Now()
		signal()
		time.Sleep(time.Minute)
		synctest.Wait()
		if took := ended.Sub(signalled); took <= 4*time.Second || took >= 5*time.Second {
			t.Errorf("ended %v after the signal, want between 4 and 5 seconds", took)
		}
	})
}

// TestStoppedInARender stops serve, and schedule run, while they render a big
// report: they end in time, nothing is half written, and the next one writes what
// one that was never stopped writes.
func TestStoppedInARender(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	s := serveFolder(t)
	s.bigReports(5)
	const at = "2018-03-21T07:31:00+07:00"
	s.must(at, "collect") // so that the job has nothing to read

	first := s.start(ctx, at, "serve")
	first.await(t, "rendering=2018-Q1")
	first.terminate(t)
	s.nothingHalfDone()

	second := s.start(ctx, at, "schedule", "run")
	second.await(t, "rendering=2018-Q1")
	began := time.Now()
	if err := second.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for second.lines.Scan() {
		second.said.WriteString(second.lines.Text() + "\n")
	}
	_ = second.Wait() // it failed, or it was quick
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("schedule run took %v to end, want at most 5 s\n%s", took, second.said)
	}
	if strings.Contains(second.said.String(), "stopped; what was at work") {
		s.nothingHalfDone()
	}

	out := s.must(at, "schedule", "run")
	if !strings.Contains(out, "done") || !strings.Contains(out, "draft/2018-Q1/lock+1w") {
		t.Errorf("the next one:\n%s\nwant the draft done", out)
	}
	if again := s.must(at, "report", "2018-Q1"); strings.Contains(again, "written") && !strings.Contains(again, "unchanged") {
		t.Errorf("the report that was written is not the one that is made:\n%s", again)
	}
}

// bigReports puts reports of some agencies into the inbox that say a great deal of
// each activity.
func (s served) bigReports(agencies int) {
	s.t.Helper()
	const at = "2018-03-20T07:30:00+07:00"
	s.must(at, "form", "make", "2018-Q1", "--to", "bieu-mau")
	forms, err := filepath.Glob(filepath.Join(s.folder, "bieu-mau", "*-s*.xlsx"))
	if err != nil || len(forms) < agencies {
		s.t.Fatalf("forms: %q %v", forms, err)
	}
	slices.Sort(forms)
	day := filepath.Join(s.folder, "inbox", "2018-03-16")
	if err := os.MkdirAll(day, 0o755); err != nil {
		s.t.Fatal(err)
	}
	text := strings.Repeat("Đã triển khai thực hiện theo Kế hoạch. ", 750)
	for _, form := range forms[:agencies] {
		blank, err := os.ReadFile(form)
		if err == nil {
			err = os.WriteFile(filepath.Join(day, filepath.Base(form)), filledForm(s.t, blank, simAnswer{text, "Đang thực hiện", 25, 1}), 0o644)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// nothingHalfDone makes sure that there is neither a part of the report nor a
// temporary file.
func (s served) nothingHalfDone() {
	s.t.Helper()
	if left := s.temporaries(); len(left) > 0 {
		s.t.Errorf("left half written: %v", left)
	}
	if made, err := filepath.Glob(filepath.Join(s.folder, "out", "2018-Q1", "*")); err != nil || len(made) > 0 {
		s.t.Errorf("in the report's folder: %v %v, want nothing", made, err)
	}
}
