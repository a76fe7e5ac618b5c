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
			refused(t, err, "slug", "error.section.slug_taken")
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
			{section.Section{Code: "a", Names: names{"vi": {Name: "?!"}}}, "slug_vi", "error.section.slug_empty"},
			{section.Section{Code: "a", Names: names{"vi": {Name: "Tìm kiếm"}}}, "slug_vi", "error.section.slug_reserved"},
			{section.Section{Code: "a", Names: names{"en": {Name: "Invest"}}}, "slug_en", "error.section.slug_reserved"},
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
