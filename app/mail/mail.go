// Package mail sends e-mail to people of the newsroom through a mail server of
// the house (SMTP).
//
// A Message is words, quotes and links; from it the room makes both the plain
// text and the HTML that mail programs choose from. It goes to one person, says
// that a program sent it, and where the person chooses whether they want such
// e-mail.
//
// What goes wrong is told without addresses: mail servers repeat them in their
// answers, and those end in logs. Unavailable means that the same message may
// go through later, NotPossible that the server does not want it.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"net/textproto"
	"os"
	"strings"
	"time"

	"doingoai/app/fault"

	smtp "github.com/wneessen/go-mail"
)

// Encryption says how the connection to the mail server is protected.
type Encryption string

// The ways to protect it.
const (
	StartTLS Encryption = "starttls" // begun in the clear, then encrypted; never without
	TLS      Encryption = "tls"      // encrypted from the first byte
	None     Encryption = "none"     // for a server on this machine or in its own network
)

// Options say which mail server to use.
type Options struct {
	Host       string
	Port       int        // 0: 587, or 465 with TLS
	Encryption Encryption // "": StartTLS
	User       string     // "": without signing in
	Password   string
	From       string // such as "Tòa soạn <toasoan@example.vn>"
}

// Server is a mail server of the house. It may be shared.
type Server struct {
	client func() (*smtp.Client, error)
	from   mail.Address
	o      Options
}

// patience limits how long one message may take.
const patience = 15 * time.Second

// New prepares a server without asking it.
func New(o Options) (*Server, error) {
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, errors.New("the sender of e-mail is no address such as: Tòa soạn <toasoan@example.vn>")
	}
	if o.Encryption == "" {
		o.Encryption = StartTLS
	}
	if o.Port == 0 {
		if o.Port = 587; o.Encryption == TLS {
			o.Port = 465
		}
	}
	s := &Server{from: *from, o: o}
	s.client = func() (*smtp.Client, error) { return smtp.NewClient(o.Host, o.client()...) }
	_, err = s.client()
	return s, err
}

func (o Options) client() []smtp.Option {
	options := []smtp.Option{smtp.WithPort(o.Port), smtp.WithTimeout(patience)}
	if name, err := os.Hostname(); err == nil && name != "" {
		options = append(options, smtp.WithHELO(name))
	}
	switch o.Encryption {
	case TLS:
		options = append(options, smtp.WithSSL())
	case None:
		options = append(options, smtp.WithTLSPolicy(smtp.NoTLS))
	default:
		options = append(options, smtp.WithTLSPolicy(smtp.TLSMandatory))
	}
	if o.User != "" {
		options = append(options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(o.User), smtp.WithPassword(o.Password))
	}
	return options
}

// Address is the server as people name it: host and port.
func (s *Server) Address() string { return fmt.Sprintf("%s:%d", s.o.Host, s.o.Port) }

// Encryption is how the connection is protected.
func (s *Server) Encryption() Encryption { return s.o.Encryption }

// From is the sender of every message.
func (s *Server) From() string { return s.o.From }

// Send hands a message to the server.
func (s *Server) Send(ctx context.Context, m Message) error {
	built, err := s.build(m)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return refusal(client.DialAndSendWithContext(ctx, built))
}

// refusal is what went wrong, without the words of the server.
func refusal(err error) error {
	if err == nil {
		return nil
	}
	code := 0
	var sending *smtp.SendError
	var answer *textproto.Error
	switch {
	case errors.As(err, &sending):
		code = sending.ErrorCode()
	case errors.As(err, &answer):
		code = answer.Code
	}
	switch {
	case code == 530 || code == 534 || code == 535 || code == 538: // RFC 4954
		return fault.New(fault.Unavailable, "error.mail.sign_in", "Code", code)
	case code >= 500:
		return fault.New(fault.NotPossible, "error.mail.refused", "Code", code)
	}
	return fault.New(fault.Unavailable, "error.mail.away")
}

// build writes a message as it goes over the wire.
func (s *Server) build(m Message) (*smtp.Msg, error) {
	html, err := m.html()
	if err != nil {
		return nil, err
	}
	built := smtp.NewMsg(smtp.WithEncoding(smtp.EncodingQP), smtp.WithBoundary("part-"+m.ID), smtp.WithNoDefaultUserAgent())
	if err := built.FromFormat(s.from.Name, s.from.Address); err != nil {
		return nil, errAddress()
	}
	if err := built.AddToFormat(oneLine(m.Name), m.To); err != nil {
		return nil, errAddress()
	}
	_, domain, _ := strings.Cut(s.from.Address, "@")
	built.SetMessageIDWithValue(m.ID + "@" + domain)
	built.SetDateWithValue(m.At)
	built.Subject(oneLine(m.Subject))
	built.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's holiday answers it
	built.SetGenHeader("Content-Language", m.Lang)
	if m.Settings != "" {
		built.SetGenHeader("List-Unsubscribe", "<"+m.Settings+">")
	}
	built.SetBodyString(smtp.TypeTextPlain, m.text())
	built.AddAlternativeString(smtp.TypeTextHTML, html)
	return built, nil
}

func errAddress() error { return fault.New(fault.NotPossible, "error.mail.address") }

// oneLine keeps whatever somebody typed from becoming another header.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
