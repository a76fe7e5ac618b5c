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

func TestAVersionShowsWhatItChanged(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		first := w.article("Vốn đầu tư 23,53 tỷ USD")
		ref := s.reporter.write(first)
		second := first
		second.Headline = "Vốn đầu tư 23,53 triệu USD"
		_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, 1, second)
		w.must(err)
		page := s.editor.Get(pathOf(ref) + "/revisions/2").Is(http.StatusOK)
		if del, ins := page.Text("del"), page.Text("ins"); del != "tỷ" || ins != "triệu" {
			t.Errorf("changed %q into %q", del, ins)
		}
		if got := page.Text("main"); !strings.Contains(got, "Phóng viên An lưu 08:00, 01/07/2026") || !strings.Contains(got, "Thay đổi so với bản lưu số 1") {
			t.Errorf("the page says %q", got)
		}
		if page := s.editor.Get(pathOf(ref) + "/revisions/1").Is(http.StatusOK); page.Has("del, ins") || !strings.Contains(page.Text("main"), "23,53 tỷ USD") {
			t.Error("the first version changes nothing, and shows its own text")
		}
		list := s.editor.Get(pathOf(ref)).Is(http.StatusOK)
		for _, number := range []string{"1", "2"} {
			if !list.Has(`.history a[href="` + pathOf(ref) + "/revisions/" + number + `"]`) {
				t.Errorf("nothing leads to version %s", number)
			}
		}
		for _, number := range []string{"0", "3", "-1", "abc", "1.0", "99999999999999999999"} {
			s.editor.Get(pathOf(ref) + "/revisions/" + number).Is(http.StatusNotFound)
		}
	})
}

// A saved version is read as readers would: films play, documents are linked.
func TestAVersionShowsItsFiles(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Editor)
	content := w.article("Bến cảng cạn")
	for _, f := range []struct {
		name, shown, src string
		data             []byte
	}{
		{"phim.webm", "video", "src", apptest.Film(50_000)},
		{"loi.wav", "audio", "src", apptest.Sound(5)},
		{"qd-12.pdf", "a.button[download]", "href", apptest.PDF("Quyet dinh")},
	} {
		content.Body += "\n\n![" + f.name + "](" + p.bring(f.name, f.data).Attr(f.shown, f.src) + ")"
	}
	page := p.Get(pathOf(p.write(content)) + "/revisions/1").Is(http.StatusOK)
	if !page.Has(".reading video[controls]") || !page.Has(".reading audio[controls]") || !page.Has(`.reading .file a[href$=".pdf"]`) || page.Has(".reading img") {
		t.Errorf("the version shows %s", page.Text(".reading"))
	}
}

// The body is compared as it reads: block by block, with what did not change
// left out.
func TestAChiefReadsWhatHasChangedSince(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Cửa khẩu")
		content.Body = "## Mở đầu\n\nMột.\n\nHai.\n\nBa.\n\nVốn **3,58** tỷ đô la.\n\n- mục bỏ đi\n- mục ở lại"
		ref := s.reporter.write(content)
		s.carry(ref, newsroom.Published)
		for i, change := range []func(){
			func() { content.Standfirst = "Tóm tắt mới" },
			func() {
				content.Body = strings.NewReplacer("3,58", "3,85", "- mục bỏ đi\n", "").Replace(content.Body)
			},
		} {
			change()
			_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, i+1, content)
			w.must(err)
		}
		s.reporter.do(ref, newsroom.Submit, newsroom.Ask{})
		latest := pathOf(ref) + "/revisions/3"
		href := s.chief.Get(pathOf(ref)).Is(http.StatusOK).Attr(`#standing a[href*="?from="]`, "href")
		if href != latest+"?from=1" {
			t.Errorf("the chief is led to %q", href)
		}
		page := s.chief.Get(href).Is(http.StatusOK)
		var got []string
		for _, b := range page.All(".compared > *") {
			got = append(got, apptest.Attr(b, "class")+":"+apptest.Text(b))
		}
		want := "left-out:… 3 đoạn không đổi … same:Ba. changed:Vốn 3,583,85 tỷ đô la. taken-out:mục bỏ đi same:mục ở lại"
		if strings.Join(got, " ") != want {
			t.Errorf("compared: %q", got)
		}
		if del, ins := page.Text(".changed del"), page.Text(".changed ins"); del != "3,58" || ins != "3,85" || page.Text(".taken-out li del") != "mục bỏ đi" {
			t.Errorf("changed %q into %q", del, ins)
		}
		if got := page.Text(".field-change"); got != "Tóm tắt của Cửa khẩumới" || page.Has(`.since a[href="?from=1"]`) {
			t.Errorf("the standfirst: %q", got)
		}
		page = s.chief.Get(latest).Is(http.StatusOK)
		if page.Has(".field-change") || !page.Has(`.since a[href="?from=1"]`) || page.Attr("#f-from", "value") != "2" {
			t.Error("it is not compared with the version before")
		}
		for from, status := range map[string]int{"3": 200, "0": 400, "4": 400, "x": 400, "1": 200} {
			s.chief.Get(latest + "?from=" + from).Is(status)
		}
		if got := s.chief.Get(latest + "?from=3").Text("main"); !strings.Contains(got, "Hai bản giống nhau.") {
			t.Errorf("compared with itself: %q", got)
		}
	})
}

