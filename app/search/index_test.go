package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func border(id string) *Document {
	return &Document{
		ID: id, Lang: "vi", Title: "Hợp tác biên giới " + id, Body: "Bình Phước và các tỉnh bạn.",
		Outlets: []string{"portal"}, Sections: []string{"news", "border"},
		Published: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

// state is everything an index answers, for comparing.
func state(t *testing.T, x *Index) string {
	t.Helper()
	cursor, err := x.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	count, err := x.Count()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	err = x.Each(context.Background(), func(id, lang string) error {
		keys = append(keys, documentKey(id, lang))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(keys)
	return fmt.Sprint(cursor, count, keys, find(t, x, Query{Text: "biên giới"}))
}

func TestANewIndexIsEmptyWithCursorZero(t *testing.T) {
	if got := state(t, newIndex(t)); got != "0 0 [] []" {
		t.Error(got)
	}
}

func TestApplyingAgainChangesNothing(t *testing.T) {
	x := newIndex(t)
	changes := []Change{{Document: border("a")}, {Document: border("b")}, {ID: "c", Lang: "vi", Delete: true}}
	var states []string
	for range 3 {
		if err := x.Apply(changes, 7); err != nil {
			t.Fatal(err)
		}
		states = append(states, state(t, x))
	}
	if states[0] != "7 2 [a/vi b/vi] [b a]" && states[0] != "7 2 [a/vi b/vi] [a b]" {
		t.Error(states[0])
	}
	if !strings.HasPrefix(states[2], "7 2 [a/vi b/vi] [") {
		t.Error(states[2])
	}
}

func TestTheLastChangeToADocumentCounts(t *testing.T) {
	x := newIndex(t)
	changed := border("a")
	changed.Title = "Giao thương cửa khẩu"
	for _, changes := range [][]Change{
		{{Document: border("a")}, {Document: changed}},
		{{Document: border("a")}, {ID: "a", Lang: "vi", Delete: true}, {Document: changed}},
	} {
		if err := x.Apply(changes, 1); err != nil {
			t.Fatal(err)
		}
		if got := find(t, x, Query{Text: "biên giới"}); len(got) != 0 {
			t.Errorf("old words find %v", got)
		}
		if got := find(t, x, Query{Text: "giao thương"}); !slices.Equal(got, []string{"a"}) {
			t.Errorf("new words find %v", got)
		}
	}
}

func TestADeletedDocumentIsGoneAndOnlyInItsLanguage(t *testing.T) {
	x := newIndex(t)
	english := border("a")
	english.Lang = "en"
	put(t, x, 1, border("a"), english, border("b"))
	if err := x.Apply([]Change{{ID: "a", Lang: "vi", Delete: true}}, 2); err != nil {
		t.Fatal(err)
	}
	if got := state(t, x); got != "2 2 [a/en b/vi] [b a]" && got != "2 2 [a/en b/vi] [a b]" {
		t.Error(got)
	}
	for key, want := range map[[2]string]bool{{"a", "vi"}: false, {"a", "en"}: true, {"b", "vi"}: true, {"x", "vi"}: false} {
		if got, err := x.Has(key[0], key[1]); err != nil || got != want {
			t.Errorf("Has%v: %v, %v", key, got, err)
		}
	}
}

func TestCursorAndDocumentsSurviveReopening(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	put(t, x, 41, border("a"))
	if err := x.Apply(nil, 42); err != nil { // a batch of releases that are no documents
		t.Fatal(err)
	}
	want := state(t, x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if got := state(t, openIndex(t, dir)); got != want || !strings.HasPrefix(got, "42 1 ") {
		t.Errorf("%s, before %s", got, want)
	}
}

func TestABadChangeIsRefusedWhole(t *testing.T) {
	x := newIndex(t)
	for _, bad := range []Change{
		{},
		{ID: "a", Lang: "vi"},
		{Delete: true},
		{Delete: true, ID: "a"},
		{Document: &Document{Lang: "vi"}},
		{Document: &Document{ID: "a"}},
		{Document: &Document{ID: "a", Lang: "v/i"}},
	} {
		if err := x.Apply([]Change{{Document: border("good")}, bad}, 1); err == nil {
			t.Errorf("%+v was applied", bad)
		}
	}
	if got := state(t, x); got != "0 0 [] []" {
		t.Error(got)
	}
}

func TestAfterCloseEverythingAnswersClosed(t *testing.T) {
	x := newIndex(t)
	for range 2 {
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	_, cursorErr := x.Cursor()
	_, countErr := x.Count()
	_, searchErr := x.Search(context.Background(), Query{Text: "a"})
	for _, err := range []error{cursorErr, countErr, searchErr, x.Apply(nil, 1)} {
		if !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	}
}

func TestSearchWhileApplying(t *testing.T) {
	x := newIndex(t)
	put(t, x, 1, border("0"))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				result, err := x.Search(context.Background(), Query{Text: "biên giới"})
				if err != nil || result.Total == 0 {
					t.Errorf("%+v, %v", result, err)
					return
				}
			}
		})
	}
	for i := range 50 {
		put(t, x, int64(i+2), border(fmt.Sprint(i%10)))
	}
	close(done)
	readers.Wait()
	if count, err := x.Count(); err != nil || count != 10 {
		t.Errorf("%d documents, %v", count, err)
	}
}
