package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

// Only outlets that carry a story are said to have it, not all that it names.
func TestLinksLeadToOutletsThatCarryTheStory(t *testing.T) {
	w := oneWorld(t)
	w.desk.Readers = "http://:8080"
	s := w.hireStaff()
	paperChief := w.hire(w.paper, account.EditorInChief)
	content := w.article("Cửa khẩu")
	content.Outlets = append(content.Outlets, w.paperOutlet)
	ref := s.reporter.write(content)
	s.carry(ref, newsroom.Published)
	links := func() string { return s.reporter.Get(pathOf(ref)).Is(http.StatusOK).Text("#standing .readers") }
	if got := links(); got != "Xem trên Cổng Đối ngoại" {
		t.Errorf("before the newspaper has agreed: %q", got)
	}
	path := pathOf(ref) + "/outlets"
	form := formOf(paperChief.Get(path).Is(http.StatusOK), `[id="`+w.paperOutlet+`"] form`)
	form.Set("verb", "carry")
	paperChief.send(path+"/"+w.paperOutlet, form).Is(http.StatusSeeOther)
	if got := links(); got != "Xem trên Cổng Đối ngoạiXem trên Báo Đối ngoại" {
		t.Errorf("afterwards: %q", got)
	}
}

// An outlet's people carry a story, change their minds about when, and word it.
func TestOutletsPeopleDecideOnThePage(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	paperEditor := w.hireNamed("Biên tập Lan", w.paper, account.Editor)
	paperChief := w.hireNamed("Tổng Biên tập Minh", w.paper, account.EditorInChief)
	content := w.article("Vốn đầu tư 4 tỷ")
	content.Outlets = append(content.Outlets, w.paperOutlet)
	ref := s.reporter.write(content)
	s.carry(ref, newsroom.Approved)
	path := pathOf(ref) + "/outlets"
	row := "#" + w.paperOutlet
	press := func(p *person, form url.Values) *apptest.Answer {
		page := p.Get(path).Is(http.StatusOK)
		form.Set("hash", page.Attr(`[id="`+w.paperOutlet+`"] input[name="hash"]`, "value"))
		return p.send(path+"/"+w.paperOutlet, form)
	}
	at := func(p *person) string {
		return p.Get(path).Is(http.StatusOK).Attr(`[id="at-`+w.paperOutlet+`"]`, "value")
	}
	button := func(p *person) string {
		return p.Get(path).Is(http.StatusOK).Text(`[id="` + w.paperOutlet + `"] button[value="carry"]`)
	}

	if got := button(paperChief); got != "Nhận đăng" {
		t.Errorf("asked for the first time: %q", got)
	}
	press(paperChief, url.Values{"verb": {"carry"}, "at": {"2026-07-02T06:30"}}).LeadsTo(path + "?done=place_carry" + row)
	if got := button(paperChief) + " " + at(paperChief); got != "Đổi giờ đăng 2026-07-02T06:30" {
		t.Errorf("the time stands, and the form has %q", got)
	}
	if got := press(paperChief, url.Values{"verb": {"carry"}, "at": {"2026-06-02T06:30"}}).Is(http.StatusUnprocessableEntity).Attr(`[id="at-`+w.paperOutlet+`"]`, "value"); got != "2026-06-02T06:30" {
		t.Errorf("what was typed is %q now", got)
	}
	if got := press(paperEditor, url.Values{"verb": {"word"}}).Is(http.StatusUnprocessableEntity).Text(".wrong"); !strings.HasPrefix(got, "Chưa có chữ nào để gửi.") {
		t.Errorf("no words: %q", got)
	}

	press(paperChief, url.Values{"verb": {"word"}, "headline": {"Bốn tỷ vào tỉnh"}}).Is(http.StatusSeeOther)
	page := paperChief.Get(path).Is(http.StatusOK)
	if got := page.Text(".warning"); page.Has(`button[value="carry"]`) || !strings.Contains(got, "Ngoài bạn, hiện chưa có ai ở") || !strings.Contains(got, "Tổng Biên tập") {
		t.Errorf("to the proposer: %q", got)
	}
	deputy := w.hireNamed("Thư ký Nga", w.paper, account.ManagingEditor)
	if got := paperChief.Get(path).Text(".warning"); !strings.Contains(got, "Người duyệt được tít này: Thư ký Nga.") {
		t.Errorf("who could be asked: %q", got)
	}
	press(deputy, url.Values{"verb": {"carry"}, "at": {at(deputy)}}).Is(http.StatusSeeOther)

	// The story goes out, on the paper too, and is corrected.
	s.chief.do(ref, newsroom.Publish, newsroom.Ask{})
	press(paperChief, url.Values{"verb": {"carry"}, "at": {""}}).Is(http.StatusSeeOther)
	content.Headline = "Vốn đầu tư 4 triệu"
	_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, 1, content)
	w.must(err)
	s.carry(ref, newsroom.Approved)
	if got := s.chief.Get(pathOf(ref)).Text("main"); !strings.Contains(got, "Bốn tỷ vào tỉnh") {
		t.Errorf("the corrector does not see the outlet's headline: %q", got)
	}
	s.chief.press(ref, newsroom.Correct, url.Values{"reason": {"Ghi tỷ"}, "right": {"Triệu"}}).Is(http.StatusSeeOther)
	if got := paperChief.Get(path).Text(".warning"); !strings.HasPrefix(got, "Bài đã cải chính lúc") {
		t.Errorf("to the outlet: %q", got)
	}

	s.chief.do(ref, newsroom.Withdraw, newsroom.Ask{Reason: "Sai"})
	if got := s.chief.Get(path).Is(http.StatusOK).Text(".empty"); !strings.HasPrefix(got, "Bài đã gỡ trên mọi kênh.") {
		t.Errorf("after the withdrawal: %q", got)
	}
}

