package newsroom

import (
	"context"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Need is something that a language of a set has to meet before it can go out.
type Need string

// The needs.
const (
	NeedBegun    Need = "begun"
	NeedApproved Need = "approved" // exactly the newest text
	NeedSettled  Need = "settled"  // comments that block it
	NeedSound    Need = "sound"    // what stands out in figures and terms
	NeedClear    Need = "clear"    // of what looks like a State secret
	NeedWhole    Need = "whole"    // what readers need is there
	NeedFiles    Need = "files"    // may be used
	NeedOutlet   Need = "outlet"   // carries it
	NeedAbreast  Need = "abreast"  // of its source
	NeedEmbargo  Need = "embargo"  // is over
	NeedTime     Need = "time"     // until it expires
	NeedRight    Need = "right"    // the person's, to release it
)

// Needs lists them as they are told.
var Needs = []Need{
	NeedBegun, NeedApproved, NeedSettled, NeedSound, NeedClear, NeedWhole, NeedFiles, NeedOutlet, NeedAbreast, NeedEmbargo, NeedTime, NeedRight,
}

// Met says how a condition stands.
type Met string

// The ways.
const (
	IsMet  Met = "met"
	Noted  Met = "noted" // it keeps nothing from readers, but somebody should know
	NotMet Met = "not_met"
)

// Condition is a need of a language, how it stands, and who can do something
// about it.
type Condition struct {
	Need   Need
	Met    Met
	Count  int       // of what stands in the way, where that can be counted
	At     time.Time // NeedEmbargo, NeedTime
	Roles  []account.Role
	People []string // ids
}

// Member is a language of a set.
type Member struct {
	Lang       string
	Edition    *Edition // nil: it is not begun, or not for this person
	Hidden     bool     // it is not for this person
	Original   bool
	Conditions []Condition
}

// Ready says whether nothing keeps it from readers, whoever releases it.
func (m Member) Ready() bool { return m.meets(NeedRight) }

// meets says whether everything is met but some needs.
func (m Member) meets(but ...Need) bool {
	return !m.Hidden && !slices.ContainsFunc(m.Conditions, func(c Condition) bool { return c.Met == NotMet && !slices.Contains(but, c.Need) })
}

// Lacking is the condition that is not met, where one of this need is.
func (m Member) Lacking(need Need) bool {
	return slices.ContainsFunc(m.Conditions, func(c Condition) bool { return c.Need == need && c.Met == NotMet })
}

// SetChoice is a language of an item that can be bound.
type SetChoice struct {
	Lang    string
	Edition *Edition // nil: it is not begun, or not for this person
	Bound   bool
	May     bool // the person may bind it
}

// HasNews says whether readers could be given something that they do not have.
func (c SetChoice) HasNews() bool {
	return c.Edition == nil || c.Edition.State != Published && c.Edition.State != Corrected
}

// Set is which languages of an item go out together, and how ready they are.
// Without members nothing is bound.
type Set struct {
	Item        string
	Original    Edition // or the first edition that the person sees
	Members     []Member
	Choices     []SetChoice
	BoundBy     string
	BoundAt     time.Time
	PublishAt   time.Time // zero: it has no moment
	ScheduledBy string
	Hash        string // names the texts
	MayBind     bool   // and schedule, every language of it
	MayPublish  bool
}

// Ready says whether every language could go out now.
func (s *Set) Ready() bool {
	return len(s.Members) > 0 && !slices.ContainsFunc(s.Members, func(m Member) bool { return !m.Ready() })
}

// Nearly says whether nothing keeps it from being scheduled, or released, but
// what the person who does it can say: a moment after the embargo, or why a
// translation goes out behind its source.
func (s *Set) Nearly() bool {
	return len(s.Members) > 0 && !slices.ContainsFunc(s.Members, func(m Member) bool { return !m.meets(NeedRight, NeedEmbargo, NeedAbreast) })
}

// Lags says whether it only could if somebody said why a translation goes out
// though it is critically behind.
func (s *Set) Lags() bool {
	return slices.ContainsFunc(s.Members, func(m Member) bool { return m.Lacking(NeedAbreast) })
}

// Set answers which languages of an item go out together, to whoever sees one of
// its editions.
func (n *Newsroom) Set(ctx context.Context, actor account.Actor, item string) (*Set, error) {
	db := n.db.Read(ctx)
	set, rows, err := readSet(db, item)
	if err != nil {
		return nil, err
	}
	if err := seesSome(sightOf(db, actor), rows); err != nil {
		return nil, err
	}
	about, err := loadItem(db, item)
	if err != nil {
		return nil, err
	}
	r := readiness{n: n, ctx: ctx, actor: actor, set: set, rows: rows, item: about}
	r.answer = &Set{
		Item: item, BoundBy: set.BoundBy, BoundAt: store.Time(set.BoundAt), PublishAt: store.Time(set.PublishAt), ScheduledBy: set.ScheduledBy,
		MayBind: set.exists(), MayPublish: set.exists(),
	}
	if err := r.choices(); err != nil {
		return nil, err
	}
	for _, lang := range set.langs() {
		m, err := r.member(lang)
		if err != nil {
			return nil, err
		}
		r.answer.Members = append(r.answer.Members, m)
	}
	r.answer.Hash, err = setHash(db, set, rows)
	return r.answer, err
}

// readiness gathers how ready a set is.
type readiness struct {
	n      *Newsroom
	ctx    context.Context
	actor  account.Actor
	set    setRow
	rows   map[string]editionRow
	item   itemRow
	answer *Set
}

func (r *readiness) act(lang string) (a *act, begun bool) {
	row, begun := r.rows[lang]
	if !begun {
		row = editionRow{ItemID: r.item.ID, Lang: lang, AgencyID: r.item.AgencyID}
	}
	return &act{n: r.n, ctx: r.ctx, actor: r.actor, row: row}, begun
}

// seen is the edition in a language as the person sees it; nil for none.
func (r *readiness) seen(a *act, begun bool) (*Edition, error) {
	if !begun {
		return nil, nil
	}
	if err := sightOf(a.db(), r.actor).see(a.row); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = nil
		}
		return nil, err
	}
	e := a.row.edition()
	return &e, nil
}

