// Package notice tells people what concerns them: what waits for them, what
// became of a text of theirs, who speaks to them, what is overdue, and what
// was done to their account.
//
// A notice is one person's and about one event of the outbox. An event that is
// delivered twice makes one notice. Who is to be told of what is decided where
// the program is put together (app/notify.go); this room keeps what they were
// told, and whether they have read it.
//
// A notice holds words of the thing it is about, and rights end. So each time
// notices are handed out the room asks whether their person may still see what
// they are about (Sight), and keeps the words of the others to itself.
package notice

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

// Sort is what a notice is for.
type Sort string

// The sorts.
const (
	Waiting  Sort = "waiting"  // something is expected of the person
	Moved    Sort = "moved"    // a text of theirs has moved
	Talk     Sort = "talk"     // somebody speaks to them, or about their text
	Overdue  Sort = "overdue"  // something expected of them is late
	Security Sort = "security" // something was done to their account
)

// Sorts lists them in the order people are shown them.
var Sorts = []Sort{Waiting, Moved, Talk, Overdue, Security}

// Notice is something that a person was told.
type Notice struct {
	ID      string
	Person  string // whom it is for
	Event   int64  // the outbox's number of what happened
	At      time.Time
	Sort    Sort
	Subject string // what it is about, as the audit trail names it
	Href    string // the place at the desk where that is
	Words   string // key of the sentence, in which Who and Title stand
	Who     string // the name of who did it, "" for the program itself
	Title   string // what the thing was called then, "" when it had no name
	Quote   string // the reason that was given, or the comment
	ReadAt  time.Time
	SentAt  time.Time // by e-mail
	Hidden  bool      // the person may not see any more what it is about: no words are told
}

// Say is a notice as a sentence.
func (n Notice) Say(p *locale.Printer) string {
	if n.Hidden {
		return p.T("notice.hidden")
	}
	return p.T(n.Words, "Who", or(n.Who, p.T("audit.system")), "Title", or(n.Title, p.T("edition.untitled")))
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// Sight answers which of some subjects a person may see now.
type Sight func(ctx context.Context, person string, subjects []string) (map[string]bool, error)

// Room keeps the notices of a newsroom.
type Room struct {
	db    *store.DB
	sight Sight
}

// New gives the room over a newsroom database.
func New(db *store.DB, sight Sight) *Room { return &Room{db, sight} }

// Channel is the store's that is rung when the number of somebody's unread
// notices may have changed.
const Channel = "notices"

// Tell adds notices, but those of a sort that their person does not want. One
// that is there already stays as it is.
func (r *Room) Tell(ctx context.Context, notices []Notice) error {
	if len(notices) == 0 {
		return nil
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		for _, n := range notices {
			if err := tell(tx, n); err != nil {
				return err
			}
		}
		return nil
	})
}

func tell(tx *store.Tx, n Notice) error {
	ways, err := loadWays(tx.DB, n.Person)
	if err != nil || ways[n.Sort] == Off {
		return err
	}
	n.ID = store.NewID()
	added, err := insert(tx, n, ways[n.Sort])
	if err != nil || !added || ways[n.Sort] != Mail {
		return err
	}
	return outbox.Append(tx, outbox.Event{
		Topic: mailDue, Subject: "person/" + n.Person, Actor: account.SystemID, Data: map[string]string{"notice": n.ID},
	})
}

// Drop takes back what is unread of the notices that something waits, where it
// does not wait for that person any more.
func (r *Room) Drop(ctx context.Context, subject string, waits func(Notice) (bool, error)) error {
	notices, err := loadWaiting(r.db.Read(ctx), subject)
	if err != nil {
		return err
	}
	var over []string
	for _, n := range notices {
		still, err := waits(n)
		if err != nil {
			return err
		}
		if !still {
			over = append(over, n.ID)
		}
	}
	if len(over) == 0 {
		return nil
	}
	return r.db.Write(ctx, func(tx *store.Tx) error { return deleteUnread(tx, over) })
}

// keep is how long notices are kept, read or not: what is older is to be found
// in the audit trail.
const keep = 180 * 24 * time.Hour

// Sweep forgets old notices.
func (r *Room) Sweep(ctx context.Context) error {
	return r.db.Write(ctx, func(tx *store.Tx) error { return deleteBefore(tx, tx.Now.Add(-keep)) })
}

func signedOut(actor account.Actor) error {
	if actor.ID == "" || actor.ID == account.SystemID {
		return fault.New(fault.SignedOut, "error.signed_out.title")
	}
	return nil
}
