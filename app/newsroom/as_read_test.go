package newsroom

import (
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/section"
)

func TestAnAuditorSeesAPageAsItReadAtAnyMoment(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		auditor := w.person(t, "auditor", account.Post{Agency: paper, Role: account.Auditor})
		ref := w.draft(t, w.reporter, "vi", "Ghi 13 khu")
		w.clock.Advance(time.Hour)
		w.lead(t, w.reporter, ref, Published)
		first := w.db.Now()
		w.clock.Advance(time.Hour)
		w.save(t, w.reporter, ref, func(c *Content) { c.Headline = "Ghi 12 khu" })
		w.lead(t, w.reporter, ref, Approved)
		w.do(t, w.chief, ref, Correct)
		second := w.db.Now()
		w.clock.Advance(time.Hour)
		w.do(t, w.chief, ref, Withdraw)
		third := w.db.Now()
		for at, want := range map[time.Time]struct {
			title string
			stone bool
			since time.Time
		}{
			first.Add(-time.Second):  {},
			first:                    {"Ghi 13 khu", false, first},
			second.Add(-time.Second): {"Ghi 13 khu", false, first},
			second:                   {"Ghi 12 khu", false, second},
			third.Add(time.Hour):     {"", true, third},
		} {
			before := w.entries(t)
			past, err := w.AsRead(t.Context(), auditor, ref, at)
			must(t, err)
			title := ""
			if past.Article != nil {
				title = past.Article.Title
			}
			if title != want.title || (past.Stone != nil) != want.stone || !past.Since.Equal(want.since) || (len(past.On()) == 0) == (want.title != "" || want.stone) {
				t.Errorf("at %v: %q, stone %v, since %v, on %v", at, title, past.Stone, past.Since, past.On())
			}
			if want.title != "" && (len(past.Outlets) == 0 || len(past.Sections) == 0) {
				t.Errorf("at %v nothing stood around it", at)
			}
			if e := w.newest(t, ref); w.entries(t) != before+1 || e.Verb != "edition.as_read" || e.ActorID != auditor.ID || e.Role != "auditor" || e.Detail["at"] != at.UTC().Format(time.RFC3339) {
				t.Errorf("the trail says %+v", e)
			}
		}
		moments, err := w.Moments(t.Context(), auditor, ref)
		must(t, err)
		if len(moments) != 3 || moments[0].Op != release.Withdraw || !moments[0].At.Equal(third) || moments[2].Op != release.Put || !moments[2].At.Equal(first) {
			t.Errorf("%+v", moments)
		}
		w.person(t, "royalty", account.Post{Agency: portal, Role: account.RoyaltyOfficer})
		before := w.entries(t)
		for who, kind := range map[string]fault.Kind{"contributor": fault.NotFound, "carrier": fault.NotFound, "royalty": fault.Forbidden} {
			_, err := w.AsRead(t.Context(), w.staff[who], ref, first)
			expectKind(t, err, kind)
			_, err = w.Moments(t.Context(), w.staff[who], ref)
			expectKind(t, err, kind)
		}
		if w.entries(t) != before {
			t.Error("who may not look left a trace of looking")
		}
	})
}

// What stood around a page is that of the moment, too.
func TestAPageOfThePastHasTheMastheadOfThen(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		then := w.db.Now()
		w.clock.Advance(time.Hour)
		admin := w.person(t, "admin", account.Post{Agency: portal, Role: account.SystemAdministrator})
		must(t, section.New(w.db, w.log).Rename(t.Context(), admin, w.section, "vi", section.Name{Name: "Tên mới"}))
		past, err := w.AsRead(t.Context(), w.chief, ref, then)
		must(t, err)
		now, err := w.AsRead(t.Context(), w.chief, ref, w.db.Now())
		must(t, err)
		if a, b := sectionIn(past, w.section), sectionIn(now, w.section); a != "Tin đối ngoại" || b != "Tên mới" {
			t.Errorf("the section was called %q, and is %q", a, b)
		}
	})
}

func sectionIn(p release.Past, id string) string {
	for _, s := range p.Sections {
		if s.ID == id {
			return s.Names["vi"].Name
		}
	}
	return ""
}
