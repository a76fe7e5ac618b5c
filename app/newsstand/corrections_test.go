package newsstand_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/migrations"
)

// corrected is an article in which as many things were put right as there are notes.
func corrected(a release.Article, at time.Time, notes ...string) release.Article {
	for i, note := range notes { // the newest first
		c := release.Correction{Note: note, Right: "Đúng của " + note, At: at.Add(-time.Duration(i) * time.Hour)}
		if i == 0 {
			a.Correction = &c
		} else {
			a.Earlier = append(a.Earlier, c)
		}
	}
	return a
}

// listed writes an outlet's corrections in a line: number, title and note of each.
func (s *stand) listed(t *testing.T, outlet, lang string) string {
	t.Helper()
	page, err := s.Corrections(ctx, s.outlet(outlet), lang, 1)
	if err != nil {
		t.Fatal(err)
	}
	if page.Total != len(page.Corrections) || page.Pages != 1 {
		t.Errorf("%d of %d corrections on %d pages", len(page.Corrections), page.Total, page.Pages)
	}
	return told(page.Corrections)
}

func told(list []newsstand.Corrected) string {
	var lines []string
	for _, c := range list {
		lines = append(lines, strings.Join([]string{strings.Repeat("I", c.Number), c.Title, c.Note}, "|"))
	}
	return strings.Join(lines, "; ")
}

func TestEveryOutletListsWhatItsReadersHaveReadWrongly(t *testing.T) {
	n := newNewsroom(t)
	a := corrected(n.draft("a", "vi", "Bài A"), morning.Add(5*time.Hour), "sai hai", "sai một")
	a.Outlets = []string{"newspaper", "portal"}
	a.Stands = map[string]release.Stand{"newspaper": {Title: "Bài A trên báo"}}
	n.publish(t, a)
	n.publish(t, corrected(n.draft("b", "vi", "Bài B"), morning.Add(4*time.Hour+time.Minute), "sai ba"))
	n.publish(t, corrected(n.draft("c", "en", "C"), morning, "wrong"))
	only := n.draft("d", "vi", "Chỉ cập nhật")
	only.Changes = []release.Change{{Note: "Thêm số liệu", At: morning}}
	n.publish(t, only)
	s := newStand(t, n)
	s.catchUp(t, n)
	for outlet, want := range map[string]string{
		"portal": "II|Bài A|sai hai; I|Bài B|sai ba; I|Bài A|sai một", "newspaper": "II|Bài A trên báo|sai hai; I|Bài A trên báo|sai một",
	} {
		if got := s.listed(t, outlet, "vi"); got != want {
			t.Errorf("%s lists %q, want %q", outlet, got, want)
		}
	}
	if got := s.listed(t, "portal", "en"); got != "I|C|wrong" {
		t.Errorf("in English: %q", got)
	}
	// An outlet that drops the article, or readers who lose it, leave the list as it is.
	a.Outlets, a.Stands = []string{"portal"}, nil
	for i := range a.Earlier {
		a.Earlier[i].Outlets = []string{"newspaper"}
	}
	n.publish(t, a)
	s.catchUp(t, n)
	if got := s.listed(t, "newspaper", "vi"); got != "I|Bài A|sai một" {
		t.Errorf("the outlet that had what was wrong lists %q", got)
	}
	n.append(t, articleKey("a", "vi"), release.Withdraw, release.Tombstone{
		Outlets: []string{"portal"}, Section: "parks", WithdrawnAt: morning, Corrections: a.Corrections(),
	})
	s.catchUp(t, n)
	if got := s.listed(t, "portal", "vi"); got != "II||sai hai; I|Bài B|sai ba; I||sai một" {
		t.Errorf("after a withdrawal the list is %q", got)
	}
	if got := s.listed(t, "newspaper", "vi"); got != "I||sai một" {
		t.Errorf("after a withdrawal the other outlet lists %q", got)
	}
	s.same(t, n)
	if got := s.reopen(t).listed(t, "portal", "vi"); !strings.HasPrefix(got, "II||sai hai") {
		t.Errorf("after a restart: %q", got)
	}
}

func TestWhoLooksForAWrongFigureFindsItPutRight(t *testing.T) {
	n := newNewsroom(t)
	n.publish(t, corrected(n.draft("a", "vi", "Diện tích"), morning, "Bài ghi 4.687 ha"))
	s := newStand(t, n)
	s.catchUp(t, n)
	if got := s.found(t, "portal", "vi", "", "4.687"); len(got) != 1 {
		t.Errorf("found %v", got)
	}
}

