package newsroomapi_test

import (
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
)

// share makes a link for a reader without an account, and ends it again.
func (w *world) share(chief *program, story string) {
	w.t.Helper()
	links := story + "/preview-links"
	made := chief.post(links, object{"reader": "Sở Ngoại vụ", "days": 2}).is(201)
	token, ok := strings.CutPrefix(made.text("path"), "/p/")
	if !ok {
		w.t.Fatalf("the reader's page is %s", made.text("path"))
	}
	if _, err := w.newsroom.OpenPreview(ctx, token, "203.0.113.9"); err != nil {
		w.t.Errorf("the link leads nowhere: %v", err)
	}
	all := chief.get(links).is(200)
	if all.text("links.0.reader") != "Sở Ngoại vụ" || all.number("links.0.opened") != 1 {
		w.t.Error(all.Body)
	}
	chief.ask("DELETE", links+"/"+all.text("links.0.id"), nil).is(204)
	if _, err := w.newsroom.OpenPreview(ctx, token, "203.0.113.9"); err == nil {
		w.t.Error("a link that was ended leads on")
	}
	ref, _ := newsroom.RefOf("edition" + strings.TrimPrefix(story, "/editions"))
	w.must(w.newsroom.Attend(ctx, w.one(w.paper, account.Editor).actor, ref, "a", true))
	if there := chief.get(story + "/present").is(200); there.at("present.0.writing") != true {
		w.t.Error(there.Body)
	}
}

// find looks for a story by its words, and remembers a list.
func (w *world) find(editor *program, words string) {
	w.t.Helper()
	w.must(w.finder.CatchUp(ctx))
	found := editor.get("/find?lang=vi&q=" + url.QueryEscape(words)).is(200)
	if found.number("total") != 1 || !strings.Contains(found.text("editions.0.title"), "<mark>") || found.text("editions.0.state") != "published" || found.at("more") != false {
		w.t.Error(found.Body)
	}
	editor.post("/lists", object{"name": "Bài đã đăng", "query": "state=published"}).is(204)
	lists := editor.get("/lists").is(200)
	if lists.text("lists.0.query") != "state=published" {
		w.t.Error(lists.Body)
	}
	editor.ask("DELETE", "/lists/"+lists.text("lists.0.id"), nil).is(204)
	if people := editor.get("/agencies/" + w.paper + "/people").is(200); !strings.Contains(people.Body, editor.actor.Name) {
		w.t.Error(people.Body)
	}
}

