package newsroom

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
	"doingoai/app/markup"
)

// blocks are those of a text, written as "kind:text".
func blocks(t testing.TB, markdown string) []markup.Block {
	t.Helper()
	r, err := markup.New().Article(markdown)
	must(t, err)
	return markup.Blocks(r.HTML)
}

// written is a comparison as one line: a block by its operation and kind, and
// what is in it.
func written(changes []Changed) string {
	var out []string
	for _, c := range changes {
		var b strings.Builder
		for _, p := range c.Pieces {
			switch {
			case p.Op == c.Op && c.Op != '~', p.Op == '=':
				b.WriteString(p.Text)
			default:
				fmt.Fprintf(&b, "[%c%s]", p.Op, p.Text)
			}
		}
		switch {
		case c.Op == '…':
			fmt.Fprintf(&b, "%d", c.Count)
		case c.Form:
			b.WriteString(" (form)")
		}
		out = append(out, string(c.Op)+c.Kind+" "+b.String())
	}
	return strings.Join(out, " / ")
}

func TestAChiefReadsWhatHasChanged(t *testing.T) {
	for name, c := range map[string]struct{ a, b, want string }{
		"a syllable":             {"Vốn 3,58 tỷ đô la.", "Vốn 3,85 tỷ đô la.", "~p Vốn [-3,58][+3,85] tỷ đô la."},
		"a mark":                 {"Đối ngoại hòa bình.", "Đối ngoại hoà bình.", "~p Đối ngoại [-hòa][+hoà] bình."},
		"neighbours are one":     {"Một hai ba bốn năm sáu bảy.", "Một tư, lăm bốn năm sáu bảy.", "~p Một [-hai ba][+tư, lăm] bốn năm sáu bảy."},
		"a paragraph more":       {"Một hai ba.\n\nBốn năm sáu.", "Một hai ba.\n\nChen vào.\n\nBốn năm sáu.", "=p Một hai ba. / +p Chen vào. / =p Bốn năm sáu."},
		"one less, one changed":  {"Bỏ đi thôi.\n\nGiữ lại đoạn này nhé.", "Giữ lại đoạn này.", "-p Bỏ đi thôi. / ~p Giữ lại đoạn này[- nhé]."},
		"another text":           {"Trời mưa rất to.", "Cửa khẩu mở cửa.", "-p Trời mưa rất to. / +p Cửa khẩu mở cửa."},
		"a heading now":          {"Các dự án mới", "## Các dự án mới", "~h2 Các dự án mới (form)"},
		"in bold":                {"Một **hai** ba.", "Một hai ba.", "~p Một hai ba. (form)"},
		"another link":           {"Xem [đây](/vi/a).", "Xem [đây](/vi/b).", "~p Xem đây. (form)"},
		"an item":                {"- một hai ba\n- bốn năm sáu", "- một hai ba\n- bốn năm tám", "=li một hai ba / ~li bốn năm [-sáu][+tám]"},
		"a row":                  {"| Năm | Vốn |\n|---|---|\n| 2024 | 23,53 |", "| Năm | Vốn |\n|---|---|\n| 2024 | 23,55 |", "=row Năm | Vốn / ~row 2024 | [-23,53][+23,55]"},
		"far from each other":    {"A đầu.\n\n1\n\n2\n\n3\n\n4\n\nB cuối bài.", "A đầu.\n\n1\n\n2\n\n3\n\n4\n\nB cuối cùng bài.", "… 4 / =p 4 / ~p B cuối [+cùng ]bài."},
		"from nothing":           {"", "Một.", "+p Một."},
		"to nothing":             {"Một.", "", "-p Một."},
		"signs of punctuation":   {"Một, hai.", "Một; hai.", "~p Một[-, ][+; ]hai."},
		"nothing at all to read": {"***", "---", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := written(foldUnchanged(compareBlocks(blocks(t, c.a), blocks(t, c.b)))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Whatever two texts are, what is told of them gives both back.
func FuzzCompareKeepsBothTexts(f *testing.F) {
	f.Add("Một **hai**.\n\n- ba\n- bốn\n\nNăm sáu.", "## Một hai\n\n- bốn\n\nNăm bảy.\n\nTám.")
	f.Add("| a |\n|---|\n| b |", "> a\n\nb")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := blocks(t, a), blocks(t, b)
		var before, after []string
		for _, c := range compareBlocks(x, y) {
			var one, two strings.Builder
			for _, p := range c.Pieces {
				if p.Op != '+' {
					one.WriteString(p.Text)
				}
				if p.Op != '-' {
					two.WriteString(p.Text)
				}
			}
			if c.Op != '+' {
				before = append(before, one.String())
			}
			if c.Op != '-' {
				after = append(after, two.String())
			}
		}
		if !sameTexts(before, x) || !sameTexts(after, y) {
			t.Errorf("%q and %q give back %q and %q", a, b, before, after)
		}
	})
}

func sameTexts(got []string, want []markup.Block) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if got[i] != want[i].Text {
			return false
		}
	}
	return true
}

