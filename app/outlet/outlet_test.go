package outlet_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/store"
)

var (
	ctx      = context.Background()
	admin    = account.Actor{ID: "p1", Posts: []account.Post{{Agency: "", Role: account.SystemAdministrator}}}
	reporter = account.Actor{ID: "p2", Posts: []account.Post{{Agency: "a", Role: account.Reporter}}}
)

type texts = map[string]release.OutletText

// place is a room with one agency.
type place struct {
	*outlet.Room
	log    *release.Log
	db     *store.DB
	agency string
}

func world(t *testing.T, f func(t *testing.T, p place)) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		log := release.NewLog(db)
		id, err := agency.New(db, log).Ensure(ctx, account.System(), "office", map[string]string{"vi": "Văn phòng"})
		if err != nil {
			t.Fatal(err)
		}
		f(t, place{outlet.New(db, log), log, db, id})
	})
}

// portal is an outlet that can be set up.
func (p place) portal(code string, hosts ...string) outlet.Outlet {
	return outlet.Outlet{
		Code: code, Agency: p.agency, Theme: "portal", Hosts: hosts, Languages: []string{"vi", "en"},
		Texts: texts{"vi": {Name: "Cổng thông tin", Email: "cong@binhphuoc.gov.vn"}, "en": {Name: "Portal"}},
	}
}

func (p place) ensure(t *testing.T, o outlet.Outlet) string {
	t.Helper()
	id, err := p.Ensure(ctx, account.System(), o)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (p place) released(t *testing.T, id string) release.Outlet {
	t.Helper()
	entries, err := p.log.After(ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var o release.Outlet
	for _, e := range entries {
		if e.Key == (release.Key{Kind: release.OutletKind, ID: id}) {
			if err := e.Decode(&o); err != nil {
				t.Fatal(err)
			}
		}
	}
	return o
}

func refused(t *testing.T, err error, field, key string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || f.Fields[field].Key != key {
		t.Errorf("got %v, want %s at %s", err, key, field)
	}
}

func TestExactlyOneOutletIsTheDefault(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		defaults := func() (codes []string) {
			all, err := p.All(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range all {
				if o.Default != p.released(t, o.ID).Default {
					t.Errorf("%s: readers have another default", o.Code)
				}
				if o.Default {
					codes = append(codes, o.Code)
				}
			}
			return codes
		}
		steps := []struct {
			code      string
			isDefault bool
			want      string
		}{{"first", false, "first"}, {"second", false, "first"}, {"third", true, "third"}, {"third", true, "third"}, {"first", true, "third"}}
		for _, s := range steps {
			o := p.portal(s.code, s.code+".localhost")
			o.Default = s.isDefault
			p.ensure(t, o)
			if got := defaults(); !slices.Equal(got, []string{s.want}) {
				t.Errorf("after %s: %v, want %s", s.code, got, s.want)
			}
		}
	})
}

func TestAHostNameBelongsToOneOutlet(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		first := p.ensure(t, p.portal("a", " Portal.LOCALHOST. ", "localhost", "portal.localhost"))
		second := p.ensure(t, p.portal("b", "b.localhost"))
		if got := p.released(t, first).Hosts; !slices.Equal(got, []string{"portal.localhost", "localhost"}) {
			t.Errorf("%v", got)
		}
		refused(t, p.SetHosts(ctx, admin, second, []string{"b.localhost", "LOCALHOST"}), "hosts", "error.outlet.host_taken")
		_, err := p.Ensure(ctx, admin, p.portal("c", "b.localhost"))
		refused(t, err, "hosts", "error.outlet.host_taken")
		if err := p.SetHosts(ctx, admin, first, []string{"portal.localhost"}); err != nil {
			t.Fatal(err)
		}
		if err := p.SetHosts(ctx, admin, second, []string{"localhost", "b.localhost"}); err != nil {
			t.Errorf("a host that was given back: %v", err)
		}
		if o, err := p.Get(ctx, second); err != nil || !slices.Equal(o.Hosts, p.released(t, second).Hosts) || o.Hosts[0] != "localhost" {
			t.Errorf("%+v %v", o, err)
		}
		trail, err := audit.Of(ctx, p.db, "outlet/"+second, 9)
		if err != nil || len(trail) != 2 || trail[0].Verb != "outlet.hosts" || trail[0].Detail["hosts.before"] != "b.localhost" {
			t.Errorf("%+v %v", trail, err)
		}
	})
}

