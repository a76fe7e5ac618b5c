package parallel

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// source is a text of some paragraphs with a headline and an alt text.
func source(paragraphs ...string) []Segment {
	return Segments([]Segment{{"headline", "Đồng Nai đón dự án mới"}, {"kicker", ""}, {"lead_alt", "Khu công nghiệp nhìn từ trên cao"}}, strings.Join(paragraphs, "\n\n"))
}

// revisions answers revisions counted from 1.
func revisions(list ...[]Segment) func(int) []Segment {
	return func(n int) []Segment { return list[n-1] }
}

// stand writes standings down, without what is fresh where it was:
// "stale 3>3", "new >4".
func stand(c Comparison) string {
	var list []string
	for _, s := range c.Standings {
		text := string(s.What) + " " + strings.Trim(fmt.Sprint(s.Held), "[]") + ">" + strings.Trim(fmt.Sprint(s.Now), "[]")
		if s.Moved {
			text = "moved " + text
		}
		if s.What != Fresh || s.Moved {
			list = append(list, text)
		}
	}
	return strings.Join(list, ", ")
}

func TestSegments(t *testing.T) {
	got := Segments([]Segment{{"headline", "Tít"}, {"standfirst", " "}}, "## Mục\nMột\n\n- hai\n- ba\n")
	want := []Segment{{"headline", "Tít"}, {"", "## Mục"}, {"", "Một"}, {"", "- hai\n- ba"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHashIsOfTheWords(t *testing.T) {
	for _, same := range []string{"Một hai ba.", "Một hai\nba.", "  Một  hai ba.\n"} {
		if Hash(same) != Hash("Một hai ba.") {
			t.Errorf("%q has another hash", same)
		}
	}
	for _, other := range []string{"Một, hai ba.", "Mot hai ba.", "một hai ba.", "Một hai b a."} {
		if Hash(other) == Hash("Một hai ba.") {
			t.Errorf("%q has the same hash", other)
		}
	}
}

// The pin of two fields and the article has its paragraphs from place 2 on.
func TestCompare(t *testing.T) {
	stale := strings.Replace(news[1], "3,5", "3,8", 1)
	half, rest, _ := strings.Cut(news[3], ". ")
	headline := source(news...)
	headline[0].Text = "Đồng Nai đón 12 dự án mới"
	for _, c := range []struct {
		name string
		now  []Segment
		want string
	}{
		{"nothing changed", source(news...), ""},
		{"another headline", headline, "stale 0>0"},
		{"no alt text", append(source(news...)[:1], source(news...)[2:]...), "gone 1>"},
		{"a kicker", append([]Segment{{"kicker", "Đầu tư"}}, source(news...)...), "new >0"},
		{"a figure", source(edited(map[int]string{1: stale})...), "stale 3>3"},
		{"lines broken elsewhere", source(edited(map[int]string{1: strings.ReplaceAll(news[1], ", ", ",\n")})...), ""},
		{"two exchanged", source(edited(map[int]string{6: news[7], 7: news[6]})...), "moved fresh 8>9"},
		{"split as it is", source(slices.Replace(slices.Clone(news), 3, 4, half+".", rest)...), ""},
		{"split and edited", source(slices.Replace(slices.Clone(news), 3, 4, half+" nay.", rest)...), "stale 5>5 6"},
		{"merged as it is", source(slices.Replace(slices.Clone(news), 4, 6, news[4]+" "+news[5])...), ""},
		{"one more", source(append(slices.Clone(news), "Hội nghị kết thúc lúc 17 giờ cùng ngày.")...), "new >10"},
		{"one less", source(news[1:]...), "gone 2>"},
		{"emptied", nil, "gone 0>, gone 1>, gone 2>, gone 3>, gone 4>, gone 5>, gone 6>, gone 7>, gone 8>, gone 9>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := stand(Compare(Begin(source(news...), 1), revisions(source(news...)), c.now)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestStandingHasBothSidesOfADiff(t *testing.T) {
	now := source(slices.Replace(slices.Clone(news), 4, 6, news[4]+" Ngoài ra, "+news[5])...)
	c := Compare(Begin(source(news...), 1), revisions(source(news...)), now)
	s := c.Standings[slices.IndexFunc(c.Standings, func(s Standing) bool { return s.What == Stale })]
	if s.Old != news[4]+"\n\n"+news[5] || s.New != now[6].Text {
		t.Errorf("%+v", s)
	}
}

// Old revisions are asked for only where they are needed, and may be missing.
func TestCompareAsksForWhatChanged(t *testing.T) {
	var asked []int
	old := func(n int) []Segment { asked = append(asked, n); return nil }
	pin := Begin(source(news...), 1)
	pin[3].Revision, pin[4].Revision = 2, 3
	if got := stand(Compare(pin, old, source(news...))); got != "" || asked != nil {
		t.Errorf("%s; asked for %v", got, asked)
	}
	if got := stand(Compare(pin, old, source(edited(map[int]string{1: "Khác hẳn."})...))); got != "unsure 3>3" || !slices.Equal(asked, []int{2}) {
		t.Errorf("%s; asked for %v", got, asked)
	}
	if got := stand(Compare(pin, old, source(slices.Delete(slices.Clone(news), 1, 2)...))); got != "unsure 3>" {
		t.Errorf("without its text, a paragraph that is nowhere is %s", got)
	}
}

func TestConfirmAndTranslated(t *testing.T) {
	first, second := source(news...), source(edited(map[int]string{1: strings.Replace(news[1], "3,5", "3,8", 1), 4: strings.Replace(news[4], "2.500", "2.700", 1)})...)
	c := Compare(Begin(first, 1), revisions(first, second), second)
	if got := stand(c); got != "stale 3>3, stale 6>6" {
		t.Fatal(got)
	}
	pin := c.Confirm(2, 3)
	if got := stand(Compare(pin, revisions(first, second), second)); got != "stale 6>6" {
		t.Errorf("after the first was confirmed: %s", got)
	}
	if pin[3].Revision != 2 || pin[6].Revision != 1 || c.Pin[3].Revision != 1 {
		t.Errorf("%+v, before %+v", pin, c.Pin)
	}
	pin = Compare(pin, revisions(first, second), second).Translated(2, 6, 1)
	if got := stand(Compare(pin, revisions(first, second), second)); got != "" {
		t.Errorf("after both were dealt with: %s", got)
	}
	// A third revision is compared with what each was translated from.
	third := source(news...)
	if got := stand(Compare(pin, revisions(first, second, third), third)); got != "stale 3>3, stale 6>6" {
		t.Errorf("taken back: %s", got)
	}
}

// A text is translated from nothing, in any order of its paragraphs.
func TestTranslatedInAnyOrder(t *testing.T) {
	now := source(news[:4]...)
	var pin Pin
	write := func(text string, blocks int) {
		c := Compare(pin, revisions(now), now)
		at := slices.IndexFunc(c.Standings, func(s Standing) bool { return s.New == text })
		from, to := c.Paragraphs(at)
		if from != to {
			t.Errorf("%q has paragraphs from %d to %d before there are any", text, from, to)
		}
		pin = c.Translated(1, at, blocks)
	}
	write(news[2], 1)
	write(news[0], 1)
	write("Khu công nghiệp nhìn từ trên cao", 1)
	write(news[3], 2)
	write("Đồng Nai đón dự án mới", 0)
	write(news[1], 1)
	c := Compare(pin, revisions(now), now)
	if got := stand(c); got != "" || pin.Blocks() != 5 {
		t.Fatalf("%s, %d blocks", got, pin.Blocks())
	}
	for k, want := range [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 5}} {
		if from, to := c.Paragraphs(2 + k); from != want[0] || to != want[1] {
			t.Errorf("paragraph %d of the source: %d to %d, want %v", k, from, to, want)
		}
	}
}

func TestAnswersToWhatIsNotOne(t *testing.T) {
	half, rest, _ := strings.Cut(news[3], ". ")
	first := source(news...)
	for _, c := range []struct {
		name   string
		now    []Segment
		answer func(c Comparison, at int) Pin
		blocks []int // of the paragraphs of the pin afterwards
	}{
		{"two of one, confirmed", source(slices.Replace(slices.Clone(news), 3, 4, half+" nay.", rest)...),
			func(c Comparison, at int) Pin { return c.Confirm(2, at) }, []int{1, 1, 1, 1, 0, 1, 1, 1, 1}},
		{"two of one, written in two", source(slices.Replace(slices.Clone(news), 3, 4, half+" nay.", rest)...),
			func(c Comparison, at int) Pin { return c.Translated(2, at, 2) }, []int{1, 1, 1, 1, 1, 1, 1, 1, 1}},
		{"one of two, confirmed", source(slices.Replace(slices.Clone(news), 4, 6, news[4]+" Thêm: "+news[5])...),
			func(c Comparison, at int) Pin { return c.Confirm(2, at) }, []int{1, 1, 1, 1, 2, 1, 1}},
		{"one of two, written in one", source(slices.Replace(slices.Clone(news), 4, 6, news[4]+" Thêm: "+news[5])...),
			func(c Comparison, at int) Pin { return c.Translated(2, at, 1) }, []int{1, 1, 1, 1, 1, 1, 1}},
		{"gone, its words stay", source(slices.Delete(slices.Clone(news), 2, 3)...),
			func(c Comparison, at int) Pin { return c.Confirm(2, at) }, []int{1, 2, 1, 1, 1, 1, 1}},
		{"gone, its words too", source(slices.Delete(slices.Clone(news), 2, 3)...),
			func(c Comparison, at int) Pin { return c.Translated(2, at, 0) }, []int{1, 1, 1, 1, 1, 1, 1}},
		{"the first gone, its words stay", source(news[1:]...),
			func(c Comparison, at int) Pin { return c.Confirm(2, at) }, []int{2, 1, 1, 1, 1, 1, 1}},
		{"new, nothing to write", source(append([]string{"* * *"}, news...)...),
			func(c Comparison, at int) Pin { return c.Confirm(2, at) }, []int{0, 1, 1, 1, 1, 1, 1, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := Compare(Begin(first, 1), revisions(first), c.now)
			pin := c.answer(before, slices.IndexFunc(before.Standings, func(s Standing) bool { return s.What != Fresh }))
			var blocks []int
			for _, h := range pin[2:] {
				blocks = append(blocks, h.Blocks)
			}
			if !slices.Equal(blocks, c.blocks) {
				t.Errorf("%v, want %v", blocks, c.blocks)
			}
			if got := stand(Compare(pin, revisions(first, c.now), c.now)); got != "" {
				t.Errorf("afterwards %s", got)
			}
		})
	}
}

// After any changes, each answer clears what it answers, and nothing else. (Of
// copies it may be another that cannot be told from it any longer.)
func TestEachAnswerClearsOne(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	for range 400 {
		first := source(numbered(1+r.IntN(12), r.Uint64())...)
		var body []string
		for _, s := range first[2:] {
			body = append(body, s.Text)
		}
		second := source(shuffled(r, body, false)...)
		pin, all := Begin(first, 1), revisions(first, second)
		c := Compare(pin, all, first)
		if stand(c) != "" || len(c.Standings) != len(first) {
			t.Fatalf("a source beside itself: %s", stand(c))
		}
		for before := Compare(pin, all, second); ; {
			at := slices.IndexFunc(before.Standings, func(s Standing) bool { return s.What != Fresh })
			if at < 0 {
				break
			}
			blocks := pin.Blocks()
			if r.IntN(2) == 0 {
				pin = before.Confirm(2, at)
				if pin.Blocks() != blocks && pin.Blocks() != 0 {
					t.Fatalf("confirming left %d of %d paragraphs", pin.Blocks(), blocks)
				}
			} else {
				pin = before.Translated(2, at, len(before.Standings[at].Now))
			}
			after := Compare(pin, all, second)
			want := fresh(before)
			for _, j := range before.Standings[at].Now {
				want[before.Now[j].Text]++
			}
			if got := fresh(after); !maps.Equal(got, want) {
				t.Fatalf("%s\nafter an answer to %+v\n%s", stand(before), before.Standings[at], stand(after))
			}
			before = after
		}
	}
}

// fresh counts the segments of the source that are, by what they say.
func fresh(c Comparison) map[string]int {
	list := map[string]int{}
	for _, s := range c.Standings {
		for _, j := range s.Now {
			if s.What == Fresh {
				list[c.Now[j].Text]++
			}
		}
	}
	return list
}

// Editing some paragraphs makes exactly these stale.
func TestEditsMakeThoseStale(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 13))
	for range 300 {
		body := numbered(1+r.IntN(20), r.Uint64())
		first := source(body...)
		want := map[int]bool{}
		for range r.IntN(len(body) + 1) {
			i := r.IntN(len(body))
			body[i] = strings.Replace(body[i], " ", " khác ", 1)
			want[i+2] = true
		}
		for _, s := range Compare(Begin(first, 1), revisions(first), source(body...)).Standings {
			if !reflect.DeepEqual(s.Held, s.Now) || (s.What == Stale) != want[s.Now[0]] || s.Moved {
				t.Fatalf("%+v", s)
			}
		}
	}
}

func FuzzTidy(f *testing.F) {
	f.Add("a b")
	f.Add(" a\u00a0 b\n")
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := tidy(text), strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	})
}
