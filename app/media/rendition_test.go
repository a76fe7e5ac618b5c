package media_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/release"
	"doingoai/app/store"
)

var morning = time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC)

// watched is a store of files in which a test sees and decides what happens.
type watched struct {
	blob.Store
	mu     sync.Mutex
	opened func(hash string) error
	puts   map[string]int
}

func watch(s blob.Store) *watched {
	return &watched{Store: s, opened: func(string) error { return nil }, puts: map[string]int{}}
}

func (w *watched) Open(ctx context.Context, hash string) (*blob.File, error) {
	if err := w.opened(hash); err != nil {
		return nil, err
	}
	return w.Store.Open(ctx, hash)
}

func (w *watched) Put(ctx context.Context, hash string, body io.Reader, size int64) error {
	w.mu.Lock()
	w.puts[hash]++
	w.mu.Unlock()
	return w.Store.Put(ctx, hash, body, size)
}

func workOff(t *testing.T, r *media.Room) time.Time {
	t.Helper()
	next, err := r.WorkOff(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func progress(t *testing.T, r *media.Room, hash string) media.Progress {
	t.Helper()
	p, err := r.Progress(ctx, hash)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func get(t *testing.T, r *media.Room, hash string) media.Media {
	t.Helper()
	m, err := r.Get(ctx, hash)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sizes writes the renditions of a picture as "320 jpeg".
func sizes(m media.Media) string {
	var list []string
	for _, f := range m.Renditions {
		list = append(list, strconv.Itoa(f.Width)+" "+strings.TrimPrefix(f.Type, "image/"))
	}
	return strings.Join(list, ", ")
}

func TestRenditionsAreMadeAfterwardsAndNeverLarger(t *testing.T) {
	see := image.NewNRGBA(image.Rect(0, 0, 700, 300))
	for x := range 700 {
		for y := range 300 {
			see.SetNRGBA(x, y, color.NRGBA{R: 210, G: uint8(y / 2), B: 40, A: uint8(x * 255 / 700)})
		}
	}
	flag := image.NewPaletted(image.Rect(0, 0, 400, 300), color.Palette{color.RGBA{218, 37, 29, 255}, color.RGBA{255, 255, 0, 255}})
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"large photo", asJPEG(t, gradient(2400, 1200)), "320 jpeg, 320 webp, 640 webp, 960 jpeg, 960 webp, 1280 jpeg, 1280 webp, 1920 webp"},
		{"old width", asJPEG(t, gradient(1600, 800)), "320 jpeg, 320 webp, 640 webp, 960 jpeg, 960 webp, 1280 jpeg, 1280 webp, 1600 webp"},
		{"small photo", asJPEG(t, gradient(500, 700)), "320 jpeg, 320 webp, 500 webp"},
		{"on its side", withOrientation(asJPEG(t, gradient(700, 300)), 6, "II"), "300 webp"},
		{"transparent", asPNG(t, see), "320 png, 320 webp, 640 webp, 700 webp"},
		{"drawing", asPNG(t, flag), "320 png, 320 webp, 400 webp"},
	} {
		r := newRoom(t)
		m := add(t, r, c.name, c.data)
		if p := progress(t, r, m.Hash); p.State != media.Waiting || len(m.Renditions) != 0 {
			t.Errorf("%s: %+v at once, %s", c.name, p, sizes(m))
		}
		workOff(t, r)
		if p := progress(t, r, m.Hash); p.State != media.Ready {
			t.Errorf("%s: %+v afterwards", c.name, p)
		}
		m = get(t, r, m.Hash)
		if got := sizes(m); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		whole := pixels(t, r, m.File)
		for _, f := range m.Renditions {
			img := pixels(t, r, f)
			if want := f.Width * m.Height / m.Width; img.Bounds().Dy() < want || img.Bounds().Dy() > want+1 {
				t.Errorf("%s: %d wide, %v", c.name, f.Width, img.Bounds())
			}
			middle := img.Bounds().Max.Div(2)
			if c.name == "drawing" && !same(img.At(middle.X, middle.Y), whole.At(200, 150), 0) {
				t.Errorf("%s: the colour became %v", f.Name, img.At(middle.X, middle.Y))
			}
			// What one can half see through has kept its colour and how far one can.
			at := image.Pt(350*f.Width/700, 150*f.Width/700)
			if c.name == "transparent" && !same(img.At(at.X, at.Y), whole.At(350, 150), 6) {
				t.Errorf("%s, %d wide: %v became %v", f.Name, f.Width, whole.At(350, 150), img.At(at.X, at.Y))
			}
			if found, err := r.File(ctx, f.Hash); err != nil || found != f {
				t.Errorf("%s: File answers %+v (%v)", f.Name, found, err)
			}
		}
	}
}

// A process that dies with a picture in hand loses nothing: it is taken by
// another one when the lease is over, and not before.
func TestAPictureOfADeadProcessIsTakenByAnother(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		files := watch(blob.Folder(t.TempDir()))
		first, second := media.New(db, files), media.New(db, files)
		m := add(t, first, "a.jpg", asJPEG(t, gradient(700, 300)))
		dying, die := context.WithCancel(ctx)
		files.opened = func(string) error { die(); return nil }
		if _, err := first.WorkOff(dying); !errors.Is(err, context.Canceled) {
			t.Fatalf("the dying process: %v", err)
		}
		files.opened = func(string) error { t.Error("taken while another may still have it"); return nil }
		next := workOff(t, second)
		if !next.After(morning) {
			t.Errorf("the next look at %v", next)
		}
		files.opened = func(string) error { return nil }
		clock.Set(next)
		workOff(t, second)
		if m = get(t, second, m.Hash); sizes(m) == "" || progress(t, second, m.Hash).State != media.Ready {
			t.Errorf("%s, %+v", sizes(m), progress(t, second, m.Hash))
		}
	})
}