func TestAPreviewIsThePageReadersWouldSee(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Lễ hội <script>alert(1)</script>")
		content.Body = "## Mục một\n\nMột đoạn **đậm**.\n\n<script>alert(2)</script>"
		ref := s.reporter.write(content)
		href := s.editor.Get(pathOf(ref)).Is(http.StatusOK).Attr(`.rail a[href*="/preview/"]`, "href")
		page := s.editor.Get(href).Is(http.StatusOK)
		if got := page.Text("h1"); got != "Lễ hội <script>alert(1)</script>" {
			t.Errorf("heading %q", got)
		}
		if h2, strong := page.Text("article h2"), page.Text("article strong"); h2 != "Mục một" || strong != "đậm" {
			t.Errorf("the text reads %q, %q", h2, strong)
		}
		if strings.Contains(page.Body, "<script>alert") {
			t.Error("a script came through")
		}
		if page.Header.Get("X-Robots-Tag") == "" || page.Header.Get("Cache-Control") != "no-store" {
			t.Error("a preview must be kept by nobody")
		}
		for _, sheet := range page.All(`link[rel="stylesheet"], img[src], script[src]`) {
			address := apptest.Attr(sheet, "href") + apptest.Attr(sheet, "src")
			s.editor.Get(address).Is(http.StatusOK)
		}
		s.reporter.typing(ref, map[string]any{"base": "1", "headline": "Đang gõ dở", "body": "x"}).Is(http.StatusOK)
		if got := s.reporter.Get(href + "?unsaved=1").Is(http.StatusOK).Text("h1"); got != "Đang gõ dở" {
			t.Errorf("the writer's own preview shows %q", got)
		}
		for _, address := range []string{href, href + "?unsaved=1"} {
			if got := s.editor.Get(address).Text("h1"); got == "Đang gõ dở" {
				t.Error("a colleague sees what was not saved")
			}
		}
		s.editor.Get(pathOf(ref) + "/preview/none").Is(http.StatusNotFound)
	})
}

