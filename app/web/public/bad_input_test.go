package public_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// statuses are what a reader may be answered, whatever they send. None of them
// says that we made a mistake.
var statuses = []int{200, 301, 302, 304, 400, 404, 405, 410, 416, 422, 429, 431}

var htmlLang = regexp.MustCompile(`<html lang="([a-z]+)">`)

// FuzzRequest: whatever address, query, Host, language or cookie is sent, the
// answer has a right status; where it is a page it is one of the outlet's, in the
// language of the address; and the next reader gets nothing of it.
func FuzzRequest(f *testing.F) {
	quiet(f)
	const host, lang = "portal.localhost", "vi"
	for _, seed := range [][5]string{
		{"/vi/", "", host, lang, ""}, {"/en/", "x=1", host, "km;q=0.9, en;q=xyz, *", "a=b"}, {"/", "", host, strings.Repeat("vi,", 3000), ""},
		{"/vi/dau-tu/hop-nhat-" + merger, "utm_source=evil&page=2", "evil.example", "en-US", "session=evil; a=\"<\""}, {"/vi/dau-tu", "page=1&page=evil", host, "", ""},
		{"/vi/tim-kiem", "q=%E2%28%A1", host, lang, ""}, {"/vi/tim-kiem", "q=evil&section=%00", host, lang, ""}, {"/vi/tim-kiem", "q=" + strings.Repeat("a", 4000), host, lang, ""},
		{"/vi/tim-kiem", "q=a&q=b;q=c&%71=d", host, lang, ""}, {"/vi/%2e%2e/%2e%2e/etc/passwd", "", host, lang, ""}, {"/vi//dau-tu/../", "", host, lang, ""},
		{"/vi/%", "", host, lang, ""}, {"/vi/%c0%af", "", host, lang, ""}, {"/vi/%25%32%66", "", host, lang, ""}, {"/vi/\xff\xfe", "\xff", host, "\xff", "\xff"},
		{"*", "", host, lang, ""}, {"//evil.example/", "", host, lang, ""}, {"http://evil.example/vi/", "", host, lang, ""}, {"/\\evil.example", "", host, lang, ""},
		{"/vi/su-kien", "month=2026-13", host, lang, ""}, {"/vi/su-kien", "month=evil", host, lang, ""}, {"/vi/bao-loi", "about=//evil.example&receipt=evil", host, lang, ""},
		{"/-/card/vi/outlet-000000000000000000000000.png", "", "evil.example", lang, ""}, {"/-/card/%00/%ff", "", host, lang, ""}, {"/-/sitemap/99999999999999999999.xml", "", host, lang, ""},
		{"/media/" + strings.Repeat("0", 64) + "/a.png", "", host, lang, ""}, {"/-/assets/../../x", "", host, lang, ""}, {"/vi/chu-de/%E1%BB", "", host, lang, ""},
		{"/vi/" + strings.Repeat("%F0%9F%98%80", 100), "", host, lang, ""}, {"/vi/a b", "", host, lang, ""}, {"/vi/\u202e", "", "[::1", lang, ""}, {"/vi/", "", "a:b:c", lang, ""},
		{"/vi/atom.xml", "x", host, lang, ""}, {"/VI/ATOM.XML", "", host, lang, ""}, {"/robots.txt", "%", host, lang, ""}, {"/sw.js", "", "evil.example", lang, ""},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	w, clean := newWorld(f), newWorld(f)
	address, elsewhere := w.listen(), clean.listen()
	f.Fuzz(func(t *testing.T, path, query, host, lang, cookie string) {
		whole := path + "?" + query + host + lang + cookie
		if strings.ContainsAny(whole, "\r\n") || len(whole) > 10<<10 || path == "" {
			return // that would be another request, or none
		}
		status, header, body := wireTo(t, address, "GET "+path+"?"+query+" HTTP/1.1\r\nHost: "+host+"\r\nAccept-Language: "+lang+"\r\nCookie: "+cookie+"\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n")
		if !slices.Contains(statuses, status) {
			t.Fatalf("%q is answered %d: %.200s", whole, status, body)
		}
		checkRefusal(t, path, status, header, body)
		if to := header.Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") || strings.Contains(to, "evil.example") && !strings.Contains(path, "evil.example") {
			t.Fatalf("%q leads to %q", whole, to)
		}
		plain := "GET " + path + " HTTP/1.1\r\nHost: portal.localhost\r\nConnection: close\r\n\r\n"
		status, header, body = wireTo(t, address, plain)
		status2, header2, body2 := wireTo(t, elsewhere, plain)
		if status != status2 || unasked(body) != unasked(body2) || header.Get("Location") != header2.Get("Location") {
			t.Fatalf("after %q the next reader of %q gets %d %s, not %d", whole, path, status, header.Get("Location"), status2)
		}
	})
}

