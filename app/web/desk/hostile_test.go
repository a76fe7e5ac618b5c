package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
	"doingoai/app/release"
	"doingoai/app/section"
)

// hostile is what somebody might type to break out of a page, in one line.
const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>'{{.}}`

// What people type is shown as text on every page, wherever it was typed.
func TestHostileTextIsNeverMarkup(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		evil := w.hireNamed(hostile, w.portal, account.Reporter)
		refs := w.plant(s, evil)
		pages := 0
		visit := func(who *apptest.Visitor, path string, mustShow bool) {
			t.Helper()
			page := who.Get(path)
			if page.Status == http.StatusForbidden || page.Status == http.StatusSeeOther {
				t.Fatalf("%s: %d", path, page.Status)
			}
			pages++
			inspect(t, path, page, mustShow)
		}
		for _, lang := range []string{"vi", "en"} {
			for _, p := range []*person{evil, s.editor, s.chief, s.translator, s.auditor, s.admin} {
				w.must(w.accounts.SetLocale(ctx, p.actor, lang))
			}
			for _, ref := range refs {
				visit(evil.Visitor, pathOf(ref), true)
				visit(evil.Visitor, pathOf(ref)+"?restore=1", true)
				visit(s.chief.Visitor, pathOf(ref), true)
				visit(s.translator.Visitor, pathOf(ref), true)
				visit(s.editor.Visitor, pathOf(ref)+"/revisions/1", true)
				visit(s.editor.Visitor, pathOf(ref)+"/revisions/2", true)
				visit(s.editor.Visitor, pathOf(ref)+"/preview/"+w.portalOutlet, true)
			}
			visit(evil.Visitor, "/", true)
			visit(s.editor.Visitor, "/", true)
			visit(s.editor.Visitor, "/editions", true)
			visit(s.editor.Visitor, "/editions?headline="+url.QueryEscape(hostile), true)
			visit(s.editor.Visitor, "/editions?lang="+url.QueryEscape(hostile)+"&section="+url.QueryEscape(hostile), true)
			visit(evil.Visitor, "/new", true)
			visit(evil.Visitor, "/account", true)
			visit(s.editor.Visitor, "/letters", true)
			visit(s.auditor.Visitor, "/audit", true)
			visit(s.admin.Visitor, "/people", true)
			for _, page := range []string{
				"/site/agencies", "/site/agencies/" + w.portal, "/site/sections", "/site/sections/" + w.economy, "/site/outlets", "/site/outlets/" + w.portalOutlet,
				"/site/agencies/new", "/site/places?q=" + url.QueryEscape(hostile[:40]), "/people?q=" + url.QueryEscape(hostile[:40]),
			} {
				visit(s.admin.Visitor, page, true)
			}
			visit(s.auditor.Visitor, "/audit?who="+url.QueryEscape(hostile[:40])+"&q="+url.QueryEscape(hostile[:40]), true)
			visit(s.editor.Visitor, "/help?done="+url.QueryEscape(hostile), false)
			visit(w.visitor(), "/sign-in?next="+url.QueryEscape("/"+hostile)+"&lang="+url.QueryEscape(hostile), false)
			visit(w.visitor(), "/first/"+url.PathEscape(hostile), false)
			visit(s.editor.Visitor, "/editions/"+url.PathEscape(hostile)+"/vi", false)
			visit(s.editor.Visitor, "/"+url.PathEscape(hostile), false)
		}
		w.refusedForms(t, s, evil, refs[0])
	})
}

// inspect looks for anything in a page that the text could have made.
func inspect(t *testing.T, what string, page *apptest.Answer, mustShow bool) {
	t.Helper()
	if found := page.All(`img[src="x"], [onerror], script:not([src]):not([type="application/ld+json"])`); len(found) > 0 {
		t.Errorf("%s: the text became markup", what)
	}
	if strings.Contains(page.Body, "<script>alert") || strings.Contains(page.Body, "<img src=x") {
		t.Errorf("%s: the text stands unescaped", what)
	}
	if mustShow && !strings.Contains(page.Body, "alert") {
		t.Errorf("%s: the text was to be there", what)
	}
	if strings.Contains(page.Body, "⟦") {
		_, missing, _ := strings.Cut(page.Body, "⟦")
		t.Errorf("%s: a word is missing: %.60s", what, missing)
	}
	if strings.Contains(page.Body, "ZgotmplZ") {
		t.Errorf("%s: a value does not fit its place", what)
	}
}

