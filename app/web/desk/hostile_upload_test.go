package desk_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/media"
)

// photograph is a JPEG.
func photograph(t testing.TB) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewRGBA(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// flood is a PNG of a few bytes that announces ten thousand million pixels.
func flood() []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), 100_000), 100_000)
	head = append(head, 8, 2, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	file = binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(head))
	return append(file, "\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e\x00\x00\x00\x00IEND\xae\x42\x60\x82"...) // no pixels at all
}

// parts is a form with a file, exactly as it is written here: what it says of
// the file need not be so.
func (w *world) parts(disposition, mime string, file []byte) string {
	return "--b\r\nContent-Disposition: form-data; name=\"agency\"\r\n\r\n" + w.portal +
		"\r\n--b\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: " + mime + "\r\n\r\n" + string(file) + "\r\n--b--\r\n"
}

// sendParts sends such a form to the library.
func (p *person) sendParts(body string, headers ...string) *apptest.Answer {
	p.w.t.Helper()
	r := httptest.NewRequest(http.MethodPost, origin+"/media", strings.NewReader(body))
	return p.Do(r, append([]string{"Content-Type", "multipart/form-data; boundary=b", "X-CSRF-Token", p.csrf()}, headers...)...)
}

// nothingKept fails when an upload left anything behind: in the library, or in
// the folder of its files.
func (w *world) nothingKept(what string, who *person) {
	w.t.Helper()
	found, _, err := w.media.Find(ctx, who.actor, media.Filter{})
	w.must(err)
	if left := filesIn(w.t, w.mediaDir); len(found) > 0 || len(left) > 0 {
		w.t.Errorf("%s: %d pictures in the library, files %v", what, len(found), left)
	}
}

func filesIn(t testing.TB, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestAHostileUploadEndsInASentence(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		const file, picture = `name="file"; filename="anh.jpg"`, "image/jpeg"
		photo := photograph(t)
		for name, c := range map[string]struct {
			body   string
			status int
			want   string // at the field
		}{
			"a page that says it is a picture":    {w.parts(file, picture, []byte("<script>alert(1)</script>")), 422, "Đây là chương trình, tập lệnh hoặc trang web, không phải ảnh, âm thanh, video hay văn bản, nên không được nhận."},
			"a program that says it is a picture": {w.parts(file, picture, []byte("MZ\x90\x00")), 422, "Đây là chương trình, tập lệnh hoặc trang web, không phải ảnh, âm thanh, video hay văn bản, nên không được nhận."},
			"a drawing with a script":             {w.parts(file, picture, []byte(`<svg onload="alert(1)">`)), 422, "Chưa nhận ảnh SVG. Hãy lưu ảnh thành JPEG hoặc PNG rồi tải lên."},
			"half a picture":                      {w.parts(file, picture, photo[:len(photo)/2]), 422, "Tệp bị hỏng hoặc chưa tải lên hết. Hãy mở tệp trên máy, lưu lại rồi tải lên lần nữa."},
			"a flood of pixels":                   {w.parts(file, picture, flood()), 422, "Ảnh 100.000 × 100.000 điểm ảnh là quá lớn. Tối đa 50 triệu điểm ảnh và 12.000 điểm ảnh mỗi cạnh."},
			"more than a picture may weigh":       {w.parts(file, picture, append(bytes.Clone(photo), make([]byte, media.MaxBytes)...)), 413, "Ảnh quá nặng, tối đa 25 MB."},
			"an empty file":                       {w.parts(file, picture, nil), 422, "Hãy chọn một tệp."},
			"a file in another field":             {w.parts(`name="other"; filename="anh.jpg"`, picture, photo), 422, "Hãy chọn một tệp."},
		} {
			answer := p.sendParts(c.body)
			if got := fieldMessage(answer, "file"); answer.Status != c.status || got != c.want {
				t.Errorf("%s: %d %q, want %d %q", name, answer.Status, got, c.status, c.want)
			}
			w.nothingKept(name, p)
		}
		p.sendParts(w.parts(file, "text/html", photo)).Is(http.StatusSeeOther) // a picture that says it is a page
	})
}

// A form may be packed, and a few bytes of it unpack to any size.
func TestAPackedFormIsNotUnpacked(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := io.WriteString(z, w.parts(`name="file"; filename="anh.jpg"`, "image/jpeg", photograph(t)))
	w.must(err)
	w.must(z.Close())
	if answer := p.sendParts(packed.String(), "Content-Encoding", "gzip"); answer.Status < 400 || answer.Status >= 500 {
		t.Errorf("%d", answer.Status)
	}
	w.nothingKept("a packed form", p)
}

