package collect

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// address is the server's name and its address with the port.
func (m *Mailbox) address() (host, addr string, err error) {
	host, port, err := net.SplitHostPort(m.Server)
	if err != nil { // no port is named
		host, port = strings.Trim(m.Server, "[]"), "143"
		if m.Security == TLS {
			port = "993"
		}
	}
	if host == "" || port == "" || strings.ContainsAny(host, " /@") {
		return "", "", fmt.Errorf("server %q: want the name of a mail server, such as imap.example.vn", m.Server)
	}
	return host, net.JoinHostPort(host, port), nil
}

// loopback reports whether host is this computer itself.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// connect connects to the server, as securely as is asked for.
func (m *Mailbox) connect(ctx context.Context) (*guard, error) {
	host, addr, err := m.address()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, m.Response)
	defer cancel()
	raw, err := m.Dial(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	g := &guard{Conn: raw, raw: raw, response: m.Response, whole: m.PerMessage, left: most}
	if err := m.secure(ctx, g, host); err != nil {
		raw.Close()
		return nil, err
	}
	return g, nil
}

// secure encrypts the connection, or makes sure that it need not be.
func (m *Mailbox) secure(ctx context.Context, g *guard, host string) error {
	if m.Security == Plain {
		if a, ok := g.raw.RemoteAddr().(*net.TCPAddr); !loopback(host) || ok && !a.IP.IsLoopback() {
			return fmt.Errorf("%w: %v is another computer", ErrInsecure, g.raw.RemoteAddr())
		}
		return nil
	}
	defer context.AfterFunc(ctx, func() { g.raw.Close() })()
	if m.Security == StartTLS {
		if err := startTLS(g.raw, m.Response); err != nil {
			return err
		}
		// After STARTTLS there is no greeting; imapclient wants one.
		g.greeting = strings.NewReader("* OK encrypted\r\n")
	}
	conn := tls.Client(g.raw, &tls.Config{
		ServerName: host, RootCAs: m.RootCAs, MinVersion: tls.VersionTLS12, Time: m.Now,
	})
	if err := conn.HandshakeContext(ctx); err != nil {
		return fmt.Errorf("%w: TLS: %w", ErrInsecure, err)
	}
	g.Conn = conn
	return nil
}

// startTLS asks the server to begin TLS (RFC 9051 §6.2.1). It is done here, not
// by imapclient, so that everything said before is forgotten, and so that
// [guard] can stand above TLS.
func startTLS(conn net.Conn, patience time.Duration) error {
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	r := bufio.NewReaderSize(conn, 4<<10)
	if line, err := statusLine(r, "*"); err != nil {
		return err
	} else if kind, _, _ := strings.Cut(line, " "); !strings.EqualFold(kind, "OK") {
		// PREAUTH, a login that was not asked for, or BYE.
		return fmt.Errorf("%w: the server greets with %q", ErrInsecure, oneLine(line))
	}
	if _, err := conn.Write([]byte("S STARTTLS\r\n")); err != nil {
		return err
	}
	line, err := statusLine(r, "S")
	if err != nil {
		return err
	}
	if kind, _, _ := strings.Cut(line, " "); !strings.EqualFold(kind, "OK") {
		return fmt.Errorf("%w: the server has no STARTTLS: %q", ErrInsecure, oneLine(line))
	}
	if r.Buffered() > 0 { // somebody on the way wants it taken for encrypted
		return fmt.Errorf("%w: the server said more before TLS began", ErrInsecure)
	}
	return conn.SetDeadline(time.Time{})
}

// statusLine is the rest of the next line that begins with the tag.
func statusLine(r *bufio.Reader, tag string) (string, error) {
	for range 100 {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return "", fmt.Errorf("read the server's answer: %w", err)
		}
		if first, rest, _ := strings.Cut(strings.TrimSpace(string(line)), " "); first == tag {
			return rest, nil
		}
	}
	return "", errors.New("the server does not answer the question")
}
