package media_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/store"
	"doingoai/app/wording"
)

// library is a room with a clock.
type library struct {
	*media.Room
	t     testing.TB
	db    *store.DB
	clock *apptest.ManualClock
}

func eachLibrary(t *testing.T, test func(*testing.T, *library)) {
	start := time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC)
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		test(t, &library{media.New(db, blob.Folder(t.TempDir())), t, db, clock})
	})
}

func holding(id, agency string, roles ...account.Role) account.Actor {
	actor := account.Actor{ID: id}
	for _, role := range roles {
		actor.Posts = append(actor.Posts, account.Post{Agency: agency, Role: role})
	}
	return actor
}

var (
	editor     = holding("p2", "a1", account.Editor)
	translator = holding("p3", "a1", account.Translator)
	neighbour  = holding("p4", "a2", account.Editor)
	auditor    = holding("p5", "a2", account.Auditor)
)

// brought puts a picture into the library for its agency.
func (l *library) brought(name string, shade int) media.Media {
	l.t.Helper()
	return add(l.t, l.Room, name, asPNG(l.t, gradient(20+shade, 10)))
}

func (l *library) entry(hash string) media.Media {
	l.t.Helper()
	m, err := l.Get(ctx, hash)
	if err != nil {
		l.t.Fatal(err)
	}
	return m
}

// use notes where a picture is used.
func (l *library) use(item string, place media.Place, files ...string) {
	l.t.Helper()
	if err := l.db.Write(ctx, func(tx *store.Tx) error { return l.Using(tx, item, "vi", place, files) }); err != nil {
		l.t.Fatal(err)
	}
}

// names are those of the files that somebody finds, in order.
func (l *library) names(actor account.Actor, f media.Filter) []string {
	l.t.Helper()
	found, _, err := l.Find(ctx, actor, f)
	if err != nil {
		l.t.Fatal(err)
	}
	names := []string{}
	for _, m := range found {
		names = append(names, m.FileName)
	}
	return names
}

func kindIs(t testing.TB, what string, err error, want fault.Kind, field ...string) {
	t.Helper()
	f, _ := fault.As(err)
	if fault.KindOf(err) != want || len(field) > 0 && f.Fields[field[0]].Key == "" {
		t.Errorf("%s: %v, want %s at %v", what, err, want, field)
	}
}

func TestWhatAPictureShowsIsSaidOnceForAll(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		m := l.brought("IMG_1.png", 1)
		said := media.Description{
			Words: map[string]media.Words{"vi": {Alt: "  Cửa khẩu \n Hoa Lư ", Caption: "Lộc Ninh"}, "en": {Alt: "Hoa Lu border gate"}, "km": {}},
			Focus: media.Focus{X: 250, Y: 1000},
		}
		if err := l.Describe(ctx, translator, m.Hash, m.Version, said); err != nil {
			t.Fatal(err)
		}
		now := l.entry(m.Hash)
		want := map[string]media.Words{"vi": {Alt: "Cửa khẩu Hoa Lư", Caption: "Lộc Ninh"}, "en": {Alt: "Hoa Lu border gate"}}
		if !maps.Equal(now.Words, want) || now.Focus != said.Focus || now.Version != m.Version+1 {
			t.Errorf("said %v at %v, version %d", now.Words, now.Focus, now.Version)
		}
		kindIs(t, "a second person with the old version", l.Describe(ctx, editor, m.Hash, m.Version, media.Description{}), fault.Conflict)
		kindIs(t, "another agency", l.Describe(ctx, neighbour, m.Hash, now.Version, said), fault.NotFound)
		kindIs(t, "too long", l.Describe(ctx, editor, m.Hash, now.Version, media.Description{
			Words: map[string]media.Words{"en": {Alt: strings.Repeat("x", media.MaxAlt+1)}}}), fault.Invalid, "alt_en")
		kindIs(t, "outside of the picture", l.Describe(ctx, editor, m.Hash, now.Version, media.Description{Focus: media.Focus{X: 1001}}), fault.Invalid, "focus_x")
		if !maps.Equal(l.entry(m.Hash).Words, want) {
			t.Error("a refusal changed the words")
		}
		trail, err := audit.Of(ctx, l.db, "media/"+m.Hash, 9)
		if err != nil || len(trail) != 2 || trail[0].Verb != "media.describe" || trail[0].ActorID != "p3" || trail[0].AgencyID != "a1" {
			t.Errorf("trail %+v (%v)", trail, err)
		}
	})
}

