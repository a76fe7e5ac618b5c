package account

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"

	"golang.org/x/text/unicode/norm"
)

// TestOnlyAdministratorsManagePeople tries every verb as every role, as a
// person without posts, as the program and as nobody.
func TestOnlyAdministratorsManagePeople(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, zero := t.Context(), time.Time{}
		target := w.reporter.ID
		membership := w.reporter.Memberships[0].ID
		verbs := map[string]func(Actor) error{
			"people":  func(a Actor) error { _, err := w.People(ctx, a); return err },
			"invite":  func(a Actor) error { _, _, err := w.Invite(ctx, a, NewPerson{}); return err },
			"reset":   func(a Actor) error { _, err := w.Reset(ctx, a, target); return err },
			"grant":   func(a Actor) error { return w.GrantRole(ctx, a, a.ID, portal, SystemAdministrator, zero, zero) },
			"end":     func(a Actor) error { return w.EndRole(ctx, a, membership) },
			"disable": func(a Actor) error { return w.Disable(ctx, a, target) },
			"enable":  func(a Actor) error { return w.Enable(ctx, a, target) },
		}
		actors := map[string]Actor{"nobody": {}, "the program": System(), "no posts": {ID: target}}
		for _, role := range Roles {
			if role != SystemAdministrator {
				actors[string(role)] = Actor{ID: target, Posts: []Post{{Agency: portal, Role: role}, {Agency: paper, Role: role}}}
			}
		}
		before := count(t, w.db, "SELECT count(*) FROM audit")
		for verb, do := range verbs {
			for who, actor := range actors {
				want := fault.Forbidden
				if actor.ID == "" {
					want = fault.SignedOut
				}
				if got := fault.KindOf(do(actor)); got != want {
					t.Errorf("%s as %s: %q", verb, who, got)
				}
			}
		}
		if after := count(t, w.db, "SELECT count(*) FROM audit"); after != before {
			t.Error("something was changed")
		}
	})
}

func TestNewPersonIsChecked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i, c := range []struct {
			change     func(*NewPerson)
			field, key string
		}{
			{func(p *NewPerson) {}, "", ""},
			{func(p *NewPerson) { p.Email = "" }, "email", "error.required"},
			{func(p *NewPerson) { p.Email = "không@example.vn" }, "email", "error.bad_email"},
			{func(p *NewPerson) { p.Email = "a@b@c.vn" }, "email", "error.bad_email"},
			{func(p *NewPerson) { p.Email = "a@localhost" }, "email", "error.bad_email"},
			{func(p *NewPerson) { p.Email = "a@-x.vn" }, "email", "error.bad_email"},
			{func(p *NewPerson) { p.Email = "a..b@x.vn" }, "email", "error.bad_email"},
			{func(p *NewPerson) { p.Email = "a@x.vn\r\nBcc: b@x.vn" }, "email", "error.bad_email"},
			{func(p *NewPerson) { p.Email = strings.Repeat("a", 65) + "@x.vn" }, "email", "error.bad_email"},
			{func(p *NewPerson) { p.Email = "a@" + strings.Repeat("xy.", 100) + "vn" }, "email", "error.too_long"},
			{func(p *NewPerson) { p.Email = strings.ToUpper(reporterEmail) + " " }, "email", "error.email.taken"},
			{func(p *NewPerson) { p.Name = "  " }, "name", "error.required"},
			{func(p *NewPerson) { p.Name = strings.Repeat("ê", 200) }, "", ""},
			{func(p *NewPerson) { p.Name = strings.Repeat("ê", 201) }, "name", "error.too_long"},
			{func(p *NewPerson) { p.Name = "A\x00B" }, "name", "error.invalid"},
			{func(p *NewPerson) { p.Name = "12345" }, "name", "error.invalid"},
			{func(p *NewPerson) { p.Name = "A\xff" }, "name", "error.not_utf8"},
			{func(p *NewPerson) { p.Locale = "xx" }, "locale", "error.invalid"},
			{func(p *NewPerson) { p.Roles = []Role{"king"} }, "role", "error.role.unknown"},
			{func(p *NewPerson) { p.Roles, p.Agency = []Role{Editor}, "" }, "agency", "error.agency.none"},
			{func(p *NewPerson) { p.Roles, p.Agency = []Role{Editor}, "nowhere" }, "agency", "error.agency.unknown"},
			{func(p *NewPerson) { p.Roles = []Role{Editor, Editor} }, "role", "error.role.held"},
			{func(p *NewPerson) { p.Password = "ngắn" }, "password", "error.password.short"},
		} {
			before := count(t, w.db, "SELECT count(*) FROM person")
			p := NewPerson{Email: fmt.Sprintf("nguoi%d@example.vn", i), Name: "Người mới", Password: goodPassword, Agency: portal}
			c.change(&p)
			_, err := w.Program().AddPerson(t.Context(), p)
			if got := field(t, err, c.field); got != c.key || (c.key == "") != (err == nil) {
				t.Errorf("%+v: %v, want %s %q", p, err, c.field, c.key)
			}
			if err != nil && count(t, w.db, "SELECT count(*) FROM person") != before {
				t.Errorf("%+v: refused and added all the same", p)
			}
		}
	})
}

