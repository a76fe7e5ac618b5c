package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"

	dom "golang.org/x/net/html"
)

// press presses a verb's button as the page offers it, with whatever else the
// form asks; it fails the test when the page has no such button.
func (p *person) press(ref newsroom.Ref, verb newsroom.Verb, more url.Values) *apptest.Answer {
	p.w.t.Helper()
	page := p.Get(pathOf(ref)).Is(http.StatusOK)
	button := `button[name="verb"][value="` + string(verb) + `"]`
	if !page.Has(button) {
		p.w.t.Fatalf("%s is not offered %s\n%s", p.actor.Name, verb, page.Text(".rail"))
	}
	form, path := url.Values{}, pathOf(ref)+"/do"
	if to := page.Attr(button, "formaction"); to != "" {
		path = to
	}
	if page.Attr(button, "form") == "editor" { // with its text
		form = formOf(page, "#editor")
	} else {
		form.Set("hash", page.Attr(`form:has(`+button+`) input[name="hash"]`, "value"))
	}
	for _, q := range page.All(`[name^="answer-"]`) {
		form.Set(apptest.Attr(q, "name"), "yes")
	}
	form.Set("verb", string(verb))
	for name, values := range more {
		form[name] = values
	}
	return p.send(path, form)
}

// formOf reads the fields of a form as a browser would send them.
func formOf(page *apptest.Answer, form string) url.Values {
	values := url.Values{}
	for _, n := range page.All(form + " input, " + form + " textarea, " + form + " option[selected]") {
		name, kind := apptest.Attr(n, "name"), apptest.Attr(n, "type")
		switch {
		case n.Data == "option":
			name = apptest.Attr(n.Parent, "name")
			values.Set(name, apptest.Attr(n, "value"))
		case n.Data == "textarea":
			values.Set(name, apptest.RawText(n))
		case kind == "file", kind == "checkbox" && !slices.ContainsFunc(n.Attr, func(a dom.Attribute) bool { return a.Key == "checked" }):
		default:
			values.Add(name, apptest.Attr(n, "value"))
		}
	}
	return values
}

// offered are the verbs a page has buttons for, but for the moments that can
// be set at any time.
func (p *person) offered(ref newsroom.Ref) []string {
	p.w.t.Helper()
	var verbs []string
	for _, b := range p.Get(pathOf(ref)).Is(http.StatusOK).All(`.rail button[name="verb"]`) {
		if verb := newsroom.Verb(apptest.Attr(b, "value")); verb != newsroom.SetEmbargo && verb != newsroom.SetExpiry {
			verbs = append(verbs, string(verb))
		}
	}
	slices.Sort(verbs)
	return verbs
}

func TestAnArticleGoesItsWayByTheRightPersons(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Cửa khẩu Hoa Lư"))
		state := func(want newsroom.State, live newsroom.Live) {
			t.Helper()
			if sheet := s.auditor.open(ref); sheet.State != want || sheet.Live != live {
				t.Fatalf("the article is %s and %q, want %s and %q", sheet.State, sheet.Live, want, live)
			}
		}
		done := func(verb newsroom.Verb) string { return pathOf(ref) + "?done=" + string(verb) }

		s.reporter.press(ref, newsroom.Submit, url.Values{"headline": {"Cửa khẩu Hoa Lư mở rộng"}}).LeadsTo(done(newsroom.Submit))
		state(newsroom.Submitted, newsroom.NeverLive)
		if got := s.auditor.open(ref).Headline; got != "Cửa khẩu Hoa Lư mở rộng" {
			t.Errorf("what was in the form was not saved first: %q", got)
		}
		s.editor.press(ref, newsroom.Take, nil).LeadsTo(done(newsroom.Take))
		s.editor.press(ref, newsroom.Pass, nil).LeadsTo(done(newsroom.Pass))
		state(newsroom.DeskReview, newsroom.NeverLive)
		s.managing.press(ref, newsroom.Pass, nil).LeadsTo(done(newsroom.Pass))
		s.chief.press(ref, newsroom.Approve, nil).LeadsTo(done(newsroom.Approve))
		state(newsroom.Approved, newsroom.NeverLive)
		s.managing.press(ref, newsroom.Schedule, url.Values{"publish_at": {"2026-07-02T06:30"}}).LeadsTo(done(newsroom.Schedule))
		state(newsroom.Scheduled, newsroom.NeverLive)
		if got := s.chief.Get(pathOf(ref)).Text(".rail"); !strings.Contains(got, "Sẽ đăng 06:30, 02/07/2026") {
			t.Errorf("the page does not say when: %q", got)
		}
		s.chief.press(ref, newsroom.Unschedule, nil).LeadsTo(done(newsroom.Unschedule))
		s.chief.press(ref, newsroom.Publish, nil).LeadsTo(done(newsroom.Publish))
		state(newsroom.Published, newsroom.IsLive)
		s.chief.press(ref, newsroom.Withdraw, url.Values{"reason": {"Theo yêu cầu"}, "note": {"Bài được gỡ để kiểm tra."}}).LeadsTo(done(newsroom.Withdraw))
		state(newsroom.Withdrawn, newsroom.WasLive)
		s.chief.press(ref, newsroom.Archive, nil).LeadsTo(done(newsroom.Archive))
		state(newsroom.Archived, newsroom.WasLive)

		page := s.auditor.Get(pathOf(ref)).Is(http.StatusOK)
		for _, want := range []string{"Tạo bài", "Gửi duyệt", "Nhận biên tập", "Chuyển bước tiếp theo", "Duyệt", "Hẹn giờ đăng", "Bỏ hẹn giờ", "Xuất bản", "Gỡ bài", "Theo yêu cầu", "Đưa vào lưu trữ"} {
			if !strings.Contains(page.Text("main"), want) {
				t.Errorf("the article's trail lacks %q", want)
			}
		}
	})
}

