package apptest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// handler is a Server of the standard library.
type handler func(http.ResponseWriter, *http.Request)

func (h handler) Test(r *http.Request, _ ...int) (*http.Response, error) {
	w := httptest.NewRecorder()
	h(w, r)
	return w.Result(), nil
}

func TestVisitorKeepsCookiesAndReadsPages(t *testing.T) {
	server := handler(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method + r.URL.Path {
		case "POST/in":
			http.SetCookie(w, &http.Cookie{Name: "who", Value: r.FormValue("name"), Path: "/"})
			http.Redirect(w, r, "/", http.StatusSeeOther)
		default:
			c, err := r.Cookie("who")
			if err != nil {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			fmt.Fprintf(w, `<h1 class="a">Chào <b>%s</b> từ %s</h1><p class="a" id="p">`, c.Value, r.Host)
		}
	})
	v := NewVisitor(t, server, "http://newsroom.localhost")
	v.Get("/").Is(http.StatusUnauthorized)
	v.Post("/in", url.Values{"name": {"Lan"}}).Is(http.StatusSeeOther).LeadsTo("/")
	page := v.Get("/").Is(http.StatusOK)
	if got := page.Text("h1"); got != "Chào Lan từ newsroom.localhost" {
		t.Errorf("h1 is %q", got)
	}
	if got := page.Attr("p.a", "id"); got != "p" {
		t.Errorf("id is %q", got)
	}
	if page.Has("h2") || len(page.All(".a")) != 2 {
		t.Error("selectors find the wrong elements")
	}
}
