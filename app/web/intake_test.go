package web

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// takingForms is an application whose handlers read the form, behind everything
// that looks into one before them.
func takingForms() *fiber.App {
	app := newApp()
	app.Use(Authenticate(people), SameOrigin)
	h := func(c *fiber.Ctx) error {
		form, err := ReadForm(c)
		if err != nil {
			return err
		}
		return c.SendString(fmt.Sprint("read ", len(form.Text("text", 1<<30))))
	}
	Mount(app, []Route{
		{Method: fiber.MethodPost, Path: "/", Public: true, Handler: h},
		{Method: fiber.MethodPost, Path: "/edit", Action: account.Edit, Handler: h},
	})
	return app
}

// raw sends bytes to a listener and answers what came back and whether the
// connection was closed after it.
func raw(t *testing.T, address, request string) (status int, header http.Header, body string, closed bool) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	must(t, err)
	defer conn.Close()
	go conn.Write([]byte(request)) // the server may close before it has read all
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, answer.Header, string(text), answer.Close
}

// allocated is how many bytes the program asks for while f runs.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func packed(t *testing.T, text []byte) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(text)
	must(t, err)
	must(t, w.Close())
	return b.String()
}

// No body that comes to us is ever packed, so none is unpacked: a few
// kilobytes would become gigabytes.
func TestPackedBodiesAreRefusedUnread(t *testing.T) {
	record(t)
	const size = 32 << 20
	zeros := make([]byte, size)
	part := []byte("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + string(zeros) + "\r\n--b--\r\n")
	bodies := map[string]string{
		"application/json":                  packed(t, []byte(`{"text":"`+string(bytes.Repeat([]byte("x"), size))+`"}`)),
		"application/x-www-form-urlencoded": packed(t, append([]byte("csrf=x&text="), zeros...)),
		"multipart/form-data; boundary=b":   packed(t, part),
	}
	app := takingForms()
	for media, body := range bodies {
		for _, coding := range []string{"gzip", "GZIP", "deflate", "br", "identity, gzip", "x"} {
			for _, path := range []string{"/", "/edit", "/nowhere"} {
				for _, cookie := range []string{"", editors} {
					var status int
					took := allocated(func() {
						status, _, _ = ask(t, app, request("POST", path, body, "Content-Type", media, "Content-Encoding", coding, "Cookie", cookie))
					})
					if status != 400 || took > size/4 {
						t.Errorf("%s as %s to %s with %q: status %d, %d bytes", media, coding, path, cookie, status, took)
					}
				}
			}
		}
	}
	r := request("POST", "/", bodies["application/json"], "Content-Type", "application/json")
	r.Header["Content-Encoding"] = []string{"identity", "gzip"}
	if status, _, _ := ask(t, app, r); status != 400 {
		t.Errorf("a second header: %d", status)
	}
	if status, body, _ := ask(t, app, request("POST", "/", "text=abc", "Content-Type", urlencoded, "Content-Encoding", "identity")); status != 200 || body != "read 3" {
		t.Errorf("not packed: %d %q", status, body)
	}
}

// A form of nothing but separators takes two hundred bytes of ours for each of
// its own, so that its fields are counted before they are taken apart.
func TestFieldsAreCountedBeforeTheyAreTakenApart(t *testing.T) {
	record(t)
	app := NewApp(Options{Name: "test", BodyLimit: 4 << 20, ErrorPage: plainErrors})
	app.Use(Authenticate(people), SameOrigin)
	Mount(app, []Route{{Method: fiber.MethodPost, Path: "/", Public: true, Handler: func(c *fiber.Ctx) error {
		_, err := ReadForm(c)
		return err
	}}})
	const size = 2 << 20
	part := "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n"
	parts := strings.Repeat(part, 900) + "--b--\r\n"
	for name, c := range map[string]struct{ media, body string }{
		"pairs":              {urlencoded, strings.Repeat("a&", size/2)},
		"separators":         {urlencoded, strings.Repeat("&", size)},
		"a field too many":   {urlencoded, strings.Repeat("a&", maxFields) + "a"},
		"parts":              {"multipart/form-data; boundary=b", parts},
		"objects in objects": {"application/json", strings.Repeat(`{"a":`, size/5)},
		"lists in lists":     {"application/json", `{"a":` + strings.Repeat("[", size)},
		"a list of nothings": {"application/json", `{"a":[` + strings.Repeat("0,", size/2) + `0]}`},
		"names":              {"application/json", "{" + strings.Repeat(`"":0,`, size/5) + `"":0}`},
		"a list of texts":    {"application/json", `{"a":[` + strings.Repeat(`"",`, maxFields) + `""]}`},
	} {
		for _, cookie := range []string{"", editors} {
			var status int
			took := allocated(func() {
				status, _, _ = ask(t, app, request("POST", "/", c.body, "Content-Type", c.media, "Cookie", cookie))
			})
			if status != 400 || took > 16*uint64(len(c.body))+8<<20 {
				t.Errorf("%s with %q: status %d, %d bytes for %d", name, cookie, status, took, len(c.body))
			}
		}
	}
	many := strings.Repeat(part, size/len(part))
	head := fmt.Sprintf("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n", len(many))
	address := listen(t, app)
	took := allocated(func() {
		if status, _, _, _ := raw(t, address, head+many); status != 400 {
			t.Errorf("many parts: %d", status)
		}
	})
	if took > 16*size+8<<20 {
		t.Errorf("many parts: %d bytes", took)
	}
	for media, body := range map[string]string{
		urlencoded:                        strings.Repeat("a&", maxFields-1) + "a",
		"multipart/form-data; boundary=b": strings.Repeat(part, maxFields) + "--b--\r\n",
	} {
		if status, _, _ := ask(t, app, request("POST", "/", body, "Content-Type", media)); status != 200 {
			t.Errorf("%s of as many fields as there may be: %d", media, status)
		}
	}
}

// What a proxy might read otherwise than we do is read by nobody: where one
// request ends must be beyond doubt.
func TestRequestsOfDoubtfulLengthAreRefused(t *testing.T) {
	record(t)
	address := listen(t, answering(func(c *fiber.Ctx) error { return c.SendString("answered") }))
	for name, c := range map[string]struct {
		headers, body string
		status        int
	}{
		"two lengths":              {"Content-Length: 5\r\nContent-Length: 6\r\n", "abcdef", 400},
		"the same length twice":    {"Content-Length: 5\r\nContent-Length: 5\r\n", "abcde", 400},
		"a list of lengths":        {"Content-Length: 5, 5\r\n", "abcde", 400},
		"a length and chunks":      {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "5\r\nabcde\r\n0\r\n\r\n", 400},
		"chunks and a length":      {"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "5\r\nabcde\r\n0\r\n\r\n", 400},
		"an unknown coding":        {"Transfer-Encoding: xchunked\r\n", "5\r\nabcde\r\n0\r\n\r\n", 400},
		"two codings":              {"Transfer-Encoding: gzip, chunked\r\n", "5\r\nabcde\r\n0\r\n\r\n", 400},
		"chunked twice":            {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "5\r\nabcde\r\n0\r\n\r\n", 400},
		"identity and a length":    {"Transfer-Encoding: identity\r\nContent-Length: 5\r\n", "abcde", 400},
		"a length on another line": {"Content-Length:\r\n 5\r\n", "abcde", 400},
		"a length":                 {"content-length: 5\r\n", "abcde", 200},
		"chunks":                   {"transfer-encoding: Chunked\r\n", "5\r\nabcde\r\n0\r\n\r\n", 200},
		"neither":                  {"", "", 200},
	} {
		for _, method := range []string{"GET", "POST"} {
			status, header, body, closed := raw(t, address, method+" / HTTP/1.1\r\nHost: x\r\n"+c.headers+"\r\n"+c.body)
			if status != c.status || closed != (c.status != 200) || (body == "answered") != (c.status == 200) {
				t.Errorf("%s %s: status %d, closed %t, %q", method, name, status, closed, body)
			}
			if header.Get("Content-Security-Policy") == "" || header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s %s: %v", method, name, header)
			}
		}
	}
}

// Only an address that takes pictures reads as much as a picture, and only from
// somebody who shows a session cookie. Everybody else's megabytes are left
// where they are.
func TestLargeBodiesAreReadFromTheSignedInOnly(t *testing.T) {
	record(t)
	const usual, large = 64 << 10, 8 << 20
	app := roomyApp(usual, large)
	address := listen(t, app)
	const cookie = "Cookie: a=b; session=of-editor\r\n"
	const secure = "Cookie: __Host-session=of-editor\r\n"
	for name, c := range map[string]struct {
		head   string
		size   int
		status int
	}{
		"nobody":                {"POST /picture HTTP/1.1\r\n", large, 413},
		"nobody, a little more": {"POST /picture HTTP/1.1\r\n", usual + 1, 413},
		"nobody, as usual":      {"POST /picture HTTP/1.1\r\n", usual, 200},
		"an editor":             {"POST /picture HTTP/1.1\r\n" + cookie, large, 200},
		"an editor by https":    {"POST /picture?a=b HTTP/1.1\r\n" + secure, large, 200},
		"too large":             {"POST /picture HTTP/1.1\r\n" + cookie, large + 1, 413},
		"another address":       {"POST / HTTP/1.1\r\n" + cookie, large, 413},
		"no address":            {"POST /nope HTTP/1.1\r\n" + cookie, large, 413},
		"a look-alike":          {"POST /nope?/picture HTTP/1.1\r\n" + cookie, large, 413},
		"another method":        {"GET /picture HTTP/1.1\r\n" + cookie, large, 413},
		"nobody's cookie":       {"POST /picture HTTP/1.1\r\nCookie: session=x\r\n", large, 413},
		"a token":               {"POST /picture HTTP/1.1\r\nAuthorization: Bearer of-program\r\n", large, 200},
		"no token":              {"POST /picture HTTP/1.1\r\nAuthorization: of-program\r\n", large, 413},
		"an empty cookie":       {"POST /picture HTTP/1.1\r\nCookie: session=\r\n", large, 413},
		"another cookie":        {"POST /picture HTTP/1.1\r\nCookie: sessions=x\r\n", large, 413},
	} {
		request := fmt.Sprintf("%sHost: x\r\nContent-Length: %d\r\n\r\n%s", c.head, c.size, strings.Repeat("x", c.size))
		if status, _, body, _ := raw(t, address, request); status != c.status {
			t.Errorf("%s: %d %s, want %d", name, status, body, c.status)
		}
	}
	chunks := fmt.Sprintf("POST /picture HTTP/1.1\r\nHost: x\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", cookie, usual+1, strings.Repeat("x", usual+1))
	if status, _, _, _ := raw(t, address, chunks); status != 413 {
		t.Errorf("in chunks: %d", status)
	}
}

// roomyApp takes large bodies at /picture.
func roomyApp(usual, large int) *fiber.App {
	app := NewApp(Options{Name: "test", BodyLimit: usual, ErrorPage: plainErrors, Policy: "default-src 'none'", Whose: whose, Roomy: func(method, path, _ string) int {
		if method == fiber.MethodPost && path == "/picture" {
			return large
		}
		return 0
	}})
	h := func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(len(c.BodyRaw()))) }
	Mount(app, []Route{{Method: fiber.MethodPost, Path: "/picture", Public: true, Handler: h}, {Method: fiber.MethodPost, Path: "/", Public: true, Handler: h}})
	return app
}