// Who is only asked to carry a story finds what they are asked about, and no
// other page of it.
func TestAnInvitedPersonSeesTheOfferAlone(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	guest := w.hireNamed("Thư ký Nga", w.paper, account.ManagingEditor)
	content := w.article("Vốn đầu tư 4 tỷ")
	content.Outlets = append(content.Outlets, w.paperOutlet)
	ref := s.reporter.write(content)
	s.carry(ref, newsroom.Approved)
	s.chief.do(ref, newsroom.Publish, newsroom.Ask{})
	content.Headline = "Bản nháp kín"
	_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, 1, content)
	w.must(err)

	offer := pathOf(ref) + "/outlets"
	if row := guest.Get("/").Is(http.StatusOK); row.Attr("#carry a.headline", "href") != offer || row.Text("#carry a.headline") != "Vốn đầu tư 4 tỷ" {
		t.Errorf("waiting: %s", row.Text("main"))
	}
	page := guest.Get(offer).Is(http.StatusOK)
	if got := page.Text("main"); !strings.Contains(got, "Vốn đầu tư 4 tỷ") || strings.Contains(got, "Bản nháp kín") || page.Has(`a[href="`+pathOf(ref)+`"]`) {
		t.Errorf("the offer: %s", got)
	}
	if got := guest.Get(pathOf(ref) + "/preview/" + w.paperOutlet).Is(http.StatusOK).Text("h1"); got != "Vốn đầu tư 4 tỷ" {
		t.Errorf("previewed is %q", got)
	}
	guest.Get(pathOf(ref) + "/preview/" + w.paperOutlet + "?unsaved=1").Is(http.StatusOK)
	for _, page := range []string{"", "/history", "/revisions/1", "/revisions/2", "/as-read", "/as-read/page?at=2026-07-01T10:00", "/replies", "/preview-links", "/pictures"} {
		guest.Get(pathOf(ref) + page).Is(http.StatusNotFound)
	}
	for path, form := range map[string]url.Values{
		"": {"base": {"2"}, "headline": {"Của tôi"}}, "/comments": {"text": {"Lời"}}, "/attend": {"page": {"p"}}, "/do": {"verb": {"withdraw"}, "reason": {"Sai"}},
	} {
		guest.send(pathOf(ref)+path, form).Is(http.StatusNotFound)
	}
	for _, page := range []string{"/editions", "/board", "/calendar", "/find?q=v%E1%BB%91n"} {
		if got := guest.Get(page).Is(http.StatusOK).Text("main"); strings.Contains(got, "Vốn đầu tư") {
			t.Errorf("%s shows it: %s", page, got)
		}
	}
}
