package newsroom

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Some languages of an item may be bound to go out together: all of them, or
// none (decision 0019). While they are bound, none reaches readers by itself. A
// set weakens nothing: what publishing one edition demands, it demands of each.
// What takes something from readers is never hindered by it.
//
// The set and edition.bound change only under the locks of the item and of all
// its editions. Whoever holds the lock of one of them may rely on both.

// Bind and Unbind are how the trail calls it that an edition came into a set,
// and that the set was dissolved or the edition taken out of it.
const (
	Bind   Verb = "bind"
	Unbind Verb = "unbind"
)

// alone are the verbs that would give readers one language of a set without the
// others, or another moment.
var alone = []Verb{Publish, PublishUrgent, Correct, Schedule, Unschedule}

// fewest is how many languages make a set.
const fewest = 2

func (s setRow) exists() bool { return len(s.members) > 0 }

func (s setRow) langs() []string {
	langs := make([]string, len(s.members))
	for i, m := range s.members {
		langs[i] = m.Lang
	}
	return langs
}

func (s setRow) names() string { return strings.Join(s.langs(), ", ") }

func (s setRow) holds(lang string) bool { return slices.Contains(s.langs(), lang) }

// together is a set with its item's editions, locked until the transaction ends.
type together struct {
	setRow
	n     *Newsroom
	ctx   context.Context
	tx    *store.Tx
	actor account.Actor
	item  itemRow
	rows  map[string]editionRow // by language, all of the item
}

// onSet runs do on the editions of an item, and what binds some of them. To
// those who see none of them there is no such item.
func (n *Newsroom) onSet(ctx context.Context, actor account.Actor, item string, do func(*together) error) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		s, err := n.lockSet(ctx, tx, actor, item)
		if err != nil {
			return err
		}
		if err := seesSome(sightOf(tx.DB, actor), s.rows); err != nil {
			return err
		}
		return do(s)
	})
}

func (n *Newsroom) lockSet(ctx context.Context, tx *store.Tx, actor account.Actor, item string) (*together, error) {
	s := &together{n: n, ctx: ctx, tx: tx, actor: actor, rows: map[string]editionRow{}}
	if err := lockItem(tx, Ref{item, Languages[0]}); err != nil {
		return nil, err
	}
	rows, err := lockEditions(tx, item)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		s.rows[row.Lang] = row
	}
	if s.item, err = loadItem(tx.DB, item); err != nil {
		return nil, err
	}
	s.setRow, err = loadSet(tx.DB, item)
	return s, err
}

