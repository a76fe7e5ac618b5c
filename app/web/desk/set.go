package desk

import (
	"errors"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/section"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// setPage says which languages of an item go out together, how ready each is and
// what keeps it, and lets those who may release them.
type setPage struct {
	page
	*newsroom.Set
	Rows     []setRow
	ReadyIn  int // languages
	Names    map[string]string
	Tried    []triedRow // what releasing them would do, once that was tried
	WouldGo  bool       // then they would
	Asked    string     // what was refused
	Chosen   []string   // languages, in the form
	Typed    newsroom.SetAsk
	Reason   string
	Refusals []refusalRow // what kept which language, when releasing was refused
}

// setRow is a language of the set.
type setRow struct {
	newsroom.Member
	Lacks []conditionRow // what is not met, or should be known
	Met   string         // what is, in one line
}

// conditionRow is a condition in words.
type conditionRow struct {
	Hinders bool
	Text    string
	Who     string // can do something about it
}

type refusalRow struct{ Lang, Why string }

// triedRow is what readers would get of a language.
type triedRow struct {
	newsroom.Tried
	Why   string // it is refused
	Pages []triedPage
}

type triedPage struct{ Outlet, Address string }

func setPath(item string) string { return "/editions/" + item + "/set" }

// set shows the set of an item; ?try=1 tries it.
func (d *Desk) set(c *fiber.Ctx) error {
	return d.showSet(c, fiber.StatusOK, &setPage{page: d.page(c, "set.title", "together")}, c.Query("try") == "1")
}

func (d *Desk) showSet(c *fiber.Ctx, status int, show *setPage, try bool) error {
	ctx, item := web.Context(c), strings.Clone(c.Params("item"))
	var err error
	if show.Set, err = d.Newsroom.Set(ctx, show.Actor, item); err != nil {
		return err
	}
	people := []string{show.BoundBy, show.ScheduledBy}
	for _, m := range show.Members {
		for _, condition := range m.Conditions {
			people = append(people, condition.People...)
		}
	}
	if show.Names, err = d.Accounts.Names(ctx, people); err != nil {
		return err
	}
	for _, m := range show.Members {
		row := show.row(m)
		if m.Ready() {
			show.ReadyIn++
		}
		show.Rows = append(show.Rows, row)
	}
	if show.Chosen == nil {
		for _, choice := range show.Choices {
			if choice.Bound || len(show.Members) == 0 && choice.Edition != nil && choice.May && choice.HasNews() {
				show.Chosen = append(show.Chosen, choice.Lang)
			}
		}
	}
	if try && show.MayBind && len(show.Members) > 0 {
		if err := d.trySet(c, show, item); err != nil {
			return err
		}
	}
	return d.show(c, status, "set", show)
}

// row says of a language what is missing and what is there.
func (p *setPage) row(m newsroom.Member) setRow {
	row := setRow{Member: m}
	var met []string
	for _, c := range m.Conditions {
		if c.Met == newsroom.IsMet {
			met = append(met, p.T("set.met."+string(c.Need), "Time", p.DateTime(c.At)))
			continue
		}
		text := conditionRow{Hinders: c.Met == newsroom.NotMet, Who: p.who(c)}
		state := newsroom.State("")
		if m.Edition != nil {
			state = m.Edition.State
		}
		name := "set.lacks."
		if !text.Hinders {
			name = "set.noted."
		}
		name += string(c.Need)
		if c.Need == newsroom.NeedApproved && (state == newsroom.Published || state == newsroom.Corrected) {
			name = "set.lacks.news" // readers have its newest text: there is nothing to approve
		}
		text.Text = p.T(name, "count", c.Count, "Time", p.DateTime(c.At), "State", p.stateWord(state))
		row.Lacks = append(row.Lacks, text)
	}
	row.Met = strings.Join(met, " · ")
	return row
}

func (p *setPage) stateWord(s newsroom.State) string {
	if s == "" {
		return ""
	}
	return p.State(s)
}

// who are those who can do something about a condition.
func (p *setPage) who(c newsroom.Condition) string {
	var who []string
	for _, id := range c.People {
		if name := p.Names[id]; name != "" {
			who = append(who, name)
		}
	}
	for _, role := range c.Roles {
		who = append(who, p.Role(role))
	}
	return strings.Join(who, ", ")
}

// Chose says whether a language is chosen in the form.
func (p *setPage) Chose(lang string) bool { return slices.Contains(p.Chosen, lang) }

// FieldLabel names a refused field; those of a language by it.
func (p *setPage) FieldLabel(field string) string {
	if lang, ok := strings.CutPrefix(field, "note-"); ok {
		return p.T("set.note", "Language", p.LanguageAlone(lang))
	}
	if field == "languages" {
		return p.T("set.languages")
	}
	return p.page.FieldLabel(field)
}

// Updates lists the languages whose readers have an earlier text.
func (p *setPage) Updates() (langs []string) {
	for _, m := range p.Members {
		if m.Edition != nil && m.Edition.Live == newsroom.IsLive {
			langs = append(langs, m.Lang)
		}
	}
	return langs
}

// WithdrawAt is where all languages can be withdrawn in one act; "" where
// readers do not have the original, or for those who may not.
func (p *setPage) WithdrawAt() string {
	if _, may := p.Actor.MayIn(account.Withdraw, p.Original.Agency, p.Original.Ref.Lang); may && p.Original.Live == newsroom.IsLive {
		return editionPath(p.Original.Ref) + "#decide"
	}
	return ""
}

// trySet adds what readers would get.
func (d *Desk) trySet(c *fiber.Ctx, show *setPage, item string) error {
	ctx := web.Context(c)
	tried, err := d.Newsroom.TrySet(ctx, show.Actor, item)
	if err != nil {
		return err
	}
	outlets, err := d.Outlets.All(ctx)
	if err != nil {
		return err
	}
	sections, err := d.Sections.All(ctx)
	if err != nil {
		return err
	}
	show.WouldGo = true
	for _, t := range tried {
		row := triedRow{Tried: t}
		if t.Refusal != nil {
			show.WouldGo, row.Why = false, show.because(t.Refusal)
		} else {
			for _, o := range outlets {
				if slices.Contains(t.Document.Outlets, o.ID) && len(o.Hosts) > 0 {
					where := sectionSlug(sections, t.Document.Section, t.Lang)
					row.Pages = append(row.Pages, triedPage{outletName(o, show.Lang()), o.Hosts[0] + "/" + t.Lang + "/" + where + "/" + t.Document.Slug + "-" + item})
				}
			}
		}
		show.Tried = append(show.Tried, row)
	}
	return nil
}

// sectionSlug is a section's part of an address; one that has no name in the
// language lends its own in another.
func sectionSlug(sections []section.Section, id, lang string) string {
	i := slices.IndexFunc(sections, func(s section.Section) bool { return s.ID == id })
	if i < 0 {
		return "-"
	}
	for _, l := range []string{lang, "en", "vi"} {
		if slug := sections[i].Names[l].Slug; slug != "" {
			return slug
		}
	}
	return "-"
}

// because is a refusal in one line: what is missing of a text is told by field.
func (p *setPage) because(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return ""
	}
	words := []string{p.P.Message(f.Message)}
	for field, why := range f.Fields {
		words = append(words, p.page.FieldLabel(field)+": "+p.P.Message(why))
	}
	slices.Sort(words[1:])
	return strings.Join(words, " ")
}

