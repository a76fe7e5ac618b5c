// Package live tells open pages what changed meanwhile.
//
// A page listens to topics. "editions" are all editions that its person may
// see; "edition/ITEM/LANG" is one of them, and "talk/ITEM/LANG" what is said
// about it, for pages that show that apart. What happened to them is read from
// the audit trail, from the number that the page was made at, so that a page
// that was cut off misses nothing and nothing is kept for it: all that the
// newsroom remembers of a listener is a number. Whoever did something is not
// told of it.
//
// Other topics come from other rooms (Topic): each has a mark, a short text
// that stands for what is so now, and a page is told the mark whenever it has
// become another.
//
// Before anything is told, it is asked again who listens and what they may see.
// Listening is not doing: it keeps no session open.
package live

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/store"
)

// Bounds. A browser listens for the page that is in front, so that a person
// has few lines; every line costs a connection with its buffers.
const (
	MaxLines  = 500 // in this process
	MaxOwn    = 12  // of one person
	maxTopics = 20
)

// Topic is something besides editions that pages follow.
type Topic struct {
	// Name is how pages call it, such as "notices". A page may add a slash and
	// more, which Mark is given.
	Name string
	// Channel is the store's that is rung when a mark may have changed.
	Channel string
	// Mark is what is so now, for this person; a refusal tells nothing.
	Mark func(ctx context.Context, actor account.Actor, rest string) (string, error)
}

// Editions is the topic of all editions that a person may see.
const Editions = "editions"

// Options are what the room stands on.
type Options struct {
	DB *store.DB
	// Look answers who holds a session now (account.Look).
	Look   func(ctx context.Context, token, address string) (account.Actor, account.Session, error)
	Seen   func(ctx context.Context, actor account.Actor, refs []newsroom.Ref) ([]newsroom.Edition, error)
	Topics []Topic
}

// Room counts the lines of this process.
type Room struct {
	Options
	now  atomic.Int64 // the newest number of the trail that was seen here
	over context.Context
	stop context.CancelFunc

	mu    sync.Mutex
	lines map[string]int // by person
	all   int
}

// New gives the room. Run keeps it at the present.
func New(o Options) *Room {
	r := &Room{Options: o, lines: map[string]int{}}
	r.over, r.stop = context.WithCancel(context.Background())
	return r
}

// Stop lets every line go at once; call it when the server begins to stop.
func (r *Room) Stop() { r.stop() }

// Now is a number of the trail from which a page that is made now listens on; 0
// when none is known yet, which means from when it begins to listen.
func (r *Room) Now() int64 { return r.now.Load() }

// Run remembers how far the trail goes, until ctx ends.
func (r *Room) Run(ctx context.Context) {
	wake := audit.Listen(ctx, r.DB)
	for ctx.Err() == nil {
		if last, err := audit.Last(ctx, r.DB); err == nil { // what failed is no news; a page is told too much at worst
			r.now.Store(last)
		}
		select {
		case <-wake:
		case <-time.After(Beat):
		case <-ctx.Done():
		}
	}
}

// Caller is whose page listens: the session is asked for again each time.
type Caller struct {
	Person, Token, Address string
}

// Open begins a line for topics, from a number of the trail on; 0 is the
// newest. Unknown topics are refused, and so is one line too many.
func (r *Room) Open(ctx context.Context, caller Caller, topics []string, after int64) (*Line, error) {
	l := &Line{room: r, caller: caller, after: after, marks: map[string]string{}}
	for _, name := range topics {
		if err := l.add(name); err != nil {
			return nil, err
		}
	}
	if after == 0 {
		var err error
		if l.after, err = audit.Last(ctx, r.DB); err != nil {
			return nil, err
		}
	}
	if err := r.take(caller.Person); err != nil {
		return nil, err
	}
	l.over, l.hangUp = context.WithCancel(r.over)
	l.wake = r.DB.Listen(l.over, l.channels()...)
	return l, nil
}

func (r *Room) take(person string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all >= MaxLines || r.lines[person] >= MaxOwn {
		return &fault.Error{Kind: fault.TooMany, Message: fault.Say("error.too_many.title"), RetryAfter: int(Beat / time.Second)}
	}
	r.all++
	r.lines[person]++
	return nil
}

func (r *Room) leave(person string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all--
	if r.lines[person]--; r.lines[person] == 0 {
		delete(r.lines, person)
	}
}

// topic finds whose topic a page means, and what it says besides.
func (r *Room) topic(name string) (t Topic, rest string, ok bool) {
	first, rest, _ := strings.Cut(name, "/")
	i := slices.IndexFunc(r.Topics, func(t Topic) bool { return t.Name == first })
	if i < 0 {
		return Topic{}, "", false
	}
	return r.Topics[i], rest, true
}