// whose knows the sessions that begin with "of-", and that of nobody who could be found out.
func whose(_ context.Context, session, token string) (string, error) {
	if session == "of-whom" {
		return "", errors.New("the database is away")
	}
	if _, person, known := strings.Cut(session+token, "of-"); known {
		return person, nil
	}
	return "", nil
}

// A cookie that is nobody's holds nothing: whoever makes some up, and announces
// as much as there is, stops nobody's pictures.
func TestMadeUpCookiesHoldNothing(t *testing.T) {
	record(t)
	const piece = 1 << 20
	address := listen(t, roomyApp(1<<10, share))
	for range allowance/share + 1 {
		dial(t, address).sendAs("x", share, "Expect: 100-continue\r\n", "")
	}
	dial(t, address).sendAs("x", share, "", "").is(413)
	dial(t, address).send(piece, "", strings.Repeat("x", piece)).is(200)
	unknown := dial(t, address).sendAs("of-whom", piece, "", "").is(503)
	if got := unknown.Header.Get("Retry-After"); got != "10" {
		t.Errorf("come again after %q", got)
	}
}

// A person has a share of the allowance, and not all of it.
func TestOnePersonLeavesRoomForTheOthers(t *testing.T) {
	record(t)
	const piece = 1 << 20
	address := listen(t, roomyApp(1<<10, share))
	body := strings.Repeat("x", piece)
	first := dial(t, address)
	first.sendAs("of-a", share, "Expect: 100-continue\r\n", "").is(100)
	dial(t, address).sendAs("of-a", piece, "", "").is(503)
	dial(t, address).sendAs("of-b", piece, "", body).is(200)
	must(t, first.Close())
	apptest.Eventually(t, "the share comes back", func() bool {
		return dial(t, address).sendAs("of-a", piece, "", body).answer().StatusCode == 200
	})
}

