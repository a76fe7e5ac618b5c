package search

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/vietnamese"
)

var corpusSize = flag.Int("documents", 20_000, "how many documents BenchmarkFigures indexes")

// article is a text of the shared news corpora.
type article struct {
	Title   string   `json:"title"`
	Summary string   `json:"summary"`
	Body    []string `json:"body"`
}

func articles(t testing.TB) []article {
	t.Helper()
	folder := apptest.TestData(t, "news-vi")
	var out []article
	for _, name := range []string{"baomoi.jsonl.gz", "baomoi-binh-phuoc.jsonl.gz", "vnexpress-thoi-su.jsonl.gz", "wikipedia-vi.jsonl.gz"} {
		out = append(out, readLines[article](t, filepath.Join(folder, name))...)
	}
	return out
}

// variation makes the nth document: one article's headline, and half of its
// paragraphs and some of another's, about 450 syllables, so that words keep
// their company but texts differ.
func variation(all []article, n int, random *rand.Rand) *Document {
	own := all[n%len(all)]
	var body []string
	take := func(from article, oneOf int) {
		for _, paragraph := range from.Body {
			if random.IntN(oneOf) == 0 {
				body = append(body, paragraph)
			}
		}
	}
	take(own, 2)
	take(all[random.IntN(len(all))], 6)
	random.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
	return &Document{
		ID: fmt.Sprintf("item%06d", n), Lang: "vi",
		Outlets:  []string{[]string{"portal", "newspaper", "broadcaster"}[n%3], "all"},
		Sections: []string{"root", fmt.Sprintf("section%d", n%20)},
		Title:    own.Title, Standfirst: own.Summary, Body: strings.Join(body, "\n"),
		Published: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Hour),
	}
}

// batchSize is what a follower applies at once when it catches up.
const batchSize = 500

// corpus fills an index with variations.
func corpus(b testing.TB, x *Index, size int) {
	b.Helper()
	all := articles(b)
	random := rand.New(rand.NewPCG(1, 2))
	for n := 0; n < size; n += batchSize {
		var batch []*Document
		for i := n; i < min(n+batchSize, size); i++ {
			batch = append(batch, variation(all, i, random))
		}
		put(b, x, int64(n), batch...)
	}
}

// BenchmarkFigures prints how fast and large the index is:
//
//	go test ./app/search -run '^$' -bench Figures -benchtime 1x -timeout 1h -documents 20000
func BenchmarkFigures(t *testing.B) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	start := time.Now()
	corpus(t, x, *corpusSize)
	took := time.Since(start)
	t.Logf("%d documents in %v: %.0f documents/s", *corpusSize, took.Round(time.Millisecond), float64(*corpusSize)/took.Seconds())
	t.Logf("%.1f KB a document right after", folderKB(t, dir)/float64(*corpusSize))
	measureSearch(t, x)
	measureApply(t, x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	x = openIndex(t, dir)
	t.Logf("opened in %v, %.1f KB a document; resident %s", time.Since(start).Round(time.Millisecond), folderKB(t, dir)/float64(*corpusSize), resident(t))
	measureSearch(t, x)
}

// asked are queries as readers type them, cut from headlines.
func asked(t testing.TB, words int) []string {
	t.Helper()
	random := rand.New(rand.NewPCG(3, uint64(words)))
	all := articles(t)
	var out []string
	for len(out) < 300 {
		title := vietnamese.Syllables(all[random.IntN(len(all))].Title)
		n := 2*words - random.IntN(2) // a word is one or two syllables
		if len(title) < n {
			continue
		}
		from := random.IntN(len(title) - n + 1)
		var query []string
		for _, token := range title[from : from+n] {
			query = append(query, token.Text)
		}
		text := strings.Join(query, " ")
		if len(out)%2 == 0 {
			text = vietnamese.Fold(text)
		}
		out = append(out, text)
	}
	return out
}

