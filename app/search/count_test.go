package search

import (
	"fmt"
	"slices"
	"testing"
)

func TestTagsNarrowAndAreCounted(t *testing.T) {
	x := newIndex(t)
	for i := range 30 {
		put(t, x, int64(i+1), &Document{
			ID: fmt.Sprint("d", i), Lang: []string{"vi", "en"}[i%2], Title: "Hạt điều",
			Tags: []string{fmt.Sprint("state:", i%3), fmt.Sprint("by:", i%5)},
		})
	}
	put(t, x, 31, &Document{ID: "d0", Lang: "vi", Title: "Hạt tiêu", Tags: []string{"state:0"}}) // another text
	for _, c := range []struct {
		tagged [][]string
		lang   string
		want   string
	}{
		{nil, "", "29 map[state:0:9 state:1:10 state:2:10]"},
		{nil, "vi", "14 map[state:0:4 state:1:5 state:2:5]"},
		{[][]string{{"state:1"}}, "", "10 map[state:1:10]"},
		{[][]string{{"by:1", "by:2", "by:none"}}, "", "12 map[state:0:4 state:1:4 state:2:4]"},
		{[][]string{{"by:1", "by:2"}, {"state:2"}}, "", "4 map[state:2:4]"},
		{[][]string{{"by:none"}}, "", "0 map[]"},
		{[][]string{{}}, "", "0 map[]"},
	} {
		result, err := x.Search(t.Context(), Query{Text: "hat dieu", Lang: c.lang, Tagged: c.tagged, Count: []string{"state:"}, Size: 5})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(result.Total, " ", result.Counts); got != c.want {
			t.Errorf("%v %q: %s, want %s", c.tagged, c.lang, got, c.want)
		}
	}
	if got := find(t, x, Query{Text: "state:1"}); len(got) != 0 {
		t.Errorf("a tag is found by typing it: %v", got)
	}
}

func TestAnIndexOfAnotherMakerIsFilledAgain(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, " one")
	if err != nil {
		t.Fatal(err)
	}
	put(t, x, 7, &Document{ID: "a", Lang: "vi", Title: "Hạt điều"})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		maker string
		want  []string
	}{{" one", []string{"a"}}, {" two", nil}} {
		x, err := Open(dir, c.maker)
		if err != nil {
			t.Fatal(err)
		}
		if got := find(t, x, Query{Text: "hat dieu"}); !slices.Equal(got, c.want) {
			t.Errorf("opened by%s: %v, want %v", c.maker, got, c.want)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