func TestStrangersMegabytesTakeNoMemory(t *testing.T) {
	record(t)
	const strangers, size = 20, 31 << 20
	address := listen(t, roomyApp(256<<10, size))
	chunk := bytes.Repeat([]byte("x"), 64<<10)
	took := allocated(func() {
		var all sync.WaitGroup
		for range strangers {
			all.Go(func() {
				conn, err := net.Dial("tcp", address)
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				fmt.Fprintf(conn, "POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", size)
				for sent := 0; sent < size; sent += len(chunk) {
					if _, err := conn.Write(chunk); err != nil {
						return // it was closed, as it should be
					}
				}
				t.Error("all of it was read")
			})
		}
		all.Wait()
	})
	if took > strangers<<20 {
		t.Errorf("%d bytes for %d strangers", took, strangers)
	}
}

// Large bodies share one allowance. When it is used up, the next one is asked
// to come again, and it can as soon as one of them is through, however that ended.
func TestLargeBodiesShareAnAllowance(t *testing.T) {
	record(t)
	const piece = 1 << 20
	address := listen(t, roomyApp(1<<10, share))
	first, second, third := dial(t, address), dial(t, address), dial(t, address)
	for _, l := range []*line{first, second, third} {
		l.send(1, "", "x").is(200) // each is served from now on
	}
	rest := allowance - piece
	for person := 'a'; rest > share; person++ {
		dial(t, address).sendAs("of-"+string(person), share, "Expect: 100-continue\r\n", "").is(100)
		rest -= share
	}
	first.sendAs("of-first", rest, "Expect: 100-continue\r\n", "").is(100)
	second.send(piece, "Expect: 100-continue\r\n", "").is(100)
	refused := dial(t, address).send(piece, "", "").is(503)
	if got := refused.Header.Get("Retry-After"); got != "10" {
		t.Errorf("come again after %q", got)
	}
	body := strings.Repeat("x", piece)
	_, err := io.WriteString(second, body)
	must(t, err)
	second.is(200)
	third.send(piece, "", body).is(200)                                                                         // the one before was answered
	second.send(piece, "Content-Type: multipart/form-data; boundary=b\r\n", "--b\r\nno header\r\n\r\n").is(400) // and cannot be read
	third.send(piece, "", body).is(200)
	must(t, first.Close())
	apptest.Eventually(t, "the part of a connection that broke comes back", func() bool {
		return dial(t, address).send(2*piece, "Expect: 100-continue\r\n", "").answer().StatusCode == 100
	})
}