func TestATranslationBeginsBesideItsSource(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Cửa khẩu"))
		page := s.translator.Get(pathOf(ref)).Is(http.StatusOK)
		if page.Has(`#f-to option[value="vi"]`) || !page.Has(`#f-to option[value="en"]`) {
			t.Error("offered are the languages the article does not have yet")
		}
		english := newsroom.Ref{Item: ref.Item, Lang: "en"}
		s.translator.send(pathOf(ref)+"/translate", url.Values{"to": {"en"}}).Is(http.StatusSeeOther).LeadsTo(pathOf(english) + "/side?done=translation")
		editor := s.translator.Get(pathOf(english)).Is(http.StatusOK)
		form := formOf(editor, "#editor")
		if form.Get("headline") != "" || form.Get("body") != "" || form.Get("section") != w.economy {
			t.Error("a translation begins without words and with the facts")
		}
		if got := editor.Text(".source"); !strings.Contains(got, "Cửa khẩu") || editor.Attr(".source [lang]", "lang") != "vi" {
			t.Errorf("beside it stands %q", got)
		}
		if editor.Attr("#f-headline", "lang") != "en" {
			t.Error("the fields do not say that English is written here")
		}
		s.translator.send(pathOf(ref)+"/translate", url.Values{"to": {"en"}}).Is(http.StatusConflict)
		s.translator.send(pathOf(ref)+"/translate", url.Values{"to": {"tlh"}}).Is(http.StatusUnprocessableEntity)
		foreign := w.hire(w.paper, account.Translator)
		foreign.send(pathOf(ref)+"/translate", url.Values{"to": {"km"}}).Is(http.StatusNotFound)

		form.Set("headline", "The border gate")
		s.translator.send(pathOf(english), form).Is(http.StatusSeeOther)
		if got := s.reporter.Get(pathOf(ref)).Text("#decide"); !strings.Contains(got, "Tiếng Anh Bản nháp") {
			t.Errorf("the source's page does not show the translation: %q", got)
		}
	})
}

// The source goes on while it is translated: its newest text stands beside the
// translation, and a line says so until the translator has saved beside it.
func TestATranslationIsToldThatItsSourceChanged(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Cửa khẩu"))
		english := newsroom.Ref{Item: ref.Item, Lang: "en"}
		s.translator.send(pathOf(ref)+"/translate", url.Values{"to": {"en"}}).Is(http.StatusSeeOther)
		changes := `.source a[href="` + pathOf(ref) + `/revisions/2?from=1"]`
		if s.translator.Get(pathOf(english)).Has(changes) {
			t.Error("the source is said to have changed")
		}
		_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, 1, w.article("Cửa khẩu Hoa Lư"))
		w.must(err)
		page := s.translator.Get(pathOf(english)).Is(http.StatusOK)
		if !page.Has(changes) || !strings.Contains(page.Text(".source"), "Cửa khẩu Hoa Lư") {
			t.Errorf("beside it stands %q", page.Text(".source"))
		}
		form := formOf(page, "#editor")
		form.Set("headline", "The border gate")
		s.translator.send(pathOf(english), form).Is(http.StatusSeeOther)
		if s.translator.Get(pathOf(english)).Has(changes) {
			t.Error("the line stays although the translation was saved beside the newest source")
		}
	})
}

func TestWhoMayNotChangeATextReadsItAsReadersWould(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	content := w.article("Bài")
	content.Body = "## Mục một\n\n| Năm | Vốn |\n|---|---|\n| 2024 | **23,53** |"
	ref := s.reporter.write(content)
	for _, path := range []string{pathOf(ref), pathOf(ref) + "/revisions/1"} {
		page := s.auditor.Get(path).Is(http.StatusOK)
		if page.Has("#editor") || page.Text(".reading h2") != "Mục một" || page.Text(".reading td strong") != "23,53" {
			t.Errorf("%s does not show the text as it reads", path)
		}
	}
}

func TestAVersionNamesWhatItChanged(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	changed := w.article("Bài")
	changed.Section, changed.Outlets, changed.Lead.Media = w.culture, []string{w.paperOutlet}, w.picture(s.reporter)
	_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, 1, changed)
	w.must(err)
	got := s.editor.Get(pathOf(ref) + "/revisions/2").Is(http.StatusOK).Text("main")
	for _, want := range []string{"Chuyên mụcKinh tếVăn hóa", "Ảnhpicture-" + changed.Lead.Media[:8] + ".png", "Đăng trênCổngBáo Đối ngoại"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q: %s", want, got)
		}
	}
	for _, id := range []string{w.economy, w.culture, w.paperOutlet, changed.Lead.Media} {
		if strings.Contains(got, id) {
			t.Errorf("the page shows the identifier %q", id)
		}
	}
}
