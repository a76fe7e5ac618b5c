// Package newsroom is the editorial core: items, their editions in each
// language, the immutable revisions of an edition, and the verbs that carry
// an edition from a first draft to readers.
//
// # What is kept
//
// An item is a piece of content in no particular language. An edition is the
// item in one language; each has its own workflow, and one is the source. A
// revision is a saved version of an edition, with everything readers would
// see: texts, section, outlets, picture. It is never changed; its hash names
// its content. Whatever is approved or released is a revision, by that hash.
//
// An edition's state (state.go) says where its newest revision stands. What
// readers have is a separate fact, Live: while a new draft of a published
// article is under way, readers keep the revision that was released.
//
// # Verbs
//
// Everything a person does is a method with ctx, actor and what it is about.
// Each runs in one transaction: load and lock the edition, ask whether this
// person may, ask whether it is possible now, change, write the audit entry,
// append to the release log where readers are concerned. Refusals are faults
// that say why. Forms, the API, the schedule and the command line call the
// same verbs.
//
// # Four eyes
//
// Approval binds to the revision's content hash; any later save re-opens it.
// Whoever wrote a revision since the last approval cannot be the approver,
// whatever their role.
//
// # Locks
//
// A verb locks its edition first (one about the story: the item, then its
// editions), then takes a number of the release log, then
// one of the audit trail, then one of the outbox. Inside a transaction nothing is read but through it:
// what a verb needs of its neighbours (sections, pictures) and the rendering of
// the text come before (compose.go).
package newsroom

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/outbox"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/term"
)

// Newsroom gives the editorial verbs over one database.
type Newsroom struct {
	db        *store.DB
	log       *release.Log
	markup    *markup.Renderer
	media     *media.Room
	sections  *section.Room
	outlets   *outlet.Room
	terms     *term.Room
	agencies  *agency.Room
	places    *place.Room
	registers Registers
	person    func(ctx context.Context, id string) (account.Actor, error)

	workflows sync.Map // id → *Workflow; one of them never changes
}

// Rooms are what the newsroom needs of its neighbours.
type Rooms struct {
	DB        *store.DB
	Log       *release.Log
	Markup    *markup.Renderer
	Media     *media.Room
	Sections  *section.Room
	Outlets   *outlet.Room
	Agencies  *agency.Room
	Places    *place.Room
	Terms     *term.Room // nil: texts are held against no termbase
	Registers Registers  // of what articles are found by; one that is missing knows nothing
	// Person answers somebody as they may act now; a fault of kind NotFound or
	// Forbidden for those who are not here, or not any more.
	Person func(ctx context.Context, id string) (account.Actor, error)
}

// New opens the newsroom.
func New(r Rooms) *Newsroom {
	return &Newsroom{db: r.DB, log: r.Log, markup: r.Markup, media: r.Media, sections: r.Sections, outlets: r.Outlets, agencies: r.Agencies, places: r.Places, terms: r.Terms, registers: r.Registers, person: r.Person}
}

// Ref names an edition.
type Ref struct {
	Item string
	Lang string
}

// plausible says whether a name that came from outside could be an edition's.
// PostgreSQL takes nothing but text, and nobody needs to be told more than
// that there is no such edition.
func (r Ref) plausible() bool {
	return len(r.Item) <= maxID && utf8.ValidString(r.Item) && !strings.ContainsRune(r.Item, 0) && knownLanguage(r.Lang)
}

// subject is how the audit trail names the edition.
func (r Ref) subject() string { return "edition/" + r.Item + "/" + r.Lang }

// RefOf is the edition that an entry of the audit trail or an event is about.
func RefOf(subject string) (Ref, bool) {
	name, ok := strings.CutPrefix(subject, "edition/")
	item, lang, both := strings.Cut(name, "/")
	return Ref{Item: item, Lang: lang}, ok && both
}

// OfferSubject is how a notice names what outlets are asked about the edition,
// which those see who see no more of it (SeesAll).
func (r Ref) OfferSubject() string { return "offer/" + r.Item + "/" + r.Lang }

// act is one verb under way: who does it, to which edition, in which transaction.
type act struct {
	n     *Newsroom
	ctx   context.Context
	tx    *store.Tx
	actor account.Actor
	post  account.Post // the one that permits it
	row   editionRow   // locked until the transaction ends

	others   []editionRow // the story's other editions, locked, for a verb about the story
	readers  []editionRow // what readers have of it in other languages, locked, for a verb that gives them this one
	overtook []overtaking // of those, what is told something else now
	neutral  kind.Facts   // of the source, which what readers have is given with its next release; nil for none
	along    []string     // the languages of a set that it is done to; nil where it is done to this one alone
}

// on runs one verb on one edition: it locks the edition, asks the policy, and
// hands over. A person who may not even see the edition is told that there is
// none.
func (n *Newsroom) on(ctx context.Context, actor account.Actor, ref Ref, action account.Action, do func(*act) error) error {
	return n.into(ctx, actor, ref, ref.Lang, action, do)
}

// into is on for what comes to be in another language than the edition's.
func (n *Newsroom) into(ctx context.Context, actor account.Actor, ref Ref, lang string, action account.Action, do func(*act) error) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		if slices.Contains(storyWide, action) {
			if err := lockItem(tx, ref); err != nil {
				return err
			}
		}
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		sight := sightOf(tx.DB, actor)
		if err := sight.see(row); err != nil {
			return err
		}
		made := row
		made.Lang = lang
		post, err := sight.demand(action, made)
		if err != nil {
			return err
		}
		return do(&act{n: n, ctx: ctx, tx: tx, actor: actor, post: post, row: row})
	})
}

// record writes the audit entry of a verb.
func (a *act) record(verb Verb, to State, hash, reason string, detail map[string]string) error {
	return a.recordAs("edition."+string(verb), to, hash, reason, detail)
}

// recordAs writes the audit entry of this act. The row still holds the old state.
// It names the agency for which the person acted, the absent person in whose
// place, and the token with which a program came; the program itself acts for
// the edition's agency.
func (a *act) recordAs(verb string, to State, hash, reason string, detail map[string]string) error {
	agency := a.post.Agency
	if agency == "" {
		agency = a.row.AgencyID
	}
	return audit.Append(a.tx, audit.Entry{
		ActorID: a.actor.ID, AgencyID: agency, Role: string(a.post.Role), Address: a.actor.Address,
		Verb: verb, Subject: a.row.ref().subject(),
		From: a.row.State, To: string(to), Revision: hash, Reason: reason, Detail: a.actor.Trace(a.post, detail),
	})
}

// Moved is the topic of the event that an edition has moved. Its data are the
// verb, the states it led from and to ("from", "to"), the reason, the agency,
// and whoever approved the text that it had ("approver").
const Moved = "edition.moved"

// Reopen is the verb of the event that a text was changed that stood approved,
// so that it waits for approval again. It is nothing that anybody does but by
// saving.
const Reopen Verb = "reopen"

// tell lets others know of this act, outside of its transaction. The row still
// holds the old state.
func (a *act) tell(verb Verb, to State, reason string) error {
	return outbox.Append(a.tx, outbox.Event{
		Topic: Moved, Subject: a.row.ref().subject(), Actor: a.actor.ID, Data: map[string]string{
			"verb": string(verb), "from": a.row.State, "to": string(to), "reason": reason, "agency": a.row.AgencyID,
			"approver": a.row.ApprovedBy,
		},
	})
}

func errNoEdition() error { return fault.New(fault.NotFound, "error.edition.none") }
