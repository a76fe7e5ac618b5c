package media_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/release"
	"doingoai/app/store"
)

var ctx = context.Background()

var reporter = account.Actor{ID: "p1", Posts: []account.Post{{Agency: "a1", Role: account.Reporter}}}

// gradient is a picture of many colours.
func gradient(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x*y/7 + x/3), 255})
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func newRoom(t testing.TB) *media.Room {
	t.Helper()
	return media.New(apptest.NewDatabase(t), blob.Folder(t.TempDir()))
}

func add(t testing.TB, r *media.Room, name string, data []byte) media.Media {
	t.Helper()
	m, err := r.Add(ctx, reporter, "a1", name, bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

func read(t testing.TB, r *media.Room, hash string) []byte {
	t.Helper()
	f, err := r.Open(ctx, hash)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return data
}

func pixels(t testing.TB, r *media.Room, f release.File) image.Image {
	t.Helper()
	data := read(t, r, f.Hash)
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if release.Hash(data) != f.Hash || int64(len(data)) != f.Size || img.Bounds().Dx() != f.Width || img.Bounds().Dy() != f.Height {
		t.Errorf("file is %d bytes, %v, hash %s; described as %+v", len(data), img.Bounds(), release.Hash(data), f)
	}
	return img
}

func TestAPictureIsScaledForPagesAndForPhones(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		r := media.New(db, blob.Folder(t.TempDir()))
		for _, c := range []struct {
			name, noted        string
			data               []byte
			small              bool
			fullSize, smallest image.Point
		}{
			{"Ảnh chụp Cửa khẩu Hoa Lư.JPG", "Ảnh chụp Cửa khẩu Hoa Lư.JPG", asJPEG(t, gradient(2000, 1000)), true, image.Pt(1920, 960), image.Pt(640, 320)},
			{"photo.png", "photo.png", asPNG(t, gradient(1200, 900)), true, image.Pt(1200, 900), image.Pt(640, 480)},
			{"small.jpeg", "small.jpeg", asJPEG(t, gradient(500, 700)), false, image.Pt(500, 700), image.Pt(0, 0)},
			{`C:\Ảnh\..\..\etc\passwd`, "passwd", asJPEG(t, gradient(30, 30)), false, image.Pt(30, 30), image.Pt(0, 0)},
			{"\xff" + strings.Repeat("ề", 200), strings.Repeat("ề", 120), asJPEG(t, gradient(31, 30)), false, image.Pt(31, 30), image.Pt(0, 0)},
		} {
			m := add(t, r, c.name, c.data)
			trail, err := audit.Of(ctx, db, "media/"+m.Hash, 1)
			if err != nil || len(trail) != 1 || trail[0].Detail["name"] != c.noted {
				t.Errorf("%s: noted as %+v (%v)", c.name, trail, err)
			}
			// Readers are not told what somebody calls their files.
			named := "picture-" + m.Hash[:8] + ".jpg"
			if m.Name != named || m.Type != "image/jpeg" || m.Width != c.fullSize.X || m.Height != c.fullSize.Y {
				t.Errorf("%s: %+v", c.name, m.File)
			}
			pixels(t, r, m.File)
			if (m.Small != nil) != c.small {
				t.Errorf("%s: small rendition %+v", c.name, m.Small)
			}
			if m.Small == nil {
				continue
			}
			if m.Small.Name != named || m.Small.Width != c.smallest.X || m.Small.Height != c.smallest.Y {
				t.Errorf("%s: small %+v", c.name, *m.Small)
			}
			pixels(t, r, *m.Small)
			for _, f := range []release.File{m.File, *m.Small} {
				if got, err := r.File(ctx, f.Hash); err != nil || got != f {
					t.Errorf("%s: File answers %+v (%v), want %+v", c.name, got, err, f)
				}
			}
		}
	})
}