// A picture that takes its process along every time is given up as well.
func TestAPictureThatKillsIsGivenUp(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		files := watch(blob.Folder(t.TempDir()))
		r := media.New(db, files)
		m := add(t, r, "a.jpg", asJPEG(t, gradient(30, 30)))
		deaths := 0
		for range media.MaxTries + 2 {
			dying, die := context.WithCancel(ctx)
			files.opened = func(string) error { deaths++; die(); return nil }
			_, err := r.WorkOff(dying)
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			die()
			clock.Advance(time.Hour)
		}
		if p := progress(t, r, m.Hash); p.State != media.Failed || deaths != media.MaxTries {
			t.Errorf("%+v after %d deaths", p, deaths)
		}
	})
}

// Several processes share the work; no picture is made twice.
func TestProcessesShareTheWork(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		files := watch(blob.Folder(t.TempDir()))
		first, second := media.New(db, files), media.New(db, files)
		var hashes []string
		for i := range 8 {
			hashes = append(hashes, add(t, first, "a.jpg", asJPEG(t, gradient(330+i, 20))).Hash)
		}
		clear(files.puts)
		var processes sync.WaitGroup
		for _, r := range []*media.Room{first, second, first, second} {
			processes.Go(func() {
				if _, err := r.WorkOff(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		processes.Wait()
		for _, hash := range hashes {
			m := get(t, first, hash)
			if len(m.Renditions) != 3 {
				t.Errorf("%d wide: %s", m.Width, sizes(m))
			}
			for _, f := range m.Renditions {
				if files.puts[f.Hash] != 1 {
					t.Errorf("%s, %d wide, was made %d times", f.Name, f.Width, files.puts[f.Hash])
				}
			}
		}
	})
}

func TestADamagedPictureIsGivenUpUntilSomebodyAsks(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		files := watch(blob.Folder(t.TempDir()))
		r := media.New(db, files)
		m := add(t, r, "a.jpg", asJPEG(t, gradient(400, 300)))
		good := add(t, r, "b.jpg", asJPEG(t, gradient(401, 300)))
		data := read(t, r, m.Hash)
		keep := func(data []byte) {
			t.Helper()
			if err := errors.Join(files.Remove(ctx, m.Hash), files.Store.Put(ctx, m.Hash, bytes.NewReader(data), int64(len(data)))); err != nil {
				t.Fatal(err)
			}
		}
		keep(asJPEG(t, image.NewGray(image.Rect(0, 0, 400, 300)))) // a picture, but another one
		for range media.MaxTries {
			if p := progress(t, r, m.Hash); p.State != media.Waiting {
				t.Errorf("given up early: %+v", p)
			}
			workOff(t, r)
			clock.Advance(10 * time.Minute)
		}
		if p := progress(t, r, m.Hash); p.State != media.Failed || p.Trouble != "error.media.damaged" || p.Tries != media.MaxTries {
			t.Errorf("%+v", p)
		}
		if p := progress(t, r, good.Hash); p.State != media.Ready {
			t.Errorf("the good picture: %+v", p)
		}
		if u, err := r.Unfinished(ctx); err != nil || u.Waiting != 0 || len(u.Failed) != 1 || u.Failed[m.Hash] != "error.media.damaged" {
			t.Errorf("unfinished: %+v (%v)", u, err)
		}
		if next := workOff(t, r); !next.IsZero() {
			t.Errorf("what was given up is due at %v", next)
		}
		if err := r.Retry(ctx, editor, good.Hash); fault.KindOf(err) != fault.NotPossible {
			t.Errorf("again without need: %v", err)
		}
		for _, stranger := range []string{"p4", "p5"} {
			if err := r.Retry(ctx, holding(stranger, "a2", "editor"), m.Hash); fault.KindOf(err) != fault.NotFound {
				t.Errorf("a stranger: %v", err)
			}
		}
		keep(data)
		if err := r.Retry(ctx, editor, m.Hash); err != nil {
			t.Fatal(err)
		}
		workOff(t, r)
		if p := progress(t, r, m.Hash); p.State != media.Ready || sizes(get(t, r, m.Hash)) != "320 jpeg, 320 webp, 400 webp" {
			t.Errorf("mended: %+v, %s", p, sizes(get(t, r, m.Hash)))
		}
	})
}