var challenge = regexp.MustCompile(` data-challenge="[^"]*"`)

// unasked is a page without what a form asks of a browser, which differs each time.
func unasked(body string) string { return challenge.ReplaceAllString(body, "") }

// checkRefusal looks whether a refusal is a page of the outlet, in the language
// of its address where it has one.
func checkRefusal(t *testing.T, path string, status int, header http.Header, body string) {
	t.Helper()
	if status < 400 || status == http.StatusRequestedRangeNotSatisfiable {
		return
	}
	lang := htmlLang.FindStringSubmatch(body)
	if !strings.HasPrefix(header.Get("Content-Type"), "text/html") || lang == nil || !strings.Contains(body, `class="identity"`) {
		t.Fatalf("%q is refused (%d) with no page of the outlet: %.200s", path, status, body)
	}
	for _, l := range []string{"vi", "en"} {
		if strings.HasPrefix(path, "/"+l+"/") && len(path) < 400 && !strings.Contains(path, "%") && !strings.Contains(path, " ") && lang[1] != l {
			t.Fatalf("%q is refused in %s", path, lang[1])
		}
	}
}

// Whoever asks for ten thousand addresses at random gets a right answer to each,
// and fills neither the memory nor the cache.
func TestRandomAddressesLeaveMemoryBounded(t *testing.T) {
	quiet(t)
	w := newWorld(t)
	c, err := net.Dial("tcp", w.listen())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	read := bufio.NewReader(c)
	chance := rand.New(rand.NewPCG(1, 2))
	flood := func(times int) {
		t.Helper()
		for i := range times {
			path := fmt.Sprintf("/vi/%x", chance.Uint64())
			switch i % 10 {
			case 0, 1:
				path = fmt.Sprintf("/vi/tim-kiem?q=%x", chance.Uint64())
			case 2:
				path = fmt.Sprintf("/vi/van-hoa/%%%x-%s", chance.Uint32(), culture)
			case 3:
				path = fmt.Sprintf("/vi/?x=%d", chance.Uint32())
			case 4:
				path = fmt.Sprintf("/-/card/vi/%s-%024x.png", culture, chance.Uint64())
			case 5:
				path = fmt.Sprintf("/vi/su-kien?month=20%02d-%02d&x=%d", chance.IntN(100), chance.IntN(13), i)
			}
			if _, err := io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: "+fmt.Sprintf("%x.example", chance.Uint64())+"\r\nAccept-Encoding: gzip\r\n\r\n"); err != nil {
				t.Fatal(err)
			}
			answer, err := http.ReadResponse(read, nil)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if _, err := io.Copy(io.Discard, answer.Body); err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(statuses, answer.StatusCode) {
				t.Fatalf("%s is answered %d", path, answer.StatusCode)
			}
		}
	}
	flood(1000)
	before := heap()
	flood(9000)
	status, err := w.stand.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if status.Cache.Bytes > 8<<20 {
		t.Errorf("the cache holds %d bytes", status.Cache.Bytes)
	}
	if made := status.Cache.Renders; uint64(status.Cache.Entries) >= made || made < 2000 {
		t.Errorf("nothing has given way: %d answers of %d are kept", status.Cache.Entries, made)
	}
	if grown := int64(heap()) - int64(before); grown > 12<<20 {
		t.Errorf("the memory has grown by %d bytes", grown)
	}
}

// heap is what is still needed.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what pools lent is given back by the second
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
