package desk

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/letter"
	"doingoai/app/locale"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/outlet"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// editionPage is the editor: the text in the middle, everything else at the edge.
type editionPage struct {
	page
	Sheet     *newsroom.Sheet
	Content   newsroom.Content // what the form shows: the newest revision, or what was typed
	Base      int              // the revision the form started from
	Picture   *media.Media     // of Content.Lead
	Sections  []choice
	Outlets   []outletChoice
	Languages []string // the item has no edition in yet
	Rail      rail
	Source    *sourceText // the text a translation is made from
	Readers   []readersPage
	Done      newsroom.Verb // what was just done
	Writing   bool          // the form is shown, else the text as it reads
	MayUpload bool
	Took      int  // the number of an older revision whose text is in the form, 0 for none
	Restored  bool // Content is what was typed and not saved
	Unsaved   unsaved
	Reading   template.HTML     // the body as it reads
	Letters   []letter.Letter   // open ones about it, for those who read letters
	Heard     []heard           // the replies to it, as they read
	Names     map[string]string // of people, by id
	History   []newsroom.Revision
	Trail     []audit.Entry
	Changes   []newsroom.ChangeNote // what was said of changes to what readers have
	Asked     asked                 // a verb that was refused, with what was typed for it
	Talk      talk
	Facts     []factRow   // the form's
	Known     []shownFact // as they are read
	names     factNames
	SaveNote  string    // as typed
	Since     []since   // to see what has changed, where the text is read
	At        time.Time // by the newsroom's clock
	Planning  planning
	Present   presenceMark
	Worded    []wordedOutlet // outlets that keep words of their own over the story
}

type asked struct {
	Verb newsroom.Verb
	newsroom.Ask
}

// PublishAt is the moment that was asked for, as its field takes it.
func (a asked) PublishAt() string {
	return inputTime(a.At)
}

// inputTime writes a moment as its field takes it, "" for none.
func inputTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(locale.Zone()).Format("2006-01-02T15:04")
}

type outletChoice struct {
	choice
	Chosen bool
}

func (d *Desk) edition(c *fiber.Ctx) error {
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	show := editionPage{page: d.page(c, "edition.title", "writing"), Sheet: sheet, Content: sheet.Revision.Content, Base: sheet.Revision.Number}
	d.saw(c, &show.page, "edition/"+sheet.Ref.Item+"/"+sheet.Ref.Lang)
	if sheet.Unsaved != nil && c.Query("restore") == "1" && sheet.MaySave {
		show.Content, show.Base, show.Restored = sheet.Unsaved.Content, sheet.Unsaved.Base, true
	}
	if err := d.takeOlder(c, &show); err != nil {
		return err
	}
	show.Writing = sheet.MaySave && (!slices.Contains(deciding, sheet.State) || c.Query("edit") == "1" || show.Restored || show.Took > 0)
	show.Help = show.topic()
	return d.showEdition(c, fiber.StatusOK, show)
}

// topic is the help page on what the person has before them.
func (p *editionPage) topic() string {
	switch state := p.Sheet.State; {
	case p.Sheet.Blocked() || len(p.Sheet.Marks) > 0 && !p.Sheet.Cleared:
		return "secrets"
	case p.Writing && p.Sheet.Ref.Lang != p.Sheet.SourceLang:
		return "languages"
	case p.Writing:
		return "writing"
	case state == newsroom.DeskReview || state == newsroom.Approval:
		return "approving"
	case state == newsroom.Approved || state == newsroom.Scheduled || state == newsroom.Published ||
		state == newsroom.Corrected || state == newsroom.Withdrawn:
		return "publishing"
	}
	return "states"
}

func refOf(c *fiber.Ctx) newsroom.Ref {
	return newsroom.Ref{Item: web.Param(c, "item"), Lang: web.Param(c, "lang")}
}

