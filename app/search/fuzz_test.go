package search

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"doingoai/app/fault"
)

// hostile are signs that query languages, engines and terminals stumble over.
var hostile = []string{
	`"`, `“`, `'`, `\`, `+`, `-`, `*`, `?`, `~`, `^`, `(`, `)`, `[`, `{`, `:`, `/`, `|`, `&&`, `<`, `>`, "\x00", "\xff", "\xc3",
	"\u0300", "\u0323", "\u200d", "\u202e", "\ufeff", "_", "a_b", "đ", "Đ", "ð", "İ", "ß", "ﬁ", "Ǆ", "ế", "ề", "hoà", "𝒳", "🇻🇳", "កា", "ก็", "你", "か゛", "각", "1,", ",1", "1.234,5",
}

// checkAnyText searches for text in every way and holds the answer against
// what must always be true.
func checkAnyText(t *testing.T, x *Index, text string) {
	t.Helper()
	for _, q := range []Query{{}, {Lang: "vi", Outlet: "portal"}, {Lang: "en"}, {Lang: "zh"}, {Lang: "km", Section: "news"}} {
		q.Text = text
		result, err := x.Search(context.Background(), q)
		if err != nil {
			if fault.KindOf(err) != fault.Malformed {
				t.Fatalf("%q: %v", text, err)
			}
			continue
		}
		if uint64(len(result.Hits)) > result.Total {
			t.Fatalf("%q: %d hits of %d", text, len(result.Hits), result.Total)
		}
		seen := map[Hit]bool{}
		for _, hit := range result.Hits {
			hit.Score = 0
			if seen[hit] {
				t.Fatalf("%q: %v twice", text, hit)
			}
			seen[hit] = true
		}
		for _, word := range result.Terms {
			if word == "" || !utf8.ValidString(word) {
				t.Fatalf("%q: highlight %q", text, word)
			}
		}
	}
}

// anything makes a random text of signs, words and characters of every script.
func anything(random *rand.Rand) string {
	words := strings.Fields("Bình Phước thông tin đối ngoại biên giới the industrial parks 投资 វិនិយោគ")
	var b strings.Builder
	for range random.IntN(30) {
		switch random.IntN(5) {
		case 0:
			b.WriteString(hostile[random.IntN(len(hostile))])
		case 1:
			b.WriteString(words[random.IntN(len(words))])
		case 2:
			b.WriteRune(rune(random.IntN(0x3000)))
		case 3:
			b.WriteRune(rune(random.IntN(utf8.MaxRune)))
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func mixed(t testing.TB) *Index {
	x := newIndex(t)
	var documents []*Document
	for lang, text := range map[string]string{
		"vi": "Thông tin đối ngoại biên giới Bình Phước", "en": "The industrial parks of Bình Phước",
		"zh": "投资指南", "km": "ការវិនិយោគ",
	} {
		documents = append(documents, &Document{ID: "a", Lang: lang, Title: text, Body: strings.Join(hostile, " "), Outlets: []string{"portal"}, Sections: []string{"news"}})
	}
	put(t, x, 1, documents...)
	return x
}

func TestAnyTextIsAnswered(t *testing.T) {
	x := mixed(t)
	random := rand.New(rand.NewPCG(7, 8))
	for range 10000 {
		checkAnyText(t, x, anything(random))
	}
}

// TestAnyTextIsIndexed puts random texts in and finds each by itself, as far
// as a query may be as long.
func TestAnyTextIsIndexed(t *testing.T) {
	x := newIndex(t)
	random := rand.New(rand.NewPCG(9, 10))
	for i := range 120 {
		text := anything(random)
		lang := []string{"vi", "en", "zh", "km"}[i%4]
		put(t, x, int64(i), &Document{ID: "a", Lang: lang, Title: text, Body: text})
		result, err := x.Search(context.Background(), Query{Text: strings.Map(unquote, text), Lang: lang})
		if err == nil && len(result.Terms) > 0 && result.Total != 1 {
			t.Errorf("%s: %q does not find itself", lang, text)
		}
	}
}

// unquote replaces quotation marks, which mean something in a query.
func unquote(r rune) rune {
	if isQuote(r) {
		return ' '
	}
	return r
}

func FuzzSearch(f *testing.F) {
	for _, text := range append(hostile, "đối ngoại", `"đối ngoại" +x`, "industrial parks") {
		f.Add(text)
	}
	x := mixed(f)
	f.Fuzz(func(t *testing.T, text string) { checkAnyText(t, x, text) })
}
