package newsstand_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/store"
)

// where says on which surfaces an article is.
func where(t *testing.T, s *stand, id, lang string) string {
	t.Helper()
	o := s.outlet("portal")
	var on []string
	note := func(surface string, yes bool) {
		if yes {
			on = append(on, surface)
		}
	}
	page, err := s.Article(ctx, o, lang, id)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		t.Fatal(err)
	}
	note("page", err == nil && page.Article != nil)
	note("tombstone", err == nil && page.Withdrawn != nil)
	home, err := s.Home(ctx, o, lang)
	if err != nil {
		t.Fatal(err)
	}
	note("home", slices.Contains(ids(home.Newest), id))
	note("home section", slices.ContainsFunc(home.Sections, func(sc newsstand.SectionCards) bool { return slices.Contains(ids(sc.Cards), id) }))
	list, err := s.List(ctx, o, lang, "invest", 1)
	if err != nil {
		t.Fatal(err)
	}
	note("list", slices.Contains(ids(list.Cards), id))
	feed, err := s.Newest(ctx, o, lang, "", 50)
	if err != nil {
		t.Fatal(err)
	}
	note("feed", slices.ContainsFunc(feed, func(a *release.Article) bool { return a.ID == id }))
	siteMap, err := s.MapPage(ctx, o, 1)
	if err != nil {
		t.Fatal(err)
	}
	note("map", slices.ContainsFunc(siteMap, func(c newsstand.Card) bool { return c.ID == id && c.Lang == lang }))
	note("search", slices.Contains(s.found(t, "portal", lang, "invest", "doi ngoai"), id))
	return strings.Join(on, ", ")
}

const everywhere = "page, home, home section, list, feed, map, search"

func TestAReleaseIsOnEverySurfaceOrOnNone(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, n)
	s.catchUp(t, n)
	check := func(when, id, lang, want string) {
		t.Helper()
		if got := where(t, s, id, lang); got != want {
			t.Errorf("%s: %s/%s is on %q, want %q", when, id, lang, got, want)
		}
	}
	a := n.draft("a", "vi", "Khu công nghiệp")
	check("before", "a", "vi", "")
	s.upTo(t, n.publish(t, a))
	check("released", "a", "vi", everywhere)
	check("its translation, which is not released", "a", "en", "")
	a.Section = "culture"
	s.upTo(t, n.publish(t, a))
	check("moved to another section", "a", "vi", "page, home, home section, feed, map")
	s.upTo(t, n.withdraw(t, a))
	check("withdrawn", "a", "vi", "tombstone")
	a.Section = "parks"
	s.upTo(t, n.publish(t, a))
	check("released again", "a", "vi", everywhere)
	a.Outlets = []string{"newspaper"}
	s.upTo(t, n.publish(t, a))
	check("no longer carried", "a", "vi", "")
	s.same(t, n)
}

// After any sequence of releases, restarts included, the newsstand is the
// fold of the log.
func TestTheNewsstandIsTheFoldOfTheLog(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			s := newStand(t, n)
			r := rand.New(rand.NewPCG(seed, 1))
			live := map[string]string{} // title by id and language
			for i := range 150 {
				a := n.draft(fmt.Sprint("i", r.IntN(12)), []string{"vi", "en"}[r.IntN(2)], fmt.Sprint("Bài ", i))
				a.Outlets = [][]string{{"portal"}, {"newspaper", "portal"}, {"newspaper"}, {}}[r.IntN(4)]
				a.Section = []string{"parks", "culture", "invest", "", "not-yet"}[r.IntN(5)]
				if r.IntN(3) > 0 {
					f := n.file(fmt.Sprint("picture ", r.IntN(6)))
					a.Lead = &release.Picture{File: f, Small: &f}
				}
				switch r.IntN(10) {
				case 0, 1, 2:
					n.withdraw(t, a)
					delete(live, a.ID+a.Lang)
				case 3:
					n.section(t, "parks", []string{"", "invest", "culture", "parks"}[r.IntN(4)], 2)
				case 4:
					s = s.reopen(t)
					s.follow(t)
				default:
					n.publish(t, a)
					live[a.ID+a.Lang] = a.Title
				}
			}
			s.catchUp(t, n)
			s.same(t, n)
			st, err := s.Status(ctx)
			if err != nil || st.Articles != len(live) {
				t.Errorf("%d articles, want %d (%v)", st.Articles, len(live), err)
			}
			for _, o := range []string{"portal", "newspaper"} {
				siteMap, err := s.MapPage(ctx, s.outlet(o), 1)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range siteMap {
					if live[c.ID+c.Lang] != c.Title {
						t.Errorf("%s/%s is %q, want %q", c.ID, c.Lang, c.Title, live[c.ID+c.Lang])
					}
				}
			}
		})
	}
}

