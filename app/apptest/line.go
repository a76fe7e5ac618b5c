package apptest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Line is a line to a server that a test can cut, as when the server restarts:
// what is connected breaks off, and what comes is turned away, until Mend.
type Line struct {
	listener net.Listener
	target   string

	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]bool
	left  int64 // bytes to the server after which it is cut; 0: it is not
}

// CutLine puts a line in front of the server of an address and answers the
// address that goes through it.
func CutLine(t testing.TB, address string) (*Line, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal("the server's address is no URL") // err would repeat its password
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{listener: listener, target: u.Host, conns: map[net.Conn]bool{}}
	go l.serve()
	t.Cleanup(func() {
		l.Cut()
		listener.Close()
	})
	u.Host = listener.Addr().String()
	return l, u.String()
}

// Cut breaks every connection off and lets no other through.
func (l *Line) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	for c := range l.conns {
		c.Close()
	}
}

// CutAfter cuts it when so many more bytes have gone to the server, be it in the
// middle of a request.
func (l *Line) CutAfter(n int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = n
}

// Mend lets connections through again.
func (l *Line) Mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = false
}

func (l *Line) serve() {
	for {
		here, err := l.listener.Accept()
		if err != nil {
			return // the test is over
		}
		there, err := net.Dial("tcp", l.target)
		if err != nil || !l.keep(here, there) {
			here.Close()
			if err == nil {
				there.Close()
			}
			continue
		}
		go l.carry(counted{here, l}, there)
		go l.carry(there, here)
	}
}

func (l *Line) keep(ends ...net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		return false
	}
	for _, c := range ends {
		l.conns[c] = true
	}
	return true
}

// counted is the end of a connection from which things go to the server.
type counted struct {
	net.Conn
	line *Line
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.line.passes(n) {
		return n, err
	}
	c.line.Cut()
	return 0, io.ErrClosedPipe
}

// passes says whether so many bytes still go through.
func (l *Line) passes(n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left == 0 {
		return true
	}
	if l.left -= int64(n); l.left > 0 {
		return true
	}
	l.left = 0
	return false
}

func (l *Line) carry(from, to net.Conn) {
	io.Copy(to, from) // until either end closes: that is how a line ends
	from.Close()
	to.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range []net.Conn{from, to} {
		if counted, is := c.(counted); is {
			c = counted.Conn
		}
		delete(l.conns, c)
	}
}
