package newsroomapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
)

// lookBack asks as an auditor what readers had of a published text, and finds
// that on the trail.
func (w *world) lookBack(story string) {
	w.t.Helper()
	auditor := w.one(w.portal, account.Auditor)
	moments := auditor.get(story + "/moments").is(200)
	had := auditor.get(story + "/as-read?at=" + moments.text("moments.0.at")).is(200)
	if moments.text("moments.0.op") != "put" || had.text("op") != "put" || had.text("text.headline") == "" || had.text("text.html") == "" || had.text("outlets.0") == "" {
		w.t.Errorf("it was read as %s", had.Body)
	}
	auditor.get(story + "/as-read?at=2001-01-01T00:00:00Z").is(404)
	auditor.get(story + "/as-read").is(400)
	if trail := auditor.get(story + "/trail").is(200); trail.text("entries.0.verb") != "edition.as_read" || trail.text("entries.1.verb") != "edition.as_read" {
		w.t.Errorf("the trail: %s", trail.Body)
	}
}

// together releases a story and its translation in one moment.
func (w *world) together(system, translator, editor, managing, chief *program) {
	w.t.Helper()
	story := system.file("Khai mạc hội chợ")
	english := strings.TrimSuffix(story, "vi") + "en"
	set := "/items/" + strings.Split(story, "/")[2] + "/set"
	managing.put(set, object{"languages": []string{"vi", "en"}}).is(200)
	if early := managing.get(set).is(200); early.at("ready") != false || early.text("members.1.conditions.0.need") != "begun" || early.text("members.1.conditions.0.roles.0") == "" {
		w.t.Errorf("before it is begun: %s", early.Body)
	}
	managing.put(set+"/schedule", object{"hash": managing.get(set).is(200).text("hash"), "at": "2026-07-20T01:00:00Z"}).refused(409, "error.set.unready")
	translator.post(story+"/translations", object{"lang": "en"}).is(201)
	text := w.article("The fair opens")
	translator.put(english+"/content", object{"base": 1, "source": 1, "text": text}).is(200)
	system.act(story, "submit").is(200)
	translator.act(english, "submit").is(200)
	for _, one := range []string{story, english} {
		editor.act(one, "take").is(200)
		editor.act(one, "pass").is(200)
		managing.act(one, "pass").is(200)
		chief.act(one, "approve").is(200)
	}
	chief.act(english, "publish").refused(409, "error.set.bound")
	now := managing.get(set).is(200)
	if now.at("ready") != true || now.at("members.0.edition.bound") != true {
		w.t.Errorf("how ready it is: %s", now.Body)
	}
	if tried := managing.get(set + "/trial").is(200); tried.at("would_go") != true || tried.text("languages.1.headline") != "The fair opens" || tried.text("languages.1.outlets.0") == "" {
		w.t.Errorf("tried: %s", tried.Body)
	}
	if set := managing.put(set+"/schedule", object{"hash": now.text("hash"), "at": "2026-07-20T01:00:00Z"}).is(200); set.text("publish_at") != "2026-07-20T01:00:00Z" {
		w.t.Errorf("scheduled: %s", set.Body)
	}
	managing.ask("DELETE", set+"/schedule", nil).is(200)
	managing.post(set+"/dissolve", object{"reason": "Bản tiếng Anh đợi sau."}).is(200)
	managing.put(set, object{"languages": []string{"en", "vi"}}).is(200)
	managing.post(set+"/publish", object{"hash": now.text("hash")}).refused(403, "error.verb.role")
	if out := chief.post(set+"/publish", object{"hash": now.text("hash")}).is(200); len(out.at("members").([]any)) != 0 {
		w.t.Errorf("released: %s", out.Body)
	}
	if live := system.get(english).is(200); live.text("live") != "live" {
		w.t.Errorf("released: %s", live.Body)
	}
}

