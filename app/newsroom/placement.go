package newsroom

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// One story may run on several outlets (decision 0006). Its text is one: an
// approved update, a correction or a withdrawal reaches all of them at once.
// What an outlet decides for itself is its placement: whether it carries the
// story, since when, and under which headline. Outlets of the edition's own
// agency carry it with the edition's approval; one of another agency carries it
// when that agency has agreed, and takes it off again whenever it wants to.
// Words of an outlet's own are approved by somebody who did not write them.

// Placing says how an outlet stands to an edition that names it.
type Placing string

// The ways.
const (
	Proposed Placing = "proposed" // its agency has been asked
	Carried  Placing = "carried"  // agreed; readers have it as soon as it is published and its time has come
	Declined Placing = "declined"
	Dropped  Placing = "dropped" // taken off again, from this outlet alone
)

// Placings lists them.
var Placings = []Placing{Proposed, Carried, Declined, Dropped}

// Words are an outlet's own words over a story; an empty one is the story's.
type Words struct {
	Kicker     string `json:"kicker,omitempty"`
	Headline   string `json:"headline,omitempty"`
	Standfirst string `json:"standfirst,omitempty"`
}

// IsZero says whether there are none.
func (w Words) IsZero() bool { return w == Words{} }

func (w Words) tidy() Words {
	return Words{line(w.Kicker), line(w.Headline), line(w.Standfirst)}
}

func (w Words) check(form *fault.Form) {
	for _, f := range []field{
		{"kicker", w.Kicker, MaxKicker}, {"headline", w.Headline, MaxHeadline}, {"standfirst", w.Standfirst, MaxStandfirst},
	} {
		f.check(form)
	}
	// The confidentiality reviewer clears texts, not headlines of outlets.
	refuseMarks(form, "kicker", w.Kicker)
	refuseMarks(form, "headline", w.Headline)
	refuseMarks(form, "standfirst", w.Standfirst)
}

// Over puts the words over a document.
func (w Words) Over(doc *release.Article) {
	doc.Kicker, doc.Title = cmp.Or(w.Kicker, doc.Kicker), cmp.Or(w.Headline, doc.Title)
	doc.Standfirst = cmp.Or(w.Standfirst, doc.Standfirst)
}

func (w Words) encode() string {
	text, err := json.Marshal(w)
	if err != nil {
		panic(err) // a struct of strings always has a JSON form
	}
	return string(text)
}

// Placement is how one outlet carries an edition.
type Placement struct {
	Ref
	Outlet     string // id
	Agency     string // of the outlet
	Own        bool   // the outlet is one of the edition's own agency
	Canonical  bool   // its address of the story is the one that counts, and its words are the story's
	Placing    Placing
	Since      time.Time
	Reason     string // why it was declined or dropped
	Words      Words  // in force
	Draft      *Words // what nobody has approved yet, nil for none
	DraftedBy  string // person id
	DraftedAt  time.Time
	DecidedBy  string // person id
	PublishAt  time.Time
	LiveAt     time.Time // since when readers of the outlet have it
	CheckSince time.Time // since when its words are to be compared with a text that was changed; zero: they are not
	CheckFor   Change    // what kind of change that was, Correction or MajorChange
	Hash       string    // names what a person sees who decides about it
	Verbs      []PlaceVerb
	Known      bool // it has been spoken of: there is a row
}

// Wording is what is proposed to stand over the story, else what stands there.
func (p Placement) Wording() Words {
	if p.Draft != nil {
		return *p.Draft
	}
	return p.Words
}

// PlaceVerb is what can be done with a placement.
type PlaceVerb string

// The verbs.
const (
	WordIt    PlaceVerb = "word"    // propose words of the outlet's own
	CarryIt   PlaceVerb = "carry"   // agree, to the words too, at once or from a moment on
	DeclineIt PlaceVerb = "decline" // with a reason
	DropIt    PlaceVerb = "drop"    // take it off this outlet, with a reason
	CheckIt   PlaceVerb = "check"   // the outlet's words still fit the corrected text
)

type placing struct {
	verb   PlaceVerb
	action account.Action
	from   []Placing
	to     Placing // "" where it stays as it is
	reason bool
}

var placings = []placing{
	{WordIt, account.WordPlacement, []Placing{Proposed, Carried}, "", false},
	{CarryIt, account.Place, []Placing{Proposed, Carried, Declined, Dropped}, Carried, false},
	{DeclineIt, account.Place, []Placing{Proposed}, Declined, true},
	{DropIt, account.Place, []Placing{Carried}, Dropped, true},
	{CheckIt, account.WordPlacement, []Placing{Carried}, "", false},
}

// PlaceVerbs lists what can be done with a placement.
func PlaceVerbs() []PlaceVerb {
	verbs := make([]PlaceVerb, len(placings))
	for i, p := range placings {
		verbs[i] = p.verb
	}
	return verbs
}

