package desk

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// attendPath is where an edition's open pages say that they are, below the
// edition's own address.
const attendPath = "/attend"

// presenceMark is who else has an edition open, in words.
type presenceMark struct {
	Words   string // "" for nobody
	Writing bool   // somebody has changed something and not saved it
}

// maxNamed is how many people are named of those who do the same.
const maxNamed = 3

// attend notes that somebody has an edition open, or not any more. Pages that
// run our script say so now and then, and when they are left.
func (d *Desk) attend(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	page := form.Text("page", 40)
	if err := form.Err(); err != nil {
		return err
	}
	if form.Has("left") {
		err = d.Newsroom.Leave(web.Context(c), web.Actor(c), refOf(c), page)
	} else {
		err = d.Newsroom.Attend(web.Context(c), web.Actor(c), refOf(c), page, form.Text("writing", 5) == "true")
	}
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// presence says of editions that the person was shown who else has them open.
func (d *Desk) presence(ctx context.Context, actor account.Actor, p *locale.Printer, editions []newsroom.Edition) (map[newsroom.Ref]presenceMark, error) {
	present, err := d.Newsroom.Present(ctx, actor, editions)
	if err != nil || len(present) == 0 {
		return nil, err
	}
	var ids []string
	for _, people := range present {
		for _, p := range people {
			ids = append(ids, p.Person)
		}
	}
	names, err := d.Accounts.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	marks := map[newsroom.Ref]presenceMark{}
	for ref, people := range present {
		marks[ref] = presenceWords(p, people, names)
	}
	return marks, nil
}

// presenceWords says who writes, and then who only looks.
func presenceWords(p *locale.Printer, people []newsroom.Presence, names map[string]string) presenceMark {
	var writing, looking []string
	for _, one := range people {
		if one.Writing {
			writing = append(writing, names[one.Person])
		} else {
			looking = append(looking, names[one.Person])
		}
	}
	var words []string
	for _, do := range []struct {
		key string
		who []string
	}{{"presence.writing", writing}, {"presence.looking", looking}} {
		if len(do.who) > 0 {
			words = append(words, p.T(do.key, "Names", someOf(p, do.who)))
		}
	}
	return presenceMark{strings.Join(words, " · "), len(writing) > 0}
}

// someOf names people, the first of them when they are many.
func someOf(p *locale.Printer, names []string) string {
	slices.Sort(names)
	if len(names) <= maxNamed {
		return strings.Join(names, ", ")
	}
	return p.T("presence.others", "Names", strings.Join(names[:maxNamed], ", "), "Number", len(names)-maxNamed)
}

// presenceOf is the mark of an edition's page while it is open.
func (d *Desk) presenceOf(ctx context.Context, actor account.Actor, name string) (string, error) {
	ref, ok := newsroom.RefOf("edition/" + name)
	if !ok {
		return "", fault.New(fault.NotFound, "error.edition.none")
	}
	seen, err := d.Newsroom.Seen(ctx, actor, []newsroom.Ref{ref})
	if err != nil {
		return "", err
	}
	marks, err := d.presence(ctx, actor, d.Words.Printer("desk", actor.Locale), seen)
	return marks[ref].Words, err
}
