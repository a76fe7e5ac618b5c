package notice_test

import (
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/notice"
)

func TestAnEventThatIsDeliveredTwiceIsToldOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		n := w.of(w.an, notice.Moved, "edition/x/vi")
		again := n
		again.Quote = "Lời khác"
		other := n
		other.Person = w.binh.ID
		w.must(w.Tell(t.Context(), []notice.Notice{n, again}))
		w.must(w.Tell(t.Context(), []notice.Notice{n, other}))
		got, more, err := w.List(t.Context(), w.an, notice.Filter{})
		if err != nil || more || len(got) != 1 {
			t.Fatalf("%+v %v %v", got, more, err)
		}
		n.ID = got[0].ID
		if got[0] != n {
			t.Errorf("told %+v, want %+v", got[0], n)
		}
		if w.unread(w.binh) != 1 {
			t.Error("the same event is not told to somebody else")
		}
	})
}

func TestReadingIsEachPersonsOwn(t *testing.T) {
	eachWorld(t, func(w *world) {
		one, two, theirs := w.of(w.an, notice.Moved, "edition/x/vi"), w.of(w.an, notice.Talk, "edition/y/vi"), w.of(w.binh, notice.Talk, "edition/y/vi")
		w.must(w.Tell(t.Context(), []notice.Notice{one, two, theirs}))
		all, _, err := w.List(t.Context(), w.an, notice.Filter{})
		w.must(err)
		if _, err := w.Follow(t.Context(), w.binh, all[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody else's is opened: %v", err)
		}
		href, err := w.Follow(t.Context(), w.an, all[0].ID)
		if err != nil || href != "/edition/y/vi" {
			t.Errorf("leads to %q: %v", href, err)
		}
		if got := w.list(w.an, notice.Filter{Unread: true}); !slices.Equal(got, []int64{1}) || w.unread(w.an) != 1 || w.unread(w.binh) != 1 {
			t.Errorf("unread: %v", got)
		}
		if got := w.list(w.an, notice.Filter{Sort: notice.Talk}); !slices.Equal(got, []int64{2}) {
			t.Errorf("conversations: %v", got)
		}
		w.must(w.Saw(t.Context(), w.an, "edition/x/vi"))
		if w.unread(w.an) != 0 {
			t.Error("what was seen is unread")
		}
	})
}

// What comes while somebody looks at the list was not read by marking it.
func TestMarkingAllAsReadLeavesWhatCameMeanwhile(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.must(w.Tell(t.Context(), []notice.Notice{w.of(w.an, notice.Moved, "a"), w.of(w.an, notice.Moved, "b"), w.of(w.an, notice.Moved, "c")}))
		w.must(w.ReadAll(t.Context(), w.an, 2))
		if got := w.list(w.an, notice.Filter{Unread: true}); !slices.Equal(got, []int64{3}) {
			t.Errorf("unread: %v", got)
		}
	})
}

func TestListsHavePagesAndTheBellStopsCounting(t *testing.T) {
	eachWorld(t, func(w *world) {
		var many []notice.Notice
		for range notice.MostCounted + 5 {
			many = append(many, w.of(w.an, notice.Moved, "edition/x/vi"))
		}
		w.must(w.Tell(t.Context(), many))
		if got := w.unread(w.an); got != notice.MostCounted {
			t.Errorf("%d are counted", got)
		}
		total, before := 0, int64(0)
		for more := true; more; {
			var page []notice.Notice
			var err error
			page, more, err = w.List(t.Context(), w.an, notice.Filter{Before: before})
			w.must(err)
			total, before = total+len(page), page[len(page)-1].Event
		}
		if total != len(many) {
			t.Errorf("the pages hold %d of %d", total, len(many))
		}
	})
}

// The words of what somebody may no longer see are kept from them.
func TestWhatAPersonMayNoLongerSeeIsHidden(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.must(w.Tell(t.Context(), []notice.Notice{w.of(w.an, notice.Moved, "edition/x/vi")}))
		w.unseen = []string{"edition/x/vi"}
		got, _, err := w.List(t.Context(), w.an, notice.Filter{})
		w.must(err)
		if len(got) != 1 || !got[0].Hidden || got[0].Title != "" || got[0].Quote != "" || got[0].Href != "" || got[0].Words != "" {
			t.Errorf("%+v", got)
		}
		if href, err := w.Follow(t.Context(), w.an, got[0].ID); err != nil || href != "" || w.unread(w.an) != 0 {
			t.Errorf("leads to %q: %v", href, err)
		}
	})
}

