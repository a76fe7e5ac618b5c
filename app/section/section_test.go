package section_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
)

var (
	ctx      = context.Background()
	admin    = account.Actor{ID: "p1", Posts: []account.Post{{Agency: "", Role: account.SystemAdministrator}}}
	reporter = account.Actor{ID: "p2", Posts: []account.Post{{Agency: "a", Role: account.Reporter}}}
)

type names = map[string]section.Name

func world(t *testing.T, f func(t *testing.T, r *section.Room, log *release.Log, db *store.DB)) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		log := release.NewLog(db)
		f(t, section.New(db, log), log, db)
	})
}

func ensure(t *testing.T, r *section.Room, s section.Section) string {
	t.Helper()
	id, err := r.Ensure(ctx, account.System(), s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func rename(t *testing.T, r *section.Room, id, lang, name, slug string) {
	t.Helper()
	if err := r.Rename(ctx, admin, id, lang, section.Name{Name: name, Slug: slug}); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, field, key string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || f.Fields[field].Key != key {
		t.Errorf("got %v, want %s at %s", err, key, field)
	}
}

func released(t *testing.T, log *release.Log, id string) release.Section {
	t.Helper()
	entries, err := log.After(ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var s release.Section
	for _, e := range entries {
		if e.Key == (release.Key{Kind: release.SectionKind, ID: id}) {
			if err := e.Decode(&s); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

func TestSectionsAreSetUpOnceWithSlugsOfTheirNames(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, log *release.Log, _ *store.DB) {
		tree := []section.Section{
			{Code: "border", Position: 2, Names: names{"vi": {Name: "Biên giới – Cửa khẩu"}, "en": {Name: "Border and border gates"}}},
			{Code: "news", Position: 1, Names: names{"vi": {Name: "Tin đối ngoại", Slug: "Tin Đối Ngoại"}, "km": {Name: "ព័ត៌មាន"}}},
			{Code: "gates", ParentCode: "border", Position: 3, Names: names{"vi": {Name: "Hoa Lư"}}},
		}
		for range 2 {
			for _, s := range tree {
				ensure(t, r, s)
			}
		}
		all, err := r.All(ctx)
		if err != nil || len(all) != 3 {
			t.Fatalf("%+v %v", all, err)
		}
		if all[0].Code != "news" || all[0].Names["vi"].Slug != "tin-doi-ngoai" || all[0].Names["km"].Slug == "" {
			t.Errorf("%+v", all[0])
		}
		if all[1].Names["vi"].Slug != "bien-gioi-cua-khau" || all[2].ParentCode != "border" || all[2].ParentID != all[1].ID {
			t.Errorf("%+v", all[1:])
		}
		documents, err := r.Documents(ctx)
		if err != nil || documents[2].Parent != all[1].ID || documents[1].Names["en"].Slug != "border-and-border-gates" {
			t.Errorf("%+v %v", documents, err)
		}
		if last, _ := log.Last(ctx); last != 3 {
			t.Errorf("%d releases, want 3", last)
		}
	})
}

func TestAFormerSlugLeadsToItsSectionForEver(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, log *release.Log, db *store.DB) {
		id := ensure(t, r, section.Section{Code: "a", Names: names{"vi": {Name: "Một"}}})
		other := ensure(t, r, section.Section{Code: "b", Names: names{"vi": {Name: "Khác"}}})
		rename(t, r, id, "vi", "Hai", "")
		rename(t, r, id, "vi", "Ba", "")
		if got := released(t, log, id).Names["vi"]; got.Slug != "ba" || !slices.Equal(got.FormerSlugs, []string{"hai", "mot"}) {
			t.Errorf("%+v", got)
		}
		for _, taken := range []string{"mot", "hai", "ba", "Một"} {
			err := r.Rename(ctx, admin, other, "vi", section.Name{Name: "Khác", Slug: taken})
			refused(t, err, "slug", "error.section.slug_taken")
			_, err = r.Ensure(ctx, admin, section.Section{Code: "c", Names: names{"vi": {Name: "Mới", Slug: taken}}})
			refused(t, err, "name_vi", "error.section.slug_taken")
		}
		rename(t, r, other, "en", "Other", "mot") // another language is another address
		rename(t, r, id, "vi", "Một", "")         // its own
		if got := released(t, log, id).Names["vi"]; got.Slug != "mot" || !slices.Equal(got.FormerSlugs, []string{"ba", "hai"}) {
			t.Errorf("taken back: %+v", got)
		}
		trail, err := audit.Of(ctx, db, "section/"+id, 10)
		if err != nil || len(trail) != 4 || trail[0].Verb != "section.rename" || trail[0].Detail["slug.before"] != "ba" {
			t.Errorf("trail %+v %v", trail, err)
		}
		if ok, err := r.Exists(ctx, id); err != nil || !ok {
			t.Error(ok, err)
		}
		if ok, err := r.Exists(ctx, "c"); err != nil || ok {
			t.Error(ok, err)
		}
	})
}

func TestNothingIsReleasedWhenNothingChanges(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, log *release.Log, _ *store.DB) {
		id := ensure(t, r, section.Section{Code: "a", Names: names{"vi": {Name: "Một"}}})
		rename(t, r, id, "vi", " Một ", "mot")
		if last, _ := log.Last(ctx); last != 1 {
			t.Errorf("%d releases", last)
		}
	})
}

