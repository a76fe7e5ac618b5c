package desk

import (
	"strings"

	"doingoai/app/newsroom"

	"github.com/gofiber/fiber/v2"
)

// mergePage shows two texts side by side after somebody else saved first.
type mergePage struct {
	page
	Sheet   *newsroom.Sheet
	Yours   newsroom.Content
	Base    int // theirs: saving continues from it
	Author  string
	SavedAt string
	Changes []fieldChange
	Same    []field // fields in which both agree, carried along
	Outlets []string
}

// field is a text of the form by its name.
type field struct{ Name, Text string }

// fieldChange is a field in which two versions differ.
type fieldChange struct {
	Name        string
	Before, Now string
	Pieces      []newsroom.Piece
	Long        bool // several lines
}

// fields lists what people can edit as text, in the order of the form.
func fields(c newsroom.Content) []field {
	return []field{
		{"kicker", c.Kicker}, {"headline", c.Headline}, {"standfirst", c.Standfirst}, {"body", c.Body},
		{"section", c.Section}, {"slug", c.Slug}, {"byline", c.Byline}, {"source_name", c.SourceName}, {"source_url", c.SourceURL},
		{"lead_media", c.Lead.Media}, {"lead_alt", c.Lead.Alt}, {"lead_caption", c.Lead.Caption}, {"lead_credit", c.Lead.Credit},
	}
}

// changes compares two contents field by field.
func changes(before, now newsroom.Content) []fieldChange {
	var list []fieldChange
	old := fields(before)
	for i, f := range fields(now) {
		if old[i].Text == f.Text {
			continue
		}
		list = append(list, fieldChange{
			Name: f.Name, Before: old[i].Text, Now: f.Text,
			Pieces: newsroom.Diff(old[i].Text, f.Text), Long: f.Name == "body" || strings.Contains(f.Text, "\n"),
		})
	}
	return list
}

// showMerge answers a save that came too late: 409, with nothing lost.
func (d *Desk) showMerge(c *fiber.Ctx, sheet *newsroom.Sheet, yours newsroom.Content, theirs newsroom.Revision) error {
	yours = yours.Tidy()
	show := mergePage{page: d.page(c, "merge.title", "writing"), Sheet: sheet, Yours: yours, Base: theirs.Number, Outlets: yours.Outlets}
	names, err := d.Accounts.Names(c.UserContext(), []string{theirs.Author})
	if err != nil {
		return err
	}
	show.Author, show.SavedAt = names[theirs.Author], show.DateTime(theirs.CreatedAt)
	show.Changes = changes(theirs.Content, yours)
	differs := map[string]bool{}
	for _, ch := range show.Changes {
		differs[ch.Name] = true
	}
	for _, f := range fields(yours) {
		if !differs[f.Name] {
			show.Same = append(show.Same, f)
		}
	}
	return d.show(c, fiber.StatusConflict, "merge", show)
}
