package desk

import (
	"html/template"
	"slices"
	"strconv"

	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// revisionPage is a saved version: what it changed since another, and its text.
type revisionPage struct {
	page
	Edition    newsroom.Ref
	Head       int // number of the newest version
	Revision   newsroom.Revision
	Author     string
	From       int     // the number of the version it is compared with, 0 for none
	Since      []since // other versions to compare it with, in one press
	Changes    []fieldChange
	Comparison newsroom.Comparison
	Body       template.HTML
	Heard      []heard // the replies in it
	Known      []shownFact
	Facts      []field // what is said besides the text itself
}

// since is a version that the person knows already.
type since struct {
	Key    string // of the words
	Number int
}

// revision shows a saved version and what it changed: since the one before, or
// the one that the address names as from.
func (d *Desk) revision(c *fiber.Ctx) error {
	number, err := strconv.Atoi(c.Params("number"))
	if err != nil {
		return errNoPage()
	}
	show := revisionPage{page: d.page(c, "revision.title", "revisions", "Number", number), Edition: refOf(c)}
	if show.Revision, err = d.Newsroom.Revision(web.Context(c), show.Actor, show.Edition, number); err != nil {
		return err
	}
	newest, err := d.Newsroom.History(web.Context(c), show.Actor, show.Edition, 1)
	if err != nil {
		return err
	}
	show.Head = newest[0].Number
	if show.From, err = web.QueryInt(c, "from", number-1, 1, show.Head); err != nil {
		return err
	}
	if err := d.compare(c, &show); err != nil {
		return err
	}
	if show.Body, err = d.body(web.Context(c), show.Edition.Lang, show.Revision.Content.Body); err != nil {
		return err
	}
	if show.Heard, err = d.hear(show.page, show.Edition.Lang, show.Revision.Content); err != nil {
		return err
	}
	names, err := d.Accounts.Names(web.Context(c), []string{show.Revision.Author})
	if err != nil {
		return err
	}
	show.Author = names[show.Revision.Author]
	return d.show(c, fiber.StatusOK, "revision", show)
}

// compare says what has changed between the two versions, and what the one that
// is shown holds besides its text. Sections, outlets and pictures are named.
func (d *Desk) compare(c *fiber.Ctx, show *revisionPage) error {
	known, err := d.Newsroom.Known(web.Context(c), show.Actor, show.Edition)
	if err != nil {
		return err
	}
	show.Since = sinceKnown(known, show.Revision.Number, show.From)
	if show.From > 0 {
		if show.Comparison, err = d.Newsroom.Compare(web.Context(c), show.Actor, show.Edition, show.From, show.Revision.Number); err != nil {
			return err
		}
	}
	from, to := show.Comparison.From, show.Revision
	if err := d.wordBoth(c, &from, &to); err != nil {
		return err
	}
	before, now := from.Content, to.Content
	sections, err := d.sectionChoices(c, show.Lang())
	if err != nil {
		return err
	}
	outlets, err := d.outletChoices(c, show.Lang(), nil)
	if err != nil {
		return err
	}
	item, err := d.Newsroom.Open(web.Context(c), show.Actor, show.Edition)
	if err != nil {
		return err
	}
	names, err := d.factNames(c, item.Kind)
	if err != nil {
		return err
	}
	show.Known = names.shown(item.Kind, now.Facts)
	pictures, err := d.Media.Many(web.Context(c), []string{before.Lead.Media, now.Lead.Media})
	if err != nil {
		return err
	}
	if show.From > 0 {
		show.Changes = show.besideBody(before, now, nameOf(sections), outlets, names)
	}
	for i, ch := range show.Changes {
		if ch.Kind == "picture" {
			show.Changes[i].Pieces = whole(pictures[ch.Before].Name, pictures[ch.Now].Name)
		}
	}
	now.Section = nameOf(sections)(now.Section)
	now.Lead.Media = pictures[now.Lead.Media].Name
	show.Facts = append(show.facts(now), field{"outlets", namesOf(now.Outlets, outlets)})
	return nil
}

// besideBody are the changes of all fields but the body, which is compared as
// it reads.
func (p page) besideBody(before, now newsroom.Content, section func(string) string, outlets []outletChoice, facts factNames) []fieldChange {
	before.Body, now.Body = "", ""
	return p.changes(before, now, section, outlets, facts)
}

// sinceKnown are the versions that a person knows already and may compare a
// later one with, but for the one that it is compared with now.
func sinceKnown(known newsroom.Known, number, now int) []since {
	all := []since{{"revision.since_approved", known.Approved}, {"revision.since_live", known.Live}, {"revision.since_saved", known.Saved}}
	return slices.DeleteFunc(all, func(s since) bool { return s.Number == 0 || s.Number >= number || s.Number == now })
}

// facts are the fields of a content besides the text as it is read, in words.
func (p page) facts(c newsroom.Content) []field {
	text := []string{"kicker", "headline", "standfirst", "body"}
	list := slices.DeleteFunc(fields(c), func(f field) bool { return f.Text == "" || slices.Contains(text, f.Name) })
	for i, f := range list {
		if codesOf(f.Name) != nil {
			list[i].Text = p.codeName(f.Name, f.Text)
		}
	}
	return list
}
