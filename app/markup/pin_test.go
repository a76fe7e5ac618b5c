package markup

import (
	"regexp"
	"strings"
	"testing"
)

func TestPinned(t *testing.T) {
	for name, c := range map[string]struct {
		markdown string
		pins     []Pin
		want     string
	}{
		"in the second block": {"Một.\n\nHai ba bốn.", []Pin{{Number: 3, Line: 1, Start: 4, End: 6, Words: "ba"}},
			`<p>Một.</p> <p>Hai <mark>ba</mark><a class="pin" id="pin-3" href="#comment-3" title="">3</a> bốn.</p>`},
		"across emphasis": {"Một **hai** ba", []Pin{{Number: 1, Line: 0, Start: 0, End: len("Một hai ba"), Words: "Một hai ba", Title: `"A"`}},
			`<p><mark>Một </mark><strong><mark>hai</mark></strong> <mark>ba</mark><a class="pin" id="pin-1" href="#comment-1" title="&#34;A&#34;">1</a></p>`},
		"behind a link": {"Xem [trang này](/vi/).", []Pin{{Number: 2, Line: 0, Start: 4, End: 9, Words: "trang"}},
			`<p>Xem <a href="/vi/"><mark>trang</mark> này</a><a class="pin" id="pin-2" href="#comment-2" title="">2</a>.</p>`},
		"two on the same words": {"Một & hai", []Pin{{Number: 1, Line: 0, Start: 6, End: 11, Words: "& hai"}, {Number: 2, Line: 0, Start: 6, End: 7, Words: "&"}},
			`<p>Một <mark>&amp;</mark><a class="pin" id="pin-2" href="#comment-2" title="">2</a> <mark>hai</mark><a class="pin" id="pin-1" href="#comment-1" title="">1</a></p>`},
		"words that do not stand there": {"Một.", []Pin{{Number: 1, Line: 0, Start: 0, End: 2, Words: "Hai"}, {Number: 2, Line: 7, Words: "x", End: 1}}, `<p>Một.</p>`},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := New().Article(c.markdown)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(strings.Fields(string(Pinned(r.HTML, c.pins))), " ")
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

var pinned = regexp.MustCompile(`<mark>|</mark>|<a class="pin"[^>]*>\d+</a>`)

// Wherever a pin is stuck, the words behind which it stands are its own, and
// the text around it is as it was.
func FuzzPinned(f *testing.F) {
	f.Add("# Một\n\nHai **ba** [bốn](/x) &amp; năm  \nsáu\n\n- bảy\n- tám[^1]\n\n[^1]: chú", 2, 3, 9)
	f.Add("| a | b |\n|---|---|\n| c `d` | <e> |", 1, 0, 3)
	renderer := New()
	f.Fuzz(func(t *testing.T, markdown string, line, start, end int) {
		r, err := renderer.Article(markdown)
		if err != nil {
			return
		}
		lines := strings.Split(r.Text, "\n")
		if line < 0 || line >= len(lines) || start < 0 || end > len(lines[line]) || start >= end {
			return
		}
		words := lines[line][start:end]
		if strings.TrimSpace(words) != words || strings.ToValidUTF8(words, "") != words {
			return
		}
		out := string(Pinned(r.HTML, []Pin{{Number: 1, Line: line, Start: start, End: end, Words: words}}))
		if n := strings.Count(out, `id="pin-1"`); n != 1 {
			t.Fatalf("it is stuck %d times: %s", n, out)
		}
		if Text(pinned.ReplaceAllString(out, "")) != r.Text {
			t.Errorf("the text has changed: %s", out)
		}
		var marked strings.Builder
		for _, part := range strings.Split(out, `<mark>`)[1:] {
			marked.WriteString(strings.Split(part, "</mark>")[0])
		}
		if got := strings.Join(strings.Fields(Text(marked.String())), ""); got != strings.Join(strings.Fields(words), "") {
			t.Errorf("marked %q, not %q", got, words)
		}
		if bad := unsafe(pinned.ReplaceAllString(out, "")); bad != "" {
			t.Errorf("it has %s", bad)
		}
	})
}
