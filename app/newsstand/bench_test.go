package newsstand_test

import (
	"context"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/store"
)

const benchArticles = 10_000

// benchNewsroom has articles of about a printed page in a few sections.
func benchNewsroom(b *testing.B) *newsroom {
	b.Helper()
	db := apptest.NewDatabase(b)
	n := &newsroom{Log: release.NewLog(db), db: db, files: map[string][]byte{}}
	words := strings.Fields("thông tin đối ngoại khu công nghiệp đầu tư nước ngoài tỉnh hội nghị doanh nghiệp xuất khẩu cửa khẩu biên giới hợp tác phát triển")
	err := db.Write(ctx, func(tx *store.Tx) error {
		put := func(kind release.Kind, id, lang string, doc any) error {
			_, err := n.Append(tx, release.Key{Kind: kind, ID: id, Lang: lang}, release.Put, doc)
			return err
		}
		if err := put(release.OutletKind, "portal", "", release.Outlet{ID: "portal", Languages: []string{"vi"}, Default: true}); err != nil {
			return err
		}
		for i := range 10 {
			id := fmt.Sprint("s", i)
			sec := release.Section{ID: id, Position: i, Names: map[string]release.SectionName{"vi": {Name: id, Slug: id}}}
			if i > 5 {
				sec.Parent = "s0"
			}
			if err := put(release.SectionKind, id, "", sec); err != nil {
				return err
			}
		}
		for i := range benchArticles {
			var text strings.Builder
			for w := range 400 {
				fmt.Fprint(&text, words[(i*7+w*w+w/3)%len(words)], " ")
			}
			a := n.draft(fmt.Sprint("a", i), "vi", fmt.Sprint("Khu công nghiệp số ", i))
			a.Section, a.HTML = fmt.Sprint("s", i%10), template.HTML("<p>"+text.String()+"</p>")
			if err := put(release.ArticleKind, a.ID, "vi", a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func benchStand(b *testing.B, n *newsroom) (*newsstand.Stand, func()) {
	b.Helper()
	s, err := newsstand.Open(ctx, newsstand.Options{Dir: b.TempDir(), Source: n, CacheBytes: 64 << 20})
	if err != nil {
		b.Fatal(err)
	}
	running, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- s.Follow(running) }()
	last, err := n.Last(ctx)
	if err == nil {
		err = s.WaitApplied(ctx, last)
	}
	if err != nil {
		b.Fatal(err)
	}
	return s, func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}
}

func BenchmarkCatchUp(b *testing.B) {
	n := benchNewsroom(b)
	b.ResetTimer()
	for b.Loop() {
		start := time.Now()
		_, stop := benchStand(b, n)
		b.ReportMetric(benchArticles/time.Since(start).Seconds(), "releases/s")
		stop()
	}
}

func BenchmarkReading(b *testing.B) {
	n := benchNewsroom(b)
	s, stop := benchStand(b, n)
	defer stop()
	o := s.Site().Outlet("portal")
	i := 0
	for name, read := range map[string]func() error{
		"article":      func() error { _, err := s.Article(ctx, o, "vi", fmt.Sprint("a", i%benchArticles)); return err },
		"home":         func() error { _, err := s.Home(ctx, o, "vi"); return err },
		"list":         func() error { _, err := s.List(ctx, o, "vi", "s1", 1); return err },
		"parent list":  func() error { _, err := s.List(ctx, o, "vi", "s0", 1); return err },
		"last of list": func() error { _, err := s.List(ctx, o, "vi", "s0", 250); return err },
		"feed":         func() error { _, err := s.Newest(ctx, o, "vi", "", 20); return err },
		"search":       func() error { _, err := s.Search(ctx, o, "vi", "", "đối ngoại", 1); return err },
		"map":          func() error { _, err := s.MapPage(ctx, o, 1); return err },
		"publish to visible": func() error {
			a := n.draft(fmt.Sprint("new", i), "vi", "Mới")
			a.Section = "s1"
			var seq int64
			err := n.db.Write(ctx, func(tx *store.Tx) (err error) {
				seq, err = n.Append(tx, articleKey(a.ID, "vi"), release.Put, a)
				return err
			})
			if err != nil {
				return err
			}
			return s.WaitApplied(ctx, seq)
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				i++
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPacking(b *testing.B) {
	text := []byte(strings.Repeat("<p>Thông tin đối ngoại của tỉnh, khu công nghiệp và cửa khẩu</p>\n", 500))
	for i := range text {
		if i%37 == 0 {
			text[i] = byte('a' + i*i%26)
		}
	}
	b.Run("gzip", func(b *testing.B) {
		for b.Loop() {
			newsstand.NewEntry(200, "text/html", text).Gzip()
		}
	})
	b.Run("brotli", func(b *testing.B) {
		for b.Loop() {
			newsstand.NewEntry(200, "text/html", text).Brotli()
		}
	})
}

func BenchmarkCached(b *testing.B) {
	s, err := newsstand.Open(ctx, newsstand.Options{Dir: b.TempDir(), CacheBytes: 1 << 20})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Page("portal /vi/", func() (*newsstand.Entry, error) { return newsstand.NewEntry(200, "text/html", []byte("x")), nil }); err != nil {
		b.Fatal(err)
	}
	key := []byte("portal /vi/")
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			s.Cached(key)
		}
	})
}