// build sets up agencies, sections, outlets and places, and changes them.
func (w *world) build(admin *program) {
	w.t.Helper()
	is := func(r reply, path, want string) {
		w.t.Helper()
		if got := r.is(r.Status).at(path); got != want {
			w.t.Errorf("%s is %v, want %s, in %s", path, got, want, r.Body)
		}
	}
	agency := admin.post("/agencies", object{"code": "foreign-affairs", "names": object{"vi": "Sở Ngoại vụ", "en": "Department of Foreign Affairs"}}).is(201).text("id")
	renamed := admin.put("/agencies/"+agency+"/names", object{"names": object{"vi": "Sở Ngoại vụ tỉnh"}, "basis": object{"document": "QĐ 1/QĐ-UBND"}}).is(200)
	is(renamed, "names.vi", "Sở Ngoại vụ tỉnh")
	is(admin.get("/agencies/"+agency), "names.en", "Department of Foreign Affairs")
	right := func(at string, r reply) reply {
		w.t.Helper()
		if r.text("behind.0.lang") != "en" || r.text("behind.0.severity") == "" {
			w.t.Errorf("nothing of it is behind: %s", r.Body)
		}
		late := object{"part": r.text("behind.0.part"), "lang": "en", "seen": r.text("behind.0.seen")}
		now := admin.post(at+"/still-right", late).is(200)
		if strings.Contains(now.Body, `"seen"`) {
			w.t.Errorf("it is still behind: %s", now.Body)
		}
		admin.post(at+"/still-right", late).refused(409, "error.wording.level")
		return now
	}
	if list := admin.get("/wording/behind?lang=en&page=1").is(200); list.text("behind.0.kind") != "agency" || list.text("behind.0.new") != "Sở Ngoại vụ tỉnh" {
		w.t.Error(list.Body)
	}
	right("/agencies/"+agency, renamed)
	targets := admin.put("/agencies/"+agency+"/targets", object{"targets": []object{{"code": "", "names": object{"vi": "Tin nhanh", "en": "Flash"}, "minutes": 90}}}).is(200)
	is(targets, "targets.0.names.en", "Flash")

	section := admin.post("/sections", object{"code": "culture", "names": object{"vi": object{"name": "Văn hóa"}, "en": object{"name": "Culture"}}}).is(201)
	is(section, "names.vi.slug", "van-hoa")
	at := "/sections/" + section.text("id")
	is(admin.put(at+"/names/en", object{"name": "Arts", "slug": "arts"}).is(200), "names.en.slug", "arts")
	right(at, admin.put(at+"/names/vi", object{"name": "Văn hóa 2026"}).is(200))
	is(admin.put(at+"/parent", object{"parent": w.economy}).is(200), "parent", w.economy)
	admin.post(at+"/shift", object{"by": -1}).is(200)
	if admin.put(at+"/closed", object{"closed": true}).is(200).at("closed") == nil || admin.put(at+"/closed", object{"closed": false}).is(200).at("closed") != nil {
		w.t.Error("a section was not closed and opened again")
	}
	is(admin.get(at), "code", "culture")

	province := admin.post("/places", object{"code": "dong-nai", "kind": "province", "names": object{"vi": "Đồng Nai"}}).is(201).text("id")
	place := admin.post("/places", object{"code": "chon-thanh", "kind": "district", "names": object{"vi": "Chơn Thành"}}).is(201).text("id")
	at = "/places/" + place
	is(admin.put(at+"/names", object{"names": object{}, "kind": "town"}).is(200), "kind", "town")
	is(admin.put(at+"/within", object{"within": province}).is(200), "within", province)
	admin.post("/places/merge", object{"from": []string{place}, "into": []string{province}, "basis": object{"document": "NQ 1/NQ-UBTVQH15"}}).is(204)
	if past := admin.get(at).is(200); !strings.Contains(past.Body, `"merged_into"`) || !strings.Contains(past.Body, `"upgraded"`) {
		w.t.Error(past.Body)
	}

	outlet := admin.post("/outlets", object{
		"code": "affairs", "agency": agency, "theme": "base", "hosts": []string{"affairs.localhost"}, "languages": []string{"vi"},
		"texts": object{"vi": object{"name": "Trang Ngoại vụ"}},
	}).is(201).text("id")
	at = "/outlets/" + outlet
	is(admin.put(at+"/hosts", object{"hosts": []string{"ngoaivu.localhost"}}).is(200), "hosts.0", "ngoaivu.localhost")
	is(admin.put(at+"/look", object{"theme": "portal", "accent": "#7a1f1f"}).is(200), "accent", "#7a1f1f")
	const dot = "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAAA1BMVEWLFCBf2j4mAAAAD0lEQVR42mNgGAWjgHwAAAJAAAHgTR1EAAAAAElFTkSuQmCC"
	admin.put(at+"/emblem", object{"png": "PHN2Zy8+"}).is(422)
	if admin.put(at+"/emblem", object{"png": dot}).is(200).text("emblem") == "" {
		w.t.Error("there is no emblem")
	}
	admin.put(at+"/emblem", object{}).is(200)
	is(admin.put(at+"/texts/en", object{"name": "Foreign Affairs", "licence_on": "2026-01-05"}).is(200), "texts.en.licence_on", "2026-01-05")
	right(at, admin.put(at+"/texts/vi", object{"name": "Trang Ngoại vụ tỉnh"}).is(200))
	admin.post("/sections", object{"code": "sport", "names": object{"vi": object{"name": "Thể thao"}}}).is(201)
	if list := admin.get("/wording/missing?lang=en").is(200); list.text("missing.0.langs.0") != "en" || list.text("missing.0.text") != "Thể thao" {
		w.t.Error(list.Body)
	}
	is(admin.put(at+"/languages", object{"languages": []string{"vi", "en"}}).is(200), "languages.1", "en")
	is(admin.put(at+"/menus/vi", object{"sections": []string{w.economy}}).is(200), "menus.vi.0", w.economy)
	if admin.post(at+"/default", nil).is(200).at("default") != true {
		w.t.Error("it is not the default")
	}
	is(admin.get(at), "texts.vi.name", "Trang Ngoại vụ tỉnh")

	w.define(admin, agency)

	auditor := w.one(w.paper, account.Auditor)
	trail := auditor.get("/audit?verb=outlet.hosts&subject=outlet/" + outlet).is(200)
	tokens, err := w.accounts.Tokens(ctx, admin.actor)
	w.must(err)
	if trail.text("entries.0.by") != admin.actor.ID || trail.text("entries.0.detail.token") != tokens[0].ID {
		w.t.Error(trail.Body)
	}
	for _, subject := range []string{"agency/" + agency, section.text("id"), "place/" + place} {
		if !strings.Contains(subject, "/") {
			subject = "section/" + subject
		}
		found, err := audit.Find(ctx, w.db, audit.Filter{Subject: subject}, 0, 10)
		w.must(err)
		for _, e := range found.Entries {
			if e.Detail["token"] != tokens[0].ID {
				w.t.Errorf("%s of %s does not say by which token", e.Verb, subject)
			}
		}
	}
}

