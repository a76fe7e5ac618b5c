package mail

import (
	"bytes"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
)

var update = flag.Bool("update", false, "write the golden message anew")

const (
	user     = "toasoan"
	password = "hoa phượng đỏ"
)

func message() Message {
	return Message{
		ID: "k3v9", At: time.Date(2026, 7, 1, 1, 30, 0, 0, time.UTC), To: "an@example.vn", Name: "Nguyễn Văn An", Lang: "vi",
		Subject: "Biên tập Bình trả lại bài để bạn sửa: Cửa khẩu quốc tế Hoa Lư mở thêm luồng hàng, thông quan nhanh hơn",
		Parts: []Part{{
			Text:  "Biên tập Bình trả lại bài để bạn sửa: Cửa khẩu quốc tế Hoa Lư mở thêm luồng hàng, thông quan nhanh hơn",
			Quote: "Thiếu nguồn số liệu.\nTít < 90 ký tự & rõ hơn.", Label: "Mở bài", Href: "https://toasoan.example.vn/editions/x/vi",
		}},
		Why: "Bạn nhận thư này vì đã chọn nhận thông báo qua thư điện tử.", Settings: "https://toasoan.example.vn/account/notices",
	}
}

func server(t *testing.T, o Options) *Server {
	t.Helper()
	if o.From == "" {
		o.From = "Tòa soạn Đối Ngoại <toasoan@example.vn>"
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t *testing.T) (*Server, *apptest.PostOffice) {
	t.Helper()
	office := apptest.NewPostOffice(t)
	return server(t, Options{Host: office.Host(), Port: office.Port(), Encryption: None}), office
}

// TestAMessageOverTheWire holds what the server is given against a file, byte
// for byte, and reads it back as a mail program does.
func TestAMessageOverTheWire(t *testing.T) {
	s, office := open(t)
	if err := s.Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	taken := office.Taken()
	if len(taken) != 1 || taken[0].From != "toasoan@example.vn" || taken[0].To != "an@example.vn" {
		t.Fatalf("the server has %+v", taken)
	}
	golden := filepath.Join("testdata", "message.eml")
	if *update {
		if err := os.WriteFile(golden, []byte(taken[0].Source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, []byte(taken[0].Source)) {
		t.Errorf("the message differs from %s (-update writes it anew):\n%s", golden, taken[0].Source)
	}
	for line := range strings.Lines(taken[0].Source) {
		if len(line) > 78+len("\r\n") || strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
			t.Errorf("not every server takes the line %q", line)
		}
	}
	header, parts := read(t, taken[0].Source)
	for name, want := range map[string]string{
		"Subject": message().Subject, "Message-Id": "<k3v9@example.vn>", "Auto-Submitted": "auto-generated", "Content-Language": "vi",
		"List-Unsubscribe": "<https://toasoan.example.vn/account/notices>", "From": "Tòa soạn Đối Ngoại <toasoan@example.vn>", "To": "Nguyễn Văn An <an@example.vn>",
	} {
		got, err := new(mime.WordDecoder).DecodeHeader(header.Get(name))
		if err != nil || strings.ReplaceAll(got, `"`, "") != want {
			t.Errorf("%s is %q, want %q (%v)", name, got, want, err)
		}
	}
	for _, want := range []string{"> Thiếu nguồn số liệu.\n> Tít < 90 ký tự & rõ hơn.", "Mở bài: https://toasoan.example.vn/editions/x/vi"} {
		if !strings.Contains(parts["text/plain"], want) {
			t.Errorf("the text lacks %q:\n%s", want, parts["text/plain"])
		}
	}
	for _, want := range []string{"Tít &lt; 90 ký tự &amp; rõ hơn.", `<a href="https://toasoan.example.vn/editions/x/vi">Mở bài</a>`, `<html lang="vi">`} {
		if !strings.Contains(parts["text/html"], want) {
			t.Errorf("the HTML lacks %q:\n%s", want, parts["text/html"])
		}
	}
}

// read takes a message apart as a mail program does.
func read(t *testing.T, source string) (mail.Header, map[string]string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Errorf("a part comes as %q", p.Header.Get("Content-Transfer-Encoding"))
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

// What people typed stays within the header, and within the page, it stands in.
func TestWordsCannotBecomeAnotherHeaderOrMarkup(t *testing.T) {
	s, office := open(t)
	m := message()
	m.Subject, m.Name = "Tít\r\nBcc: thu@evil.example", "An\nX-Evil: 1"
	m.Parts = []Part{{Text: "<script>alert(1)</script>", Quote: "\r\n.\r\nRSET", Href: "javascript:alert(1)", Label: "x"}}
	if err := s.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	header, parts := read(t, office.Taken()[0].Source)
	if header.Get("Bcc") != "" || header.Get("X-Evil") != "" || strings.Contains(parts["text/html"], "<script") || strings.Contains(parts["text/html"], `href="javascript`) {
		t.Errorf("%v\n%s", header, parts["text/html"])
	}
	if !strings.Contains(parts["text/plain"], "RSET") {
		t.Error("the text broke off")
	}
}

// What a server answers is told by its meaning, and without the addresses in it.
func TestTroubleIsToldWithoutAddresses(t *testing.T) {
	s, office := open(t)
	for code, want := range map[int]fault.Kind{451: fault.Unavailable, 550: fault.NotPossible, 0: ""} {
		office.Refuse(code, "an@example.vn is not known here")
		err := s.Send(t.Context(), message())
		if fault.KindOf(err) != want {
			t.Errorf("%d is told as %v", code, err)
		}
		if err != nil && strings.Contains(err.Error(), "@") {
			t.Errorf("%d is told with an address: %v", code, err)
		}
	}
	office.Close()
	if err := s.Send(t.Context(), message()); fault.KindOf(err) != fault.Unavailable || strings.Contains(err.Error(), "@") {
		t.Errorf("no server is told as %v", err)
	}
	bad := message()
	bad.To = "nobody"
	if err := s.Send(t.Context(), bad); fault.KindOf(err) != fault.NotPossible {
		t.Errorf("no address is told as %v", err)
	}
	if n := len(office.Taken()); n != 1 {
		t.Errorf("%d messages arrived", n)
	}
}

// A server that does not encrypt is given neither words nor password.
func TestNothingGoesOutInTheClearUnlessItIsMeant(t *testing.T) {
	office := apptest.NewPostOffice(t)
	for _, o := range []Options{{User: user, Password: password}, {}} {
		o.Host, o.Port = office.Host(), office.Port()
		if err := server(t, o).Send(t.Context(), message()); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("told as %v", err)
		}
	}
	if len(office.Taken()) != 0 {
		t.Error("the message went out")
	}
}

func TestSigningInOverAnEncryptedConnection(t *testing.T) {
	office, certificate := apptest.NewSecurePostOffice(t, user, password)
	trust := filepath.Join(t.TempDir(), "trusted.pem")
	if err := os.WriteFile(trust, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", trust) // Go reads whom to trust once: no other test here may need it
	o := Options{Host: office.Host(), Port: office.Port(), User: user, Password: password}
	if err := server(t, o).Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	if len(office.Taken()) != 1 || !office.Secure() {
		t.Errorf("%d messages, encrypted: %v", len(office.Taken()), office.Secure())
	}
	o.Password = "sai"
	err := server(t, o).Send(t.Context(), message())
	if f, ok := fault.As(err); !ok || f.Kind != fault.Unavailable || f.Message.Key != "error.mail.sign_in" {
		t.Errorf("a wrong password is told as %v", err)
	}
}

func TestASenderMustHaveAnAddress(t *testing.T) {
	for _, from := range []string{"", "Tòa soạn", "a@b@c"} {
		if _, err := New(Options{Host: "localhost", From: from}); err == nil {
			t.Errorf("%q is taken", from)
		}
	}
	for encryption, want := range map[Encryption]string{"": "mail.example.vn:587", StartTLS: "mail.example.vn:587", TLS: "mail.example.vn:465"} {
		if got := server(t, Options{Host: "mail.example.vn", Encryption: encryption}).Address(); got != want {
			t.Errorf("%q is at %s", encryption, got)
		}
	}
}
