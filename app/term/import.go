package term

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Limits of a list.
const (
	MaxList    = 5 << 20 // bytes
	MaxEntries = 20_000
	maxName    = 200 // of the file, in characters
)

// List is a list of terms as it came, and the agency that answers for them.
type List struct {
	Agency string
	Name   string // of the file
	Body   string // CSV or TBX
}

// ReadList makes a list of a file's bytes.
func ReadList(agency, name string, data []byte) (List, error) {
	if len(data) > MaxList {
		return List{}, refuseList("error.term.list_large", "Max", MaxList>>20)
	}
	text, err := vietnamese.Decode(data)
	if err != nil {
		return List{}, refuseList("error.not_utf8")
	}
	name, _ = vietnamese.Clean(strings.ToValidUTF8(name, ""))
	if runes := []rune(tidyLine(name)); len(runes) > maxName {
		name = string(runes[:maxName])
	}
	return List{Agency: agency, Name: name, Body: text}, nil
}

// entry is a term of a list, as far as the list speaks of it.
type entry struct {
	row    int
	term   Term
	said   map[string]bool // what it says something about: columns, and fields of renderings
	refuse fault.Form
}

func (e entry) says() bool {
	return e.term.Wording != "" || len(e.term.Renderings) > 0 || e.refuse.Err() != nil
}

// on is a term that is there already, with what the entry says of it. What the
// list is silent about stays.
func (e entry) on(before Term) Term {
	t := before
	t.Wording = e.term.Wording
	for name, set := range map[string]func(){
		variantsColumn: func() { t.Variants = e.term.Variants }, noteColumn: func() { t.Note = e.term.Note },
		documentColumn: func() { t.Basis.Document = e.term.Basis.Document }, documentOnColumn: func() { t.Basis.On = e.term.Basis.On },
		linkColumn: func() { t.Basis.Link = e.term.Basis.Link }, fromColumn: func() { t.From = e.term.From },
		toColumn: func() { t.To = e.term.To }, lockedColumn: func() { t.Locked = e.term.Locked },
	} {
		if e.said[name] {
			set()
		}
	}
	t.Renderings = slices.Clone(e.term.Renderings)
	for _, r := range before.Renderings {
		given := func(g Rendering) bool { return g.Lang == r.Lang && g.Text == r.Text }
		if !e.said[RenderingField(r.Lang, r.Standing)] && !slices.ContainsFunc(e.term.Renderings, given) {
			t.Renderings = append(t.Renderings, r)
		}
	}
	return t
}

// Outcome is what taking in a list does with a row of it.
type Outcome string

// The outcomes.
const (
	Refused Outcome = "refused"
	Added   Outcome = "added"
	Altered Outcome = "altered"
	Same    Outcome = "same"
)

// Outcomes lists them in the order people are shown them.
var Outcomes = []Outcome{Refused, Added, Altered, Same}

// Line is a row of a list with what comes of it.
type Line struct {
	Row      int
	Term     Term // as it will be
	Outcome  Outcome
	Problems map[string]fault.Message // why it is refused, by field

	before Term
}

// Report says what taking in a list does, row by row.
type Report struct{ Lines []Line }

// Count is the number of rows with an outcome.
func (r Report) Count(o Outcome) int {
	n := 0
	for _, l := range r.Lines {
		if l.Outcome == o {
			n++
		}
	}
	return n
}