// define puts terms into the termbase, one by one and as a list, and takes them away.
func (w *world) define(admin *program, agency string) {
	w.t.Helper()
	council := object{"agency": agency, "lang": "vi", "wording": "Hội đồng nhân dân", "renderings": []object{{"lang": "en", "text": "People's Council", "standing": "required"}}}
	made := admin.post("/terms", council).is(201)
	at := "/terms/" + made.text("id")
	council["version"], council["note"] = 1, "Cơ quan dân cử"
	if changed := admin.put(at, council).is(200); changed.number("version") != 2 || changed.text("note") != "Cơ quan dân cử" {
		w.t.Error(changed.Body)
	}
	admin.put(at, council).refused(409, "error.term.stale")
	admin.post("/terms", object{"agency": agency, "lang": "vi", "wording": "x", "renderings": []object{{"lang": "en", "text": "y", "standing": "royal"}}}).is(422)
	bad := admin.post("/terms/import?dry=true&agency="+agency, []byte("wording,en\nkiều bào,overseas Vietnamese\n,x\n")).is(200)
	if bad.text("rows.0.outcome") != "added" || bad.text("rows.1.outcome") != "refused" || bad.text("rows.1.fields.0.key") != "error.required" {
		w.t.Error(bad.Body)
	}
	admin.post("/terms/import?agency="+agency, []byte("wording,en\n,x\n")).is(422)
	admin.post("/terms/import?name=l.csv&agency="+agency, []byte("wording,en\nkiều bào,overseas Vietnamese\n")).is(200)
	if ended := admin.put(at+"/end", object{"version": 2, "at": "2026-06-01T00:00:00Z"}).is(200); ended.text("valid_to") == "" {
		w.t.Error(ended.Body)
	}
	if list := admin.get("/terms?words=kieu&page=1").is(200); list.number("count") != 1 || list.text("terms.0.renderings.0.text") != "overseas Vietnamese" {
		w.t.Error(list.Body)
	}
	if over := admin.get("/terms?ended=true").is(200); over.text("terms.0.id") != made.text("id") {
		w.t.Error(over.Body)
	}
	for format, sign := range map[string]string{"csv": "kiều bào,", "tbx": "<term>kiều bào</term>"} {
		if file := admin.get("/terms/export?format=" + format).is(200); !strings.Contains(file.text("text"), sign) {
			w.t.Error(file.Body)
		}
	}
	admin.get("/terms/export?format=doc").is(400)
	admin.get(at).is(200)
}

