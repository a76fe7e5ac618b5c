package desk_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/label"
	"doingoai/app/letter"
	"doingoai/app/locale"
	"doingoai/app/mail"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/outbox"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/term"
	"doingoai/app/theme"
	"doingoai/app/web"
	"doingoai/app/web/desk"
	"doingoai/app/web/public"
	"doingoai/app/wording"
	"doingoai/locales"
	"doingoai/themes"

	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"
)

var (
	ctx     = context.Background()
	morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)
)

const (
	origin   = "http://newsroom.localhost"
	password = "hoa phượng đỏ ven sông"
)

// world is a small newsroom as the program builds it: two agencies, each with
// an outlet, two sections, and no people but those a test hires.
type world struct {
	t     *testing.T
	db    *store.DB
	clock *apptest.ManualClock
	words *locale.Catalogue

	accounts *account.Accounts
	agencies *agency.Room
	sections *section.Room
	outlets  *outlet.Room
	places   *place.Room
	tags     *label.Room
	authors  *label.Room
	terms    *term.Room
	media    *media.Room
	mediaDir string
	letters  *letter.Room
	notices  *notice.Room
	outbox   *outbox.Room
	courier  *notice.Courier
	newsroom *newsroom.Newsroom
	finder   *newsroom.Finder
	desk     *desk.Desk
	app      *fiber.App

	portal, paper             string // agencies
	economy, culture          string // sections
	portalOutlet, paperOutlet string
	people                    int
	noticed                   int64 // the number of the last event that somebody was told of
}

// eachWorld runs a test in a fresh world on either database.
func eachWorld(t *testing.T, f func(w *world)) {
	t.Helper()
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		f(newWorld(t, db, clock))
	})
}

// oneWorld is a world for tests to which the kind of database does not matter.
func oneWorld(t *testing.T) *world {
	t.Helper()
	db, clock := apptest.NewDatabaseAt(t, morning)
	return newWorld(t, db, clock)
}

func newWorld(t *testing.T, db *store.DB, clock *apptest.ManualClock) *world {
	t.Helper()
	w := &world{t: t, db: db, clock: clock, accounts: account.New(db, account.Options{Argon: account.LightArgon(), SecondFactor: account.Offered})}
	log := release.NewLog(db)
	w.agencies, w.sections, w.outlets = agency.New(db, log), section.New(db, log), outlet.New(db, log)
	w.places, w.terms = place.New(db, log), term.New(db)
	w.tags, w.authors = label.New(db, log, label.Tag), label.New(db, log, label.Author)
	w.mediaDir = t.TempDir()
	w.media, w.letters = media.New(db, blob.Folder(w.mediaDir)), letter.New(db)
	w.newsroom = newsroom.New(newsroom.Rooms{
		DB: db, Log: log, Markup: markup.New(), Media: w.media, Sections: w.sections, Outlets: w.outlets, Agencies: w.agencies, Places: w.places, Terms: w.terms,
		Person:    w.accounts.ActorFor,
		Registers: newsroom.Registers{"tags": w.tags, "authors": w.authors, "agencies": w.agencies, "places": w.places},
	})
	w.notices = notice.New(db, w.newsroom.SeesAll)
	var err error
	w.words, err = locale.Load(locales.FS)
	w.must(err)
	w.outbox = outbox.New(db)
	w.courier = w.courierWith(nil)
	w.furnish()
	w.finder, err = newsroom.OpenFinder(w.newsroom, t.TempDir())
	w.must(err)
	t.Cleanup(func() { w.must(w.finder.Close()) })
	look, err := theme.Load(themes.FS, web.Funcs(), "desk")
	w.must(err)
	base, err := theme.Load(themes.FS, web.Funcs(), "base")
	w.must(err)
	looks := map[string]*theme.Theme{"base": base}
	w.desk, err = desk.New(desk.Deps{
		DB: db, Accounts: w.accounts, Newsroom: w.newsroom, Finder: w.finder, Agencies: w.agencies, Sections: w.sections, Outlets: w.outlets, Places: w.places, Terms: w.terms, Tags: w.tags, Authors: w.authors,
		Media: w.media, Letters: w.letters, Wording: wording.New(db), Notices: w.notices, Courier: w.courier, Words: w.words, Theme: look, Address: origin,
		Preview: public.Preview(w.words, looks), AsRead: public.AsRead(w.words, looks), Looks: looks,
	})
	w.must(err)
	w.app = w.desk.App(nil, nil)
	return w
}