// heavyBlocks are pairs of bodies that want much work.
func heavyBlocks(t testing.TB) map[string][2][]markup.Block {
	everywhere := strings.ReplaceAll(long(), "tăng so", "giảm so")
	one := strings.Repeat("Vốn đầu tư nước ngoài tăng. ", MaxBody/28)
	items := strings.Repeat("- một mục\n", MaxBody/20)
	return map[string][2][]markup.Block{
		"one word of each paragraph": {blocks(t, long()), blocks(t, everywhere)},
		"one paragraph":              {blocks(t, one), blocks(t, strings.ReplaceAll(one, "ngoài", "bạn"))},
		"all items":                  {blocks(t, items), blocks(t, strings.ReplaceAll(items, "mục", "khoản"))},
		"nothing alike":              {blocks(t, long()), blocks(t, strings.Repeat("Something else entirely, in other words. ", MaxBody/50))},
	}
}

// Comparing costs what the texts are long: no pair of texts keeps the newsroom busy.
func TestComparingIsBounded(t *testing.T) {
	for name, pair := range heavyBlocks(t) {
		began := time.Now()
		compareBlocks(pair[0], pair[1])
		if took := time.Since(began); took > 5*time.Second { // a machine that does much else
			t.Errorf("%s: %v", name, took)
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	for name, pair := range heavyBlocks(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				compareBlocks(pair[0], pair[1])
			}
		})
	}
}

func TestPeopleKnowWhatTheyApprovedSavedAndPublished(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published) // the chief approves revision 1
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Thân bài có hai câu.\n\n## Một mục\n\nVà câu nữa." })
		w.save(t, w.reporter, ref, func(c *Content) { c.Headline = "Tít khác" })
		for _, c := range []struct {
			who  string
			want Known
		}{{"chief", Known{Approved: 1, Live: 1}}, {"reporter", Known{Live: 1, Saved: 3}}} {
			known, err := w.Known(t.Context(), w.staff[c.who], ref)
			must(t, err)
			if known != c.want {
				t.Errorf("the %s knows %+v, want %+v", c.who, known, c.want)
			}
		}
		c, err := w.Compare(t.Context(), w.chief, ref, 1, 3)
		must(t, err)
		if got := written(c.Body); got != "~p Thân bài có [-một][+hai] câu. / =h2 Một mục / =p Và câu nữa." {
			t.Errorf("compared: %s", got)
		}
		if c, err = w.Compare(t.Context(), w.chief, ref, 3, 2); err != nil || c.Changes() || c.From.Content.Headline != "Tít khác" {
			t.Errorf("backwards: %+v, %v", c, err)
		}
		for _, pair := range [][2]int{{0, 1}, {1, 4}, {-1, 1}} {
			_, err := w.Compare(t.Context(), w.chief, ref, pair[0], pair[1])
			expectKind(t, err, fault.NotFound)
		}
		stranger := w.person(t, "stranger")
		_, err = w.Compare(t.Context(), stranger, ref, 1, 2)
		expectKind(t, err, fault.NotFound)
		_, err = w.Known(t.Context(), stranger, ref)
		expectKind(t, err, fault.NotFound)
	})
}
