// Package term keeps the termbase: the words that have one right translation,
// the names of State bodies before all others.
//
// A term is a wording in one language, usually Vietnamese, with other
// spellings by which it is recognised, and for each foreign language what it
// must be called (required), what it may be called instead (allowed) and what
// it must not be called (forbidden). A language with a required rendering has
// to be met; one that has only allowed ones is a suggestion. An agency answers
// for a term, on a legal basis, from a day on and until another; nothing is
// ever deleted, and the audit trail says who changed what. A locked term is an
// official name: only those who may lock change it, and nobody passes over a
// deviation from it.
//
// Everybody's texts are held against the terms of all agencies. Compile makes
// of them a Base, which finds terms in a text and what a translation does with
// them (Check, CheckOne, Hints); it is a pure value. Room.Base answers the one
// of today and notices when the terms have changed, in whichever process.
//
// Lists come and go as CSV, for people, and as TBX (ISO 30042), for the tools
// of translators.
package term

import (
	"context"
	"slices"
	"sync"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Standing is what is thought of a rendering.
type Standing string

// The standings of renderings.
const (
	Required  Standing = "required"  // this one, or another required or allowed one
	Allowed   Standing = "allowed"   // also right
	Forbidden Standing = "forbidden" // wrong
)

// Standings lists them in the order people are shown them.
var Standings = []Standing{Required, Allowed, Forbidden}

// Rendering is what a term is called in a language. An ellipsis in it stands
// for a few words: "People's Committee of … Province".
type Rendering struct {
	Lang     string
	Text     string
	Standing Standing
}

// Term is a wording with its renderings.
type Term struct {
	ID       string
	Agency   string // that answers for it
	Lang     string // of the wording
	Wording  string
	Variants []string // other spellings in the same language, by which it is recognised
	// Renderings are in other languages, in the order of their worth; those in
	// the language of the wording itself are forbidden ones: what should not be
	// written in an original either.
	Renderings []Rendering
	Note       string // what it means
	Basis      release.Basis
	From, To   time.Time // it is valid from one moment (zero: always) until another (zero: still)
	Locked     bool      // an official name
	Version    int       // of this term; a change names the one it started from
	ChangedAt  time.Time
}

// On says whether a term is valid at a moment.
func (t Term) On(when time.Time) bool {
	return !when.Before(t.From) && (t.To.IsZero() || when.Before(t.To))
}

// In lists the renderings of a standing in a language.
func (t Term) In(lang string, s Standing) []string {
	var texts []string
	for _, r := range t.Renderings {
		if r.Lang == lang && r.Standing == s {
			texts = append(texts, r.Text)
		}
	}
	return texts
}

// Languages lists those that have renderings, in the order in which they first appear.
func (t Term) Languages() []string {
	var langs []string
	for _, r := range t.Renderings {
		if !slices.Contains(langs, r.Lang) {
			langs = append(langs, r.Lang)
		}
	}
	return langs
}

// Room keeps the terms of a newsroom.
type Room struct {
	db *store.DB

	mu     sync.Mutex // guards what follows
	base   *Base
	baseAt int64 // number of the change that base knows
}

// New gives the room over a newsroom database.
func New(db *store.DB) *Room { return &Room{db: db} }

// PageLength is how many terms a page of List has.
const PageLength = 50

// Filter says which terms are listed; what is empty does not narrow.
type Filter struct {
	Words   string // in the wording, a variant or a rendering, typed with or without marks
	Lang    string // with a rendering in this language, or worded in it
	Without string // with no required or allowed rendering in this language
	Agency  string
	Locked  bool // only official names
	Ended   bool // those that are over, rather than those that are valid or will be
	Page    int  // from 1 on
	All     bool // all pages in one, for those who take the list away
}

// List answers a page of terms by their wording, and how many there are.
func (r *Room) List(ctx context.Context, f Filter) (found []Term, count int, err error) {
	f.Words = vietnamese.Fold(tidyLine(f.Words))
	return list(r.db.Read(ctx), f, r.db.Now())
}

// Get answers one term, or a fault of kind NotFound.
func (r *Room) Get(ctx context.Context, id string) (Term, error) { return one(r.db.Read(ctx), id) }

// History answers what was done with a term, newest first.
func (r *Room) History(ctx context.Context, id string) ([]audit.Entry, error) {
	return audit.Of(ctx, r.db, "term/"+id, 100)
}

// Base answers all terms, ready to be held against texts of any day. It is
// built anew when a term has changed, also by another process.
func (r *Room) Base(ctx context.Context) (*Base, error) {
	at, err := changes(r.db.Read(ctx))
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.base != nil && r.baseAt >= at {
		return r.base, nil
	}
	terms, err := all(r.db.Read(ctx))
	if err != nil {
		return nil, err
	}
	r.base, r.baseAt = Compile(terms), at
	return r.base, nil
}

// Inherit gives the terms of an agency to the one that takes its place, as part
// of the act by which agencies become one, and answers how many.
func (r *Room) Inherit(tx *store.Tx, _ account.Actor, from, to string) (int, error) {
	if err := noteChange(tx); err != nil {
		return 0, err
	}
	return handOver(tx, from, to)
}

// keeper is an actor who may define terms of an agency; where an official name
// is concerned, one who may lock.
func keeper(actor account.Actor, agency string, official bool) (account.Post, error) {
	action := account.DefineTerms
	if official {
		action = account.LockTerms
	}
	post, ok := actor.PostFor(action, agency)
	if !ok && official {
		return post, fault.New(fault.Forbidden, "error.term.locked")
	}
	if !ok {
		return post, fault.New(fault.Forbidden, "error.term.agency")
	}
	return post, nil
}

// record puts what was done with a term on the trail.
func record(tx *store.Tx, actor account.Actor, post account.Post, agency, verb, id string, detail map[string]string) error {
	return audit.Append(tx, audit.Entry{
		ActorID: actor.ID, AgencyID: agency, Role: string(post.Role), Address: actor.Address,
		Verb: verb, Subject: "term/" + id, Detail: actor.Trace(post, detail),
	})
}