func TestNamesAreStoredComposed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.person(t, NewPerson{Email: "nfd@example.vn", Name: norm.NFD.String("Nguyễn Thị Lệ")})
		if p.Name != "Nguyễn Thị Lệ" {
			t.Errorf("%q", p.Name)
		}
	})
}

func TestDisabledPersonKeepsName(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		must(t, w.Disable(ctx, w.admin, w.reporter.ID))
		expectKind(t, w.Disable(ctx, w.admin, w.reporter.ID), fault.NotPossible)
		_, err := w.ActorFor(ctx, w.reporter.ID)
		expectKind(t, err, fault.Forbidden)
		_, err = w.Reset(ctx, w.admin, w.reporter.ID)
		expectKind(t, err, fault.NotPossible)
		p, err := w.Person(ctx, w.reporter.ID)
		must(t, err)
		if !p.DisabledAt.Equal(morning) || p.Name == "" {
			t.Errorf("%+v", p)
		}
		must(t, w.Enable(ctx, w.admin, w.reporter.ID))
		expectKind(t, w.Enable(ctx, w.admin, w.reporter.ID), fault.NotPossible)
		w.enter(t, reporterEmail, goodPassword)
	})
}

func TestUnknownPeopleAreNotFound(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		_, err := w.Person(ctx, "x")
		expectKind(t, err, fault.NotFound)
		_, err = w.ActorFor(ctx, "")
		expectKind(t, err, fault.NotFound)
		expectKind(t, w.Disable(ctx, w.admin, "x"), fault.NotFound)
		expectKind(t, w.EndRole(ctx, w.admin, "x"), fault.NotFound)
		_, err = w.Reset(ctx, w.admin, "x")
		expectKind(t, err, fault.NotFound)
		err = w.GrantRole(ctx, w.admin, "x", portal, Editor, time.Time{}, time.Time{})
		expectKind(t, err, fault.NotFound)
		_, err = w.Program().FindByEmail(ctx, "x@example.vn")
		expectKind(t, err, fault.NotFound)
	})
}

func TestPeopleAreListedInFixedNumberOfQueries(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, p := range []NewPerson{
			{Email: "d@example.vn", Name: "Đặng Văn", Agency: paper, Roles: []Role{Editor, Reviser}},
			{Email: "e@example.vn", Name: "Êban Anh"},
			{Email: "a@example.vn", Name: "Ái Vân", Agency: portal, Roles: []Role{Auditor}},
		} {
			w.person(t, p)
		}
		var people []Person
		n := queries(t, w.db, func() {
			var err error
			people, err = w.People(t.Context(), w.admin)
			must(t, err)
		})
		if n != 2 {
			t.Errorf("%d queries", n)
		}
		var got []string
		for _, p := range people {
			var roles []string
			for _, m := range p.Memberships {
				roles = append(roles, string(m.Role))
			}
			slices.Sort(roles)
			got = append(got, p.Name+": "+strings.Join(roles, " "))
		}
		want := []string{"Ái Vân: auditor", "Đặng Văn: editor reviser", "Êban Anh: ", "Phóng viên: reporter", "Quản trị: admin"}
		if !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}