// The four states a crash or a restored backup can leave behind.
func TestDocumentsAndIndexResumeEachFromItsOwnCursor(t *testing.T) {
	n := newNewsroom(t)
	a, b := n.draft("a", "vi", "Một"), n.draft("b", "vi", "Hai")
	n.publish(t, a)
	n.publish(t, b)
	s := newStand(t, n)
	s.catchUp(t, n)
	s.close(t)
	early := t.TempDir()
	copyFolder(t, s.dir, early)
	s = s.reopen(t)
	s.follow(t)
	n.withdraw(t, a)
	b.Title = "Hai mới"
	n.publish(t, b)
	n.publish(t, n.draft("c", "vi", "Ba"))
	s.catchUp(t, n)
	s.close(t)
	late := s.dir
	for _, c := range []struct {
		name              string
		documents, search string
	}{
		{"stopped between the documents' transaction and the index", late, early},
		{"the documents are older than the index", early, late},
		{"the index is lost", late, ""},
		{"the documents are lost", "", late},
		{"both are lost", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			copyFolder(t, late, dir)
			for part, from := range map[string]string{"search": c.search, "documents.db": c.documents} {
				take(t, from, dir, part)
			}
			s := openStand(t, dir, n)
			last, err := n.Last(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if c.search != c.documents && s.Applied() >= last {
				t.Errorf("before resuming, %d counts as applied", s.Applied())
			}
			s.follow(t)
			s.catchUp(t, n)
			s.same(t, n)
			if got := s.found(t, "portal", "vi", "", "thông tin đối ngoại"); len(got) != 2 || slices.Contains(got, "a") {
				t.Errorf("search finds %v", got)
			}
		})
	}
}

// take puts one part of a newsstand's folder in the place of what is there;
// without a folder to take it from, the part is gone.
func take(t *testing.T, from, to, part string) {
	t.Helper()
	if part == "search" {
		if err := os.RemoveAll(filepath.Join(to, part)); err != nil {
			t.Fatal(err)
		}
		if from != "" {
			copyFolder(t, filepath.Join(from, part), filepath.Join(to, part))
		}
		return
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.RemoveAll(filepath.Join(to, part+end)); err != nil {
			t.Fatal(err)
		}
		if from == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, part+end))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, part+end), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestApplyingReleasesTwiceChangesNothing(t *testing.T) {
	n := newNewsroom(t)
	a := n.draft("a", "vi", "Một")
	a.Files = []release.File{n.file("picture")}
	n.publish(t, a)
	n.withdraw(t, n.draft("b", "vi", "Hai"))
	s := newStand(t, n)
	s.catchUp(t, n)
	s.close(t)
	alter(t, s.dir, "UPDATE cursor SET value = 0")
	s = s.reopen(t)
	if got := where(t, s, "a", "vi"); got != everywhere {
		t.Errorf("before: %s", got)
	}
	s.follow(t)
	s.catchUp(t, n)
	s.same(t, n)
	if got := where(t, s, "a", "vi"); got != everywhere {
		t.Errorf("after: %s", got)
	}
}

func TestReadersAreServedWithoutTheNewsroom(t *testing.T) {
	n := newNewsroom(t)
	n.publish(t, n.draft("a", "vi", "Một"))
	s := newStand(t, n)
	s.catchUp(t, n)
	n.goAway(true)
	s = s.reopen(t)
	if err := s.Ready(); err != nil {
		t.Errorf("a cold start is not ready: %v", err)
	}
	s.follow(t)
	if got := where(t, s, "a", "vi"); got != everywhere {
		t.Errorf("it is on %q", got)
	}
	if s.CaughtUp() {
		t.Error("without a newsroom nobody knows whether anything is missing")
	}
	seq := n.publish(t, n.draft("b", "vi", "Hai"))
	n.goAway(false)
	s.upTo(t, seq)
	s.same(t, n)
	apptest.Eventually(t, "the status says that the newsroom is back", func() bool {
		st, err := s.Status(ctx)
		return err == nil && st.Reachable && st.CaughtUp && st.Last == seq && st.Applied == seq
	})
}

func TestANewNewsstandIsReadyWhenItHasEverything(t *testing.T) {
	n := newNewsroom(t)
	n.goAway(true)
	s := newStand(t, n)
	if err := s.Ready(); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("an empty one: %v", err)
	}
	n.goAway(false)
	s.catchUp(t, n)
	if err := s.Ready(); err != nil {
		t.Errorf("a complete one: %v", err)
	}
}