func TestOnlyTheAdministratorRenamesSections(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, _ *release.Log, _ *store.DB) {
		id := ensure(t, r, section.Section{Code: "a", Names: names{"vi": {Name: "Một"}}})
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			if err := r.Rename(ctx, actor, id, "vi", section.Name{Name: "X"}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := r.Ensure(ctx, reporter, section.Section{Code: "b", Names: names{"vi": {Name: "B"}}}); fault.KindOf(err) != fault.Forbidden {
			t.Error(err)
		}
	})
}

func TestWhatCannotBeASectionIsRefusedAtItsField(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, log *release.Log, _ *store.DB) {
		for _, c := range []struct {
			s          section.Section
			field, key string
		}{
			{section.Section{Code: "A b", Names: names{"vi": {Name: "X"}}}, "code", "error.code"},
			{section.Section{Code: "a"}, "name_vi", "error.required"},
			{section.Section{Code: "a", Names: names{"vi": {Slug: "x"}}}, "name_vi", "error.required"},
			{section.Section{Code: "a", Names: names{"vi": {Name: "?!"}}}, "name_vi", "error.section.slug_empty"},
			{section.Section{Code: "a", Names: names{"vi": {Name: "Tìm kiếm"}}}, "name_vi", "error.section.slug_reserved"},
			{section.Section{Code: "a", Names: names{"en": {Name: "Invest"}}}, "name_en", "error.section.slug_reserved"},
			{section.Section{Code: "a", Names: names{"EN!": {Name: "x"}}}, "name_EN!", "error.language.unknown"},
			{section.Section{Code: "a", Names: names{"vi": {Name: strings.Repeat("x", section.MaxName+1)}}}, "name_vi", "error.too_long"},
			{section.Section{Code: "a", Names: names{"vi": {Name: "x", Description: "\xff"}}}, "description_vi", "error.not_utf8"},
			{section.Section{Code: "a", ParentCode: "a", Names: names{"vi": {Name: "x"}}}, "parent", "error.invalid"},
			{section.Section{Code: "a", ParentCode: "none", Names: names{"vi": {Name: "x"}}}, "parent", "error.section.unknown"},
		} {
			_, err := r.Ensure(ctx, admin, c.s)
			refused(t, err, c.field, c.key)
		}
		for slug, key := range map[string]string{"dau-tu": "error.section.slug_reserved", "Báo lỗi": "error.section.slug_reserved", "---": "error.section.slug_empty"} {
			refused(t, r.Rename(ctx, admin, "none", "vi", section.Name{Name: "X", Slug: slug}), "slug", key)
		}
		if err := r.Rename(ctx, admin, "none", "vi", section.Name{Name: "X"}); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
		if _, err := r.Get(ctx, "none"); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
		if last, _ := log.Last(ctx); last != 0 {
			t.Errorf("%d releases", last)
		}
	})
}

// order are the codes of the top sections, and of those below "a".
func order(t *testing.T, r *section.Room) (top, below []string) {
	t.Helper()
	all, err := r.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		switch s.ParentCode {
		case "":
			top = append(top, s.Code)
		case "a":
			below = append(below, s.Code)
		}
	}
	return top, below
}

