package desk

import (
	"slices"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// rail is what can be done with the edition now, most likely first.
type rail struct {
	Save    []newsroom.Verb // with the text in the form
	Plain   []newsroom.Verb // one press
	Asks    []newsroom.Verb // a reason, a time or a second look is asked for
	Primary newsroom.Verb   // the one that is most likely wanted; "" when that is saving, or nothing
}

// withText are the verbs of those who write: they save what is in the form
// first. The others are about the revision that was looked at.
var withText = []newsroom.Verb{newsroom.Submit, newsroom.PassToDesk, newsroom.PassToChief}

// likely are the verbs that may be a page's chief button, the first that is
// offered being it.
var likely = []newsroom.Verb{newsroom.Approve, newsroom.Publish, newsroom.Take, newsroom.PassToChief, newsroom.Submit}

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
		case slices.Contains(withText, v) && writing:
			r.Save = append(r.Save, v)
		case writing && slices.Contains(deciding, sheet.State):
		case v.NeedsReason() || v == newsroom.Schedule || v == newsroom.Archive:
			r.Asks = append(r.Asks, v)
		default:
			r.Plain = append(r.Plain, v)
		}
	}
	if i := slices.IndexFunc(likely, func(v newsroom.Verb) bool { return slices.Contains(r.Plain, v) }); i >= 0 && !writing {
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
		if may(newsroom.PassToChief) {
			return p.T("asked.pass_to_chief")
		}
	case newsroom.Approval:
		if may(newsroom.Approve) {
			return p.T("asked.approve")
		}
		if _, approver := p.Actor.May(account.Approve, p.Sheet.Agency); approver {
			return p.T("asked.approve_own")
		}
	case newsroom.Approved:
		if may(newsroom.Publish) {
			return p.T("asked.publish")
		}
		if may(newsroom.Schedule) {
			return p.T("asked.schedule")
		}
	case newsroom.Published, newsroom.Corrected, newsroom.Withdrawn:
		return "" // what readers have says it
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
	newsroom.Submit, newsroom.Take, newsroom.Return, newsroom.PassToDesk, newsroom.PassToChief, newsroom.Approve, newsroom.Reject,
	newsroom.Schedule, newsroom.Unschedule, newsroom.Publish, newsroom.Correct, newsroom.Withdraw, newsroom.Archive,
}

// Taker is who took the edition for editing, by the trail; "" where nobody has
// it in hand.
func (p *editionPage) Taker() string {
	if p.Sheet.State != newsroom.Editing {
		return ""
	}
	for _, e := range p.Trail {
		if e.Verb == "edition.take" {
			return p.T("rail.taken", "Name", p.Names[e.ActorID], "Time", p.DateTime(e.At))
		}
	}
	return ""
}
