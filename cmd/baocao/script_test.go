package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"baocao": func() { os.Exit(start(toldNow)) }})
}

// toldNow is the moment that BAOCAO_NOW names, RFC 3339, and without it the
// present one: the clock of the program under test.
func toldNow() time.Time {
	if t, err := time.Parse(time.RFC3339, os.Getenv("BAOCAO_NOW")); err == nil {
		return t
	}
	return time.Now()
}

// TestScript runs the program as a user does: one script for each thing that a
// user does, and for each bug.
func TestScript(t *testing.T) {
	sample, err := filepath.Abs("../../inbox/mau-2018")
	if err != nil {
		t.Fatal(err)
	}
	forms, err := filepath.Abs("../../pipeline/form/testdata")
	if err != nil {
		t.Fatal(err)
	}
	decision, err := filepath.Abs("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":      exits,
			"hostile":    hostile,
			"mailserver": mailServer,
			"mailin":     mailIn,
			"spoil":      spoil,
			"sample":     func(ts *testscript.TestScript, _ bool, _ []string) { copySample(ts, sample) },
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLE", sample)
			env.Setenv("FORMS", forms)
			env.Setenv("DECISION", decision)
			return os.MkdirAll(filepath.Join(env.WorkDir, "inbox"), 0o755)
		},
	})
}

// exits runs a command that must end with the given code: exits 2 baocao rnu.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%v ended %d, want %d", args[1:], got, want)
	}
}

// copySample puts the made-up year into the script's inbox.
func copySample(ts *testscript.TestScript, sample string) {
	ts.Check(os.CopyFS(ts.MkAbs("inbox/mau-2018"), os.DirFS(sample)))
}

// spoil changes bytes of a file by hand: spoil FILE OLD NEW, of one length.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: spoil file old new, of one length")
	}
	name := ts.MkAbs(args[0])
	data, err := os.ReadFile(name)
	ts.Check(err)
	if !bytes.Contains(data, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(name, bytes.ReplaceAll(data, []byte(args[1]), []byte(args[2])), 0o644))
}
