package term_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/term"
)

var ctx = context.Background()

// world is a room of terms and two agencies with people.
type world struct {
	*testing.T
	*term.Room
	db            *store.DB
	clock         *apptest.ManualClock
	portal, paper string
	admin         account.Actor
	chief         account.Actor // of the portal
	translator    account.Actor // of the portal
	reporter      account.Actor
}

func eachWorld(t *testing.T, f func(w world)) {
	t.Helper()
	apptest.EachDatabaseAt(t, today, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		w := world{T: t, Room: term.New(db), db: db, clock: clock}
		agencies := agency.New(db, release.NewLog(db))
		for code, id := range map[string]*string{"portal": &w.portal, "paper": &w.paper} {
			var err error
			*id, err = agencies.Ensure(ctx, account.System(), code, map[string]string{"vi": code})
			w.must(err)
		}
		accounts := account.New(db, account.Options{Argon: account.LightArgon(), SecondFactor: account.Offered})
		for role, actor := range map[account.Role]*account.Actor{
			account.SystemAdministrator: &w.admin, account.EditorInChief: &w.chief, account.Translator: &w.translator, account.Reporter: &w.reporter,
		} {
			p, err := accounts.Program().AddPerson(ctx, account.NewPerson{
				Email: string(role) + "@example.vn", Name: string(role), Password: "hoa phượng đỏ ven sông", Locale: "vi", Agency: w.portal, Roles: []account.Role{role},
			})
			w.must(err)
			*actor, err = accounts.ActorFor(ctx, p.ID)
			w.must(err)
		}
		f(w)
	})
}

func (w world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w world) refused(err error, field, key string) {
	w.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || f.Fields[field].Key != key {
		w.Errorf("got %v, want %s at %s", err, key, field)
	}
}

func (w world) kind(err error, kind fault.Kind) {
	w.Helper()
	if fault.KindOf(err) != kind {
		w.Errorf("got %v, want %s", err, kind)
	}
}

func (w world) define(t term.Term) string {
	w.Helper()
	if t.Agency == "" {
		t.Agency = w.portal
	}
	id, err := w.Define(ctx, w.admin, t)
	w.must(err)
	return id
}

func (w world) get(id string) term.Term {
	w.Helper()
	t, err := w.Get(ctx, id)
	w.must(err)
	return t
}

func TestATermIsKeptAsItWasDefined(t *testing.T) {
	eachWorld(t, func(w world) {
		want := also(called("  Ủy ban   nhân dân tỉnh ", "en required Provincial People's Committee", "en forbidden Provincial Government", "km required គណៈកម្មាធិការ",
			"en allowed People's Committee of ... Province"), "UBND tỉnh", "UBND tỉnh", "")
		want.ID, want.Note, want.Locked = "", "Cơ quan hành chính ở tỉnh", true
		want.Basis = release.Basis{Document: "Thông tư 05/2026/TT-BNG", On: today.Add(-240 * time.Hour), Link: "https://example.vn/tt"}
		id := w.define(want)
		got := w.get(id)
		if got.Wording != "Ủy ban nhân dân tỉnh" || !slices.Equal(got.Variants, []string{"UBND tỉnh"}) || got.Basis != want.Basis || !got.Locked || got.Version != 1 || got.Note != want.Note {
			t.Errorf("%+v", got)
		}
		if en := got.In("en", term.Allowed); !slices.Equal(en, []string{"People's Committee of … Province"}) || !slices.Equal(got.Languages(), []string{"en", "km"}) {
			t.Errorf("%+v", got.Renderings)
		}
		trail, err := w.History(ctx, id)
		if err != nil || len(trail) != 1 || trail[0].Verb != "term.define" || trail[0].Detail["required_en"] != "Provincial People's Committee" || trail[0].AgencyID != w.portal {
			t.Errorf("%+v %v", trail, err)
		}
	})
}

func TestAChangeIsOnTheTrailWithWhatWasBefore(t *testing.T) {
	eachWorld(t, func(w world) {
		id := w.define(called("kiều bào", "en required overseas Vietnamese"))
		is := w.get(id)
		is.Renderings = append(is.Renderings, term.Rendering{Lang: "en", Text: "Viet kieu", Standing: term.Forbidden})
		is.Wording = "Kiều bào"
		w.must(w.Change(ctx, w.translator, is))
		w.must(w.Change(ctx, w.translator, w.get(id))) // nothing is other than it was
		trail, err := w.History(ctx, id)
		if err != nil || len(trail) != 2 || trail[0].Detail["wording.before"] != "kiều bào" || trail[0].Detail["forbidden_en"] != "Viet kieu" || trail[0].ActorID != w.translator.ID {
			t.Errorf("%+v %v", trail, err)
		}
		w.kind(w.Change(ctx, w.translator, is), fault.Conflict) // begun before the change
		if w.get(id).Version != 2 {
			t.Errorf("%+v", w.get(id))
		}
		_, err = audit.Verify(ctx, w.db)
		w.must(err)
	})
}