// Import takes in a list, all of it or, when a row of it is refused, nothing.
// A term that the agency has already, valid at the same time, is changed in
// what the list says of it. With dry nothing is done but the report. The
// program itself may do this too.
func (r *Room) Import(ctx context.Context, actor account.Actor, list List, dry bool) (Report, error) {
	post, err := importer(actor, list.Agency)
	if err != nil {
		return Report{}, err
	}
	entries, err := list.read()
	if err != nil {
		return Report{}, err
	}
	if dry {
		known, err := all(r.db.Read(ctx))
		if err != nil {
			return Report{}, err
		}
		return plan(known, actor, list.Agency, entries, r.db.Now()), nil
	}
	var report Report
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := noteChange(tx); err != nil {
			return err
		}
		if err := refuseGone(tx, list.Agency); err != nil {
			return err
		}
		known, err := all(tx.DB)
		if err != nil {
			return err
		}
		report = plan(known, actor, list.Agency, entries, tx.Now)
		if n := report.Count(Refused); n > 0 {
			return refuseList("error.term.rows", "Number", n)
		}
		return take(tx, actor, post, list, report)
	})
	return report, err
}

func importer(actor account.Actor, agency string) (account.Post, error) {
	if actor.ID == account.SystemID {
		return account.Post{}, nil
	}
	return keeper(actor, agency, false)
}

// refuseGone refuses an agency that is none, or none any more.
func refuseGone(tx *store.Tx, agency string) error {
	var form fault.Form
	there, err := stands(tx, agency)
	if !there {
		form.Refuse("agency", "error.agency.unknown")
	}
	if err != nil {
		return err
	}
	return form.Err()
}

// read reads the rows of a list, whichever form it has.
func (l List) read() ([]entry, error) {
	body := strings.TrimPrefix(l.Body, "\ufeff")
	if strings.HasPrefix(strings.TrimSpace(body), "<") {
		return readTBX(body)
	}
	return readCSV(body)
}

// plan says what taking in rows does, with the terms that are there.
func plan(known []Term, actor account.Actor, agency string, entries []entry, now time.Time) Report {
	p := planning{actor: actor, agency: agency, now: now, there: map[string][]*Term{}, spoken: map[*Term]bool{}}
	for i := range known {
		p.note(&known[i])
	}
	report := Report{Lines: make([]Line, len(entries))}
	for i, e := range entries {
		report.Lines[i] = p.line(e)
	}
	return report
}

// planning is a list being held against the terms that are there, and those
// that its earlier rows make.
type planning struct {
	actor  account.Actor
	agency string
	now    time.Time
	there  map[string][]*Term // by what their wordings are compared by
	spoken map[*Term]bool     // by an earlier row
}

func wordingKey(lang, text string) string { return lang + " " + compared(lang, text) }

func (p *planning) note(t *Term) {
	for _, w := range t.wordings() {
		key := wordingKey(t.Lang, w)
		p.there[key] = append(p.there[key], t)
	}
}

func (p *planning) line(e entry) Line {
	line := Line{Row: e.row, Term: e.term, Outcome: Added}
	line.Term.Agency = p.agency
	var its *Term // what the row changes
	for _, t := range p.there[wordingKey(e.term.Lang, e.term.Wording)] {
		if t.Agency == p.agency && !p.spoken[t] && compared(t.Lang, t.Wording) == compared(t.Lang, e.term.Wording) && overlap(*t, e.on(*t)) {
			its = t
		}
	}
	if its != nil {
		line.before, line.Outcome, line.Term = *its, Altered, e.on(*its)
	}
	line.Term = checkTerm(&e.refuse, line.Term, p.now)
	p.refuseLocked(&e.refuse, line)
	var others []Term
	for _, w := range line.Term.wordings() {
		for _, t := range p.there[wordingKey(line.Term.Lang, w)] {
			if t != its {
				others = append(others, *t)
			}
		}
	}
	clash := line.Term
	clash.ID = "this row"
	refuseTaken(&e.refuse, clash, others)
	if refusal, ok := fault.As(e.refuse.Err()); ok {
		line.Outcome, line.Problems = Refused, refusal.Fields
		return line
	}
	if its != nil && len(differences(*its, line.Term)) == 0 {
		line.Outcome = Same
	}
	if its == nil { // a second row of the same would double it
		its = new(Term)
	}
	*its = line.Term
	p.note(its)
	p.spoken[its] = true
	return line
}

