package section_test

import (
	"testing"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/wording"
)

func TestANameIsBehindUntilSomebodySaysItIsRight(t *testing.T) {
	world(t, func(t *testing.T, r *section.Room, log *release.Log, db *store.DB) {
		id := ensure(t, r, section.Section{Code: "a", Names: names{"vi": {Name: "Một", Description: "Mục một"}, "en": {Name: "One", Description: "Part one"}}})
		if err := r.Rename(ctx, admin, id, "vi", section.Name{Name: "Một", Description: "Mục một, không có ảnh"}); err != nil {
			t.Fatal(err)
		}
		last, err := log.Last(ctx)
		if err != nil {
			t.Fatal(err)
		}
		late, err := wording.New(db).Of(ctx, wording.Section, id)
		if err != nil || len(late) != 1 || late[0].Part != "description" || late[0].Words != "Part one" {
			t.Fatalf("%+v %v", late, err)
		}
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			if err := r.StillRight(ctx, actor, id, "description", "en", late[0].Seen()); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := r.StillRight(ctx, admin, "none", "description", "en", late[0].Seen()); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
		if err := r.StillRight(ctx, admin, id, "description", "en", late[0].Seen()); err != nil {
			t.Fatal(err)
		}
		if late, err := wording.New(db).Of(ctx, wording.Section, id); err != nil || len(late) != 0 {
			t.Errorf("%+v %v", late, err)
		}
		if now, _ := log.Last(ctx); now != last {
			t.Error("readers were told, though no word has changed")
		}
		trail, err := audit.Of(ctx, db, "section/"+id, 1)
		if err != nil || trail[0].Verb != "section.still_right" || trail[0].Detail["source.before"] != "Mục một" || trail[0].ActorID != admin.ID {
			t.Errorf("%+v %v", trail, err)
		}
	})
}
