package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
)

// notify tells somebody of an edition.
func (w *world) notify(to *person, ref newsroom.Ref, sort notice.Sort, words, quote string) {
	w.t.Helper()
	w.noticed++
	w.must(w.notices.Tell(ctx, []notice.Notice{{
		Person: to.actor.ID, Event: w.noticed, At: w.db.Now(), Sort: sort, Subject: "edition/" + ref.Item + "/" + ref.Lang, Href: pathOf(ref),
		Words: words, Who: "Biên tập Bình", Title: "Cầu mới", Quote: quote,
	}}))
}

func TestTheMenuCountsWhatIsUnread(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref, other := s.reporter.write(w.article("Cầu mới")), s.reporter.write(w.article("Đường mới"))
		if got := s.reporter.Get("/").Text(`.menu a[href="/notices"]`); got != "Thông báo" {
			t.Errorf("the menu says %q when there is nothing", got)
		}
		w.notify(s.reporter, ref, notice.Moved, "notice.moved.return", "Thiếu nguồn.\nThêm ảnh.")
		w.notify(s.reporter, other, notice.Talk, "notice.moved.approve", "")
		if got := s.reporter.Get("/help").Text(`.menu a[href="/notices"]`); got != "Thông báo 2" {
			t.Errorf("the menu says %q", got)
		}
		page := s.reporter.Get("/notices").Is(http.StatusOK)
		if got := len(page.All(".notices .unread")); got != 2 {
			t.Errorf("%d are unread", got)
		}
		if got := page.Text(".notices .rows li:nth-child(2)"); !strings.Contains(got, "Biên tập Bình trả lại bài để bạn sửa: Cầu mới Thiếu nguồn. Thêm ảnh. Chưa đọc") {
			t.Errorf("the notice says %q", got)
		}
		s.reporter.Get(page.Attr(".notices .rows li:nth-child(2) a.said", "href")).Is(http.StatusSeeOther).LeadsTo(pathOf(ref))
		if got := s.reporter.Get("/notices").Text(`.menu a[href="/notices"]`); got != "Thông báo 1" {
			t.Errorf("the menu says %q after reading one", got)
		}
		if got := s.reporter.Get(pathOf(other)).Is(http.StatusOK).Text(`.menu a[href="/notices"]`); got != "Thông báo" {
			t.Errorf("the menu says %q on the page that the last one leads to", got)
		}
		if got := s.editor.Get("/").Text(`.menu a[href="/notices"]`); got != "Thông báo" {
			t.Errorf("a colleague's menu says %q", got)
		}
	})
}

func TestNoticesAreFilteredAndMarkedAsRead(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Cầu mới"))
	if got := s.reporter.Get("/notices").Is(http.StatusOK).Text(".empty"); !strings.HasPrefix(got, "Chưa có thông báo nào.") {
		t.Errorf("an empty list says %q", got)
	}
	for range notice.PageSize + 1 {
		w.notify(s.reporter, ref, notice.Moved, "notice.moved.approve", "")
	}
	w.notify(s.reporter, ref, notice.Talk, "notice.moved.return", "")
	first := s.reporter.Get("/notices").Is(http.StatusOK)
	older := s.reporter.Get(first.Attr(`a[rel="next"]`, "href")).Is(http.StatusOK)
	if a, b := len(first.All(".rows > li")), len(older.All(".rows > li")); a != notice.PageSize || b != 2 {
		t.Errorf("pages of %d and %d", a, b)
	}
	if got := len(s.reporter.Get("/notices?sort=talk").All(".rows > li")); got != 1 {
		t.Errorf("%d conversations", got)
	}
	through := first.Attr(`form[action="/notices/read"] input[name="through"]`, "value")
	w.notify(s.reporter, ref, notice.Talk, "notice.moved.return", "") // meanwhile
	s.reporter.send("/notices/read", url.Values{"through": {through}}).Is(http.StatusSeeOther).LeadsTo("/notices?done=notices_read")
	left := s.reporter.Get("/notices?unread=1").Is(http.StatusOK)
	if got := len(left.All(".rows > li")); got != 1 {
		t.Errorf("%d are unread", got)
	}
	s.reporter.Get("/notices?before=x").Is(http.StatusBadRequest)
	if got := len(s.reporter.Get("/notices?sort=nothing").Is(http.StatusOK).All(".rows > li")); got != 0 {
		t.Errorf("%d of no sort", got)
	}
}

func TestNoticesOfWhatIsOutOfSightSayNothing(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	stranger := w.hire(w.paper, account.Reporter)
	ref := s.reporter.write(w.article("Cầu mới"))
	w.notify(stranger, ref, notice.Talk, "notice.moved.return", "Lời riêng")
	page := stranger.Get("/notices").Is(http.StatusOK)
	if got := page.Text(".rows"); !strings.Contains(got, "không còn được xem") || strings.Contains(page.Body, "Cầu mới") || strings.Contains(page.Body, "Lời riêng") || page.Has("a.said") {
		t.Errorf("the list says %q", got)
	}
}

func TestAListOfNoticesAsksTheDatabaseAFixedNumberOfTimes(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	s.reporter.csrf()
	w.notify(s.reporter, s.reporter.write(w.article("Cầu mới")), notice.Moved, "notice.moved.approve", "")
	page := func() { s.reporter.Get("/notices").Is(http.StatusOK) }
	few := w.queries(page)
	for range 10 {
		w.notify(s.reporter, s.reporter.write(w.article("Đường mới")), notice.Moved, "notice.moved.approve", "")
	}
	if many := w.queries(page); many > few || many > 12 {
		t.Errorf("%d queries for one, %d for eleven", few, many)
	}
}
