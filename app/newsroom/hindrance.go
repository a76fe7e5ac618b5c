package newsroom

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

// An edition may have been scheduled and be kept from going out all the same:
// somebody wants something settled first, a picture may no longer be used, no
// outlet carries it any more. What keeps it is noted on the edition once, told
// to those who can do something about it, and asked again until it is gone;
// then the edition is published, late, and the trail says by how much. What
// somebody wants settled is noted when they say so, before it is due.

// Hindrance is what keeps a scheduled edition from being published when due.
type Hindrance string

// The hindrances.
const (
	NotHindered Hindrance = ""
	ByComments  Hindrance = "comments" // that block it are open
	ByFiles     Hindrance = "files"    // a picture or file of the text may not be used
	ByOutlets   Hindrance = "outlets"  // none carries it
	ByEmbargo   Hindrance = "embargo"
	ByApproval  Hindrance = "approval" // it is not that of this very text
	BySource    Hindrance = "source"   // readers do not have what it is translated from
	ByText      Hindrance = "text"     // something that readers need is missing from it
	ByLag       Hindrance = "behind"   // of a set: it is critically behind its source
)

// Hindrances lists them.
var Hindrances = []Hindrance{ByComments, ByFiles, ByOutlets, ByEmbargo, ByApproval, BySource, ByText, ByLag}

// hindranceOf names what a refusal to publish is about; NotHindered when it was
// none: there is no error, or one of ours, or somebody was faster.
func hindranceOf(err error) Hindrance {
	f, ok := fault.As(err)
	if !ok || f.Kind == fault.Conflict {
		return NotHindered
	}
	switch f.Message.Key {
	case "error.comment.blocking":
		return ByComments
	case "error.publish.no_outlet":
		return ByOutlets
	case "error.publish.embargo":
		return ByEmbargo
	case "error.publish.source_first":
		return BySource
	case "error.publish.unapproved", "error.publish.withdrawn":
		return ByApproval
	case "error.set.behind":
		return ByLag
	}
	for _, refused := range f.Fields {
		if strings.HasPrefix(refused.Key, "error.media.") {
			return ByFiles
		}
	}
	return ByText
}

// Hindered is the topic of the event that an edition could not be published at
// its time, or will not be ("early"). Its data are the hindrance ("hindrance")
// and the agency.
const Hindered = "edition.hindered"

// Hinder is the turn of those who can do something about a hindrance, and how
// the trail calls it that one came up.
const Hinder Verb = "hinder"

// hinder notes what keeps a revision from being published, unless that is known
// already, or it is not about to be published any more.
func (n *Newsroom) hinder(ctx context.Context, rev Revision, why Hindrance) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		row, err := lockEdition(tx, rev.Ref)
		if err != nil {
			return err
		}
		if !row.dueNow(rev, tx) || Hindrance(row.Hindrance) == why && !row.hinderedEarly() {
			return nil
		}
		return (&act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}).hinder(rev, why, "", true)
	})
}

// hinder notes what keeps a revision from being published: its own hindrance, or
// that of another language of its set. Of a set, people are told once.
func (a *act) hinder(rev Revision, why Hindrance, lang string, tell bool) error {
	detail := map[string]string{"hindrance": string(why)}
	if lang != "" {
		detail["hindered_lang"] = lang
	}
	if err := a.record(Hinder, State(a.row.State), rev.Hash, "", detail); err != nil {
		return err
	}
	if tell {
		if err := a.tellHindered(why); err != nil {
			return err
		}
	}
	columns := map[string]any{"hindrance": string(why), "hindered_lang": lang}
	if a.row.HinderedAt == 0 || a.row.hinderedEarly() {
		columns["hindered_at"] = store.Micros(a.tx.Now)
	}
	if err := updateEdition(a.tx, rev.Ref, columns); err != nil {
		return err
	}
	return a.settle(rev)
}

