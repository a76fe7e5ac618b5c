package newsroom

import (
	"cmp"
	"context"
	"slices"
	"time"

	"doingoai/app/account"
)

// Why says why something is to be done about a translation.
type Why string

// The reasons, the most urgent first.
const (
	WhyOverdue  Why = "overdue"  // readers have critical changes of the original, and the hour for them is over
	WhyCritical Why = "critical" // readers have critical changes of the original
	WhyStale    Why = "stale"    // readers have a newer original
	WhyClock    Why = "clock"    // a clock runs
	WhyReturned Why = "returned"
	WhyRevise   Why = "revise" // somebody else's translation
	WhyDraft    Why = "draft"  // their own
	WhyNeeded   Why = "needed"
)

// Whys lists them in that order.
var Whys = []Why{WhyOverdue, WhyCritical, WhyStale, WhyClock, WhyReturned, WhyRevise, WhyDraft, WhyNeeded}

// Errand is something that somebody can do about a translation.
type Errand struct {
	Task           // of the translation; where none is begun, the original and no verb
	Langs []string // into which it is to be translated, where none is begun
	Why   Why
	// Of and OfLang are the headline and the language of the original, for a
	// translation that has no headline yet.
	Of, OfLang string
}

// translating are the turns of those who translate and revise.
var translating = []Verb{CatchUp, Submit, Take, Pass}

// Errands lists what a person can do about translations into one language, or
// any, the most urgent first: what they or their role are asked for, and what
// they may begin. Somebody's own translation does not wait for their revision.
// langs are the languages there are to choose from: those of the person's posts.
func (n *Newsroom) Errands(ctx context.Context, actor account.Actor, lang string) (list []Errand, langs []string, err error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, nil, err
	}
	offers, err := n.offers(ctx)
	if err != nil {
		return nil, nil, err
	}
	mine := languagesOf(actor, func(account.Post) bool { return true })
	langs = slices.DeleteFunc(inOrder(offers.seen(l)), func(lang string) bool { return !mine.Include(lang) })
	l.Lang, l.only = lang, translating
	tasks, err := n.tasks(ctx, actor, l, Ref{})
	if err != nil {
		return nil, nil, err
	}
	originals, err := n.originalsOf(ctx, actor, tasks)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range tasks {
		e := Errand{Task: t, Why: t.why(n.db.Now())}
		if t.Headline == "" {
			e.Of, e.OfLang = originals[t.Ref.Item].Headline, originals[t.Ref.Item].Lang
		}
		list = append(list, e)
	}
	needed, err := n.unbegun(ctx, actor, offers, lang)
	list = append(list, needed...)
	byUrgency(list)
	return list, langs, err
}

// originalsOf are the originals of translations, by item, as far as the person
// sees them.
func (n *Newsroom) originalsOf(ctx context.Context, actor account.Actor, tasks []Task) (map[string]editionRow, error) {
	db, items := n.db.Read(ctx), make([]string, len(tasks))
	for i, t := range tasks {
		items[i] = t.Ref.Item
	}
	rows, err := loadOriginalsOf(db, items)
	if err != nil {
		return nil, err
	}
	sight, err := sightOfAll(db, actor, rows)
	originals := map[string]editionRow{}
	for _, r := range rows {
		if err == nil && sight.see(r) == nil {
			originals[r.ItemID] = r
		}
	}
	return originals, err
}

// unbegun are the originals that a person may begin translations of, the last
// saved PageSize.
func (n *Newsroom) unbegun(ctx context.Context, actor account.Actor, offers offers, lang string) ([]Errand, error) {
	l := listing{}
	if l.agencies, l.all = actor.Agencies(account.Translate); len(l.agencies) == 0 && !l.all {
		return nil, nil
	}
	offers = offers.into(actor, l.agencies)
	db := n.db.Read(ctx)
	rows, _, err := loadOriginals(db, l, offers, TrackNeeded, lang, PageSize, coverageReach)
	if err != nil {
		return nil, err
	}
	editions, err := loadOfItems(db, l, rows)
	if err != nil {
		return nil, err
	}
	var c Coverage
	c.lay(l, offers, actor, rows, editions)
	var list []Errand
	for _, item := range c.Items {
		e := Errand{Task: Task{Edition: item.Original, Since: item.Original.StateAt}, Why: WhyNeeded}
		for _, cell := range item.Cells {
			if cell.MayBegin && (lang == "" || cell.Lang == lang) {
				e.Langs = append(e.Langs, cell.Lang)
			}
		}
		list = append(list, e)
	}
	return list, nil
}

// why says why a task about a translation is one.
func (t Task) why(now time.Time) Why {
	switch {
	case t.Verb == CatchUp && t.Lag.LiveCritical > 0 && t.Overdue(now):
		return WhyOverdue
	case t.Verb == CatchUp && t.Lag.LiveCritical > 0:
		return WhyCritical
	case t.Verb == CatchUp:
		return WhyStale
	case t.Clock.Code != "":
		return WhyClock
	case t.State == Returned:
		return WhyReturned
	case t.Verb == Submit:
		return WhyDraft
	}
	return WhyRevise
}

// byUrgency puts errands in their order: by why, within that what is due first,
// then what waits longest; of what is needed, what readers got last.
func byUrgency(list []Errand) {
	slices.SortStableFunc(list, func(a, b Errand) int {
		if by := cmp.Compare(slices.Index(Whys, a.Why), slices.Index(Whys, b.Why)); by != 0 {
			return by
		}
		if a.Why == WhyNeeded {
			return cmp.Or(b.FirstLiveAt.Compare(a.FirstLiveAt), b.SavedAt.Compare(a.SavedAt))
		}
		dueA, dueB := a.Deadline(), b.Deadline()
		if dueA.IsZero() != dueB.IsZero() {
			if dueA.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(dueA.Compare(dueB), a.Since.Compare(b.Since))
	})
}