func TestDrawingsAndTransparentPicturesStayPNG(t *testing.T) {
	r := newRoom(t)
	chart := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for i := range chart.Pix {
		chart.Pix[i] = 255
	}
	for x := range 400 {
		chart.SetRGBA(x, 150, color.RGBA{200, 16, 46, 255})
	}
	m := add(t, r, "bieu-do.png", asPNG(t, chart))
	if m.Type != "image/png" || m.Colour != "#ffffff" {
		t.Errorf("chart: %+v", m)
	}
	if got := pixels(t, r, m.File).At(7, 150); !same(got, color.RGBA{200, 16, 46, 255}, 0) {
		t.Errorf("the chart's line is now %v", got)
	}
	see := image.NewNRGBA(image.Rect(0, 0, 900, 300))
	for x := range 900 {
		for y := range 300 {
			see.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y), uint8(x + y), uint8(x % 256)})
		}
	}
	m = add(t, r, "logo.png", asPNG(t, see))
	if m.Type != "image/png" || m.Small == nil || m.Small.Type != "image/png" || m.Small.Name != m.Name || path.Ext(m.Name) != ".png" {
		t.Errorf("transparent: %+v %+v", m.File, m.Small)
	}
	if _, _, _, alpha := pixels(t, r, m.File).At(0, 0).RGBA(); alpha != 0 {
		t.Errorf("what was transparent has alpha %d", alpha)
	}
}

func same(a, b color.Color, tolerance int) bool {
	r1, g1, b1, a1 := a.RGBA()
	r2, g2, b2, a2 := b.RGBA()
	for _, d := range []int{int(r1>>8) - int(r2>>8), int(g1>>8) - int(g2>>8), int(b1>>8) - int(b2>>8), int(a1>>8) - int(a2>>8)} {
		if d > tolerance || d < -tolerance {
			return false
		}
	}
	return true
}

func TestOfAMovingGIFTheFirstFrameIsKept(t *testing.T) {
	red := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{color.RGBA{255, 0, 0, 255}})
	blue := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{color.RGBA{0, 0, 255, 255}})
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{red, blue}, Delay: []int{10, 10}}); err != nil {
		t.Fatal(err)
	}
	r := newRoom(t)
	m := add(t, r, "dong.gif", b.Bytes())
	if m.Type != "image/png" || m.Colour != "#ff0000" || !same(pixels(t, r, m.File).At(3, 3), color.RGBA{255, 0, 0, 255}, 0) {
		t.Errorf("%+v", m)
	}
}

func TestTheSamePictureTwiceIsOnePicture(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		r := media.New(db, blob.Folder(t.TempDir()))
		data := asJPEG(t, gradient(800, 600))
		var wg sync.WaitGroup
		hashes := make([]string, 6)
		for i := range hashes {
			wg.Go(func() {
				if m, err := r.Add(ctx, reporter, "a1", "anh.jpg", bytes.NewReader(data)); err == nil {
					hashes[i] = m.Hash
				}
			})
		}
		wg.Wait()
		again := add(t, r, "ten-khac.jpg", append(data, "trailing bytes"...))
		for _, h := range append(hashes, again.Hash) {
			if h != hashes[0] || h == "" {
				t.Fatalf("hashes %v", hashes)
			}
		}
		trail, err := audit.Of(ctx, db, "media/"+hashes[0], 10)
		if err != nil || len(trail) != 1 || trail[0].Verb != "media.add" || trail[0].ActorID != "p1" {
			t.Errorf("trail %v (%v)", trail, err)
		}
	})
}

