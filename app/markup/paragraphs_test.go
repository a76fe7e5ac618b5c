package markup

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", " \n\n", nil},
		{"one", "Một\nhai", []string{"Một\nhai"}},
		{"two, far apart", "Một\n\n \n\nHai\n", []string{"Một", "Hai"}},
		{"a heading needs no blank line", "## Kết quả\nMột\n## Hạn chế", []string{"## Kết quả", "Một", "## Hạn chế"}},
		{"an underlined heading", "Một\n\nKết quả\n-------\nHai", []string{"Một", "Kết quả\n-------", "Hai"}},
		{"a list is one", "Gồm:\n- một\n\n  tiếp\n\n- hai\n\nHết", []string{"Gồm:", "- một\n\n  tiếp\n\n- hai", "Hết"}},
		{"a table is one", "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Bảng 1", []string{"| a | b |\n|---|---|\n| 1 | 2 |", ": Bảng 1"}},
		{"code keeps its blank lines and its indent", "    a\n\n    b\n\n```\nx\n\ny\n```\nz", []string{"    a\n\n    b", "```\nx\n\ny\n```", "z"}},
		{"quotations", "> một\n>\n> hai\n\n> ba", []string{"> một\n>\n> hai", "> ba"}},
		{"a line, a picture, an address", "a\n\n---\n\n![b](media:c)\n\n[d]: /e\n[f]: /g", []string{"a", "---", "![b](media:c)", "[d]: /e", "[f]: /g"}},
		{"a footnote", "a[^1]\n\n[^1]: b c\n\n    d\n\ne", []string{"a[^1]", "[^1]: b c", "    d", "e"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Paragraphs(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

var spaceAtEnd = regexp.MustCompile(`\s+(\n|$|</code>)|\n(</code>)`)

// joined is what readers get of a text that can be an article, and of its
// paragraphs put together: only space at the end of a line may be lost.
func joined(t *testing.T, text string) (whole, parts string, ok bool) {
	r := New()
	a, err := r.Article(text)
	if err != nil {
		return "", "", false
	}
	b, err := r.Article(strings.Join(Paragraphs(text), "\n\n"))
	if err != nil {
		t.Fatalf("%q is an article, and put together it is none: %v", text, err)
	}
	return spaceAtEnd.ReplaceAllString(string(a.HTML), "$1$2"), spaceAtEnd.ReplaceAllString(string(b.HTML), "$1$2"), true
}

// Every example of the specification is the same article after it was taken apart.
func TestParagraphsTogetherAreTheArticle(t *testing.T) {
	spec, err := os.ReadFile(apptest.TestData(t, "markdown", "gfm-spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Example  int
		Markdown string
	}
	if err := json.Unmarshal(spec, &examples); err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if whole, parts, ok := joined(t, e.Markdown); !ok || whole != parts {
			t.Errorf("example %d: %q reads\n%s\nand in parts %q\n%s", e.Example, e.Markdown, whole, Paragraphs(e.Markdown), parts)
		}
	}
	if len(examples) < 600 {
		t.Errorf("only %d examples", len(examples))
	}
}

func FuzzParagraphsTogetherAreTheArticle(f *testing.F) {
	f.Add("# a\nb\n- c\n\n  d\n> e\n\n```\nf\n")
	f.Add("[a]: /b 'c\n\nd'\n=\n: e\n\n<!-- \n\n -->")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\r\x00\v\f\u0085\u2028") {
			return // not in a text that is kept
		}
		if whole, parts, ok := joined(t, text); ok && whole != parts {
			t.Errorf("%q reads\n%s\nand in parts %q\n%s", text, whole, Paragraphs(text), parts)
		}
	})
}

func BenchmarkParagraphs(b *testing.B) {
	text := strings.Repeat("Hội nghị **xúc tiến đầu tư** của tỉnh, xem [số liệu](https://vnanet.vn/a) – 4,33 tỷ USD.\n\n", 20)
	for b.Loop() {
		if n := len(Paragraphs(text)); n != 20 {
			b.Fatal(n)
		}
	}
}
