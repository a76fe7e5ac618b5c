package app_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/migrations"
)

// What an older program left is level with what stands there: the migration and
// the first start write down just what the rooms do.
func TestOldWordsAreLevelWithWhatStandsThere(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		ctx, system, log := context.Background(), account.System(), release.NewLog(db)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		agencies, sections, outlets := agency.New(db, log), section.New(db, log), outlet.New(db, log)
		office, err := agencies.Ensure(ctx, system, "office", map[string]string{"vi": "Văn phòng", "en": "Office", "km": "ការិយាល័យ"})
		must(err)
		_, err = sections.Ensure(ctx, system, section.Section{Code: "a", Names: map[string]section.Name{
			"vi": {Name: "Một", Description: "Mục một"}, "en": {Name: "One"}, "ja": {Name: "いち", Slug: "ichi"},
		}})
		must(err)
		_, err = sections.Ensure(ctx, system, section.Section{Code: "b", Names: map[string]section.Name{
			"zh": {Name: "二", Slug: "er", Description: "第二"}, "en": {Name: "Two", Description: "The second"},
		}})
		must(err)
		_, err = outlets.Ensure(ctx, system, outlet.Outlet{
			Code: "o", Agency: office, Theme: "base", Hosts: []string{"o.localhost"}, Languages: []string{"en", "vi"},
			Texts: map[string]release.OutletText{"vi": {Name: "Cổng", Phone: "0271 1"}, "en": {Name: "Portal"}},
		})
		must(err)
		files := media.New(db, blob.Folder(t.TempDir()))
		editor := account.Actor{ID: "p", Posts: []account.Post{{Agency: office, Role: account.Editor}}}
		var file bytes.Buffer
		must(png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 40, 30))))
		picture, err := files.Add(ctx, editor, office, "cảng.png", &file)
		must(err)
		must(files.Describe(ctx, editor, picture.Hash, picture.Version, media.Description{Focus: media.Middle, Words: map[string]media.Words{
			"vi": {Alt: "Cảng"}, "en": {Alt: "Port", Caption: "The port"},
		}}))
		rows := func() (lines []string) {
			t.Helper()
			var found []map[string]any
			must(db.Read(ctx).Table("wording").Order("kind, id, part, lang").Find(&found).Error)
			for _, r := range found {
				lines = append(lines, fmt.Sprint(r["kind"], r["id"], r["part"], r["lang"], r["agency_id"], r["words"], r["source_lang"], r["source"], r["behind"]))
			}
			return lines
		}
		kept := rows()
		text, err := fs.ReadFile(migrations.Newsroom(), "0043_wording.sql")
		must(err)
		must(db.Write(ctx, func(tx *store.Tx) error {
			if err := tx.DB.Exec("DELETE FROM wording").Error; err != nil {
				return err
			}
			for _, statement := range strings.Split(string(text), ";\n") {
				if at := strings.Index(statement, "INSERT"); at >= 0 {
					if err := tx.DB.Exec(statement[at:]).Error; err != nil {
						return err
					}
				}
			}
			return nil
		}))
		must(outlets.KeepOld(ctx))
		if got := rows(); !slices.Equal(got, kept) || len(kept) < 15 {
			t.Errorf("left:\n%s\nkept:\n%s", strings.Join(got, "\n"), strings.Join(kept, "\n"))
		}
	})
}