func TestATermEndsAndStays(t *testing.T) {
	eachWorld(t, func(w world) {
		id := w.define(called("Sở Kế hoạch và Đầu tư", "en required Department of Planning and Investment"))
		w.must(w.End(ctx, w.translator, id, 1, time.Time{}))
		base, err := w.Base(ctx)
		w.must(err)
		if got := base.Check("vi", "Sở Kế hoạch và Đầu tư", "en", "x", w.db.Now().Add(time.Hour)); len(got) != 0 {
			t.Errorf("after its end: %+v", got)
		}
		if got := base.Check("vi", "Sở Kế hoạch và Đầu tư", "en", "x", today.Add(-time.Hour)); len(got) != 1 {
			t.Errorf("before its end: %+v", got)
		}
		current, n, err := w.List(ctx, term.Filter{})
		ended, m, errEnded := w.List(ctx, term.Filter{Ended: true})
		if n+len(current) != 0 || m != 1 || len(ended) != 1 || err != nil || errEnded != nil {
			t.Error(n, m, err, errEnded)
		}
		again := called("Sở Kế hoạch và Đầu tư")
		again.Agency = w.portal
		_, err = w.Define(ctx, w.admin, again)
		w.refused(err, "wording", "error.term.taken") // its time reaches back into the other's
		again.From = w.db.Now().Add(time.Hour)
		_, err = w.Define(ctx, w.admin, again)
		w.must(err)
		w.refused(w.End(ctx, w.admin, id, 2, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)), "wording", "error.term.taken")
	})
}

func TestWhatCannotBeATermIsRefusedAtItsField(t *testing.T) {
	eachWorld(t, func(w world) {
		w.define(also(called("kiều bào"), "người Việt ở nước ngoài"))
		long := strings.Repeat("ộ", term.MaxText+1)
		for _, c := range []struct {
			t          term.Term
			field, key string
		}{
			{called(""), "wording", "error.required"},
			{called(long), "wording", "error.too_long"},
			{called("X\xff"), "wording", "error.not_utf8"},
			{called("?!"), "wording", "error.term.no_word"},
			{called("a|b"), "wording", "error.term.bar"},
			{called("KIỀU BÀO"), "wording", "error.term.taken"},
			{called("Người Việt ở nước ngoài"), "wording", "error.term.taken"},
			{also(called("việt kiều"), "kiều bào"), "variants", "error.term.taken"},
			{also(called("x"), long), "variants", "error.too_long"},
			{also(called("x"), strings.Split(strings.Repeat("biến thể ", 15), " ")...), "", ""},
			{called("x1", "EN! required x"), "required_EN!", "error.language.unknown"},
			{called("x1", "en maybe x"), "renderings", "error.invalid"},
			{called("x1", "en allowed x", "en forbidden X"), "forbidden_en", "error.term.two_standings"},
			{called("x1", "vi required x"), "required_vi", "error.term.own_language"},
			{called("x1", "vi forbidden X1"), "forbidden_vi", "error.term.two_standings"},
			{called("x1", "en required a … b … c"), "required_en", "error.term.one_gap"},
			{valid(called("x1"), today, today), "valid_to", "error.term.to_early"},
			{term.Term{Lang: "", Wording: "x1"}, "lang", "error.language.unknown"},
			{term.Term{Lang: "vi", Wording: "x1", Note: strings.Repeat("x", term.MaxNote+1)}, "note", "error.too_long"},
			{term.Term{Lang: "vi", Wording: "x1", Basis: release.Basis{Link: "javascript:x"}}, "link", "error.bad_link"},
			{term.Term{Lang: "vi", Wording: "x1", Agency: "none"}, "agency", "error.agency.unknown"},
		} {
			if c.t.Agency == "" {
				c.t.Agency = w.portal
			}
			_, err := w.Define(ctx, w.admin, c.t)
			if c.key == "" {
				w.must(err)
				continue
			}
			w.refused(err, c.field, c.key)
		}
		var many []string
		for i := range term.MaxVariants + 1 {
			many = append(many, fmt.Sprint("biến thể ", i))
		}
		much := also(called("x2"), many...)
		much.Agency = w.portal
		_, err := w.Define(ctx, w.admin, much)
		w.refused(err, "variants", "error.term.too_many")
	})
}

