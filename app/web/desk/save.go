package desk

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// roomy is the most characters that are read of any text. The newsroom has its
// own limits: what is too long for them is kept while it is being shortened.
const roomy = 2 * newsroom.MaxBody

// readContent reads the editor's form.
func readContent(form *web.Form) newsroom.Content { return readPrefixed(form, "") }

// readPrefixed reads the fields whose names have a prefix.
func readPrefixed(form *web.Form, prefix string) newsroom.Content {
	text := func(name string) string { return form.Text(prefix+name, roomy) }
	c := newsroom.Content{
		Section: form.Text(prefix+"section", 40), Outlets: form.List(prefix+"outlets", 40),
		Kicker: text("kicker"), Headline: text("headline"), Standfirst: text("standfirst"), Body: text("body"),
		Slug: text("slug"), Byline: text("byline"), SourceName: text("source_name"), SourceURL: text("source_url"),
		Lead: newsroom.Lead{
			Media: form.Text(prefix+"lead_media", 64), Alt: text("lead_alt"), Caption: text("lead_caption"), Credit: text("lead_credit"),
		},
		Facts: readFacts(form, prefix),
	}
	for _, name := range aboutNames {
		setAbout(&c.About, name, text(name))
	}
	return c
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
	kept, shown, err := d.keep(c, form)
	if err != nil || shown {
		return err
	}
	if place := form.Text("pick", 10); pickable[place] {
		return c.Redirect(pickerPath(refOf(c), place), fiber.StatusSeeOther)
	}
	return c.Redirect(editionPath(refOf(c))+"?done="+kept.told(), fiber.StatusSeeOther)
}

// savedText is a text that was saved.
type savedText struct {
	newsroom.Revision
	before newsroom.Edition // where the edition stood
}

// told names the sentence that says what saving did.
func (k savedText) told() string {
	switch {
	case k.Number == k.before.Head: // it was there already
		return "saved"
	case k.before.State == newsroom.Approved || k.before.State == newsroom.Scheduled:
		return "saved_" + string(k.before.State)
	case k.before.Live == newsroom.IsLive && k.before.State != newsroom.Draft && slices.Contains(ended, k.before.State):
		return "saved_live"
	}
	return "saved"
}

// ended are the states in which saving begins another draft.
var ended = []newsroom.State{newsroom.Published, newsroom.Corrected, newsroom.Rejected}

