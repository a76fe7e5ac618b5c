package newsroomapi_test

import (
	"testing"

	"doingoai/app/account"
)

// A program that speaks for another agency is told what is offered to its
// outlet, and decides.
func TestAnotherAgencysSystemCarriesAStory(t *testing.T) {
	eachWorld(t, func(w *world) {
		reporter, editor, managing, chief := w.one(w.paper, account.Reporter), w.one(w.paper, account.Editor), w.one(w.paper, account.ManagingEditor), w.one(w.paper, account.EditorInChief)
		other, second := w.one(w.portal, account.EditorInChief), w.one(w.portal, account.Editor)
		story := reporter.file("Một bài, hai kênh")
		text := w.article("Một bài, hai kênh")
		text["outlets"] = []string{w.paperOutlet, w.portalOutlet}
		reporter.put(story+"/content", object{"base": 1, "text": text}).is(200)
		reporter.act(story, "submit").is(200)
		editor.act(story, "take").is(200)
		editor.act(story, "pass").is(200)
		managing.act(story, "pass").is(200)
		other.get(story+"/placements").refused(404, "error.edition.none")
		chief.act(story, "approve").is(200)

		if waits := other.get("/waiting").is(200); waits.text("tasks.0.verb") != "carry" {
			t.Errorf("for the other agency waits %s", waits.Body)
		}
		for _, path := range []string{"", "/revisions", "/revisions/1", "/diff?from=1&to=2", "/comments", "/rulings", "/trail", "/present"} {
			other.get(story+path).refused(404, "error.edition.none")
		}
		other.post(story+"/comments", object{"body": "Lời", "revision": 1}).is(404)
		if found := other.get("/editions").is(200); len(found.at("editions").([]any)) != 0 {
			t.Errorf("the other agency lists %s", found.Body)
		}
		if told := other.get("/changes?after=0").is(200); len(told.at("changes").([]any)) != 0 {
			t.Errorf("the other agency is told %s", told.Body)
		}
		if offer := other.get(story + "/placements").is(200); offer.text("text.headline") != "Một bài, hai kênh" {
			t.Errorf("the text is not shown: %s", offer.Body)
		}
		at := story + "/placements/" + w.portalOutlet
		hash := func() string { return other.get(story + "/placements").is(200).text("placements.1.hash") }
		second.post(at, object{"verb": "word", "hash": hash(), "words": object{"headline": "Tít của cổng"}}).is(200)
		second.post(at, object{"verb": "carry", "hash": hash()}).refused(403, "error.placement.role")
		other.post(at, object{"verb": "carry", "hash": "another"}).refused(409, "error.verb.moved_on")
		other.post(at, object{"verb": "decline", "hash": hash()}).is(422)
		agreed := other.post(at, object{"verb": "carry", "hash": hash()}).is(200)
		if agreed.text("placements.1.state") != "carried" || agreed.text("placements.1.words.headline") != "Tít của cổng" || agreed.at("placements.1.draft") != nil {
			t.Error(agreed.Body)
		}
		chief.act(story, "publish").is(200)
		if now := other.get(story + "/placements").is(200); now.text("placements.1.live_at") == "" {
			t.Error(now.Body)
		}
	})
}