func TestNames(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		n := queries(t, w.db, func() {
			names, err := w.Names(t.Context(), []string{w.reporter.ID, "unknown", w.admin.ID, w.reporter.ID})
			must(t, err)
			if !maps.Equal(names, map[string]string{w.reporter.ID: "Phóng viên", w.admin.ID: "Quản trị"}) {
				t.Errorf("%v", names)
			}
		})
		if n != 1 {
			t.Errorf("%d queries", n)
		}
		if names, err := w.Names(t.Context(), nil); len(names) != 0 || err != nil {
			t.Error(names, err)
		}
	})
}

func TestSetLocale(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		must(t, w.SetLocale(t.Context(), actor, "en"))
		if got := w.actor(t, actor.ID).Locale; got != "en" {
			t.Errorf("locale %q", got)
		}
		if err := w.SetLocale(t.Context(), actor, "<b>"); field(t, err, "locale") != "error.invalid" {
			t.Error(err)
		}
	})
}

func TestLastAdministratorStays(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, zero := t.Context(), time.Time{}
		own, err := w.Person(ctx, w.admin.ID)
		must(t, err)
		refused := func(when string) {
			t.Helper()
			for _, err := range []error{w.Disable(ctx, w.admin, w.admin.ID), w.EndRole(ctx, w.admin, own.Memberships[0].ID), w.Program().Disable(ctx, w.admin.ID)} {
				if got := key(t, err); got != "error.person.last_admin" {
					t.Errorf("%s: %q", when, got)
				}
			}
			if w.actor(t, w.admin.ID).Posts == nil {
				t.Errorf("%s: refused and done all the same", when)
			}
		}
		refused("the only one")
		err = w.GrantRole(ctx, w.admin, w.reporter.ID, portal, SystemAdministrator, morning.Add(time.Hour), zero)
		must(t, err)
		refused("the other one begins in an hour")
		w.clock.Advance(time.Hour)
		must(t, w.Program().Disable(ctx, w.reporter.ID))
		refused("the other one is disabled")
		must(t, w.Program().Enable(ctx, w.reporter.ID))
		must(t, w.EndRole(ctx, w.admin, own.Memberships[0].ID))
		if _, err := w.People(ctx, w.actor(t, w.admin.ID)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an administrator who is none any more: %v", err)
		}
	})
}

func TestTwoAdministratorsCannotDisableEachOtherAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		other := w.person(t, NewPerson{Email: "hai@example.vn", Name: "Hai", Agency: portal, Roles: []Role{SystemAdministrator}})
		second := w.actor(t, other.ID)
		for round := range 10 {
			results := make([]error, 2)
			var both sync.WaitGroup
			both.Go(func() { results[0] = w.Disable(t.Context(), w.admin, second.ID) })
			both.Go(func() { results[1] = w.Disable(t.Context(), second, w.admin.ID) })
			both.Wait()
			disabled := 0
			for i, id := range []string{second.ID, w.admin.ID} {
				if key(t, results[i]) == "" {
					disabled++
					must(t, w.Program().Enable(t.Context(), id))
				}
			}
			if disabled != 1 {
				t.Fatalf("round %d: %d disabled", round, disabled)
			}
		}
	})
}

