package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

func (w *world) finder(t testing.TB, dir string) *Finder {
	t.Helper()
	f, err := OpenFinder(w.Newsroom, dir)
	must(t, err)
	t.Cleanup(func() { must(t, f.Close()) })
	return f
}

// finds brings the index to the end of the trail and answers who finds what of
// the words, in order of the names.
func (f *Finder) finds(t testing.TB, actor account.Actor, w Wanted) []string {
	t.Helper()
	must(t, f.CatchUp(t.Context()))
	return f.findsNow(t, actor, w)
}

// findsNow is finds with the index as it is.
func (f *Finder) findsNow(t testing.TB, actor account.Actor, w Wanted) []string {
	t.Helper()
	found, err := f.Find(t.Context(), actor, w)
	must(t, err)
	names := []string{}
	for _, h := range found.Hits {
		names = append(names, h.Headline)
	}
	slices.Sort(names)
	return names
}

func expectFound(t testing.TB, who string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, append([]string{}, want...)) {
		t.Errorf("%s finds %q, want %q", who, got, want)
	}
}

func TestWordsAreFoundWhereverTheyStandAndHoweverTheyAreTyped(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		c := w.content("Khánh thành cầu Mã Đà")
		c.Standfirst, c.Body = "Lễ thông xe có đại diện tỉnh bạn.", "Cầu nối hai bờ, dài *bốn trăm* mét.\n\n## Trạm thu phí\n\nMiễn phí ba tháng."
		ref, err := w.Create(t.Context(), w.reporter, Start{Kind: "article", Agency: portal, Lang: "vi", Content: c})
		must(t, err)
		w.draft(t, w.reporter, "vi", "Một bài khác")
		f := w.finder(t, t.TempDir())
		for _, words := range []string{"Mã Đà", "ma da", "MÃ ĐÀ", "thông xe", "thong xe", "bốn trăm mét", "tram thu phi", "Minh Hà"} {
			want := []string{"Khánh thành cầu Mã Đà"}
			if words == "Minh Hà" {
				want = append(want, "Một bài khác") // the byline of both
			}
			expectFound(t, words, f.finds(t, w.reporter, Wanted{Words: words}), want...)
		}
		expectFound(t, "nobody", f.finds(t, w.reporter, Wanted{Words: "tàu điện ngầm"}))
		expectFound(t, "no words", f.finds(t, w.reporter, Wanted{Words: " ?! "}))
		found, err := f.Find(t.Context(), w.reporter, Wanted{Words: "tram thu phi"})
		must(t, err)
		if h := found.Hits[0]; h.Ref != ref || !strings.Contains(string(h.Excerpt), "<mark>Trạm thu phí</mark>") || strings.Contains(string(h.Excerpt), "##") {
			t.Errorf("%+v", h)
		}
	})
}

func TestTheNewestAndTheLiveTextAreFoundAndNoOther(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		f := w.finder(t, t.TempDir())
		ref := w.bring(t, w.reporter, Draft)
		w.save(t, w.reporter, ref, func(c *Content) {
			c.Headline, c.Body = "Bài về hồ tiêu", "Từ dùng một lần: lựu kiểng."
		})
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Từ bạn đọc thấy: măng cụt." })
		w.lead(t, w.reporter, ref, Published)
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Từ của bản nháp mới: sầu riêng." })
		for words, want := range map[string][]string{
			"lựu kiểng": nil, "măng cụt": {"Bài về hồ tiêu"}, "sầu riêng": {"Bài về hồ tiêu"},
		} {
			expectFound(t, words, f.finds(t, w.reporter, Wanted{Words: `"` + words + `"`}), want...)
		}
	})
}

