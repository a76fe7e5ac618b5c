package apptest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Server is an application that answers without a listener: a *fiber.App.
type Server interface {
	Test(r *http.Request, timeout ...int) (*http.Response, error)
}

// Visitor asks for pages as a browser without script does: it keeps cookies
// and says where its requests come from. It does not follow redirects; the
// test says where it wants to go.
type Visitor struct {
	t      testing.TB
	app    Server
	origin *url.URL
	jar    http.CookieJar
}

// NewVisitor visits a server under an origin such as "http://newsroom.localhost".
func NewVisitor(t testing.TB, app Server, origin string) *Visitor {
	t.Helper()
	u, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Visitor{t, app, u, jar}
}

// Get asks for a path. Headers come in pairs, name and value.
func (v *Visitor) Get(path string, headers ...string) *Answer {
	v.t.Helper()
	return v.Do(httptest.NewRequest(http.MethodGet, v.origin.String()+path, nil), headers...)
}

// Post sends a form.
func (v *Visitor) Post(path string, form url.Values, headers ...string) *Answer {
	v.t.Helper()
	r := httptest.NewRequest(http.MethodPost, v.origin.String()+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.Do(r, headers...)
}

// SetCookie gives the visitor a cookie, as if the server had set it.
func (v *Visitor) SetCookie(name, value string) {
	v.jar.SetCookies(v.origin, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// Do sends any request.
func (v *Visitor) Do(r *http.Request, headers ...string) *Answer {
	v.t.Helper()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		r.Header.Set("Origin", v.origin.String())
	}
	r.RequestURI = r.URL.RequestURI() // a path, as browsers ask; httptest leaves the whole address
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	asked := *v.origin
	asked.Path = r.URL.Path // a cookie may be for a part of the site
	for _, c := range v.jar.Cookies(&asked) {
		r.AddCookie(c)
	}
	answer, err := v.app.Test(r, -1)
	if err != nil {
		v.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer answer.Body.Close()
	v.jar.SetCookies(v.origin, answer.Cookies())
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return &Answer{t: v.t, Status: answer.StatusCode, Header: answer.Header, Body: string(body), asked: r.Method + " " + r.URL.RequestURI()}
}

// Answer is what came back.
type Answer struct {
	t      testing.TB
	asked  string
	Status int
	Header http.Header
	Body   string
	root   *html.Node
}

// Is fails the test unless the answer has this status.
func (a *Answer) Is(status int) *Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s: status %d, want %d\n%.2000s", a.asked, a.Status, status, a.Body)
	}
	return a
}

// LeadsTo fails the test unless the answer redirects to this address.
func (a *Answer) LeadsTo(location string) *Answer {
	a.t.Helper()
	if got := a.Header.Get("Location"); got != location {
		a.t.Fatalf("%s: status %d leads to %q, want %q\n%.2000s", a.asked, a.Status, got, location, a.Body)
	}
	return a
}

// All answers the elements that a CSS selector finds.
func (a *Answer) All(selector string) []*html.Node {
	a.t.Helper()
	if a.root == nil {
		root, err := html.Parse(strings.NewReader(a.Body))
		if err != nil {
			a.t.Fatalf("%s: %v", a.asked, err)
		}
		a.root = root
	}
	s, err := cascadia.ParseGroup(selector)
	if err != nil {
		a.t.Fatalf("selector %q: %v", selector, err)
	}
	return cascadia.QueryAll(a.root, s)
}

// Has says whether a selector finds anything.
func (a *Answer) Has(selector string) bool {
	a.t.Helper()
	return len(a.All(selector)) > 0
}

// Text answers the text of the first element a selector finds, its white
// space folded, and fails the test when it finds none.
func (a *Answer) Text(selector string) string {
	a.t.Helper()
	return Text(a.first(selector))
}

// Attr answers an attribute of the first element a selector finds, and fails
// the test when it finds none.
func (a *Answer) Attr(selector, name string) string {
	a.t.Helper()
	return Attr(a.first(selector), name)
}

func (a *Answer) first(selector string) *html.Node {
	a.t.Helper()
	found := a.All(selector)
	if len(found) == 0 {
		a.t.Fatalf("%s: nothing matches %q in\n%.4000s", a.asked, selector, a.Body)
	}
	return found[0]
}

// Text is the text inside an element, its white space folded.
func Text(n *html.Node) string { return strings.Join(strings.Fields(RawText(n)), " ") }

// RawText is the text inside an element as it stands, such as a textarea's value.
func RawText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// Attr is an element's attribute, "" when it has none.
func Attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// Site is a Server that listens on an address, such as "127.0.0.1:8081". The
// request's own host is kept in its Host header.
type Site string

// Test asks over the wire.
func (s Site) Test(r *http.Request, _ ...int) (*http.Response, error) {
	out := r.Clone(r.Context())
	out.Host, out.URL.Host, out.RequestURI = r.URL.Host, string(s), ""
	return wire.RoundTrip(out)
}

// wire keeps its connections apart from http.DefaultTransport, which servers
// under test may use too, and unpacks nothing by itself.
var wire = &http.Transport{DisableCompression: true}
