package desk

import (
	"errors"
	"slices"
	"strconv"

	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// readContent reads the editor's form. Limits here are twice the newsroom's,
// so that a text that is too long comes back whole with a message and only
// what nobody could have typed is refused outright.
func readContent(form *web.Form) newsroom.Content { return readPrefixed(form, "") }

// readPrefixed reads the fields whose names have a prefix.
func readPrefixed(form *web.Form, prefix string) newsroom.Content {
	text := func(name string, max int) string { return form.Text(prefix+name, max) }
	return newsroom.Content{
		Section: text("section", 40), Outlets: form.List(prefix+"outlets", 40),
		Kicker: text("kicker", 2*newsroom.MaxKicker), Headline: text("headline", 2*newsroom.MaxHeadline),
		Standfirst: text("standfirst", 2*newsroom.MaxStandfirst), Body: text("body", 2*newsroom.MaxBody),
		Slug: text("slug", 2*newsroom.MaxSlug), Byline: text("byline", 2*newsroom.MaxByline),
		SourceName: text("source_name", 2*newsroom.MaxSourceName), SourceURL: text("source_url", 2*newsroom.MaxSourceURL),
		Lead: newsroom.Lead{
			Media: text("lead_media", 64), Alt: text("lead_alt", 2*newsroom.MaxAlt),
			Caption: text("lead_caption", 2*newsroom.MaxCaption), Credit: text("lead_credit", 2*newsroom.MaxCredit),
		},
	}
}

// save keeps what is in the form as a new revision. On the merge page it may
// also be asked to take one side into the result first.
func (d *Desk) save(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	if form.Has("take") {
		return d.take(c, form)
	}
	_, shown, err := d.keep(c, form)
	if err != nil || shown {
		return err
	}
	return c.Redirect(editionPath(refOf(c))+"?done=saved", fiber.StatusSeeOther)
}

// keep saves the form. When that is refused it shows the form again, or the
// merge page, with all that was typed, and says so with shown.
func (d *Desk) keep(c *fiber.Ctx, form *web.Form) (rev newsroom.Revision, shown bool, err error) {
	ref, actor := refOf(c), web.Actor(c)
	sheet, err := d.Newsroom.Open(web.Context(c), actor, ref)
	if err != nil {
		return rev, false, err
	}
	typed := readContent(form)
	typed.Sample = sheet.Revision.Content.Sample
	base, _ := strconv.Atoi(form.Text("base", 10)) // 0 is no revision: a conflict, with nothing lost
	err = form.Err()
	if err == nil {
		err = d.takePicture(c, form, sheet, &typed)
	}
	if err == nil {
		rev, err = d.Newsroom.Save(web.Context(c), actor, ref, base, typed)
	}
	var conflict *newsroom.ConflictError
	switch {
	case err == nil:
		return rev, false, nil
	case errors.As(err, &conflict):
		return rev, true, d.showMerge(c, sheet, typed, conflict.Theirs)
	case !correctable(err) && fault.KindOf(err) != fault.Forbidden:
		return rev, false, err
	}
	show := editionPage{page: d.page(c, "edition.title", "writing"), Sheet: sheet, Content: typed, Base: base}
	show.refused(err)
	return rev, true, d.showEdition(c, web.Status(err), show)
}

// takePicture stores a picture that came with the form and makes it the lead.
func (d *Desk) takePicture(c *fiber.Ctx, form *web.Form, sheet *newsroom.Sheet, typed *newsroom.Content) error {
	if form.Text("lead_remove", 5) != "" {
		typed.Lead = newsroom.Lead{}
	}
	file, name, err := form.File("lead_file")
	if err != nil || file == nil {
		return err
	}
	defer file.Close()
	m, err := d.Media.Add(web.Context(c), web.Actor(c), sheet.Agency, name, file)
	if f, ok := fault.As(err); ok && f.Kind != fault.Forbidden {
		return &fault.Error{Kind: fault.Invalid, Message: fault.Say("error.form"), Fields: map[string]fault.Message{"lead_file": f.Message}, Cause: err}
	}
	if err != nil {
		return err
	}
	typed.Lead.Media = m.Hash
	return nil
}

// do performs a verb. Those of writers save the form first.
func (d *Desk) do(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ref, verb := refOf(c), newsroom.Verb(form.Text("verb", 20))
	ask := newsroom.Ask{Hash: form.Text("hash", 64), Reason: form.Text("reason", 2*newsroom.MaxReason), Note: form.Text("note", 2*newsroom.MaxReason)}
	if verb == newsroom.Schedule {
		ask.At = form.LocalTime("publish_at")
	}
	if err := form.Err(); err != nil {
		return d.refuseVerb(c, verb, ask, err)
	}
	if slices.Contains(withText, verb) && form.Has("headline") {
		rev, shown, err := d.keep(c, form)
		if err != nil || shown {
			return err
		}
		ask.Hash = rev.Hash
	}
	if err := d.Newsroom.Do(web.Context(c), web.Actor(c), ref, verb, ask); err != nil {
		return d.refuseVerb(c, verb, ask, err)
	}
	return c.Redirect(editionPath(ref)+"?done=done", fiber.StatusSeeOther)
}

// refuseVerb shows the edition as it stands with the reason of the refusal.
func (d *Desk) refuseVerb(c *fiber.Ctx, verb newsroom.Verb, ask newsroom.Ask, refusal error) error {
	if !correctable(refusal) && fault.KindOf(refusal) != fault.Forbidden {
		return refusal
	}
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	show := editionPage{page: d.page(c, "edition.title", "states"), Sheet: sheet, Content: sheet.Revision.Content, Base: sheet.Revision.Number}
	show.refused(refusal)
	show.Asked = asked{verb, ask}
	return d.showEdition(c, web.Status(refusal), show)
}

// discard forgets what was typed and not saved.
func (d *Desk) discard(c *fiber.Ctx) error {
	if err := d.Newsroom.Discard(web.Context(c), web.Actor(c), refOf(c)); err != nil {
		return err
	}
	return c.Redirect(editionPath(refOf(c))+"?done=discarded", fiber.StatusSeeOther)
}

// autosave keeps what is being typed; script calls it and reads JSON.
func (d *Desk) autosave(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	base, _ := strconv.Atoi(form.Text("base", 10)) // kept as it is: saving asks again
	content := readContent(form)
	if err := form.Err(); err != nil {
		return err
	}
	at, err := d.Newsroom.Autosave(web.Context(c), web.Actor(c), refOf(c), base, content)
	if err != nil {
		return err
	}
	p := d.printer(c)
	return c.JSON(fiber.Map{"saved_at": at, "saved": p.T("autosave.saved", "Time", p.Time(at))})
}
