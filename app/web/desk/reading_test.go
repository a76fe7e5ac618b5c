package desk_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/store"
)

// Whoever decides reads first: what is asked, then the text as readers would
// see it, then the buttons. The form opens when it is asked for.
func TestWhoDecidesReadsFirst(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Cửa khẩu Hoa Lư")
		content.Body = "## Mục một\n\nMột đoạn **đậm**.\n\n![Cây cầu](media:" + w.picture(s.reporter) + ")"
		for state, want := range map[newsroom.State]struct {
			who   *person
			asked string
			chief string // the one button that stands out
		}{
			newsroom.Approval: {s.chief, "Bài đang chờ bạn quyết định: duyệt, trả lại hoặc không duyệt.", "Duyệt"},
			newsroom.Approved: {s.chief, "Bài đã duyệt, đang chờ bạn xuất bản hoặc hẹn giờ đăng.", "Xuất bản"},
		} {
			ref := s.reporter.write(content)
			s.carry(ref, state)
			page := want.who.Get(pathOf(ref)).Is(http.StatusOK)
			if page.Has("#editor") || page.Has(`[form="editor"]`) {
				t.Errorf("%s: the form is open", state)
			}
			if got := page.Text("#standing"); !strings.Contains(got, want.asked) {
				t.Errorf("%s: the page asks %q", state, got)
			}
			const shown = "#decide .primary, .text .primary" // and not those of a dialog that is closed
			if got := page.Text(shown); got != want.chief || len(page.All(shown)) != 1 {
				t.Errorf("%s: the chief button is %q", state, got)
			}
			if !inOrder(page.Body, `id="standing"`, `<article class="reading"`, `id="decide"`) || page.Attr("#standing .down a", "href") != "#decide" {
				t.Errorf("%s: what is asked, the text and the decision do not follow each other", state)
			}
			if page.Text(".reading h2") != "Mục một" || page.Text(".reading strong") != "đậm" || !page.Has(`.reading img[src^="/media/"][width]`) {
				t.Errorf("%s: the text does not read as readers would have it: %s", state, page.Text(".reading"))
			}
			edit := want.who.Get(pathOf(ref) + page.Attr(`#decide a.button`, "href")).Is(http.StatusOK)
			if !edit.Has("#editor") || edit.Has(`button[value="approve"], button[value="publish"]`) {
				t.Errorf("%s: the form decides about a text that is not in it", state)
			}
		}
		draft := s.reporter.write(content)
		if !s.reporter.Get(pathOf(draft)).Is(http.StatusOK).Has("#editor") {
			t.Error("a writer does not find the form")
		}
	})
}

// inOrder says whether parts of a text follow each other, each once met.
func inOrder(text string, parts ...string) bool {
	for _, part := range parts {
		_, rest, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = rest
	}
	return true
}

func TestWhoWroteIsToldThatSomebodyElseApproves(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.carry(ref, newsroom.Approval)
	_, err := w.newsroom.Save(ctx, s.chief.actor, ref, 1, w.article("Bài đã sửa"))
	w.must(err)
	page := s.chief.Get(pathOf(ref)).Is(http.StatusOK)
	if got := page.Text("#standing"); !strings.Contains(got, "Bạn đã viết hoặc sửa bản này, nên cần một người khác duyệt.") || page.Has(`button[value="approve"]`) {
		t.Errorf("the page says %q", got)
	}
}

