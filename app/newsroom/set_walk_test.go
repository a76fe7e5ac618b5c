package newsroom

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/release"
)

// setWalk is a walk through items whose languages are bound again and again.
// Readers must get nothing new of a language while it is bound, and all of them
// in one moment when they are released.
type setWalk struct {
	*walk
	bound    map[string]map[string]int // by item, what readers had of its languages
	released int
}

func TestRandomWalkOfSets(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		k := &setWalk{walk: w.walker(t, rand.New(rand.NewPCG(3, 1))), bound: map[string]map[string]int{}}
		for range 2 {
			source, ref := w.pair(t)
			k.refs = append(k.refs, source, ref)
		}
		k.recorded = w.entries(t)
		for range 350 {
			w.clock.Advance(time.Duration(k.rand.IntN(20)) * time.Minute)
			what, changed := k.step(t)
			k.expectEntries(t, what, changed)
			for _, ref := range k.refs {
				k.check(t, what, ref)
			}
			k.checkSets(t, what)
			if t.Failed() {
				t.FailNow()
			}
		}
		for _, ref := range k.refs {
			k.checkTrail(t, ref)
		}
		if k.released < 3 {
			t.Errorf("%d sets were released: the walk proves too little", k.released)
		}
		for _, verb := range []Verb{Publish, Schedule, Unschedule, Bind, Unbind, Withdraw, Block} {
			if count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = ?", "edition."+string(verb)) == 0 {
				t.Errorf("nobody did %s: the walk proves too little", verb)
			}
		}
	})
}

func (k *setWalk) step(t *testing.T) (what string, changed int) {
	ref := k.refs[k.rand.IntN(len(k.refs))]
	who := []account.Actor{k.chief, k.managing, k.people[k.rand.IntN(len(k.people))]}[k.rand.IntN(3)]
	switch k.rand.IntN(20) {
	case 0, 9:
		return k.rewrite(t, []account.Actor{k.editor, k.translator, k.reporter}[k.rand.IntN(3)], ref)
	case 1, 2:
		what, _, changed = k.publishWhatIsDue(t)
	case 3, 4, 5, 6, 7:
		return k.aboutSet(t, who, ref.Item)
	case 8:
		verb := []Verb{Withdraw, Block, Unblock, Unblock, Publish, Correct}[k.rand.IntN(6)]
		if verb == Block || verb == Unblock {
			who = k.security
		}
		what, _, changed = k.verb(t, who, ref, verb)
	default:
		return k.onward(t, ref)
	}
	return what, changed
}

// onward brings a text a step nearer to readers, and begins an update of what
// they have.
func (k *setWalk) onward(t *testing.T, ref Ref) (what string, changed int) {
	e := row(t, k.db, ref)
	for _, s := range ways[Approved] {
		verb, who := s.verb, s.who(k.world)
		if verb == Submit && ref.Lang == "en" {
			who = k.translator
		}
		if slices.Contains(k.offers(t, who, ref), verb) {
			what, _, changed = k.verb(t, who, ref, verb)
			return what, changed
		}
	}
	if State(e.State) == Published || State(e.State) == Withdrawn {
		return k.rewrite(t, k.editor, ref)
	}
	return k.aboutSet(t, k.chief, ref.Item)
}

// rewrite saves another standfirst, without a figure that would have to be right
// in the other language.
func (k *setWalk) rewrite(t *testing.T, who account.Actor, ref Ref) (string, int) {
	head := k.head(t, ref)
	c := head.Content
	c.Standfirst += " " + string(rune('a'+k.rand.IntN(26)))
	_, err := k.Save(t.Context(), who, ref, head.Number, c)
	k.refused(t, "save", err)
	if err != nil {
		return "save", 0
	}
	return "save by " + who.ID, 1
}

// aboutSet does something with the set of an item. How much of it is recorded is
// asked elsewhere.
func (k *setWalk) aboutSet(t *testing.T, who account.Actor, item string) (string, int) {
	before := k.own(t)
	set, err := k.Set(t.Context(), who, item)
	k.refused(t, "set", err)
	if err != nil {
		return "set", 0
	}
	ask := SetAsk{Hash: set.Hash, At: k.db.Now().Add(time.Hour)}
	what := []string{"bind", "publish", "publish", "schedule", "schedule", "unschedule", "dissolve", "try"}[k.rand.IntN(8)]
	if len(set.Members) == 0 {
		what = "bind"
	}
	switch what {
	case "bind":
		err = k.Bind(t.Context(), who, item, []string{"vi", "en"})
	case "publish":
		err = k.PublishSet(t.Context(), who, item, ask)
	case "schedule":
		err = k.ScheduleSet(t.Context(), who, item, ask)
	case "unschedule":
		err = k.UnscheduleSet(t.Context(), who, item)
	case "dissolve":
		if err = k.Dissolve(t.Context(), who, item, "Lý do."); err == nil {
			delete(k.bound, item)
		}
	case "try":
		_, err = k.TrySet(t.Context(), who, item)
	}
	what += " the set by " + who.ID
	k.refused(t, what, err)
	after := k.own(t)
	if (err != nil || what == "try") && after != before {
		t.Errorf("%s (%v) was recorded", what, err)
	}
	if len(set.Members) == 0 && err == nil {
		k.bound[item] = k.live(t, item)
	}
	return what, after - before
}

// live is the number of the revision that readers have, or had, of each language
// of an item.
func (k *setWalk) live(t *testing.T, item string) map[string]int {
	t.Helper()
	_, rows, err := readSet(k.db.Read(t.Context()), item)
	must(t, err)
	live := map[string]int{}
	for lang, r := range rows {
		live[lang] = r.LiveRevision
	}
	return live
}

func (k *setWalk) checkSets(t *testing.T, what string) {
	t.Helper()
	for item, had := range k.bound {
		set, rows, err := readSet(k.db.Read(t.Context()), item)
		must(t, err)
		if set.exists() {
			if now := k.live(t, item); fmt.Sprint(now) != fmt.Sprint(had) || !rows["vi"].Bound || !rows["en"].Bound {
				t.Errorf("after %s: of a set that is bound readers have %v, not %v", what, now, had)
			}
			continue
		}
		delete(k.bound, item)
		vi, en := k.releaseOf(t, Ref{item, "vi"}), k.releaseOf(t, Ref{item, "en"})
		if vi == nil || en == nil || vi.Op != release.Put || en.Op != release.Put || !vi.At.Equal(en.At) ||
			rows["vi"].Bound || rows["vi"].LiveRevision != rows["vi"].Head || rows["en"].LiveRevision != rows["en"].Head {
			t.Errorf("after %s: of a set that was released readers have %+v and %+v", what, rows["vi"], rows["en"])
		}
		k.released++
	}
}
