//go:build unix

package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// nobody is the user that root becomes, to whom not everything is allowed.
const nobody = 65534

// One folder that cannot be written to is told by its name, and does not keep
// the rest from being looked at.
func TestDoctorFolders(t *testing.T) {
	folder := doctorsOffice(t, "office: daknong\n", "")
	cmd := exec.CommandContext(t.Context(), "baocao", "--config", filepath.Join(folder, configName), "doctor", "--json")
	if os.Geteuid() == 0 {
		asNobody(t, cmd, folder)
	}
	locked := filepath.Join(folder, "out")
	if err := os.Mkdir(locked, 0o555); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Fatalf("got %v, want it to end %d; stderr %q", err, exitFailed, stderr.String())
	}
	all := byCheck(t, stdout, stderr.String())
	if got := all["folders"]; got.OK || !strings.Contains(got.Detail, locked) || !strings.Contains(got.Detail, "permission denied") {
		t.Errorf("got %+v, want %q named", got, locked)
	}
	for _, check := range []string{"fonts", "configuration"} {
		if got := all[check]; !got.OK {
			t.Errorf("%s: got %+v, want it ok", check, got)
		}
	}
}

// asNobody gives an office to another user than root, and makes a command run as
// that. The program is started by the kernel's name for it: where it lies, others
// than root may not look.
func asNobody(t *testing.T, cmd *exec.Cmd, folder string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("root may write anywhere, and only Linux has /proc/self/exe")
	}
	if err := os.Chmod(filepath.Dir(folder), 0o755); err != nil { // t.TempDir's own, for its user alone
		t.Fatal(err)
	}
	err := filepath.WalkDir(folder, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(name, nobody, nobody)
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd.Path, cmd.Err, cmd.Dir = "/proc/self/exe", nil, folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
}
