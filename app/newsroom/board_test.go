package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// lanes are those of a board in which there is something: how many, and the
// headlines shown.
func (w *world) lanes(t *testing.T, who account.Actor, agency string) string {
	t.Helper()
	lanes, err := w.Board(t.Context(), who, agency)
	must(t, err)
	var list []string
	for _, l := range lanes {
		var headlines []string
		for _, e := range l.Editions {
			headlines = append(headlines, e.Headline)
		}
		if l.Count > 0 || len(headlines) > 0 {
			list = append(list, fmt.Sprintf("%s %d: %s", l.State, l.Count, strings.Join(headlines, ", ")))
		}
	}
	return strings.Join(list, "; ")
}

func TestTheBoardShowsAnAgencysWork(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.draft(t, w.reporter, "vi", "Cũ")
		w.clock.Advance(time.Minute)
		w.draft(t, w.reporter, "vi", "Mới")
		w.draft(t, w.contributor, "vi", "Của cộng tác viên")
		there := w.person(t, "there", account.Post{Agency: paper, Role: account.Reporter})
		w.draft(t, there, "vi", "Của báo")
		published := w.bring(t, w.reporter, Published)
		w.bring(t, w.reporter, Archived)
		headline := w.head(t, published).Content.Headline
		got := w.lanes(t, w.editor, portal)
		if want := "draft 3: "; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "; published 1: "+headline) {
			t.Errorf("the board is %s", got)
		}
		if strings.Index(got, "Mới") > strings.Index(got, "Cũ") {
			t.Errorf("the last to come is not the first: %s", got)
		}
		if got, want := w.lanes(t, w.contributor, portal), "draft 1: Của cộng tác viên"; got != want {
			t.Errorf("the contributor's board is %s, want %s", got, want)
		}
		if got := w.lanes(t, w.editor, paper); got != "" {
			t.Errorf("the board of another agency is %s", got)
		}
		if _, err := w.Board(t.Context(), account.Actor{ID: "editor"}, portal); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("somebody without a post: %v", err)
		}
	})
}

func TestALaneShowsAsManyAsThereIsRoomFor(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range LaneSize + 3 {
			w.draft(t, w.reporter, "vi", fmt.Sprint("Bài ", i))
		}
		lanes, err := w.Board(t.Context(), w.editor, portal)
		must(t, err)
		i := slices.IndexFunc(lanes, func(l Lane) bool { return l.State == Draft })
		if lanes[i].Count != LaneSize+3 || len(lanes[i].Editions) != LaneSize {
			t.Errorf("shows %d of %d", len(lanes[i].Editions), lanes[i].Count)
		}
	})
}

func TestWhatIsUnsavedIsItsWritersOwn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref, same := w.draft(t, w.reporter, "vi", "Đang viết"), w.draft(t, w.reporter, "vi", "Đang gõ")
		w.autosave(t, w.reporter, ref, 1, "Câu đang dở")
		w.autosave(t, w.reporter, same, 1, w.head(t, same).Content.Body) // what is saved already
		w.autosave(t, w.editor, ref, 1, "Câu của biên tập viên")
		list, err := w.Unfinished(t.Context(), w.reporter)
		must(t, err)
		if len(list) != 1 || list[0].Ref != ref || list[0].Headline != "Đang viết" || !list[0].TypedAt.Equal(w.db.Now()) {
			t.Errorf("the reporter left %+v", list)
		}
		// Somebody who has left the agency finds nothing of it.
		gone := w.reporter
		gone.Posts = []account.Post{{Agency: paper, Role: account.Reporter}}
		if list, err := w.Unfinished(t.Context(), gone); err != nil || len(list) != 0 {
			t.Errorf("after leaving: %v, %v", list, err)
		}
	})
}

func TestHeadsAreThoseThatWereShown(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref, still := w.draft(t, w.reporter, "vi", "Một"), w.draft(t, w.reporter, "vi", "Hai")
		editions, _, err := w.List(t.Context(), w.editor, Filter{})
		must(t, err)
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Khác" })
		heads, err := w.Heads(t.Context(), editions)
		must(t, err)
		if heads[still] != w.head(t, still).Hash || heads[ref] == w.head(t, ref).Hash || len(heads) != 2 {
			t.Errorf("the heads are %v", heads)
		}
	})
}

func TestSavedSearchesAreAPersonsOwn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		must(t, w.SaveSearch(t.Context(), w.reporter, " Bài  của tôi ", "mine=1"))
		must(t, w.SaveSearch(t.Context(), w.reporter, "Bài của tôi", "mine=1&lang=en"))
		must(t, w.SaveSearch(t.Context(), w.editor, "Chờ tôi", "state=submitted"))
		list, err := w.SavedSearches(t.Context(), w.reporter)
		must(t, err)
		if len(list) != 1 || list[0].Name != "Bài của tôi" || list[0].Query != "mine=1&lang=en" {
			t.Fatalf("the reporter has %+v", list)
		}
		must(t, w.ForgetSearch(t.Context(), w.editor, list[0].ID))
		if list, _ = w.SavedSearches(t.Context(), w.reporter); len(list) != 1 {
			t.Error("somebody else forgot it")
		}
		must(t, w.ForgetSearch(t.Context(), w.reporter, list[0].ID))
		must(t, w.ForgetSearch(t.Context(), w.reporter, list[0].ID))
		if list, _ = w.SavedSearches(t.Context(), w.reporter); len(list) != 0 {
			t.Errorf("still there: %v", list)
		}
		for i := range MaxSavedSearches {
			must(t, w.SaveSearch(t.Context(), w.reporter, fmt.Sprint("Số ", i), "mine=1"))
		}
		for name, want := range map[string]fault.Kind{
			"Số 30": fault.NotPossible, "": fault.Invalid, strings.Repeat("a", MaxSavedSearchName+1): fault.Invalid,
		} {
			if err := w.SaveSearch(t.Context(), w.reporter, name, "mine=1"); fault.KindOf(err) != want {
				t.Errorf("%q: %v", name, err)
			}
		}
		must(t, w.SaveSearch(t.Context(), w.reporter, "Số 3", "lang=en")) // in place of the one there is
	})
}
