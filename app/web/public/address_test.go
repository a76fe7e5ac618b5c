package public

import (
	"net/url"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for path, want := range map[string]address{
		"/":                                  {kind: root},
		"/vi":                                {kind: home, lang: "vi", slash: true},
		"/vi/":                               {kind: home, lang: "vi"},
		"/vi/dau-tu":                         {kind: list, lang: "vi", section: "dau-tu"},
		"/vi/dau-tu/":                        {kind: list, lang: "vi", section: "dau-tu", slash: true},
		"/vi/dau-tu/mot-hai-bbbbbbbb22":      {kind: article, lang: "vi", section: "dau-tu", slug: "mot-hai", id: "bbbbbbbb22"},
		"/vi/dau-tu/bbbbbbbb22":              {kind: article, lang: "vi", section: "dau-tu", id: "bbbbbbbb22"},
		"/vi/d%E1%BA%A7u/m%C3%A0-bbbbbbbb22": {kind: article, lang: "vi", section: "dầu", slug: "mà", id: "bbbbbbbb22"},
		"/VI/Dau-Tu":                         {kind: list, lang: "vi", section: "Dau-Tu"},
		"/Vi/dau-tu/Mot-BBBBBBBB22":          {kind: article, lang: "vi", section: "dau-tu", slug: "Mot", id: "bbbbbbbb22"},
		"/EN/Search":                         {kind: found, lang: "en"},
		"/vi/tim-kiem":                       {kind: found, lang: "vi"},
		"/en/search":                         {kind: found, lang: "en"},
		"/vi/bao-loi":                        {kind: report, lang: "vi"},
		"/vi/atom.xml":                       {kind: feed, lang: "vi", file: "atom.xml"},
		"/vi/rss.xml":                        {kind: feed, lang: "vi", file: "feed.xml"},
		"/vi/dau-tu/podcast.xml":             {kind: feed, lang: "vi", section: "dau-tu", file: "podcast.xml"},
		"/vi/nguon-tin":                      {kind: feeds, lang: "vi"},
		"/vi/feeds.opml":                     {kind: feedOutline, lang: "vi"},
		"/vi/dau-tu/atom.xml":                {kind: feed, lang: "vi", section: "dau-tu", file: "atom.xml"},
		"/km/":                               {kind: home, lang: "km"},
		"/zh/搜索":                             {kind: found, lang: "zh"},
		"/ko/%EC%A0%95%EC%A0%95/atom.xml":    {kind: correctionFeed, lang: "ko", file: "atom.xml"},
		"/ja/search":                         {kind: found, lang: "ja"},
		"/zh-hant/":                          {kind: home, lang: "zh-hant"},
		"/sitemap.xml":                       {kind: siteMap},
		"/-/sitemap/3.xml":                   {kind: mapFile, file: "3"},
		"/robots.txt":                        {kind: robots},
	} {
		if got, ok := parse(path); !ok || got != want {
			t.Errorf("%s: %+v %v", path, got, ok)
		}
	}
	for _, path := range []string{"", "vi/", "//", "/vi//", "/vi//x", "/viet/", "/v/", "/vi/a/b", "/vi/a/b-", "/vi/a/b-bbbbbbbb2", "/vi/a/b-aaaaaaaaaa", "/vi/a/b/c", "/%", "/vi/%ff\x00" + strings.Repeat("x", 500)} {
		if got, ok := parse(path); ok {
			t.Errorf("%q is taken for %+v", path, got)
		}
	}
}

// Whatever an address is, the form that we write it in is one that we read
// the same way and would not write otherwise.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"/", "/vi", "/vi/", "/vi/dau-tu/", "/vi/dau-tu/mot-hai-bbbbbbbb22", "/vi/d%E1%BA%A7u/a%2Fb-bbbbbbbb22", "/en/search", "/vi/dau-tu/atom.xml", "/-/sitemap/3.xml", "/vi/%252F", "/vi/a%3Fb", "/vi/-bbbbbbbb22", "/vi/x/-bbbbbbbb22"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		a, ok := parse(path)
		if !ok || a.kind == root {
			return
		}
		written := request{address: a}.path()
		again, ok := parse(written)
		if !ok {
			t.Fatalf("%q is written %q, which is no address", path, written)
		}
		a.slash = false
		if again != a {
			t.Fatalf("%q is %+v, written %q it is %+v", path, a, written, again)
		}
		if twice := (request{address: again}).path(); twice != written {
			t.Fatalf("%q is written %q, then %q", path, written, twice)
		}
		if u, err := url.Parse(written); err != nil || u.Host != "" || strings.ContainsAny(written, "?#\r\n \"<>\\") {
			t.Fatalf("%q is written %q, which leads elsewhere", path, written)
		}
	})
}

// A client never gets a coding that it did not name or has forbidden.
func FuzzAccepts(f *testing.F) {
	for _, seed := range []string{"gzip, deflate, br", "br;q=0", "gzip;q=0.001", " GZIP ;Q=0.0 ,br", ",,;q=", "gzip;q=0,gzip", "*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		for _, coding := range []string{"br", "gzip"} {
			got := accepts([]byte(header), coding)
			named := false
			for part := range strings.SplitSeq(header, ",") {
				name, quality, _ := strings.Cut(part, ";")
				if strings.EqualFold(strings.TrimSpace(name), coding) && isASCII(name) {
					q := strings.ToLower(strings.TrimSpace(quality))
					named = !(strings.HasPrefix(q, "q=") && strings.Trim(q[2:], "0.") == "")
					break
				}
			}
			if got != named {
				t.Fatalf("%q accepts %s: %v", header, coding, got)
			}
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}

func TestPagers(t *testing.T) {
	for _, c := range []struct {
		page, pages int
		want        string
	}{
		{1, 1, "[1]"}, {1, 3, "[1] 2 3 >"}, {2, 3, "< 1 [2] 3 >"}, {5, 9, "< 1 … 3 4 [5] 6 7 … 9 >"},
		{1, 50, "[1] 2 3 … 50 >"}, {50, 50, "< 1 … 48 49 [50]"}, {4, 7, "< 1 2 3 [4] 5 6 7 >"},
	} {
		var got []string
		p := newPager("/vi/a", c.page, c.pages)
		if p.Previous != "" {
			got = append(got, "<")
		}
		for _, s := range p.Steps {
			switch {
			case s.Number == 0:
				got = append(got, "…")
			case s.Here:
				got = append(got, "["+pageNumber(s.Href)+"]")
			default:
				got = append(got, pageNumber(s.Href))
			}
		}
		if p.Next != "" {
			got = append(got, ">")
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("page %d of %d: %s, want %s", c.page, c.pages, s, c.want)
		}
	}
	if got := newPager("/vi/tim-kiem?q=a", 1, 2).Next; got != "/vi/tim-kiem?q=a&page=2" {
		t.Errorf("a search goes on at %s", got)
	}
}

func pageNumber(href string) string {
	if _, n, ok := strings.Cut(href, "?page="); ok {
		return n
	}
	return "1"
}