func TestThePageOffersWhatMayBeDoneAndNothingElse(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		for _, c := range []struct {
			to      newsroom.State
			offered map[*person][]string
		}{
			{newsroom.Draft, map[*person][]string{s.reporter: {"submit"}, s.editor: {"submit"}, s.chief: nil, s.auditor: nil}},
			{newsroom.Submitted, map[*person][]string{s.reporter: nil, s.editor: {"return", "take"}, s.managing: {"pass", "reject", "return", "urgent"}, s.chief: {"pass", "pass", "reject", "return", "urgent"}}},
			{newsroom.Editing, map[*person][]string{s.reporter: nil, s.editor: {"pass", "return"}, s.managing: {"pass", "reject", "return", "urgent"}}},
			{newsroom.Approval, map[*person][]string{s.editor: {"return"}, s.managing: {"reject", "return", "urgent"}, s.chief: {"approve", "reject", "return", "urgent"}}},
			{newsroom.Approved, map[*person][]string{s.editor: nil, s.managing: {"schedule"}, s.chief: {"publish", "schedule"}}},
			{newsroom.Published, map[*person][]string{s.reporter: nil, s.managing: nil, s.chief: {"withdraw"}, s.auditor: nil}},
		} {
			if c.to != newsroom.Draft {
				ref = s.reporter.write(w.article("Bài tới " + string(c.to)))
				s.carry(ref, c.to)
			}
			for who, want := range c.offered {
				if got := who.offered(ref); !slices.Equal(got, want) {
					t.Errorf("%s: %s is offered %q, want %q", c.to, who.actor.Name, got, want)
				}
			}
		}
	})
}

func TestAWrongVerbIsRefusedInWords(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		author := w.hire(w.portal, account.Editor, account.EditorInChief, account.ManagingEditor)
		draft := s.reporter.write(w.article("Nháp"))
		waiting := author.write(w.article("Tự duyệt"))
		author.do(waiting, newsroom.Submit, newsroom.Ask{})
		author.do(waiting, newsroom.Take, newsroom.Ask{})
		author.do(waiting, newsroom.Pass, newsroom.Ask{To: "desk"})
		author.do(waiting, newsroom.Pass, newsroom.Ask{})
		for _, c := range []struct {
			name   string
			who    *person
			ref    newsroom.Ref
			verb   string
			status int
			vi, en string
		}{
			{"a reporter publishes", s.reporter, draft, "publish", 403, "Vai trò của bạn không được làm việc này.", "Your role may not do this."},
			{"the administrator's absence", s.editor, draft, "approve", 403, "Vai trò của bạn không được làm việc này.", "Your role may not do this."},
			{"too early", s.chief, draft, "publish", 409, "Bài còn là bản nháp nên chưa làm được việc này.", "The article is still a draft, so this cannot be done yet."},
			{"one's own words", author, waiting, "approve", 403, "Bạn đã viết hoặc sửa bản này nên không thể tự duyệt. Hãy nhờ người duyệt khác.", "You wrote or changed this version, so you cannot approve it. Ask another approver."},
		} {
			for lang, want := range map[string]string{"vi": c.vi, "en": c.en} {
				w.must(w.accounts.SetLocale(ctx, c.who.actor, lang))
				before := s.auditor.open(c.ref).State
				page := c.who.send(pathOf(c.ref)+"/do", url.Values{"verb": {c.verb}, "hash": {s.auditor.open(c.ref).Revision.Hash}}).Is(c.status)
				if got := page.Text(".errors"); got != want {
					t.Errorf("%s: %q, want %q", c.name, got, want)
				}
				if now := s.auditor.open(c.ref).State; now != before {
					t.Errorf("%s: the article is %s now", c.name, now)
				}
			}
		}
		s.chief.send(pathOf(draft)+"/do", url.Values{"verb": {"fly"}}).Is(http.StatusNotFound)
	})
}

