package app_test

import (
	"bufio"
	"context"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app"
	"doingoai/app/apptest"
	"doingoai/app/config"
)

// settings are those of a program that keeps everything in one folder.
func settings(dir string) config.Config {
	return config.Config{
		Data: dir, ReadersAddr: "127.0.0.1:0", NewsroomAddr: "127.0.0.1:0", CacheMB: 16, LetterMonths: 24,
		SessionIdle: time.Hour, SessionLife: time.Hour, SecondFactor: "offered",
	}
}

// program is the program at work inside the test.
type program struct {
	readers, newsroom apptest.Site
	stop              func() // waits for a clean end
}

// run starts the program and waits for its ready line.
func run(t testing.TB, cfg config.Config) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a, err := app.New(ctx, cfg, app.Options{})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := a.Run(ctx, in)
		in.CloseWithError(io.EOF)
		done <- err
	}()
	p := &program{}
	stopped := false
	p.stop = func() {
		t.Helper()
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the program ended with: %v", err)
		}
		if err := a.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	}
	t.Cleanup(p.stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no ready line: %v", err)
	}
	p.readers, p.newsroom = readyLine(t, line)
	return p
}

// readyLine takes "ready readers=URL newsroom=URL" apart.
func readyLine(t testing.TB, line string) (readers, newsroom apptest.Site) {
	t.Helper()
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "ready")
	if !ok {
		t.Fatalf("not a ready line: %q", line)
	}
	for _, field := range strings.Fields(rest) {
		name, address, _ := strings.Cut(field, "=")
		site := apptest.Site(strings.TrimPrefix(address, "http://"))
		switch name {
		case "readers":
			readers = site
		case "newsroom":
			newsroom = site
		}
	}
	return readers, newsroom
}

// reader visits an outlet.
func (p *program) reader(t testing.TB, host string) *apptest.Visitor {
	return apptest.NewVisitor(t, p.readers, "http://"+host)
}

// person is somebody signed in to the newsroom.
type person struct {
	*apptest.Visitor
	t testing.TB
}

// signIn opens the newsroom as somebody.
func (p *program) signIn(t testing.TB, who app.DemoAccount) *person {
	t.Helper()
	v := apptest.NewVisitor(t, p.newsroom, "http://newsroom.localhost")
	v.Post("/sign-in", url.Values{"email": {who.Email}, "password": {who.Password}}).Is(303).LeadsTo("/")
	return &person{v, t}
}

// send posts a form with what the person's page proves itself by.
func (p *person) send(from, path string, form url.Values) *apptest.Answer {
	p.t.Helper()
	form.Set("csrf", p.Get(from).Is(200).Attr(`meta[name="csrf-token"]`, "content"))
	return p.Post(path, form)
}

// do performs a verb on an edition as its page would, on what the page shows.
func (p *person) do(edition, verb string, more url.Values) *apptest.Answer {
	p.t.Helper()
	page := p.Get(edition).Is(200)
	form := url.Values{"verb": {verb}, "csrf": {page.Attr(`meta[name="csrf-token"]`, "content")}}
	if page.Has(`input[name="hash"]`) { // who may do nothing is shown none
		form.Set("hash", page.Attr(`input[name="hash"]`, "value"))
	}
	for name, values := range more {
		form[name] = values
	}
	return p.Post(edition+"/do", form)
}

// text is the editor's form as a page shows it, to be changed and sent back.
func (p *person) text(edition string) url.Values {
	p.t.Helper()
	page := p.Get(edition).Is(200)
	form := url.Values{}
	for _, n := range page.All(`form#editor input[name], form#editor textarea[name]`) {
		switch name := apptest.Attr(n, "name"); apptest.Attr(n, "type") {
		case "file":
		case "checkbox":
			for _, a := range n.Attr {
				if a.Key == "checked" {
					form.Add(name, apptest.Attr(n, "value"))
				}
			}
		default:
			if n.Data == "textarea" {
				form.Set(name, apptest.RawText(n))
			} else if !form.Has(name) {
				form.Set(name, apptest.Attr(n, "value"))
			}
		}
	}
	for _, n := range page.All(`select[name="section"] option[selected]`) {
		form.Set("section", apptest.Attr(n, "value"))
	}
	form.Set("csrf", page.Attr(`meta[name="csrf-token"]`, "content"))
	return form
}