func TestWaitingForAReleaseEndsWithItsContext(t *testing.T) {
	s := openStand(t, t.TempDir(), newNewsroom(t))
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.WaitApplied(ended, 1); err == nil {
		t.Error("a release that nobody follows was applied")
	}
}

// One bad release must not keep everything after it from readers.
func TestABadReleaseDoesNotStopTheOthers(t *testing.T) {
	n := newNewsroom(t)
	n.append(t, articleKey("bad", "vi"), release.Put, "not an article")
	n.append(t, articleKey("liar", "vi"), release.Put, n.draft("other", "vi", "Khác"))
	n.put(t, release.OutletKind, "broken", []string{"not an outlet"})
	n.append(t, release.Key{Kind: "event", ID: "e", Lang: "vi"}, release.Put, map[string]string{"from": "a newer newsroom"})
	twice := n.draft("twice", "vi", "Hai lần")
	twice.Outlets = []string{"portal", "newspaper", "portal"}
	n.publish(t, twice)
	n.publish(t, n.draft("good", "vi", "Tốt"))
	s := newStand(t, n)
	s.catchUp(t, n)
	for _, id := range []string{"twice", "good"} {
		if got := where(t, s, id, "vi"); got != everywhere {
			t.Errorf("%s is on %q", id, got)
		}
	}
	if s.outlet("portal") == nil || s.outlet("broken") != nil {
		t.Error("the outlets are not what can be read")
	}
	differences, err := s.Compare(ctx, n)
	if err != nil || len(differences) != 4 { // two that cannot be read, which search does not know
		t.Errorf("%q %v", differences, err)
	}
}

func TestAReleaseOutOfOrderIsRefused(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, disorder{n})
	apptest.Eventually(t, "the newsroom to count as unreachable", func() bool {
		st, err := s.Status(ctx)
		return err == nil && !st.Reachable
	})
	if s.Applied() != 0 {
		t.Errorf("applied up to %d", s.Applied())
	}
}

type disorder struct{ *newsroom }

func (d disorder) After(ctx context.Context, after int64, limit int) ([]release.Entry, error) {
	entries, err := d.newsroom.After(ctx, after, limit)
	slices.Reverse(entries)
	return entries, err
}

func TestALogThatIsShorterThanWhatWasAppliedChangesNothing(t *testing.T) {
	n := newNewsroom(t)
	n.publish(t, n.draft("a", "vi", "Một"))
	s := newStand(t, n)
	s.catchUp(t, n)
	s.close(t)
	other := newNewsroom(t)
	s.source = other
	s = s.reopen(t)
	s.follow(t)
	other.section(t, "invest", "", 9) // two more would make the logs equally long
	if got := where(t, s, "a", "vi"); got != everywhere {
		t.Errorf("it is on %q", got)
	}
	differences, err := s.Compare(ctx, other)
	if err != nil || !slices.ContainsFunc(differences, func(d string) bool { return strings.Contains(d, "article/a/vi") }) {
		t.Errorf("%q %v", differences, err)
	}
}

func TestSearchFollowsASectionThatMoves(t *testing.T) {
	n := newNewsroom(t)
	n.publish(t, n.draft("a", "vi", "Một"))
	s := newStand(t, n)
	s.catchUp(t, n)
	finds := func(section string) bool { return len(s.found(t, "portal", "vi", section, "đối ngoại")) == 1 }
	if !finds("invest") || finds("culture") {
		t.Fatal("it is not found under its section's parent")
	}
	n.section(t, "parks", "culture", 2)
	apptest.Eventually(t, "search finds it under the new parent only", func() bool { return !finds("invest") && finds("culture") })
	s.catchUp(t, n)
	s.same(t, n)
}

func TestTheIndexFollowsInManySlices(t *testing.T) {
	n := newNewsroom(t)
	n.fill(t, 1203)
	s := newStand(t, n)
	s.catchUp(t, n)
	s.same(t, n)
	epoch := s.Epoch()
	s.upTo(t, n.publish(t, n.draft("last", "vi", "Cuối")))
	if s.Epoch() == epoch {
		t.Error("the epoch stood still")
	}
}

// fill publishes many articles in one transaction.
func (n *newsroom) fill(t testing.TB, many int) {
	t.Helper()
	err := n.db.Write(ctx, func(tx *store.Tx) error {
		for i := range many {
			a := n.draft(fmt.Sprint("f", i), "vi", fmt.Sprint("Bài số ", i))
			if _, err := n.Append(tx, articleKey(a.ID, a.Lang), release.Put, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFollowEndsWithItsContext(t *testing.T) {
	s := openStand(t, t.TempDir(), newNewsroom(t))
	limited, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if err := s.Follow(limited); err != nil {
		t.Error(err)
	}
}
