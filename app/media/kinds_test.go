package media_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/release"
)

func TestFilmsSoundAndDocumentsAreKeptWithoutWhatTheyTell(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		for _, c := range []struct {
			file, mime, name string
			kind             media.Kind
			data             []byte
			width, seconds   int
		}{
			{"phim.webm", "video/webm", "film-", media.Film, apptest.Film(3 << 20), 1280, 7},
			{"loi.wav", "audio/wav", "sound-", media.Sound, apptest.Sound(3), 0, 3},
			{"Quyết định 12.pdf", "application/pdf", "document-", media.Document, apptest.PDF("Quyet dinh"), 0, 0},
		} {
			// A reader that can do nothing but read, as a line is.
			m, err := l.Add(ctx, reporter, "a1", c.file, io.MultiReader(bytes.NewReader(c.data)))
			if err != nil {
				t.Fatalf("%s: %v", c.file, err)
			}
			if m.Kind != c.kind || m.Type != c.mime || m.Width != c.width || m.Seconds != c.seconds || m.FileName != c.file ||
				!strings.HasPrefix(m.Name, c.name) || m.Small != nil {
				t.Errorf("%s: %+v", c.file, m)
			}
			data := read(t, l.Room, m.Hash)
			if release.Hash(data) != m.Hash || int64(len(data)) != m.Size || bytes.Contains(data, []byte(apptest.FileSecret)) {
				t.Errorf("%s: %d bytes of %d, hash %s, its secret told: %v", c.file, len(data), m.Size, release.Hash(data), bytes.Contains(data, []byte(apptest.FileSecret)))
			}
			if again := add(t, l.Room, c.file, c.data); again.Hash != m.Hash {
				t.Errorf("%s: the same file is two", c.file)
			}
		}
		l.brought("anh.png", 1)
		for kind, want := range map[media.Kind][]string{
			"": {"Quyết định 12.pdf", "anh.png", "loi.wav", "phim.webm"}, media.Film: {"phim.webm"}, media.Sound: {"loi.wav"},
			media.Document: {"Quyết định 12.pdf"}, media.Picture: {"anh.png"}, "x": {},
		} {
			names := l.names(editor, media.Filter{Kind: kind})
			if slices.Sort(names); !slices.Equal(names, want) {
				t.Errorf("kind %q: %q", kind, names)
			}
		}
	})
}

// What is said of a film, whose it is and where it stands follow the rules of
// pictures, for it is the same code; here is what would show if it were not.
func TestAFilmIsLookedAfterAsAPictureIs(t *testing.T) {
	eachLibrary(t, func(t *testing.T, l *library) {
		film := add(t, l.Room, "phim.webm", apptest.Film(1000))
		if err := l.Describe(ctx, editor, film.Hash, 1, media.Description{
			Words: map[string]media.Words{"vi": {Alt: "Toàn cảnh cửa khẩu"}}, Focus: media.Middle,
		}); err != nil {
			t.Fatal(err)
		}
		if got := l.names(editor, media.Filter{Text: "toan canh"}); len(got) != 1 {
			t.Errorf("found by its words: %q", got)
		}
		l.use("i1", media.Newest, film.Hash)
		kindIs(t, "in use", l.Delete(ctx, editor, film.Hash), fault.NotPossible)
		l.use("i1", media.Newest)
		if err := l.Delete(ctx, editor, film.Hash); err != nil {
			t.Fatal(err)
		}
		l.clock.Advance(media.Grace + 1e9)
		if err := l.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		_, err := l.Open(ctx, film.Hash)
		kindIs(t, "after it was swept", err, fault.NotFound)
	})
}

func TestHostileFilesAndTooLargeOnesAreRefused(t *testing.T) {
	r := newRoom(t)
	for name, c := range map[string]struct {
		body io.Reader
		key  string
	}{
		"a program":           {strings.NewReader("MZ\x90\x00"), "error.media.program"},
		"a page":              {strings.NewReader("<!doctype html><script>alert(1)</script>"), "error.media.program"},
		"an archive":          {strings.NewReader("Rar!\x1a\x07\x00"), "error.media.archive"},
		"nothing known":       {strings.NewReader("Thông tin đối ngoại"), "error.media.unknown_format"},
		"nothing":             {strings.NewReader(""), "error.media.unknown_format"},
		"half a film":         {bytes.NewReader(apptest.Film(5000)[:3000]), "error.media.damaged"},
		"an endless document": {io.MultiReader(strings.NewReader("%PDF-1.4\n"), endless{}), "error.media.file_too_large"},
		"an endless sound":    {io.MultiReader(bytes.NewReader(apptest.Sound(1)), endless{}), "error.media.file_too_large"},
	} {
		_, err := r.Add(ctx, reporter, "a1", "x", c.body)
		if f, ok := fault.As(err); !ok || f.Message.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
	_, err := r.AddPicture(ctx, reporter, "a1", "x", bytes.NewReader(apptest.Film(10)))
	if f, ok := fault.As(err); !ok || f.Message.Key != "error.media.not_image" {
		t.Errorf("a film for a picture: %v", err)
	}
	if found, _, err := r.Find(ctx, reporter, media.Filter{}); err != nil || len(found) > 0 {
		t.Errorf("kept: %v (%v)", found, err)
	}
}
