package desk

import (
	"slices"
	"strconv"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// mergePage shows two texts side by side after somebody else saved first, and
// for each field a result. It begins with one's own, but with theirs where only
// they changed what both began with: saving at once undoes nobody's work. A
// button takes either side into the result and shows the page again; saving
// saves the results. What is typed is kept as in the editor.
type mergePage struct {
	page
	Sheet    *newsroom.Sheet
	Base     int // theirs: saving continues from it
	From     int // what one's own text began with
	Stamp    string
	Author   string
	SavedAt  string
	Changes  []mergeField
	Same     []field // fields in which both agree, carried along
	Outlets  []outletChoice
	Sections []choice
	OneSet   bool // of outlets: both sides agree
}

// mergeField is a field in which the two differ, with what would be saved.
type mergeField struct {
	fieldChange
	Result   string
	ByThem   bool     // only they changed it
	Options  []choice // of a fact that is chosen
	Mine     []string // one's own outlets, where those differ
	Pictures sidesOfPicture
}

// sidesOfPicture are the pictures of both sides and of the result, nil for none.
type sidesOfPicture struct{ Theirs, Yours, Result *media.Media }

// sides are the texts of a merge.
type sides struct {
	from          newsroom.Revision // both began with it; theirs when it is not known
	theirs        newsroom.Revision
	yours, result newsroom.Content
}

// byThem says of a field whether only they changed it.
func (s sides) byThem(name string) bool {
	if name == "outlets" {
		return slices.Equal(s.from.Content.Outlets, s.yours.Outlets) && !slices.Equal(s.theirs.Content.Outlets, s.yours.Outlets)
	}
	yours := textOf(s.yours, name)
	return textOf(s.from.Content, name) == yours && textOf(s.theirs.Content, name) != yours
}

// begin is the result before anybody chose.
func (s sides) begin() newsroom.Content {
	result := s.yours
	for _, name := range slices.Concat(fieldNames, factNamesOf(s.from.Content, s.theirs.Content, s.yours)) {
		if s.byThem(name) {
			setText(&result, name, textOf(s.theirs.Content, name))
		}
	}
	if s.byThem("outlets") {
		result.Outlets = s.theirs.Content.Outlets
	}
	return result
}

// showMerge answers a save that came too late: 409, with nothing lost.
func (d *Desk) showMerge(c *fiber.Ctx, sheet *newsroom.Sheet, base int, yours newsroom.Content, theirs newsroom.Revision) error {
	from, err := d.begun(c, base, theirs)
	if err != nil {
		return err
	}
	if err := d.wordBoth(c, &from, &theirs); err != nil {
		return err
	}
	s := sides{from: from, theirs: theirs, yours: yours.Tidy()}
	s.result = s.begin()
	return d.mergePage(c, fiber.StatusConflict, sheet, s)
}

// wordBoth has names in two texts as people type them.
func (d *Desk) wordBoth(c *fiber.Ctx, texts ...*newsroom.Revision) error {
	for _, t := range texts {
		var err error
		if t.Content, err = d.Newsroom.Worded(web.Context(c), t.Content, d.printer(c).Lang()); err != nil {
			return err
		}
	}
	return nil
}

// begun is the revision that one's own text began with. A form that names none
// is taken to have begun with theirs: then everything that differs is one's own.
func (d *Desk) begun(c *fiber.Ctx, number int, theirs newsroom.Revision) (newsroom.Revision, error) {
	from, err := d.Newsroom.Revision(web.Context(c), web.Actor(c), refOf(c), number)
	if fault.KindOf(err) == fault.NotFound {
		return theirs, nil
	}
	return from, err
}

// take puts one side of one field into the result. Nothing is saved.
func (d *Desk) take(c *fiber.Ctx, form *web.Form) error {
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	base, err := strconv.Atoi(form.Text("base", 10))
	if err != nil {
		return errNoPage()
	}
	theirs, err := d.Newsroom.Revision(web.Context(c), web.Actor(c), refOf(c), base)
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(form.Text("from", 10))
	from, err := d.begun(c, number, theirs)
	if err != nil {
		return err
	}
	if err := d.wordBoth(c, &from, &theirs); err != nil {
		return err
	}
	s := sides{from, theirs, readMine(form).Tidy(), readContent(form).Tidy()}
	name, side, _ := strings.Cut(form.Text("take", 40), ":")
	if err := form.Err(); err != nil {
		return err
	}
	taken := s.yours
	if side == "theirs" {
		taken = s.theirs.Content
	}
	if name == "outlets" {
		s.result.Outlets = taken.Outlets
	} else {
		setText(&s.result, name, textOf(taken, name))
	}
	return d.mergePage(c, fiber.StatusOK, sheet, s)
}

// readMine reads the text that a merge began with: the fields that differ are
// carried along under their names with "mine_" before them.
func readMine(form *web.Form) newsroom.Content {
	mine, result := readPrefixed(form, "mine_"), readContent(form)
	for _, name := range slices.Concat(fieldNames, factNamesOf(result)) {
		if !form.Has("mine_" + name) {
			setText(&mine, name, textOf(result, name))
		}
	}
	if !form.Has("mine_outlets_too") {
		mine.Outlets = result.Outlets
	}
	return mine
}

func (d *Desk) mergePage(c *fiber.Ctx, status int, sheet *newsroom.Sheet, s sides) error {
	show := mergePage{page: d.page(c, "merge.title", "writing"), Sheet: sheet, Base: s.theirs.Number, From: s.from.Number, Stamp: stampOf(sheet.Unsaved)}
	people, err := d.Accounts.Names(web.Context(c), []string{s.theirs.Author})
	if err != nil {
		return err
	}
	show.Author, show.SavedAt = people[s.theirs.Author], show.DateTime(s.theirs.CreatedAt)
	if show.Sections, err = d.sectionChoices(c, show.Lang()); err != nil {
		return err
	}
	if show.Outlets, err = d.outletChoices(c, show.Lang(), s.result.Outlets); err != nil {
		return err
	}
	s.yours.Replies = s.theirs.Content.Replies // saved by themselves, on their own page
	names, err := d.factNames(c, sheet.Kind)
	if err != nil {
		return err
	}
	differs := map[string]bool{}
	for _, ch := range show.changes(s.theirs.Content, s.yours, nameOf(show.Sections), show.Outlets, names) {
		f := mergeField{fieldChange: ch, ByThem: s.byThem(ch.Name)}
		f.Pieces = condense(f.Pieces)
		if ch.Kind == "outlets" {
			f.Mine = s.yours.Outlets
		}
		f.Result = textOf(s.result, ch.Name)
		if key, ok := strings.CutPrefix(ch.Name, kind.Prefix); ok {
			in, _ := kind.InputOf(key)
			f.Now, f.Result, f.Options = in.Show(f.Now, show.Lang()), in.Show(f.Result, show.Lang()), names.options(in, f.Now, f.Result)
		}
		if ch.Kind == "picture" {
			if f.Pictures, err = d.pictures(c, ch.Before, ch.Now, f.Result); err != nil {
				return err
			}
		}
		show.Changes = append(show.Changes, f)
		differs[ch.Name] = true
	}
	show.OneSet = !differs["outlets"]
	for _, f := range slices.Concat(fields(s.result), factFields(s.result, show.Lang())) {
		if strings.HasPrefix(f.Name, kind.Prefix) && f.Text == "" {
			continue
		}
		if !differs[f.Name] {
			show.Same = append(show.Same, f)
		}
	}
	return d.show(c, status, "merge", show)
}

func (d *Desk) pictures(c *fiber.Ctx, theirs, yours, result string) (sidesOfPicture, error) {
	var p sidesOfPicture
	for _, side := range []struct {
		hash string
		into **media.Media
	}{{theirs, &p.Theirs}, {yours, &p.Yours}, {result, &p.Result}} {
		if side.hash == "" {
			continue
		}
		m, err := d.Media.Get(web.Context(c), side.hash)
		if err != nil && !correctable(err) {
			return p, err
		}
		if err == nil {
			*side.into = &m
		}
	}
	return p, nil
}

// nameOf finds the words for a choice's value.
func nameOf(choices []choice) func(value string) string {
	return func(value string) string {
		i := slices.IndexFunc(choices, func(c choice) bool { return c.Value == value })
		if i < 0 {
			return value
		}
		return choices[i].Label
	}
}
