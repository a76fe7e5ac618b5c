package desk

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// rail is what can be done with the edition now, most likely first.
type rail struct {
	Save    []newsroom.Verb // with the text in the form
	Plain   []newsroom.Verb // one press
	Asks    []newsroom.Verb // a reason, a time or a second look is asked for
	Times   []newsroom.Verb // moments that can be set, whatever else is under way
	Ways    []newsroom.Way  // to later steps; with the text in the form, where there is one
	Primary newsroom.Verb   // the one that is most likely wanted; "" when that is saving, or nothing
}

// Below names what a small screen shows below the text, so that a link leads
// there: "sending" or "decision", "" for nothing to do.
func (r rail) Below() string {
	switch {
	case len(r.Save) > 0:
		return "sending"
	case len(r.Plain)+len(r.Asks)+len(r.Ways) > 0:
		return "decision"
	}
	return ""
}

// withText are the verbs of those who write: they save what is in the form
// first. The others are about the revision that was looked at.
var withText = []newsroom.Verb{newsroom.Submit, newsroom.Pass}

// likely are the verbs that may be a page's chief button, the first that is
// offered being it.
var likely = []newsroom.Verb{newsroom.Approve, newsroom.Publish, newsroom.Take, newsroom.Pass, newsroom.Submit}

// deciding are the states in which an edition is read first: it is with people
// who decide about it rather than write it, and its form opens when asked for.
var deciding = []newsroom.State{newsroom.DeskReview, newsroom.Approval, newsroom.Approved, newsroom.Scheduled}

// railOf sorts what the person may do. Beside the form of a text that others
// decide about, nothing is offered that would be about the saved text rather
// than the one in the form.
func railOf(sheet *newsroom.Sheet, writing bool) rail {
	var r rail
	for _, v := range sheet.Verbs {
		switch {
		case v == newsroom.Pass:
			r.Ways = sheet.Ways
		case v == newsroom.SetEmbargo || v == newsroom.SetExpiry:
			r.Times = append(r.Times, v)
		case slices.Contains(withText, v) && writing:
			r.Save = append(r.Save, v)
		case writing && slices.Contains(deciding, sheet.State):
		case v == newsroom.Take && sheet.State == newsroom.Editing: // over from a colleague: not the usual thing
			r.Asks = append(r.Asks, v)
		case v == newsroom.Publish && sheet.Live != newsroom.NeverLive: // readers may have to be told
			r.Asks = append(r.Asks, v)
		case v.NeedsReason() || v == newsroom.Schedule || v == newsroom.Archive:
			r.Asks = append(r.Asks, v)
		default:
			r.Plain = append(r.Plain, v)
		}
	}
	offers := func(v newsroom.Verb) bool {
		return slices.Contains(r.Plain, v) || v == newsroom.Pass && len(r.Ways) > 0 && len(r.Ways[0].Skipped) == 0
	}
	if i := slices.IndexFunc(likely, offers); i >= 0 && !writing {
		r.Primary = likely[i]
	}
	return r
}

// MayEdit says whether the form can be opened from the text that is shown.
func (p *editionPage) MayEdit() bool { return p.Sheet.MaySave && !p.Writing }

// Decides says whether the person came back from the form to a text that is
// read first.
func (p *editionPage) Decides() bool { return p.Writing && slices.Contains(deciding, p.Sheet.State) }

// SaveIsPrimary says whether Save is the chief button: not where it undoes
// what others have decided.
func (p *editionPage) SaveIsPrimary() bool {
	return p.Sheet.State != newsroom.Approved && p.Sheet.State != newsroom.Scheduled
}

// SaveWarning says what saving does besides saving, "" when nothing.
func (p *editionPage) SaveWarning() string {
	switch state := p.Sheet.State; state {
	case newsroom.Approval, newsroom.Approved, newsroom.Scheduled:
		return p.T("saving." + string(state))
	}
	if p.Sheet.Live == newsroom.IsLive && p.Sheet.State != newsroom.Draft {
		return p.T("saving.live")
	}
	return ""
}

