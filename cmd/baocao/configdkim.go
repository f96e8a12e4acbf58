package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"
)

// systemDNS is the value of dkim_dns for the name servers of this computer.
const systemDNS = "system"

// keyServer is the domain name system as DKIM keys are asked for. After some
// answers in a row that did not come it is not asked for a while, so that a
// server that is down does not hold up hundreds of mails one by one.
type keyServer struct {
	resolver *net.Resolver
	wait     time.Duration // for one answer
	now      func() time.Time

	lock   sync.Mutex
	silent int       // answers in a row that did not come
	until  time.Time // nobody is asked before
}

// When a server that is silent is left alone, and for how long.
const (
	mostSilent = 3
	silentFor  = time.Minute
)

// newKeyServer is the name server of dkim_dns; nil for an empty setting.
func newKeyServer(setting string) (*keyServer, error) {
	s := &keyServer{resolver: &net.Resolver{}, wait: 5 * time.Second, now: time.Now}
	switch setting {
	case "":
		return nil, nil
	case systemDNS:
		return s, nil
	}
	addr, err := netip.ParseAddrPort(setting)
	if err != nil {
		var host netip.Addr
		if host, err = netip.ParseAddr(setting); err != nil {
			return nil, fmt.Errorf("dkim_dns %q: want %s, or the address of a name server, such as 192.0.2.1", setting, systemDNS)
		}
		addr = netip.AddrPortFrom(host, 53)
	}
	s.resolver = &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, addr.String())
		},
	}
	return s, nil
}

// errSilent is the answer of a server that is left alone. It is a passing one,
// as that of a server that is asked and silent.
var errSilent = &net.DNSError{Err: "the name server did not answer and is left alone for a minute", IsTemporary: true}

// lookupTXT is the TXT records of a name. That there are none is an error, and
// so is no answer; only the second is temporary.
func (s *keyServer) lookupTXT(name string) ([]string, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.now().Before(s.until) {
		return nil, errSilent
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.wait)
	defer cancel()
	records, err := s.resolver.LookupTXT(ctx, name+".") // the name as it is: no domain of ours is put behind it
	var said *net.DNSError
	if err == nil || errors.As(err, &said) && said.IsNotFound {
		s.silent = 0
		return records, err
	}
	if s.silent++; s.silent >= mostSilent {
		s.silent, s.until = 0, s.now().Add(silentFor)
	}
	return nil, &net.DNSError{Err: err.Error(), Name: name, IsTemporary: true}
}