func (a *act) tellHindered(why Hindrance) error {
	data := map[string]string{"hindrance": string(why), "agency": a.row.AgencyID}
	if a.row.PublishAt > store.Micros(a.tx.Now) {
		data["early"] = "true"
	}
	return outbox.Append(a.tx, outbox.Event{Topic: Hindered, Subject: a.row.ref().subject(), Actor: a.actor.ID, Data: data})
}

// weighComments notes at once that comments will keep a scheduled edition from
// being published, or that they do not any more. What concerns a set is noted by
// the schedule, which is woken: other editions are not locked here.
func (a *act) weighComments() error {
	if a.row.Bound {
		return a.tx.Ring(scheduleChannel)
	}
	why := Hindrance(a.row.Hindrance)
	if State(a.row.State) != Scheduled || why != NotHindered && why != ByComments {
		return nil
	}
	open, err := countBlocking(a.tx.DB, a.row.ref())
	if err != nil || (open > 0) == (why == ByComments) {
		return err
	}
	head, err := loadRevision(a.tx.DB, a.row.ref(), a.row.Head)
	if err != nil {
		return err
	}
	if open > 0 {
		return a.hinder(head, ByComments, "", true)
	}
	return a.unhinder(head)
}

// unhinder notes that nothing keeps an edition from being published any more.
func (a *act) unhinder(head Revision) error {
	columns := map[string]any{}
	unhindered(columns)
	if err := updateEdition(a.tx, a.row.ref(), columns); err != nil {
		return err
	}
	if err := a.settle(head); err != nil {
		return err
	}
	return a.tx.Ring(scheduleChannel) // it may have been due meanwhile
}

// hinderedEarly says whether what keeps it was noted before it was due, and not since.
func (r editionRow) hinderedEarly() bool { return r.HinderedAt < r.PublishAt }

// dueNow says whether a revision is to be published by now. Where it is not,
// somebody was faster, or changed their mind.
func (r editionRow) dueNow(rev Revision, tx *store.Tx) bool {
	return State(r.State) == Scheduled && r.Head == rev.Number && r.PublishAt <= store.Micros(tx.Now)
}

// hinderedTurns are those of whoever can do something about a hindrance: who
// approved it, who scheduled it, and those who may schedule it anew.
func hinderedTurns(row editionRow) []turnRow {
	turn := turnRow{
		ItemID: row.ItemID, Lang: row.Lang, Verb: string(Hinder), AgencyID: row.AgencyID, Since: row.HinderedAt, Due: row.PublishAt,
	}
	var turns []turnRow
	for _, role := range rolesOf(account.Schedule) {
		turn.Role = string(role)
		turns = append(turns, turn)
	}
	turn.Role = ""
	for _, person := range once([]string{row.ApprovedBy, row.ScheduledBy}) {
		if turn.PersonID = person; person != "" {
			turns = append(turns, turn)
		}
	}
	return turns
}

// unscheduled notes that nothing is to be published at a moment.
func unscheduled(columns map[string]any) {
	columns["publish_at"], columns["scheduled_by"] = int64(0), ""
	unhindered(columns)
}

func unhindered(columns map[string]any) {
	columns["hindrance"], columns["hindered_at"], columns["hindered_lang"] = "", int64(0), ""
}

// mayObject says who may put something between an edition and readers:
// everybody who sees it by a post of its language, and who began it. When it has
// been approved, only those of them who take part in its review or wrote some.
func (a *act) mayObject() error {
	switch {
	case a.row.CreatedBy == a.actor.ID:
		return nil
	case !a.actor.Reaches(a.post.Agency, a.row.Lang):
		return refused(true, a.row.Lang, "")
	case !slices.Contains([]State{Approved, Scheduled}, State(a.row.State)):
		return nil
	}
	if _, may := a.actor.MayIn(account.Object, a.row.AgencyID, a.row.Lang); may {
		return nil
	}
	wrote, err := authored(a.db(), a.row.ref(), a.actor.ID, 0, a.row.Head)
	if err != nil || wrote {
		return err
	}
	var form fault.Form
	form.Refuse("blocking", "error.comment.object")
	return form.Err()
}