// NeedsReason says whether a verb asks for a reason.
func (v PlaceVerb) NeedsReason() bool {
	return slices.ContainsFunc(placings, func(p placing) bool { return p.verb == v && p.reason })
}

// PlaceAsk is what a person asks of a placement besides the verb.
type PlaceAsk struct {
	Hash   string    // Placement.Hash of what the person looked at
	Words  Words     // WordIt
	At     time.Time // CarryIt: since when; zero: with the edition, or at once
	Reason string    // DeclineIt, DropIt
}

// Carriers lists the outlets whose readers have an edition.
func (n *Newsroom) Carriers(ctx context.Context, actor account.Actor, ref Ref) ([]string, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return nil, err
	}
	if err := sightOf(db, actor).see(row); err != nil || Live(row.Live) != IsLive {
		return nil, err
	}
	_, list, _, err := loadPlaceable(db, row)
	var carriers []string
	for _, p := range list {
		if p.inForce(n.db.Now()) {
			carriers = append(carriers, p.Outlet)
		}
	}
	return carriers, err
}

// Place performs a verb on how an outlet carries an edition: the one door for
// it. The person must hold a role that permits it within the outlet's agency.
func (n *Newsroom) Place(ctx context.Context, actor account.Actor, ref Ref, outlet string, verb PlaceVerb, ask PlaceAsk) error {
	i := slices.IndexFunc(placings, func(p placing) bool { return p.verb == verb })
	if i < 0 {
		return fault.New(fault.NotFound, "error.verb.unknown")
	}
	rule := placings[i]
	ask.Reason, ask.Words = tidy(ask.Reason), ask.Words.tidy()
	if err := rule.checkAsk(ask); err != nil {
		return err
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		if _, err := sightOf(tx.DB, actor).glimpse(row); err != nil {
			return err
		}
		return (&act{n: n, ctx: ctx, tx: tx, actor: actor, row: row}).place(rule, outlet, ask)
	})
}

func (rule placing) checkAsk(ask PlaceAsk) error {
	var form fault.Form
	if rule.reason && ask.Reason == "" {
		form.Refuse("reason", "error.reason.required")
	}
	field{"reason", ask.Reason, MaxReason}.check(&form)
	if rule.verb == WordIt {
		ask.Words.check(&form)
	}
	return form.Err()
}

func (a *act) place(rule placing, outlet string, ask PlaceAsk) error {
	text, list, ok, err := loadPlaceable(a.tx.DB, a.row)
	if err != nil {
		return err
	}
	if !ok && Live(a.row.Live) == WasLive {
		return fault.New(fault.NotPossible, "error.placement.withdrawn")
	}
	if !ok {
		return fault.New(fault.NotPossible, "error.placement.unapproved")
	}
	i := slices.IndexFunc(list, func(p Placement) bool { return p.Outlet == outlet })
	if i < 0 {
		return errNoPlacement()
	}
	p := list[i]
	p.Canonical = outlet == canonicalOf(list, a.tx.Now)
	if a.post, ok = a.actor.PostIn(rule.action, p.Agency, a.row.Lang); !ok {
		_, elsewhere := a.actor.May(rule.action, p.Agency)
		return refused(elsewhere, a.row.Lang, "error.placement.role")
	}
	a.post.Agency = p.Agency
	if err := rule.possible(a.row, p); err != nil {
		return err
	}
	if ask.Hash != p.hash(text) {
		return errMovedOn()
	}
	if err := a.mayDecide(rule, p, text); err != nil {
		return err
	}
	columns, err := a.decide(rule, p, ask)
	if err != nil {
		return err
	}
	return a.placed(rule, p, text, ask, columns)
}

// possible says why a verb cannot be done with a placement now.
func (rule placing) possible(row editionRow, p Placement) error {
	if !slices.Contains(rule.from, p.Placing) {
		return fault.New(fault.NotPossible, "error.placement.state."+string(p.Placing))
	}
	switch {
	case row.blocked() != nil && rule.verb != DropIt && rule.verb != DeclineIt:
		return row.blocked()
	case p.Canonical && p.Own && rule.verb != CheckIt:
		return fault.New(fault.NotPossible, "error.placement.canonical")
	case rule.verb == CarryIt && p.Placing == Carried && p.Draft == nil && p.withReaders(row),
		rule.verb == CheckIt && p.CheckSince.IsZero():
		return fault.New(fault.NotPossible, "error.placement.nothing")
	}
	return nil
}

// withReaders says whether readers of the outlet have the story. One of the
// edition's own agency that nobody has spoken of has it with the edition.
func (p Placement) withReaders(row editionRow) bool {
	return !p.LiveAt.IsZero() || p.Own && !p.Known && Live(row.Live) == IsLive
}

