// Package letter is the newsroom's letter box: what readers reported, such as
// an error on a page.
//
// Letters are written at a newsstand, which keeps them until the newsroom has
// accepted them; the same letter may therefore arrive more than once and
// counts once. A letter that has been dealt with stays in the list as done.
//
// A letter, with the address of whoever wrote it, is the business of the agency
// whose outlet they read, and of those who read everything. One from an outlet
// that is not known here went to the front desk: the outlet that answers for
// all host names.
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
	Agency     string // whose outlet it came from; "" while there is no outlet at all
	ReceivedAt time.Time
	DoneAt     time.Time // zero while nobody has dealt with it
	DoneBy     string    // person id
	AnsweredBy string    // by what, as the trail names it: the edition that was corrected; "" when it was just closed
	Answer     string    // what its writer was answered
	ErasedAt   time.Time // when its writer's address was erased; zero while it was not
}

// answerWithin is how long a citizen may be kept waiting for an answer (Luật
// Tiếp cận thông tin 104/2016/QH13).
const answerWithin = 15 * 24 * time.Hour

// Due is when the letter ought to have been dealt with.
func (l Letter) Due() time.Time { return l.ReceivedAt.Add(answerWithin) }

// Overdue says whether it still waits after that.
func (l Letter) Overdue(now time.Time) bool { return l.DoneAt.IsZero() && now.After(l.Due()) }

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
	if l.Kind == Rating {
		return r.db.Write(ctx, func(tx *store.Tx) error { return count(tx, l) })
	}
	return r.db.Write(ctx, func(tx *store.Tx) error { return insert(tx, l) })
}

// List answers a page (from 1) of the actor's letters that are open, the
// longest waiting first, or of those that are done, the latest first. more says
// whether there is a next page.
func (r *Room) List(ctx context.Context, actor account.Actor, done bool, page int) (letters []Letter, more bool, err error) {
	whose, err := readable(actor)
	if err != nil {
		return nil, false, err
	}
	letters, err = list(r.db.Read(ctx), whose, done, (max(page, 1)-1)*PageSize, PageSize+1)
	if len(letters) > PageSize {
		return letters[:PageSize], true, err
	}
	return letters, false, err
}

// Waiting counts the open letters of the actor.
func (r *Room) Waiting(ctx context.Context, actor account.Actor) (int, error) {
	whose, err := readable(actor)
	if err != nil {
		return 0, err
	}
	return countOpen(r.db.Read(ctx), whose)
}

// agencies are those whose letters somebody reads.
type agencies struct {
	ids []string
	all bool
}

func readable(actor account.Actor) (whose agencies, err error) {
	whose.ids, whose.all = actor.Agencies(account.ReadLetters)
	if !whose.all && len(whose.ids) == 0 {
		return whose, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return whose, nil
}

// Close marks a letter as dealt with. One that is done already stays as it is;
// one that the actor may not read is unknown.
func (r *Room) Close(ctx context.Context, actor account.Actor, id string) error {
	return r.deal(ctx, actor, id, func(tx *store.Tx, l Letter, post account.Post) error {
		if !l.DoneAt.IsZero() {
			return nil
		}
		if err := markDone(tx, id, actor.ID, ""); err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: post.Agency, Role: string(post.Role), Address: actor.Address,
			Verb: "letter.close", Subject: "letter/" + id, From: "open", To: "done", Detail: actor.Trace(post, nil),
		})
	})
}

// deal locks a letter that the actor may deal with, and lets something be done
// with it by the post that permits it.
func (r *Room) deal(ctx context.Context, actor account.Actor, id string, do func(*store.Tx, Letter, account.Post) error) error {
	if _, err := readable(actor); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		l, err := lock(tx, id)
		if err != nil {
			return err
		}
		if _, ok := actor.May(account.ReadLetters, l.Agency); !ok {
			return unknown()
		}
		post, ok := actor.PostFor(account.AnswerLetters, l.Agency)
		if !ok {
			return fault.New(fault.Forbidden, "error.forbidden.title")
		}
		return do(tx, l, post)
	})
}

func unknown() error { return fault.New(fault.NotFound, "error.letter.unknown") }
