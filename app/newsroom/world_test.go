package newsroom

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
)

// world is a small newsroom: two agencies with an outlet each, two sections
// and somebody for every chair of the first agency.
type world struct {
	*Newsroom
	db    *store.DB
	log   *release.Log
	room  *media.Room
	files string // the folder of the library
	clock *apptest.ManualClock
	staff map[string]account.Actor // by id
	gone  map[string]bool          // those who were disabled

	section, otherSection string // ids
	outlets               []string

	carrier account.Actor // agrees for the other agency's outlet

	reporter, contributor, editor, deskHead, managing, chief, translator, security account.Actor
}

const (
	portal = "portal" // agency ids
	paper  = "newspaper"
)

var morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)

// eachWorld runs a test in a fresh world on either database. Whatever a test
// did, the audit trail must be whole afterwards.
func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		w := newWorld(t, db)
		w.clock = clock
		f(t, w)
		w.verify(t)
	})
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	log, files := release.NewLog(db), t.TempDir()
	w := &world{db: db, log: log, files: files, room: media.New(db, blob.Folder(files)), staff: map[string]account.Actor{}}
	sections, outlets := section.New(db, log), outlet.New(db, log)
	for i, id := range []string{portal, paper} {
		sql(t, db, "INSERT INTO agency (id, code, created_at) VALUES (?, ?, 1)", id, id)
		o, err := outlets.Ensure(t.Context(), account.System(), outlet.Outlet{
			Code: id, Agency: id, Theme: "portal", Hosts: []string{id + ".example"}, Languages: []string{"vi", "en"},
			Texts: map[string]release.OutletText{"vi": {Name: fmt.Sprint("Trang ", i)}, "en": {Name: fmt.Sprint("Site ", i)}},
		})
		must(t, err)
		w.outlets = append(w.outlets, o)
	}
	w.section, w.otherSection = ensureSection(t, sections, "tin", "Tin đối ngoại"), ensureSection(t, sections, "van-hoa", "Văn hóa")
	w.Newsroom = New(Rooms{DB: db, Log: log, Markup: markup.New(), Media: w.room, Sections: sections, Outlets: outlets, Agencies: agency.New(db, log), Places: place.New(db, log), Person: w.at})
	w.reporter = w.person(t, "reporter", account.Post{Agency: portal, Role: account.Reporter})
	w.contributor = w.person(t, "contributor", account.Post{Agency: portal, Role: account.Contributor})
	w.editor = w.person(t, "editor", account.Post{Agency: portal, Role: account.Editor})
	w.deskHead = w.person(t, "desk_head", account.Post{Agency: portal, Role: account.DeskHead})
	w.managing = w.person(t, "managing", account.Post{Agency: portal, Role: account.ManagingEditor})
	w.chief = w.person(t, "chief", account.Post{Agency: portal, Role: account.EditorInChief})
	w.security = w.person(t, "security", account.Post{Agency: portal, Role: account.SecurityReviewer})
	w.carrier = w.person(t, "carrier", account.Post{Agency: paper, Role: account.ManagingEditor})
	w.translator = w.person(t, "translator", account.Post{Agency: portal, Role: account.Translator})
	return w
}

func ensureSection(t testing.TB, room *section.Room, code, name string) string {
	t.Helper()
	id, err := room.Ensure(t.Context(), account.System(), section.Section{
		Code: code, Names: map[string]section.Name{"vi": {Name: name}, "en": {Name: "Section " + code}},
	})
	must(t, err)
	return id
}

// person adds somebody with posts. The account room is not asked: what people
// may do here is decided by the actor alone.
func (w *world) person(t testing.TB, id string, posts ...account.Post) account.Actor {
	t.Helper()
	sql(t, w.db, "INSERT INTO person (id, email, name, locale, password_hash, created_at) VALUES (?, ?, ?, 'vi', '', 1)", id, id+"@example.vn", id)
	w.staff[id] = account.Actor{ID: id, Name: id, Address: "203.0.113.7", Posts: posts}
	return w.staff[id]
}

// at answers somebody as the account room would.
func (w *world) at(_ context.Context, id string) (account.Actor, error) {
	actor, here := w.staff[id]
	if w.gone[id] {
		return account.Actor{}, fault.New(fault.Forbidden, "error.person.disabled")
	}
	if !here {
		return actor, fault.New(fault.NotFound, "error.person.none")
	}
	return actor, nil
}

// content is a text that readers could be given.
func (w *world) content(headline string) Content {
	return Content{
		Section: w.section, Outlets: w.outlets, Headline: headline, Standfirst: "Sapo của bài.",
		Body: "Thân bài có một câu.\n\n## Một mục\n\nVà câu nữa.", Byline: "Minh Hà",
	}
}