// catchUp translates a story passage by passage, and catches up with it.
func (w *world) catchUp(system, translator *program, story string) {
	w.t.Helper()
	english := strings.TrimSuffix(story, "vi") + "en"
	begun := translator.get(english + "/parallel").is(200)
	if begun.text("passages.0.field") != "headline" || begun.text("passages.0.what") != "new" || begun.text("passages.0.new") == "" || begun.text("source_lang") != "vi" {
		w.t.Errorf("beside its source: %s", begun.Body)
	}
	done := object{"base": begun.number("revision"), "source": begun.number("source"), "version": begun.number("version"), "passages": []object{
		{"id": begun.text("passages.0.id"), "text": "A new industrial park"}, {"id": begun.text("passages.1.id"), "right": true},
	}}
	if saved := translator.put(english+"/parallel", done).is(200); saved.number("revision.number") != 2 || saved.text("edition.headline") != "A new industrial park" {
		w.t.Errorf("saved %s", saved.Body)
	}
	if late := translator.put(english+"/parallel", done).refused(409, "error.translation.moved_on"); late.text("yours.headline") != "A new industrial park" {
		w.t.Errorf("too late: %s", late.Body)
	}
	now := translator.get(english + "/parallel").is(200)
	last := now.text("passages.2.id")
	said := object{"source": now.number("source"), "version": now.number("version"), "passages": []string{last}}
	behind := translator.get(english).is(200).number("stale")
	if after := translator.post(english+"/still-right", said).is(200); after.number("edition.stale") != behind-1 {
		w.t.Errorf("%v behind, now %s", behind, after.Body)
	}
	translator.post(english+"/still-right", object{"source": 1, "version": 1, "passages": []string{"p-none"}}).refused(409, "error.translation.moved_on")
	system.get(story+"/parallel").refused(404, "error.translation.none")
}

