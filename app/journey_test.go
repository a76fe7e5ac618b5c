package app_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"doingoai/app"
	"doingoai/app/apptest"
	"doingoai/app/config"
)

// newsroomOf is a running program with four people in it.
type newsroomOf struct {
	*program
	reporter, translator, editor, chief *person
	bench                               *app.Benchmark
}

// eachNewsroom runs a test on a program with its newsroom on either database.
func eachNewsroom(t *testing.T, f func(t *testing.T, n *newsroomOf)) {
	t.Helper()
	apptest.EachURL(t, func(t *testing.T, database string) {
		cfg := settings(t.TempDir())
		cfg.Database = database
		f(t, openNewsroomOf(t, cfg))
	})
}

func openNewsroomOf(t testing.TB, cfg config.Config) *newsroomOf {
	t.Helper()
	bench, err := app.SeedBenchmark(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	n := &newsroomOf{program: run(t, cfg), bench: bench}
	n.reporter, n.translator, n.editor, n.chief = n.signIn(t, bench.Reporter), n.signIn(t, bench.Translator), n.signIn(t, bench.Editor), n.signIn(t, bench.Chief)
	return n
}

// begin makes an article and answers the address of its edition.
func (n *newsroomOf) begin(t testing.TB, lang, headline string) string {
	t.Helper()
	made := n.reporter.send("/new", "/new", url.Values{
		"headline": {headline}, "lang": {lang}, "agency": {n.bench.Agency}, "section": {n.bench.Sections[0]},
	}).Is(303)
	edition, _, _ := strings.Cut(made.Header.Get("Location"), "?")
	return edition
}

// picture brings a picture to the library and answers the address of its page.
func (n *newsroomOf) picture(t testing.TB, who *person) string {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 900, 600)), nil); err != nil {
		t.Fatal(err)
	}
	return n.bring(t, who, "khu-cong-nghiep.jpg", file.Bytes())
}

// bring brings a file to the library and answers the address of its page.
func (n *newsroomOf) bring(t testing.TB, who *person, name string, data []byte) string {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	fields := map[string]string{"agency": n.bench.Agency, "csrf": who.Get("/media").Is(200).Attr(`meta[name="csrf-token"]`, "content")}
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	file, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = file.Write(data)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://newsroom.localhost/media", &form)
	page, _, _ := strings.Cut(who.Do(r, "Content-Type", w.FormDataContentType()).Is(303).Header.Get("Location"), "?")
	return page
}

// write saves standfirst and body, on the outlets that are given.
func (n *newsroomOf) write(t testing.TB, who *person, edition string, fields url.Values) {
	t.Helper()
	form := who.text(edition)
	form["outlets"] = n.bench.Outlets
	for name, values := range fields {
		form[name] = values
	}
	who.Post(edition, form).Is(303)
}

// checked answers the whole checklist of the short desk chain.
var checked = url.Values{
	"answer-approval.sources": {"yes"}, "answer-approval.figures": {"na"}, "answer-approval.pictures": {"na"}, "answer-approval.secrets": {"yes"},
}

// carry brings a written edition to readers, by the short desk chain.
func (n *newsroomOf) carry(t testing.TB, writer *person, edition string) {
	t.Helper()
	writer.do(edition, "submit", url.Values{"workflow": {"desk"}}).Is(303)
	n.editor.do(edition, "take", nil).Is(303)
	n.editor.do(edition, "pass", nil).Is(303)
	n.chief.do(edition, "approve", checked).Is(303)
	n.chief.do(edition, "publish", nil).Is(303)
}

// eventually asks for a page until it has what is waited for.
func eventually(t testing.TB, v *apptest.Visitor, path string, status int, text string) *apptest.Answer {
	t.Helper()
	var last *apptest.Answer
	apptest.Eventually(t, path+" to show "+text, func() bool {
		last = v.Get(path)
		return last.Status == status && strings.Contains(last.Body, text)
	})
	return last
}

