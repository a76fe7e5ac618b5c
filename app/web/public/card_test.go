package public_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

// sharedOf reads the picture that a page names for links to it.
func sharedOf(t *testing.T, w *world, path string) (src string, pic image.Config, a *apptest.Answer) {
	t.Helper()
	page := w.reader().Get(path).Is(http.StatusOK)
	src = strings.TrimPrefix(page.Attr("meta[property='og:image']", "content"), "http://portal.localhost:8080")
	if !strings.HasPrefix(src, "/-/card/") || page.Attr("meta[property='og:image:alt']", "content") == "" ||
		page.Attr("meta[name='twitter:card']", "content") != "summary_large_image" {
		t.Fatalf("%s is shared with %q", path, src)
	}
	a = w.reader().Get(src).Is(http.StatusOK)
	pic, format, err := image.DecodeConfig(strings.NewReader(a.Body))
	if err != nil || a.Header.Get("Content-Type") != "image/"+format {
		t.Fatalf("%s: %v; it is %s", src, err, a.Header.Get("Content-Type"))
	}
	if page.Attr("meta[property='og:image:width']", "content") != "1200" || page.Attr("meta[property='og:image:height']", "content") != "630" || pic.Width != 1200 || pic.Height != 630 {
		t.Errorf("%s is shared with a picture of %d × %d", path, pic.Width, pic.Height)
	}
	return src, pic, a
}

// Every page has a picture that stands with links to it, each article its own.
func TestEveryPageIsSharedWithAPicture(t *testing.T) {
	w := newWorld(t)
	seen := map[string]string{}
	for _, path := range []string{"/vi/", "/en/", "/vi/dau-tu/hop-nhat-" + merger, "/en/investment/merger-" + merger, "/vi/khu-cong-nghiep/sikico-" + parks} {
		src, _, a := sharedOf(t, w, path)
		if other := seen[a.Body]; other != "" {
			t.Errorf("%s and %s are shared with the same picture", path, other)
		}
		seen[a.Body] = path
		if again := w.reader().Get(src, "If-None-Match", a.Header.Get("ETag")); again.Status != http.StatusNotModified {
			t.Errorf("%s: asked again, it answers %d", src, again.Status)
		}
	}
	list, _, _ := sharedOf(t, w, "/vi/dau-tu")
	if home, _, _ := sharedOf(t, w, "/vi/"); home != list {
		t.Error("a list is not shared with the outlet's card")
	}
	d := structuredData(t, w.reader().Get("/vi/khu-cong-nghiep/sikico-"+parks))
	if images, _ := d["image"].([]any); len(images) != 1 || !strings.Contains(images[0].(map[string]any)["url"].(string), "/-/card/vi/"+parks) {
		t.Errorf("search engines are told of %v", d["image"])
	}
}

// A lead picture is cut to shape; one that cannot be read leaves its place to
// the card.
func TestALeadPictureIsCutForLinks(t *testing.T) {
	w := newWorld(t)
	whole := image.NewRGBA(image.Rect(0, 0, 1600, 1600))
	for i := range whole.Pix {
		whole.Pix[i] = 0xff
	}
	for y := range 800 {
		for x := range 1600 {
			whole.SetRGBA(x, y, color.RGBA{0x20, 0x40, 0x80, 0xff})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, whole); err != nil {
		t.Fatal(err)
	}
	file := release.File{Hash: release.Hash(b.Bytes()), Name: "a.png", Type: "image/png", Size: int64(b.Len()), Width: 1600, Height: 1600}
	w.files[file.Hash] = b.Bytes()
	a := article(parks, "vi", "parks", 2, "Khu công nghiệp", "sikico")
	a.Lead = &release.Picture{File: file, Alt: "Khu công nghiệp nhìn từ trên cao"}
	w.settle(w.publish(a))
	path := "/vi/khu-cong-nghiep/sikico-" + parks
	at := func() (string, color.Color) {
		t.Helper()
		src, _, answer := sharedOf(t, w, path)
		img, err := jpeg.Decode(strings.NewReader(answer.Body))
		if err != nil {
			t.Fatal(err)
		}
		return src, img.At(600, 100)
	}
	middle, _ := at()
	if got := w.reader().Get(path).Attr("meta[property='og:image:alt']", "content"); got != a.Lead.Alt {
		t.Errorf("whoever does not see it is told %q", got)
	}
	w.settle(w.put(release.PictureKind, file.Hash, release.Renditions{Hash: file.Hash, Files: []release.File{file}, Focus: &release.Focus{X: 500, Y: 100}}))
	upper, c := at()
	if r, _, blue, _ := c.RGBA(); upper == middle || blue < r+0x4000 {
		t.Errorf("the part that is to be seen is cut away: %v", c)
	}
	if old := w.reader().Get(middle); old.Status != http.StatusFound || !strings.HasSuffix(old.Header.Get("Location"), upper) {
		t.Errorf("what the picture was named before leads to %q", old.Header.Get("Location"))
	}
	sharedOf(t, w, "/vi/van-hoa/soc-bom-bo-"+culture) // its file is no picture
}

// What is withdrawn has no picture any more, not even one that was drawn; nor
// has what never was, and no address that was made up makes anybody draw.
func TestOnlyWhatIsReleasedIsDrawn(t *testing.T) {
	w := newWorld(t)
	src, _, _ := sharedOf(t, w, "/vi/dau-tu/hop-nhat-"+merger)
	gone := article(merger, "vi", "invest", 1, "", "")
	w.settle(w.withdraw(gone, ""))
	w.reader().Get(src).Is(http.StatusGone)
	sum := strings.Repeat("0", 24)
	for path, want := range map[string]int{
		"/-/card/vi/" + parks + "-" + sum + ".png": http.StatusFound, "/-/card/vi/outlet-" + sum + ".jpg": http.StatusFound, "/-/card/en/" + parks + "-" + sum + ".png": http.StatusNotFound,
		"/-/card/vi/nnnnnnnn22-" + sum + ".png": http.StatusNotFound, "/-/card/km/outlet-" + sum + ".png": http.StatusNotFound, "/-/card/vi/outlet.png": http.StatusNotFound,
		"/-/card/vi/..%2f..%2fdocuments.db": http.StatusNotFound, "/-/card/vi/" + removed + "-" + sum + ".png": http.StatusGone,
	} {
		if got := w.reader().Get(path); got.Status != want {
			t.Errorf("%s answers %d, want %d", path, got.Status, want)
		}
	}
}
