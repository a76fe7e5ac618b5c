package desk_test

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// What an editor sends is read up to the longest text and the largest picture;
// of anybody else no more than a page's worth.
func TestOnlyTheEditorSendsMuch(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	ref := p.write(w.article("Bài"))
	address := strings.TrimPrefix(w.serve(), "http://")
	cookie := "Cookie: session=" + p.token + "\r\n"
	const parts, script = "Content-Type: multipart/form-data; boundary=b\r\n", "Content-Type: application/json\r\n"
	body := bytes.Repeat([]byte("x"), 34<<20)
	for _, c := range []struct {
		path, headers string
		size          int
		large         bool // too large
	}{
		{pathOf(ref), cookie + parts, 31 << 20, false},
		{"/new", cookie + parts, 31 << 20, false},
		{pathOf(ref), cookie + parts, 34 << 20, true},
		{pathOf(ref), cookie + script, 31 << 20, true},
		{pathOf(ref), cookie, 7 << 20, false},
		{pathOf(ref) + "/autosave", cookie + script, 7 << 20, false},
		{pathOf(ref) + "/autosave", script, 300 << 10, true},
		{pathOf(ref), parts, 31 << 20, true},
		{"/new", parts, 300 << 10, true},
		{"/sign-in", cookie, 300 << 10, false},
		{"/sign-in", "", 300 << 10, true},
		{"/-/letters", cookie, 300 << 10, true},
		{"/nope", cookie + parts, 31 << 20, true},
		{"/nope", "", 31 << 20, true},
		{"/nope", "", 200 << 10, false},
	} {
		line, err := net.Dial("tcp", address)
		w.must(err)
		go func() { // the server may close before it has read all
			fmt.Fprintf(line, "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: %d\r\n\r\n", c.path, address, c.headers, c.size)
			line.Write(body[:c.size])
		}()
		answer, err := http.ReadResponse(bufio.NewReader(line), nil)
		w.must(err)
		if large := answer.StatusCode == http.StatusRequestEntityTooLarge; large != c.large {
			t.Errorf("%s with %q, %d bytes: %d", c.path, c.headers, c.size, answer.StatusCode)
		}
		w.must(answer.Body.Close())
		w.must(line.Close())
	}
}

// The longest text there may be comes through whole, in the form in which it
// takes the most bytes.
func TestTheLongestTextIsTaken(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	ref := p.write(w.article("Bài"))
	form := formOf(p.Get(pathOf(ref)), "#editor")
	form.Set("body", strings.Repeat("ở", newsroom.MaxBody-1)+".")
	p.Post(pathOf(ref), form).Is(http.StatusSeeOther)
	if got := p.open(ref).Revision.Content.Body; got != form.Get("body") {
		t.Errorf("%d bytes of %d were kept", len(got), len(form.Get("body")))
	}
}

// A one-time link lets its holder in: nothing of it stands in the log, whether
// it works, works no more, or is asked for in a way that is refused.
func TestOneTimeLinksStayOutOfTheLog(t *testing.T) {
	w := oneWorld(t)
	var log journal
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	admin := w.hire(w.portal, account.SystemAdministrator)
	reporter := w.hire(w.portal, account.Reporter)
	token, err := w.accounts.Reset(ctx, admin.actor, reporter.actor.ID)
	w.must(err)
	v := w.visitor()
	for _, path := range []string{"/ticket/" + token, "/first/" + token, "/ticket/" + token + "/", "/ticket/" + token + "/x"} {
		v.Get(path)
		v.Post(path, url.Values{"password": {"ngắn"}})
		v.Post(path, url.Values{"password": {fresh}}, "Sec-Fetch-Site", "cross-site")
		v.Post(path, url.Values{"password": {fresh}}, "Content-Encoding", "gzip")
	}
	if text := log.String(); strings.Contains(text, token) || !strings.Contains(text, "/ticket/…") || !strings.Contains(text, "/first/…") {
		t.Error(text)
	}
}

type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}