func TestWhoMayDefineAndWhoMayLock(t *testing.T) {
	eachWorld(t, func(w world) {
		id := w.define(called("một"))
		locked := called("hai")
		locked.Locked = true
		official := w.define(locked)
		other := called("ba")
		other.Agency = w.paper
		theirs := w.define(other)
		for name, c := range map[string]struct {
			actor account.Actor
			want  fault.Kind
		}{
			"nobody": {account.Actor{}, fault.Forbidden}, "reporter": {w.reporter, fault.Forbidden}, "the program": {account.System(), fault.Forbidden},
		} {
			fresh := called("bốn")
			fresh.Agency = w.portal
			_, err := w.Define(ctx, c.actor, fresh)
			w.kind(err, c.want)
			w.kind(w.Change(ctx, c.actor, w.get(id)), c.want)
			w.kind(w.End(ctx, c.actor, id, 1, time.Time{}), c.want)
			if name == "the program" { // which brings lists along
				continue
			}
			_, err = w.Import(ctx, c.actor, term.List{Agency: w.portal, Body: "wording\nnăm\n"}, false)
			w.kind(err, c.want)
			w.kind(w.Propose(ctx, c.actor, term.List{Agency: w.portal, Body: "wording\nnăm\n"}), c.want)
		}
		w.kind(w.Change(ctx, w.translator, w.get(theirs)), fault.Forbidden)
		w.kind(w.End(ctx, w.translator, official, 1, time.Time{}), fault.Forbidden)
		taken := w.get(id)
		taken.Locked = true
		w.kind(w.Change(ctx, w.translator, taken), fault.Forbidden)
		w.must(w.Change(ctx, w.chief, taken))
		given := w.get(id)
		given.Agency = w.paper
		w.kind(w.Change(ctx, w.chief, given), fault.Forbidden)
		w.must(w.Change(ctx, w.admin, given))
		loose := w.get(official)
		loose.Locked = false
		w.kind(w.Change(ctx, w.translator, loose), fault.Forbidden)
		w.must(w.Change(ctx, w.chief, loose))
	})
}

func TestTermsAreFoundByTheirWords(t *testing.T) {
	eachWorld(t, func(w world) {
		w.define(also(called("Ủy ban nhân dân tỉnh", "en required Provincial People's Committee", "km allowed គណៈកម្មាធិការ"), "UBND tỉnh"))
		w.define(called("kiều bào", "en required overseas Vietnamese", "zh forbidden 越侨"))
		locked := called("100 % vốn_nước ngoài", "en allowed foreign-owned")
		locked.Agency, locked.Locked = w.paper, true
		w.define(locked)
		for _, c := range []struct {
			f    term.Filter
			want string
		}{
			{term.Filter{}, "100 % vốn_nước ngoài|kiều bào|Ủy ban nhân dân tỉnh"},
			{term.Filter{Words: "uy ban"}, "Ủy ban nhân dân tỉnh"},
			{term.Filter{Words: " UBND  TỈNH "}, "Ủy ban nhân dân tỉnh"},
			{term.Filter{Words: "OVERSEAS"}, "kiều bào"},
			{term.Filter{Words: "100 %"}, "100 % vốn_nước ngoài"},
			{term.Filter{Words: "_"}, "100 % vốn_nước ngoài"},
			{term.Filter{Words: "%kieu"}, ""},
			{term.Filter{Words: `\`}, ""},
			{term.Filter{Lang: "km"}, "Ủy ban nhân dân tỉnh"},
			{term.Filter{Without: "km"}, "100 % vốn_nước ngoài|kiều bào"},
			{term.Filter{Without: "zh", Words: "kieu bao"}, "kiều bào"}, // what is forbidden is no rendering
			{term.Filter{Agency: w.paper}, "100 % vốn_nước ngoài"},
			{term.Filter{Locked: true}, "100 % vốn_nước ngoài"},
			{term.Filter{Ended: true}, ""},
			{term.Filter{Page: 2}, ""},
		} {
			found, n, err := w.List(ctx, c.f)
			var wordings []string
			for _, f := range found {
				wordings = append(wordings, f.Wording)
			}
			if got := strings.Join(wordings, "|"); err != nil || got != c.want || c.f.Page == 0 && n != len(found) {
				t.Errorf("%+v: %q (%d) %v, want %q", c.f, got, n, err, c.want)
			}
		}
	})
}

// Two rooms over one database are two processes.
func TestTheBaseNoticesChangesOfOtherProcesses(t *testing.T) {
	eachWorld(t, func(w world) {
		other := term.New(w.db)
		find := func() int {
			base, err := other.Base(ctx)
			w.must(err)
			return len(base.Hints("vi", "kiều bào và ngoại kiều", "en", today))
		}
		if find() != 0 {
			t.Error("there is something already")
		}
		id := w.define(called("kiều bào", "en required overseas Vietnamese"))
		if find() != 1 {
			t.Error("a definition")
		}
		_, err := w.Import(ctx, w.admin, term.List{Agency: w.portal, Body: "wording,en\nngoại kiều,foreign resident\n"}, false)
		w.must(err)
		if find() != 2 {
			t.Error("a list")
		}
		w.must(w.End(ctx, w.admin, id, 1, today.Add(-time.Hour)))
		if find() != 1 {
			t.Error("an end")
		}
		one, err := other.Base(ctx)
		w.must(err)
		if two, err := other.Base(ctx); err != nil || one != two {
			t.Error("what has not changed is built anew")
		}
	})
}

func TestAnAgencyThatTakesAnothersPlaceAnswersForItsTerms(t *testing.T) {
	eachWorld(t, func(w world) {
		id := w.define(called("một"))
		w.must(w.db.Write(ctx, func(tx *store.Tx) error {
			n, err := w.Inherit(tx, w.admin, w.portal, w.paper)
			if n != 1 {
				t.Error(n)
			}
			return err
		}))
		if got := w.get(id); got.Agency != w.paper || got.Version != 2 {
			t.Errorf("%+v", got)
		}
	})
}