// choices lists the languages that the item has, that readers are offered, and
// that are bound.
func (r *readiness) choices() error {
	offers, err := r.n.offers(r.ctx)
	if err != nil {
		return err
	}
	langs := append(r.set.langs(), offers.of(r.item.AgencyID)...)
	for lang := range r.rows {
		langs = append(langs, lang)
	}
	free := 0
	for _, lang := range inOrder(setOf(langs)) {
		a, begun := r.act(lang)
		c := SetChoice{Lang: lang, Bound: r.set.holds(lang)}
		if c.Edition, err = r.seen(a, begun); err != nil {
			return err
		}
		if c.Edition != nil && (r.answer.Original.Ref.Item == "" || lang == r.item.SourceLang) {
			r.answer.Original = *c.Edition
		}
		if c.May = c.Edition != nil || !begun; c.May {
			if _, c.May, err = sightOf(a.db(), r.actor).permit(account.Schedule, a.row); err != nil {
				return err
			}
		}
		if c.May {
			free++
		}
		r.answer.Choices = append(r.answer.Choices, c)
	}
	r.answer.MayBind = r.answer.MayBind || free >= fewest
	return nil
}

func (r *readiness) member(lang string) (Member, error) {
	a, begun := r.act(lang)
	m := Member{Lang: lang, Original: lang == r.item.SourceLang}
	var err error
	if m.Edition, err = r.seen(a, begun); err != nil {
		return m, err
	}
	if m.Hidden = begun && m.Edition == nil; m.Hidden {
		r.answer.MayBind, r.answer.MayPublish = false, false
		return m, nil
	}
	add := func(c Condition) { m.Conditions = append(m.Conditions, c) }
	if !begun {
		add(Condition{Need: NeedBegun, Met: NotMet, Roles: rolesOf(account.Translate)})
	} else {
		head, err := loadRevision(a.db(), a.row.ref(), a.row.Head)
		if err != nil {
			return m, err
		}
		for _, ask := range []func(*act, Revision, func(Condition)) error{r.words, r.form, r.pace} {
			if err := ask(a, head, add); err != nil {
				return m, err
			}
		}
	}
	right, err := r.right(a)
	if begun && err == nil {
		add(right)
	}
	return m, err
}

func met(ok bool) Met {
	if ok {
		return IsMet
	}
	return NotMet
}

