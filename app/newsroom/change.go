package newsroom

import (
	"context"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// What readers have can be changed in three ways, and each is told
// differently (domain: NĐ 237/2026 Đ19). A correction says what was wrong and
// what is right, with an apology in its title; all corrections stay with the
// page for ever. A major update tells readers what is new. A minor one, a
// comma or a better word, changes the date of the page and nothing else; its
// note stays in the newsroom.

// Change is the way in which a publication changes what readers have.
type Change string

// The ways.
const (
	MinorChange Change = "minor"
	MajorChange Change = "major"
	Correction  Change = "correction"
)

// ChangeNote is what was said of one such publication.
type ChangeNote struct {
	Kind     Change
	Note     string   // of a correction, what was wrong
	Right    string   // of a correction, what is right
	Outlets  []string // of a correction, those on which readers had what was wrong
	Revision int
	By       string // person id, "" when it is not known
	At       time.Time
}

// ChangeNotes lists what was said of an edition's changes, newest first.
func (n *Newsroom) ChangeNotes(ctx context.Context, actor account.Actor, ref Ref) ([]ChangeNote, error) {
	db := n.db.Read(ctx)
	if _, err := seenEdition(db, actor, ref); err != nil {
		return nil, err
	}
	return loadChangeNotes(db, ref)
}

// checkChange refuses a change that does not say what it has to.
func (t transition) checkChange(form *fault.Form, ask Ask) {
	field{"right", ask.Right, MaxReason}.check(form)
	switch {
	case t.verb == Correct && ask.Right == "":
		form.Refuse("right", "error.required")
	case t.verb == Publish && ask.Change != "" && ask.Change != MinorChange && ask.Change != MajorChange:
		form.Refuse("change", "error.change.unknown")
	case t.verb == Publish && ask.Change == MajorChange && ask.Note == "":
		form.Refuse("note", "error.required")
	}
}

// checkPublicWords refuses marks of secrecy in what readers are told with an
// act: nobody else looks at it before they do.
func (t transition) checkPublicWords(form *fault.Form, ask Ask) {
	switch t.verb {
	case Correct:
		refuseMarks(form, "reason", ask.Reason)
		refuseMarks(form, "right", ask.Right)
	case Publish, Withdraw:
		refuseMarks(form, "note", ask.Note)
	}
}

// changes adds what is said of this publication to what was said of earlier
// ones. What readers never had is not changed by being published.
func (a *act) changes(verb Verb, head Revision, ask Ask) ([]ChangeNote, error) {
	before, err := loadChangeNotes(a.tx.DB, a.row.ref())
	if err != nil || Live(a.row.Live) == NeverLive {
		return before, err
	}
	note := ChangeNote{Kind: ask.Change, Note: ask.Note, Revision: head.Number, By: a.actor.ID, At: a.tx.Now}
	switch {
	case verb == Correct:
		note.Kind, note.Note, note.Right = Correction, ask.Reason, ask.Right
		if note.Outlets, err = loadStanding(a.tx.DB, a.row.ref()); err != nil {
			return before, err
		}
	case note.Kind == "":
		note.Kind = MinorChange
	}
	err = insertChangeNote(a.tx, a.row.ref(), len(before)+1, note)
	return append([]ChangeNote{note}, before...), err
}

// tellReaders puts into a document what readers are told of its changes.
func tellReaders(doc *release.Article, notes []ChangeNote) {
	for _, n := range notes { // newest first
		switch n.Kind {
		case Correction:
			c := n.correction()
			if doc.Correction == nil {
				doc.Correction = &c
			} else {
				doc.Earlier = append(doc.Earlier, c)
			}
		case MajorChange:
			doc.Changes = append(doc.Changes, release.Change{Note: n.Note, At: n.At})
		}
	}
}

// corrections are what a tombstone keeps of what was said.
func corrections(notes []ChangeNote) (list []release.Correction) {
	for _, n := range notes {
		if n.Kind == Correction {
			list = append(list, n.correction())
		}
	}
	return list
}

func (n ChangeNote) correction() release.Correction {
	return release.Correction{Note: n.Note, Right: n.Right, At: n.At, Outlets: n.Outlets}
}

func (r changeRow) note() ChangeNote {
	return ChangeNote{Kind: Change(r.Kind), Note: r.Note, Right: r.Correct, Outlets: strings.Fields(r.Outlets), Revision: r.Revision, By: r.PersonID, At: store.Time(r.At)}
}
