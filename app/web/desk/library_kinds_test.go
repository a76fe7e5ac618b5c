package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
)

// bring puts a file into the library through the form and answers its page.
func (p *person) bring(name string, data []byte) *apptest.Answer {
	p.w.t.Helper()
	answer := p.upload("/media", url.Values{"agency": {p.w.portal}}, "file", name, data).Is(http.StatusSeeOther)
	return p.Get(answer.Header.Get("Location")).Is(http.StatusOK)
}

func TestFilmsSoundAndDocumentsHaveTheirPages(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Editor)
		for name, c := range map[string]struct {
			data                      []byte
			kind, shown, says, credit string
		}{
			"phim.webm": {apptest.Film(50_000), "video", `video[controls][preload="metadata"]`, "Video, WEBM", "Nguồn video"},
			"loi.wav":   {apptest.Sound(65), "audio", `audio[controls][preload="metadata"]`, "1:05", "Nguồn âm thanh"},
			"qd-12.pdf": {apptest.PDF("Quyet dinh"), "document", "a.button[download]", "Tài liệu, PDFSố trang1", "Nguồn tài liệu"},
		} {
			page := p.bring(name, c.data)
			if page.Text("h1") != name || !page.Has(c.shown) || page.Has("[data-motif]") || !strings.Contains(page.Text("dl.facts"), c.says) {
				t.Errorf("%s: %s", name, page.Text("main"))
			}
			if got := page.Text(`label[for="f-credit"]`); got != c.credit {
				t.Errorf("%s: whose it is stands in %q", name, got)
			}
			if words := strings.ToLower(page.Text(`form[action$="/rights"]`)); strings.Contains(words, "ảnh") || strings.Contains(words, "chụp") {
				t.Errorf("%s is called a picture: %s", name, words)
			}
			if page.Has("video[autoplay], audio[autoplay]") {
				t.Errorf("%s plays by itself", name)
			}
			src := page.Attr(c.shown, "src")
			if c.kind == "document" {
				src = page.Attr(c.shown, "href")
			}
			hash := hashIn(src)

			fields := formOf(page, `form[action$="/words"]`)
			fields.Set("alt_vi", "Nói rõ trong này có gì")
			p.send("/media/"+hash+"/words", fields).LeadsTo("/media/" + hash + "?done=media_described")
			fields.Set("alt_vi", strings.Repeat("a", 301))
			fields.Set("version", "2")
			refused := p.send("/media/"+hash+"/words", fields).Is(http.StatusUnprocessableEntity)
			if !strings.Contains(refused.Text(".errors"), "Mô tả nội dung") {
				t.Errorf("%s: the summary names its field %q", name, refused.Text(".errors"))
			}

			file := p.Get(src).Is(http.StatusOK)
			part := p.Get(src, "Range", "bytes=4-7").Is(http.StatusPartialContent)
			if part.Body != file.Body[4:8] || strings.Contains(file.Body, apptest.FileSecret) {
				t.Errorf("%s: its part is %q", name, part.Body)
			}
			p.Get(src, "Range", "bytes=99999999-").Is(http.StatusRequestedRangeNotSatisfiable)
			saved := file.Header.Get("Content-Disposition") != ""
			if saved != (c.kind == "document") || file.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
				t.Errorf("%s is sent with %v", name, file.Header)
			}
			for _, kind := range []string{"picture", "video", "audio", "document"} {
				list := p.Get("/media?kind=" + kind).Is(http.StatusOK)
				if list.Has(`.shelf a[href="/media/`+hash+`"]`) != (kind == c.kind) {
					t.Errorf("%s among %s: %s", name, kind, list.Text("main"))
				}
			}
		}
		p.Get("/media?kind=program").Is(http.StatusNotFound)
	})
}