func TestNothingIsTakenFromWhoMayNotUpload(t *testing.T) {
	r := newRoom(t)
	for name, actor := range map[string]account.Actor{
		"nobody":         {},
		"other agency":   {ID: "p2", Posts: []account.Post{{Agency: "a2", Role: account.Reporter}}},
		"only a reader":  {ID: "p3", Posts: []account.Post{{Agency: "a1", Role: account.Auditor}}},
		"administrator":  {ID: "p4", Posts: []account.Post{{Agency: "a1", Role: account.SystemAdministrator}}},
		"only by agency": {ID: "p5", Posts: []account.Post{{Agency: "", Role: account.Reporter}}},
	} {
		if _, err := r.Add(ctx, actor, "a1", "x.jpg", bytes.NewReader(asJPEG(t, gradient(9, 9)))); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyFilesOfCurrentReleasesAreOpenToNewsstands(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		r, log := media.New(db, blob.Folder(t.TempDir())), release.NewLog(db)
		lead := add(t, r, "lead.jpg", asJPEG(t, gradient(1000, 500)))
		inside := add(t, r, "inside.jpg", asJPEG(t, gradient(100, 50)))
		draft := add(t, r, "draft.jpg", asJPEG(t, gradient(101, 50)))
		picture, err := r.Picture(ctx, lead.Hash, "alt", "caption", "credit")
		if err != nil {
			t.Fatal(err)
		}
		article := &release.Article{ID: "i1", Lang: "vi", Lead: picture, Files: []release.File{inside.File, inside.File}}
		visible := func(hash string) bool {
			t.Helper()
			f, err := r.OpenReleased(ctx, hash)
			if err == nil {
				err = f.Close()
			} else if fault.KindOf(err) == fault.NotFound {
				return false
			}
			if err != nil {
				t.Fatal(err)
			}
			return true
		}
		publish := func(op release.Op, id string, document any) {
			t.Helper()
			err := db.Write(ctx, func(tx *store.Tx) error {
				_, err := log.Append(tx, release.Key{Kind: release.ArticleKind, ID: id, Lang: "vi"}, op, document)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		expect := func(when string, want ...bool) {
			t.Helper()
			for i, hash := range []string{lead.Hash, lead.Small.Hash, inside.Hash, draft.Hash} {
				if visible(hash) != want[i] {
					t.Errorf("%s: file %d visible: %v", when, i, !want[i])
				}
			}
		}
		expect("before any release", false, false, false, false)
		publish(release.Put, "i1", article)
		expect("released", true, true, true, false)
		publish(release.Put, "i2", release.Article{ID: "i2", Lang: "vi", Files: []release.File{inside.File}})
		publish(release.Put, "i1", release.Article{ID: "i1", Lang: "vi", Lead: picture})
		expect("superseded without the inner picture, which another still has", true, true, true, false)
		publish(release.Withdraw, "i2", release.Tombstone{})
		expect("the other withdrawn", true, true, false, false)
		publish(release.Withdraw, "i1", article) // even if a body lists files
		expect("all withdrawn", false, false, false, false)
	})
}

func TestNoPathLeadsOutOfTheLibrary(t *testing.T) {
	dir := t.TempDir()
	r := media.New(apptest.NewDatabase(t), blob.Folder(filepath.Join(dir, "media")))
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{
		"", "ab", "../secret", "..", strings.Repeat("a", 63), strings.Repeat("A", 64), strings.Repeat("a", 64) + "\n",
		strings.Repeat("../", 21) + "x", strings.Repeat("0", 63) + "/", strings.Repeat("\x00", 64), strings.Repeat("f", 64),
	} {
		_, errOpen := r.Open(ctx, hash)
		_, errReleased := r.OpenReleased(ctx, hash)
		_, errGet := r.Get(ctx, hash)
		_, errFile := r.File(ctx, hash)
		for _, err := range []error{errOpen, errReleased, errGet, errFile} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%q: %v", hash, err)
			}
		}
	}
}

func TestAFileIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	r := media.New(apptest.NewDatabase(t), blob.Folder(dir))
	m := add(t, r, "a.jpg", asJPEG(t, gradient(50, 50)))
	target := filepath.Join(dir, m.Hash[:2], m.Hash)
	if err := os.WriteFile(target, []byte("cut off by a full disk"), 0o600); err != nil {
		t.Fatal(err)
	}
	add(t, r, "a.jpg", asJPEG(t, gradient(50, 50)))
	pixels(t, r, m.File)
	left, err := filepath.Glob(filepath.Join(dir, "*", ".*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}
