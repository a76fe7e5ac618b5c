package parallel

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

// articles are real ones of six paragraphs and more.
func articles(t *testing.T) [][]string {
	file, err := os.Open(apptest.TestData(t, "news-vi", "wikipedia-vi.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var list [][]string
	for d := json.NewDecoder(unzipped); ; {
		var a struct{ Body []string }
		if err := d.Decode(&a); err == io.EOF {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		if body := slices.Compact(a.Body); len(body) >= 6 {
			list = append(list, body[:min(len(body), 25)])
		}
	}
}

// In real articles a paragraph of which three words in ten were exchanged is
// found where it stands and, mostly, where it was moved to; one that another
// took the place of is never taken for it.
func TestMatchOnRealArticles(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 19))
	list := articles(t)
	tried, there, moved := 0, 0, 0
	for n, article := range list {
		k, other := r.IntN(len(article)), list[(n+1)%len(list)]
		words := strings.Fields(article[k])
		stranger := other[r.IntN(len(other))]
		if len(words) < 12 || len(strings.Fields(stranger)) < 12 {
			continue
		}
		foreign := strings.Fields(strings.Join(other, " "))
		for i := range words {
			if r.IntN(10) < 3 {
				words[i] = foreign[r.IntN(len(foreign))]
			}
		}
		tried++
		in := func(at int, text string) Fate {
			now := slices.Insert(slices.Delete(slices.Clone(article), k, k+1), at, text)
			fates := Match(article, now)
			return fates[slices.IndexFunc(fates, func(f Fate) bool { return slices.Contains(f.Old, k) })]
		}
		if in(k, strings.Join(words, " ")).What == Edited {
			there++
		}
		at := r.IntN(len(article))
		switch f := in(at, strings.Join(words, " ")); {
		case f.What == Edited && f.New[0] == at:
			moved++
		case f.What == Edited:
			t.Errorf("%q moved to %d was found at %d", article[k], at, f.New[0])
		}
		if f := in(k, stranger); f.What != Gone {
			t.Errorf("%q in place of %q: %+v", stranger, article[k], f)
		}
	}
	t.Logf("of %d paragraphs, %d were found where they stand and %d where they were moved", tried, there, moved)
	if tried < 200 || there*100 < tried*97 || moved*100 < tried*75 {
		t.Errorf("of %d paragraphs, only %d and %d were found", tried, there, moved)
	}
}