// Next says in whose hands the edition is and what comes next: to this person
// if it is theirs to do.
func (p *editionPage) Next() string {
	may := func(v newsroom.Verb) bool { return slices.Contains(p.Sheet.Verbs, v) }
	switch p.Sheet.State {
	case newsroom.Submitted:
		if may(newsroom.Take) {
			return p.T("asked.take")
		}
	case newsroom.DeskReview:
		if ways := p.Sheet.Ways; len(ways) > 0 && len(ways[0].Skipped) == 0 {
			return p.T("asked.pass", "Step", p.StepName(ways[0].Step))
		}
		return p.T("next.desk_review", "Step", p.AtStep())
	case newsroom.Approval:
		if may(newsroom.Approve) {
			return p.T("asked.approve")
		}
		if _, approver := p.Actor.MayIn(account.Approve, p.Sheet.Agency, p.Sheet.Ref.Lang); approver {
			return p.T("asked.approve_own")
		}
	case newsroom.Approved:
		if awaits := p.Sheet.SetAwaits; len(awaits) > 0 {
			return p.T("next.set_awaits", "Languages", p.LanguageList(awaits))
		}
		if p.Sheet.Bound {
			return p.T("next.set_ready")
		}
		if may(newsroom.Publish) {
			return p.T("asked.publish")
		}
		if may(newsroom.Schedule) {
			return p.T("asked.schedule")
		}
	case newsroom.Published, newsroom.Corrected, newsroom.Withdrawn:
		return "" // what readers have says it
	}
	if p.Sheet.State == newsroom.Editing && p.Sheet.TakenBy == p.Actor.ID {
		return p.T("next.editing_own")
	}
	return p.T("next." + string(p.Sheet.State))
}

// done says what was just done to the edition and what comes next. The trail
// is asked, so that an address cannot tell of something that did not happen.
func (p *editionPage) done(verb string) {
	if len(p.Trail) > 0 && p.Trail[0].Verb == "edition."+verb && slices.Contains(verbs, newsroom.Verb(verb)) {
		p.Flash, p.Done = joined(" ", p.T("flash."+verb), p.Next()), newsroom.Verb(verb)
	}
}

// verbs are those that an address may name as just done.
var verbs = []newsroom.Verb{
	newsroom.Submit, newsroom.Take, newsroom.Return, newsroom.Pass, newsroom.Approve, newsroom.Reject,
	newsroom.PublishUrgent, newsroom.Confirm, newsroom.Block, newsroom.Unblock, newsroom.Clear, newsroom.Schedule, newsroom.Unschedule, newsroom.Publish, newsroom.Correct, newsroom.Withdraw, newsroom.Archive,
	newsroom.SetEmbargo, newsroom.SetExpiry,
}

// Taker is who has the text in hand while it is edited; "" where nobody has.
func (p *editionPage) Taker() string {
	if p.Sheet.State != newsroom.Editing || p.Sheet.TakenBy == "" {
		return ""
	}
	return p.T("rail.taken", "Name", p.Names[p.Sheet.TakenBy], "Time", p.DateTime(p.Sheet.StateAt))
}

// momentForm is the form of a moment: what is set now, and what was asked for.
type momentForm struct {
	*editionPage
	Verb newsroom.Verb
	Set  time.Time
}

// Moment prepares the form of a verb that sets a moment.
func (p *editionPage) Moment(v newsroom.Verb) momentForm {
	set := p.Sheet.EmbargoUntil
	if v == newsroom.SetExpiry {
		set = p.Sheet.ExpiresAt
	}
	return momentForm{p, v, set}
}

// Open says whether this form was refused.
func (m momentForm) Open() bool { return m.Asked.Verb == m.Verb }

// Value is the moment as its field takes it: what was asked for, or is set.
func (m momentForm) Value() string {
	if m.Open() {
		return m.Asked.PublishAt()
	}
	return asked{Ask: newsroom.Ask{At: m.Set}}.PublishAt()
}

// StepName is how a step of a workflow is called.
func (p *editionPage) StepName(s newsroom.Step) string { return newsroom.Named(s.Names, p.Lang()) }

// AtStep is the name of the step where the text is, "" when it is on none.
func (p *editionPage) AtStep() string {
	if p.Sheet.Workflow != nil {
		for _, s := range p.Sheet.Workflow.Steps {
			if s.Key == p.Sheet.Step {
				return p.StepName(s)
			}
		}
	}
	return ""
}

// Skips names the steps that a way passes over.
func (p *editionPage) Skips(w newsroom.Way) string {
	names := make([]string, len(w.Skipped))
	for i, s := range w.Skipped {
		names[i] = p.StepName(s)
	}
	return strings.Join(names, ", ")
}

// wayForm is a step to pass the text on to, with what its button needs.
type wayForm struct {
	*editionPage
	Way  newsroom.Way
	Form string // id of the editor's form, "" for the form it stands in
}

