package search

import (
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/vietnamese"
)

// judged is a question with the passages that answer it.
type judged struct {
	text     string
	relevant []string
}

// TestRetrieval holds the search against judged sets: questions in whole
// sentences, and the passages that answer them. The floors are what plain
// BM25 over syllables (with marks) and over folded syllables (without) reaches.
func TestRetrieval(t *testing.T) {
	type passage struct {
		ID   string            `json:"passage_id"`
		Text map[string]string `json:"text"`
	}
	type question struct {
		Query    map[string]string `json:"query"`
		Relevant []string          `json:"relevant"`
	}
	passages := readLines[passage](t, apptest.TestData(t, "retrieval", "xquad-passages.jsonl"))
	questions := readLines[question](t, apptest.TestData(t, "retrieval", "xquad-queries.jsonl"))
	for _, lang := range []string{"vi", "en", "zh"} {
		x := newIndex(t)
		for i, p := range passages {
			put(t, x, int64(i+1), &Document{ID: p.ID, Lang: lang, Body: p.Text[lang]})
		}
		var asked []judged
		for _, q := range questions {
			asked = append(asked, judged{q.Query[lang], q.Relevant})
		}
		judge(t, "xquad "+lang, x, lang, asked)
	}
}

func TestRetrievalVietnameseQuestions(t *testing.T) {
	type passage struct {
		ID   string `json:"passage_id"`
		Text string `json:"text"`
	}
	type question struct {
		Query    string   `json:"query"`
		Relevant []string `json:"relevant"`
	}
	x := newIndex(t)
	for i, p := range readLines[passage](t, apptest.TestData(t, "retrieval", "viquad-sample-passages.jsonl")) {
		put(t, x, int64(i+1), &Document{ID: p.ID, Lang: "vi", Body: p.Text})
	}
	var asked []judged
	for _, q := range readLines[question](t, apptest.TestData(t, "retrieval", "viquad-sample-queries.jsonl")) {
		asked = append(asked, judged{q.Query, q.Relevant})
	}
	judge(t, "viquad", x, "vi", asked)
}

// judge asks every question as written and, in Vietnamese, without marks.
func judge(t *testing.T, name string, x *Index, lang string, asked []judged) {
	t.Helper()
	plain := func(s string) string { return s }
	first, tenth := recall(t, x, lang, asked, plain)
	t.Logf("%s as written: recall@1 %.3f, @10 %.3f", name, first, tenth)
	if first < 0.80 {
		t.Errorf("%s as written: recall@1 %.3f is below 0.80", name, first)
	}
	if lang != "vi" {
		return
	}
	first, tenth = recall(t, x, lang, asked, vietnamese.Fold)
	t.Logf("%s without marks: recall@1 %.3f, @10 %.3f", name, first, tenth)
	if first < 0.60 {
		t.Errorf("%s without marks: recall@1 %.3f is below 0.60", name, first)
	}
}

func recall(t *testing.T, x *Index, lang string, asked []judged, write func(string) string) (first, tenth float64) {
	t.Helper()
	for _, q := range asked {
		text := write(q.text)
		if len([]rune(text)) > MaxQueryRunes {
			text = string([]rune(text)[:MaxQueryRunes])
		}
		ids := find(t, x, Query{Text: strings.ToValidUTF8(text, ""), Lang: lang, Size: 10})
		rank := slices.IndexFunc(ids, func(id string) bool { return slices.Contains(q.relevant, id) })
		if rank == 0 {
			first++
		}
		if rank >= 0 {
			tenth++
		}
	}
	n := float64(len(asked))
	return first / n, tenth / n
}
