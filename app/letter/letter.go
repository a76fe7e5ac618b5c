// Package letter is the newsroom's letter box: what readers reported, such as
// an error on a page.
//
// Letters are written at a newsstand, which keeps them until the newsroom has
// accepted them; the same letter may therefore arrive more than once and
// counts once. A letter that has been dealt with stays in the list as done.
package letter

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// PageSize is how many letters one page of the list holds.
const PageSize = 30

// Letter is what a reader sent and what became of it.
type Letter struct {
	release.Letter
	ReceivedAt time.Time
	DoneAt     time.Time // zero while nobody has dealt with it
	DoneBy     string    // person id
}

// Room keeps the letters of a newsroom.
type Room struct{ db *store.DB }

// New gives the room over a newsroom database.
func New(db *store.DB) *Room { return &Room{db} }

// Accept keeps a letter. One that is here already is accepted again and
// changes nothing, also when its words differ.
func (r *Room) Accept(ctx context.Context, l release.Letter) error {
	l, err := check(l)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error { return insert(tx, l) })
}

// List answers a page (from 1) of the letters that are open, the longest
// waiting first, or of those that are done, the latest first. more says
// whether there is a next page.
func (r *Room) List(ctx context.Context, actor account.Actor, done bool, page int) (letters []Letter, more bool, err error) {
	if !actor.MayAnywhere(account.ReadLetters) {
		return nil, false, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	letters, err = list(r.db.Read(ctx), done, (max(page, 1)-1)*PageSize, PageSize+1)
	if len(letters) > PageSize {
		return letters[:PageSize], true, err
	}
	return letters, false, err
}

// Waiting counts the open letters.
func (r *Room) Waiting(ctx context.Context, actor account.Actor) (int, error) {
	if !actor.MayAnywhere(account.ReadLetters) {
		return 0, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return countOpen(r.db.Read(ctx))
}

// Close marks a letter as dealt with. One that is done already stays as it is.
func (r *Room) Close(ctx context.Context, actor account.Actor, id string) error {
	post, ok := answerer(actor)
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		l, err := lock(tx, id)
		if err != nil || !l.DoneAt.IsZero() {
			return err
		}
		if err := markDone(tx, id, actor.ID); err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: post.Agency, Role: string(post.Role), Address: actor.Address,
			Verb: "letter.close", Subject: "letter/" + id, From: "open", To: "done",
		})
	})
}

// answerer answers the post that lets the actor deal with letters; they belong
// to no agency.
func answerer(actor account.Actor) (account.Post, bool) {
	for _, post := range actor.Posts {
		if role, ok := actor.May(account.AnswerLetters, post.Agency); ok && role == post.Role {
			return post, true
		}
	}
	return account.Post{}, false
}