// Way prepares the button of a way.
func (p *editionPage) Way(w newsroom.Way) *wayForm {
	f := &wayForm{editionPage: p, Way: w}
	if p.Writing {
		f.Form = "editor"
	}
	return f
}

// Open says whether the form with this step was refused.
func (w *wayForm) Open() bool { return w.Asked.Verb == newsroom.Pass && w.Asked.To == w.Way.Key }

// Primary says whether this is the page's chief button.
func (w *wayForm) Primary() bool {
	return w.Rail.Primary == newsroom.Pass && w.Way.Key == w.Rail.Ways[0].Key
}

// TakesAlong says whether a language is chosen to be withdrawn with its original:
// all are, unless a form that was refused says otherwise.
func (p *editionPage) TakesAlong(lang string) bool {
	return p.Asked.Verb != newsroom.Withdraw || slices.Contains(p.Asked.Languages, lang)
}

// Corrects says whether the person publishes corrections and cannot write the
// new version that one needs: they are told how it begins.
func (p *editionPage) Corrects() bool {
	_, corrects := p.Actor.MayIn(account.Correct, p.Sheet.Agency, p.Sheet.Ref.Lang)
	return corrects && p.Sheet.Live == newsroom.IsLive && !p.Sheet.MaySave
}

// Choosable says whether the writer chooses the workflow.
func (p *editionPage) Choosable() bool { return len(p.Sheet.Offered) > 1 }

// Submits is the workflow that is chosen in the form: what was asked for, the
// one the text was on before, or the usual one.
func (p *editionPage) Submits() string {
	if p.Asked.Workflow != "" {
		return p.Asked.Workflow
	}
	before := p.Sheet.Workflow
	if before != nil && slices.ContainsFunc(p.Sheet.Offered, func(w *newsroom.Workflow) bool { return w.Code == before.Code }) {
		return before.Code
	}
	for _, w := range p.Sheet.Offered {
		if w.Preferred {
			return w.Code
		}
	}
	return ""
}

// WorkflowName is how a workflow is called.
func (p *editionPage) WorkflowName(w *newsroom.Workflow) string {
	return newsroom.Named(w.Names, p.Lang())
}

// FieldLabel names a refused field as the form of the verb does.
func (p *editionPage) FieldLabel(field string) string {
	verb := p.Asked.Verb
	for _, q := range p.Sheet.Checklists[verb] {
		if field == "answer-"+q.ID() {
			return newsroom.Named(q.Texts, p.Lang())
		}
	}
	switch {
	case field == "reason" && verb != newsroom.Pass:
		return p.T("reason." + string(verb))
	case field == "note" && verb == newsroom.Publish:
		return p.T("change.note")
	}
	return p.page.FieldLabel(field)
}

// FieldID is the id of a refused field in the form of the verb.
func (p *editionPage) FieldID(field string) string {
	verb := p.Asked.Verb
	switch {
	case p.Errors.Form != "":
		return p.page.FieldID(field)
	case field == "reason" && verb == newsroom.Pass:
		return "f-reason-" + p.Asked.To
	case field == "reason":
		return "reason-" + string(verb)
	case field == "note" && verb == newsroom.Publish:
		return "f-change-note"
	case field == "at":
		return "f-at-" + string(verb)
	case field == "quote": // which is chosen in the text
		return "talk-passage"
	}
	return p.page.FieldID(field)
}

// checklist is the questions that go with a verb, in the form of the verb or,
// while the text is being written, in the editor's.
type checklist struct {
	*editionPage
	Verb  newsroom.Verb
	Form  string // id of the editor's form, "" for the form it stands in
	Items []newsroom.Asked
}

// Checks is the checklist of a verb, nil where nothing is asked.
func (p *editionPage) Checks(v newsroom.Verb) *checklist {
	items := p.Sheet.Checklists[v]
	if len(items) == 0 {
		return nil
	}
	list := &checklist{editionPage: p, Verb: v, Items: items}
	if p.Writing && v == newsroom.Pass {
		list.Form = "editor"
	}
	return list
}

// Question is a question in the person's language.
func (c *checklist) Question(q newsroom.Asked) string { return newsroom.Named(q.Texts, c.Lang()) }

// Given is what was answered in a form that was refused.
func (c *checklist) Given(q newsroom.Asked) newsroom.Answer { return c.Asked.Answers[q.ID()] }

// Wrong is why the answer in a form that was refused is none.
func (c *checklist) Wrong(q newsroom.Asked) string {
	if c.Asked.Verb != c.Verb {
		return ""
	}
	return c.Errors.For("answer-" + q.ID())
}