// mayDecide keeps four eyes: nobody agrees for an outlet to words they proposed
// for it, nor to a text of which they wrote some.
func (a *act) mayDecide(rule placing, p Placement, text Revision) error {
	if rule.verb != CarryIt {
		return nil
	}
	if p.Draft != nil && p.DraftedBy == a.actor.ID {
		return fault.New(fault.Forbidden, "error.placement.own_words")
	}
	wrote, err := authored(a.db(), a.row.ref(), a.actor.ID, 0, text.Number)
	if err == nil && wrote {
		err = fault.New(fault.Forbidden, "error.approve.own")
	}
	return err
}

// decide answers what a verb changes in the row.
func (a *act) decide(rule placing, p Placement, ask PlaceAsk) (map[string]any, error) {
	columns := map[string]any{"reason": ask.Reason}
	if rule.to != "" && rule.to != p.Placing {
		columns["state"], columns["state_at"] = string(rule.to), store.Micros(a.tx.Now)
	}
	switch rule.verb {
	case WordIt:
		if ask.Words.IsZero() && p.Words.IsZero() {
			var form fault.Form
			form.Refuse("headline", "error.placement.no_words")
			return nil, form.Err()
		}
		columns["draft"], columns["drafted_by"], columns["drafted_at"] = ask.Words.encode(), a.actor.ID, store.Micros(a.tx.Now)
	case CheckIt:
		columns["check_since"], columns["check_for"] = int64(0), ""
	case DropIt, DeclineIt:
		columns["decided_by"], columns["publish_at"], columns["live_at"] = a.actor.ID, int64(0), int64(0)
		columns["check_since"], columns["check_for"] = int64(0), ""
	case CarryIt:
		if p.Draft != nil {
			columns["words"], columns["draft"] = p.Draft.encode(), ""
			columns["check_since"], columns["check_for"] = int64(0), ""
		}
		if err := a.setMoment(p, ask.At, columns); err != nil {
			return nil, err
		}
		columns["decided_by"] = a.actor.ID
	}
	return columns, nil
}

// setMoment says since when an outlet carries a story. What its readers have
// already has its moment. Agreeing to new words leaves a moment that is set as
// it is.
func (a *act) setMoment(p Placement, at time.Time, columns map[string]any) error {
	if at.IsZero() || !p.LiveAt.IsZero() {
		if p.LiveAt.IsZero() {
			columns["publish_at"] = int64(0)
		}
		return nil
	}
	var form fault.Form
	switch same := at.Equal(p.PublishAt); {
	case same && p.Draft != nil:
		return nil
	case same && p.Placing == Carried:
		form.Refuse("at", "error.schedule.same")
	case !at.After(a.tx.Now):
		form.Refuse("at", "error.schedule.past")
	}
	if err := form.Err(); err != nil {
		return err
	}
	columns["publish_at"] = store.Micros(at)
	return a.tx.Ring(scheduleChannel)
}

// placed writes down what was decided and lets readers have it.
func (a *act) placed(rule placing, p Placement, text Revision, ask PlaceAsk, columns map[string]any) error {
	ref := a.row.ref()
	if !p.Known {
		if p.withReaders(a.row) {
			p.LiveAt = store.Time(a.row.FirstLiveAt)
		}
		if err := insertPlacement(a.tx, p); err != nil {
			return err
		}
	}
	if err := updatePlacement(a.tx, ref, p.Outlet, columns); err != nil {
		return err
	}
	to := p.Placing
	if rule.to != "" {
		to = rule.to
	}
	detail := map[string]string{}
	noteMoment(detail, "until", ask.At)
	if rule.verb == WordIt {
		detail["headline"] = ask.Words.Headline
	}
	if err := a.restand(); err != nil { // before the trail: see Locks
		return err
	}
	if err := a.recordPlacement("placement."+string(rule.verb), p, to, text.Hash, ask.Reason, detail); err != nil {
		return err
	}
	if err := a.tell(Verb(rule.verb), State(a.row.State), ask.Reason); err != nil {
		return err
	}
	head, err := loadRevision(a.tx.DB, ref, a.row.Head)
	if err != nil {
		return err
	}
	return a.settle(head)
}

// recordPlacement writes the audit entry of what was done with a placement. The
// edition stays in its state; where the outlet stands now is in the detail.
func (a *act) recordPlacement(verb string, p Placement, to Placing, hash, reason string, detail map[string]string) error {
	detail["outlet"], detail["placing"] = p.Outlet, string(to)
	return audit.Append(a.tx, audit.Entry{
		ActorID: a.actor.ID, AgencyID: p.Agency, Role: string(a.post.Role), Address: a.actor.Address,
		Verb: verb, Subject: a.row.ref().subject(), From: a.row.State, To: a.row.State, Revision: hash, Reason: reason,
		Detail: a.actor.Trace(a.post, detail),
	})
}

// hash names what somebody sees who decides: the text, the words over it and
// what is proposed for them.
func (p Placement) hash(text Revision) string {
	draft := ""
	if p.Draft != nil {
		draft = p.Draft.encode()
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{text.Hash, string(p.Placing), p.Words.encode(), draft}, "\n")))
	return hex.EncodeToString(sum[:])
}
