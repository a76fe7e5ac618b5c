package newsroomapi_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

func TestASaveThatComesTooLateHasBothTexts(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.one(w.portal, account.Reporter)
		path := p.file("Một tin")
		theirs, mine := w.article("Của người khác"), w.article("Của tôi")
		p.put(path+"/content", object{"base": 1, "text": theirs}).is(200)
		r := p.put(path+"/content", object{"base": 1, "text": mine}).refused(409, "error.conflict.title")
		if r.text("theirs.text.headline") != "Của người khác" || r.number("theirs.number") != 2 || r.text("yours.headline") != "Của tôi" {
			t.Errorf("told %s", r.Body)
		}
	})
}

func TestAVerbMeansTheTextThatWasLookedAt(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	path := p.file("Một tin")
	hash := p.get(path).is(200).text("revision.hash")
	p.put(path+"/content", object{"base": 1, "text": w.article("Tin đã sửa")}).is(200)
	p.post(path+"/acts", object{"verb": "submit"}, "If-Match", `"`+hash+`"`).refused(409, "error.verb.moved_on")
	p.post(path+"/acts", object{"verb": "submit"}, "If-Match", `"`+p.get(path).is(200).text("revision.hash")+`"`).is(200)
}

func TestRefusalsNameTheirFields(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	for name, c := range map[string]struct {
		body  string
		field string
		key   string
	}{
		"a headline that is missing": {`{"agency":"` + w.portal + `","lang":"vi","text":{}}`, "headline", "error.required"},
		"a field nobody knows":       {`{"agency":"` + w.portal + `","lang":"vi","text":{},"headline":"x"}`, "headline", "error.api.unknown"},
		"a number for a text":        {`{"agency":"` + w.portal + `","lang":"vi","text":{"headline":7}}`, "text.headline", "error.invalid"},
	} {
		r := httptest.NewRequest("POST", origin+"/api/newsroom/v1/editions", strings.NewReader(c.body))
		answer := reply{apptest.NewVisitor(t, w.app, origin).Do(r, "Content-Type", "application/json", "Authorization", "Bearer "+p.token), t}
		if answer.Status/100 != 4 || answer.text("fields.0.field") != c.field || answer.text("fields.0.key") != c.key {
			t.Errorf("%s: %d %s", name, answer.Status, answer.Body)
		}
	}
}

func TestWhatIsNoRequestIsRefusedWhole(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	for name, body := range map[string]string{
		"nothing": "", "no JSON": "tin", "a list": "[]", "two values": `{"agency":"a","lang":"vi","text":{}} {}`,
		"no text": "{\"agency\":\"\xff\",\"lang\":\"vi\",\"text\":{}}", "deep": strings.Repeat(`{"text":`, 20_000),
		"a number too large": `{"agency":"a","lang":"vi","text":{"headline":1e999}}`,
	} {
		r := httptest.NewRequest("POST", origin+"/api/newsroom/v1/editions", strings.NewReader(body))
		answer := reply{apptest.NewVisitor(t, w.app, origin).Do(r, "Content-Type", "application/json", "Authorization", "Bearer "+p.token), t}
		if answer.Status != 400 {
			t.Errorf("%s: %d %s", name, answer.Status, answer.Body)
		}
	}
	for _, path := range []string{"/editions?cursor=x", "/editions?cursor=1.a", "/editions?state=lost", "/editions?mine=maybe", "/changes?wait=31", "/changes?after=x", "/editions/a/vi/revisions/0"} {
		p.get(path).refused(400, "error.malformed.title")
	}
	if w.items() != 0 {
		t.Error("something was made")
	}
}

// A long text fits where texts go, and nowhere else.
func TestALongTextFits(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	text := w.article("Bài dài")
	text["body"] = strings.Repeat("Một câu dài. ", 15_000) // 195,000 characters
	p.post("/editions", object{"agency": w.portal, "lang": "vi", "text": text}).is(201)
	text["body"] = strings.Repeat("Một câu dài. ", 16_000)
	if r := p.post("/editions", object{"agency": w.portal, "lang": "vi", "text": text}).refused(422, "error.form"); r.text("fields.0.field") != "body" {
		t.Error(r.Body)
	}
}

func TestALabelledSampleStaysOne(t *testing.T) {
	w := oneWorld(t)
	p := w.one(w.portal, account.Reporter)
	ref, err := w.newsroom.Create(ctx, p.actor, newsroom.Start{
		Kind: "article", Agency: w.portal, Lang: "vi", Content: newsroom.Content{Headline: "Bài mẫu", Sample: true},
	})
	w.must(err)
	p.put("/editions/"+ref.Item+"/vi/content", object{"base": 1, "text": w.article("Bài mẫu đã sửa")}).is(200)
	sheet, err := w.newsroom.Open(ctx, p.actor, ref)
	w.must(err)
	if !sheet.Revision.Content.Sample {
		t.Error("readers are not told any more that it is a sample")
	}
}

// A token with every scope of a person with every role is refused a verb for
// other reasons than not being permitted it.
func TestEveryVerbIsWithinTheScopes(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Roles)
	path := p.file("Một tin")
	for _, verb := range newsroom.Verbs() {
		r := p.post(path+"/acts", object{"verb": verb, "reason": "Lý do", "at": "2027-01-01T00:00:00Z"})
		if r.Status == 403 && r.text("key") == "error.verb.role" {
			t.Errorf("no token is good for %s", verb)
		}
	}
}