func TestHostNamesAreChecked(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		for _, host := range []string{
			"", "a b", "http://a.vn", "a.vn:8080", "a.vn/x", "-a.vn", "a-.vn", "a..vn", ".vn", "đốingoại.vn", "a_b.vn", "*.vn", "[::1]",
			strings.Repeat("a", 64) + ".vn", strings.Repeat("a.", 126) + "toolong", "a.vn\x00",
		} {
			refused(t, p.SetHosts(ctx, admin, id, []string{"ok.vn", host}), "hosts", "error.outlet.host")
		}
		refused(t, p.SetHosts(ctx, admin, id, nil), "hosts", "error.required")
		many := make([]string, outlet.MaxHosts+1)
		for i := range many {
			many[i] = "h" + strings.Repeat("x", i) + ".vn"
		}
		refused(t, p.SetHosts(ctx, admin, id, many), "hosts", "error.outlet.hosts_many")
		for _, host := range []string{"binhphuoc.gov.vn", "xn--80ak6aa92e.com", "127.0.0.1", "a1-b2.vn"} {
			if err := p.SetHosts(ctx, admin, id, []string{host}); err != nil {
				t.Errorf("%s: %v", host, err)
			}
		}
	})
}

func TestTextsAreSetInALanguageOfTheOutlet(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		text := release.OutletText{Name: " Cổng  mới ", Licence: "Giấy phép số 1", Email: "a@b.vn"}
		if err := p.SetText(ctx, admin, id, "vi", text); err != nil {
			t.Fatal(err)
		}
		doc := p.released(t, id)
		if doc.Texts["vi"].Name != "Cổng mới" || doc.Texts["vi"].Licence != "Giấy phép số 1" || doc.Texts["en"].Name != "Portal" {
			t.Errorf("%+v", doc.Texts)
		}
		before, _ := p.log.Last(ctx)
		if err := p.SetText(ctx, admin, id, "vi", doc.Texts["vi"]); err != nil {
			t.Fatal(err)
		}
		if after, _ := p.log.Last(ctx); after != before {
			t.Error("released although nothing changed")
		}
		refused(t, p.SetText(ctx, admin, id, "vi", release.OutletText{}), "name", "error.required")
		refused(t, p.SetText(ctx, admin, id, "vi", release.OutletText{Name: "x", Email: "Ai đó <a@b.vn>"}), "email", "error.bad_email")
		refused(t, p.SetText(ctx, admin, id, "vi", release.OutletText{Name: "x", Phone: strings.Repeat("1", outlet.MaxText+1)}), "phone", "error.too_long")
		refused(t, p.SetText(ctx, admin, id, "vi", release.OutletText{Name: "x\xff"}), "name", "error.not_utf8")
		refused(t, p.SetText(ctx, admin, id, "vi", release.OutletText{Name: "x", LicenceOn: "1/7/2026"}), "licence_on", "error.bad_date")
		if err := p.SetText(ctx, admin, id, "../vi", release.OutletText{Name: "x"}); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
	})
}

func TestOnlyTheAdministratorChangesOutlets(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		id := p.ensure(t, p.portal("a", "a.localhost"))
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			if err := p.SetHosts(ctx, actor, id, []string{"not a host"}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
			if err := p.SetText(ctx, actor, id, "vi", release.OutletText{Name: "x"}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := p.Ensure(ctx, reporter, p.portal("b", "b.localhost")); fault.KindOf(err) != fault.Forbidden {
			t.Error(err)
		}
	})
}

func TestWhatCannotBeAnOutletIsRefusedAtItsField(t *testing.T) {
	world(t, func(t *testing.T, p place) {
		for name, c := range map[string]struct {
			change     func(o *outlet.Outlet)
			field, key string
		}{
			"code":         {func(o *outlet.Outlet) { o.Code = "../x" }, "code", "error.code"},
			"theme":        {func(o *outlet.Outlet) { o.Theme = "" }, "theme", "error.code"},
			"hosts":        {func(o *outlet.Outlet) { o.Hosts = nil }, "hosts", "error.required"},
			"no language":  {func(o *outlet.Outlet) { o.Languages = nil }, "languages", "error.required"},
			"twice":        {func(o *outlet.Outlet) { o.Languages = []string{"vi", "vi"} }, "languages", "error.language.unknown"},
			"no language'": {func(o *outlet.Outlet) { o.Languages = []string{"vi", "<b>"} }, "languages", "error.language.unknown"},
			"no name":      {func(o *outlet.Outlet) { o.Languages = []string{"vi", "km"} }, "name_km", "error.required"},
			"agency":       {func(o *outlet.Outlet) { o.Agency = "none" }, "agency", "error.agency.unknown"},
		} {
			o := p.portal("a", "a.localhost")
			c.change(&o)
			_, err := p.Ensure(ctx, admin, o)
			t.Run(name, func(t *testing.T) { refused(t, err, c.field, c.key) })
		}
		if _, err := p.Get(ctx, "none"); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
	})
}
