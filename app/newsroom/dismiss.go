package newsroom

import (
	"context"
	"errors"
	"fmt"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Dismiss ends what somebody who was disabled left behind them: their preview
// links, whose readers would go on reading what is saved since, the
// publications they scheduled, which wait for another chief as approved, and
// what they agreed to for an outlet whose readers do not have it yet, which
// waits for somebody else there (decision 0014). What they approved stays
// approved, for then they might. Until this is done nothing of it works any
// more either (isGone).
func (n *Newsroom) Dismiss(ctx context.Context, person string) error {
	links, err := openLinksOf(n.db.Read(ctx), person, n.db.Now())
	if err != nil {
		return err
	}
	var errs []error
	for _, link := range links {
		if err := n.endLink(ctx, link); err != nil {
			errs = append(errs, fmt.Errorf("preview link %s: %w", link.ID, err))
		}
	}
	refs, err := loadScheduledBy(n.db.Read(ctx), person)
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	for _, ref := range refs {
		if err := n.unscheduleOf(ctx, ref, person); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", ref.subject(), err))
		}
	}
	sets, err := loadSetsBy(n.db.Read(ctx), person)
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	for _, item := range sets {
		if err := n.unscheduleSetOf(ctx, item, person); err != nil {
			errs = append(errs, fmt.Errorf("set of %s: %w", item, err))
		}
	}
	if refs, err = loadAgreedBy(n.db.Read(ctx), person); err != nil {
		return errors.Join(append(errs, err)...)
	}
	for _, ref := range refs {
		if err := n.reopenPlacements(ctx, ref, person); err != nil {
			errs = append(errs, fmt.Errorf("outlets of %s: %w", ref.subject(), err))
		}
	}
	return errors.Join(errs...)
}

// isGone says whether somebody was disabled.
func (n *Newsroom) isGone(ctx context.Context, person string) (bool, error) {
	if person == "" {
		return false, nil
	}
	_, err := n.person(ctx, person)
	if kind := fault.KindOf(err); kind == fault.Forbidden || kind == fault.NotFound {
		return kind == fault.Forbidden, nil
	}
	return false, err
}

func (n *Newsroom) endLink(ctx context.Context, link previewRow) error {
	ref := Ref{link.ItemID, link.Lang}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		now, err := previewByID(tx, ref, link.ID)
		if err != nil || !now.link().Open(tx.Now) {
			return err
		}
		if err := updatePreview(tx, link.ID, map[string]any{"revoked_at": store.Micros(tx.Now)}); err != nil {
			return err
		}
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
		return a.recordPreview("revoke", "", now, map[string]string{})
	})
}

// unscheduleOf takes back the time of publication that a person had chosen.
func (n *Newsroom) unscheduleOf(ctx context.Context, ref Ref, person string) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		if State(row.State) != Scheduled || row.ScheduledBy != person {
			return nil
		}
		head, err := loadRevision(tx.DB, ref, row.Head)
		if err != nil {
			return err
		}
		t, _ := transitionOf(Unschedule)
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
		return a.perform(t, head, proof{}, Ask{})
	})
}

// reopenOfGone is reopenPlacements of everybody who was disabled, for what is due
// before it is told that they left.
func (n *Newsroom) reopenOfGone(ctx context.Context, ref Ref) error {
	people, err := loadDeciders(n.db.Read(ctx), ref)
	if err != nil {
		return err
	}
	for _, person := range people {
		gone, err := n.isGone(ctx, person)
		if err == nil && gone {
			err = n.reopenPlacements(ctx, ref, person)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// reopenPlacements puts back to its outlets what a person had agreed to and
// their readers do not have yet.
func (n *Newsroom) reopenPlacements(ctx context.Context, ref Ref, person string) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		list, err := loadAgreed(tx.DB, row, person)
		if err != nil || len(list) == 0 {
			return err
		}
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
		for _, p := range list {
			err := updatePlacement(tx, ref, p.Outlet, map[string]any{
				"state": string(Proposed), "state_at": store.Micros(tx.Now), "decided_by": "", "publish_at": int64(0),
			})
			if err != nil {
				return err
			}
			if err := a.recordPlacement("placement.reopen", p, Proposed, row.ApprovedHash, "", map[string]string{}); err != nil {
				return err
			}
		}
		if err := a.tell(Carry, State(row.State), ""); err != nil {
			return err
		}
		head, err := loadRevision(tx.DB, ref, row.Head)
		if err != nil {
			return err
		}
		return a.settle(head)
	})
}