// Saving what is approved or scheduled undoes that: it is said before and after.
func TestSavingSaysWhatItUndoes(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		for state, want := range map[newsroom.State]struct{ before, after string }{
			newsroom.Approved:  {"Lưu thì bài phải được duyệt lại.", "Đã lưu. Bài trở về Chờ duyệt và phải được duyệt lại."},
			newsroom.Scheduled: {"Lưu sẽ bỏ lịch đăng và bài phải được duyệt lại.", "Đã lưu. Lịch đăng đã bỏ; bài trở về Chờ duyệt và phải được duyệt lại."},
		} {
			ref := s.reporter.write(w.article("Bài " + string(state)))
			s.carry(ref, newsroom.Approved)
			if state == newsroom.Scheduled {
				s.managing.press(ref, newsroom.Schedule, url.Values{"publish_at": {"2026-07-02T06:30"}}).Is(http.StatusSeeOther)
			}
			page := s.editor.Get(pathOf(ref) + "?edit=1").Is(http.StatusOK)
			if got := page.Text("#saving"); got != want.before || page.Attr("[data-save]", "aria-describedby") != "saving" {
				t.Errorf("%s: beside the button stands %q", state, got)
			}
			if page.Has("[data-save].primary") {
				t.Errorf("%s: saving is the chief button", state)
			}
			form := formOf(page, "#editor")
			form.Set("body", "Sửa một chữ.")
			after := s.editor.Get(s.editor.send(pathOf(ref), form).Is(http.StatusSeeOther).Header.Get("Location")).Is(http.StatusOK)
			if got := after.Text(".flash"); got != want.after {
				t.Errorf("%s: afterwards the page says %q", state, got)
			}
			if got := s.editor.open(ref).State; got != newsroom.Approval {
				t.Errorf("%s became %s", state, got)
			}
		}
		ref := s.reporter.write(w.article("Đã đăng"))
		s.carry(ref, newsroom.Published)
		form := formOf(s.reporter.Get(pathOf(ref)), "#editor")
		form.Set("body", "Bản mới.")
		after := s.reporter.Get(s.reporter.send(pathOf(ref), form).Is(http.StatusSeeOther).Header.Get("Location"))
		if got := after.Text(".flash"); !strings.HasPrefix(got, "Đã lưu thành bản nháp mới.") {
			t.Errorf("over what readers have: %q", got)
		}
	})
}

func TestEveryVerbSaysWhatHappenedAndWhatIsNext(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.desk.Readers = "http://:8080"
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Cửa khẩu"))
		for _, c := range []struct {
			who  *person
			verb newsroom.Verb
			ask  url.Values
			says string
		}{
			{s.reporter, newsroom.Submit, nil, "Đã gửi duyệt. Bài đang chờ biên tập viên nhận."},
			{s.editor, newsroom.Return, url.Values{"reason": {"Thiếu nguồn"}}, "Đã trả lại. Bài đang chờ người viết sửa rồi gửi duyệt lại."},
			{s.reporter, newsroom.Submit, nil, "Đã gửi duyệt. Bài đang chờ biên tập viên nhận."},
			{s.editor, newsroom.Take, nil, "Bạn đã nhận biên tập bài này. Bạn đang biên tập bài này. Xong thì chuyển bước tiếp theo hoặc trả lại."},
			{s.editor, newsroom.Pass, nil, "Đã chuyển. Bài đang ở bước Thư ký tòa soạn."},
			{s.managing, newsroom.Pass, nil, "Đã chuyển. Bài đang chờ người duyệt quyết định."},
			{s.chief, newsroom.Approve, nil, "Đã duyệt. Bài đã duyệt, đang chờ bạn xuất bản hoặc hẹn giờ đăng."},
			{s.chief, newsroom.Publish, nil, "Đã xuất bản. Xem trên Cổng Đối ngoại"},
			{s.chief, newsroom.Withdraw, url.Values{"reason": {"Theo yêu cầu"}}, "Đã gỡ bài khỏi trang công khai. Ai mở địa chỉ cũ sẽ thấy thông báo bài đã gỡ."},
			{s.chief, newsroom.Archive, nil, "Đã đưa vào lưu trữ. Bài đã khép lại, không sửa được nữa."},
		} {
			page := c.who.Get(c.who.press(ref, c.verb, c.ask).Is(http.StatusSeeOther).Header.Get("Location")).Is(http.StatusOK)
			if got := page.Text(".flash"); got != c.says || !page.Has(".flash[autofocus]") {
				t.Errorf("%s: %q, want %q", c.verb, got, c.says)
			}
			if c.verb == newsroom.Publish {
				want := "http://portal.localhost:8080/vi/-/" + ref.Item
				if got := page.Attr(".flash a", "href"); got != want || page.Attr("#standing a[href^='http']", "href") != want {
					t.Errorf("readers' page is said to be %q", got)
				}
			}
		}
		if s.chief.Get(pathOf(ref) + "?done=publish").Has(".flash") {
			t.Error("an address tells of something that did not just happen")
		}
	})
}