// courierWith carries notices with a mail server, or with none.
func (w *world) courierWith(server *mail.Server) *notice.Courier {
	w.t.Helper()
	c, err := notice.NewCourier(w.notices, notice.CourierOptions{
		Mail: server, Outbox: w.outbox, Accounts: w.accounts, Words: w.words, Address: origin,
	})
	w.must(err)
	return c
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) id(id string, err error) string {
	w.t.Helper()
	w.must(err)
	return id
}

func (w *world) furnish() {
	w.t.Helper()
	system := account.System()
	w.portal = w.id(w.agencies.Ensure(ctx, system, "portal", map[string]string{"vi": "Cổng thông tin điện tử", "en": "Provincial Portal"}))
	w.paper = w.id(w.agencies.Ensure(ctx, system, "newspaper", map[string]string{"vi": "Báo tỉnh", "en": "Provincial Newspaper"}))
	w.economy = w.id(w.sections.Ensure(ctx, system, section.Section{Code: "economy", Position: 1, Names: map[string]section.Name{
		"vi": {Name: "Kinh tế", Slug: "kinh-te"}, "en": {Name: "Economy", Slug: "economy"},
	}}))
	w.culture = w.id(w.sections.Ensure(ctx, system, section.Section{Code: "culture", Position: 2, Names: map[string]section.Name{
		"vi": {Name: "Văn hóa", Slug: "van-hoa"}, "en": {Name: "Culture", Slug: "culture"},
	}}))
	texts := func(vi, en string) map[string]release.OutletText {
		return map[string]release.OutletText{"vi": {Name: vi}, "en": {Name: en}}
	}
	w.portalOutlet = w.id(w.outlets.Ensure(ctx, system, outlet.Outlet{
		Code: "portal", Agency: w.portal, Theme: "base", Hosts: []string{"portal.localhost"}, Languages: []string{"vi", "en"},
		Default: true, Texts: texts("Cổng Đối ngoại", "External Relations Portal"),
	}))
	w.paperOutlet = w.id(w.outlets.Ensure(ctx, system, outlet.Outlet{
		Code: "newspaper", Agency: w.paper, Theme: "base", Hosts: []string{"newspaper.localhost"}, Languages: []string{"vi", "en"},
		Texts: texts("Báo Đối ngoại", "External Relations News"),
	}))
}

// person is somebody at work, with a browser of their own.
type person struct {
	*apptest.Visitor
	w     *world
	actor account.Actor
	token string // of the session
	form  string // the token that the session's pages carry for their forms
}

// hire adds somebody with roles in an agency, signed in, who reads Vietnamese.
func (w *world) hire(agency string, roles ...account.Role) *person {
	w.t.Helper()
	return w.hireNamed("", agency, roles...)
}

func (w *world) hireNamed(name, agency string, roles ...account.Role) *person {
	w.t.Helper()
	w.people++
	number := string(rune('a'+w.people/26)) + string(rune('a'+w.people%26))
	if name == "" {
		name = "Người " + strings.ToUpper(number)
	}
	p, err := w.accounts.Program().AddPerson(ctx, account.NewPerson{
		Email: "nguoi" + number + "@example.vn", Name: name, Password: password, Locale: "vi", Agency: agency, Roles: roles,
	})
	w.must(err)
	return w.enter(p.Email)
}

// enter signs somebody in who has the usual password.
func (w *world) enter(email string) *person {
	w.t.Helper()
	token, actor, err := w.accounts.SignIn(ctx, account.SignIn{Email: email, Password: password, Agent: "Firefox"})
	w.must(err)
	p := &person{Visitor: w.visitor(), w: w, actor: actor, token: token}
	p.SetCookie("session", token)
	return p
}

// visitor is a browser in which nobody has signed in.
func (w *world) visitor() *apptest.Visitor { return apptest.NewVisitor(w.t, w.app, origin) }

// send posts a form with the token that the person's pages carry.
func (p *person) send(path string, form url.Values, headers ...string) *apptest.Answer {
	p.w.t.Helper()
	answer := p.Post(path, form, append([]string{"X-CSRF-Token", p.csrf()}, headers...)...)
	inPageOrder(p.w.t, answer)
	return answer
}

// csrf is the token for forms as a page of the person says it, be it the
// error page of somebody who may enter none; "" for nobody.
func (p *person) csrf() string {
	p.w.t.Helper()
	if p.form == "" && p.actor.ID != "" {
		if page := p.Get("/help"); page.Status != http.StatusSeeOther {
			p.form = page.Attr(`meta[name="csrf-token"]`, "content")
		}
	}
	return p.form
}

