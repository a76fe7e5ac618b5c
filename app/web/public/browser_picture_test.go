package public_test

import (
	"bytes"
	"fmt"
	"html/template"
	"image"
	"image/draw"
	"image/jpeg"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/release"

	"github.com/chromedp/chromedp"
	"github.com/gen2brain/webp"
)

// realRenditions are files that a browser can show, of a picture of one colour.
func (w *world) realRenditions() (*release.Picture, release.Renditions) {
	w.t.Helper()
	keep := func(width int, mediaType, extension string) release.File {
		img := image.NewRGBA(image.Rect(0, 0, width, width/2))
		draw.Draw(img, img.Bounds(), image.Black, image.Point{}, draw.Src)
		var b bytes.Buffer
		var err error
		if mediaType == "image/webp" {
			err = webp.Encode(&b, img)
		} else {
			err = jpeg.Encode(&b, img, nil)
		}
		if err != nil {
			w.t.Fatal(err)
		}
		f := release.File{Hash: release.Hash(b.Bytes()), Name: "p." + extension, Type: mediaType, Size: int64(b.Len()), Width: width, Height: width / 2}
		w.files[f.Hash] = b.Bytes()
		return f
	}
	p := &release.Picture{File: keep(1920, "image/jpeg", "jpg"), Alt: "Cửa khẩu", Colour: "#e00000"}
	r := release.Renditions{Hash: p.Hash, Colour: p.Colour, Focus: &release.Focus{X: 0, Y: 1000}, Files: []release.File{p.File}}
	for _, width := range []int{320, 640, 960, 1280, 1920} {
		r.Files = append(r.Files, keep(width, "image/webp", "webp"))
	}
	return p, r
}

type seenPicture struct {
	Source, Colour, Point string
	Ready                 bool
	Box                   float64
}

// What a browser fetched, and how it shows it.
const shownPicture = `(() => {
	const img = document.querySelector("main img"), style = getComputedStyle(img);
	return {Source: img.currentSrc, Ready: img.complete && img.naturalWidth > 0, Colour: style.backgroundColor, Point: style.objectPosition, Box: img.getBoundingClientRect().height};
})()`

// A phone fetches few bytes: the narrow WebP, not the picture.
func TestABrowserChoosesTheFileThatFits(t *testing.T) {
	tab := apptest.Browser(t)
	w := newWorld(t)
	a := article(culture, "vi", "culture", 9, "Cửa khẩu quốc tế", "cua-khau")
	picture, renditions := w.realRenditions()
	a.Lead, a.Outlets = picture, []string{"portal"}
	a.Files = []release.File{picture.File}
	a.HTML = template.HTML("<p>Một đoạn.</p><figure><img src=\"" + picture.Path() + "\" alt=\"Trong bài\" width=\"1920\" height=\"960\" loading=\"lazy\" decoding=\"async\"></figure>")
	w.publish(a)
	w.settle(w.put(release.PictureKind, picture.Hash, renditions))
	_, port, _ := strings.Cut(w.listen(), ":")
	complaints := listen(t, tab)
	name := map[int]string{}
	for _, f := range renditions.Files {
		if f.Type == "image/webp" {
			name[f.Width] = f.Path()
		}
	}
	for _, c := range []struct {
		path        string
		width, file int64
	}{
		// From narrow to wide: what a browser has already fetched, it takes for less too.
		{"/vi/van-hoa/cua-khau-" + culture, 360, 640}, {"/vi/", 360, 640}, {"/vi/", 768, 960}, {"/vi/van-hoa/cua-khau-" + culture, 1440, 960},
	} {
		m := visit(t, tab, "http://portal.localhost:"+port+c.path, c.width)
		var got seenPicture
		apptest.Eventually(t, "the picture is there", func() bool {
			var err error
			if got, err = chromedp.Run(tab, chromedp.Evaluate[seenPicture](shownPicture)); err != nil {
				t.Fatal(err)
			}
			return got.Ready
		})
		at := fmt.Sprintf("%s at %d px", c.path, c.width)
		if !strings.HasSuffix(got.Source, name[int(c.file)]) {
			t.Errorf("%s: the browser took %s; want %s", at, got.Source, name[int(c.file)])
		}
		if got.Colour != "rgb(240, 16, 16)" || got.Point != "0% 100%" || got.Box < 90 {
			t.Errorf("%s: %+v", at, got)
		}
		if m.Shift > swap {
			t.Errorf("%s: %v of it moved", at, m.Shift)
		}
		if said := complaints(); said != "" {
			t.Errorf("%s: the browser complains: %s", at, said)
		}
		if c.path != "/vi/" {
			const body = `document.querySelector(".body picture > source[type='image/webp'] + img[loading=lazy]") !== null`
			if inside, err := chromedp.Run(tab, chromedp.Evaluate[bool](body)); err != nil || !inside {
				t.Errorf("%s: the picture in the text is not offered so (%v)", at, err)
			}
		}
	}
}
