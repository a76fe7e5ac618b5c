package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

// coverage is the overview's table, a line for each row.
func coverage(page *apptest.Answer) string {
	var lines []string
	for i := range page.All(".coverage tbody tr") {
		row := fmt.Sprintf(".coverage tbody tr:nth-child(%d) ", i+1)
		line := page.Text(row + ".headline")
		for j := range page.All(row + "td") {
			line += " | " + strings.Join(strings.Fields(page.Text(fmt.Sprintf("%std:nth-child(%d)", row, j+2))), " ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestTheOverviewOfTranslations(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		empty := s.translator.Get("/translations").Is(http.StatusOK)
		if empty.Text(".empty p") == "" || empty.Has("table") {
			t.Error("an empty overview teaches nothing")
		}
		s.translated("Đã có bản tiếng Anh")
		needed := s.reporter.write(w.article("Chưa có bản tiếng Anh"))
		s.carry(needed, newsroom.Published)
		page := s.translator.Get("/translations").Is(http.StatusOK)
		if got, want := coverage(page), "Chưa có bản tiếng Anh | Tiếng Việt Đã xuất bản Bản gốc | Tiếng Anh Cần dịch Dịch"; got != want {
			t.Errorf("what is missing:\n%s\nwant\n%s", got, want)
		}
		if got := page.Attr(".menu a[aria-current]", "href"); got != "/translations" {
			t.Errorf("the menu is at %q", got)
		}
		if got := coverage(s.reporter.Get("/translations")); !strings.HasSuffix(got, "Cần dịch") {
			t.Errorf("a reporter is offered more than to read: %s", got)
		}
		all := coverage(s.chief.Get("/translations?track=all").Is(http.StatusOK))
		if want := "Đã có bản tiếng Anh | Tiếng Việt Đã xuất bản Bản gốc | Tiếng Anh Đã xuất bản: Tiếng Anh, Đã có bản tiếng Anh"; !strings.Contains(all, want) {
			t.Errorf("all:\n%s\nwant\n%s", all, want)
		}
		for address, want := range map[string]int{
			"track=published": 1, "track=needed": 1, "track=outdated": 0, "track=all&headline=chua": 1, "track=all&agency=" + w.paper: 0,
			"track=all&lang=km": 2, "lang=km": 0, "track=all&from=2031-01-01": 0, "track=all&to=2031-01-01": 2,
		} {
			page := s.chief.Get("/translations?" + address).Is(http.StatusOK)
			if got := len(page.All(".coverage tbody tr")); got != want || want == 0 != page.Has(".empty p") {
				t.Errorf("%s shows %d, want %d", address, got, want)
			}
		}
		s.chief.Get("/translations?track=nothing").Is(http.StatusBadRequest)
		s.chief.Get("/translations?after=x").Is(http.StatusBadRequest)
		english := newsroom.Ref{Item: needed.Item, Lang: "en"}
		action := page.Attr(".coverage form", "action")
		s.translator.send(action, url.Values{"to": {page.Attr(".coverage form [name=to]", "value")}}).Is(http.StatusSeeOther)
		page = s.translator.Get("/translations?track=translating").Is(http.StatusOK)
		if page.Attr(".coverage td a", "href") != pathOf(english) || !strings.Contains(coverage(page), "Đang dịch") {
			t.Errorf("once begun: %s", coverage(page))
		}
		if got := w.hire(w.paper, account.EditorInChief).Get("/translations?track=translating").Is(http.StatusOK); got.Has(".coverage") {
			t.Errorf("another agency sees %s", coverage(got))
		}
	})
}

func TestTheQueueOfTranslations(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		reviser := w.hire(w.portal, account.Reviser)
		if page := s.translator.Get("/translations?view=queue").Is(http.StatusOK); page.Text(".empty p") == "" {
			t.Error("an empty queue teaches nothing")
		}
		s.translated("Bài đã dịch")
		needed := s.reporter.write(w.article("Bài cần dịch"))
		s.carry(needed, newsroom.Published)
		begun := s.reporter.write(w.article("Bài đang dịch"))
		s.translator.send(pathOf(begun)+"/translate", url.Values{"to": {"en"}}).Is(http.StatusSeeOther)
		vi, en := s.translated("Bài đã đổi")
		changed := s.reporter.open(vi).Revision
		changed.Content.Body += "\n\nSố dự án tăng lên 99 trong năm 2031."
		_, err := w.newsroom.Save(ctx, s.reporter.actor, vi, changed.Number, changed.Content)
		w.must(err)
		s.carry(vi, newsroom.Published)
		page := s.translator.Get("/translations?view=queue").Is(http.StatusOK)
		var groups []string
		for _, h := range page.All(".group h2") {
			groups = append(groups, apptest.Text(h))
		}
		if got, want := strings.Join(groups, ", "), "Bản gốc có thay đổi quan trọng 1, Bản dịch dở của tôi 1, Cần dịch 1"; got != want {
			t.Errorf("the queue is %s, want %s", got, want)
		}
		if page.Attr("#why-critical .headline", "href") != pathOf(en)+"/side#behind-1" || page.Text("#why-critical .due") == "" {
			t.Error("a critical change leads nowhere, or has no hour")
		}
		if got := page.Text("#why-needed form button"); got != "Tiếng Anh" || page.Attr("#why-needed form", "action") != pathOf(needed)+"/translate" {
			t.Errorf("what is needed is begun with %q", got)
		}
		if got := page.Text("#why-draft li div"); !strings.Contains(got, "Bài đang dịch") || !strings.Contains(got, "chưa có tít") {
			t.Errorf("a translation without a headline is called %q", got)
		}
		if got := s.translator.Get("/translations?view=queue&lang=km").Is(http.StatusOK); got.Has(".group") {
			t.Error("another language has the same queue")
		}
		if got := reviser.Get("/translations?view=queue").Is(http.StatusOK); got.Has(".group") {
			t.Error("a reviser is asked for what nobody submitted")
		}
		row := s.chief.Get("/translations?track=outdated").Is(http.StatusOK)
		if got := coverage(row); !strings.Contains(got, "Bản dịch chưa cập nhật") || !strings.Contains(got, "đoạn thay đổi quan trọng") || row.Text(".coverage .due") == "" {
			t.Errorf("in the overview: %s", got)
		}
	})
}