// The rail says who has a text in hand.
func TestTheWriterSeesWhoTookTheText(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.carry(ref, newsroom.Submitted)
	if got := s.reporter.Get(pathOf(ref)).Text("#standing"); !strings.Contains(got, "Bài đang chờ biên tập viên nhận.") {
		t.Errorf("before: %q", got)
	}
	s.editor.do(ref, newsroom.Take, newsroom.Ask{})
	if got := s.reporter.Get(pathOf(ref)).Text("#standing"); !strings.Contains(got, "Biên tập Bình nhận biên tập, 08:00, 01/07/2026") {
		t.Errorf("after: %q", got)
	}
	if href := s.reporter.Get("/").Attr(`main a[href="/editions?mine=1"]`, "href"); s.reporter.Get(href).Text(".rows a.headline") != "Bài" {
		t.Error("the first page does not lead to the writer's own texts")
	}
}

func TestWhatWasSavedIsSaidWhenTheVerbIsRefused(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(newsroom.Content{Headline: "Chỉ có tít"})
	page := s.reporter.press(ref, newsroom.Submit, nil).Is(http.StatusUnprocessableEntity)
	if got := page.Text(".errors p"); got != "Đã lưu, nhưng chưa gửi duyệt được. Còn thiếu:" || !page.Has(".errors[autofocus]") {
		t.Errorf("the page says %q", got)
	}
	ready := s.reporter.write(w.article("Bài"))
	s.carry(ready, newsroom.Approved)
	page = s.chief.press(ready, newsroom.Schedule, url.Values{"publish_at": {"mai"}}).Is(http.StatusUnprocessableEntity)
	if got := page.Text(".errors p"); got != "Chưa hẹn giờ được. Hãy xem lại giờ đăng và những chỗ được đánh dấu." {
		t.Errorf("a refused time says %q", got)
	}
	page = s.chief.send("/account/password", url.Values{"old": {password}, "new": {"ngắn"}}).Is(http.StatusUnprocessableEntity)
	if got := page.Text(".errors p"); got != "Chưa đặt được mật khẩu mới. Hãy xem những chỗ được đánh dấu." {
		t.Errorf("a refused password says %q", got)
	}
}

func TestArchivingIsLookedAtTwice(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.carry(ref, newsroom.Approval)
	s.chief.do(ref, newsroom.Reject, newsroom.Ask{Reason: "Không phù hợp"})
	page := s.chief.Get(pathOf(ref)).Is(http.StatusOK)
	if got := page.Text(`details:has(button[value="archive"])`); !strings.HasPrefix(got, "Đưa vào lưu trữ") || !strings.Contains(got, "Việc này không hoàn tác được.") {
		t.Errorf("archiving says %q", got)
	}
}

func TestWhoMayNotUploadSeesNoPictureField(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Contributor)
		ref := p.write(w.article("Bài"))
		page := p.Get(pathOf(ref)).Is(http.StatusOK)
		if page.Has(`input[type="file"], #f-lead_alt`) || !strings.HasPrefix(page.Text("#f-lead_file"), "Vai trò của bạn không tải ảnh lên được.") {
			t.Errorf("the picture's place says %q", page.Text("#f-picture"))
		}
		var file bytes.Buffer
		w.must(png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 4, 4))))
		form := formOf(page, "#editor")
		form.Set("body", "Câu vừa gõ.")
		refused := p.withFile(ref, form, "cầu.png", file.Bytes()).Is(http.StatusUnprocessableEntity)
		if got := fieldMessage(refused, "lead_file"); !strings.HasPrefix(got, "Vai trò của bạn không tải ảnh lên được nên chưa lưu.") {
			t.Errorf("the field says %q", got)
		}
		again := formOf(refused, "#editor")
		if again.Get("body") != "Câu vừa gõ." {
			t.Error("what was typed is gone")
		}
		p.send(pathOf(ref), again).Is(http.StatusSeeOther)
	})
}

