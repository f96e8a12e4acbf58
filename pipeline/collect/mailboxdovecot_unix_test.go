//go:build unix

package collect_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dovecot starts Dovecot on loopback as an ordinary user, whose folder is gone
// after the test.
func dovecot(t testing.TB) server {
	t.Helper()
	program := "/usr/sbin/dovecot" // not in an ordinary user's PATH
	if _, err := os.Stat(program); err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal("dovecot is not installed, and BAOCAO_REQUIRE_TOOLS asks for it")
		}
		t.Skip("dovecot is not installed")
	}
	owner, err := user.Current()
	if err == nil && owner.Uid == "0" { // Dovecot does not deliver to root
		owner, err = user.Lookup("nobody")
	}
	if err != nil {
		t.Fatal(err)
	}
	group, err := user.LookupGroupId(owner.Gid)
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(owner.Uid)
	gid, _ := strconv.Atoi(owner.Gid)

	// Not t.TempDir, whose parents only the current user may enter; and a
	// socket's path may have only a hundred characters.
	root, err := os.MkdirTemp("", "dovecot")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	port := freePort(t)
	template, err := os.ReadFile("testdata/dovecot.conf")
	if err != nil {
		t.Fatal(err)
	}
	conf := strings.NewReplacer("@ROOT@", root, "@USER@", owner.Username, "@GROUP@", group.Name,
		"@UID@", owner.Uid, "@GID@", owner.Gid, "@PORT@", port, "@PASSWORD@", mailPassword).Replace(string(template))
	file := filepath.Join(root, "dovecot.conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{root, file} {
		if err := os.Chown(name, uid, gid); err != nil {
			t.Fatal(err)
		}
	}

	command := exec.Command(program, "-F", "-c", file)
	command.Dir = root
	var said strings.Builder
	command.Stdout, command.Stderr = &said, &said
	command.SysProcAttr = &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
	})
	addr := net.JoinHostPort("127.0.0.1", port)
	for deadline := time.Now().Add(30 * time.Second); ; {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			c.Close()
			return server{addr: addr}
		}
		if time.Now().After(deadline) {
			_ = command.Process.Kill()
			_ = command.Wait()
			log, _ := os.ReadFile(filepath.Join(root, "log"))
			t.Fatal(fmt.Errorf("dovecot does not start: %w\n%s\n%s", err, said.String(), log))
		}
	}
}

// freePort is a port that nobody listens on.
func freePort(t testing.TB) string {
	l := listen(t)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
