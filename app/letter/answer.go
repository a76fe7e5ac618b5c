package letter

import (
	"context"
	"slices"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// maxAbout is how many letters about one item are shown with it.
const maxAbout = 20

// About lists the open letters about an item, the longest waiting first; none
// to who may not read letters.
func (r *Room) About(ctx context.Context, actor account.Actor, item string) ([]Letter, error) {
	whose, err := readable(actor)
	if err != nil {
		return nil, nil
	}
	return listAbout(r.db.Read(ctx), whose, item, maxAbout)
}

// Answer marks letters about an item as dealt with by something that is done
// in the caller's transaction: by names it, as the trail does. Letters that are done
// already stay as they are; one that is not about the item is refused. All are
// locked before anything is written, so that nobody who closes one of them at
// the same time waits for us while we wait for them.
func Answer(tx *store.Tx, actor account.Actor, item string, ids []string, by string) error {
	var open []Letter
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		l, err := lock(tx, id)
		if err != nil {
			return err
		}
		if _, ok := actor.PostFor(account.AnswerLetters, l.Agency); !ok {
			return fault.New(fault.Forbidden, "error.letter.role")
		}
		if l.Item != item {
			return fault.New(fault.NotPossible, "error.letter.elsewhere")
		}
		if l.DoneAt.IsZero() {
			open = append(open, l)
		}
	}
	for _, l := range open {
		post, _ := actor.PostFor(account.AnswerLetters, l.Agency) // there is one
		if err := markDone(tx, l.ID, actor.ID, by); err != nil {
			return err
		}
		err := audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: post.Agency, Role: string(post.Role), Address: actor.Address,
			Verb: "letter.answer", Subject: "letter/" + l.ID, From: "open", To: "done", Detail: actor.Trace(post, map[string]string{"by": by}),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
