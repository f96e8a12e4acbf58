//go:build unix

package dovecottest

import (
	_ "embed"
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

//go:embed dovecot.conf
var conf string

// New starts Dovecot on loopback as an ordinary user; its folder is gone after
// the test. Where Dovecot is not installed the test is skipped, or fails if
// BAOCAO_REQUIRE_TOOLS asks for it.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	program := "/usr/sbin/dovecot" // not in an ordinary user's PATH
	if _, err := os.Stat(program); err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal("dovecot is not installed, and BAOCAO_REQUIRE_TOOLS asks for it")
		}
		t.Skip("dovecot is not installed")
	}
	owner, group := ordinary(t)
	s := &Server{}
	s.uid, _ = strconv.Atoi(owner.Uid)
	s.gid, _ = strconv.Atoi(owner.Gid)

	// Not t.TempDir, whose parents only the current user may enter; and a
	// socket's path may have only a hundred characters.
	root, err := os.MkdirTemp("", "dovecot")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	s.root = root
	port, tlsPort, security := freePort(t), "0", "no"
	s.Addr = net.JoinHostPort("127.0.0.1", port)
	if o.CertFile != "" {
		tlsPort, security = freePort(t), "yes\nssl_cert = <"+s.copied(t, o.CertFile, "cert")+"\nssl_key = <"+s.copied(t, o.KeyFile, "key")
		s.TLSAddr = net.JoinHostPort("127.0.0.1", tlsPort)
	}
	filled := strings.NewReplacer("@ROOT@", root, "@USER@", owner.Username, "@GROUP@", group,
		"@UID@", owner.Uid, "@GID@", owner.Gid, "@PORT@", port, "@TLSPORT@", tlsPort, "@SSL@", security,
		"@PASSWORD@", o.Password).Replace(conf)
	file := filepath.Join(root, "dovecot.conf")
	if err := os.WriteFile(file, []byte(filled), 0o644); err != nil {
		t.Fatal(err)
	}
	s.own(t, root, file)

	command := exec.Command(program, "-F", "-c", file)
	command.Dir = root
	command.SysProcAttr = &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(s.uid), Gid: uint32(s.gid)}
	}
	run(t, command, s.Addr, filepath.Join(root, "log"))
	return s
}

// own gives files to the user that the server runs as.
func (s *Server) own(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.Chown(name, s.uid, s.gid); err != nil {
			t.Fatal(err)
		}
	}
}

// copied is the path of the server's own copy of a file.
func (s *Server) copied(t testing.TB, file, name string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	name = filepath.Join(s.root, name)
	if err == nil {
		err = os.WriteFile(name, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.own(t, name)
	return name
}

// ordinary is the user that Dovecot runs as: it does not deliver to root.
func ordinary(t testing.TB) (owner *user.User, group string) {
	t.Helper()
	owner, err := user.Current()
	if err == nil && owner.Uid == "0" {
		owner, err = user.Lookup("nobody")
	}
	if err != nil {
		t.Fatal(err)
	}
	g, err := user.LookupGroupId(owner.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return owner, g.Name
}

// run starts the server, waits until it answers, and ends it after the test.
func run(t testing.TB, command *exec.Cmd, addr, logFile string) {
	t.Helper()
	var said strings.Builder
	command.Stdout, command.Stderr = &said, &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
	})
	for deadline := time.Now().Add(30 * time.Second); ; {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			c.Close()
			return
		}
		if time.Now().After(deadline) {
			_ = command.Process.Kill()
			_ = command.Wait()
			log, _ := os.ReadFile(logFile)
			t.Fatal(fmt.Errorf("dovecot does not start: %w\n%s\n%s", err, said.String(), log))
		}
	}
}

// freePort is a port that nobody listens on.
func freePort(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
