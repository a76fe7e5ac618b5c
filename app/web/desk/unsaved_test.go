package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/newsroom"
)

// What a person typed and did not save, beside what others have saved: as the
// pages say it without script.

func TestAPreviewShowsWhatTheButtonsAreAbout(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		s.carry(ref, newsroom.Approval)
		preview := pathOf(ref) + "/preview/" + w.portalOutlet
		shows := func(address, headline, note string) {
			t.Helper()
			page := s.chief.Get(address).Is(http.StatusOK)
			if got := page.Text("h1"); got != headline {
				t.Errorf("%s shows %q, want %q", address, got, headline)
			}
			if got := page.Text(".banner"); !strings.HasSuffix(got, note) {
				t.Errorf("%s says %q, want %q", address, got, note)
			}
		}
		s.chief.typing(ref, map[string]any{"base": "1", "headline": "Tổng Biên tập gõ dở", "body": "x"}).Is(http.StatusOK)
		shows(preview, "Bài", "Bản lưu số 1")
		shows(preview+"?unsaved=1", "Tổng Biên tập gõ dở", "Bản chưa lưu của bạn")

		// A colleague saves: the old draft must hide it nowhere.
		content := s.editor.open(ref).Revision.Content
		content.Headline = "Biên tập viên đã sửa"
		_, err := w.newsroom.Save(ctx, s.editor.actor, ref, 1, content)
		w.must(err)
		shows(preview, "Biên tập viên đã sửa", "Bản lưu số 2")
		shows(preview+"?unsaved=1", "Biên tập viên đã sửa", "bắt đầu từ bản lưu số 1 nên chưa có những gì lưu sau.")

		page := s.chief.Get(pathOf(ref)).Is(http.StatusOK)
		hash := page.Attr(`form[data-verb] input[name="hash"]`, "value")
		if want := s.chief.open(ref).Revision.Hash; hash != want {
			t.Errorf("the buttons are about %s, the preview shows %s", hash, want)
		}
		if got := page.Text("[data-pending]"); !strings.Contains(got, "áp dụng cho bản lưu số 2") {
			t.Errorf("beside the buttons stands %q", got)
		}
		if s.editor.Get(pathOf(ref)).Has("[data-pending]") {
			t.Error("somebody without unsaved text is warned of it")
		}
	})
}

func TestADraftOfWhoMayNotSaveAnyMoreCanBeCopied(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		s.reporter.typing(ref, map[string]any{"base": "1", "headline": "Bài", "body": "Câu chưa kịp lưu."}).Is(http.StatusOK)
		s.carry(ref, newsroom.Submitted)
		page := s.reporter.Get(pathOf(ref)).Is(http.StatusOK)
		if got := page.Text("[data-left] #left-body[readonly]"); got != "Câu chưa kịp lưu." {
			t.Errorf("the page shows %q", got)
		}
		if page.Has("[data-left] #left-headline") {
			t.Error("what was not changed is shown as if it were unsaved")
		}
		s.reporter.send(page.Attr("[data-left] form", "action"), url.Values{}).LeadsTo(pathOf(ref) + "?done=discarded")
		if s.reporter.Get(pathOf(ref)).Has("[data-left]") {
			t.Error("the draft is still there after it was discarded")
		}
		if s.editor.Get(pathOf(ref)).Has("[data-left]") {
			t.Error("a colleague sees it")
		}
	})
}

func TestDiscardingShowsWhatWouldBeLost(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, "reporter")
	ref := p.write(w.article("Bài"))
	body := p.open(ref).Revision.Content.Body
	p.typing(ref, map[string]any{
		"base": "1", "headline": "Bài", "standfirst": "Tóm tắt của Bài", "byline": "Phòng Tin", "section": w.economy,
		"outlets": []any{w.portalOutlet}, "body": body + strings.Repeat(" Một câu dài nữa.", 40),
	}).Is(http.StatusOK)
	page := p.Get(pathOf(ref)).Is(http.StatusOK)
	if n := len(page.All("[data-offer-stored] dt")); n != 1 {
		t.Errorf("%d parts are said to differ", n)
	}
	got := page.Text("[data-offer-stored] dd")
	if !strings.HasPrefix(got, "Một câu dài nữa.") || !strings.HasSuffix(got, " …") || len([]rune(got)) > 202 {
		t.Errorf("would be lost: %q", got)
	}
}

// The other tab's text is the answer, so that the person can choose.
func TestAutosaveOfASecondTabIsRefusedWithTheFirstTabsText(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, "reporter")
		ref := p.write(w.article("Bài"))
		p.typing(ref, map[string]any{"base": "1", "headline": "Bài", "body": "Thẻ thứ nhất."}).Is(http.StatusOK)
		stamp := p.Get(pathOf(ref)).Attr("[data-stamp]", "data-stamp")
		w.clock.Advance(time.Second)
		refused := p.typing(ref, map[string]any{"base": "1", "headline": "Bài", "body": "Thẻ thứ hai.", "stamp": ""}).Is(http.StatusConflict)
		for _, want := range []string{"Thẻ thứ nhất.", stamp, "Bài này đang mở ở thẻ khác, nội dung ở đó mới hơn."} {
			if !strings.Contains(refused.Body, want) {
				t.Errorf("%q is not in %s", want, refused.Body)
			}
		}
		p.typing(ref, map[string]any{"base": "1", "headline": "Bài", "body": "Thẻ thứ hai.", "stamp": stamp}).Is(http.StatusOK)
		if got := p.open(ref).Unsaved.Content.Body; got != "Thẻ thứ hai." {
			t.Errorf("kept %q", got)
		}
	})
}
