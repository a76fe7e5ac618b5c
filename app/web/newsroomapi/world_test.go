package newsroomapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/term"
	"doingoai/app/web"
	"doingoai/app/web/newsroomapi"
	"doingoai/app/wording"
	"doingoai/locales"

	"github.com/gofiber/fiber/v2"
)

var (
	ctx     = context.Background()
	morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)
)

const (
	origin   = "http://newsroom.localhost"
	password = "hoa phượng đỏ ven sông"
)

// world is a newsroom with two agencies, open to programs only. What they may
// do is compared with what people may in the tests of the desk.
type world struct {
	t     *testing.T
	db    *store.DB
	clock *apptest.ManualClock

	finder   *newsroom.Finder
	accounts *account.Accounts
	newsroom *newsroom.Newsroom
	media    *media.Room
	notices  *notice.Room
	api      *newsroomapi.API
	app      *fiber.App
	contract *contract

	portal, paper, economy, portalOutlet, paperOutlet string
	people                                            int
}

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
	w := &world{t: t, db: db, clock: clock}
	w.accounts = account.New(db, account.Options{Argon: account.LightArgon(), SecondFactor: account.Offered})
	log := release.NewLog(db)
	agencies, sections, outlets := agency.New(db, log), section.New(db, log), outlet.New(db, log)
	w.media = media.New(db, blob.Folder(t.TempDir()))
	places := place.New(db, log)
	w.newsroom = newsroom.New(newsroom.Rooms{DB: db, Log: log, Markup: markup.New(), Media: w.media, Sections: sections, Outlets: outlets, Agencies: agencies, Places: places, Person: w.accounts.ActorFor})
	w.notices = notice.New(db, w.newsroom.SeesAll)
	w.furnish(agencies, sections, outlets)
	var err error
	w.finder, err = newsroom.OpenFinder(w.newsroom, t.TempDir())
	w.must(err)
	t.Cleanup(func() { w.must(w.finder.Close()) })
	words, err := locale.Load(locales.FS)
	w.must(err)
	w.api = newsroomapi.New(newsroomapi.Options{
		DB: db, Accounts: w.accounts, Newsroom: w.newsroom, Media: w.media, Agencies: agencies, Sections: sections, Outlets: outlets,
		Places: places, Terms: term.New(db), Wording: wording.New(db), Notices: w.notices, Words: words, Find: w.finder.Find,
	})
	t.Cleanup(w.api.Stop)
	part := w.api.Part()
	w.app = web.NewApp(web.Options{Name: "newsroom", BodyLimit: 256 << 10, ErrorPage: part.ErrorPage, Whose: w.accounts.Whose}.With(part))
	part.Mount(w.app)
	w.contract = newContract(t, w.app)
	return w
}