func TestWhatDoesNotWaitAnyMoreIsTakenBack(t *testing.T) {
	eachWorld(t, func(w *world) {
		read := w.of(w.binh, notice.Waiting, "edition/x/vi")
		w.must(w.Tell(t.Context(), []notice.Notice{read}))
		w.must(w.ReadAll(t.Context(), w.binh, read.Event))
		w.must(w.Tell(t.Context(), []notice.Notice{
			w.of(w.an, notice.Waiting, "edition/x/vi"), w.of(w.binh, notice.Waiting, "edition/x/vi"),
			w.of(w.binh, notice.Moved, "edition/x/vi"), w.of(w.binh, notice.Waiting, "edition/y/vi"),
		}))
		w.must(w.Drop(t.Context(), "edition/x/vi", func(n notice.Notice) (bool, error) { return n.Person == w.an.ID, nil }))
		if a, b := w.list(w.an, notice.Filter{}), w.list(w.binh, notice.Filter{}); !slices.Equal(a, []int64{2}) || !slices.Equal(b, []int64{5, 4, 1}) {
			t.Errorf("left: %v and %v", a, b)
		}
	})
}

func TestPeopleChooseHowTheyAreTold(t *testing.T) {
	eachWorld(t, func(w *world) {
		ways, err := w.Ways(t.Context(), w.an)
		w.must(err)
		if ways[notice.Security] != notice.Mail || ways[notice.Waiting] != notice.Digest || len(ways) != len(notice.Sorts) {
			t.Errorf("usually: %v", ways)
		}
		ways[notice.Moved] = notice.Off
		w.must(w.SetWays(t.Context(), w.an, ways))
		w.must(w.Tell(t.Context(), []notice.Notice{w.of(w.an, notice.Moved, "a"), w.of(w.binh, notice.Moved, "a"), w.of(w.an, notice.Talk, "a")}))
		if a, b := w.list(w.an, notice.Filter{}), w.list(w.binh, notice.Filter{}); !slices.Equal(a, []int64{3}) || !slices.Equal(b, []int64{2}) {
			t.Errorf("told: %v and %v", a, b)
		}
		trail, err := audit.Of(t.Context(), w.db, "person/"+w.an.ID, 1)
		if err != nil || len(trail) != 1 || trail[0].Verb != "person.notices" || trail[0].Detail["moved"] != "off" {
			t.Errorf("%+v %v", trail, err)
		}
	})
}

func TestSecurityCannotBeTurnedOff(t *testing.T) {
	eachWorld(t, func(w *world) {
		for name, change := range map[string]func(notice.Ways){
			"security off":   func(ways notice.Ways) { ways[notice.Security] = notice.Off },
			"nothing chosen": func(ways notice.Ways) { delete(ways, notice.Talk) },
			"something else": func(ways notice.Ways) { ways[notice.Talk] = "pigeon" },
		} {
			ways, err := w.Ways(t.Context(), w.an)
			w.must(err)
			change(ways)
			if err := w.SetWays(t.Context(), w.an, ways); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestOldNoticesAreForgotten(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.must(w.Tell(t.Context(), []notice.Notice{w.of(w.an, notice.Moved, "a")}))
		w.clock.Advance(100 * 24 * time.Hour)
		w.must(w.Tell(t.Context(), []notice.Notice{w.of(w.an, notice.Moved, "b")}))
		w.clock.Advance(100 * 24 * time.Hour)
		w.must(w.Sweep(t.Context()))
		if got := w.list(w.an, notice.Filter{}); !slices.Equal(got, []int64{2}) {
			t.Errorf("kept: %v", got)
		}
	})
}

func TestNobodyHasNoNotices(t *testing.T) {
	eachWorld(t, func(w *world) {
		for _, actor := range []account.Actor{{}, account.System()} {
			_, _, listed := w.List(t.Context(), actor, notice.Filter{})
			_, counted := w.Unread(t.Context(), actor)
			_, followed := w.Follow(t.Context(), actor, "x")
			_, chosen := w.Ways(t.Context(), actor)
			for _, err := range []error{listed, counted, followed, chosen, w.ReadAll(t.Context(), actor, 9), w.Saw(t.Context(), actor, "x"), w.SetWays(t.Context(), actor, nil)} {
				if fault.KindOf(err) != fault.SignedOut {
					t.Errorf("%q: %v", actor.ID, err)
				}
			}
		}
	})
}
