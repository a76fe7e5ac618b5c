package search

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestQuality runs testdata/quality.txt, which explains itself.
func TestQuality(t *testing.T) {
	text, err := os.ReadFile("testdata/quality.txt")
	if err != nil {
		t.Fatal(err)
	}
	x := newIndex(t)
	lines := strings.Split(string(text), "\n")
	documents := qualityDocuments(t, lines)
	put(t, x, 1, documents...)
	for number, line := range lines {
		verb, rest, _ := strings.Cut(line, " ")
		if verb == "all" || verb == "top" || verb == "none" {
			checkQuality(t, x, number+1, verb, rest)
		}
	}
}

func qualityDocuments(t *testing.T, lines []string) []*Document {
	t.Helper()
	var out []*Document
	for _, line := range lines {
		if words := strings.Fields(line); len(words) == 4 && words[0] == "doc" {
			published, err := time.Parse(time.DateOnly, words[3])
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, &Document{ID: words[1], Lang: words[2], Published: published})
		}
		if text, ok := strings.CutPrefix(line, "title: "); ok {
			out[len(out)-1].Title = text
		}
		if text, ok := strings.CutPrefix(line, "standfirst: "); ok {
			out[len(out)-1].Standfirst = text
		}
		if text, ok := strings.CutPrefix(line, "body: "); ok {
			out[len(out)-1].Body = text
		}
	}
	return out
}

func checkQuality(t *testing.T, x *Index, line int, verb, rest string) {
	t.Helper()
	lang, rest, _ := strings.Cut(rest, " ")
	text, list, _ := strings.Cut(rest, " -> ")
	want := strings.Fields(list)
	if lang == "*" {
		lang = ""
	}
	got := find(t, x, Query{Text: text, Lang: lang})
	switch verb {
	case "top":
		got = got[:min(len(got), len(want))]
	default:
		slices.Sort(got)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		t.Errorf("quality.txt:%d: %s %q finds %v, not %v", line, verb, text, got, want)
	}
}
