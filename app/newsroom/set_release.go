package newsroom

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// SetAsk is what a person asks of a set besides what is to be done with it.
type SetAsk struct {
	Hash string    // Set.Hash of what the person looked at
	At   time.Time // ScheduleSet: when
	// Notes are what readers of a language are told is new, where they have an
	// earlier text; without one it is a minor update. PublishSet.
	Notes map[string]string
	// Behind says why translations may go out though they are critically behind
	// what goes out with them.
	Behind string
}

func (ask *SetAsk) check() error {
	ask.Behind = tidy(ask.Behind)
	var form fault.Form
	field{"behind", ask.Behind, MaxReason}.check(&form)
	notes := map[string]string{}
	for lang, note := range ask.Notes {
		notes[lang] = tidy(note)
		field{"note-" + lang, notes[lang], MaxReason}.check(&form)
		refuseMarks(&form, "note-"+lang, notes[lang])
	}
	ask.Notes = notes
	return form.Err()
}

// Refusal is what keeps a language of a set from readers.
type Refusal struct {
	Lang string
	Err  error // a fault
}

// SetError says which languages keep a set from going out, and why.
type SetError struct {
	Refusals []Refusal
	fault    *fault.Error
}

func (e *SetError) Error() string { return e.fault.Error() }

// Unwrap gives the fault, of kind NotPossible.
func (e *SetError) Unwrap() error { return e.fault }

func setError(refusals []Refusal) error {
	if len(refusals) == 0 {
		return nil
	}
	langs := make([]string, len(refusals))
	for i, r := range refusals {
		langs[i] = r.Lang
	}
	return &SetError{refusals, fault.New(fault.NotPossible, "error.set.unready", "Languages", strings.Join(langs, ", "))}
}

// PublishSet gives readers all languages of a set, in one transaction, or none of
// them; the error is then a *SetError.
func (n *Newsroom) PublishSet(ctx context.Context, actor account.Actor, item string, ask SetAsk) error {
	return n.withSet(ctx, actor, item, account.Publish, ask, func(s *together, proofs map[string]proof, posts map[string]account.Post) error {
		refusals, err := s.release(proofs, posts, ask, 0)
		if err == nil {
			err = setError(refusals)
		}
		return err
	})
}

// withSet does something with a set that the person looked at and has the right
// to in every language.
func (n *Newsroom) withSet(ctx context.Context, actor account.Actor, item string, action account.Action, ask SetAsk, do func(*together, map[string]proof, map[string]account.Post) error) error {
	if err := ask.check(); err != nil {
		return err
	}
	proofs, err := n.proveSet(ctx, actor, item)
	if err != nil {
		return err
	}
	return n.onSet(ctx, actor, item, func(s *together) error {
		if !s.exists() {
			return errNoSet()
		}
		posts, err := s.demand(action, s.langs())
		if err != nil {
			return err
		}
		hash, err := setHash(s.tx.DB, s.setRow, s.rows)
		if err != nil {
			return err
		}
		if hash != ask.Hash {
			return errMovedOn()
		}
		if err := s.acceptLag(ask.Behind); err != nil {
			return err
		}
		return do(s, proofs, posts)
	})
}

// proveSet makes the proofs of a set's newest texts, for somebody who sees some of it.
func (n *Newsroom) proveSet(ctx context.Context, actor account.Actor, item string) (map[string]proof, error) {
	db, proofs := n.db.Read(ctx), map[string]proof{}
	set, rows, err := readSet(db, item)
	if err != nil {
		return nil, err
	}
	if actor.ID != account.SystemID {
		if err := seesSome(sightOf(db, actor), rows); err != nil {
			return nil, err
		}
	}
	for _, lang := range set.langs() {
		row, begun := rows[lang]
		if !begun {
			continue
		}
		head, err := loadRevision(db, row.ref(), row.Head)
		if err != nil {
			return nil, err
		}
		if proofs[lang], err = n.proofOf(ctx, head); err != nil {
			return nil, err
		}
	}
	return proofs, nil
}

// release publishes the languages of a set and ends the set;
// or answers what keeps which of them from readers, and then nothing of it may be
// kept.
func (s *together) release(proofs map[string]proof, posts map[string]account.Post, ask SetAsk, late time.Duration) ([]Refusal, error) {
	refusals, err := s.each(Publish, proofs, posts, func(a *act) Ask {
		with := Ask{late: late}
		if note := ask.Notes[a.row.Lang]; note != "" && Live(a.row.Live) != NeverLive {
			with.Change, with.Note = MajorChange, note
		}
		return with
	}, ask.Behind)
	if err != nil || len(refusals) > 0 {
		return refusals, err
	}
	return nil, deleteSet(s.tx, s.item.ID)
}

// each performs a verb on every language of a set, and gathers what refuses it.
func (s *together) each(verb Verb, proofs map[string]proof, posts map[string]account.Post, with func(*act) Ask, behind string) (refusals []Refusal, err error) {
	t, _ := transitionOf(verb)
	for _, lang := range s.originalFirst(s.langs()) {
		err := s.one(t, lang, proofs[lang], posts, with, behind)
		switch fault.KindOf(err) {
		case "":
		case fault.Internal, fault.Conflict:
			return nil, err
		default:
			refusals = append(refusals, Refusal{lang, err})
		}
	}
	return refusals, nil
}

