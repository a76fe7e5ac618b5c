package newsroom

import (
	"context"
	"log/slog"

	"doingoai/app/account"
	"doingoai/app/store"
)

// recountedAtOnce is of how many translations one transaction counts anew how
// far they are behind.
const recountedAtOnce = 100

// RecountOld counts once, for good, how far those translations are behind their
// sources that an older program left without word of what they were made from.
func (n *Newsroom) RecountOld(ctx context.Context) error {
	done, err := wasRecounted(n.db.Read(ctx))
	if err != nil || done {
		return err
	}
	slog.Info("counting how far translations are behind their sources, once: an archive takes some minutes")
	if _, _, err := n.recountSome(ctx, false); err != nil {
		return err
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Next(recountedCounter)
		return err
	})
}

// Recount counts anew how far all translations are behind their sources, as the
// program itself, and answers how many it counted and of how many something else
// stood written. Readers are told of what comes out.
func (n *Newsroom) Recount(ctx context.Context) (counted, changed int, err error) {
	return n.recountSome(ctx, true)
}

func (n *Newsroom) recountSome(ctx context.Context, all bool) (counted, changed int, err error) {
	for after := (Ref{}); ; {
		refs, err := loadTranslations(n.db.Read(ctx), after, all, recountedAtOnce)
		if err != nil || len(refs) == 0 {
			return counted, changed, err
		}
		wrong, err := wronglyCounted(n.db.Read(ctx), refs)
		if err != nil {
			return counted, changed, err
		}
		err = n.db.Write(ctx, func(tx *store.Tx) error {
			for _, ref := range wrong { // counted again, under locks
				different, err := n.recount(ctx, tx, ref)
				if err != nil {
					return err
				}
				if different {
					changed++
				}
			}
			return nil
		})
		if err != nil {
			return counted, changed, err
		}
		counted, after = counted+len(refs), refs[len(refs)-1]
	}
}

func (n *Newsroom) recount(ctx context.Context, tx *store.Tx, ref Ref) (changed bool, err error) {
	if err := lockItem(tx, ref); err != nil {
		return false, err
	}
	row, err := lockEdition(tx, ref)
	if err != nil {
		return false, err
	}
	a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
	head, err := loadRevision(tx.DB, ref, row.Head)
	if err != nil {
		return false, err
	}
	h, ok, err := heldOf(tx.DB, row, head)
	if err != nil || !ok {
		return false, err
	}
	if h.row.Version == 0 { // it is only known from the revision's own word
		if err := h.keep(tx); err != nil {
			return false, err
		}
	}
	source, err := newestSource(tx.DB, head)
	if err != nil {
		return false, err
	}
	stale, critical, err := measure(tx.DB, source, h.pin)
	if err != nil {
		return false, err
	}
	if stale != row.Stale || critical != row.Critical {
		changed = true
		if err := updateEdition(tx, ref, map[string]any{"stale": stale, "critical": critical}); err != nil {
			return changed, err
		}
	}
	told, err := a.recountLive(h, head)
	return changed || told, err
}

// recountLive counts how far what readers have is behind, and tells them and
// those who translate when something else was written.
func (a *act) recountLive(h held, head Revision) (changed bool, err error) {
	row, err := loadEdition(a.tx.DB, Ref{a.row.ItemID, h.row.SourceLang})
	if err != nil || Live(a.row.Live) != IsLive {
		return false, err
	}
	source, ok, err := liveText(a.tx.DB, row)
	if err != nil || !ok {
		return false, err
	}
	stale, critical, err := measure(a.tx.DB, source, h.live)
	if err != nil || stale == a.row.LiveStale && critical == a.row.LiveCritical {
		return false, err
	}
	changed, more, err := a.standBehind(h.live, source)
	if err != nil || !changed {
		return changed, err
	}
	a.overtook = []overtaking{{a, head, CatchUp, more}}
	if err := a.recordOvertaken(); err != nil {
		return changed, err
	}
	return changed, a.tellOvertaken()
}
