package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// measureRenders asks for pages that nobody has asked for before.
func measureRenders(ctx context.Context, o options, s *server, w *corpusWorld, t *table) error {
	var first, home, section times
	r := rand.New(rand.NewPCG(3, 4))
	langs := []string{"vi", "en"}
	for i := range min(500, len(w.ids)) {
		id := w.ids[r.IntN(len(w.ids))]
		lang := langs[i%2]
		// A redirect leads to the canonical address without rendering the page.
		hop, err := get(ctx, fmt.Sprintf("http://%s/%s/a/a-%s", s.readers, lang, id))
		if err != nil {
			return err
		}
		page, err := get(ctx, resolve(s, hop.header.Get("Location")))
		if err != nil {
			return err
		}
		if page.status != http.StatusOK {
			return fmt.Errorf("article %s answered %d", id, page.status)
		}
		first = append(first, page.took)
	}
	for page := range min(50, max(2, len(w.ids)/200)) {
		if page < 10 {
			a, err := get(ctx, fmt.Sprintf("http://%s/%s/", s.readers, langs[page%2]), "Host", "portal.localhost")
			if err != nil {
				return err
			}
			home = append(home, a.took)
		}
		a, err := get(ctx, fmt.Sprintf("http://%s/vi/tin-doi-ngoai?page=%d", s.readers, page+1))
		if err != nil {
			return err
		}
		section = append(section, a.took)
	}
	t.add("First render of an article", first.String(), "median ≤ 2 ms")
	t.add("Home (first of each, then cached)", home.String(), "")
	t.add("First render of a section page", section.String(), "")
	return nil
}

func resolve(s *server, location string) string {
	if u, err := url.Parse(location); err == nil {
		return "http://" + s.readers + u.RequestURI()
	}
	return "http://" + s.readers + "/"
}

// measureSearch asks for one, two and three neighbouring words of real headlines.
func measureSearch(ctx context.Context, o options, s *server, w *corpusWorld, t *table) error {
	r := rand.New(rand.NewPCG(5, 6))
	var all times
	for words := 1; words <= 3; words++ {
		var took times
		for i := range 150 {
			lang, path := "vi", "tim-kiem"
			if i%3 == 2 {
				lang, path = "en", "search"
			}
			head := strings.Fields(w.titles[lang][r.IntN(len(w.titles[lang]))])
			if len(head) <= words {
				continue
			}
			from := r.IntN(len(head) - words)
			q := strings.Join(head[from:from+words], " ")
			a, err := get(ctx, fmt.Sprintf("http://%s/%s/%s?q=%s", s.readers, lang, path, url.QueryEscape(q)))
			if err != nil {
				return err
			}
			if a.status != http.StatusOK {
				return fmt.Errorf("search for %q answered %d", q, a.status)
			}
			took = append(took, a.took)
		}
		t.add(fmt.Sprintf("Search page, %d word(s)", words), took.String(), "")
		all = append(all, took...)
	}
	t.add("Search page, 1–3 words", all.String(), "p95 ≤ 25 ms")
	return nil
}

// measureCached compares a ready page with nginx serving the same bytes.
func measureCached(ctx context.Context, o options, s *server, w *corpusWorld, t *table) error {
	hop, err := get(ctx, "http://"+s.readers+"/vi/a/a-"+w.ids[0])
	if err != nil {
		return err
	}
	url := resolve(s, hop.header.Get("Location"))
	page, err := get(ctx, url)
	if err != nil {
		return err
	}
	n, err := startNginx(ctx, o.Data, page.body)
	if err != nil {
		return err
	}
	if n != nil {
		defer func() { _ = n.stop() }()
	}
	path := strings.TrimPrefix(url, "http://"+s.readers)
	for _, c := range []struct{ what, accept string }{
		{"identity", ""}, {"gzip", "gzip"}, {"304", ""},
	} {
		if err := compare(ctx, o, s, n, t, path, c.what, c.accept, len(page.body)); err != nil {
			return fmt.Errorf("%s: %w", c.what, err)
		}
	}
	return nil
}

func compare(ctx context.Context, o options, s *server, n *nginx, t *table, path, what, accept string, size int) error {
	ours, err := loadPage(ctx, o, s.readers, path, what, accept, s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	if n == nil {
		t.add("Cached article, "+what, ours.String(), "nginx is not installed: no comparison")
		return nil
	}
	pids, err := n.pids()
	if err != nil {
		return err
	}
	theirs, err := loadPage(ctx, o, n.address, "/page.html", what, accept, pids...)
	if err != nil {
		return err
	}
	t.add(fmt.Sprintf("Cached article, %s (%d KB plain)", what, size/1024), ours.String(), "")
	t.add("  nginx, the same bytes", theirs.String(), "")
	t.add("  ours ÷ nginx, per core", fmt.Sprintf("%.2f", ours.perCore/theirs.perCore), "≥ 1.00")
	t.add("  ours ÷ nginx, per second", fmt.Sprintf("%.2f", ours.perSecond/theirs.perSecond), "")
	return nil
}

func (r rate) String() string {
	return fmt.Sprintf("%.0f/s, %.0f/s per core, %s", r.perSecond, r.perCore, r.took)
}

func loadPage(ctx context.Context, o options, address, path, what, accept string, pids ...int) (rate, error) {
	request := "GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\n"
	if accept != "" {
		request += "Accept-Encoding: " + accept + "\r\n"
	}
	if what == "304" {
		a, err := get(ctx, "http://"+address+path)
		if err != nil {
			return rate{}, err
		}
		request += "If-None-Match: " + a.header.Get("ETag") + "\r\n"
	}
	return load(ctx, address, request+"\r\n", o, pids...)
}

func measureMemory(_ context.Context, _ options, s *server, _ *corpusWorld, t *table) error {
	resident, own, err := memory(s.cmd.Process.Pid)
	if err != nil {
		return err
	}
	t.add("Resident memory after all this", fmt.Sprintf("%d MB (%d MB own, the rest mapped files)", resident, own), "≤ 400 MB")
	return nil
}

// measureRestart stops the program and times it from start to its ready line
// and to its first full page.
func measureRestart(ctx context.Context, o options, s *server, w *corpusWorld, t *table) error {
	if err := s.stop(); err != nil {
		return err
	}
	began := time.Now()
	again, err := start(ctx, s.program, o)
	if err != nil {
		return err
	}
	ready := time.Since(began)
	*s = *again
	page, err := get(ctx, "http://"+s.readers+"/vi/")
	if err != nil || page.status != http.StatusOK {
		return fmt.Errorf("after restart the home page answered %d: %w", page.status, err)
	}
	t.add("Restart to ready", fmt.Sprintf("%d ms; first page after %d ms", ready.Milliseconds(), time.Since(began).Milliseconds()), "≤ 2000 ms")
	return nil
}
