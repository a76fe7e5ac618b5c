package agency_test

import (
	"maps"
	"slices"
	"strings"
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
	"doingoai/app/newsroom"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
)

// chain is a newsroom whose agencies become one.
type chain struct {
	*testing.T
	db       *store.DB
	log      *release.Log
	clock    *apptest.ManualClock
	agencies *agency.Room
	accounts *account.Accounts
	newsroom *newsroom.Newsroom
	outlets  *outlet.Room
	section  string
	outlet   string // "" until there is one
}

func newChain(t *testing.T, db *store.DB, clock *apptest.ManualClock) *chain {
	log := release.NewLog(db)
	sections, outlets, files := section.New(db, log), outlet.New(db, log), media.New(db, blob.Folder(t.TempDir()))
	c := &chain{T: t, db: db, log: log, clock: clock, outlets: outlets, agencies: agency.New(db, log), accounts: account.New(db, account.Options{
		Argon: account.LightArgon(), SecondFactor: account.Offered,
	})}
	c.newsroom = newsroom.New(newsroom.Rooms{
		DB: db, Log: log, Markup: markup.New(), Media: files, Sections: sections, Outlets: outlets, Agencies: c.agencies,
	})
	c.agencies.Inherit(
		agency.Heir{Of: "people", Take: c.accounts.Inherit}, agency.Heir{Of: "outlets", Take: outlets.Inherit},
		agency.Heir{Of: "editions", Take: c.newsroom.Inherit}, agency.Heir{Of: "media", Take: files.Inherit},
	)
	var err error
	c.section, err = sections.Ensure(ctx, account.System(), section.Section{Code: "tin", Names: map[string]section.Name{"vi": {Name: "Tin"}}})
	c.must(err)
	return c
}

func (c *chain) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *chain) agency(code, name string) string {
	return ensure(c.T, c.agencies, code, names{"vi": name})
}

// opens gives an agency the outlet on which articles run.
func (c *chain) opens(agency string) {
	c.Helper()
	var err error
	c.outlet, err = c.outlets.Ensure(ctx, account.System(), outlet.Outlet{
		Code: "bao", Agency: agency, Theme: "newspaper", Hosts: []string{"bao.localhost"}, Languages: []string{"vi"},
		Texts: map[string]release.OutletText{"vi": {Name: "Báo"}},
	})
	c.must(err)
}

func (c *chain) person(name, agency string, roles ...account.Role) string {
	c.Helper()
	p, err := c.accounts.Program().AddPerson(ctx, account.NewPerson{
		Email: name + "@example.vn", Name: name, Password: "hoa phượng đỏ ven sông", Agency: agency, Roles: roles,
	})
	c.must(err)
	return p.ID
}

// actor is a person with the posts of now.
func (c *chain) actor(id string) account.Actor {
	c.Helper()
	a, err := c.accounts.ActorFor(ctx, id)
	c.must(err)
	return a
}

func (c *chain) write(by, agency, headline string) newsroom.Ref {
	c.Helper()
	ref, err := c.newsroom.Create(ctx, c.actor(by), newsroom.Start{
		Kind: "article", Agency: agency, Lang: "vi", Content: newsroom.Content{
			Headline: headline, Standfirst: headline, Body: headline, Section: c.section, Outlets: []string{c.outlet},
		},
	})
	c.must(err)
	return ref
}

func (c *chain) merge(into string, at time.Time, from ...string) {
	c.Helper()
	c.must(c.agencies.Merge(ctx, admin, agency.Merger{
		From: from, Into: into, At: at, Basis: release.Basis{Document: "Quyết định hợp nhất", Link: "https://laodong.vn/"},
	}))
}

