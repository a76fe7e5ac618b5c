package desk_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/media"
	"doingoai/app/newsroom"
)

// drawing is a picture file; other sizes are other pictures.
func drawing(t testing.TB, width int) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewRGBA(image.Rect(0, 0, width, 30))); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestAPictureIsBroughtDescribedAndFoundAgain(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Editor)
		answer := p.upload("/media", url.Values{"agency": {w.portal}}, "file", "Cửa khẩu.png", drawing(t, 50)).Is(http.StatusSeeOther)
		page := p.Get(answer.Header.Get("Location")).Is(http.StatusOK)
		if page.Text("h1") != "Cửa khẩu.png" || !page.Has(".flash") {
			t.Errorf("the page of a new picture: %s", page.Text("main"))
		}
		path := "/media/" + hashIn(page.Attr("[data-motif]", "src"))

		fields := formOf(page, `form[action$="/words"]`)
		fields.Set("alt_vi", "Cổng cửa khẩu")
		fields.Set("focus_x", "25")
		p.send(path+"/words", fields).LeadsTo(path + "?done=media_described")
		fields.Set("alt_vi", "Chữ của người đến sau")
		late := p.send(path+"/words", fields).Is(http.StatusConflict)
		if late.Text("#f-alt_vi") != "Chữ của người đến sau" || !late.Has(".errors") {
			t.Errorf("what came late is lost: %s", late.Text("main"))
		}
		page = p.Get(path)
		if got := page.Attr("#f-focus_x", "value"); got != "25" || page.Text("h1") != "Cổng cửa khẩu" {
			t.Errorf("focus %s, title %s", got, page.Text("h1"))
		}

		fields = formOf(page, `form[action$="/rights"]`)
		fields.Set("licence", "cc_by")
		refused := p.send(path+"/rights", fields).Is(http.StatusUnprocessableEntity)
		if fieldMessage(refused, "credit") != "Giấy phép này đòi hỏi ghi nguồn." || !refused.Has(`option[value="cc_by"][selected]`) {
			t.Errorf("refused: %s", refused.Text("main"))
		}
		fields.Set("credit", "Sở Ngoại vụ")
		fields.Set("expires", morning.AddDate(0, 0, 5).Format(time.DateOnly))
		p.send(path+"/rights", fields).LeadsTo(path + "?done=media_licensed")
		if got := p.Get(path).Attr("#f-expires", "value"); got != fields.Get("expires") {
			t.Errorf("the last day is %s", got)
		}

		for query, want := range map[string]bool{
			"": true, "q=cong+cua": true, "q=so+ngoai+vu": true, "q=khong+co": false, "expiring=1": true, "unused=1": true,
			"agency=" + w.paper: false, "q=cua&expiring=1&unused=1&agency=" + w.portal: true,
		} {
			if list := p.Get("/media?" + query).Is(http.StatusOK); list.Has(`.shelf a[href="`+path+`"]`) != want {
				t.Errorf("%q: %s", query, list.Text("main"))
			}
		}
		if w.hire(w.paper, account.Editor).Get("/media").Has(".shelf") {
			t.Error("another agency sees what is not shared")
		}
	})
}

func hashIn(src string) string { return src[len("/media/"):][:64] }

func TestAFileThatIsNoneIsToldAtItsField(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"no file":     {nil, "Hãy chọn một tệp."},
		"a Word file": {[]byte("PK\x03\x04 đây là Word"), "Tệp bị hỏng hoặc chưa tải lên hết. Hãy mở tệp trên máy, lưu lại rồi tải lên lần nữa."},
	} {
		page := p.upload("/media", url.Values{"agency": {w.portal}}, "file", "x.docx", c.file).Is(http.StatusUnprocessableEntity)
		if got := fieldMessage(page, "file"); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	p.upload("/media", url.Values{"agency": {w.paper}}, "file", "x.png", drawing(t, 50)).Is(http.StatusForbidden)
}

func TestThePageOfAPictureSaysWhereItIsUsed(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		picture := w.picture(s.reporter)
		content := w.article("Bài có ảnh")
		content.Lead = newsroom.Lead{Media: picture, Alt: "Cầu", Caption: "Cầu", Credit: "Văn phòng"}
		ref := s.reporter.write(content)
		editor := w.hire(w.portal, account.Editor)
		path := "/media/" + picture
		page := editor.Get(path)
		if !page.Has(`section[aria-labelledby="uses"] a[href="`+pathOf(ref)+`"]`) || page.Has(`form[action$="/delete"]`) {
			t.Errorf("a draft uses it: %s", page.Text("main"))
		}
		refused := editor.send(path+"/delete", nil).Is(http.StatusConflict)
		if !refused.Has(`a[href="` + pathOf(ref) + `"]`) {
			t.Error("the refusal does not list the texts")
		}
		s.carry(ref, newsroom.Published)
		if !strings.Contains(editor.Get(path).Text("main"), "đang xuất bản với tệp này") {
			t.Error("it does not say that readers have it")
		}

		free := editor.upload("/media", url.Values{"agency": {w.portal}}, "file", "y.png", drawing(t, 51)).Header.Get("Location")[:len(path)]
		editor.send(free+"/delete", nil).LeadsTo(free + "?done=media_deleted")
		if editor.Get("/media").Has(`.shelf a[href="` + free + `"]`) {
			t.Error("what was deleted is still on the shelf")
		}
		editor.send(free+"/restore", nil).LeadsTo(free + "?done=media_restored")
	})
}

