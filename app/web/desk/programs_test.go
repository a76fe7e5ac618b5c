package desk_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
	"doingoai/app/web/newsroomapi"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// withPrograms is the desk with the interface for programs beside it.
func (w *world) withPrograms() *fiber.App {
	w.t.Helper()
	api := newsroomapi.New(newsroomapi.Options{
		DB: w.db, Accounts: w.accounts, Newsroom: w.newsroom, Media: w.media, Agencies: w.agencies, Sections: w.sections,
		Outlets: w.outlets, Places: w.places, Wording: wording.New(w.db), Words: w.words,
	})
	w.t.Cleanup(api.Stop)
	return w.desk.App(nil, nil, api.Part())
}

// pair is one thing asked of the desk and of the interface. Requests change
// nothing where they are permitted: an empty form, a text that is there
// already, a verb that the state forbids.
type pair struct {
	name string
	desk func(p *person) *apptest.Answer
	// of the interface
	method, path string
	body         any
}

type object = map[string]any

func (w *world) pairs(ref newsroom.Ref, picture string) []pair {
	path := pathOf(ref)
	get := func(name, address, own string) pair {
		return pair{name, func(p *person) *apptest.Answer { return p.Get(address) }, "GET", own, nil}
	}
	send := func(name, address string, form url.Values, method, own string, body any) pair {
		return pair{name, func(p *person) *apptest.Answer { return p.send(address, form) }, method, own, body}
	}
	c := w.article("Một tin")
	form := url.Values{
		"base": {"1"}, "section": {c.Section}, "outlets": c.Outlets, "headline": {c.Headline}, "standfirst": {c.Standfirst},
		"body": {c.Body}, "byline": {c.Byline},
	}
	text := object{
		"section": c.Section, "outlets": c.Outlets, "headline": c.Headline, "standfirst": c.Standfirst, "body": c.Body, "byline": c.Byline,
	}
	return []pair{
		get("list", "/editions", "/editions"),
		get("waiting", "/", "/waiting"),
		get("open", path, path),
		get("revision", path+"/revisions/1", path+"/revisions/1"),
		get("picture", "/media/"+picture+"/hinh.png", "/media/"+picture+"/file"),
		send("create", "/new", url.Values{"agency": {w.portal}, "lang": {"vi"}}, "POST", "/editions", object{"agency": w.portal, "lang": "vi", "text": object{}}),
		send("save", path, form, "PUT", path+"/content", object{"base": 1, "text": text}),
		send("keep", path+"/autosave", form, "PUT", path+"/unsaved", object{"base": 1, "text": text}),
		send("publish", path+"/do", url.Values{"verb": {"publish"}}, "POST", path+"/acts", object{"verb": "publish"}),
		send("translate", path+"/translate", url.Values{"to": {"vi"}}, "POST", path+"/translations", object{"lang": "vi"}),
	}
}

// A program with a person's token may do what the person may do in the browser,
// and no more. A refusal is the same, but that the desk tells somebody who
// never has anything to do with editions so before it looks for one.
func TestAProgramMayDoWhatItsPersonMay(t *testing.T) {
	w := oneWorld(t)
	app := w.withPrograms()
	writer := w.hire(w.portal, account.Reporter)
	ref := writer.write(w.article("Một tin"))
	var file bytes.Buffer
	w.must(png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 40, 30))))
	m, err := w.media.Add(ctx, writer.actor, w.portal, "hinh.png", &file)
	w.must(err)
	askers := map[string]*person{"the writer": writer, "everything elsewhere": w.hire(w.paper, account.Roles...)}
	for _, role := range account.Roles {
		askers[string(role)] = w.hire(w.portal, role)
	}
	for name, p := range askers {
		token, err := w.accounts.MakeToken(ctx, p.actor, account.NewToken{Name: "Thử", Scopes: account.AllScopes, Days: 1})
		w.must(err)
		for _, pair := range w.pairs(ref, m.Hash) {
			body, err := json.Marshal(pair.body)
			w.must(err)
			r := httptest.NewRequest(pair.method, origin+newsroomapi.Base+pair.path, bytes.NewReader(body))
			program := apptest.NewVisitor(t, app, origin).Do(r, "Authorization", "Bearer "+token, "Content-Type", "application/json")
			switch desk := pair.desk(p).Status; {
			case desk < 400 && program.Status < 400, desk == program.Status, desk == 403 && program.Status == 404:
			default:
				t.Errorf("%s, %s: the desk answers %d, the program is answered %d %s", name, pair.name, desk, program.Status, program.Body)
			}
		}
	}
}

// What is refused before anything of a request is looked at is refused in the
// words of whoever was asked.
func TestEachPartOfTheNewsroomRefusesInItsOwnWay(t *testing.T) {
	w := oneWorld(t)
	v := apptest.NewVisitor(t, w.withPrograms(), origin)
	for path, media := range map[string]string{
		newsroomapi.Base: "application/problem+json", newsroomapi.Base + "/nothing": "application/problem+json",
		newsroomapi.Base + "x": "text/html", "/nothing": "text/html",
	} {
		if got := v.Get(path).Header.Get("Content-Type"); !strings.HasPrefix(got, media) {
			t.Errorf("%s is refused as %s, want %s", path, got, media)
		}
	}
}
