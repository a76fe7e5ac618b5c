package letter

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/store"
)

// eraseBatch is how many letters lose their writer's address at once, so that
// nobody waits long for the trail.
const eraseBatch = 100

// EraseContacts erases the addresses of those whose letters were dealt with
// some months ago. What they wrote, what they were answered and the wording
// that they agreed to stay.
func (r *Room) EraseContacts(ctx context.Context, months int) error {
	for {
		n := 0
		err := r.db.Write(ctx, func(tx *store.Tx) error {
			letters, err := withOldContact(tx, tx.Now.AddDate(0, -months, 0), eraseBatch)
			if n = len(letters); err != nil || n == 0 {
				return err
			}
			trail := make([]audit.Entry, n)
			for i, l := range letters {
				if err := eraseContact(tx, l.ID); err != nil {
					return err
				}
				trail[i] = audit.Entry{ActorID: account.SystemID, AgencyID: l.Agency, Verb: "letter.erase", Subject: "letter/" + l.ID}
			}
			return audit.AppendAll(tx, trail)
		})
		if err != nil || n < eraseBatch {
			return err
		}
	}
}
