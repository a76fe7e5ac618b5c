package desk_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/kind"
	"doingoai/app/newsroom"
)

// event is a form with the facts of an event over a text that can be saved.
func (w *world) event(base string, facts url.Values) url.Values {
	form := url.Values{
		"base": {base}, "written_in": {"vi"}, "section": {w.economy}, "outlets": {w.portalOutlet}, "headline": {"Hội nghị xúc tiến"},
		"standfirst": {"Tóm tắt."}, "body": {"Nội dung."},
		"fact.starts": {"2026-12-05T08:00"}, "fact.status": {kind.Planned}, "fact.venue": {"Hội trường tỉnh"}, "fact.organiser": {w.portal},
	}
	maps.Copy(form, facts)
	return form
}

func (p *person) beginEvent() newsroom.Ref {
	p.w.t.Helper()
	p.send("/new", url.Values{"kind": {"event"}, "headline": {"Hội nghị xúc tiến"}, "lang": {"vi"}, "agency": {p.w.portal}}).Is(http.StatusSeeOther)
	return p.list()[0].Ref
}

// What is wrong with a fact is told at its field, where it stands as it was typed.
func TestAnEventIsFilledInOnItsForm(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		ref := p.beginEvent()
		page := p.Get(pathOf(ref)).Is(http.StatusOK)
		for _, in := range kind.Event.Inputs() {
			if !page.Has(`#editor [name="fact.` + in.Key + `"]`) {
				t.Errorf("no field for %s", in.Key)
			}
		}
		refused := p.send(pathOf(ref), w.event("1", url.Values{"fact.starts": {"31/02/2026 8:00"}, "fact.all_day": {"yes"}})).Is(http.StatusUnprocessableEntity)
		if got := refused.Attr(`[name="fact.starts"]`, "value"); got != "31/02/2026 8:00" || refused.Attr(`[name="fact.starts"]`, "type") != "text" {
			t.Errorf("what was typed comes back as %q", got)
		}
		if refused.Text(".fact-row .wrong") == "" || refused.Attr(`[name="fact.venue"]`, "value") != "Hội trường tỉnh" || !refused.Has(`[name="fact.all_day"][checked]`) {
			t.Error("the form comes back without what was typed, or without a word")
		}
		p.send(pathOf(ref), w.event("1", url.Values{"fact.starts": {"5/12/2026 8:00"}})).Is(http.StatusSeeOther)
		want := kind.Facts{"starts": "2026-12-05T08:00", "status": kind.Planned, "venue": "Hội trường tỉnh", "organiser": w.portal}
		if got := p.open(ref).Revision.Content.Facts; !got.Same(want) {
			t.Errorf("saved are %v", got)
		}
		p.send(pathOf(ref), w.event("2", url.Values{"fact.venue": {"Nhà văn hóa"}})).Is(http.StatusSeeOther)
		compared := p.Get(pathOf(ref) + "/revisions/3").Is(http.StatusOK)
		if got := compared.Text("main"); !strings.Contains(got, "Nhà văn hóa") || !strings.Contains(got, "đúng kế hoạch") || !compared.Has(".field-change ins") {
			t.Errorf("the version tells %q", got)
		}
		for query, want := range map[string]int{"kind=event": 1, "kind=article": 0} {
			if got := headlines(p.Get("/editions?" + query).Is(http.StatusOK)); len(got) != want {
				t.Errorf("%s lists %v", query, got)
			}
		}
	})
}

// Two who change different facts of an event lose neither; the same fact is
// chosen between.
func TestFactsOfTwoWritersAreMerged(t *testing.T) {
	eachWorld(t, func(w *world) {
		p, editor := w.hire(w.portal, account.Reporter), w.hire(w.portal, account.Editor)
		ref := p.beginEvent()
		p.send(pathOf(ref), w.event("1", nil)).Is(http.StatusSeeOther)
		editor.send(pathOf(ref), w.event("2", url.Values{"fact.status": {kind.Cancelled}})).Is(http.StatusSeeOther)
		merge := p.send(pathOf(ref), w.event("2", url.Values{"fact.venue": {"Nhà văn hóa"}, "fact.starts": {"2026-12-06T08:00"}})).Is(http.StatusConflict)
		if got := merge.Attr(`select[name="fact.status"] option[selected]`, "value"); got != kind.Cancelled {
			t.Errorf("what only they changed becomes %q", got)
		}
		if got := merge.Text(`textarea[name="fact.venue"]`); got != "Nhà văn hóa" {
			t.Errorf("what only I changed becomes %q", got)
		}
		result := w.event("3", url.Values{"fact.status": {kind.Cancelled}, "fact.venue": {"Nhà văn hóa"}, "fact.starts": {"2026-12-06T08:00"}, "from": {"2"}})
		for _, name := range []string{"status", "venue", "starts"} {
			mine := merge.Attr(`input[name="mine_fact.`+name+`"]`, "value")
			result.Set("mine_fact."+name, mine)
		}
		result.Set("take", "fact.starts:theirs")
		taken := p.send(pathOf(ref), result).Is(http.StatusOK)
		if got := taken.Text(`textarea[name="fact.starts"]`); got != "2026-12-05T08:00" {
			t.Errorf("theirs is taken as %q", got)
		}
	})
}

// A translation's form has what it words, and tells the rest.
func TestATranslationOfAnEventWordsItsVenue(t *testing.T) {
	eachWorld(t, func(w *world) {
		p, translator := w.hire(w.portal, account.Reporter), w.hire(w.portal, account.Translator)
		ref := p.beginEvent()
		p.send(pathOf(ref), w.event("1", nil)).Is(http.StatusSeeOther)
		en, err := w.newsroom.Translate(ctx, translator.actor, ref, "en")
		w.must(err)
		page := translator.Get(pathOf(en)).Is(http.StatusOK)
		if page.Has(`[name="fact.starts"]`) || !page.Has(`[name="fact.venue"]`) || !strings.Contains(page.Text("dl.facts"), "05/12/2026") {
			t.Errorf("the form has the wrong facts: %s", page.Text("dl.facts"))
		}
		side := translator.Get(pathOf(en) + "/side").Is(http.StatusOK)
		if !side.Has(`textarea[name="fact.venue"]`) || side.Has(`textarea[name="fact.starts"]`) {
			t.Error("side by side are the wrong facts")
		}
		cells := strings.Fields(side.Attr(`[name="cells"]`, "value"))
		form := url.Values{"base": {"1"}, "cells": {strings.Join(cells, " ")}, "headline": {"Conference"}, "fact.venue": {"Provincial Hall"}}
		for _, name := range []string{"source", "version"} {
			form.Set(name, side.Attr(`[name="`+name+`"]`, "value"))
		}
		if !slices.Contains(cells, "fact.venue") {
			t.Errorf("cells are %v", cells)
		}
		translator.send(pathOf(en)+"/side", form).Is(http.StatusSeeOther)
		if got := translator.open(en).Revision.Content.Facts; !got.Same(kind.Facts{"venue": "Provincial Hall"}) {
			t.Errorf("saved are %v", got)
		}
	})
}

// What is typed of facts is kept like the rest, also what cannot be read yet.
func TestTypedFactsAreKept(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	ref := p.beginEvent()
	p.send(pathOf(ref)+"/autosave", w.event("1", url.Values{"fact.starts": {"thứ bảy"}}), "Accept", "application/json").Is(http.StatusOK)
	page := p.Get(pathOf(ref) + "?restore=1").Is(http.StatusOK)
	if got := page.Attr(`[name="fact.starts"]`, "value"); got != "thứ bảy" {
		t.Errorf("kept is %q", got)
	}
}
