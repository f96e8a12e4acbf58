package deliver_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// taken is one letter that the sink took over.
type taken struct {
	From, To, Data string
}

// sink is a mail server that keeps what it is given and answers as told.
type sink struct {
	mailErr, rcptErr, dataErr error
	rcpt                      map[string]error // by address, before rcptErr
	drop                      bool             // close the connection instead of the last answer
	dropBefore                bool             // close it when DATA begins
	hang                      chan struct{}    // Data waits for it
	user, password            string
	mechanisms                []string

	sync.Mutex
	got   []taken
	heard []string // logins
}

func (s *sink) letters() []taken {
	s.Lock()
	defer s.Unlock()
	return append([]taken{}, s.got...)
}

func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &sinkSession{sink: s, conn: c}, nil
}

type sinkSession struct {
	sink *sink
	conn *smtp.Conn
	taken
	loggedIn bool
}

func (s *sinkSession) Reset()        { s.taken = taken{} }
func (s *sinkSession) Logout() error { return nil }

func (s *sinkSession) Mail(from string, _ *smtp.MailOptions) error {
	if s.sink.user != "" && !s.loggedIn {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "log in first"}
	}
	s.From = from
	return s.sink.mailErr
}

func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.To = to
	if err, ok := s.sink.rcpt[to]; ok {
		return err
	}
	return s.sink.rcptErr
}

func (s *sinkSession) Data(r io.Reader) error {
	if s.sink.dropBefore {
		s.conn.Conn().Close()
		return errors.New("dropped")
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.sink.hang != nil {
		<-s.sink.hang
	}
	if s.sink.dataErr != nil {
		return s.sink.dataErr
	}
	s.taken.Data = string(data)
	s.sink.Lock()
	s.sink.got = append(s.sink.got, s.taken)
	s.sink.Unlock()
	if s.sink.drop {
		s.conn.Conn().Close()
	}
	return nil
}

func (s *sinkSession) AuthMechanisms() []string {
	if s.sink.user == "" {
		return nil
	}
	return s.sink.mechanisms
}

func (s *sinkSession) Auth(mech string) (sasl.Server, error) {
	check := func(user, password string) error {
		s.sink.Lock()
		s.sink.heard = append(s.sink.heard, mech)
		s.sink.Unlock()
		if user != s.sink.user || password != s.sink.password {
			return smtp.ErrAuthFailed
		}
		s.loggedIn = true
		return nil
	}
	switch mech {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
	case "LOGIN":
		return &loginServer{check: check}, nil
	case "XOAUTH2":
		return xoauth2Server(func(answer string) error {
			user, token, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(answer, "user="), "\x01\x01"), "\x01auth=Bearer ")
			if !ok {
				return smtp.ErrAuthFailed
			}
			return check(user, token)
		}), nil
	}
	return nil, smtp.ErrAuthUnknownMechanism
}

type xoauth2Server func(answer string) error

func (f xoauth2Server) Next(response []byte) ([]byte, bool, error) {
	return nil, true, f(string(response))
}

// loginServer asks for user and password, one after the other.
type loginServer struct {
	check func(user, password string) error
	step  int
	user  string
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(response))
}

// serve starts the sink on loopback and gives its address.
func serve(t *testing.T, s *sink, config *tls.Config, implicit bool) (port int) {
	t.Helper()
	server := smtp.NewServer(s)
	server.Domain, server.AllowInsecureAuth = "mx.daknong.example", true
	server.ErrorLog = silent{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port = listener.Addr().(*net.TCPAddr).Port
	if implicit {
		listener = tls.NewListener(listener, config)
	} else {
		server.TLSConfig = config
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // it ends when it is closed
	}()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close() // which the server may not have heard of yet
		<-done
	})
	return port
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

// certificate is one for a host, and the pool that vouches for it.
func certificate(t *testing.T, host string, until time.Time) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host},
		NotBefore: until.Add(-24 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}