func TestSectionsMoveInTheTreeAndAmongTheirNeighbours(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, log *release.Log, _ *store.DB) {
		ids := map[string]string{}
		for i, code := range []string{"a", "b", "c", "d"} {
			ids[code] = ensure(t, r, section.Section{Code: code, Position: 10 * i, Names: names{"vi": {Name: code}}})
		}
		for _, step := range []struct {
			what       string
			do         func() error
			top, below string
		}{
			{"c one place forward", func() error { return r.Shift(ctx, admin, ids["c"], -1) }, "acbd", ""},
			{"a at the front already", func() error { return r.Shift(ctx, admin, ids["a"], -1) }, "acbd", ""},
			{"a to the very end", func() error { return r.Shift(ctx, admin, ids["a"], 99) }, "cbda", ""},
			{"b under a", func() error { return r.Move(ctx, admin, ids["b"], ids["a"]) }, "cda", "b"},
			{"c under a", func() error { return r.Move(ctx, admin, ids["c"], ids["a"]) }, "da", "bc"},
			{"c before b", func() error { return r.Shift(ctx, admin, ids["c"], -1) }, "da", "cb"},
			{"c to the top again", func() error { return r.Move(ctx, admin, ids["c"], "") }, "dac", "b"},
		} {
			if err := step.do(); err != nil {
				t.Fatalf("%s: %v", step.what, err)
			}
			top, below := order(t, r)
			if strings.Join(top, "") != step.top || strings.Join(below, "") != step.below {
				t.Errorf("%s: %v, %v below a", step.what, top, below)
			}
			for code, id := range ids {
				if s, err := r.Get(ctx, id); err != nil || released(t, log, id).Position != s.Position || released(t, log, id).Parent != s.ParentID {
					t.Errorf("%s: readers have another place of %s", step.what, code)
				}
			}
		}
		for _, under := range []string{ids["a"], ids["b"]} {
			refused(t, r.Move(ctx, admin, ids["a"], under), "parent", "error.section.cycle")
		}
		refused(t, r.Move(ctx, admin, ids["a"], "none"), "parent", "error.section.unknown")
		if err := r.Move(ctx, admin, "none", ""); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
	})
}

func TestAClosedSectionKeepsItsAddress(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, log *release.Log, db *store.DB) {
		id := ensure(t, r, section.Section{Code: "a", Names: names{"vi": {Name: "Một"}}})
		for range 2 {
			if err := r.Close(ctx, admin, id); err != nil {
				t.Fatal(err)
			}
		}
		if got := released(t, log, id); !got.Closed || got.Names["vi"].Slug != "mot" {
			t.Errorf("%+v", got)
		}
		if err := r.Reopen(ctx, admin, id); err != nil {
			t.Fatal(err)
		}
		if released(t, log, id).Closed {
			t.Error("it is still closed")
		}
		trail, err := audit.Of(ctx, db, "section/"+id, 10)
		if err != nil || len(trail) != 3 || trail[0].Verb != "section.reopen" || trail[1].Verb != "section.close" {
			t.Errorf("%+v %v", trail, err)
		}
	})
}

func TestASectionIsAddedBehindTheOthers(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, _ *release.Log, _ *store.DB) {
		ensure(t, r, section.Section{Code: "a", Position: 40, Names: names{"vi": {Name: "Một"}}})
		id, err := r.Add(ctx, admin, section.Section{Code: "b", ParentCode: "a", Names: names{"vi": {Name: "Hai"}}})
		if err != nil {
			t.Fatal(err)
		}
		if s, err := r.Get(ctx, id); err != nil || s.Position <= 40 || s.ParentCode != "a" {
			t.Errorf("%+v %v", s, err)
		}
		_, err = r.Add(ctx, admin, section.Section{Code: "b", Names: names{"vi": {Name: "Ba"}}})
		refused(t, err, "code", "error.code_taken")
	})
}

func TestOnlyTheAdministratorArrangesSections(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, _ *release.Log, _ *store.DB) {
		id := ensure(t, r, section.Section{Code: "a", Names: names{"vi": {Name: "Một"}}})
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			_, added := r.Add(ctx, actor, section.Section{Code: "b", Names: names{"vi": {Name: "Hai"}}})
			for verb, err := range map[string]error{
				"move": r.Move(ctx, actor, id, ""), "order": r.Shift(ctx, actor, id, 1), "close": r.Close(ctx, actor, id),
				"reopen": r.Reopen(ctx, actor, id), "add": added,
			} {
				if fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%s, %s: %v", name, verb, err)
				}
			}
		}
	})
}
