package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
)

func TestFilters(t *testing.T) {
	x := newIndex(t)
	add := func(id, lang, outlet string, sections ...string) *Document {
		d := border(id)
		d.Lang, d.Outlets, d.Sections = lang, []string{outlet}, sections
		return d
	}
	put(t, x, 1,
		add("a", "vi", "portal", "news", "border"), add("b", "vi", "newspaper", "news"),
		add("c", "en", "portal", "news"), add("d", "vi", "portal"))
	for _, c := range []struct {
		query Query
		want  string
	}{
		{Query{}, "a b c d"},
		{Query{Lang: "vi"}, "a b d"},
		{Query{Lang: "en"}, "c"},
		{Query{Lang: "km"}, ""},
		{Query{Lang: "no such/language"}, ""},
		{Query{Outlet: "portal"}, "a c d"},
		{Query{Section: "news"}, "a b c"},
		{Query{Section: "border"}, "a"},
		{Query{Lang: "vi", Outlet: "portal", Section: "news"}, "a"},
		{Query{Outlet: "nobody"}, ""},
		{Query{Section: "border", Outlet: "newspaper"}, ""},
	} {
		for _, text := range []string{"bien gioi", "biên", `"biên giới"`, "giới biên"} {
			c.query.Text = text
			got := find(t, x, c.query)
			slices.Sort(got)
			if strings.Join(got, " ") != c.want {
				t.Errorf("%+v finds %v, not %s", c.query, got, c.want)
			}
		}
	}
}

func TestPagesNeitherOverlapNorMiss(t *testing.T) {
	x := newIndex(t)
	const documents = 250
	var all []*Document
	for i := range documents {
		d := border(fmt.Sprintf("%03d", i))
		d.Body += strings.Repeat(" thêm chữ", i%7*30)
		d.Published = d.Published.Add(time.Duration(i*37%documents) * time.Hour)
		all = append(all, d)
	}
	put(t, x, 1, all...)
	var paged []string
	for from := 0; from < documents+30; from += 30 {
		result, err := x.Search(context.Background(), Query{Text: "biên giới", Lang: "vi", From: from, Size: 30})
		if err != nil || result.Total != documents {
			t.Fatalf("total %d, %v", result.Total, err)
		}
		for _, hit := range result.Hits {
			paged = append(paged, hit.ID)
		}
	}
	whole := find(t, x, Query{Text: "biên giới", Lang: "vi", Size: documents})
	if !slices.Equal(paged, whole) {
		t.Error("pages joined are not the whole")
	}
	slices.Sort(whole)
	if len(slices.Compact(whole)) != documents {
		t.Errorf("%d different hits", len(slices.Compact(whole)))
	}
	if got := find(t, x, Query{Text: "biên giới", From: MaxHits}); len(got) != 0 {
		t.Error("hits beyond the deepest page")
	}
	if got := find(t, x, Query{Text: "biên giới", From: -5}); len(got) != defaultSize {
		t.Errorf("%d hits on the page before the first", len(got))
	}
}

func TestOfEqualMatchesTheNewestComesFirst(t *testing.T) {
	x := newIndex(t)
	days := []int{3, 1, 4, 2}
	for i, day := range days {
		d := border(fmt.Sprint(day))
		d.Title, d.Body = "Hợp tác", "Biên giới, biên giới, biên giới."
		d.Published = d.Published.AddDate(0, 0, day)
		put(t, x, int64(i+1), d)
	}
	better := border("old and better") // for its headline
	better.Published = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	put(t, x, 9, better)
	if got := find(t, x, Query{Text: "biên giới"}); !slices.Equal(got, []string{"old and better", "4", "3", "2", "1"}) {
		t.Error(got)
	}
}

func TestHeadlineWeighsMoreThanStandfirstThanBody(t *testing.T) {
	x := newIndex(t)
	filler := strings.Repeat("chữ khác ", 20)
	put(t, x, 1,
		&Document{ID: "body", Lang: "vi", Title: filler, Standfirst: filler, Body: "cửa khẩu"},
		&Document{ID: "standfirst", Lang: "vi", Title: filler, Standfirst: "cửa khẩu", Body: filler},
		&Document{ID: "headline", Lang: "vi", Title: "cửa khẩu", Standfirst: filler, Body: filler})
	for _, text := range []string{"cửa khẩu", "khau", "khẩu cửa"} {
		if got := find(t, x, Query{Text: text}); !slices.Equal(got, []string{"headline", "standfirst", "body"}) {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Whoever copies a whole headline means that text; with the words in another
// order it is a question, for which most of the words are enough.
func TestACopiedHeadlineFindsItsText(t *testing.T) {
	x := newIndex(t)
	put(t, x, 1,
		&Document{ID: "meant", Lang: "vi", Title: "Tỉnh khởi công cầu mới qua sông nối hai huyện"},
		&Document{ID: "like it", Lang: "vi", Title: "Hai huyện mong cầu mới qua sông"})
	for text, want := range map[string][]string{
		"tinh khoi cong cau moi qua song noi hai huyen":  {"meant"},
		"Hai huyện nối qua sông, cầu mới tỉnh khởi công": {"meant", "like it"},
	} {
		if got := find(t, x, Query{Text: text}); !slices.Equal(got, want) {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestHighlightsAreWhatWasTyped(t *testing.T) {
	x := newIndex(t)
	put(t, x, 1, border("a"))
	result, err := x.Search(context.Background(), Query{Text: `Biên giới "tỉnh bạn" bien +2026`})
	if err != nil || !slices.Equal(result.Terms, []string{"Biên", "giới", "tỉnh bạn", "2026"}) {
		t.Errorf("%q, %v", result.Terms, err)
	}
}

func TestOverlongQueriesAreRefusedAndEmptyOnesFindNothing(t *testing.T) {
	x := newIndex(t)
	put(t, x, 1, border("a"))
	for _, text := range []string{"", " ", "\x00", "…", `""`, "\xff\xfe", "🙂"} {
		result, err := x.Search(context.Background(), Query{Text: text})
		if err != nil || result.Total != 0 || len(result.Hits) != 0 || len(result.Terms) != 0 {
			t.Errorf("%q: %+v, %v", text, result, err)
		}
	}
	for text, key := range map[string]string{
		strings.Repeat("ế", MaxQueryRunes+1):  "search.error.too_long",
		strings.Repeat("b ", MaxQueryWords+1): "search.error.too_many_words",
	} {
		_, err := x.Search(context.Background(), Query{Text: text})
		if f, ok := fault.As(err); !ok || f.Kind != fault.Malformed || f.Message.Key != key {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{strings.Repeat("ế", MaxQueryRunes), strings.Repeat("b ", MaxQueryWords)} {
		if _, err := x.Search(context.Background(), Query{Text: text}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestACancelledSearchStops(t *testing.T) {
	x := newIndex(t)
	put(t, x, 1, border("a"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, Query{Text: "biên giới"}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
