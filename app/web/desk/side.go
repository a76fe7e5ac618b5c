package desk

import (
	"cmp"
	"encoding/json"
	"errors"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/parallel"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// sidePage is a translation beside its source, passage by passage. The cells of
// its form are named as the passages are, so that what was typed finds its place
// again when the source has changed meanwhile.
type sidePage struct {
	page
	Sheet     *newsroom.Sheet
	Source    newsroom.Revision
	Version   int64 // newsroom.Parallel
	Cells     string
	Groups    []sideGroup
	Lag       sideLag
	Loose     bool
	Only      bool            // what is up to date is behind a disclosure
	Writing   bool            // the cells can be written in
	Ticking   bool            // passages can be said to be right, though nothing can be written
	TooMany   bool            // passages for one form
	Left      []newsroom.Cell // what was typed for passages that are not there any more
	Conflict  string          // who saved meanwhile, "" where that was the source's
	Moved     bool            // it is shown again because one of the texts has changed
	Restored  bool
	Offered   bool // the newsroom's draft is to be taken back or dropped first
	InForm    bool // the form has more than is saved
	Stamp     string
	Stored    string // the newsroom's draft, as script reads it
	SaveNote  string
	typed     newsroom.Laid
	alongside *newsroom.Parallel
}

// sideLag is how far the translation is behind.
type sideLag struct{ Changed, Critical, Untranslated int }

// Behind is in how many passages it is.
func (l sideLag) Behind() int { return l.Changed + l.Untranslated }

// sideGroup are neighbouring passages.
type sideGroup struct {
	Folded bool
	Rows   []sideRow
}

// sideRow is a passage as the page shows it.
type sideRow struct {
	newsroom.Passage
	Label   string
	Place   int // among those that are behind, from 1; 0 for one that is not
	Next    int // the place of the next of them, 0 after the last
	Text    string
	Right   bool
	Both    bool               // somebody else has written here meanwhile
	Max     int                // characters, 0 for no limit of its own
	Notes   []newsroom.Finding // what stands out in it and is not explained
	Source  template.HTML
	Changed []newsroom.Changed // what has changed in it, of a paragraph
	Reading template.HTML      // the translation, where it is only read
}

// Untranslated says whether it is still to be translated.
func (r sideRow) Untranslated() bool { return r.What == parallel.New && r.Target == "" }

// ShowsDiff says whether its source is shown as what has changed in it.
func (r sideRow) ShowsDiff() bool { return r.Behind() && r.What != parallel.New }

// Rows is how many lines of a text field it begins with, where the browser does
// not fit them to the text.
func (r sideRow) Rows() int {
	lines := strings.Count(r.Text, "\n") + 1 + len([]rune(r.Text))/60
	return max(2, min(lines, 24))
}

// mostCells is how many fields the page may send: fewer than a form can have.
const mostCells = 700

func sidePath(ref newsroom.Ref) string { return editionPath(ref) + "/side" }

// side shows a translation beside its source.
func (d *Desk) side(c *fiber.Ctx) error {
	show, err := d.sidePage(c)
	if err != nil {
		return err
	}
	show.typed.Beside = show.alongside.Typed()
	if stored := show.Sheet.Unsaved; stored != nil && show.Writing && c.Query("restore") == "1" {
		if stored.Beside == nil { // typed in the whole text
			return c.Redirect(editionPath(show.Sheet.Ref)+"?restore=1", fiber.StatusSeeOther)
		}
		if err := d.lay(c, show, *stored.Beside, stored.Base); err != nil {
			return err
		}
		show.Restored = true
	}
	return d.showSide(c, fiber.StatusOK, show)
}

// sidePage begins the page.
func (d *Desk) sidePage(c *fiber.Ctx) (*sidePage, error) {
	show := &sidePage{page: d.page(c, "side.title", "translating"), Only: c.Query("only") == "behind"}
	var err error
	if show.Sheet, err = d.Newsroom.Open(web.Context(c), show.Actor, refOf(c)); err != nil {
		return nil, err
	}
	if show.alongside, err = d.Newsroom.Parallel(web.Context(c), show.Actor, refOf(c)); err != nil {
		return nil, err
	}
	p := show.alongside
	if show.Sheet.Ticked != nil && waits(*show.Sheet.Ticked.Beside, p.Passages) {
		show.Sheet.Unsaved = show.Sheet.Ticked
	}
	show.Source, show.Version, show.Loose = p.Source, p.Version, p.Loose()
	show.TooMany = len(p.Passages)+len(p.Behind()) > mostCells
	show.Writing = show.Sheet.MaySave && !show.TooMany
	_, may := show.Actor.MayIn(account.Translate, show.Sheet.Agency, show.Sheet.Ref.Lang)
	show.Ticking = !show.Writing && may && !show.TooMany && len(p.Behind()) > 0
	return show, nil
}

// waits says whether something was said to be right that is behind still.
func waits(ticked newsroom.Beside, passages []newsroom.Passage) bool {
	return slices.ContainsFunc(passages, func(p newsroom.Passage) bool {
		return p.Behind() && slices.ContainsFunc(ticked.Cells, func(c newsroom.Cell) bool { return c.Right && c.ID == p.ID })
	})
}

// lay puts what was typed over a revision to where it belongs now.
func (d *Desk) lay(c *fiber.Ctx, show *sidePage, typed newsroom.Beside, base int) error {
	begun, err := d.begun(c, base, show.alongside.Revision)
	if err != nil {
		return err
	}
	show.typed = show.alongside.Lay(typed, begun.Content)
	return nil
}

// showSide fills in the passages.
func (d *Desk) showSide(c *fiber.Ctx, status int, show *sidePage) error {
	p := show.alongside
	show.Left = show.typed.Left
	ids := make([]string, len(p.Passages))
	behind := p.Behind()
	for i, passage := range p.Passages {
		cell := show.typed.Cells[i]
		row := sideRow{
			Passage: passage, Label: show.passageLabel(passage.ID), Text: cell.Text, Right: cell.Right,
			Both: slices.Contains(show.typed.Both, i), Max: fieldLimits[passage.Key],
		}
		if at := slices.Index(behind, i); at >= 0 {
			row.Place = at + 1
			if at+1 < len(behind) {
				row.Next = at + 2
			}
		}
		for _, f := range show.Sheet.Findings {
			if f.Passage == i && f.Reason == "" {
				row.Notes = append(row.Notes, f)
			}
		}
		if err := d.renderSide(c, show, &row); err != nil {
			return err
		}
		show.Lag.count(row)
		show.InForm = show.InForm || row.Text != row.Target || row.Right
		show.add(row)
		ids[i] = passage.ID
	}
	show.Cells = strings.Join(ids, " ")
	if err := show.readStored(); err != nil {
		return err
	}
	return d.show(c, status, "side", show)
}

// renderSide makes of a row's texts what is read.
func (d *Desk) renderSide(c *fiber.Ctx, show *sidePage, row *sideRow) error {
	if row.Key != "" {
		return nil
	}
	var err error
	if row.ShowsDiff() {
		if row.Changed, err = d.Newsroom.CompareBodies(row.Old, row.New); err != nil {
			return err
		}
	} else if row.Source, err = d.body(web.Context(c), show.Source.Ref.Lang, row.New); err != nil {
		return err
	}
	if !show.Writing {
		row.Reading, err = d.body(web.Context(c), show.Sheet.Ref.Lang, row.Target)
	}
	return err
}

func (l *sideLag) count(row sideRow) {
	switch {
	case !row.Behind():
	case row.Untranslated():
		l.Untranslated++
	default:
		l.Changed++
		if row.Severity == parallel.Critical {
			l.Critical++
		}
	}
}

// add puts a row to its neighbours.
func (p *sidePage) add(row sideRow) {
	fold := p.Only && !row.Behind() && p.Errors.For(row.ID) == ""
	if last := len(p.Groups) - 1; last < 0 || p.Groups[last].Folded != fold {
		p.Groups = append(p.Groups, sideGroup{Folded: fold})
	}
	last := &p.Groups[len(p.Groups)-1]
	last.Rows = append(last.Rows, row)
}

// readStored tells of a draft that the newsroom has.
func (p *sidePage) readStored() error {
	stored := p.Sheet.Unsaved
	if stored == nil {
		return nil
	}
	fields, err := json.Marshal(sideFields(*stored, p.Lang()))
	p.Stamp, p.Stored = stampOf(stored), string(fields)
	p.Offered = p.Writing && !p.Restored && !(p.Errors.Summary != "" && p.InForm)
	return err
}

// sideFields are the texts of a draft by the names of the page's form; those of
// the editor's form where it was typed there.
func sideFields(u newsroom.Unsaved, lang string) map[string]any {
	if u.Beside == nil {
		return formFields(u, lang)
	}
	values := map[string]any{
		"base": strconv.Itoa(u.Base), "source": strconv.Itoa(u.Beside.Source), "version": strconv.FormatInt(u.Beside.Version, 10),
	}
	var ids []string
	for _, cell := range u.Beside.Cells {
		ids = append(ids, cell.ID)
		values[cell.ID] = cell.Text
		if cell.Right {
			values[rightPrefix+cell.ID] = "1"
		}
	}
	values["cells"] = strings.Join(ids, " ")
	return values
}

// fieldLimits are the most characters of fields that are translated.
var fieldLimits = map[string]int{
	"headline": newsroom.MaxHeadline, "kicker": newsroom.MaxKicker, "standfirst": newsroom.MaxStandfirst,
	"lead_alt": newsroom.MaxAlt, "lead_caption": newsroom.MaxCaption,
}

// rightPrefix begins the name of the box that says of a passage that it is right.
const rightPrefix = "right-"

// passageLabel names a passage: a field by its name, a paragraph by where it
// stands.
func (p *sidePage) passageLabel(id string) string {
	number := 0
	for _, passage := range p.alongside.Passages {
		if passage.Key == "" {
			number++
		}
		if passage.ID == id && passage.Key == "" {
			return p.T("side.passage", "Number", number)
		}
	}
	return p.page.FieldLabel(id)
}

// Row is a passage with the page around it.
func (p *sidePage) Row(r sideRow) struct {
	Page *sidePage
	Row  sideRow
} {
	return struct {
		Page *sidePage
		Row  sideRow
	}{p, r}
}

// FieldLabel names a refused field.
func (p *sidePage) FieldLabel(field string) string { return p.passageLabel(field) }

// lost is a text that would be lost, in its language.
type lost struct {
	field
	Lang string
}

// Lost is the beginning of what dropping the newsroom's draft would lose.
func (p *sidePage) Lost() []lost {
	if p.Sheet.Unsaved.Beside == nil {
		return nil
	}
	var list []lost
	left := lostLength
	for _, cell := range p.Sheet.Unsaved.Beside.Cells {
		i := slices.IndexFunc(p.alongside.Passages, func(s newsroom.Passage) bool { return s.ID == cell.ID })
		label := p.T("side.passage_gone")
		if i >= 0 {
			label = p.passageLabel(cell.ID)
		}
		if cell.Right && i >= 0 {
			list = append(list, lost{field{label, p.T("side.right")}, p.Lang()})
		}
		if cell.Text == "" || i >= 0 && p.alongside.Passages[i].Target == cell.Text || left <= 0 {
			continue
		}
		text := shorten(cell.Text, left)
		left -= len([]rune(text))
		list = append(list, lost{field{label, text}, p.Sheet.Ref.Lang})
	}
	return list
}

// readBeside reads the page's form.
func readBeside(form *web.Form) newsroom.Beside {
	source, _ := strconv.Atoi(form.Text("source", 10))
	version, _ := strconv.ParseInt(form.Text("version", 20), 10, 64)
	typed := newsroom.Beside{Source: source, Version: version}
	for _, id := range strings.Fields(form.Text("cells", roomy)) {
		typed.Cells = append(typed.Cells, newsroom.Cell{ID: id, Text: form.Text(id, roomy), Right: form.Text(rightPrefix+id, 5) != ""})
	}
	return typed
}

// saveSide keeps what is in the form: the translation, or for those who may not
// write just that it is right.
func (d *Desk) saveSide(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show, err := d.sidePage(c)
	if err != nil {
		return err
	}
	typed, note := readBeside(form), form.Text("save_note", roomy)
	base, _ := strconv.Atoi(form.Text("base", 10)) // 0 is no revision: a conflict, with nothing lost
	ref := show.Sheet.Ref
	only := ""
	if show.Only {
		only = "&only=behind"
	}
	saved := savedText{before: show.Sheet.Edition}
	if err = form.Err(); err == nil && form.Has("ticked") {
		saved.Number = saved.before.Head
		err = d.Newsroom.SayRight(web.Context(c), show.Actor, ref, typed.Version, typed.Source, typed.Right()...)
	} else if err == nil {
		saved.Revision, err = d.Newsroom.SaveSide(web.Context(c), show.Actor, ref, base, typed, note)
	}
	if err == nil {
		return c.Redirect(sidePath(ref)+"?done="+saved.told()+only, fiber.StatusSeeOther)
	}
	if !correctable(err) && fault.KindOf(err) != fault.Forbidden {
		return err
	}
	return d.refuseSide(c, typed, base, note, err)
}

// refuseSide shows the page as it is now, with all that was typed.
func (d *Desk) refuseSide(c *fiber.Ctx, typed newsroom.Beside, base int, note string, refusal error) error {
	show, err := d.sidePage(c) // the source may have changed just now
	if err != nil {
		return err
	}
	if err := d.lay(c, show, typed, base); err != nil {
		return err
	}
	show.SaveNote = note
	show.refused(refusal)
	if fault.KindOf(refusal) == fault.Conflict {
		show.Moved, show.Errors = true, fieldErrors{Summary: show.T("error.translation.moved_on")}
	}
	var conflict *newsroom.ConflictError
	if errors.As(refusal, &conflict) && conflict.Theirs.Number != base {
		names, err := d.Accounts.Names(web.Context(c), []string{conflict.Theirs.Author})
		if err != nil {
			return err
		}
		show.Conflict = cmp.Or(names[conflict.Theirs.Author], show.T("side.somebody"))
	}
	if !show.Writing { // nothing can be typed there any more
		show.typed.Left = slices.DeleteFunc(slices.Clone(typed.Cells), func(cell newsroom.Cell) bool { return cell.Text == "" })
		show.typed.Beside = show.alongside.Typed()
	}
	return d.showSide(c, web.Status(refusal), show)
}