// TestOneArticlesWholeWay is the main job: a reporter writes in Vietnamese,
// another person approves, readers find it; its English edition follows the
// same way on its own; a newer draft stays inside; a withdrawal empties all.
func TestOneArticlesWholeWay(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroomOf) {
		reader := n.reader(t, "portal.localhost")
		vi := n.begin(t, "vi", "Cửa khẩu Hoa Lư mở thêm luồng hàng")
		id := strings.Split(vi, "/")[2]
		n.write(t, n.reporter, vi, url.Values{
			"standfirst": {"Sapo của bài."}, "body": {"Đoạn một nói về **thương mại biên giới**.\n\n## Phần hai\n\nĐoạn hai."},
		})
		if page := n.chief.do(vi, "publish", nil); page.Status != 409 {
			t.Errorf("publishing an unapproved draft answered %d", page.Status)
		}
		reader.Get("/vi/tin-doi-ngoai/x-" + id).Is(404)

		n.carry(t, n.reporter, vi)
		list := eventually(t, reader, "/vi/", 200, "Cửa khẩu Hoa Lư mở thêm luồng hàng")
		address := list.Attr(`a[href$="`+id+`"]`, "href")
		page := reader.Get(address).Is(200)
		if got := page.Text("h1"); got != "Cửa khẩu Hoa Lư mở thêm luồng hàng" {
			t.Errorf("h1 is %q", got)
		}
		if !page.Has("h2#phan-hai") || page.Has(`link[hreflang="en"]`) {
			t.Error("the page lacks its heading or names a translation that is not there")
		}
		for _, q := range []string{"hoa lu luong hang", "Hoa Lư", "thuong mai bien gioi"} {
			if found := reader.Get("/vi/tim-kiem?q=" + url.QueryEscape(q)).Is(200); !found.Has(`a[href="` + address + `"]`) {
				t.Errorf("search for %q does not find the article", q)
			}
		}
		missing := reader.Get("/en/external-relations/x-" + id).Is(404)
		if !missing.Has(`a[href="` + address + `"]`) {
			t.Error("the missing English page does not lead to the Vietnamese one")
		}

		en := "/editions/" + id + "/en"
		n.translator.send(vi, vi+"/translate", url.Values{"to": {"en"}}).Is(303)
		n.write(t, n.translator, en, url.Values{
			"headline": {"Hoa Lu gate opens another lane"}, "standfirst": {"The standfirst."}, "body": {"A paragraph on *border trade*."},
		})
		reader.Get("/en/external-relations/x-" + id).Is(404)
		n.carry(t, n.translator, en)
		english := eventually(t, reader, "/en/", 200, "Hoa Lu gate opens another lane").Attr(`a[href$="`+id+`"]`, "href")
		page = reader.Get(english).Is(200)
		if !strings.HasSuffix(page.Attr(`link[hreflang="vi"]`, "href"), address) {
			t.Error("the English page does not name its Vietnamese edition")
		}

		n.write(t, n.reporter, vi, url.Values{"body": {"Bí mật chưa duyệt."}})
		if page := reader.Get(address).Is(200); strings.Contains(page.Body, "Bí mật chưa duyệt") {
			t.Error("a draft leaked")
		}

		n.chief.do(vi, "withdraw", url.Values{"reason": {"Theo yêu cầu"}, "note": {"Bài đã được gỡ."}}).Is(303)
		eventually(t, reader, address, 410, "Bài đã được gỡ.")
		for _, path := range []string{"/vi/", "/vi/tim-kiem?q=luong+hang", "/vi/atom.xml", "/sitemap.xml", "/-/sitemap/1.xml", english} {
			if page := reader.Get(path).Is(200); strings.Contains(page.Body, "luồng hàng") || strings.Contains(page.Body, address) {
				t.Errorf("%s still shows the withdrawn article", path)
			}
		}
		reader.Get(english).Is(200)
	})
}

// TestAFilmReachesReadersInParts: what stands in a body is fetched by the
// newsstand and sent as its players ask for it; a document is saved.
func TestAFilmReachesReadersInParts(t *testing.T) {
	cfg := settings(t.TempDir())
	n := openNewsroomOf(t, cfg)
	film, document := n.bring(t, n.reporter, "phim.webm", apptest.Film(3<<20)), n.bring(t, n.reporter, "qd.pdf", apptest.PDF("Quyet dinh"))
	hash := func(page string) string { return strings.Split(page, "/")[2] }
	vi := n.begin(t, "vi", "Bài có phim")
	n.write(t, n.reporter, vi, url.Values{
		"standfirst": {"Sapo."}, "body": {"Nội dung.\n\n![Toàn cảnh](media:" + hash(film) + ")\n\n![Quyết định 12](media:" + hash(document) + ")"},
	})
	n.carry(t, n.reporter, vi)
	reader := n.program.reader(t, "portal.localhost")
	home := eventually(t, reader, "/vi/", 200, "Bài có phim")
	page := reader.Get(home.Attr(`a[href$="`+strings.Split(vi, "/")[2]+`"]`, "href")).Is(200)
	src := page.Attr("article video[controls]", "src")
	whole := reader.Get(src).Is(200)
	part := reader.Get(src, "Range", "bytes=2000000-2000099", "If-Range", whole.Header.Get("ETag")).Is(206)
	if part.Body != whole.Body[2000000:2000100] || whole.Header.Get("Accept-Ranges") != "bytes" || strings.Contains(whole.Body, apptest.FileSecret) {
		t.Errorf("a part of %d bytes: %v", len(part.Body), part.Header)
	}
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "media-src 'self'") {
		t.Errorf("nothing plays under %s", policy)
	}
	saved := reader.Get(page.Attr("article .file a[download]", "href")).Is(200).Header
	if saved.Get("Content-Disposition") == "" || saved.Get("Content-Type") != "application/pdf" || saved.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the document is sent with %v", saved)
	}
}