func seesSome(sight sight, rows map[string]editionRow) error {
	for _, row := range rows {
		if err := sight.see(row); fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return errNoEdition()
}

// rowIn is the edition in a language, or one like it that is still to begin.
func (s *together) rowIn(lang string) (row editionRow, begun bool) {
	if row, begun = s.rows[lang]; !begun {
		row = editionRow{ItemID: s.item.ID, Lang: lang, AgencyID: s.item.AgencyID}
	}
	return row, begun
}

// demand asks for each of some languages whether the person may do something
// there, and answers by which posts.
func (s *together) demand(action account.Action, langs []string) (map[string]account.Post, error) {
	sight, posts := sightOf(s.tx.DB, s.actor), map[string]account.Post{}
	for _, lang := range langs {
		row, begun := s.rowIn(lang)
		if begun {
			if err := sight.see(row); err != nil {
				return nil, err
			}
		}
		post, err := sight.demand(action, row)
		if err != nil {
			return nil, err
		}
		posts[lang] = post
	}
	return posts, nil
}

// acts answers what is done to the editions of some languages that have begun,
// each as it is now.
func (s *together) acts(langs []string, posts map[string]account.Post) ([]*act, error) {
	var acts []*act
	for _, lang := range s.originalFirst(langs) {
		if _, begun := s.rows[lang]; !begun {
			continue
		}
		row, err := loadEdition(s.tx.DB, Ref{s.item.ID, lang})
		if err != nil {
			return nil, err
		}
		acts = append(acts, &act{n: s.n, ctx: s.ctx, tx: s.tx, actor: s.actor, post: posts[lang], row: row, along: s.langs()})
	}
	return acts, nil
}

// originalFirst is the order in which languages are released: what a translation
// is made from is with readers before it.
func (s *together) originalFirst(langs []string) []string {
	first := []string{}
	if slices.Contains(langs, s.item.SourceLang) {
		first = append(first, s.item.SourceLang)
	}
	return append(first, without(langs, first)...)
}

// Bind says which languages of an item go out together, in place of those that
// were to. A language need not have an edition yet. What one of them was
// scheduled for by itself is taken back. The person must be permitted to schedule
// each of them.
func (n *Newsroom) Bind(ctx context.Context, actor account.Actor, item string, languages []string) error {
	langs := inOrder(setOf(languages))
	var form fault.Form
	if slices.ContainsFunc(languages, func(lang string) bool { return !knownLanguage(lang) }) {
		form.Refuse("languages", "error.language.unknown")
	}
	if len(langs) < fewest {
		form.Refuse("languages", "error.set.few")
	}
	if err := form.Err(); err != nil {
		return err
	}
	return n.onSet(ctx, actor, item, func(s *together) error {
		before := s.langs()
		posts, err := s.demand(account.Schedule, inOrder(setOf(append(before, langs...))))
		if err != nil || slices.Equal(before, langs) {
			return err
		}
		if s.PublishAt != 0 {
			return fault.New(fault.NotPossible, "error.set.scheduled")
		}
		return s.bind(before, langs, posts)
	})
}

func setOf(list []string) map[string]bool {
	set := map[string]bool{}
	for _, s := range list {
		set[s] = true
	}
	return set
}

// bind writes a set down, and on the trail of each edition that comes into it or
// leaves it.
func (s *together) bind(before, langs []string, posts map[string]account.Post) error {
	if err := s.unschedule(langs, posts); err != nil {
		return err
	}
	after := setRow{ItemID: s.item.ID, BoundBy: s.actor.ID, BoundAt: store.Micros(s.tx.Now)}
	for _, lang := range langs {
		after.members = append(after.members, memberRow{ItemID: s.item.ID, Lang: lang})
	}
	if err := putSet(s.tx, after); err != nil {
		return err
	}
	for verb, which := range map[Verb][]string{Bind: langs, Unbind: without(before, langs)} {
		if err := s.record(verb, which, posts, "", after.names()); err != nil {
			return err
		}
	}
	return nil
}

// unschedule takes the moments of some languages back.
func (s *together) unschedule(langs []string, posts map[string]account.Post) error {
	acts, err := s.acts(langs, posts)
	if err != nil {
		return err
	}
	t, _ := transitionOf(Unschedule)
	for _, a := range acts {
		if State(a.row.State) != Scheduled {
			continue
		}
		head, err := loadRevision(s.tx.DB, a.row.ref(), a.row.Head)
		if err != nil {
			return err
		}
		if err := a.perform(t, head, proof{}, Ask{}); err != nil {
			return err
		}
	}
	return nil
}

// record writes on the trail of some languages what was said of their set.
func (s *together) record(verb Verb, langs []string, posts map[string]account.Post, reason, names string) error {
	acts, err := s.acts(langs, posts)
	if err != nil {
		return err
	}
	for _, a := range acts {
		if err := a.record(verb, State(a.row.State), "", reason, map[string]string{"set": names}); err != nil {
			return err
		}
	}
	return nil
}

// Dissolve lets each language of a set go its own way again, with a reason. The
// moment they were scheduled for is taken back.
func (n *Newsroom) Dissolve(ctx context.Context, actor account.Actor, item, reason string) error {
	reason = tidy(reason)
	var form fault.Form
	if reason == "" {
		form.Refuse("reason", "error.reason.required")
	}
	field{"reason", reason, MaxReason}.check(&form)
	if err := form.Err(); err != nil {
		return err
	}
	return n.onSet(ctx, actor, item, func(s *together) error {
		if !s.exists() {
			return errNoSet()
		}
		posts, err := s.demand(account.Schedule, s.langs())
		if err != nil {
			return err
		}
		if err := s.unschedule(s.langs(), posts); err != nil {
			return err
		}
		if err := s.record(Unbind, s.langs(), posts, reason, s.names()); err != nil {
			return err
		}
		return deleteSet(s.tx, s.item.ID)
	})
}

func errNoSet() error { return fault.New(fault.NotPossible, "error.set.none") }

// inheritSet makes an edition that begins one of its item's set, where that wants
// its language.
func (a *act) inheritSet(ref Ref) error {
	set, err := loadSet(a.tx.DB, ref.Item)
	if err != nil || !set.holds(ref.Lang) {
		return err
	}
	return updateEdition(a.tx, ref, map[string]any{"bound": true})
}

// releasable are the states of a language that does not keep its set waiting.
var releasable = []State{Approved, Scheduled}

// awaits lists the languages that an approved edition waits for, because its set
// goes out together.
func (a *act) awaits(rows []editionRow) ([]string, error) {
	if !a.row.Bound || State(a.row.State) != Approved {
		return nil, nil
	}
	set, err := loadSet(a.db(), a.row.ItemID)
	return slices.DeleteFunc(set.langs(), func(lang string) bool {
		return slices.ContainsFunc(rows, func(r editionRow) bool { return r.Lang == lang && slices.Contains(releasable, State(r.State)) })
	}), err
}

// rejoin gives a text that was approved anew the moment of its set, where that
// has one.
func (a *act) rejoin(columns map[string]any) (State, error) {
	if !a.row.Bound {
		return Approved, nil
	}
	set, err := loadSet(a.tx.DB, a.row.ItemID)
	if err != nil || set.PublishAt == 0 {
		return Approved, err
	}
	columns["publish_at"], columns["scheduled_by"] = set.PublishAt, set.ScheduledBy
	return Scheduled, nil
}