// keep saves the form. When that is refused it shows the form again, or the
// merge page, with all that was typed, and says so with shown.
func (d *Desk) keep(c *fiber.Ctx, form *web.Form) (saved savedText, shown bool, err error) {
	ref, actor := refOf(c), web.Actor(c)
	sheet, err := d.Newsroom.Open(web.Context(c), actor, ref)
	if err != nil {
		return saved, false, err
	}
	saved.before = sheet.Edition
	typed := readContent(form)
	typed.Sample, typed.Replies = sheet.Revision.Content.Sample, sheet.Revision.Content.Replies // not in this form
	base, _ := strconv.Atoi(form.Text("base", 10))                                              // 0 is no revision: a conflict, with nothing lost
	note := form.Text("save_note", roomy)
	err = form.Err()
	if err == nil {
		err = d.takePicture(c, form, sheet, &typed)
	}
	if err == nil {
		source, _ := strconv.Atoi(form.Text("source", 10)) // of the source text, the version shown; 0 is none
		saved.Revision, err = d.Newsroom.Keep(web.Context(c), actor, ref, newsroom.Saving{Base: base, Source: source, Content: typed, Note: note})
	}
	var conflict *newsroom.ConflictError
	switch {
	case err == nil:
		return saved, false, nil
	case errors.As(err, &conflict):
		return saved, true, d.showMerge(c, sheet, base, typed, conflict.Theirs)
	case !correctable(err) && fault.KindOf(err) != fault.Forbidden:
		return saved, false, err
	}
	show := editionPage{page: d.page(c, "edition.title", "writing"), Sheet: sheet, Content: typed, Base: base, Writing: sheet.MaySave, SaveNote: note}
	show.refused(err)
	return saved, true, d.showEdition(c, web.Status(err), show)
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
	m, err := d.Media.AddPicture(web.Context(c), web.Actor(c), sheet.Agency, name, file)
	if f, ok := fault.As(err); ok && (f.Kind != fault.Forbidden || sheet.MaySave) {
		if f.Kind == fault.Forbidden { // it is the picture that this person may not add
			f = fault.New(fault.Forbidden, "error.media.role")
		}
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
	ask := newsroom.Ask{Hash: form.Text("hash", 64), Reason: form.Text("reason", roomy), Note: form.Text("note", roomy), Right: form.Text("right", roomy), Change: newsroom.Change(form.Text("change", 10))}
	ask.Letters = form.List("letters", 64)
	switch {
	case verb == newsroom.Schedule:
		ask.At = form.LocalTime("publish_at")
	case (verb == newsroom.SetEmbargo || verb == newsroom.SetExpiry) && !form.Has("lift"):
		ask.At = form.LocalTime("at")
	}
	if verb == newsroom.Pass { // one form may lead to several steps, each with its own reason
		ask.To = strings.Clone(c.Query("to"))
		if reason := form.Text("reason-"+ask.To, roomy); ask.Reason == "" {
			ask.Reason = reason
		}
	}
	ask.Languages = form.List("languages", 10)
	ask.Workflow, ask.Answers = form.Text("workflow", 30), map[string]newsroom.Answer{}
	for id, answer := range form.Prefixed("answer-", 5) {
		ask.Answers[id] = newsroom.Answer(answer)
	}
	if err := form.Err(); err != nil {
		return d.refuseVerb(c, verb, ask, false, err)
	}
	saved := false
	if slices.Contains(withText, verb) && form.Has("headline") {
		kept, shown, err := d.keep(c, form)
		if err != nil || shown {
			return err
		}
		ask.Hash, saved = kept.Hash, true
	}
	if err := d.Newsroom.Do(web.Context(c), web.Actor(c), ref, verb, ask); err != nil {
		return d.refuseVerb(c, verb, ask, saved, err)
	}
	return c.Redirect(editionPath(ref)+"?done="+string(verb), fiber.StatusSeeOther)
}

// refuseVerb shows the edition as it stands with the reason of the refusal,
// and says whether the text was saved all the same. What is missing from the
// text is told at the fields of its form.
func (d *Desk) refuseVerb(c *fiber.Ctx, verb newsroom.Verb, ask newsroom.Ask, saved bool, refusal error) error {
	if !correctable(refusal) && fault.KindOf(refusal) != fault.Forbidden {
		return refusal
	}
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	show := editionPage{page: d.page(c, "edition.title", "states"), Sheet: sheet, Content: sheet.Revision.Content, Base: sheet.Revision.Number}
	if saved {
		show.refusedAs("refused.saved_"+string(verb), refusal)
	} else {
		show.refusedAs("refused."+string(verb), refusal)
	}
	show.Asked = asked{verb, ask}
	show.Writing = sheet.MaySave && (!slices.Contains(deciding, sheet.State) || show.Errors.ofText())
	return d.showEdition(c, web.Status(refusal), show)
}

// discard forgets what was typed and not saved.
func (d *Desk) discard(c *fiber.Ctx) error {
	if err := d.Newsroom.Discard(web.Context(c), web.Actor(c), refOf(c)); err != nil {
		return err
	}
	if web.WantsJSON(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	path := editionPath(refOf(c))
	if form, err := web.ReadForm(c); err == nil && form.Has("side") {
		path = sidePath(refOf(c))
	}
	return c.Redirect(path+"?done=discarded", fiber.StatusSeeOther)
}

// autosave keeps what is being typed; script calls it and reads JSON. When
// another window of the same person has kept something else, that text is the
// answer.
func (d *Desk) autosave(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	base, _ := strconv.Atoi(form.Text("base", 10)) // kept as it is: saving asks again
	typed := newsroom.Unsaved{Base: base, SavedAt: stampTime(form.Text("stamp", 40))}
	named := formFields
	if form.Has("cells") {
		beside := readBeside(form)
		typed.Beside, named = &beside, sideFields
	} else {
		typed.Content = readContent(form)
	}
	if err := form.Err(); err != nil {
		return err
	}
	p := d.printer(c)
	at, err := d.Newsroom.Autosave(web.Context(c), web.Actor(c), refOf(c), typed)
	var elsewhere *newsroom.ElsewhereError
	if errors.As(err, &elsewhere) {
		f, _ := fault.As(err)
		return c.Status(web.Status(err)).JSON(fiber.Map{
			"error": p.Message(f.Message), "stamp": stamp(elsewhere.Stored.SavedAt), "fields": named(elsewhere.Stored, p.Lang()),
		})
	}
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"stamp": stamp(at), "saved": p.T("autosave.saved", "Time", p.Time(at))})
}