// words asks what was decided about a text.
func (r *readiness) words(a *act, head Revision, add func(Condition)) error {
	approved := Condition{Need: NeedApproved, Met: IsMet}
	given := slices.Contains([]State{Approved, Scheduled}, State(a.row.State)) && a.isApproved(head) == nil
	if !given {
		approved.Met = NotMet
		turns, err := loadTurns(a.db(), a.row.ref())
		if err != nil {
			return err
		}
		for _, t := range turns {
			if t.Role != "" && slices.Contains(towardsApproval, Verb(t.Verb)) {
				approved.Roles = once(append(approved.Roles, account.Role(t.Role)))
			} else if slices.Contains(towardsApproval, Verb(t.Verb)) {
				approved.People = once(append(approved.People, t.PersonID))
			}
		}
	}
	add(approved)
	open, err := countBlocking(a.db(), a.row.ref())
	if err != nil {
		return err
	}
	settled := Condition{Need: NeedSettled, Met: met(open == 0), Count: int(open)}
	if open > 0 {
		settled.Roles = rolesOf(account.Overrule)
	}
	add(settled)
	found, err := r.n.findings(a, head)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f Finding) bool { return !f.Open() })
	sound := Condition{Need: NeedSound, Met: met(len(found) == 0), Count: len(found)}
	clear := Condition{Need: NeedClear, Met: met(a.row.BlockedAt == 0 && a.isClear(head) == nil)}
	if sound.Met != IsMet {
		sound.Roles = rolesOf(account.Explain)
	}
	if clear.Met != IsMet {
		clear.Roles = rolesOf(account.Clear)
	}
	if given { // it was approved as it is: what came up since is told, and keeps nothing
		sound.Met = noted(sound.Met)
		if a.row.BlockedAt == 0 {
			clear.Met = noted(clear.Met)
		}
	}
	add(sound)
	add(clear)
	return nil
}

func noted(m Met) Met {
	if m == NotMet {
		return Noted
	}
	return m
}

// towardsApproval are the verbs by which a text gets there.
var towardsApproval = []Verb{Submit, Take, Pass, Approve, Clear}

// form asks what readers would get of it.
func (r *readiness) form(a *act, head Revision, add func(Condition)) error {
	ready, err := r.n.proofOf(r.ctx, head)
	if err != nil {
		return err
	}
	whole, files := Condition{Need: NeedWhole, Met: IsMet}, Condition{Need: NeedFiles, Met: IsMet}
	if f, ok := fault.As(ready.err); ok {
		for _, refused := range f.Fields {
			if strings.HasPrefix(refused.Key, "error.media.") {
				files.Met, files.Roles = NotMet, rolesOf(account.LicenseMedia)
			} else {
				whole.Met, whole.Roles = NotMet, rolesOf(account.Edit)
			}
		}
		if files.Met == IsMet {
			whole.Met, whole.Roles = NotMet, rolesOf(account.Edit)
		}
	}
	add(whole)
	add(files)
	list, err := loadPlacements(a.db(), a.row, head.Content.Outlets)
	if err != nil {
		return err
	}
	moment := r.moment()
	carried := slices.ContainsFunc(list, func(p Placement) bool { return p.inForce(moment) })
	outlet := Condition{Need: NeedOutlet, Met: met(carried)}
	if !carried {
		outlet.Roles = rolesOf(account.Place)
	}
	add(outlet)
	return nil
}

// moment is when the set would go out.
func (r *readiness) moment() time.Time {
	now, at := r.n.db.Now(), store.Time(r.set.PublishAt)
	if at.After(now) {
		return at
	}
	return now
}

// pace asks how it stands to its source, and to time.
func (r *readiness) pace(a *act, head Revision, add func(Condition)) error {
	abreast := Condition{Need: NeedAbreast, Met: IsMet}
	if head.SourceLang != "" {
		if a.row.Stale > 0 {
			abreast.Met, abreast.Count, abreast.Roles = Noted, a.row.Stale, rolesOf(account.Translate)
		}
		if r.set.abreast(a.row, head, r.rows[head.SourceLang].Head) != nil {
			abreast.Met, abreast.Count = NotMet, a.row.Critical
		}
		add(abreast)
	}
	moment := r.moment()
	until, err := a.embargo()
	if err != nil {
		return err
	}
	if !until.IsZero() {
		embargo := Condition{Need: NeedEmbargo, Met: met(!moment.Before(until)), At: until}
		if embargo.Met != IsMet {
			embargo.Roles = rolesOf(account.Schedule)
		}
		add(embargo)
	}
	if expires := store.Time(a.row.ExpiresAt); !expires.IsZero() {
		left := Condition{Need: NeedTime, Met: noted(met(moment.Before(expires))), At: expires}
		if left.Met != IsMet {
			left.Roles = rolesOf(account.Schedule)
		}
		add(left)
	}
	return nil
}

// right asks what the person may do in this language: release it, or at least
// say when it is.
func (r *readiness) right(a *act) (Condition, error) {
	c := Condition{Need: NeedRight, Met: IsMet}
	sight := sightOf(a.db(), r.actor)
	_, publish, err := sight.permit(account.Publish, a.row)
	if err != nil || publish {
		return c, err
	}
	r.answer.MayPublish = false
	_, schedule, err := sight.permit(account.Schedule, a.row)
	c.Met, c.Roles = noted(met(false)), rolesOf(account.Publish)
	if !schedule {
		c.Met, r.answer.MayBind = NotMet, false
	}
	return c, err
}