func TestDecidingAboutAnOlderVersionIsRefused(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		s.carry(ref, newsroom.Approval)
		looked := s.chief.open(ref).Revision.Hash
		_, err := w.newsroom.Save(ctx, s.editor.actor, ref, 1, w.article("Bài đã đổi"))
		w.must(err)
		page := s.chief.send(pathOf(ref)+"/do", url.Values{"verb": {"approve"}, "hash": {looked}}).Is(http.StatusConflict)
		if got := page.Text(".errors"); got != "Bài vừa được lưu bản mới. Hãy đọc bản mới rồi quyết định." {
			t.Errorf("the page says %q", got)
		}
		if !strings.Contains(page.Body, "Bài đã đổi") {
			t.Error("the newer text is not shown")
		}
	})
}

func TestAReasonIsAskedAndKept(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		for _, c := range []struct {
			verb  newsroom.Verb
			state newsroom.State
			who   *person
		}{
			{newsroom.Return, newsroom.Editing, s.editor},
			{newsroom.Reject, newsroom.Approval, s.chief},
			{newsroom.Withdraw, newsroom.Published, s.chief},
		} {
			ref := s.reporter.write(w.article("Bài"))
			s.carry(ref, c.state)
			page := c.who.press(ref, c.verb, url.Values{"reason": {"   "}, "note": {"Lời nhắn đã gõ"}}).Is(http.StatusUnprocessableEntity)
			if got := page.Text(`details[open] .wrong`); got != "Hãy ghi lý do." {
				t.Errorf("%s: the form says %q", c.verb, got)
			}
			link := "#errors a"
			if label := page.Text(`label[for="reason-` + string(c.verb) + `"]`); page.Text(link) != label || !page.Has(page.Attr(link, "href")) {
				t.Errorf("%s: the summary names %q and leads to %q; the field is called %q", c.verb, page.Text(link), page.Attr(link, "href"), label)
			}
			if c.verb == newsroom.Withdraw && page.Text("#f-note") != "Lời nhắn đã gõ" {
				t.Error("the explanation for readers that was typed is gone")
			}
			long := strings.Repeat("dài ", 400)
			page = c.who.press(ref, c.verb, url.Values{"reason": {long}}).Is(http.StatusUnprocessableEntity)
			if got := page.Text(`details[open] .wrong`); got != "Nội dung quá dài, tối đa 1000 ký tự." || !strings.Contains(page.Text("#reason-"+string(c.verb)), "dài dài") {
				t.Errorf("%s: a long reason: %q", c.verb, got)
			}
			c.who.press(ref, c.verb, url.Values{"reason": {"Cần sửa số liệu <b>ngay</b>"}}).Is(http.StatusSeeOther)
			if got := s.reporter.Get(pathOf(ref)).Text(".rail .reason"); !strings.Contains(got, "Cần sửa số liệu <b>ngay</b>") {
				t.Errorf("%s: the writer reads %q", c.verb, got)
			}
		}
	})
}

func TestAScheduleAsksForATimeToCome(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.carry(ref, newsroom.Approved)
	for at, want := range map[string]string{
		"":                 "Hãy chọn ngày, giờ đăng.",
		"mai":              "Hãy nhập cả ngày và giờ, ví dụ 24/11/2026 08:30.",
		"0001-01-01T00:00": "Hãy nhập cả ngày và giờ, ví dụ 24/11/2026 08:30.",
		"2026-06-30T09:00": "Giờ đăng phải ở sau thời điểm hiện tại.",
	} {
		page := s.managing.press(ref, newsroom.Schedule, url.Values{"publish_at": {at}}).Is(http.StatusUnprocessableEntity)
		if got := page.Text("details[open] .wrong"); got != want {
			t.Errorf("%q: %q, want %q", at, got, want)
		}
		if got := page.Attr("#f-publish_at", "value"); strings.HasPrefix(at, "2026") && got != at {
			t.Errorf("%q was asked for, and %q is in the field", at, got)
		}
	}
}

func TestACorrectionIsPublishedWithItsNote(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài"))
		s.carry(ref, newsroom.Published)
		_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, 1, w.article("Bài, số liệu đúng"))
		w.must(err)
		s.carry(ref, newsroom.Approved)
		s.chief.press(ref, newsroom.Correct, url.Values{"reason": {"Bài trước ghi tỷ."}, "right": {"Đúng là triệu."}}).Is(http.StatusSeeOther)
		if sheet := s.chief.open(ref); sheet.State != newsroom.Corrected || sheet.LiveRevision != 2 {
			t.Errorf("the article is %s, readers have revision %d", sheet.State, sheet.LiveRevision)
		}
	})
}