// doSet binds, dissolves, schedules or publishes.
func (d *Desk) doSet(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, item := web.Context(c), strings.Clone(c.Params("item"))
	show := &setPage{page: d.page(c, "set.title", "together"), Asked: form.Text("verb", 20), Reason: form.Text("reason", roomy), Chosen: form.List("languages", 10)}
	show.Typed = newsroom.SetAsk{Hash: form.Text("hash", 64), Behind: form.Text("behind", roomy), Notes: form.Prefixed("note-", roomy)}
	if show.Asked == "schedule" {
		show.Typed.At = form.LocalTime("publish_at")
	}
	if err = form.Err(); err == nil {
		switch show.Asked {
		case "bind":
			err = d.Newsroom.Bind(ctx, show.Actor, item, show.Chosen)
		case "dissolve":
			err = d.Newsroom.Dissolve(ctx, show.Actor, item, show.Reason)
		case "publish":
			err = d.Newsroom.PublishSet(ctx, show.Actor, item, show.Typed)
		case "schedule":
			err = d.Newsroom.ScheduleSet(ctx, show.Actor, item, show.Typed)
		case "unschedule":
			err = d.Newsroom.UnscheduleSet(ctx, show.Actor, item)
		default:
			err = fault.New(fault.Invalid, "error.verb.unknown")
		}
	}
	if err == nil {
		return c.Redirect(setPath(item)+"?done=set_"+show.Asked, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show.refusedAs("refused.set", err)
	var kept *newsroom.SetError
	if errors.As(err, &kept) {
		for _, r := range kept.Refusals {
			show.Refusals = append(show.Refusals, refusalRow{r.Lang, show.because(r.Err)})
		}
	}
	if show.Asked != "bind" {
		show.Chosen = nil
	}
	return d.showSet(c, web.Status(err), show, false)
}

// At is the moment in the form.
func (p *setPage) At() string {
	if !p.Typed.At.IsZero() {
		return inputTime(p.Typed.At)
	}
	return inputTime(p.PublishAt)
}