// draft begins an item.
func (w *world) draft(t testing.TB, actor account.Actor, lang, headline string) Ref {
	t.Helper()
	ref, err := w.Create(t.Context(), actor, Start{Kind: "article", Agency: actor.Posts[0].Agency, Lang: lang, Content: w.content(headline)})
	must(t, err)
	return ref
}

// translate begins an edition in another language and gives it words.
func (w *world) translate(t testing.TB, from Ref, lang string) Ref {
	t.Helper()
	ref, err := w.Translate(t.Context(), w.translator, from, lang)
	must(t, err)
	return ref
}

// head is an edition's newest revision.
func (w *world) head(t testing.TB, ref Ref) Revision {
	t.Helper()
	rev, err := loadRevision(w.db.Read(t.Context()), ref, row(t, w.db, ref).Head)
	must(t, err)
	return rev
}

// save changes the newest text as somebody who has just opened it would.
func (w *world) save(t testing.TB, actor account.Actor, ref Ref, change func(*Content)) Revision {
	t.Helper()
	head := w.head(t, ref)
	c := head.Content
	change(&c)
	rev, err := w.Save(t.Context(), actor, ref, head.Number, c)
	must(t, err)
	return rev
}

// ask is what a careful person asks with a verb.
func (w *world) ask(t testing.TB, ref Ref, verb Verb) Ask {
	t.Helper()
	ask := Ask{Hash: w.head(t, ref).Hash, Answers: allChecked}
	if r := row(t, w.db, ref); verb == Confirm && r.LiveRevision != 0 {
		live, err := loadRevision(w.db.Read(t.Context()), ref, r.LiveRevision)
		must(t, err)
		ask.Hash = live.Hash
	}
	if verb.NeedsReason() || verb == Pass {
		ask.Reason = "Lý do của việc " + string(verb)
	}
	switch verb {
	case Correct:
		ask.Right = "Điều đúng"
	case SetEmbargo: // over before anything is scheduled
		ask.At = w.db.Now().Add(time.Minute)
	case Schedule:
		ask.At = w.db.Now().Add(time.Hour)
		if r := row(t, w.db, ref); r.PublishAt != 0 { // another one than it has
			ask.At = ask.At.Add(time.Minute)
		}
	case SetExpiry:
		ask.At = w.db.Now().Add(48 * time.Hour)
	}
	return ask
}

// allChecked answers every question of the workflows an agency begins with.
var allChecked = func() map[string]Answer {
	answers := map[string]Answer{}
	for _, w := range standard {
		for _, q := range questionsOf(w.Steps...) {
			answers[q.ID()] = Checked
		}
	}
	return answers
}()

func (w *world) do(t testing.TB, actor account.Actor, ref Ref, verbs ...Verb) {
	t.Helper()
	for _, verb := range verbs {
		if err := w.Do(t.Context(), actor, ref, verb, w.ask(t, ref, verb)); err != nil {
			t.Fatalf("%s by %s: %v", verb, actor.ID, err)
		}
	}
}

// step is one act on an edition's way, and who does it.
type step struct {
	who  func(*world) account.Actor
	verb Verb
}

func theWriter(w *world) account.Actor   { return w.reporter }
func theEditor(w *world) account.Actor   { return w.editor }
func theManaging(w *world) account.Actor { return w.managing }
func theChief(w *world) account.Actor    { return w.chief }

// ways lead from a draft to each state.
var ways = func() map[State][]step {
	submitted := []step{{theWriter, Submit}}
	editing := append(submitted[:1:1], step{theEditor, Take})
	deskReview := append(editing[:2:2], step{theEditor, Pass})
	approval := append(deskReview[:3:3], step{theManaging, Pass})
	approved := append(approval[:4:4], step{theChief, Approve})
	published := append(approved[:5:5], step{theChief, Publish})
	return map[State][]step{
		Draft: nil, Submitted: submitted, Editing: editing, DeskReview: deskReview, Approval: approval, Approved: approved, Published: published,
		Returned:  append(editing[:2:2], step{theEditor, Return}),
		Rejected:  append(approval[:4:4], step{theChief, Reject}),
		Scheduled: append(approved[:5:5], step{theManaging, Schedule}),
		Withdrawn: append(published[:6:6], step{theChief, Withdraw}),
		Archived:  append(approval[:4:4], step{theChief, Reject}, step{theManaging, Archive}),
	}
}()

// lead takes a draft to a state; the writer submits it.
func (w *world) lead(t testing.TB, writer account.Actor, ref Ref, state State) {
	t.Helper()
	for _, s := range ways[state] {
		who := s.who(w)
		if s.verb == Submit {
			who = writer
		}
		w.do(t, who, ref, s.verb)
	}
}