// line is a connection to a server, on which one request follows another.
type line struct {
	net.Conn
	t       *testing.T
	answers *bufio.Reader
}

func dial(t *testing.T, address string) *line {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	must(t, err)
	t.Cleanup(func() { conn.Close() })
	return &line{conn, t, bufio.NewReader(conn)}
}

// send begins a request of a size, of an editor.
func (l *line) send(size int, headers, body string) *line {
	l.t.Helper()
	return l.sendAs("of-editor", size, headers, body)
}

// sendAs begins one with a session.
func (l *line) sendAs(session string, size int, headers, body string) *line {
	l.t.Helper()
	_, err := fmt.Fprintf(l, "POST /picture HTTP/1.1\r\nHost: x\r\nCookie: session=%s\r\nContent-Length: %d\r\n%s\r\n%s", session, size, headers, body)
	must(l.t, err)
	return l
}

func (l *line) answer() *http.Response {
	l.t.Helper()
	answer, err := http.ReadResponse(l.answers, nil)
	must(l.t, err)
	_, err = io.Copy(io.Discard, answer.Body)
	must(l.t, err)
	must(l.t, answer.Body.Close())
	return answer
}

func (l *line) is(status int) *http.Response {
	l.t.Helper()
	answer := l.answer()
	if answer.StatusCode != status {
		l.t.Fatalf("status %d, want %d", answer.StatusCode, status)
	}
	return answer
}