// showEdition fills in what surrounds the text.
func (d *Desk) showEdition(c *fiber.Ctx, status int, show editionPage) error {
	ctx, actor, sheet := web.Context(c), show.Actor, show.Sheet
	show.Title = show.Content.Headline
	if show.Title == "" {
		show.Title = show.T("edition.untitled")
	}
	var err error
	if show.Content, err = d.Newsroom.Worded(ctx, show.Content, show.Lang()); err != nil {
		return err
	}
	head := sheet.Revision.Content
	if head, err = d.Newsroom.Worded(ctx, head, show.Lang()); err != nil {
		return err
	}
	if show.Sections, err = d.openSections(c, show.Lang(), show.Content.Section); err != nil {
		return err
	}
	if show.Outlets, err = d.outletChoices(c, show.Lang(), show.Content.Outlets); err != nil {
		return err
	}
	if show.Content.Lead.Media != "" {
		m, err := d.Media.Get(ctx, show.Content.Lead.Media)
		if err != nil && fault.KindOf(err) != fault.NotFound { // a picture that is none is told at its field
			return err
		}
		if err == nil {
			show.Picture = &m
		}
	}
	if show.History, err = d.Newsroom.History(ctx, actor, sheet.Ref, 30); err != nil {
		return err
	}
	if show.Trail, err = audit.Of(ctx, d.DB, "edition/"+sheet.Item+"/"+sheet.Ref.Lang, 30); err != nil {
		return err
	}
	if sheet.Live != newsroom.NeverLive {
		if show.Changes, err = d.Newsroom.ChangeNotes(ctx, actor, sheet.Ref); err != nil {
			return err
		}
	}
	if err := d.readLetters(c, &show); err != nil {
		return err
	}
	if show.Source, err = d.sourceOf(c, sheet); err != nil {
		return err
	}
	if show.Readers, err = d.readersPages(c, sheet, show.Lang()); err != nil {
		return err
	}
	if !show.Writing {
		if show.Reading, err = d.body(ctx, show.Sheet.Ref.Lang, show.Content.Body); err != nil {
			return err
		}
		if show.Heard, err = d.hear(show.page, sheet.Ref.Lang, show.Content); err != nil {
			return err
		}
		known, err := d.Newsroom.Known(ctx, actor, sheet.Ref)
		if err != nil {
			return err
		}
		show.Since = sinceKnown(known, sheet.Head, 0)
	}
	if show.Worded, err = d.wordedOutlets(c, sheet, show.Lang()); err != nil {
		return err
	}
	show.At = d.DB.Now()
	if err := d.readTalk(c, &show); err != nil {
		return err
	}
	if err := d.fillFacts(c, &show); err != nil {
		return err
	}
	if err := show.readUnsaved(head); err != nil {
		return err
	}
	if err := d.fillPlanning(c, &show); err != nil {
		return err
	}
	present, err := d.presence(ctx, actor, show.P, []newsroom.Edition{sheet.Edition})
	if err != nil {
		return err
	}
	show.Present = present[sheet.Ref]
	show.languages()
	_, show.MayUpload = actor.May(account.Upload, sheet.Agency)
	show.Rail = railOf(sheet, show.Writing)
	if show.Names, err = d.Accounts.Names(ctx, show.people()); err != nil {
		return err
	}
	show.done(strings.Clone(c.Query("done")))
	return d.show(c, status, "edition", &show)
}

// languages lists those the person could still translate the item into.
func (p *editionPage) languages() {
	for _, lang := range newsroom.Languages {
		_, may := p.Actor.MayIn(account.Translate, p.Sheet.Agency, lang)
		if may && !slices.ContainsFunc(p.Sheet.Editions, func(e newsroom.Edition) bool { return e.Ref.Lang == lang }) {
			p.Languages = append(p.Languages, lang)
		}
	}
}

func (p *editionPage) people() []string {
	ids := []string{p.Sheet.CreatedBy, p.Sheet.SavedBy, p.Sheet.ApprovedBy, p.Sheet.TakenBy, p.Sheet.UrgentBy, p.Sheet.BlockedBy}
	for _, asked := range p.Sheet.Checklists {
		for _, q := range asked {
			ids = append(ids, q.By)
		}
	}
	for _, f := range p.Sheet.Findings {
		ids = append(ids, f.By)
	}
	ids = append(ids, p.Talk.talkers()...)
	for _, n := range p.Changes {
		ids = append(ids, n.By)
	}
	for _, r := range p.History {
		ids = append(ids, r.Author)
	}
	for _, e := range p.Trail {
		ids = append(ids, e.ActorID)
	}
	return ids
}

func (d *Desk) outletChoices(c *fiber.Ctx, lang string, chosen []string) ([]outletChoice, error) {
	outlets, err := d.Outlets.All(web.Context(c))
	if err != nil {
		return nil, err
	}
	choices := make([]outletChoice, len(outlets))
	for i, o := range outlets {
		choices[i] = outletChoice{choice{o.ID, outletName(o, lang)}, slices.Contains(chosen, o.ID)}
	}
	return choices, nil
}

func outletName(o outlet.Outlet, lang string) string {
	names := map[string]string{}
	for l, t := range o.Texts {
		names[l] = t.Name
	}
	return named(names, lang)
}

func (d *Desk) translate(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ref, err := d.Newsroom.Translate(web.Context(c), web.Actor(c), refOf(c), form.Text("to", 10))
	if err != nil {
		return err
	}
	return c.Redirect(sidePath(ref)+"?done=translation", fiber.StatusSeeOther)
}