// What a person finds is what they could open: planted words tell.
func TestNobodyFindsWhatTheyMayNotSee(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		elsewhere := w.person(t, "elsewhere", account.Post{Agency: paper, Role: account.EditorInChief})
		stranger := w.person(t, "stranger", account.Post{Agency: paper, Role: account.Contributor})
		inspector := w.person(t, "inspector", account.Post{Role: account.Auditor})
		refs := []Ref{
			w.bring(t, w.reporter, Draft), w.bring(t, w.contributor, Submitted), w.bringLive(t, w.reporter, Published),
			w.bringLive(t, w.reporter, Editing), w.bring(t, w.reporter, Approval),
		}
		w.do(t, w.security, refs[4], Block)
		refs = append(refs, w.translate(t, refs[2], "en"))
		w.save(t, w.translator, refs[5], func(c *Content) { c.Headline, c.Body = "An article", "Thân bài" })
		for i, ref := range refs {
			sql(t, w.db, "UPDATE revision SET content = REPLACE(content, 'Thân bài', ?) WHERE item_id = ? AND lang = ?", fmt.Sprint("Zimbabwe Thân bài ", i), ref.Item, ref.Lang)
		}
		f := w.finder(t, t.TempDir())
		must(t, f.CatchUp(t.Context()))
		for _, actor := range []account.Actor{w.reporter, w.contributor, w.editor, w.chief, w.security, elsewhere, stranger, inspector} {
			found, err := f.Find(t.Context(), actor, Wanted{Words: "zimbabwe"})
			must(t, err)
			seen := 0
			for _, ref := range refs {
				_, err := w.Open(t.Context(), actor, ref)
				if err != nil && fault.KindOf(err) != fault.NotFound {
					t.Fatal(err)
				}
				if err == nil {
					seen++
				}
				if has := slices.ContainsFunc(found.Hits, func(h FoundEdition) bool { return h.Ref == ref }); has != (err == nil) {
					t.Errorf("%q and %s: found %t, opened: %v", actor.ID, ref.subject(), has, err)
				}
			}
			counted := 0
			for _, n := range found.States {
				counted += n
			}
			if found.Total != seen || counted != seen {
				t.Errorf("%q is told of %d, by state %d, and may see %d", actor.ID, found.Total, counted, seen)
			}
		}
		_, err := f.Find(t.Context(), account.Actor{ID: "nobody"}, Wanted{Words: "zimbabwe"})
		expectKind(t, err, fault.Forbidden)
	})
}

// An index that is behind shows nobody what has just stopped being theirs.
func TestAnIndexThatIsBehindTellsNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		f := w.finder(t, t.TempDir())
		ref := w.draft(t, w.contributor, "vi", "Cây vú sữa")
		expectFound(t, "the writer", f.finds(t, w.contributor, Wanted{Words: "vú sữa"}), "Cây vú sữa")
		sql(t, w.db, "UPDATE edition SET agency_id = ? WHERE item_id = ?", paper, ref.Item)
		expectFound(t, "whoever lost it", f.findsNow(t, w.contributor, Wanted{Words: "vú sữa"}))
		expectFound(t, "another who lost it", f.findsNow(t, w.editor, Wanted{Words: "vú sữa"}))
		revoked := w.contributor
		revoked.Posts = []account.Post{{Agency: paper, Role: account.SystemAdministrator}}
		if _, err := f.Find(t.Context(), revoked, Wanted{Words: "vú sữa"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("without a role: %v", err)
		}
	})
}

func TestWhatIsFoundIsNarrowedAndCounted(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		auditor := w.person(t, "inspector", account.Post{Role: account.Auditor})
		first := w.bring(t, w.reporter, Submitted)
		w.save(t, w.translator, w.translate(t, first, "en"), func(c *Content) { c.Headline, c.Body = "An article", "Thân bài" })
		w.bring(t, w.reporter, Draft)
		other := w.person(t, "other", account.Post{Agency: paper, Role: account.Reporter})
		w.draft(t, other, "vi", "Bài của báo")
		f := w.finder(t, t.TempDir())
		must(t, f.CatchUp(t.Context()))
		for _, c := range []struct {
			wanted Wanted
			total  int
			counts string
		}{
			{Wanted{Words: "thân bài"}, 4, "map[draft:3 submitted:1] map[en:1 vi:3]"},
			{Wanted{Words: "thân bài", State: Draft}, 3, "map[draft:3 submitted:1] map[en:1 vi:2]"},
			{Wanted{Words: "thân bài", Lang: "vi"}, 3, "map[draft:2 submitted:1] map[en:1 vi:3]"},
			{Wanted{Words: "thân bài", Agency: paper}, 1, "map[draft:1] map[vi:1]"},
			{Wanted{Words: "thân bài", Agency: "nothing"}, 0, "map[] map[]"},
			{Wanted{Words: "thân bài", State: Published}, 0, "map[draft:3 submitted:1] map[]"},
		} {
			found, err := f.Find(t.Context(), auditor, c.wanted)
			must(t, err)
			if got := fmt.Sprint(found.States, " ", found.Langs); found.Total != c.total || len(found.Hits) != c.total || got != c.counts {
				t.Errorf("%+v: %d (%d shown) %s, want %d %s", c.wanted, found.Total, len(found.Hits), got, c.total, c.counts)
			}
		}
		found, err := f.Find(t.Context(), auditor, Wanted{Words: "thân bài"})
		must(t, err)
		if got := fmt.Sprint(found.Agencies); got != "map[newspaper:1 portal:3]" {
			t.Error(got)
		}
	})
}

