package newsroom

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
)

// present is who else somebody finds at an edition: their ids, with a pen
// behind those who write.
func (w *world) present(t *testing.T, actor account.Actor, ref Ref) string {
	t.Helper()
	seen, err := w.Seen(t.Context(), actor, []Ref{ref})
	must(t, err)
	all, err := w.Present(t.Context(), actor, seen)
	must(t, err)
	var names []string
	for _, p := range all[ref] {
		if p.Writing {
			p.Person += "✎"
		}
		names = append(names, p.Person)
	}
	return strings.Join(names, " ")
}

func (w *world) attend(t *testing.T, actor account.Actor, ref Ref, page string, writing bool) {
	t.Helper()
	must(t, w.Attend(t.Context(), actor, ref, page, writing))
}

func TestThoseWhoSeeAnEditionAreToldWhoHasItOpen(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref, other := w.bring(t, w.reporter, Draft), w.bring(t, w.reporter, Draft)
		entries := w.entries(t)
		w.attend(t, w.reporter, ref, "a", false)
		w.attend(t, w.editor, ref, "b", false)
		w.attend(t, w.editor, other, "c", true)
		if got := w.present(t, w.chief, ref); got != "editor reporter" {
			t.Errorf("the chief finds %q", got)
		}
		w.attend(t, w.reporter, ref, "a", true)
		if got := w.present(t, w.chief, ref); got != "reporter✎ editor" {
			t.Errorf("when the reporter has typed, the chief finds %q", got)
		}
		if got := w.present(t, w.reporter, ref); got != "editor" {
			t.Errorf("the reporter finds %q", got)
		}
		if got := w.present(t, w.chief, other); got != "editor✎" {
			t.Errorf("at the other one is %q", got)
		}
		if w.entries(t) != entries {
			t.Error("looking at an edition left a trace")
		}
	})
}

func TestAPersonCountsOnceHoweverManyPagesTheyHave(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.attend(t, w.editor, ref, "a", false)
		w.attend(t, w.editor, ref, "b", true)
		w.attend(t, w.editor, ref, "c", false)
		if got := w.present(t, w.reporter, ref); got != "editor✎" {
			t.Errorf("found %q", got)
		}
		for _, leaves := range []struct{ page, left string }{{"b", "editor"}, {"a", "editor"}, {"a", "editor"}, {"c", ""}} {
			must(t, w.Leave(t.Context(), w.editor, ref, leaves.page))
			if got := w.present(t, w.reporter, ref); got != leaves.left {
				t.Errorf("without page %s: %q", leaves.page, got)
			}
		}
	})
}

func TestNobodyStaysForEver(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.attend(t, w.editor, ref, "a", true)
		w.clock.Advance(presenceLease - time.Second)
		w.attend(t, w.deskHead, ref, "b", false)
		if got := w.present(t, w.reporter, ref); got != "editor✎ desk_head" {
			t.Errorf("within its time: %q", got)
		}
		w.clock.Advance(time.Second)
		if got := w.present(t, w.reporter, ref); got != "desk_head" {
			t.Errorf("after its time: %q", got)
		}
		must(t, w.SweepPresence(t.Context()))
		if n := w.pages(t); n != 1 {
			t.Errorf("%d pages are remembered", n)
		}
		w.attend(t, w.editor, ref, "a", false)
		if got := w.present(t, w.reporter, ref); got != "desk_head editor" {
			t.Errorf("when it speaks again: %q", got)
		}
	})
}

func (w *world) pages(t *testing.T) (n int) {
	t.Helper()
	must(t, w.db.Read(t.Context()).Raw("SELECT count(*) FROM presence").Scan(&n).Error)
	return n
}

// A clock that was a day ahead when somebody came, and was put right then.
func TestWhoCameByAWrongClockIsNotThereForADay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.clock.Advance(24 * time.Hour)
		w.attend(t, w.editor, ref, "a", true)
		w.clock.Advance(-24 * time.Hour)
		if got := w.present(t, w.reporter, ref); got != "" {
			t.Errorf("found %q", got)
		}
		w.attend(t, w.editor, ref, "a", false)
		if got := w.present(t, w.reporter, ref); got != "editor" {
			t.Errorf("when it speaks again: %q", got)
		}
		w.clock.Advance(24 * time.Hour)
		must(t, w.SweepPresence(t.Context()))
		if n := w.pages(t); n != 0 {
			t.Errorf("%d pages are remembered", n)
		}
	})
}

func TestWhoMayNotSeeAnEditionIsNotThere(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		stranger := w.person(t, "stranger", account.Post{Agency: paper, Role: account.Editor})
		for _, none := range []Ref{ref, {Item: "nothing", Lang: "vi"}, {Item: ref.Item, Lang: "en"}, {Item: "a\x00", Lang: "vi"}} {
			if err := w.Attend(t.Context(), stranger, none, "a", false); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%v: %v", none, err)
			}
		}
		for _, name := range []string{"", strings.Repeat("a", maxPageName+1), "\xff"} {
			if err := w.Attend(t.Context(), w.editor, ref, name, false); fault.KindOf(err) != fault.Malformed {
				t.Errorf("a page called %.50q: %v", name, err)
			}
		}
		w.attend(t, w.editor, ref, "a", false)
		if got := w.present(t, stranger, ref); got != "" {
			t.Errorf("a stranger is told of %q", got)
		}
	})
}

func TestPagesOfOnePersonAreLimited(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		for i := range maxPages + 5 {
			w.attend(t, w.editor, ref, fmt.Sprint("page ", i), false)
		}
		if n := w.pages(t); n != maxPages {
			t.Errorf("%d pages are remembered", n)
		}
		w.attend(t, w.editor, ref, "page 0", true)
		if got := w.present(t, w.reporter, ref); got != "editor✎" {
			t.Errorf("found %q", got)
		}
	})
}

// Whoever waits is woken when somebody comes, begins to write or goes; that
// somebody is still there is no news.
func TestComingAndGoingWakes(t *testing.T) {
	db, clock := apptest.NewDatabaseAt(t, morning)
	w := newWorld(t, db)
	w.clock = clock
	ref := w.bring(t, w.reporter, Draft)
	wake := db.Listen(t.Context(), PresenceChannel)
	for _, step := range []struct {
		what string
		do   func()
		news bool
	}{
		{"coming", func() { w.attend(t, w.editor, ref, "a", false) }, true},
		{"staying", func() { w.attend(t, w.editor, ref, "a", false) }, false},
		{"writing", func() { w.attend(t, w.editor, ref, "a", true) }, true},
		{"writing on", func() { w.attend(t, w.editor, ref, "a", true) }, false},
		{"going", func() { must(t, w.Leave(t.Context(), w.editor, ref, "a")) }, true},
		{"going again", func() { must(t, w.Leave(t.Context(), w.editor, ref, "a")) }, false},
		{"coming back", func() { w.attend(t, w.editor, ref, "a", true) }, true},
		{"a late beat", func() { clock.Advance(2 * presenceLease); w.attend(t, w.editor, ref, "a", true) }, true},
	} {
		step.do()
		select {
		case <-wake:
			if !step.news {
				t.Errorf("%s wakes others", step.what)
			}
		default:
			if step.news {
				t.Errorf("%s wakes nobody", step.what)
			}
		}
	}
}