// A connection that breaks before its body has begun never says so; what it
// held comes back with time.
func TestForgottenPartOfTheAllowanceComesBack(t *testing.T) {
	in := &intake{usual: 1, held: map[*fasthttp.RequestHeader]lease{}}
	var a, b, c, d fasthttp.RequestHeader
	now := time.Now()
	take := func(h *fasthttp.RequestHeader, person string, n int, now time.Time) bool {
		return in.take(h, lease{person, n, now.Add(leaseTime)}, now)
	}
	if !take(&a, "a", share, now) || !take(&b, "b", share, now) || take(&c, "c", share, now) || !take(&c, "c", allowance-2*share, now) || take(&d, "d", 1, now.Add(leaseTime)) {
		t.Error("more was given than there is")
	}
	if !take(&a, "a", share-1, now) || !take(&d, "d", 1, now) {
		t.Error("the connection's next request found the one before still there")
	}
	if !take(&a, "d", share, now.Add(leaseTime+time.Second)) {
		t.Error("it never came back")
	}
}

// What lets its holder in is not written into the log, wherever the request
// ends: in its handler, before it, or nowhere.
func TestSecretAddressesStayOutOfTheLog(t *testing.T) {
	log := record(t)
	app := NewApp(Options{Name: "test", BodyLimit: 1 << 10, ErrorPage: plainErrors, Secret: []string{"ticket"}})
	app.Use(Authenticate(people), SameOrigin)
	h := func(c *fiber.Ctx) error {
		switch c.Query("do") {
		case "panic":
			panic("x")
		case "fail":
			return fmt.Errorf("x")
		}
		return nil
	}
	Mount(app, []Route{{Method: "GET", Path: "/ticket/:token", Public: true, Handler: h}, {Method: "POST", Path: "/ticket/:token", Public: true, Handler: h},
		{Method: "GET", Path: "/news/:slug", Public: true, Handler: h}})
	const secret = "hoi-mat-xyz"
	for _, path := range []string{"/ticket/" + secret, "/ticket/" + secret + "/", "//ticket/" + secret, "/Ticket/" + secret + "?a", "/x/ticket/y/" + secret,
		"/ticket/" + secret + "?do=panic", "/ticket/" + secret + "?do=fail"} {
		for _, method := range []string{"GET", "POST", "PUT"} {
			ask(t, app, request(method, path, ""))
			ask(t, app, request(method, path, "", "Content-Encoding", "gzip"))
			ask(t, app, request(method, path, "", "Sec-Fetch-Site", "cross-site"))
		}
	}
	if line := log.line(secret); line != "" {
		t.Error(line)
	}
	for _, kept := range []string{`"path":"/ticket/…"`, `"path":"/news/tin"`, `"path":"/ticket"`} {
		ask(t, app, request("GET", "/news/tin", ""))
		ask(t, app, request("GET", "/ticket", ""))
		if log.line(kept) == "" {
			t.Errorf("no line with %s", kept)
		}
	}
}