func TestRolesHaveDates(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		hour := func(n int) time.Time { return morning.Add(time.Duration(n) * time.Hour) }
		var zero time.Time
		for _, c := range []struct {
			name     string
			agency   string
			role     Role
			from, to time.Time
			field    string
			key      string
		}{
			{"from now on", portal, Editor, zero, zero, "", ""},
			{"the same again", portal, Editor, zero, zero, "role", "error.role.held"},
			{"the same later", portal, Editor, hour(5), hour(9), "role", "error.role.held"},
			{"the same elsewhere", paper, Editor, hour(2), hour(4), "", ""},
			{"overlapping at the end", paper, Editor, hour(3), hour(5), "role", "error.role.held"},
			{"around", paper, Editor, hour(1), zero, "role", "error.role.held"},
			{"just before", paper, Editor, hour(1), hour(2), "", ""},
			{"just after", paper, Editor, hour(4), zero, "", ""},
			{"ends before it begins", portal, Reviser, hour(3), hour(2), "to", "error.role.period"},
			{"no time at all", portal, Reviser, hour(3), hour(3), "to", "error.role.period"},
			{"over already", portal, Reviser, hour(-3), hour(-1), "to", "error.role.period"},
			{"a year of five digits", portal, Reviser, zero, time.Date(20260, 1, 1, 0, 0, 0, 0, time.UTC), "to", "error.bad_date"},
			{"a year long ago", portal, Reviser, time.Date(26, 1, 1, 0, 0, 0, 0, time.UTC), zero, "from", "error.bad_date"},
			{"unknown role", portal, "king", zero, zero, "role", "error.role.unknown"},
			{"unknown agency", "nowhere", Reviser, zero, zero, "agency", "error.agency.unknown"},
			{"no agency", "", Reviser, zero, zero, "agency", "error.agency.none"},
		} {
			err := w.GrantRole(ctx, w.admin, w.reporter.ID, c.agency, c.role, c.from, c.to)
			if got := field(t, err, c.field); got != c.key || (c.key == "") != (err == nil) {
				t.Errorf("%s: %v, want %s %q", c.name, err, c.field, c.key)
			}
		}
	})
}

func TestEndedRoleCanBeHeldAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, zero := t.Context(), time.Time{}
		for _, from := range []time.Time{zero, morning.Add(time.Hour)} { // under way, and not yet begun
			must(t, w.GrantRole(ctx, w.admin, w.reporter.ID, portal, Editor, from, zero))
			m := w.newestRole(t, w.reporter.ID)
			must(t, w.EndRole(ctx, w.admin, m.ID))
			expectKind(t, w.EndRole(ctx, w.admin, m.ID), fault.NotPossible)
			if e := w.newest(t, w.reporter.ID); e.Verb != "role.end" || e.Detail["role"] != "editor" || e.Detail["membership"] != m.ID {
				t.Errorf("recorded %+v", e)
			}
			if holds(w.actor(t, w.reporter.ID), Post{Agency: portal, Role: Editor}) {
				t.Error("an ended role is still held")
			}
		}
		w.clock.Advance(2 * time.Hour)
		if holds(w.actor(t, w.reporter.ID), Post{Agency: portal, Role: Editor}) {
			t.Error("a role that was ended before it began has begun")
		}
		must(t, w.GrantRole(ctx, w.admin, w.reporter.ID, portal, Editor, zero, zero))
		m := w.newestRole(t, w.reporter.ID)
		w.clock.Advance(time.Second)
		must(t, w.EndRole(ctx, w.admin, m.ID))
		expectKind(t, w.EndRole(ctx, w.admin, m.ID), fault.NotPossible)
	})
}

func TestAnyoneThere(t *testing.T) {
	eachNewInstallation(t, func(t *testing.T, a *Accounts, _ *apptest.ManualClock) {
		for _, want := range []bool{false, true} {
			if got, err := a.Any(t.Context()); got != want || err != nil {
				t.Errorf("%v %v, want %v", got, err, want)
			}
			_, err := a.Program().AddPerson(t.Context(), first)
			if want {
				expectKind(t, err, fault.Invalid) // the address is taken
			} else {
				must(t, err)
			}
		}
	})
}
