package account

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// While somebody is away, a substitute holds their posts besides their own
// (Post.For). What the substitute does by such a post is recorded as done for
// the absent person; it stays the substitute's act, so four eyes are still two
// people's. Posts are lent once: a substitute of a substitute gets only the
// latter's own. The right to rule over accounts is never lent, and whoever reads
// everything or watches over State secrets lends that only when somebody else,
// an administrator, says so.

// Absence is the time for which somebody is away.
type Absence struct {
	ID             string
	Person         string
	PersonName     string
	Substitute     string
	SubstituteName string
	From           time.Time
	To             time.Time // the first moment after it
	Note           string
}

// ValidAt says whether it covers a moment.
func (b Absence) ValidAt(t time.Time) bool { return !t.Before(b.From) && t.Before(b.To) }

// LastDay is a moment of its last day, as people say it: To is when it is over.
func (b Absence) LastDay() time.Time { return b.To.Add(-time.Second) }

const (
	maxAbsence     = 366 * 24 * time.Hour
	maxAbsenceNote = 300 // characters
)

// NewAbsence is what must be said of one.
type NewAbsence struct {
	Person     string // "" for the actor
	Substitute string
	From       time.Time // zero: now
	To         time.Time
	Note       string
}

// AddAbsence notes that somebody will be away: the actor, or anybody when an
// administrator says so.
func (a *Accounts) AddAbsence(ctx context.Context, actor Actor, n NewAbsence) error {
	by, person, err := a.absenceBy(actor, n.Person)
	if err != nil {
		return err
	}
	if err := a.demandProof(ctx, actor); err != nil {
		return err
	}
	return a.change(ctx, person, func(tx *store.Tx, row personRow) error {
		if n.From.IsZero() {
			n.From = tx.Now
		}
		n.Note = strings.TrimSpace(vietnamese.NFC(n.Note))
		if person != actor.ID && n.Substitute == actor.ID { // or a role could be had without being given
			var form fault.Form
			form.Refuse("substitute", "error.absence.self")
			return form.Err()
		}
		if err := checkAbsence(tx, row, n); err != nil {
			return err
		}
		id := store.NewID()
		if err := insertAbsence(tx, absenceRow{
			ID: id, PersonID: person, SubstituteID: n.Substitute, ValidFrom: store.Micros(n.From), ValidTo: store.Micros(n.To),
			Note: n.Note, CreatedBy: actor.ID, CreatedAt: store.Micros(tx.Now),
		}); err != nil {
			return err
		}
		detail := map[string]string{
			"absence": id, "substitute": n.Substitute, "from": n.From.UTC().Format(time.RFC3339), "to": n.To.UTC().Format(time.RFC3339),
		}
		if err := by.record(tx, "absence.add", person, detail); err != nil {
			return err
		}
		return a.tell(tx, News{Person: n.Substitute, What: "absence.stand_in", By: by.actor.ID})
	})
}

// absenceBy says by which right an actor speaks of a person's absence.
func (a *Accounts) absenceBy(actor Actor, person string) (authority, string, error) {
	if actor.ID == "" {
		return authority{}, "", signedOut()
	}
	if person == "" || person == actor.ID {
		return self(actor), actor.ID, nil
	}
	by, err := manager(actor)
	return by, person, err
}

// checkAbsence asks for a time that makes sense, in which nobody stands in
// yet, and for a substitute who is a colleague.
func checkAbsence(tx *store.Tx, person personRow, n NewAbsence) error {
	var form fault.Form
	checkDate(&form, "from", n.From)
	checkDate(&form, "to", n.To)
	switch {
	case !n.To.After(n.From) || !n.To.After(tx.Now):
		form.Refuse("to", "error.absence.period")
	case n.To.Sub(n.From) > maxAbsence:
		form.Refuse("to", "error.absence.long")
	}
	if utf8.RuneCountInString(n.Note) > maxAbsenceNote {
		form.Refuse("absence_note", "error.too_long", "Max", maxAbsenceNote)
	}
	if n.Substitute == "" {
		form.Refuse("substitute", "error.substitute.none")
	}
	if err := form.Err(); err != nil {
		return err
	}
	colleagues, err := colleaguesOf(tx.DB, person.ID, tx.Now)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(colleagues, func(c Colleague) bool { return c.ID == n.Substitute }) {
		form.Refuse("substitute", "error.absence.colleague")
	}
	taken, err := absentWithin(tx, person.ID, n.From, n.To)
	if err != nil {
		return err
	}
	if taken {
		form.Refuse("from", "error.absence.overlap")
	}
	return form.Err()
}

// EndAbsence ends an absence now: the person is back. One that has not begun
// never begins.
func (a *Accounts) EndAbsence(ctx context.Context, actor Actor, id string) error {
	if actor.ID == "" {
		return signedOut()
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		row, err := absenceByID(tx.DB, id)
		if err != nil {
			return err
		}
		by, _, err := a.absenceBy(actor, row.PersonID)
		if err != nil {
			return noAbsence()
		}
		if row.ValidTo <= store.Micros(tx.Now) {
			return fault.New(fault.NotPossible, "error.absence.over")
		}
		if err := endAbsence(tx, id, max(row.ValidFrom, store.Micros(tx.Now))); err != nil {
			return err
		}
		return by.record(tx, "absence.end", row.PersonID, map[string]string{"absence": id, "substitute": row.SubstituteID})
	})
}

func noAbsence() error { return fault.New(fault.NotFound, "error.absence.none") }

// OwnAbsences lists the absences of the actor that are not over, and those in
// which they stand in for somebody.
func (a *Accounts) OwnAbsences(ctx context.Context, actor Actor) (own, standIn []Absence, err error) {
	if actor.ID == "" {
		return nil, nil, signedOut()
	}
	all, err := absencesOf(a.db.Read(ctx), actor.ID, a.db.Now())
	for _, b := range all {
		if b.Person == actor.ID {
			own = append(own, b)
		} else {
			standIn = append(standIn, b)
		}
	}
	return own, standIn, err
}

// Absences answers who of some people is away now, by person, for lists.
func (a *Accounts) Absences(ctx context.Context, people []string) (map[string]Absence, error) {
	away := map[string]Absence{}
	if len(people) == 0 {
		return away, nil
	}
	now := a.db.Now()
	list, err := absencesAmong(a.db.Read(ctx), people, now)
	for _, b := range list {
		if b.ValidAt(now) {
			away[b.Person] = b
		}
	}
	return away, err
}

// Colleague is somebody who could stand in for a person.
type Colleague struct{ ID, Name string }

// Colleagues lists the people who hold a role today in an agency in which the
// actor holds one.
func (a *Accounts) Colleagues(ctx context.Context, actor Actor) ([]Colleague, error) {
	if actor.ID == "" {
		return nil, signedOut()
	}
	return colleaguesOf(a.db.Read(ctx), actor.ID, a.db.Now())
}