// The newspaper's own system files an article with a picture, submits it, and
// follows it to its readers. On the way every operation is used once at least,
// and held against the description.
func TestANewspapersSystemFilesAndFollowsAnArticle(t *testing.T) {
	eachWorld(t, func(w *world) {
		system := w.service(w.paper, account.Reporter)
		editor, managing, chief := w.one(w.paper, account.Editor), w.one(w.paper, account.ManagingEditor), w.one(w.paper, account.EditorInChief)

		me := system.get("/me").is(200)
		if me.text("name") != "Hệ thống tòa soạn" || me.text("posts.0.role") != "reporter" {
			t.Errorf("it speaks for %s", me.Body)
		}
		if outlets := system.get("/outlets").is(200); outlets.text("outlets.0.names.en") == "" {
			t.Error("outlets have no names")
		}
		for _, path := range []string{"/agencies", "/sections", "/places?at=2026-07-01T00:00:00Z", "/agencies/" + w.paper + "/workflows"} {
			system.get(path).is(200)
		}
		start := system.get("/changes").is(200).number("last")

		made := system.post("/media?agency="+w.paper+"&name=khu-cong-nghiep.png", w.picture()).is(201)
		hash := made.text("hash")
		if bare := system.get("/media/" + hash).is(200); strings.Contains(bare.Body, "renditions") {
			t.Errorf("before there are renditions: %s", bare.Body)
		}
		if _, err := w.media.WorkOff(t.Context()); err != nil {
			t.Fatal(err)
		}
		full := system.get("/media/" + hash).is(200)
		last := full.text("renditions.1.hash")
		if full.text("renditions.0.type") != "image/webp" || full.number("renditions.0.width") == 0 || full.number("renditions.0.height") == 0 || full.number("renditions.0.size") == 0 || last == "" {
			t.Errorf("its renditions: %s", full.Body)
		}
		system.get("/media/" + last + "/file").is(200)
		if file := system.get("/media/" + hash + "/file").is(200); file.Header.Get("Content-Disposition") == "" {
			t.Error("a file is answered as if it were a page")
		}
		film := apptest.Film(300_000)
		begun := system.post("/media/uploads", object{"agency": w.paper, "name": "phim.webm", "size": len(film)}).is(201)
		upload := "/media/uploads/" + begun.text("id")
		system.put(upload+"?offset=0", film[:200_000]).is(200)
		system.put(upload+"?offset=7", film[7:100]).is(409)
		if at := system.get(upload).is(200).number("arrived"); at != 200_000 {
			t.Errorf("%v bytes have arrived", at)
		}
		system.put(upload+"?offset=200000", film[200_000:]).is(200)
		filmed := system.post(upload+"/finish", nil).is(200)
		if filmed.text("kind") != "video" || filmed.number("seconds") != 7 {
			t.Errorf("it became %s", filmed.Body)
		}
		stopped := system.post("/media/uploads", object{"agency": w.paper, "name": "x", "size": 5}).is(201)
		system.ask("DELETE", "/media/uploads/"+stopped.text("id"), nil).is(204)
		oneFile := "/media/" + filmed.text("hash")
		system.put(oneFile+"/words", object{"version": 1, "words": object{"vi": object{"alt": "Lễ khởi công"}}}).is(200)
		system.put(oneFile+"/rights", object{"version": 2, "rights": object{"credit": "Minh Hà", "licence": "own", "shared": false}}).is(200)
		if record := system.get(oneFile + "/record").is(200); record.text("words.vi.alt") != "Lễ khởi công" || record.text("rights.credit") != "Minh Hà" || record.number("version") != 3 {
			t.Errorf("its record: %s", record.Body)
		}
		system.put(oneFile+"/words", object{"version": 3, "words": object{"vi": object{"alt": "Lễ khởi công"}, "en": object{"alt": "Groundbreaking"}}}).is(200)
		late := system.put(oneFile+"/words", object{"version": 4, "words": object{"vi": object{"alt": "Lễ khởi công ngày 5/3"}, "en": object{"alt": "Groundbreaking"}}}).is(200)
		if late.text("behind.0.severity") != "critical" || late.text("behind.0.reasons.0.matter") != "date" {
			t.Errorf("what is behind: %s", late.Body)
		}
		right := object{"part": "alt", "lang": "en", "seen": late.text("behind.0.seen")}
		if now := system.post(oneFile+"/still-right", right).is(200); now.at("behind") != nil {
			t.Errorf("it is still behind: %s", now.Body)
		}
		if list := system.get("/media?kind=video&q=khoi+cong").is(200); list.text("media.0.hash") != filmed.text("hash") {
			t.Errorf("videos: %s", list.Body)
		}
		editor.ask("DELETE", oneFile, nil).is(204)
		story := system.file("Khởi công khu công nghiệp")
		text := w.article("Khởi công khu công nghiệp")
		text["outlets"], text["lead_media"], text["lead_alt"], text["lead_caption"], text["lead_credit"] = []string{w.paperOutlet, w.portalOutlet}, hash, "Máy xúc", "Lễ khởi công", "Minh Hà"
		unsaved := object{"base": 1, "text": object{"headline": "Khởi công"}}
		if stamp := system.put(story+"/unsaved", unsaved).is(200).text("stamp"); system.get(story+"/unsaved").is(200).text("unsaved.stamp") != stamp {
			t.Error("what was kept is another text")
		}
		system.ask("DELETE", story+"/unsaved", nil).is(204)
		if system.get(story+"/unsaved").is(200).at("unsaved") != nil {
			t.Error("what was discarded is still there")
		}
		if saved := system.put(story+"/content", object{"base": 1, "text": text}).is(200); saved.number("revision.number") != 2 {
			t.Errorf("saved %s", saved.Body)
		}
		if planned := system.put(story+"/plan", object{"day": "2026-07-09T03:00:00Z", "note": "Chờ ảnh"}).is(200); planned.text("edition.planned_day") != "2026-07-08T17:00:00Z" {
			t.Errorf("planned %s", planned.Body)
		}
		if days := system.get("/calendar?from=2026-07-08T17:00:00Z&to=2026-07-09T17:00:00Z").is(200); days.text("editions.0.plan_note") != "Chờ ảnh" {
			t.Errorf("the calendar has %s", days.Body)
		}
		code := system.get("/agencies/" + w.paper + "/targets").is(200).text("targets.0.code")
		if clocked := system.put(story+"/clock", object{"clock": code, "since": "2026-07-01T00:30:00Z"}).is(200); clocked.text("edition.clock_due") != "2026-07-01T02:30:00Z" {
			t.Errorf("clocked %s", clocked.Body)
		}
		system.ask("DELETE", story+"/clock", nil).is(200)
		odd, oddText := system.file("Thu hút 23,53 tỷ USD"), w.article("Thu hút 23,53 tỷ USD")
		oddText["body"] = "Tỉnh đã thu hút 23,53 triệu USD vốn đầu tư."
		system.put(odd+"/content", object{"base": 1, "text": oddText}).is(200)
		sheet := system.get(odd).is(200)
		if sheet.text("findings.0.kind") != "scale" || sheet.at("may_explain") != true {
			t.Errorf("what stands out: %s", sheet.Body)
		}
		said := object{"hash": sheet.text("revision.hash"), "reason": "Tít lấy số của cả năm."}
		system.put(odd+"/findings/"+sheet.text("findings.0.key"), said).is(200)
		if again := system.get(odd).is(200); again.text("findings.0.reason") != "Tít lấy số của cả năm." || again.text("people."+again.text("findings.0.by")) == "" {
			t.Errorf("explained: %s", again.Body)
		}
		talk := story + "/comments"
		if said := system.post(talk, object{"body": "Xem giúp tít.", "revision": 2, "quote": "Khởi công", "blocking": true}).is(201); said.number("number") != 1 {
			t.Error(said.Body)
		}
		editor.post(talk+"/1/answers", object{"body": "Tít tốt rồi.", "revision": 2}).is(201)
		system.put(talk+"/1", object{"body": "Xem giúp tít này."}).is(204)
		system.put(talk+"/1/resolved", object{"resolved": true}).is(204)
		editor.ask("DELETE", talk+"/2", nil).is(204)
		if all := system.get(talk).is(200); all.text("threads.0.body") != "Xem giúp tít này." || all.at("threads.0.stands") != true || all.text("threads.0.answers.0.body") != "" {
			t.Error(all.Body)
		}
		if back := system.post(story+"/revisions/2/restore", object{"base": 2}).is(200); back.number("number") != 2 {
			t.Error(back.Body)
		}
		system.act(story, "submit").is(200)
		system.act(story, "publish").refused(403, "error.verb.role")

		if waits := editor.get("/waiting").is(200); waits.text("tasks.0.verb") != "take" || waits.text("tasks.0.edition.headline") != "Khởi công khu công nghiệp" {
			t.Errorf("for the editor waits %s", waits.Body)
		}
		editor.act(story, "take").is(200)
		editor.act(story, "pass").is(200)
		managing.act(story, "pass").is(200)
		chief.act(story, "approve").is(200)
		far := w.one(w.portal, account.EditorInChief)
		outlets := far.get(story + "/placements").is(200)
		far.post(story+"/placements/"+w.portalOutlet, object{"verb": "carry", "hash": outlets.text("placements.1.hash")}).is(200)
		if outlets.text("placements.0.state") != "carried" || outlets.at("placements.0.main") != true {
			t.Error(outlets.Body)
		}
		chief.post(story+"/placements/"+w.paperOutlet, object{"verb": "carry", "hash": outlets.text("placements.0.hash")}).refused(409, "error.placement.canonical")
		chief.act(story, "publish").is(200)

		var verbs []string
		for after, more := start, true; more; {
			told := system.get("/changes?after=" + itoa(after)).is(200)
			var list struct {
				Changes []struct{ Verb, To string }
				Last    int
				More    bool
			}
			w.must(json.Unmarshal([]byte(told.Body), &list))
			for _, ch := range list.Changes {
				verbs = append(verbs, strings.TrimPrefix(ch.Verb, "edition."))
			}
			after, more = list.Last, list.More
		}
		if got := strings.Join(verbs, " "); got != "create save plan clock clock_stop create save explain comment.add comment.add comment.mend comment.resolve comment.delete submit take pass pass approve placement.carry publish" {
			t.Errorf("it was told of %s", got)
		}
		if now := system.get(story).is(200); now.text("live") != "live" || now.text("state") != "published" {
			t.Errorf("it stands at %s, %s", now.text("state"), now.text("live"))
		}

		answered := system.get(story + "/revisions/2").is(200).at("text").(map[string]any)
		answered["replies"] = []object{{"party": "Công ty Minh Hưng", "received": "2026-06-30", "text": "Chúng tôi phản đối."}, {"party": "Công ty Minh Hưng", "received": "2026-07-01", "text": "Vẫn thế."}}
		if saved := system.put(story+"/content", object{"base": 2, "text": answered}).is(200); saved.number("revision.number") != 3 {
			t.Errorf("saved %s", saved.Body)
		}
		delete(answered, "replies")
		system.put(story+"/content", object{"base": 3, "text": answered}).is(200)
		if now := system.get(story).is(200); now.text("revision.text.replies.0.text") != "Chúng tôi phản đối." || now.number("revision.number") != 3 {
			t.Errorf("a text that says nothing of replies: %s", now.Body)
		}
		chief.post(story+"/rulings", object{"reason": "Xúc phạm", "reply": object{"party": "Hộ dân", "received": "2026-06-30", "text": "Lời"}}).is(204)
		if rulings := chief.get(story + "/rulings").is(200); rulings.text("rulings.0.kind") != "refused" || rulings.text("rulings.0.reason") != "Xúc phạm" {
			t.Error(rulings.Body)
		}
		chief.put(story+"/exchanges/cong-ty-minh-hung/end", object{"reason": "Đủ"}).refused(409, "error.reply.too_few")
		system.act(story, "submit").is(200)
		editor.act(story, "take").is(200)
		editor.act(story, "pass").is(200)
		managing.act(story, "pass").is(200)
		chief.act(story, "approve").is(200)
		chief.act(story, "publish").is(200)
		chief.put(story+"/exchanges/cong-ty-minh-hung/end", object{"reason": "Đủ"}).is(204)

		if list := system.get("/editions?mine=true&state=published").is(200); list.text("editions.0.state") != "published" {
			t.Error(list.Body)
		}
		if counts := system.get("/counts").is(200); counts.number("states.published") != 1 {
			t.Error(counts.Body)
		}
		if trail := system.get(story + "/trail").is(200); trail.text("entries.1.verb") != "edition.publish" {
			t.Error(trail.Body)
		}
		if all := system.get(story + "/revisions").is(200); all.number("revisions.0.number") != 3 {
			t.Error(all.Body)
		}
		if first := system.get(story + "/revisions/1").is(200); first.text("text.headline") != "Khởi công khu công nghiệp" {
			t.Error(first.Body)
		}
		if diff := system.get(story + "/diff?from=1&to=2").is(200); diff.text("fields.1.field") != "lead_media" || diff.text("fields.2.pieces.0.text") != "Máy xúc" {
			t.Error(diff.Body)
		}
		w.notify(system, story, 1)
		notices := system.get("/notices?unread=true&sort=moved").is(200)
		if notices.text("notices.0.key") != "notice.moved.publish" || notices.number("unread") != 1 {
			t.Error(notices.Body)
		}
		system.post("/notices/"+notices.text("notices.0.id")+"/read", nil).is(204)
		system.post("/notices/read", object{"through": 9}).is(204)
		translator := w.one(w.paper, account.Translator)
		if english := translator.post(story+"/translations", object{"lang": "en"}).is(201); english.text("edition.lang") != "en" {
			t.Error(english.Body)
		}
		w.catchUp(system, translator, story)
		w.together(system, translator, editor, managing, chief)
		w.lookBack(story)
		w.share(chief, story)
		w.find(editor, "khoi cong")
		w.build(w.one(w.portal, account.SystemAdministrator))
		if left := w.contract.undriven(); len(left) > 0 {
			t.Errorf("nothing drives %v", left)
		}
	})
}