func (s *together) one(t transition, lang string, ready proof, posts map[string]account.Post, with func(*act) Ask, behind string) error {
	acts, err := s.acts([]string{lang}, posts) // as it is after those before it
	if err != nil {
		return err
	}
	if len(acts) == 0 {
		return fault.New(fault.NotPossible, "error.set.not_begun")
	}
	a := acts[0]
	if err := a.possible(t); err != nil {
		return err
	}
	head, err := loadRevision(s.tx.DB, a.row.ref(), a.row.Head)
	if err != nil {
		return err
	}
	if err := s.isAbreast(a.row, head); err != nil {
		return err
	}
	ask := with(a)
	if ask.set = s.names(); s.lags(a.row, head) {
		ask.behind = behind
	}
	return a.perform(t, head, ready, ask)
}

// lags says whether a translation is critically behind a text that goes out with
// it. What goes out by itself tells its readers so (Behind); languages that go out
// together are to say the same.
func (s setRow) lags(row editionRow, head Revision) bool {
	return row.Critical > 0 && s.holds(head.SourceLang)
}

// isAbreast refuses such a translation, unless somebody said why of this very
// text of its source.
func (s *together) isAbreast(row editionRow, head Revision) error {
	return s.abreast(row, head, s.rows[head.SourceLang].Head)
}

func (s setRow) abreast(row editionRow, head Revision, source int) error {
	i := slices.IndexFunc(s.members, func(m memberRow) bool { return m.Lang == row.Lang })
	if i < 0 || !s.lags(row, head) || s.members[i].BehindOf == source {
		return nil
	}
	return fault.New(fault.NotPossible, "error.set.behind", "count", row.Critical)
}

// acceptLag notes of each translation that is critically behind that it may go
// out so, when somebody says why.
func (s *together) acceptLag(why string) error {
	if why == "" {
		return nil
	}
	for i, m := range s.members {
		row, begun := s.rows[m.Lang]
		if !begun {
			continue
		}
		head, err := loadRevision(s.tx.DB, row.ref(), row.Head)
		if err != nil {
			return err
		}
		if !s.lags(row, head) {
			continue
		}
		s.members[i].BehindOf = s.rows[head.SourceLang].Head
		if err := updateMember(s.tx, s.members[i]); err != nil {
			return err
		}
	}
	return nil
}

// Tried is what releasing a set would do for a language.
type Tried struct {
	Lang     string
	Document *release.Article // what readers would get; nil when it is refused
	Updated  bool             // they have an earlier text
	Refusal  error            // a fault
}

// errTried undoes what was only tried.
var errTried = errors.New("only tried")

// TrySet does everything that releasing a set would do, and undoes it: nothing is
// left of it. It answers what readers would get of each language now.
func (n *Newsroom) TrySet(ctx context.Context, actor account.Actor, item string) (tried []Tried, err error) {
	proofs, err := n.proveSet(ctx, actor, item)
	if err != nil {
		return nil, err
	}
	err = n.onSet(ctx, actor, item, func(s *together) error {
		if !s.exists() {
			return errNoSet()
		}
		if _, err := s.demand(account.Schedule, s.langs()); err != nil {
			return err
		}
		s.actor = account.System() // as the schedule would
		refusals, err := s.release(proofs, nil, SetAsk{}, 0)
		if err != nil {
			return err
		}
		if tried, err = s.tried(refusals); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return tried, err
}

// tried tells what readers have as this transaction sees it. The rows are those
// from before it.
func (s *together) tried(refusals []Refusal) (list []Tried, err error) {
	for _, lang := range s.langs() {
		t := Tried{Lang: lang, Updated: Live(s.rows[lang].Live) == IsLive}
		if i := slices.IndexFunc(refusals, func(r Refusal) bool { return r.Lang == lang }); i >= 0 {
			t.Refusal = refusals[i].Err
		} else if t.Document, err = s.document(lang); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (s *together) document(lang string) (*release.Article, error) {
	now, err := s.n.log.Current(s.tx, articleKey(Ref{s.item.ID, lang}))
	if err != nil {
		return nil, err
	}
	var doc release.Article
	return &doc, now.Decode(&doc)
}

// ScheduleSet says when all languages of a set go out; each of them has to be
// ready by then as one that goes out by itself, and is approved already.
func (n *Newsroom) ScheduleSet(ctx context.Context, actor account.Actor, item string, ask SetAsk) error {
	if ask.At.IsZero() {
		var form fault.Form
		form.Refuse("publish_at", "error.schedule.none")
		return form.Err()
	}
	return n.withSet(ctx, actor, item, account.Schedule, ask, func(s *together, proofs map[string]proof, posts map[string]account.Post) error {
		refusals, err := s.each(Schedule, proofs, posts, func(*act) Ask { return Ask{At: ask.At} }, ask.Behind)
		if err != nil {
			return err
		}
		for _, r := range refusals {
			if f, ok := fault.As(r.Err); ok && f.Fields["publish_at"].Key != "" { // it is the moment that is wrong
				return r.Err
			}
		}
		if err := setError(refusals); err != nil {
			return err
		}
		return updateSet(s.tx, item, map[string]any{"publish_at": store.Micros(ask.At), "scheduled_by": actor.ID})
	})
}

// UnscheduleSet takes the moment of a set back; its languages stay bound.
func (n *Newsroom) UnscheduleSet(ctx context.Context, actor account.Actor, item string) error {
	return n.onSet(ctx, actor, item, func(s *together) error {
		if s.PublishAt == 0 {
			return fault.New(fault.NotPossible, "error.set.unscheduled")
		}
		posts, err := s.demand(account.Schedule, s.langs())
		if err != nil {
			return err
		}
		return s.takeBack(posts)
	})
}

func (s *together) takeBack(posts map[string]account.Post) error {
	if err := s.unschedule(s.langs(), posts); err != nil {
		return err
	}
	return updateSet(s.tx, s.item.ID, map[string]any{"publish_at": int64(0), "scheduled_by": ""})
}