// What may not be used is refused where it is chosen, and what may no longer
// be published where it is sent on; the text is kept.
func TestAPictureWhoseRightsAreOverReachesNoReader(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		picture := w.picture(s.reporter)
		content := w.article("Bài có ảnh")
		content.Lead = newsroom.Lead{Media: picture, Alt: "Cầu", Caption: "Cầu", Credit: "Văn phòng"}
		before := s.reporter.write(content)
		w.must(w.media.SetRights(ctx, s.reporter.actor, picture, 1, media.Rights{Expires: morning.Add(time.Hour)}))
		w.clock.Advance(2 * time.Hour)

		fields := formOf(s.reporter.Get(pathOf(before)), "#editor")
		fields.Set("body", "Sửa chữ thôi.")
		s.reporter.send(pathOf(before), fields).Is(http.StatusSeeOther) // what was in it stays
		fields = formOf(s.reporter.Get(pathOf(before)), "#editor")
		fields.Set("verb", "submit")
		refused := s.reporter.send(pathOf(before)+"/do", fields).Is(http.StatusUnprocessableEntity)
		if got := fieldMessage(refused, "lead_media"); !strings.Contains(got, "đã hết") {
			t.Errorf("on its way to readers: %q", got)
		}

		after := s.reporter.write(w.article("Bài sau"))
		fields = formOf(s.reporter.Get(pathOf(after)), "#editor")
		fields.Set("lead_media", picture)
		refused = s.reporter.send(pathOf(after), fields).Is(http.StatusUnprocessableEntity)
		if got := fieldMessage(refused, "lead_media"); !strings.Contains(got, "đã hết") {
			t.Errorf("put into a text: %q", got)
		}
		unexpired, err := w.media.Add(ctx, s.reporter.actor, w.portal, "z.png", bytes.NewReader(drawing(t, 52)))
		w.must(err)
		other := w.hire(w.paper, account.Reporter)
		foreign := other.write(w.article("Bài của báo"))
		fields = formOf(other.Get(pathOf(foreign)), "#editor")
		fields.Set("body", "![Cầu](media:"+unexpired.Hash+")")
		refused = other.send(pathOf(foreign), fields).Is(http.StatusUnprocessableEntity)
		if got := fieldMessage(refused, "body"); !strings.Contains(got, "của cơ quan khác") {
			t.Errorf("another agency's: %q", got)
		}
	})
}

// The page of a picture says which sizes of it there are, and what to do where
// they could not be made.
func TestTheSizesOfAPictureAreTold(t *testing.T) {
	w := oneWorld(t)
	editor, auditor := w.hire(w.portal, account.Editor), w.hire(w.portal, account.Auditor)
	said := func(p *person, path string) string {
		t.Helper()
		return p.Get(path).Is(http.StatusOK).Text("main")
	}
	work := func(times int) {
		t.Helper()
		for range times {
			if _, err := w.media.WorkOff(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.clock.Advance(10 * time.Minute)
		}
	}
	bring := func(width int) (path, hash string) {
		t.Helper()
		answer := editor.upload("/media", url.Values{"agency": {w.portal}}, "file", "Cổng.png", drawing(t, width)).Is(http.StatusSeeOther)
		hash = hashIn(editor.Get(answer.Header.Get("Location")).Is(http.StatusOK).Attr("[data-motif]", "src"))
		return "/media/" + hash, hash
	}
	path, _ := bring(400)
	if got := said(editor, path); !strings.Contains(got, "Đang tạo") {
		t.Errorf("at once: %s", got)
	}
	work(1)
	if got := said(editor, path); !strings.Contains(got, "320, 400 px chiều rộng") {
		t.Errorf("made: %s", got)
	}
	refused := editor.send(path+"/retry", nil).Is(http.StatusConflict)
	if got := refused.Text(".errors"); !strings.Contains(got, "không cần tạo lại") {
		t.Errorf("made again without need: %s", got)
	}

	broken, hash := bring(410)
	if err := os.WriteFile(filepath.Join(w.mediaDir, hash[:2], hash), []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	work(media.MaxTries)
	page := editor.Get(broken).Is(http.StatusOK)
	if got := page.Text("main"); !strings.Contains(got, "Không tạo được các cỡ nhỏ hơn sau 5 lần thử") || !strings.Contains(got, "Tệp bị hỏng") || !page.Has(`form[action="`+broken+`/retry"]`) {
		t.Errorf("given up: %s", got)
	}
	if auditor.Get(broken).Is(http.StatusOK).Has(`form[action$="/retry"]`) {
		t.Error("who only reads is offered to have it made again")
	}
	auditor.send(broken+"/retry", nil).Is(http.StatusForbidden)
	editor.send(broken+"/retry", nil).LeadsTo(broken + "?done=media_retried")
	if got := said(editor, broken); !strings.Contains(got, "Đang tạo") {
		t.Errorf("asked for: %s", got)
	}
}
