package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/mail"
	"doingoai/app/notice"
	"doingoai/app/outbox"
)

// withMail sets a mail server up.
func (w *world) withMail() *apptest.PostOffice {
	w.t.Helper()
	office := apptest.NewPostOffice(w.t)
	server, err := mail.New(mail.Options{Host: office.Host(), Port: office.Port(), Encryption: mail.None, From: "Tòa soạn <toasoan@example.vn>"})
	w.must(err)
	w.courier = w.courierWith(server)
	w.desk.Courier = w.courier
	return office
}

func TestAPersonChoosesHowTheyAreNotified(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		page := s.reporter.Get("/account/notices").Is(http.StatusOK)
		if got := page.Text("p.notice"); !strings.Contains(got, "chưa gửi được thư điện tử") {
			t.Errorf("without a mail server the page says %q", got)
		}
		if got := page.Text(`select[name="way_waiting"] option[selected]`); got != "Một thư mỗi ngày, lúc 07:30" {
			t.Errorf("what waits is told: %q", got)
		}
		if page.Has(`select[name="way_security"] option[value="off"]`) || !page.Has(`select[name="way_talk"] option[value="off"]`) {
			t.Error("security can be turned off, or conversations cannot")
		}
		form := url.Values{}
		for _, sort := range notice.Sorts {
			form.Set("way_"+string(sort), "desk")
		}
		s.reporter.send("/account/notices", form).Is(http.StatusSeeOther).LeadsTo("/account/notices?done=notice_ways")
		if got := s.reporter.Get("/account/notices").Text(`select[name="way_waiting"] option[selected]`); got != "Chỉ trong tòa soạn" {
			t.Errorf("what waits is told: %q", got)
		}
		form.Set("way_security", "off")
		s.reporter.send("/account/notices", form).Is(http.StatusUnprocessableEntity)
		w.withMail()
		if s.reporter.Get("/account/notices").Has("p.notice") {
			t.Error("there is a mail server now")
		}
	})
}

func TestAnAdministratorTriesTheMailServer(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	page := s.admin.Get("/site/mail").Is(http.StatusOK)
	if page.Has(`form[action="/site/mail/test"]`) || !strings.Contains(page.Text("main"), "Chưa cài đặt máy chủ thư.") {
		t.Errorf("without a mail server the page says %q", page.Text("main"))
	}
	if got := s.admin.send("/site/mail/test", nil).Is(http.StatusConflict).Text(".errors"); !strings.Contains(got, "Chưa cài đặt máy chủ thư.") {
		t.Errorf("trying says %q", got)
	}
	office := w.withMail()
	page = s.admin.Get("/site/mail").Is(http.StatusOK)
	if got := page.Text("dl.facts"); !strings.Contains(got, "toasoan@example.vn") || !strings.Contains(got, "Không mã hóa") {
		t.Errorf("the page says %q", got)
	}
	s.admin.send("/site/mail/test", nil).Is(http.StatusSeeOther).LeadsTo("/site/mail?done=mail_sent")
	if taken := office.Taken(); len(taken) != 1 || taken[0].To != s.admin.actor.Email {
		t.Errorf("sent: %+v", taken)
	}
	office.Close()
	if got := s.admin.send("/site/mail/test", nil).Is(http.StatusServiceUnavailable).Text(".errors"); !strings.Contains(got, "Máy chủ thư không trả lời") {
		t.Errorf("a dead server is told as %q", got)
	}
}

func TestWhatWasGivenUpCanBeTriedAgain(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		office := w.withMail()
		office.Refuse(550, "no")
		w.notify(s.reporter, s.reporter.write(w.article("Cầu mới")), notice.Moved, "notice.moved.approve", "")
		for range outbox.MaxTries {
			_, err := w.outbox.Deliver(ctx)
			w.must(err)
			w.clock.Advance(15 * time.Minute)
		}
		page := s.admin.Get("/site/mail").Is(http.StatusOK)
		if got := page.Text(".rows li"); !strings.Contains(got, "Máy chủ thư từ chối thư này (mã 5xx).Đã thử 8 lần") || strings.Contains(got, "@") {
			t.Errorf("what was given up says %q", got)
		}
		office.Refuse(0, "")
		before := w.entries()
		form := url.Values{"seq": {page.Attr(`input[name="seq"]`, "value")}, "handler": {page.Attr(`input[name="handler"]`, "value")}}
		s.admin.send("/site/mail/retry", form).Is(http.StatusSeeOther).LeadsTo("/site/mail?done=delivery_retried")
		_, err := w.outbox.Deliver(ctx)
		w.must(err)
		if len(office.Taken()) != 1 || s.admin.Get("/site/mail").Has(".rows") || w.entries() != before+1 {
			t.Errorf("%d messages arrived, %d entries", len(office.Taken()), w.entries()-before)
		}
		s.admin.send("/site/mail/retry", form).Is(http.StatusNotFound)
	})
}