func TestRightsSayWhoMayUseAPictureAndUntilWhen(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		m := l.brought("cau.png", 1)
		now := l.clock.Now()
		rights := media.Rights{Credit: "Ảnh: Văn phòng", Licence: media.CCBY, Terms: "Không cắt", Expires: now.Add(48 * time.Hour)}
		kindIs(t, "a translator", l.SetRights(ctx, translator, m.Hash, 1, rights), fault.Forbidden)
		kindIs(t, "no credit", l.SetRights(ctx, editor, m.Hash, 1, media.Rights{Licence: media.CCBYSA}), fault.Invalid, "credit")
		kindIs(t, "no such licence", l.SetRights(ctx, editor, m.Hash, 1, media.Rights{Licence: "stolen"}), fault.Invalid, "licence")
		if err := l.SetRights(ctx, editor, m.Hash, 1, rights); err != nil {
			t.Fatal(err)
		}
		kindIs(t, "an old version", l.SetRights(ctx, editor, m.Hash, 1, media.Rights{}), fault.Conflict)
		got := l.entry(m.Hash)
		if got.Rights != rights {
			t.Errorf("rights %+v, want %+v", got.Rights, rights)
		}
		if err := got.Usable("a1", now); err != nil {
			t.Errorf("the agency itself: %v", err)
		}
		kindIs(t, "another agency's", got.Usable("a2", now), fault.Invalid)
		kindIs(t, "over", got.Usable("a1", rights.Expires), fault.Invalid)
		if names := l.names(neighbour, media.Filter{}); len(names) != 0 {
			t.Errorf("another agency sees %v", names)
		}
		rights.Shared = true
		if err := l.SetRights(ctx, editor, m.Hash, 2, rights); err != nil {
			t.Fatal(err)
		}
		if err := l.entry(m.Hash).Usable("a2", now); err != nil {
			t.Errorf("shared: %v", err)
		}
		if names := l.names(neighbour, media.Filter{}); len(names) != 1 {
			t.Errorf("of what is shared another agency sees %v", names)
		}
		kindIs(t, "another agency changes what is shared", l.SetRights(ctx, neighbour, m.Hash, 3, rights), fault.Forbidden)
		trail, err := audit.Of(ctx, l.db, "media/"+m.Hash, 1)
		if err != nil || trail[0].Verb != "media.rights" || trail[0].Detail["shared"] != "yes" || trail[0].Detail["shared.before"] != "no" {
			t.Errorf("trail %+v (%v)", trail, err)
		}
	})
}

func TestWhoBringsAPictureTooMayUseIt(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		m := l.brought("cau.png", 1)
		again, err := l.Add(ctx, neighbour, "a2", "của chúng tôi.png", strings.NewReader(string(asPNG(t, gradient(21, 10)))))
		if err != nil || again.Hash != m.Hash || again.AgencyID != "a1" || again.FileName != "cau.png" {
			t.Fatalf("%+v (%v)", again, err)
		}
		if err := again.Usable("a2", l.clock.Now()); err != nil {
			t.Error(err)
		}
		kindIs(t, "it is still the first agency's", l.Delete(ctx, neighbour, m.Hash), fault.Forbidden)
	})
}

