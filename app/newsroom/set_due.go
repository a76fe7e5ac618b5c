package newsroom

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// doSets publishes the sets that are due, and notes of each that has a moment
// what keeps which language of it from readers: as soon as the schedule is woken,
// not when it is due. It answers how many editions were published.
func (n *Newsroom) doSets(ctx context.Context, now time.Time) (published int, err error) {
	items, err := loadScheduledSets(n.db.Read(ctx))
	if err != nil {
		return 0, err
	}
	var errs []error
	for _, item := range items {
		done, err := n.doSet(ctx, item, now)
		if err != nil {
			errs = append(errs, fmt.Errorf("set of %s: %w", item, err))
		}
		published += done
	}
	return published, errors.Join(errs...)
}

func (n *Newsroom) doSet(ctx context.Context, item string, now time.Time) (published int, err error) {
	set, rows, err := readSet(n.db.Read(ctx), item)
	if err != nil || set.PublishAt == 0 {
		return 0, err
	}
	gone, err := n.isGone(ctx, set.ScheduledBy)
	if err != nil {
		return 0, err
	}
	if gone {
		return 0, n.unscheduleSetOf(ctx, item, set.ScheduledBy)
	}
	if set.PublishAt > store.Micros(now) {
		stop, err := set.weigh(n.db.Read(ctx), rows)
		if err != nil || !slices.ContainsFunc(set.langs(), func(lang string) bool { return stop.isNews(rows[lang], false) }) {
			return 0, err
		}
		return 0, n.hinderSet(ctx, item, nil)
	}
	return n.publishSetDue(ctx, set, rows)
}

// stop is what keeps a set from readers; the zero stop: nothing.
type stop struct {
	lang string
	why  Hindrance
}

// of is how an edition of the set is hindered by it.
func (s stop) of(lang string) (Hindrance, string) {
	if s.lang == lang {
		return s.why, ""
	}
	return s.why, s.lang
}

// isNews says whether an edition that waits for its moment is hindered otherwise
// than is noted; or, when it is due, was noted as one that will be.
func (s stop) isNews(row editionRow, due bool) bool {
	why, lang := s.of(row.Lang)
	return State(row.State) == Scheduled && (Hindrance(row.Hindrance) != why || row.HinderedLang != lang || due && why != NotHindered && row.hinderedEarly())
}

// publishSetDue publishes a set, or notes what keeps it from readers.
func (n *Newsroom) publishSetDue(ctx context.Context, set setRow, rows map[string]editionRow) (published int, err error) {
	for _, lang := range set.langs() {
		if err := n.reopenOfGone(ctx, Ref{set.ItemID, lang}); err != nil {
			return 0, err
		}
		if err := n.notWithdrawnSince(ctx, rows[lang]); err != nil {
			if hindranceOf(err) == NotHindered {
				return 0, err
			}
			return 0, n.hinderSet(ctx, set.ItemID, &stop{lang, hindranceOf(err)})
		}
	}
	proofs, err := n.proveSet(ctx, account.System(), set.ItemID)
	if err != nil {
		return 0, err
	}
	var stopped *stop
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		published, stopped = 0, nil
		s, err := n.lockSet(ctx, tx, account.System(), set.ItemID)
		if err != nil || s.PublishAt == 0 || s.PublishAt > store.Micros(tx.Now) { // somebody was faster, or changed their mind
			return err
		}
		found, err := s.weigh(tx.DB, s.rows)
		if err == nil && found.why != NotHindered {
			stopped = &found
			return errTried
		}
		if err != nil {
			return err
		}
		refusals, err := s.release(proofs, nil, SetAsk{}, lateness(tx.Now, s.PublishAt))
		if err == nil && len(refusals) > 0 {
			stopped = &stop{refusals[0].Lang, hindranceOf(refusals[0].Err)}
			return errTried
		}
		published = len(s.members)
		return err
	})
	if stopped != nil {
		return 0, n.hinderSet(ctx, set.ItemID, stopped)
	}
	if fault.KindOf(err) == fault.Conflict { // somebody saved meanwhile
		return 0, nil
	}
	if err != nil {
		published = 0
	}
	return published, err
}

// hinderSet notes on each edition of a set that waits for its moment what keeps
// the set from readers: what was found, or what is to be seen now; nothing, when
// it is gone.
func (n *Newsroom) hinderSet(ctx context.Context, item string, found *stop) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		s, err := n.lockSet(ctx, tx, account.System(), item)
		if err != nil || s.PublishAt == 0 {
			return err
		}
		now, due := found, s.PublishAt <= store.Micros(tx.Now)
		if now == nil {
			seen, err := s.weigh(tx.DB, s.rows)
			if err != nil {
				return err
			}
			now = &seen
		}
		acts, err := s.acts(s.langs(), nil)
		if err != nil {
			return err
		}
		told := false
		for _, a := range acts {
			if !now.isNews(a.row, due) {
				continue
			}
			head, err := loadRevision(tx.DB, a.row.ref(), a.row.Head)
			if err != nil {
				return err
			}
			why, lang := now.of(a.row.Lang)
			if why == NotHindered {
				err = a.unhinder(head)
			} else {
				err = a.hinder(head, why, lang, !told)
				told = true
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// unscheduleSetOf takes back the moment that a person had chosen for a set.
func (n *Newsroom) unscheduleSetOf(ctx context.Context, item, person string) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		s, err := n.lockSet(ctx, tx, account.System(), item)
		if err != nil || s.PublishAt == 0 || s.ScheduledBy != person {
			return err
		}
		return s.takeBack(nil)
	})
}