func TestWhatIsFoundHasPages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range FoundSize + 3 {
			w.draft(t, w.reporter, "vi", fmt.Sprint("Bài số ", i))
		}
		f := w.finder(t, t.TempDir())
		must(t, f.CatchUp(t.Context()))
		seen := map[Ref]bool{}
		for page := 1; page <= 2; page++ {
			found, err := f.Find(t.Context(), w.reporter, Wanted{Words: "bài số", Page: page})
			must(t, err)
			if found.Total != FoundSize+3 || found.More != (page == 1) {
				t.Errorf("page %d: %d in all, more %t", page, found.Total, found.More)
			}
			for _, h := range found.Hits {
				seen[h.Ref] = true
			}
		}
		if len(seen) != FoundSize+3 {
			t.Errorf("%d on both pages", len(seen))
		}
	})
}

// Whoever was stopped in the middle goes on from there; whoever lost the index,
// or finds it ahead of a database put back to an earlier day, reads all again.
func TestTheIndexCatchesUp(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		dir, lost := t.TempDir(), t.TempDir()
		f := w.finder(t, dir)
		w.draft(t, w.reporter, "vi", "Trước khi dừng")
		must(t, f.CatchUp(t.Context()))
		must(t, f.Close())
		w.draft(t, w.reporter, "vi", "Trong khi dừng")
		again := w.finder(t, dir)
		expectFound(t, "an index that was away", again.finds(t, w.reporter, Wanted{Words: "khi dừng"}), "Trong khi dừng", "Trước khi dừng")
		fresh := w.finder(t, lost)
		found, err := fresh.Find(t.Context(), w.reporter, Wanted{Words: "khi dừng"})
		must(t, err)
		if !found.Filling || len(found.Hits) != 0 {
			t.Errorf("an empty index: %+v", found)
		}
		expectFound(t, "a new index", fresh.finds(t, w.reporter, Wanted{Words: "khi dừng"}), "Trong khi dừng", "Trước khi dừng")
		must(t, fresh.index.Apply(nil, 1_000_000))
		w.draft(t, w.reporter, "vi", "Sau khi dừng")
		expectFound(t, "an index ahead of its database", fresh.finds(t, w.reporter, Wanted{Words: "khi dừng"}), "Sau khi dừng", "Trong khi dừng", "Trước khi dừng")
	})
}

func TestAMergedAgencysEditionsAreFoundByItsHeir(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		heir := w.person(t, "heir", account.Post{Agency: paper, Role: account.Editor})
		f := w.finder(t, t.TempDir())
		w.draft(t, w.reporter, "vi", "Bài đi theo")
		expectFound(t, "the heir before", f.finds(t, heir, Wanted{Words: "đi theo"}))
		must(t, w.db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := w.Inherit(tx, account.System(), portal, paper); err != nil {
				return err
			}
			return audit.Append(tx, audit.Entry{ActorID: "system", Verb: agencyMerged, Subject: "agency/" + portal})
		}))
		expectFound(t, "the heir after", f.finds(t, heir, Wanted{Words: "đi theo"}), "Bài đi theo")
	})
}

// Two processes, each with an index of its own, are woken by what either does.
func TestEveryProcessFollowsTheTrail(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		indexes := []*Finder{w.finder(t, t.TempDir()), w.finder(t, t.TempDir())}
		done := make(chan struct{})
		for _, f := range indexes {
			go func() { f.Follow(ctx); done <- struct{}{} }()
		}
		w.draft(t, w.reporter, "vi", "Tin từ xa")
		for _, f := range indexes {
			apptest.Eventually(t, "the index to follow", func() bool { return len(f.findsNow(t, w.reporter, Wanted{Words: "tin từ xa"})) == 1 })
		}
		stop()
		<-done
		<-done
	})
}