func TestTheLibraryIsSearchedByWhatPeopleSayOfPictures(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		gate, road, old := l.brought("Cửa khẩu Hoa Lư.png", 1), l.brought("duong_100%.png", 2), l.brought("old.png", 3)
		l.clock.Advance(time.Second)
		fresh := l.brought("moi.png", 4)
		err := l.Describe(ctx, editor, road.Hash, 1, media.Description{Words: map[string]media.Words{"vi": {Caption: "Đường ở Lộc Ninh"}}, Focus: media.Middle})
		if err != nil {
			t.Fatal(err)
		}
		for hash, days := range map[string]int{old.Hash: -1, gate.Hash: 29, road.Hash: 31} {
			version := l.entry(hash).Version
			if err := l.SetRights(ctx, editor, hash, version, media.Rights{Credit: "Sở Ngoại vụ", Expires: l.clock.Now().AddDate(0, 0, days)}); err != nil {
				t.Fatal(err)
			}
		}
		l.use("i1", media.Newest, gate.Hash)
		for _, c := range []struct {
			name  string
			actor account.Actor
			f     media.Filter
			want  []string
		}{
			{"all, the newest first", editor, media.Filter{}, []string{"moi.png", "…", "…", "…"}},
			{"by name, without marks", editor, media.Filter{Text: "cua khau"}, []string{gate.FileName}},
			{"by name, with marks", editor, media.Filter{Text: "KHẨU HOA"}, []string{gate.FileName}},
			{"by caption", translator, media.Filter{Text: "loc ninh"}, []string{road.FileName}},
			{"a sign that is a wildcard elsewhere", editor, media.Filter{Text: "100%"}, []string{road.FileName}},
			{"only a wildcard", editor, media.Filter{Text: "_1"}, []string{road.FileName}},
			{"expiring", editor, media.Filter{Expiring: true, Text: "so ngoai vu"}, []string{"…", "…"}},
			{"unused", editor, media.Filter{Unused: true, Text: "hoa lu"}, nil},
			{"usable by its agency", editor, media.Filter{Usable: "a1", Text: "old"}, nil},
			{"of an agency", editor, media.Filter{Agency: "a2"}, nil},
			{"somebody of another agency", neighbour, media.Filter{}, nil},
			{"an auditor", auditor, media.Filter{Text: "moi"}, []string{fresh.FileName}},
		} {
			got := l.names(c.actor, c.f)
			if len(got) != len(c.want) || len(got) > 0 && c.want[0] != "…" && got[0] != c.want[0] {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
		_, _, err = l.Find(ctx, holding("p9", "a1", account.Contributor), media.Filter{})
		kindIs(t, "who may see no library", err, fault.Forbidden)
	})
}

func TestThePagesOfTheLibraryShowEachFileOnce(t *testing.T) {
	l := &library{t: t, db: apptest.NewDatabase(t)}
	l.Room = media.New(l.db, blob.Folder(t.TempDir()))
	for i := range media.PageSize + 2 {
		l.brought("x.png", i)
	}
	seen := map[string]bool{}
	for page, want := range []int{media.PageSize, 2} {
		found, more, err := l.Find(ctx, editor, media.Filter{Page: page + 1})
		if err != nil || len(found) != want || more != (page == 0) {
			t.Errorf("page %d has %d files, more: %v (%v)", page+1, len(found), more, err)
		}
		for _, m := range found {
			seen[m.Hash] = true
		}
	}
	if len(seen) != media.PageSize+2 {
		t.Errorf("%d files were seen", len(seen))
	}
}

func TestWhatIsUsedIsNotDeleted(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		m := add(t, l.Room, "to.jpg", asJPEG(t, gradient(900, 300)))
		l.use("i1", media.Newest, m.Small.Hash, m.Hash, strings.Repeat("f", 64))
		l.use("i1", media.Live, m.Hash)
		uses, err := l.Uses(ctx, m.Hash)
		if want := []media.Use{{Item: "i1", Lang: "vi", Newest: true, Live: true}}; err != nil || !slices.Equal(uses, want) {
			t.Errorf("uses %+v (%v)", uses, err)
		}
		kindIs(t, "used", l.Delete(ctx, editor, m.Hash), fault.NotPossible)
		l.use("i1", media.Newest)
		kindIs(t, "still with readers", l.Delete(ctx, editor, m.Hash), fault.NotPossible)
		l.use("i1", media.Live)
		kindIs(t, "a reporter", l.Delete(ctx, reporter, m.Hash), fault.Forbidden)
		if err := l.Delete(ctx, editor, m.Hash); err != nil {
			t.Fatal(err)
		}
		kindIs(t, "twice", l.Delete(ctx, editor, m.Hash), fault.NotPossible)
		kindIs(t, "put into a text", l.entry(m.Hash).Usable("a1", l.clock.Now()), fault.Invalid)
		if names := l.names(editor, media.Filter{}); len(names) != 0 {
			t.Errorf("the library still has %v", names)
		}
		if err := l.Restore(ctx, editor, m.Hash); err != nil || len(l.names(editor, media.Filter{})) != 1 {
			t.Errorf("not restored: %v", err)
		}
		kindIs(t, "restored twice", l.Restore(ctx, editor, m.Hash), fault.NotPossible)
	})
}

