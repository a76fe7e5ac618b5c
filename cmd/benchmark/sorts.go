package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// page is a sort of readers' page.
type page struct{ name, path string }

// pages are all sorts, in Vietnamese, as the readers' site tells them apart. An
// article is another one each time.
func pages(w *corpusWorld) []page {
	return []page{
		{"Home", "/vi/"}, {"Section", "/vi/tin-doi-ngoai"}, {"Section, page 2", "/vi/tin-doi-ngoai?page=2"}, {"Article", ""}, {"Search", "/vi/tim-kiem?q=khu+cong+nghiep"},
		{"Topic", "/vi/chu-de/chu-de-1"}, {"Agency", "/vi/co-quan/x-" + w.agency}, {"Events", "/vi/su-kien"}, {"Documents", "/vi/van-ban"}, {"Corrections", "/vi/cai-chinh"},
		{"List of feeds", "/vi/nguon-tin"}, {"Site as a tree", "/vi/so-do-trang"}, {"Contact", "/vi/lien-he"}, {"Report an error", "/vi/bao-loi"},
		{"Privacy", "/vi/quyen-rieng-tu"}, {"Feed, Atom", "/vi/atom.xml"}, {"Feed, RSS", "/vi/feed.xml"}, {"Feed, JSON", "/vi/feed.json"}, {"Podcast", "/vi/podcast.xml"},
		{"Topic's feed", "/vi/chu-de/chu-de-1/atom.xml"}, {"Documents' feed", "/vi/van-ban/atom.xml"}, {"Corrections' feed", "/vi/cai-chinh/atom.xml"},
		{"Calendar", "/vi/events.ics"}, {"Outline of feeds", "/vi/feeds.opml"}, {"Site map", "/sitemap.xml"}, {"Site map, one file", "/-/sitemap/1.xml"}, {"Site map of news", "/-/sitemap/news.xml"},
	}
}

// fetch asks for a page at its one address, which a first answer may lead to.
func fetch(ctx context.Context, s *server, path string, headers ...string) (answer, error) {
	a, err := get(ctx, "http://"+s.readers+path, headers...)
	if err == nil && a.status == http.StatusMovedPermanently {
		a, err = get(ctx, resolve(s, a.header.Get("Location")), headers...)
	}
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("%s answered %d; a corpus that an earlier benchmark made lacks some pages", path, a.status)
	}
	return a, err
}

// measureSorts times how long each sort of page takes when nothing is ready: a
// real article is published before each round, which makes every page old.
func measureSorts(ctx context.Context, o options, s *server, w *corpusWorld, t *table) error {
	team, err := signInTeam(ctx, s, w)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(7, 8))
	took := map[string]times{}
	for n := range o.Renders {
		word := fmt.Sprintf("qr%dx%d", time.Now().UnixNano(), n)
		path, err := prepareArticle(ctx, team, "Bài làm mới các trang "+word)
		if err != nil {
			return err
		}
		if _, err := act(ctx, team["chief"], path, "publish"); err != nil {
			return err
		}
		if err := untilShown(ctx, s, "/vi/a/a-"+strings.Split(path, "/")[2], word); err != nil {
			return err
		}
		for _, p := range pages(w) {
			if p.path == "" {
				p.path = "/vi/a/a-" + w.ids[r.IntN(len(w.ids))]
			}
			a, err := fetch(ctx, s, p.path)
			if err != nil {
				return err
			}
			took[p.name] = append(took[p.name], a.took)
		}
	}
	for _, p := range pages(w) {
		t.add("First render: "+p.name, took[p.name].String(), "")
	}
	return nil
}

// needed are the files that a page asks for by itself, pictures apart.
var needed = regexp.MustCompile(`(?:href|src)="(/-/(?:assets|accent)/[^"]+\.(?:css|js|woff2))"`)

// measureWeights tells what each sort of page weighs on the wire as browsers ask
// for it, alone and with its styles, scripts and the fonts it asks for at once.
func measureWeights(ctx context.Context, o options, s *server, w *corpusWorld, t *table) error {
	for _, p := range pages(w) {
		if p.path == "" {
			p.path = "/vi/a/a-" + w.ids[0]
		}
		figure := ""
		var html string
		sizes := map[string]int{}
		for _, coding := range []string{"identity", "gzip", "br"} {
			a, err := fetch(ctx, s, p.path, "Accept-Encoding", coding)
			if err != nil {
				return err
			}
			if coding == "identity" {
				html = string(a.body)
			}
			sizes[coding] = len(a.body)
			figure += fmt.Sprintf("%s %.1f KB, ", coding, kilobytes(len(a.body)))
		}
		figure = strings.TrimSuffix(figure, ", ")
		if files := needed.FindAllStringSubmatch(html, -1); len(files) > 0 {
			whole := sizes["br"]
			for _, file := range files {
				a, err := fetch(ctx, s, file[1], "Accept-Encoding", "br")
				if err != nil {
					return err
				}
				whole += len(a.body)
			}
			figure += fmt.Sprintf("; with its files %.1f KB", kilobytes(whole))
		}
		aim := map[string]string{"Article": "≤ 40 KB with its files", "Home": "≤ 80 KB with its files"}[p.name]
		t.add("On the wire: "+p.name, figure, aim)
	}
	return nil
}

func kilobytes(n int) float64 { return float64(n) / 1024 }