// The chain that the province went through: the newspaper and the broadcaster
// became one on 28 October 2019, and that became part of Đồng Nai's in 2025.
func TestWhatANewspaperAndABroadcasterOwnedGoesToTheirSuccessors(t *testing.T) {
	merged := time.Date(2019, 10, 28, 0, 0, 0, 0, time.UTC)
	apptest.EachDatabaseAt(t, merged.Add(-48*time.Hour), func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		c := newChain(t, db, clock)
		paper, radio := c.agency("bao", "Báo Bình Phước"), c.agency("dai", "Đài Phát thanh và Truyền hình Bình Phước")
		c.opens(paper)
		an, binh := c.person("an", paper, account.Reporter), c.person("binh", radio, account.Editor)
		both := c.person("chi", paper, account.Editor)
		c.must(c.accounts.Program().GrantRole(ctx, both, radio, account.Editor, time.Time{}, time.Time{}))
		ref := c.write(an, paper, "Bài đang viết dở")
		c.must(c.newsroom.Do(ctx, c.actor(an), ref, newsroom.Submit, newsroom.Ask{Hash: c.head(an, ref)}))
		if _, err := c.newsroom.Open(ctx, c.actor(binh), ref); fault.KindOf(err) != fault.NotFound {
			t.Fatalf("the broadcaster sees the newspaper's article: %v", err)
		}

		clock.Advance(49 * time.Hour)
		bptv := c.agency("bptv", "Báo và Đài Phát thanh – Truyền hình Bình Phước")
		c.merge(bptv, merged, paper, radio)

		if got := c.actor(an).Posts; len(got) != 1 || got[0].Agency != bptv || got[0].Role != account.Reporter {
			t.Errorf("the reporter holds %+v", got)
		}
		if got := c.actor(both).Posts; len(got) != 1 || got[0].Agency != bptv {
			t.Errorf("a role held in both is held %+v", got)
		}
		sheet, err := c.newsroom.Open(ctx, c.actor(binh), ref)
		if err != nil || sheet.Agency != bptv {
			t.Fatalf("the colleague from the broadcaster: %+v, %v", sheet, err)
		}
		if tasks, err := c.newsroom.Waiting(ctx, c.actor(binh)); err != nil || len(tasks) != 1 || tasks[0].Verb != newsroom.Take {
			t.Errorf("what was submitted waits in the new agency as %+v, %v", tasks, err)
		}
		c.must(c.newsroom.Do(ctx, c.actor(binh), ref, newsroom.Take, newsroom.Ask{Hash: sheet.Revision.Hash}))
		if tasks, err := c.newsroom.Waiting(ctx, c.actor(binh)); err != nil || len(tasks) != 1 {
			t.Errorf("what was submitted waits for %v, %v", tasks, err)
		}
		if _, err := c.newsroom.Create(ctx, c.actor(an), newsroom.Start{Kind: "article", Agency: paper, Lang: "vi"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("something new in the old newspaper: %v", err)
		}

		clock.Advance(5 * 365 * 24 * time.Hour)
		province := c.agency("dongnai", "Báo và phát thanh, truyền hình Đồng Nai")
		c.merge(province, time.Time{}, bptv)
		if got := c.actor(an).Posts; len(got) != 1 || got[0].Agency != province {
			t.Errorf("the reporter holds %+v", got)
		}
		if sheet, err := c.newsroom.Open(ctx, c.actor(an), ref); err != nil || sheet.Agency != province {
			t.Errorf("%+v %v", sheet, err)
		}
		c.history(paper, bptv, province)
		if _, err := audit.Verify(ctx, db); err != nil {
			t.Error(err)
		}
	})
}

// head is the hash of what a person would act upon.
func (c *chain) head(by string, ref newsroom.Ref) string {
	c.Helper()
	sheet, err := c.newsroom.Open(ctx, c.actor(by), ref)
	c.must(err)
	return sheet.Revision.Hash
}

// history checks what is remembered of the chain.
func (c *chain) history(paper, bptv, province string) {
	c.Helper()
	relations, err := c.agencies.Relations(ctx, bptv)
	c.must(err)
	var told []string
	for _, r := range relations {
		told = append(told, string(r.Kind)+" "+r.At.Format(time.DateOnly)+" "+r.Basis.Document)
	}
	if len(told) != 3 || told[0] != "merged_into 2019-10-28 Quyết định hợp nhất" || relations[2].From != bptv || relations[2].To != province {
		c.Errorf("%v %+v", told, relations)
	}
	if doc, _ := released(c.T, c.log, paper); doc.Ended.IsZero() || doc.Names["vi"] != "Báo Bình Phước" {
		c.Errorf("readers have %+v", doc)
	}
	trail, err := audit.Of(ctx, c.db, "agency/"+paper, 1)
	c.must(err)
	if d := trail[0].Detail; trail[0].Verb != "agency.merge" || d["people"] != "2" || d["editions"] != "1" || d["outlets"] != "1" || d["into"] != bptv {
		c.Errorf("%+v", trail)
	}
}

func TestWhatWasPublishedStaysTheWorkOfTheAgencyThatWroteIt(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		c := newChain(t, db, clock)
		paper, other := c.agency("bao", "Báo"), c.agency("bptv", "BPTV")
		c.opens(paper)
		an := c.person("an", paper, account.Reporter)
		live, draft := c.write(an, paper, "Đã đăng"), c.write(an, paper, "Bản nháp")
		c.must(db.Write(ctx, func(tx *store.Tx) error {
			return tx.DB.Exec("UPDATE edition SET first_live_at = 5 WHERE item_id = ?", live.Item).Error
		}))
		c.merge(other, time.Time{}, paper)
		for item, want := range map[string]string{live.Item: paper, draft.Item: other} {
			var owner string
			if err := db.Read(ctx).Raw("SELECT agency_id FROM item WHERE id = ?", item).Scan(&owner).Error; err != nil || owner != want {
				t.Errorf("%s belongs to %s, want %s (%v)", item, owner, want, err)
			}
		}
	})
}