func TestBytesGoOnlyWhenNothingNeedsThem(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		forgotten, released, used := l.brought("quen.png", 1), l.brought("da-dang.png", 2), l.brought("dung.png", 3)
		l.use("i1", media.Live, released.Hash)
		l.use("i1", media.Live)
		for _, m := range []media.Media{forgotten, released, used} {
			if err := l.Delete(ctx, editor, m.Hash); err != nil {
				t.Fatal(err)
			}
		}
		l.use("i2", media.Newest, used.Hash) // saved before the deletion was seen
		sweep := func() {
			t.Helper()
			if err := l.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
		}
		sweep()
		read(t, l.Room, forgotten.Hash)
		l.clock.Advance(media.Grace + time.Second)
		sweep()
		if _, err := l.Open(ctx, forgotten.Hash); fault.KindOf(err) != fault.NotFound {
			t.Errorf("what nobody needs is still there: %v", err)
		}
		_, err := l.Get(ctx, forgotten.Hash)
		kindIs(t, "its row", err, fault.NotFound)
		for _, m := range []media.Media{released, used} {
			pixels(t, l.Room, m.File)
		}
		again := l.brought("quen.png", 1)
		pixels(t, l.Room, again.File)
	})
}

// Whoever holds a post in some languages says in those what a file shows, and
// leaves alone what it says in others.
func TestAFileIsDescribedInTheLanguagesOfAPost(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		khmer := account.Actor{ID: "p6", Posts: []account.Post{{Agency: "a1", Role: account.Translator, Languages: account.Languages{"km"}}}}
		m := l.brought("Cầu.png", 3)
		say := func(who account.Actor, focus media.Focus, words map[string]media.Words) error {
			return l.Describe(ctx, who, m.Hash, l.entry(m.Hash).Version, media.Description{Words: words, Focus: focus})
		}
		vi, km := media.Words{Alt: "Cầu", Caption: "Cầu mới"}, media.Words{Alt: "ស្ពាន"}
		if err := say(editor, media.Middle, map[string]media.Words{"vi": vi}); err != nil {
			t.Fatal(err)
		}
		if err := say(khmer, media.Focus{X: 100, Y: 100}, map[string]media.Words{"vi": vi, "km": km}); err != nil {
			t.Fatalf("in Khmer: %v", err)
		}
		for name, words := range map[string]map[string]media.Words{
			"another caption": {"vi": {Alt: "Cầu", Caption: "Cầu cũ"}, "km": km},
			"words taken out": {"km": km},
			"words put in":    {"vi": vi, "km": km, "en": {Alt: "A bridge"}},
		} {
			kindIs(t, name, say(khmer, media.Middle, words), fault.Forbidden)
		}
		if err := say(editor, media.Middle, map[string]media.Words{"vi": {Alt: "Cây cầu", Caption: "Cầu mới"}, "km": km, "en": {Alt: "A bridge"}}); err != nil {
			t.Fatal(err)
		}
		if got := l.entry(m.Hash).Words; got["vi"].Alt != "Cây cầu" || got["km"] != km {
			t.Errorf("it says %v", got)
		}
		list, err := wording.New(l.db).Of(ctx, wording.Media, m.Hash)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			for _, who := range []account.Actor{khmer, editor} {
				may := who.ID == editor.ID || s.Lang == "km"
				if err := l.StillRight(ctx, who, m.Hash, s.Part, s.Lang, s.Seen()); may != (err == nil) && fault.KindOf(err) != fault.NotPossible {
					t.Errorf("%s in %s by %s: %v", s.Part, s.Lang, who.ID, err)
				}
			}
		}
	})
}