func TestTheSourceStandsBesideTheTextAsItReads(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	content := w.article("Cửa khẩu")
	content.Kicker, content.Body = "Biên giới", "## Mục một\n\nMột đoạn **đậm**."
	content.Lead = newsroom.Lead{Media: w.picture(s.reporter), Alt: "Cây cầu", Caption: "Cầu mới", Credit: "Phòng Tin"}
	ref := s.reporter.write(content)
	english, err := w.newsroom.Translate(ctx, s.translator.actor, ref, "en")
	w.must(err)
	page := s.translator.Get(pathOf(english)).Is(http.StatusOK)
	source := page.Text("#editor .pair:has(#f-body) .source")
	for _, want := range []string{"Bản gốc tiếng Việt, bản lưu số 1", "Biên giới", "Cửa khẩu", content.Standfirst, "Cây cầu", "Cầu mới", "Phòng Tin"} {
		if !strings.Contains(source, want) {
			t.Errorf("the source lacks %q: %s", want, source)
		}
	}
	if page.Text(".source h2:not([id=source-name])") != "Mục một" || strings.Contains(source, "**") {
		t.Error("the source is shown as it is stored")
	}
}

func TestAnOlderTextIsTakenBackIntoTheForm(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		changed := w.article("Bài đã đổi")
		_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, 1, changed)
		w.must(err)
		href := s.reporter.Get(pathOf(ref)).Is(http.StatusOK).Attr(".history a[href^='?take=']", "href")
		page := s.reporter.Get(pathOf(ref) + href).Is(http.StatusOK)
		form := formOf(page, "#editor")
		if form.Get("headline") != "Bài" || form.Get("base") != "2" || !strings.Contains(page.Text(".flash"), "bản lưu số 1") {
			t.Errorf("the form holds %q over %s, and the page says %q", form.Get("headline"), form.Get("base"), page.Text(".flash"))
		}
		s.reporter.send(pathOf(ref), form).Is(http.StatusSeeOther)
		if sheet := s.reporter.open(ref); sheet.Head != 3 || sheet.Headline != "Bài" {
			t.Errorf("revision %d says %q", sheet.Head, sheet.Headline)
		}
		for _, bad := range []string{"0", "4", "abc"} {
			s.reporter.Get(pathOf(ref) + "?take=" + bad).Is(http.StatusBadRequest)
		}
	})
}

// A preview of what was never published tells of no update.
func TestAPreviewOfSomethingNewWasNeverUpdated(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	page := s.editor.Get(pathOf(ref) + "/preview/" + w.portalOutlet).Is(http.StatusOK)
	if page.Has(".updated") {
		t.Errorf("it says %q", page.Text(".updated"))
	}
	doc, err := w.newsroom.Preview(ctx, s.editor.actor, ref, w.article("Bài"))
	w.must(err)
	if !doc.Updated.Equal(doc.Published) || doc.Updated != store.Time(store.Micros(doc.Updated)) {
		t.Errorf("published %v, updated %v", doc.Published, doc.Updated)
	}
}

// Those for whom no article ever waits are told so.
func TestWhoHasNoArticlesIsToldWhereTheirWorkIs(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	for who, href := range map[*person]string{s.admin: "/people", s.auditor: "/audit"} {
		page := who.Get("/").Is(http.StatusOK)
		if got := page.Text(".empty"); strings.Contains(got, "bản nháp của bạn") || !page.Has(`.empty a[href="`+href+`"]`) {
			t.Errorf("%s reads %q", who.actor.Name, got)
		}
	}
}

func TestALetterLeadsToThePageItIsAbout(t *testing.T) {
	w := oneWorld(t)
	w.desk.Readers = "https://"
	editor := w.hire(w.portal, account.Editor)
	w.report("maphieu0001", "Sai số", newsroom.Ref{})
	if got := editor.Get("/letters").Is(http.StatusOK).Attr(".rows a", "href"); got != "https://portal.localhost/vi/kinh-te/bai" {
		t.Errorf("it leads to %q", got)
	}
}