func TestAnAgencyIsSplitFromAnother(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, log *release.Log, db *store.DB, _ *apptest.ManualClock) {
		office := ensure(t, r, "vp", names{"vi": "Văn phòng"})
		at := start.Add(-24 * time.Hour)
		id, err := r.Add(ctx, admin, agency.Founding{
			Code: "cong", Names: names{"vi": "Cổng thông tin"}, SplitFrom: office, At: at, Basis: release.Basis{Document: "QĐ 1/QĐ-UBND", On: at},
		})
		if err != nil {
			t.Fatal(err)
		}
		relations, err := r.Relations(ctx, office)
		if err != nil || len(relations) != 1 || relations[0].Kind != agency.SplitFrom || relations[0].From != id || !relations[0].At.Equal(at) || !relations[0].Basis.On.Equal(at) {
			t.Errorf("%+v %v", relations, err)
		}
		if a, err := r.Get(ctx, office); err != nil || !a.Ended.IsZero() {
			t.Errorf("%+v %v", a, err)
		}
		if doc, _ := released(t, log, id); doc.Code != "cong" {
			t.Errorf("%+v", doc)
		}
		if trail, err := audit.Of(ctx, db, "agency/"+id, 9); err != nil || len(trail) != 1 || trail[0].Detail["split_from"] != office {
			t.Errorf("%+v %v", trail, err)
		}
	})
}

func TestAMergerThatCannotBeIsRefusedAtItsField(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, log *release.Log, _ *store.DB, _ *apptest.ManualClock) {
		a, b, gone := ensure(t, r, "a", names{"vi": "A"}), ensure(t, r, "b", names{"vi": "B"}), ensure(t, r, "c", names{"vi": "C"})
		paper := release.Basis{Document: "QĐ"}
		if err := r.Merge(ctx, admin, agency.Merger{From: []string{gone}, Into: a, Basis: paper}); err != nil {
			t.Fatal(err)
		}
		last, _ := log.Last(ctx)
		for name, c := range map[string]struct {
			change     func(m *agency.Merger)
			field, key string
		}{
			"nothing":          {func(m *agency.Merger) { m.From = nil }, "from", "error.required"},
			"itself":           {func(m *agency.Merger) { m.From = []string{a, b} }, "from", "error.agency.itself"},
			"unknown":          {func(m *agency.Merger) { m.From = []string{"x"} }, "from", "error.agency.unknown"},
			"over":             {func(m *agency.Merger) { m.From = []string{gone} }, "from", "error.agency.ended"},
			"into one over":    {func(m *agency.Merger) { m.Into = gone }, "into", "error.agency.ended"},
			"into unknown":     {func(m *agency.Merger) { m.Into = "x" }, "into", "error.agency.unknown"},
			"to come":          {func(m *agency.Merger) { m.At = start.Add(time.Hour) }, "at", "error.day_future"},
			"no document":      {func(m *agency.Merger) { m.Basis = release.Basis{} }, "document", "error.required"},
			"a long document":  {func(m *agency.Merger) { m.Basis.Document = strings.Repeat("ộ", 201) }, "document", "error.too_long"},
			"a bad link":       {func(m *agency.Merger) { m.Basis.Link = "javascript:alert(1)" }, "link", "error.bad_link"},
			"a document to be": {func(m *agency.Merger) { m.Basis.On = start.Add(time.Hour) }, "document_on", "error.day_future"},
		} {
			m := agency.Merger{From: []string{b}, Into: a, Basis: paper}
			c.change(&m)
			err := r.Merge(ctx, admin, m)
			t.Run(name, func(t *testing.T) { refused(t, err, c.field, c.key) })
		}
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			if err := r.Merge(ctx, actor, agency.Merger{From: []string{b}, Into: a}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := r.Add(ctx, actor, agency.Founding{Code: "x", Names: names{"vi": "X"}}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		if now, _ := log.Last(ctx); now != last {
			t.Error("something was released")
		}
		_, err := r.Add(ctx, admin, agency.Founding{Code: "a", Names: names{"vi": "X"}})
		refused(t, err, "code", "error.code_taken")
	})
}

func TestReadersCanSayWhatAnAgencyWasCalled(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, log *release.Log, _ *store.DB, _ *apptest.ManualClock) {
		id := ensure(t, r, "so", names{"vi": "Sở Kế hoạch và Đầu tư", "en": "Planning"})
		decree := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
		if err := r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "Sở Tài chính"}, From: decree, Basis: release.Basis{Document: "NĐ"}}); err != nil {
			t.Fatal(err)
		}
		doc, _ := released(t, log, id)
		got := map[string]string{
			"before": doc.NameAt("vi", decree.Add(-time.Second)), "on the day": doc.NameAt("vi", decree), "now": doc.NameAt("vi", start),
			"in English": doc.NameAt("en", decree.Add(-time.Hour)), "in Khmer": doc.NameAt("km", start),
		}
		want := map[string]string{
			"before": "Sở Kế hoạch và Đầu tư", "on the day": "Sở Tài chính", "now": "Sở Tài chính", "in English": "Planning", "in Khmer": "",
		}
		if !maps.Equal(got, want) {
			t.Errorf("%v", got)
		}
		if !slices.Equal(doc.Former, []release.FormerName{{Lang: "vi", Name: "Sở Kế hoạch và Đầu tư", Until: decree}}) {
			t.Errorf("%+v", doc.Former)
		}
	})
}