// plant puts the hostile text wherever a person can write.
func (w *world) plant(s staff, evil *person) []newsroom.Ref {
	w.t.Helper()
	admin := s.admin.actor
	w.must(w.agencies.Rename(ctx, admin, w.portal, agency.Renaming{Names: map[string]string{"vi": hostile, "en": hostile}, From: w.db.Now()}))
	w.must(w.sections.Rename(ctx, admin, w.economy, "vi", section.Name{Name: hostile, Description: hostile}))
	w.must(w.sections.Rename(ctx, admin, w.economy, "en", section.Name{Name: hostile, Slug: "x"}))
	w.must(w.outlets.SetText(ctx, admin, w.portalOutlet, "vi", release.OutletText{Name: hostile, Tagline: hostile, Licence: hostile, Phone: hostile}))
	w.must(w.outlets.SetText(ctx, admin, w.portalOutlet, "en", release.OutletText{Name: hostile}))
	w.report("maphieu0001", hostile+"\n"+hostile, newsroom.Ref{})
	_, _, err := w.accounts.SignIn(ctx, account.SignIn{Email: evil.actor.Email, Password: password, Agent: hostile, Address: hostile})
	w.must(err)

	c := newsroom.Content{
		Section: w.economy, Outlets: []string{w.portalOutlet}, Kicker: hostile[:40], Headline: hostile, Standfirst: hostile, Body: hostile,
		Byline: hostile, SourceName: hostile, SourceURL: "https://example.vn/?" + url.QueryEscape(hostile),
	}
	c.Lead = newsroom.Lead{Media: w.picture(evil), Alt: hostile, Caption: hostile, Credit: hostile}
	draft, sent, published, returned := evil.write(c), evil.write(c), evil.write(c), evil.write(c)
	for _, ref := range []newsroom.Ref{draft, sent, published, returned} {
		second := c
		second.Body += "\n\n" + hostile
		_, err := w.newsroom.Save(ctx, evil.actor, ref, 1, second)
		w.must(err)
		typed := second
		typed.Body += "\n\n" + hostile
		_, err = w.newsroom.Autosave(ctx, evil.actor, ref, newsroom.Unsaved{Base: 2, Content: typed})
		w.must(err)
	}
	mine := s
	mine.reporter = evil
	mine.carry(published, newsroom.Published)
	s.chief.do(published, newsroom.Withdraw, newsroom.Ask{Reason: hostile, Note: hostile})
	mine.carry(sent, newsroom.Submitted)
	mine.carry(returned, newsroom.Submitted)
	s.editor.do(returned, newsroom.Return, newsroom.Ask{Reason: hostile})
	return []newsroom.Ref{draft, sent, published, returned}
}

// refusedForms sends the text into every form in a way that is refused, so
// that it comes back.
func (w *world) refusedForms(t *testing.T, s staff, evil *person, ref newsroom.Ref) {
	t.Helper()
	refused := func(page *apptest.Answer, what string) {
		t.Helper()
		if page.Status < 400 {
			t.Errorf("%s was taken: %d", what, page.Status)
		}
		inspect(t, what, page, true)
	}
	all := url.Values{}
	for _, field := range []string{
		"email", "name", "agency", "headline", "lang", "section", "kicker", "standfirst", "body", "byline", "source_name", "source_url", "slug",
		"lead_alt", "lead_caption", "lead_credit", "lead_media", "reason", "note", "role", "from", "to", "locale", "hosts", "description", "tagline", "name_vi",
	} {
		all.Set(field, hostile)
	}
	without := func(fields ...string) url.Values {
		form := url.Values{}
		for name, values := range all {
			form[name] = values
		}
		for _, f := range fields {
			form.Set(f, "")
		}
		return form
	}
	refused(w.visitor().Post("/sign-in", all), "sign-in")
	token, err := w.accounts.Reset(ctx, s.admin.actor, s.translator.actor.ID)
	w.must(err)
	inspect(t, "ticket", w.visitor().Post("/ticket/"+token, all), false)
	refused(evil.send("/new", without("headline")), "new")
	refused(evil.send(pathOf(ref), without("base")), "save")
	stale := without("source_url", "lead_media", "section")
	stale.Set("base", "1")
	refused(evil.send(pathOf(ref), stale), "merge")
	withdraw := url.Values{"verb": {"return"}, "reason": {strings.Repeat(hostile, 20)}, "note": {hostile}}
	refused(s.editor.send(pathOf(ref)+"/do", withdraw), "reason")
	refused(s.admin.send("/people", all), "invitation")
	refused(s.admin.send("/people/"+evil.actor.ID+"/roles", all), "role")
	refused(s.admin.send("/site/sections/"+w.economy+"/names/vi", without("name")), "section")
	refused(s.admin.send("/site/agencies/"+w.portal+"/name", all), "agency")
	refused(s.admin.send("/site/outlets/"+w.portalOutlet+"/hosts", all), "hosts")
	refused(s.admin.send("/site/outlets/"+w.portalOutlet+"/texts/vi", all), "texts")
}