// A line that is cut in the middle of a file leaves nothing, and neither does a
// form that is not whole. A picture that is whole is kept, though more was
// announced.
func TestAnUploadThatDoesNotArriveWholeLeavesNothing(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	csrf := p.csrf()
	body := w.parts(`name="file"; filename="anh.jpg"`, "image/jpeg", photograph(t))
	address := strings.TrimPrefix(w.serve(), "http://")
	send := func(sent string, size int) (status int, page string) {
		line, err := net.Dial("tcp", address)
		w.must(err)
		defer line.Close()
		fmt.Fprintf(line, "POST /media HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: session=%s\r\nX-CSRF-Token: %s\r\n"+
			"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n%s", address, address, p.token, csrf, size, sent)
		w.must(line.(*net.TCPConn).CloseWrite())
		answer, err := http.ReadResponse(bufio.NewReader(line), nil)
		if err != nil {
			return 0, ""
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		w.must(err)
		return answer.StatusCode, string(text)
	}
	whole := len(body)
	for name, c := range map[string]struct {
		sent string
		size int
	}{
		"cut in the file":          {body[:whole/2], whole},
		"cut before the last line": {body[:whole-8], whole},
		"less is announced":        {body, whole / 2},
		"a form without an end":    {body[:whole-8], whole - 8},
		"a form that is none":      {"what is it?", 11},
	} {
		status, page := send(c.sent, c.size)
		if status != http.StatusBadRequest || !strings.Contains(page, "Yêu cầu không hợp lệ") {
			t.Errorf("%s: %d %s", name, status, page)
		}
		w.nothingKept(name, p)
	}
	if status, page := send(body, whole+1000); status != http.StatusSeeOther {
		t.Errorf("a whole form: %d %s", status, page)
	}
}

// A file's name is what its sender wants it to be. It is no path, and nobody
// but the trail keeps it as it was.
func TestAPathInAFilesNameLeadsNowhere(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	for i, name := range []string{
		`../../../etc/cron.d/x.jpg`, `..\..\windows\x.jpg`, `/etc/passwd`, `C:\x.jpg`, `%2e%2e%2fx.jpg`, `x.jpg%00.html`, `"><script>alert(1)</script>.jpg`, `.htaccess`, strings.Repeat("a", 5000) + ".jpg",
	} {
		answer := p.upload("/media", url.Values{"agency": {w.portal}}, "file", name, drawing(t, 40+i)).Is(http.StatusSeeOther)
		path, _, _ := strings.Cut(answer.Header.Get("Location"), "?")
		if len(path) != len("/media/")+64 || strings.Contains(path, "..") {
			t.Errorf("%q is at %s", name, path)
		}
		page := p.Get(path).Is(http.StatusOK)
		if src := page.Attr("[data-motif]", "src"); strings.Contains(src, "..") || strings.ContainsAny(src, `\"<`) {
			t.Errorf("%q is shown as %s", name, src)
		}
		inspect(t, name, page, false)
	}
	for _, file := range filesIn(t, w.mediaDir) {
		if base := filepath.Base(file); len(base) != 64 || strings.Trim(base, "0123456789abcdef") != "" {
			t.Errorf("a file is named %s", base)
		}
	}
}

// A file that is a picture and a page at once is a picture when it is kept.
func TestAFileThatIsTwoAtOnceIsServedAsAPicture(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	both := append(photograph(t), "<html><script>alert(1)</script></html>PK\x05\x06"...)
	answer := p.upload("/media", url.Values{"agency": {w.portal}}, "file", "anh.html", both).Is(http.StatusSeeOther)
	page := p.Get(answer.Header.Get("Location"))
	file := p.Get(page.Attr("[data-motif]", "src")).Is(http.StatusOK)
	if kind, sniff := file.Header.Get("Content-Type"), file.Header.Get("X-Content-Type-Options"); kind != "image/jpeg" || sniff != "nosniff" {
		t.Errorf("it is served as %s, %s", kind, sniff)
	}
	if strings.Contains(file.Body, "script") || strings.Contains(file.Body, "PK\x05\x06") {
		t.Error("the page is still in it")
	}
}
