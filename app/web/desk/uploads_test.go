package desk_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/media"

	"github.com/chromedp/chromedp"
)

// beginUpload begins a file and answers its address.
func (p *person) beginUpload(name string, size int) string {
	p.w.t.Helper()
	answer := p.send("/media/uploads", url.Values{"agency": {p.w.portal}, "name": {name}, "size": {fmt.Sprint(size)}}).Is(http.StatusCreated)
	_, rest, _ := strings.Cut(answer.Body, `"address":"`)
	address, _, _ := strings.Cut(rest, `"`)
	return address
}

// piece sends a piece of a file.
func (p *person) piece(address string, offset int, data []byte, headers ...string) *apptest.Answer {
	p.w.t.Helper()
	r := httptest.NewRequest(http.MethodPatch, fmt.Sprintf("%s%s?offset=%d", origin, address, offset), strings.NewReader(string(data)))
	return p.Do(r, append([]string{"Content-Type", "application/octet-stream", "Accept", "application/json", "X-CSRF-Token", p.csrf()}, headers...)...)
}

func TestAFileIsBroughtInPieces(t *testing.T) {
	eachWorld(t, func(w *world) {
		p, other := w.hire(w.portal, account.Reporter), w.hire(w.portal, account.Editor)
		data := apptest.Film(3 << 20)
		address := p.beginUpload("phim.webm", len(data))
		at := func(a *apptest.Answer, status int, offset string) {
			t.Helper()
			if got := a.Is(status).Header.Get("Upload-Offset"); got != offset {
				t.Errorf("it goes on at %q, want %q", got, offset)
			}
		}
		at(p.piece(address, 0, data[:1<<20]), http.StatusNoContent, "1048576")
		wrong := p.piece(address, 7, data[7:1000])
		at(wrong, http.StatusConflict, "1048576")
		if !strings.Contains(wrong.Body, "Hãy gửi tiếp từ đó.") {
			t.Errorf("refused with %s", wrong.Body)
		}
		at(p.Do(httptest.NewRequest(http.MethodHead, origin+address, nil)), http.StatusNoContent, "1048576")
		p.piece(address, 1<<20, data[1<<20:2<<20], "X-CSRF-Token", "").Is(http.StatusForbidden)
		p.piece(address, 1<<20, data[1<<20:2<<20], "Origin", "https://evil.example").Is(http.StatusForbidden)
		other.piece(address, 1<<20, data[1<<20:2<<20]).Is(http.StatusNotFound)
		p.send(address+"/finish", nil).Is(http.StatusConflict)
		at(p.piece(address, 1<<20, data[1<<20:]), http.StatusNoContent, fmt.Sprint(len(data)))
		end := p.send(address+"/finish", nil).Is(http.StatusOK)
		_, page, _ := strings.Cut(strings.TrimSuffix(end.Body, `"}`), `"page":"`)
		if got := p.Get(page).Is(http.StatusOK).Text("h1"); got != "phim.webm" {
			t.Errorf("it became %s", got)
		}
		p.send("/media/uploads", url.Values{"agency": {w.portal}, "name": {"x"}, "size": {fmt.Sprint(media.MaxFile + 1)}}, "Accept", "application/json").Is(http.StatusRequestEntityTooLarge)
		stopped := p.beginUpload("x.webm", len(data))
		p.send(stopped+"/stop", nil).Is(http.StatusNoContent)
		p.Get(stopped).Is(http.StatusNotFound)
	})
}

// drop drops files onto the page, as from a folder.
func (s *screen) drop(files map[string][]byte) {
	s.t.Helper()
	for name, data := range files {
		s.do(`(name, text) => {
			window.dropping ??= new DataTransfer();
			window.dropping.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, { lastModified: 1 }));
		}`, name, base64.StdEncoding.EncodeToString(data))
	}
	s.do(`() => { dispatchEvent(new DragEvent("drop", { dataTransfer: window.dropping, cancelable: true })); window.dropping = null }`)
}

const lineLost = `() => document.querySelector("[data-uploads] [data-said]").textContent === "Mất kết nối, sẽ tự gửi tiếp"`

// A line that drops in the middle of a film costs its editor nothing: the
// upload says so, goes on by itself where the newsroom has the file, and ends at
// the film's page.
func TestAnUploadGoesOnAfterALineThatDropped(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Editor)
	line, base := apptest.CutLine(t, w.serve())
	s := p.screen(base)
	s.open("/media")
	data := apptest.Film(2 << 20)
	line.CutAfter(500_000) // the second piece is half there
	s.drop(map[string][]byte{"phim.webm": data})
	s.until("the page to say so", lineLost)
	if sent := run[float64](s, `() => document.querySelector("[data-uploads] progress").value`); sent <= 0 || sent >= 0.5 {
		t.Errorf("%f of it arrived before", sent)
	}
	line.Mend()
	s.until("the film's page", `() => document.readyState === "complete" && document.querySelector("h1")?.textContent === "phim.webm" && document.querySelector("video[controls]") !== null`)
	found, _, err := w.media.Find(ctx, p.actor, media.Filter{})
	w.must(err)
	if len(found) != 1 || found[0].Kind != media.Film {
		t.Errorf("in the library: %+v", found)
	}
	if left := filesIn(t, w.mediaDir); len(left) != 1 {
		t.Errorf("files %v", left)
	}
}

// Several files come one after the other; what is refused says why in its row.
func TestSeveralFilesAreBroughtAndARefusalIsTold(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Editor)
	s := p.screen(w.serve())
	s.open("/media")
	s.drop(map[string][]byte{"loi.wav": apptest.Sound(2), "qd.pdf": apptest.PDF("Quyet dinh"), "virus.pdf": []byte("MZ\x90\x00 chương trình")})
	s.until("all rows to end", `() => document.querySelectorAll("[data-uploads] li[data-state=done] a[href^='/media/']").length === 2 && document.querySelector("[data-uploads] li[data-state=refused]") !== null`)
	if got := s.text("[data-uploads] li[data-state=refused]"); !strings.Contains(got, "virus.pdf") || !strings.Contains(got, "Đây là chương trình, tập lệnh hoặc trang web") {
		t.Errorf("the refusal reads %q", got)
	}
	if left := filesIn(t, w.mediaDir); len(left) != 2 {
		t.Errorf("files %v", left)
	}
}

// A file that was left in the middle goes on when it is chosen again.
func TestAnUploadGoesOnAfterThePageWasLeft(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Editor)
	line, base := apptest.CutLine(t, w.serve())
	s := p.screen(base)
	s.open("/media")
	data := apptest.Film(2 << 20)
	line.CutAfter(500_000)
	s.drop(map[string][]byte{"phim.webm": data})
	s.until("the page to say so", lineLost)
	before := run[string](s, `() => localStorage.getItem(Object.keys(localStorage).find((k) => k.startsWith("desk.upload")))`)
	s.w.must(chromedp.Do(s.limit(), chromedp.Navigate("about:blank")))
	line.Mend()
	s.open("/media?kind=video")
	s.drop(map[string][]byte{"phim.webm": data})
	s.until("the film's page", `() => document.querySelector("h1")?.textContent === "phim.webm"`)
	u, err := w.media.Uploading(ctx, p.actor, strings.Trim(before[strings.LastIndex(before, "/")+1:], `"`))
	if err != nil || u.Hash == "" {
		t.Errorf("another upload was begun: %+v (%v)", u, err)
	}
}