// A store that does not answer is no fault of the picture.
func TestAStoreThatIsAwayIsWaitedFor(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		files := watch(blob.Folder(t.TempDir()))
		r := media.New(db, files)
		m := add(t, r, "a.jpg", asJPEG(t, gradient(40, 30)))
		files.opened = func(string) error { return fault.New(fault.Unavailable, "error.unavailable.files") }
		for range media.MaxTries + 3 {
			workOff(t, r)
			clock.Advance(10 * time.Minute)
		}
		if p := progress(t, r, m.Hash); p.State != media.Waiting || p.Trouble != "error.unavailable.files" {
			t.Errorf("while away: %+v", p)
		}
		files.opened = func(string) error { return nil }
		workOff(t, r)
		if p := progress(t, r, m.Hash); p.State != media.Ready {
			t.Errorf("back: %+v", p)
		}
	})
}

// Readers learn the renditions of a picture exactly while a released text uses
// it, whichever comes first.
func TestReadersLearnTheRenditionsOfWhatIsReleased(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		l := &library{Room: media.New(db, blob.Folder(t.TempDir())), t: t, db: db}
		log := release.NewLog(db)
		early, late := l.brought("early.png", 400), l.brought("late.png", 410)
		told := func(m media.Media) string {
			t.Helper()
			all, err := log.After(ctx, 0, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range all {
				if e.Key != (release.Key{Kind: release.PictureKind, ID: m.Hash}) {
					continue
				}
				if e.Op == release.Withdraw {
					return "withdrawn"
				}
				var doc release.Renditions
				if err := e.Decode(&doc); err != nil {
					t.Fatal(err)
				}
				said := ""
				for _, f := range doc.Files {
					said += strconv.Itoa(f.Width) + " "
					if needed, err := log.NeedsMedia(ctx, f.Hash); err != nil || !needed {
						t.Errorf("%s is released but not needed (%v)", f.Name, err)
					}
				}
				if doc.Focus != nil {
					said += "focus " + strconv.Itoa(doc.Focus.X)
				}
				return said
			}
			return "nothing"
		}
		expect := func(when string, m media.Media, want string) {
			t.Helper()
			if got := told(m); got != want {
				t.Errorf("%s: %q, want %q", when, got, want)
			}
		}
		l.use("i1", media.Newest, early.Hash, late.Hash)
		l.use("i1", media.Live, late.Hash)
		expect("released before they are made", late, "nothing")
		workOff(t, l.Room)
		expect("made after the release", late, "320 320 430 430 ")
		expect("not released", early, "nothing")
		l.use("i2", media.Live, early.Hash, late.Hash)
		expect("released after they were made", early, "320 320 420 420 ")
		before, err := log.Last(ctx)
		if err != nil {
			t.Fatal(err)
		}
		l.use("i2", media.Live, early.Hash, late.Hash)
		if after, err := log.Last(ctx); err != nil || after != before {
			t.Errorf("what has not changed was released again: %d, then %d (%v)", before, after, err)
		}
		l.use("i2", media.Live, early.Hash)
		expect("still used by one of two", late, "320 320 430 430 ")
		if err := l.Describe(ctx, editor, late.Hash, 1, media.Description{Focus: media.Focus{X: 250, Y: 500}}); err != nil {
			t.Fatal(err)
		}
		expect("its motif was shown", late, "320 320 430 430 focus 250")
		l.use("i1", media.Live)
		expect("used by none", late, "withdrawn")
		for _, f := range get(t, l.Room, late.Hash).Renditions {
			if needed, err := log.NeedsMedia(ctx, f.Hash); err != nil || needed {
				t.Errorf("%s is needed by nothing (%v)", f.Name, err)
			}
		}
		l.use("i3", media.Live, late.Hash)
		expect("used again", late, "320 320 430 430 focus 250")
	})
}

// Two pictures of one colour may shrink to the same file. Forgetting one of
// them leaves it to the other.
func TestAFileOfTwoPicturesOutlivesOne(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		r := media.New(db, blob.Folder(t.TempDir()))
		white := func(w, h int) []byte {
			img := image.NewGray(image.Rect(0, 0, w, h))
			for i := range img.Pix {
				img.Pix[i] = 255
			}
			return asPNG(t, img)
		}
		one, two := add(t, r, "1.png", white(800, 400)), add(t, r, "2.png", white(1600, 800))
		workOff(t, r)
		one, two = get(t, r, one.Hash), get(t, r, two.Hash)
		if one.Small.Hash != two.Small.Hash || !slices.Contains(one.Renditions, one.Rendition(two.Renditions[0].Hash)) {
			t.Fatal("the two share nothing, so this proves nothing")
		}
		if err := r.Delete(ctx, editor, one.Hash); err != nil {
			t.Fatal(err)
		}
		clock.Advance(media.Grace + time.Hour)
		if err := r.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Open(ctx, one.Hash); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the forgotten picture: %v", err)
		}
		pixels(t, r, *two.Small)
		for _, f := range two.Renditions {
			pixels(t, r, f)
		}
	})
}