// What a token may not is refused whoever's it is, and what its person may not
// whatever it is good for.
func TestBuildingIsForThoseWhoMay(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin, chief := w.one(w.portal, account.SystemAdministrator), w.one(w.portal, account.EditorInChief)
		auditor := w.one(w.portal, account.Auditor)
		changes := map[string]func(p *program) reply{
			"an agency": func(p *program) reply { return p.post("/agencies", object{"code": "a", "names": object{"vi": "A"}}) },
			"targets":   func(p *program) reply { return p.put("/agencies/"+w.portal+"/targets", object{"targets": []object{}}) },
			"a section": func(p *program) reply { return p.put("/sections/"+w.economy+"/closed", object{"closed": true}) },
			"an outlet": func(p *program) reply {
				return p.put("/outlets/"+w.portalOutlet+"/hosts", object{"hosts": []string{"x.example"}})
			},
			"a place": func(p *program) reply {
				return p.post("/places", object{"code": "a", "kind": "commune", "names": object{"vi": "A"}})
			},
			"a term of another agency": func(p *program) reply {
				return p.post("/terms", object{"agency": w.paper, "lang": "vi", "wording": "kiều bào"})
			},
			"a list of terms of another agency": func(p *program) reply {
				return p.post("/terms/import?agency="+w.paper, []byte("wording\nkiều bào\n"))
			},
			"the trail":  func(p *program) reply { return p.get("/audit") },
			"colleagues": func(p *program) reply { return p.get("/agencies/" + w.paper + "/people") },
		}
		for name, change := range changes {
			change(chief).is(403)
			if narrow := w.issue(admin.actor, account.SiteRead); name != "colleagues" {
				change(narrow).refused(403, "error.api.scope")
			}
		}
		changes["the trail"](admin).is(403)
		changes["the trail"](auditor).is(200)
		for _, people := range []account.Action{account.ManageUsers, account.ManageFlow} {
			actor, _, err := w.accounts.ByToken(ctx, admin.token, "203.0.113.9")
			w.must(err)
			if actor.MayAnywhere(people) {
				t.Errorf("a token may %s", people)
			}
		}
	})
}

// The address of a preview is told once.
func TestASecretIsNotKeptForWhoAsksAgain(t *testing.T) {
	w := oneWorld(t)
	chief := w.one(w.portal, account.EditorInChief)
	writer := w.one(w.portal, account.Reporter)
	links := writer.file("Một tin") + "/preview-links"
	made := chief.post(links, object{"reader": "Sở", "days": 1}, "Idempotency-Key", "k1").is(201)
	chief.post(links, object{"reader": "Sở", "days": 1}, "Idempotency-Key", "k1").refused(409, "error.api.answer_lost")
	if n := len(chief.get(links).is(200).at("links").([]any)); n != 1 {
		t.Errorf("there are %d links", n)
	}
	var kept int
	w.must(w.db.Read(ctx).Raw("SELECT COUNT(*) FROM api_request WHERE body LIKE ?", "%"+strings.TrimPrefix(made.text("path"), "/p/")+"%").Scan(&kept).Error)
	if kept != 0 {
		t.Error("the secret lies in the database")
	}
}

func TestWhatIsFoundIsWhatThePersonSees(t *testing.T) {
	eachWorld(t, func(w *world) {
		reporter, stranger := w.one(w.portal, account.Reporter), w.one(w.paper, account.Contributor)
		reporter.file("Hạt điều đầu mùa")
		w.must(w.finder.CatchUp(ctx))
		for who, want := range map[*program]int{reporter: 1, stranger: 0} {
			if got := who.get("/find?q=hat+dieu").is(200).number("total"); got != want {
				t.Errorf("%s finds %d", who.actor.Posts[0].Role, got)
			}
		}
		reporter.get("/find").refused(400, "error.malformed.title")
		reporter.get("/find?q=a&page=0").is(400)
		if far := reporter.get("/find?q=hat+dieu&page=9").is(200); len(far.at("editions").([]any)) != 0 {
			t.Error(far.Body)
		}
	})
}
