//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"baocao/pipeline"
)

// served is a folder that a program may serve.
type served struct {
	t      *testing.T
	folder string
}

// serveFolder is a folder with the sample year and no mail server, whose schedule
// has begun to count.
func serveFolder(t *testing.T) served {
	t.Helper()
	s := served{t, t.TempDir()}
	if err := os.CopyFS(filepath.Join(s.folder, "inbox", sample), os.DirFS("../../inbox/mau-2018")); err != nil {
		t.Fatal(err)
	}
	s.must("2018-03-20T07:00:00+07:00", "schedule", "run")
	return s
}

func (s served) command(ctx context.Context, now string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "baocao", args...)
	cmd.Dir, cmd.Env = s.folder, append(os.Environ(), "BAOCAO_NOW="+now)
	return cmd
}

// must runs a command that ends well, and gives what it printed.
func (s served) must(now string, args ...string) string {
	s.t.Helper()
	var said bytes.Buffer
	cmd := s.command(s.t.Context(), now, args...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("baocao %v: %v\n%s", args, err, said.Bytes())
	}
	return string(out)
}

// temporaries are the files under out/ that were not finished.
func (s served) temporaries() []string {
	s.t.Helper()
	var left []string
	err := filepath.WalkDir(filepath.Join(s.folder, "out"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), ".baocao-tmp-") {
			left = append(left, name)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return left
}

// serving is a running baocao, and what it logs.
type serving struct {
	*exec.Cmd
	lines *bufio.Scanner
	said  *strings.Builder
}

func (s served) start(ctx context.Context, now string, args ...string) serving {
	s.t.Helper()
	cmd := s.command(ctx, now, args...)
	log, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return serving{cmd, bufio.NewScanner(log), &strings.Builder{}}
}

// await reads the log until a line holds the text.
func (p serving) await(t *testing.T, text string) {
	t.Helper()
	for p.lines.Scan() {
		p.said.WriteString(p.lines.Text() + "\n")
		if strings.Contains(p.lines.Text(), text) {
			return
		}
	}
	t.Fatalf("it ended without %q:\n%s", text, p.said)
}

// terminate ends it politely and makes sure that it ends well, and in time.
func (p serving) terminate(t *testing.T) {
	t.Helper()
	began := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for p.lines.Scan() {
		p.said.WriteString(p.lines.Text() + "\n")
	}
	if err := p.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v\n%s", err, p.said)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v to end, want at most 5 s", took)
	}
}

// TestServeIsStopped stops serve while it makes a draft: it leaves in time and
// nothing half done, and the next one takes the draft up and finishes it.
func TestServeIsStopped(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := serveFolder(t)
	const at = "2018-03-21T07:31:00+07:00"
	first := s.start(ctx, at, "serve")
	first.await(t, "job=draft/2018-Q1/lock+1w attempt=1")
	first.terminate(t)
	if left := s.temporaries(); len(left) > 0 {
		t.Errorf("left half written: %v", left)
	}
	h, err := pipeline.ReadHealth(filepath.Join(s.folder, "out"))
	if err != nil || h == nil || h.Stopped == nil || h.PID != first.Process.Pid {
		t.Errorf("health: got %+v %v, want it stopped", h, err)
	}

	again := s.start(ctx, "2018-03-21T07:40:00+07:00", "serve")
	again.await(t, "job=draft/2018-Q1/lock+1w state=done")
	second := s.command(ctx, at, "serve")
	var said bytes.Buffer
	second.Stderr = &said
	if err := second.Run(); err == nil || !strings.Contains(said.String(), "another baocao is at work in this folder") {
		t.Errorf("a second one in the folder: got %v, want it refused\n%s", err, said.Bytes())
	}
	again.terminate(t)
	var log []pipeline.RunView
	if err := json.Unmarshal([]byte(s.must("2018-03-21T07:41:00+07:00", "schedule", "log", "--json")), &log); err != nil {
		t.Fatal(err)
	}
	for _, r := range log {
		if strings.HasPrefix(r.Key, "draft/2018-Q1/lock") && (r.State != "done" || r.Attempts != 1) {
			t.Errorf("the draft: got %+v, want it done, and the stop not counted", r)
		}
	}
	if out := s.must("2018-03-21T07:42:00+07:00", "report", "2018-Q1"); strings.Contains(out, "written") && !strings.Contains(out, "unchanged") {
		t.Errorf("the report was not whole:\n%s", out)
	}
}

// TestServeIsKilled kills serve while it makes a draft; the next one on the folder
// does not wait for the lease.
func TestServeIsKilled(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := serveFolder(t)
	first := s.start(ctx, "2018-03-21T07:31:00+07:00", "serve")
	first.await(t, "job=draft/2018-Q1/lock+1w attempt=1")
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // it was killed
	out := s.must("2018-03-21T07:32:00+07:00", "schedule", "run")
	if !strings.Contains(out, "done") || !strings.Contains(out, "draft/2018-Q1/lock+1w") {
		t.Errorf("after a kill:\n%s\nwant the draft done", out)
	}
	if left := s.temporaries(); len(left) > 0 {
		t.Errorf("left half written: %v", left)
	}
}

// TestTwoServe runs two programs on one database from two folders: each job is
// done once.
func TestTwoServe(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	a := serveFolder(t)
	b := served{t, t.TempDir()}
	state := filepath.Join(t.TempDir(), "state")
	for _, s := range []served{a, b} {
		if err := os.MkdirAll(filepath.Join(s.folder, "inbox"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(s.folder, configName), []byte("state: "+state+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a.must("2018-03-20T07:00:00+07:00", "schedule", "run")
	const at = "2018-03-21T07:31:00+07:00"
	var lock sync.Mutex
	attempts := map[string]int{}
	var both sync.WaitGroup
	for _, s := range []served{a, b} {
		both.Go(func() {
			cmd := s.command(ctx, at, "schedule", "run", "--json")
			out, err := cmd.Output()
			var runs []pipeline.RunView
			if err == nil {
				err = json.Unmarshal(out, &runs)
			}
			if err != nil {
				t.Error(err)
			}
			lock.Lock()
			defer lock.Unlock()
			for _, r := range runs {
				attempts[r.Key]++
			}
		})
	}
	both.Wait()
	want := []string{"collect//2018-03-21T07:30", "draft/2018-Q1/lock+1w"}
	for _, key := range want {
		if attempts[key] != 1 {
			t.Errorf("%s: done %d times, want once", key, attempts[key])
		}
	}
	if len(attempts) != len(want) {
		t.Errorf("done: got %v, want %v", attempts, want)
	}
}