func TestTheListOfCorrectionsHasPages(t *testing.T) {
	n := newNewsroom(t)
	var notes []string
	for range newsstand.PerPage + 1 {
		notes = append(notes, "sai")
	}
	n.publish(t, corrected(n.draft("a", "vi", "Bài"), morning, notes...))
	s := newStand(t, n)
	s.catchUp(t, n)
	last, err := s.Corrections(ctx, s.outlet("portal"), "vi", 2)
	if err != nil || len(last.Corrections) != 1 || last.Pages != 2 || last.Corrections[0].Number != 1 {
		t.Errorf("%+v %v", last, err)
	}
	for _, page := range []int{0, 3} {
		if _, err := s.Corrections(ctx, s.outlet("portal"), "vi", page); fault.KindOf(err) != fault.NotFound {
			t.Errorf("page %d: %v", page, err)
		}
	}
}

// The front page tells of the last days only, and notices by itself when a day is over.
func TestTheFrontPageForgetsACorrectionAfterThirtyDays(t *testing.T) {
	n := newNewsroom(t)
	n.publish(t, corrected(n.draft("a", "vi", "Bài"), morning, "bốn", "ba", "hai", "một"))
	clock := apptest.Clock(morning.Add(time.Hour))
	s, err := newsstand.Open(ctx, newsstand.Options{Dir: t.TempDir(), Source: n, CacheBytes: 1 << 20, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	st := &stand{Stand: s, source: n, stopped: func() {}}
	t.Cleanup(func() { st.close(t) })
	st.follow(t)
	st.catchUp(t, n)
	home := func() string {
		t.Helper()
		page, err := s.Home(ctx, st.outlet("portal"), "vi")
		if err != nil {
			t.Fatal(err)
		}
		return told(page.Corrections)
	}
	if got := home(); got != "IIII|Bài|bốn; III|Bài|ba; II|Bài|hai" {
		t.Errorf("the front page shows %q", got)
	}
	clock.Advance(30 * 24 * time.Hour)
	if got := home(); got == "" {
		t.Error("on the thirtieth day it is gone")
	}
	before := s.Epoch()
	if s.Epoch() != before {
		t.Error("an epoch ended within a day")
	}
	clock.Advance(24 * time.Hour)
	if got := home(); got != "" {
		t.Errorf("after thirty days the front page still shows %q", got)
	}
	if s.Epoch() != before+1 {
		t.Error("a cached front page would go on showing it")
	}
}

// What a newsstand had before it knew lists of corrections is on them.
func TestCorrectionsThatWereReleasedBeforeAreListed(t *testing.T) {
	dir := t.TempDir()
	a := corrected(release.Article{
		ID: "a", Lang: "vi", Outlets: []string{"newspaper", "portal"}, Section: "parks", Slug: "bai", Title: "Bài A",
		Stands: map[string]release.Stand{"newspaper": {Title: "Bài A trên báo"}},
	}, morning.Add(123_456_000), "ba", "hai", "một")
	former := writeFormer(t, filepath.Join(dir, "documents.db"), a)
	n := newNewsroom(t)
	n.goAway(true)
	s := openStand(t, dir, n)
	for outlet, title := range map[string]string{"portal": "Bài A", "newspaper": "Bài A trên báo"} {
		page, err := s.Corrections(ctx, &release.Outlet{ID: outlet}, "vi", 1)
		if err != nil || told(page.Corrections) != strings.ReplaceAll("III|T|ba; II|T|hai; I|T|một", "T", title) {
			t.Errorf("%s lists %q (%v)", outlet, told(page.Corrections), err)
			continue
		}
		c := page.Corrections[0]
		if !c.At.Equal(a.Correction.At) || c.Right != "Đúng của ba" || c.Section != "parks" || c.Slug != "bai" || c.ID != "a" || c.Lang != "vi" {
			t.Errorf("%+v", c)
		}
	}
	if former == 0 {
		t.Error("nothing was there before")
	}
}

// writeFormer makes the documents of a newsstand as they were before lists of
// corrections, and answers how many there are.
func writeFormer(t *testing.T, file string, a release.Article) (documents int) {
	t.Helper()
	first, err := fs.ReadFile(migrations.Newsstand(), "0001_newsstand.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, store.Options{URL: "sqlite:" + file})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(context.Background(), fstest.MapFS{"0001_newsstand.sql": {Data: first}}); err != nil {
		t.Fatal(err)
	}
	if documents, err = newsstand.WriteDocument(ctx, db, a); err != nil {
		t.Fatal(err)
	}
	return documents
}
