package apptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// PostOffice is a mail server that keeps what it is given. It is a real one, on
// a port of this machine.
type PostOffice struct {
	t        testing.TB
	address  string
	server   *smtp.Server
	user     string
	password string

	mu     sync.Mutex
	taken  []Post
	refuse error
	secure bool // the last message came over an encrypted connection
}

// Post is a message as the server was given it.
type Post struct {
	From, To string
	Source   string // headers and body
}

// NewPostOffice starts a mail server that encrypts nothing.
func NewPostOffice(t testing.TB) *PostOffice {
	t.Helper()
	o := &PostOffice{t: t}
	o.start("127.0.0.1:0", nil)
	t.Cleanup(o.Close)
	return o
}

// NewSecurePostOffice starts a mail server that people must sign in to over an
// encrypted connection. certificate is what to trust it by, as PEM.
func NewSecurePostOffice(t testing.TB, user, password string) (o *PostOffice, certificate []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	o = &PostOffice{t: t, user: user, password: password}
	o.start("127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
	t.Cleanup(o.Close)
	return o, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func (o *PostOffice) start(address string, secure *tls.Config) {
	o.t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		o.t.Fatal(err)
	}
	o.address = listener.Addr().String()
	o.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &counter{office: o, conn: c}, nil }))
	o.server.Domain, o.server.TLSConfig, o.server.ErrorLog = "localhost", secure, silence{}
	go func() { _ = o.server.Serve(listener) }() // it ends with an error when it is closed
}

// Close ends the server; Reopen lets it answer again at the same address.
func (o *PostOffice) Close() { _ = o.server.Close() } // twice is an error that means nothing

// Reopen starts a server that was closed.
func (o *PostOffice) Reopen() {
	o.t.Helper()
	o.start(o.address, o.server.TLSConfig)
}

// Host and Port are where the server answers.
func (o *PostOffice) Host() string { return "127.0.0.1" }

// Port is where the server answers.
func (o *PostOffice) Port() int {
	o.t.Helper()
	address, err := net.ResolveTCPAddr("tcp", o.address)
	if err != nil {
		o.t.Fatal(err)
	}
	return address.Port
}

// Refuse has the server answer with an error to every message; nil ends that.
func (o *PostOffice) Refuse(code int, words string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refuse = nil; code != 0 {
		o.refuse = &smtp.SMTPError{Code: code, Message: words}
	}
}

// Taken lists what the server was given.
func (o *PostOffice) Taken() []Post {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]Post(nil), o.taken...)
}

// Secure says whether the last message came over an encrypted connection.
func (o *PostOffice) Secure() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.secure
}

// counter is where one connection hands in its messages.
type counter struct {
	office *PostOffice
	conn   *smtp.Conn
	signed bool
	post   Post
}

func (c *counter) AuthMechanisms() []string {
	if c.office.user == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (c *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if c.signed = user == c.office.user && password == c.office.password; !c.signed {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (c *counter) Mail(from string, _ *smtp.MailOptions) error {
	if c.office.user != "" && !c.signed {
		return smtp.ErrAuthRequired
	}
	c.post = Post{From: from}
	return nil
}

func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.post.To = to
	return c.office.refuse
}

func (c *counter) Data(r io.Reader) error {
	source, err := io.ReadAll(r)
	if err != nil {
		return errors.New("the message broke off")
	}
	c.post.Source = string(source)
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.office.taken = append(c.office.taken, c.post)
	_, c.office.secure = c.conn.TLSConnectionState()
	return nil
}

func (c *counter) Reset() { c.post = Post{} }

func (c *counter) Logout() error { return nil }

// silence is the log of a server whose clients may do anything.
type silence struct{}

func (silence) Printf(string, ...any) {}
func (silence) Println(...any)        {}
