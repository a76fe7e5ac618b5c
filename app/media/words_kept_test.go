package media_test

import (
	"testing"

	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/store"
	"doingoai/app/wording"
)

func TestWhatIsSaidOfAFileIsBehindUntilItIsSaidAnew(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		m := l.brought("Cảng.png", 1)
		describe := func(words map[string]media.Words) {
			t.Helper()
			now := l.entry(m.Hash)
			if err := l.Describe(ctx, editor, m.Hash, now.Version, media.Description{Words: words, Focus: now.Focus}); err != nil {
				t.Fatal(err)
			}
		}
		late := func() map[string]string {
			t.Helper()
			list, err := wording.New(l.db).Of(ctx, wording.Media, m.Hash)
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]string{}
			for _, s := range list {
				found[s.Part+" "+s.Lang] = s.Seen()
			}
			return found
		}
		describe(map[string]media.Words{"vi": {Alt: "Cảng", Caption: "Bến cảng"}, "en": {Alt: "Port", Caption: "The port"}, "ja": {Alt: "港"}})
		describe(map[string]media.Words{"vi": {Alt: "Cảng biển", Caption: "Bến cảng"}, "en": {Alt: "Port", Caption: "The old port"}, "ja": {Alt: "海港"}})
		if got := late(); len(got) != 1 || got["alt en"] == "" {
			t.Fatalf("behind are %v", got)
		}
		seen := late()["alt en"]
		if err := l.StillRight(ctx, neighbour, m.Hash, "alt", "en", seen); fault.KindOf(err) == "" {
			t.Error("the neighbours have said it of our file")
		}
		if err := l.Delete(ctx, editor, m.Hash); err != nil || len(late()) != 0 {
			t.Errorf("of a deleted file %v %v", late(), err)
		}
		if err := l.Restore(ctx, editor, m.Hash); err != nil || len(late()) != 1 {
			t.Errorf("of one that came back %v %v", late(), err)
		}
		err := l.db.Write(ctx, func(tx *store.Tx) error {
			_, err := l.Inherit(tx, editor, "a1", "a2")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if list, _, err := wording.New(l.db).Behind(ctx, wording.Scope{Agencies: []string{"a2"}}, 1); err != nil || len(list) != 1 {
			t.Errorf("the heir is shown %v %v", list, err)
		}
		if err := l.StillRight(ctx, neighbour, m.Hash, "alt", "en", seen); err != nil || len(late()) != 0 {
			t.Errorf("%v %v", late(), err)
		}
		if trail, err := audit.Of(ctx, l.db, "media/"+m.Hash, 1); err != nil || trail[0].Verb != "media.still_right" || trail[0].ActorID != neighbour.ID {
			t.Errorf("%+v %v", trail, err)
		}
	})
}