// english makes somebody read English.
func (p *person) english() *person {
	p.w.t.Helper()
	p.w.must(p.w.accounts.SetLocale(ctx, p.actor, "en"))
	p.actor.Locale = "en"
	return p
}

// article is a complete text.
func (w *world) article(headline string) newsroom.Content {
	return newsroom.Content{
		Section: w.economy, Outlets: []string{w.portalOutlet}, Headline: headline,
		Standfirst: "Tóm tắt của " + headline, Body: "Nội dung của " + headline + ".", Byline: "Phòng Tin",
	}
}

// write begins an item in Vietnamese.
func (p *person) write(content newsroom.Content) newsroom.Ref {
	p.w.t.Helper()
	ref, err := p.w.newsroom.Create(ctx, p.actor, newsroom.Start{
		Kind: "article", Agency: p.actor.Posts[0].Agency, Lang: "vi", Content: content,
	})
	p.w.must(err)
	return ref
}

// do performs a verb in the newsroom itself, to bring an edition somewhere.
func (p *person) do(ref newsroom.Ref, verb newsroom.Verb, ask newsroom.Ask) {
	p.w.t.Helper()
	sheet, err := p.w.newsroom.Open(ctx, p.actor, ref)
	p.w.must(err)
	ask.Hash, ask.Answers = sheet.Revision.Hash, map[string]newsroom.Answer{}
	for _, q := range sheet.Checklists[verb] {
		ask.Answers[q.ID()] = newsroom.Checked
	}
	p.w.must(p.w.newsroom.Do(ctx, p.actor, ref, verb, ask))
}

// open is the edition as the person would see it.
func (p *person) open(ref newsroom.Ref) *newsroom.Sheet {
	p.w.t.Helper()
	sheet, err := p.w.newsroom.Open(ctx, p.actor, ref)
	p.w.must(err)
	return sheet
}

func pathOf(ref newsroom.Ref) string { return "/editions/" + ref.Item + "/" + ref.Lang }

// staff is one person of each kind that carries an article to readers.
type staff struct{ reporter, editor, managing, chief, translator, auditor, admin *person }

func (w *world) hireStaff() staff {
	w.t.Helper()
	return staff{
		reporter: w.hireNamed("Phóng viên An", w.portal, account.Reporter), editor: w.hireNamed("Biên tập Bình", w.portal, account.Editor),
		managing: w.hireNamed("Thư ký Chi", w.portal, account.ManagingEditor), chief: w.hireNamed("Tổng Biên tập Dũng", w.portal, account.EditorInChief),
		translator: w.hireNamed("Biên dịch Giang", w.portal, account.Translator), auditor: w.hireNamed("Kiểm tra Hà", w.portal, account.Auditor),
		admin: w.hireNamed("Quản trị Kiên", w.portal, account.SystemAdministrator),
	}
}

// carry takes an edition the usual way as far as a state.
func (s staff) carry(ref newsroom.Ref, to newsroom.State) {
	s.reporter.w.t.Helper()
	for _, step := range []struct {
		who  *person
		verb newsroom.Verb
		to   newsroom.State
	}{
		{s.reporter, newsroom.Submit, newsroom.Submitted}, {s.editor, newsroom.Take, newsroom.Editing},
		{s.editor, newsroom.Pass, newsroom.DeskReview}, {s.managing, newsroom.Pass, newsroom.Approval}, {s.chief, newsroom.Approve, newsroom.Approved},
		{s.chief, newsroom.Publish, newsroom.Published},
	} {
		step.who.do(ref, step.verb, newsroom.Ask{})
		if step.to == to {
			return
		}
	}
	s.reporter.w.t.Fatalf("%s is not on the usual way", to)
}

// queries counts how often f asks the database. Only the tests of this
// package run while it counts.
func (w *world) queries(f func()) int {
	w.t.Helper()
	n := 0
	count := func(g *gorm.DB) {
		if !g.DryRun { // a part of another statement
			n++
		}
	}
	processor := w.db.Read(ctx).Callback()
	w.must(processor.Query().After("gorm:query").Register("count", count))
	w.must(processor.Row().After("gorm:row").Register("count", count))
	w.must(processor.Raw().After("gorm:raw").Register("count", count))
	f()
	w.must(processor.Query().Remove("count"))
	w.must(processor.Row().Remove("count"))
	w.must(processor.Raw().Remove("count"))
	return n
}