// bring makes a new edition that readers have nothing of, in a state.
func (w *world) bring(t testing.TB, writer account.Actor, state State) Ref {
	t.Helper()
	ref := w.draft(t, writer, "vi", "Bài ở trạng thái "+string(state))
	w.lead(t, writer, ref, state)
	return ref
}

// bringLive makes an edition that readers have, with a newer draft in a state;
// for Published and Corrected readers have the newest revision.
func (w *world) bringLive(t testing.TB, writer account.Actor, state State) Ref {
	t.Helper()
	ref := w.bring(t, writer, Published)
	if state == Published {
		return ref
	}
	w.save(t, writer, ref, func(c *Content) { c.Body += "\n\nCâu mới." })
	if state == Corrected {
		w.lead(t, writer, ref, Approved)
		w.do(t, w.chief, ref, Correct)
		return ref
	}
	w.lead(t, writer, ref, state)
	return ref
}

// placement is how an outlet stands to an edition, as a person sees it.
func (w *world) placement(t testing.TB, actor account.Actor, ref Ref, outlet string) Placement {
	t.Helper()
	offer, err := w.Offer(t.Context(), actor, ref)
	must(t, err)
	list := offer.Placements
	i := slices.IndexFunc(list, func(p Placement) bool { return p.Outlet == outlet })
	if i < 0 {
		t.Fatalf("%s has nothing to do with outlet %s: %+v", ref.subject(), outlet, list)
	}
	return list[i]
}

// place does something with it as somebody who has just looked at it.
func (w *world) place(t testing.TB, actor account.Actor, ref Ref, outlet string, verb PlaceVerb, ask PlaceAsk) error {
	t.Helper()
	ask.Hash = w.placement(t, actor, ref, outlet).Hash
	if verb.NeedsReason() && ask.Reason == "" {
		ask.Reason = "Lý do của việc " + string(verb)
	}
	return w.Place(t.Context(), actor, ref, outlet, verb, ask)
}

// picture puts a picture into the library.
func (w *world) picture(t testing.TB, shade uint8) media.Media {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		for y := range 30 {
			img.SetRGBA(x, y, color.RGBA{shade, uint8(x), uint8(y), 255})
		}
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, img))
	m, err := w.room.Add(t.Context(), w.reporter, portal, "hinh.png", &b)
	must(t, err)
	return m
}

// entries is how many entries the audit trail has.
func (w *world) entries(t testing.TB) int {
	t.Helper()
	return count(t, w.db, "SELECT COUNT(*) FROM audit")
}

// newest is the newest audit entry about an edition.
func (w *world) newest(t testing.TB, ref Ref) audit.Entry {
	t.Helper()
	entries, err := audit.Of(t.Context(), w.db, ref.subject(), 1)
	must(t, err)
	if len(entries) == 0 {
		t.Fatal("nothing was recorded")
	}
	return entries[0]
}

// releaseOf is what the log has of an edition, nil for nothing.
func (w *world) releaseOf(t testing.TB, ref Ref) *release.Entry {
	t.Helper()
	entries, err := w.log.After(t.Context(), 0, 100_000)
	must(t, err)
	for _, e := range entries {
		if e.Kind == release.ArticleKind && e.ID == ref.Item && e.Lang == ref.Lang {
			return &e
		}
	}
	return nil
}

// article is the public document of an edition that readers have.
func (w *world) article(t testing.TB, ref Ref) release.Article {
	t.Helper()
	e := w.releaseOf(t, ref)
	if e == nil || e.Op != release.Put {
		t.Fatalf("%s: readers do not have it: %+v", ref.subject(), e)
	}
	var doc release.Article
	must(t, e.Decode(&doc))
	return doc
}

func (w *world) verify(t testing.TB) {
	t.Helper()
	if _, err := audit.Verify(t.Context(), w.db); err != nil {
		t.Error(err)
	}
}

// key is the message key of a fault, "" for none; any other error fails the test.
func key(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	f, ok := fault.As(err)
	if !ok {
		t.Fatalf("internal error: %v", err)
	}
	return f.Message.Key
}

// at is the message key of a refused form field.
func at(t testing.TB, err error, name string) string {
	t.Helper()
	key(t, err)
	f, ok := fault.As(err)
	if !ok {
		return ""
	}
	return f.Fields[name].Key
}

func expectKind(t testing.TB, err error, want fault.Kind) {
	t.Helper()
	if got := fault.KindOf(err); got != want {
		t.Errorf("kind %q, want %q (%v)", got, want, err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
