package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"doingoai/app/newsroom"
)

// Pages ask the database as often for many letters, files and comments as for
// few (the lists of editions: TestALongListHasPagesAndAFixedNumberOfQueries).
func TestPagesAskAFixedNumberOfQueries(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := talked(w, s)
		grow := func(from, to int) {
			for i := from; i < to; i++ {
				other := s.reporter.write(w.article(fmt.Sprintf("Bài số %d", i)))
				w.report(fmt.Sprintf("maphieu%04d", i), fmt.Sprintf("Phản ánh số %d", i), other)
				s.editor.upload("/media", url.Values{"agency": {w.portal}}, "file", "a.png", drawing(t, 10+i)).Is(http.StatusSeeOther)
				s.managing.say(ref, url.Values{
					"comment": {fmt.Sprintf("Câu hỏi số %d", i)}, "passage": {strconv.Itoa(newsroom.BodyPassage + 3)},
					"mentions": {s.editor.actor.ID, s.reporter.actor.ID}, "blocking": {"1"},
				}).Is(http.StatusSeeOther)
				w.clock.Advance(time.Second)
			}
		}
		paths := []string{"/letters", "/media", "/media?q=a", pathOf(ref), pathOf(ref) + "/pictures?place=lead"}
		grow(0, 2)
		few := map[string]int{}
		for _, path := range paths {
			few[path] = w.queries(func() { s.editor.Get(path).Is(http.StatusOK) })
		}
		grow(2, 70)
		for _, path := range paths {
			if many := w.queries(func() { s.editor.Get(path).Is(http.StatusOK) }); many != few[path] || many == 0 || many > 40 {
				t.Errorf("%s asks the database %d times for many, %d times for few", path, many, few[path])
			}
		}
		if got := len(s.editor.Get("/letters").All(".rows > li")); got != 30 {
			t.Errorf("%d letters on a page", got)
		}
	})
}