func (w *world) furnish(agencies *agency.Room, sections *section.Room, outlets *outlet.Room) {
	w.t.Helper()
	system := account.System()
	id := func(id string, err error) string {
		w.t.Helper()
		w.must(err)
		return id
	}
	w.portal = id(agencies.Ensure(ctx, system, "portal", map[string]string{"vi": "Cổng thông tin điện tử", "en": "Provincial Portal"}))
	w.paper = id(agencies.Ensure(ctx, system, "newspaper", map[string]string{"vi": "Báo tỉnh", "en": "Provincial Newspaper"}))
	w.economy = id(sections.Ensure(ctx, system, section.Section{Code: "economy", Position: 1, Names: map[string]section.Name{
		"vi": {Name: "Kinh tế", Slug: "kinh-te"}, "en": {Name: "Economy", Slug: "economy"},
	}}))
	texts := func(vi, en string) map[string]release.OutletText {
		return map[string]release.OutletText{"vi": {Name: vi}, "en": {Name: en}}
	}
	w.portalOutlet = id(outlets.Ensure(ctx, system, outlet.Outlet{
		Code: "portal", Agency: w.portal, Theme: "base", Hosts: []string{"portal.localhost"}, Languages: []string{"vi", "en"},
		Default: true, Texts: texts("Cổng Đối ngoại", "External Relations Portal"),
	}))
	w.paperOutlet = id(outlets.Ensure(ctx, system, outlet.Outlet{
		Code: "newspaper", Agency: w.paper, Theme: "base", Hosts: []string{"newspaper.localhost"}, Languages: []string{"vi", "en"},
		Texts: texts("Báo Đối ngoại", "External Relations News"),
	}))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// program is a program with a token, and the person or service it speaks for.
type program struct {
	w     *world
	actor account.Actor
	token string
}

// hire adds a person with roles and a token of theirs for some scopes, for all
// of them when none are named.
func (w *world) hire(agency string, roles []account.Role, scopes ...account.Scope) *program {
	w.t.Helper()
	w.people++
	number := string(rune('a'+w.people/26)) + string(rune('a'+w.people%26))
	person, err := w.accounts.Program().AddPerson(ctx, account.NewPerson{
		Email: "nguoi" + number + "@example.vn", Name: "Người " + strings.ToUpper(number), Password: password, Locale: "vi", Agency: agency, Roles: roles,
	})
	w.must(err)
	actor, err := w.accounts.ActorFor(ctx, person.ID)
	w.must(err)
	return w.issue(actor, scopes...)
}

func (w *world) one(agency string, role account.Role, scopes ...account.Scope) *program {
	w.t.Helper()
	return w.hire(agency, []account.Role{role}, scopes...)
}

// issue makes a token of a person.
func (w *world) issue(actor account.Actor, scopes ...account.Scope) *program {
	w.t.Helper()
	if len(scopes) == 0 {
		scopes = account.AllScopes
	}
	token, err := w.accounts.MakeToken(ctx, actor, account.NewToken{Name: "Thử", Scopes: scopes, Days: 30})
	w.must(err)
	return &program{w, actor, token}
}

// service makes a service of an agency, as an administrator does.
func (w *world) service(agency string, roles ...account.Role) *program {
	w.t.Helper()
	admin := w.one(agency, account.SystemAdministrator)
	made, err := w.accounts.AddService(ctx, admin.actor, "Hệ thống tòa soạn", agency, roles)
	w.must(err)
	token, err := w.accounts.MakeServiceToken(ctx, admin.actor, made.ID, account.NewToken{Name: "Tòa soạn", Scopes: account.AllScopes, Days: 30})
	w.must(err)
	actor, err := w.accounts.ActorFor(ctx, made.ID)
	w.must(err)
	return &program{w, actor, token}
}

// reply is an answer of the interface.
type reply struct {
	*apptest.Answer
	t *testing.T
}

// ask sends a request: body is nil, bytes as they are, or made JSON of.
// Request and answer are held against the interface's own description.
func (p *program) ask(method, path string, body any, headers ...string) reply {
	p.w.t.Helper()
	if p.token != "" {
		headers = append([]string{"Authorization", "Bearer " + p.token}, headers...)
	}
	var sent []byte
	media := ""
	switch b := body.(type) {
	case nil:
	case []byte:
		sent, media = b, "application/octet-stream"
	default:
		var err error
		sent, err = json.Marshal(b)
		p.w.must(err)
		media = "application/json"
	}
	if media != "" {
		headers = append([]string{"Content-Type", media}, headers...)
	}
	r := httptest.NewRequest(method, origin+newsroomapi.Base+path, bytes.NewReader(sent))
	answer := apptest.NewVisitor(p.w.t, p.w.app, origin).Do(r, headers...)
	p.w.contract.hold(method, path, headers, sent, answer)
	return reply{answer, p.w.t}
}

func (p *program) get(path string, headers ...string) reply {
	p.w.t.Helper()
	return p.ask("GET", path, nil, headers...)
}

func (p *program) post(path string, body any, headers ...string) reply {
	p.w.t.Helper()
	return p.ask("POST", path, body, headers...)
}

func (p *program) put(path string, body any, headers ...string) reply {
	p.w.t.Helper()
	return p.ask("PUT", path, body, headers...)
}

// is fails the test unless the answer has a status.
func (r reply) is(status int) reply {
	r.t.Helper()
	r.Is(status)
	return r
}

// at is a part of a JSON answer, by a path such as "edition.state" or
// "tasks.0.verb"; nil for what is not there.
func (r reply) at(path string) any {
	r.t.Helper()
	var value any
	if err := json.Unmarshal([]byte(r.Body), &value); err != nil {
		r.t.Fatalf("%v in %.300s", err, r.Body)
	}
	for name := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[name]
		case []any:
			i := int(name[0] - '0')
			if i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func (r reply) text(path string) string {
	r.t.Helper()
	text, ok := r.at(path).(string)
	if !ok {
		r.t.Fatalf("%s is %v in %.1000s", path, r.at(path), r.Body)
	}
	return text
}

func (r reply) number(path string) int {
	r.t.Helper()
	n, ok := r.at(path).(float64)
	if !ok {
		r.t.Fatalf("%s is %v in %.1000s", path, r.at(path), r.Body)
	}
	return int(n)
}

// refused fails the test unless the answer is a problem with a status and a key.
func (r reply) refused(status int, key string) reply {
	r.t.Helper()
	r.is(status)
	if got := r.text("key"); got != key || r.Header.Get("Content-Type") != "application/problem+json" {
		r.t.Fatalf("refused with %q (%s), want %q", got, r.Header.Get("Content-Type"), key)
	}
	return r
}

type object = map[string]any

// article is a complete text.
func (w *world) article(headline string) object {
	return object{
		"section": w.economy, "outlets": []string{w.paperOutlet}, "headline": headline,
		"standfirst": "Tóm tắt của " + headline, "body": "Nội dung của " + headline + ".", "byline": "Phòng Tin",
	}
}

// file begins an item of the program's agency and answers its path.
func (p *program) file(headline string) string {
	p.w.t.Helper()
	made := p.post("/editions", object{"agency": p.actor.Posts[0].Agency, "lang": "vi", "text": p.w.article(headline)}).is(201)
	return strings.TrimPrefix(made.Header.Get("Location"), newsroomapi.Base)
}

// act performs a verb with what a careful person asks: about what they looked
// at, with every question answered.
func (p *program) act(path, verb string, more ...string) reply {
	p.w.t.Helper()
	sheet := p.get(path).is(200)
	body := object{"verb": verb, "hash": sheet.text("revision.hash")}
	answers := object{}
	if asked, ok := sheet.at("checklists." + verb).([]any); ok {
		for _, q := range asked {
			answers[q.(object)["id"].(string)] = "yes"
		}
	}
	body["answers"] = answers
	for i := 0; i+1 < len(more); i += 2 {
		body[more[i]] = more[i+1]
	}
	return p.post(path+"/acts", body)
}

// picture is a file that a camera could have made.
func (w *world) picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		for y := range 48 {
			img.SetRGBA(x, y, color.RGBA{uint8(4 * x), uint8(5 * y), 90, 255})
		}
	}
	var b bytes.Buffer
	w.must(png.Encode(&b, img))
	return b.Bytes()
}

func itoa(n int) string { return strconv.Itoa(n) }