func measureSearch(t testing.TB, x *Index) {
	t.Helper()
	for _, c := range []struct {
		name  string
		texts []string
		query Query
	}{
		{"1 word", asked(t, 1), Query{Lang: "vi"}},
		{"2 words", asked(t, 2), Query{Lang: "vi"}},
		{"3 words", asked(t, 3), Query{Lang: "vi"}},
		{"2 words, outlet", asked(t, 2), Query{Lang: "vi", Outlet: "portal"}},
		{"2 words, every language", asked(t, 2), Query{}},
		{"2 words, outlet all", asked(t, 2), Query{Lang: "vi", Outlet: "all"}},
		{"2 words apart", apart(t), Query{Lang: "vi"}},
		{"common syllables", []string{"và", "của", "là", "có", "được", "các", "trong", "cho", "người", "một", "không", "năm"}, Query{Lang: "vi"}},
		{"three common syllables apart", []string{"và một năm", "của có trong", "người được cho", "các là không"}, Query{Lang: "vi"}},
		{"common syllables, outlet all", []string{"và", "của", "là", "có", "được", "các", "trong"}, Query{Lang: "vi", Outlet: "all"}},
		{"sentence", asked(t, 6), Query{Lang: "vi"}},
	} {
		var times []time.Duration
		for _, text := range c.texts {
			c.query.Text = text
			start := time.Now()
			if _, err := x.Search(context.Background(), c.query); err != nil {
				t.Fatal(err)
			}
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		t.Logf("search %-30s p50 %8v p95 %8v max %8v", c.name, times[len(times)/2].Round(time.Microsecond),
			times[len(times)*95/100].Round(time.Microsecond), times[len(times)-1].Round(time.Microsecond))
	}
	t.Logf("resident %s", resident(t))
}

// apart joins halves of different queries, which hardly ever stand together.
func apart(t testing.TB) []string {
	t.Helper()
	single := asked(t, 1)
	var out []string
	for i := 0; i+1 < len(single); i += 2 {
		out = append(out, single[i]+" "+single[i+1])
	}
	return out
}

func measureApply(t testing.TB, x *Index) {
	t.Helper()
	all := articles(t)
	random := rand.New(rand.NewPCG(5, 6))
	var times []time.Duration
	for n := range 200 {
		d := variation(all, n, random)
		start := time.Now()
		put(t, x, int64(*corpusSize+n), d)
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	t.Logf("apply one document: p50 %v p95 %v max %v", times[100].Round(time.Microsecond), times[190].Round(time.Microsecond), times[199].Round(time.Microsecond))
}

func folderKB(t testing.TB, dir string) float64 {
	t.Helper()
	var size int64
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if info, err := entry.Info(); err == nil { // a merged file may be gone meanwhile
			size += info.Size()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return float64(size) / 1024
}

// resident reads how much memory the process holds, where the system tells.
func resident(t testing.TB) string {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	var out []string
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "RssAnon") || strings.HasPrefix(line, "RssFile") {
			out = append(out, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(out, ", ")
}

// BenchmarkSearch asks an index of 2,000 documents.
func BenchmarkSearch(b *testing.B) {
	x := newIndex(b)
	corpus(b, x, 2000)
	for words := 1; words <= 3; words++ {
		texts := asked(b, words)
		b.Run(fmt.Sprintf("%d words", words), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := x.Search(context.Background(), Query{Text: texts[i%len(texts)], Lang: "vi"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkApply puts in batches as a follower that catches up, and single documents.
func BenchmarkApply(b *testing.B) {
	all := articles(b)
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{1, batchSize} {
		b.Run(fmt.Sprintf("%d documents", size), func(b *testing.B) {
			x := newIndex(b)
			n := 0
			for b.Loop() {
				batch := make([]*Document, size)
				for i := range batch {
					batch[i] = variation(all, n, random)
					n++
				}
				put(b, x, int64(n), batch...)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
		})
	}
}