// refuseLocked refuses what only those may do who lock official names.
func (p *planning) refuseLocked(form *fault.Form, l Line) {
	if !l.Term.Locked && !l.before.Locked || p.actor.ID == account.SystemID {
		return
	}
	if _, may := p.actor.May(account.LockTerms, p.agency); !may && len(differences(l.before, l.Term)) > 0 {
		form.Refuse(lockedColumn, "error.term.locked")
	}
}

// take writes what a report says.
func take(tx *store.Tx, actor account.Actor, post account.Post, list List, report Report) error {
	var fresh, changed []Term
	var trail []audit.Entry
	for _, l := range report.Lines {
		t := l.Term
		t.ChangedAt = tx.Now
		verb := "term.change"
		switch l.Outcome {
		case Added:
			t.ID, t.Version, verb = store.NewID(), 1, "term.define"
			fresh = append(fresh, t)
		case Altered:
			t.Version++
			changed = append(changed, t)
		default:
			continue
		}
		trail = append(trail, audit.Entry{
			ActorID: actor.ID, AgencyID: t.Agency, Role: string(post.Role), Address: actor.Address,
			Verb: verb, Subject: "term/" + t.ID, Detail: actor.Trace(post, differences(l.before, t)),
		})
	}
	if err := insert(tx, fresh); err != nil {
		return err
	}
	if err := update(tx, changed); err != nil || len(trail) == 0 {
		return err
	}
	trail = append(trail, audit.Entry{
		ActorID: actor.ID, AgencyID: list.Agency, Role: string(post.Role), Address: actor.Address, Verb: "term.import", Subject: "agency/" + list.Agency,
		Detail: actor.Trace(post, map[string]string{"file": list.Name, "terms": strconv.Itoa(len(trail))}),
	})
	return audit.AppendAll(tx, trail)
}

// Propose keeps a list that somebody has sent until they agree to what would
// come of it, or send another. One that cannot be read is refused at once.
func (r *Room) Propose(ctx context.Context, actor account.Actor, list List) error {
	if _, err := keeper(actor, list.Agency, false); err != nil {
		return err
	}
	if _, err := list.read(); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := refuseGone(tx, list.Agency); err != nil {
			return err
		}
		return keepImport(tx, actor.ID, list)
	})
}

// Proposed answers the list that somebody has sent, with what would come of it;
// found is false when there is none.
func (r *Room) Proposed(ctx context.Context, actor account.Actor) (list List, report Report, found bool, err error) {
	list, found, err = keptImport(r.db.Read(ctx), actor.ID)
	if err != nil || !found {
		return list, report, false, err
	}
	report, err = r.Import(ctx, actor, list, true)
	return list, report, err == nil, err
}

// Accept takes in the list that somebody has sent.
func (r *Room) Accept(ctx context.Context, actor account.Actor) (Report, error) {
	list, found, err := keptImport(r.db.Read(ctx), actor.ID)
	if err != nil {
		return Report{}, err
	}
	if !found {
		return Report{}, fault.New(fault.NotFound, "error.term.no_list")
	}
	report, err := r.Import(ctx, actor, list, false)
	if err != nil {
		return report, err
	}
	return report, r.Drop(ctx, actor)
}

// Drop forgets the list that somebody has sent.
func (r *Room) Drop(ctx context.Context, actor account.Actor) error {
	return r.db.Write(ctx, func(tx *store.Tx) error { return forgetImport(tx, actor.ID) })
}

func refuseList(key string, args ...any) *fault.Error {
	return &fault.Error{
		Kind: fault.Invalid, Message: fault.Say("error.form"), Fields: map[string]fault.Message{"list": fault.Say(key, args...)},
	}
}

// Fields lists the fields that were refused in a row, in a lasting order.
func (l Line) Fields() []string { return slices.Sorted(maps.Keys(l.Problems)) }
