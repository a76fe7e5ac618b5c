package media_test

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"path/filepath"
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

// eachUploads runs a test of uploads on either database, with the folder of its files.
func eachUploads(t *testing.T, test func(t *testing.T, r *media.Room, dir string, db *store.DB, clock *apptest.ManualClock)) {
	apptest.EachDatabaseAt(t, time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC), func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		dir := t.TempDir()
		test(t, media.New(db, blob.Folder(dir)), dir, db, clock)
	})
}

func begin(t testing.TB, r *media.Room, name string, data []byte) media.Upload {
	t.Helper()
	u, err := r.Begin(ctx, reporter, "a1", name, int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// sendRest sends what is missing of a file, in pieces of a size.
func sendRest(t testing.TB, r *media.Room, u media.Upload, data []byte, size int64) media.Upload {
	t.Helper()
	for u.Arrived < u.Size {
		var err error
		if u, err = r.Continue(ctx, reporter, u.ID, u.Arrived, data[u.Arrived:min(u.Arrived+size, u.Size)]); err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// countFiles counts what lies in the store.
func countFiles(t testing.TB, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAFileComesInPiecesAndGoesOnAfterARestart(t *testing.T) {
	eachUploads(t, func(t *testing.T, r *media.Room, dir string, db *store.DB, _ *apptest.ManualClock) {
		data := apptest.Film(9 << 20)
		u := begin(t, r, "phim.webm", data)
		u, err := r.Continue(ctx, reporter, u.ID, 0, data[:media.MaxPiece])
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.Finish(ctx, reporter, u.ID)
		kindIs(t, "half a file", err, fault.NotPossible)

		again := media.New(db, blob.Folder(dir)) // another process, or this one after a restart
		now, err := again.Uploading(ctx, reporter, u.ID)
		if err != nil || now.Arrived != media.MaxPiece || now.Size != int64(len(data)) || now.Name != "phim.webm" {
			t.Fatalf("after a restart %+v (%v)", now, err)
		}
		for name, from := range map[string]int64{"sent twice": 0, "with a gap": media.MaxPiece + 1, "of before": 5} {
			at, err := again.Continue(ctx, reporter, u.ID, from, data[from:from+10])
			kindIs(t, name, err, fault.Conflict)
			if at.Arrived != media.MaxPiece {
				t.Errorf("%s: told to go on at %d", name, at.Arrived)
			}
		}
		sendRest(t, again, now, data, 1<<20)
		_, err = again.Continue(ctx, reporter, u.ID, int64(len(data)), []byte("x"))
		kindIs(t, "more than was announced", err, fault.TooLarge)
		m, err := again.Finish(ctx, reporter, u.ID)
		if err != nil || m.Kind != media.Film || m.FileName != "phim.webm" || m.PersonID != reporter.ID {
			t.Fatalf("%+v (%v)", m, err)
		}
		if kept := read(t, again, m.Hash); release.Hash(kept) != m.Hash || bytes.Contains(kept, []byte(apptest.FileSecret)) {
			t.Error("what is kept is not the film without what it tells")
		}
		if n := countFiles(t, dir); n != 1 {
			t.Errorf("%d files lie in the store", n)
		}
		if twice, err := again.Finish(ctx, reporter, u.ID); err != nil || twice.Hash != m.Hash {
			t.Errorf("finished twice: %s (%v)", twice.Hash, err)
		}
	})
}

func TestAnUploadIsItsPersonsOwn(t *testing.T) {
	eachUploads(t, func(t *testing.T, r *media.Room, dir string, _ *store.DB, clock *apptest.ManualClock) {
		data := apptest.Sound(1)
		u := begin(t, r, "loi.wav", data)
		if _, err := r.Continue(ctx, reporter, u.ID, 0, data[:100]); err != nil {
			t.Fatal(err)
		}
		_, err := r.Uploading(ctx, editor, u.ID)
		kindIs(t, "a colleague asks", err, fault.NotFound)
		_, err = r.Continue(ctx, editor, u.ID, 100, data[100:])
		kindIs(t, "a colleague goes on", err, fault.NotFound)
		_, err = r.Finish(ctx, editor, u.ID)
		kindIs(t, "a colleague ends it", err, fault.NotFound)
		kindIs(t, "a colleague stops it", r.Abandon(ctx, editor, u.ID), fault.NotFound)
		_, err = r.Begin(ctx, translator, "a1", "x", 10)
		kindIs(t, "a translator", err, fault.Forbidden)
		_, err = r.Begin(ctx, reporter, "a2", "x", 10)
		kindIs(t, "for another agency", err, fault.Forbidden)
		for size, want := range map[int64]fault.Kind{0: fault.Invalid, -1: fault.Invalid, media.MaxFile + 1: fault.TooLarge} {
			_, err := r.Begin(ctx, reporter, "a1", "x", size)
			kindIs(t, "an impossible size", err, want)
		}
		if err := r.Abandon(ctx, reporter, u.ID); err != nil {
			t.Fatal(err)
		}
		_, err = r.Uploading(ctx, reporter, u.ID)
		kindIs(t, "abandoned", err, fault.NotFound)
		if n := countFiles(t, dir); n != 0 {
			t.Errorf("%d files are left", n)
		}

		left := begin(t, r, "loi.wav", data)
		if _, err := r.Continue(ctx, reporter, left.ID, 0, data[:100]); err != nil {
			t.Fatal(err)
		}
		clock.Advance(media.UploadLife)
		if err := r.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err = r.Uploading(ctx, reporter, left.ID); err != nil {
			t.Errorf("swept too early: %v", err)
		}
		clock.Advance(time.Second)
		if err := r.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		_, err = r.Uploading(ctx, reporter, left.ID)
		kindIs(t, "after a day", err, fault.NotFound)
		if n := countFiles(t, dir); n != 0 {
			t.Errorf("%d files are left after a day", n)
		}
	})
}

func TestUnfinishedUploadsAreLimited(t *testing.T) {
	eachUploads(t, func(t *testing.T, r *media.Room, _ string, _ *store.DB, _ *apptest.ManualClock) {
		for range media.MaxUploads {
			begin(t, r, "x.webm", make([]byte, 1))
		}
		_, err := r.Begin(ctx, reporter, "a1", "x.webm", 1)
		kindIs(t, "one more of a person", err, fault.TooMany)
		for i := range int64(media.MaxUnfinished / media.MaxFile) {
			other := holding("q"+string(rune('a'+i)), "a1", "reporter")
			if _, err := r.Begin(ctx, other, "a1", "x.webm", media.MaxFile-media.MaxUploads); err != nil {
				t.Fatal(err)
			}
		}
		_, err = r.Begin(ctx, editor, "a1", "x.webm", media.MaxFile)
		kindIs(t, "more than all may have", err, fault.Unavailable)
	})
}

// What would be refused in the end is refused with the first piece, and nothing
// of it stays.
func TestHostileUploadsEndAtOnce(t *testing.T) {
	eachUploads(t, func(t *testing.T, r *media.Room, dir string, _ *store.DB, _ *apptest.ManualClock) {
		for name, c := range map[string]struct {
			beginning []byte
			size      int64
			key       string
		}{
			"a program":           {[]byte("MZ\x90\x00"), 400 << 20, "error.media.program"},
			"a document too long": {[]byte("%PDF-1.4\n"), media.MaxDocument + 1, "error.media.file_too_large"},
			"a picture too large": {[]byte("\xff\xd8\xff\xe0"), media.MaxBytes + 1, "error.media.too_large"},
		} {
			u, err := r.Begin(ctx, reporter, "a1", name, c.size)
			if err != nil {
				t.Fatal(err)
			}
			_, err = r.Continue(ctx, reporter, u.ID, 0, c.beginning)
			if f, ok := fault.As(err); !ok || f.Message.Key != c.key {
				t.Errorf("%s: %v", name, err)
			}
			_, err = r.Uploading(ctx, reporter, u.ID)
			kindIs(t, name, err, fault.NotFound)
		}
		broken := apptest.Film(5000)
		u := begin(t, r, "phim.webm", broken[:3000])
		sendRest(t, r, u, broken, 1000)
		_, err := r.Finish(ctx, reporter, u.ID)
		if f, ok := fault.As(err); !ok || f.Message.Key != "error.media.damaged" {
			t.Errorf("half a film: %v", err)
		}
		if n := countFiles(t, dir); n != 0 {
			t.Errorf("%d files are left", n)
		}
		_, err = r.Continue(ctx, reporter, begin(t, r, "x", make([]byte, 10)).ID, 0, make([]byte, media.MaxPiece+1))
		kindIs(t, "a piece too large", err, fault.TooLarge)
	})
}

// Two tries at the same piece, as after a line that dropped while the first was
// still being taken: one counts, and the file is right.
func TestOnePieceSentTwiceAtOnceCountsOnce(t *testing.T) {
	eachUploads(t, func(t *testing.T, r *media.Room, dir string, _ *store.DB, _ *apptest.ManualClock) {
		data := apptest.Film(300_000)
		u := begin(t, r, "phim.webm", data)
		for from := 0; from < len(data); from += 100_000 {
			errs := make([]error, 4)
			var tries sync.WaitGroup
			for i := range errs {
				tries.Go(func() {
					_, errs[i] = r.Continue(ctx, reporter, u.ID, int64(from), data[from:min(from+100_000, len(data))])
				})
			}
			tries.Wait()
			taken := 0
			for _, err := range errs {
				if err == nil {
					taken++
				} else {
					kindIs(t, "a slower try", err, fault.Conflict)
				}
			}
			if taken != 1 {
				t.Errorf("at %d %d tries count: %v", from, taken, errors.Join(errs...))
			}
		}
		made := make([]media.Media, 3)
		var ends sync.WaitGroup
		for i := range made {
			ends.Go(func() {
				var err error
				if made[i], err = r.Finish(ctx, reporter, u.ID); err != nil {
					t.Error(err)
				}
			})
		}
		ends.Wait()
		if made[0].Hash == "" || made[0].Hash != made[1].Hash || made[0].Hash != made[2].Hash {
			t.Errorf("it became %s, %s, %s", made[0].Hash, made[1].Hash, made[2].Hash)
		}
		if n := countFiles(t, dir); n != 1 {
			t.Errorf("%d files are in the store", n)
		}
	})
}

// While the store is away a piece is refused and can be sent again; what has
// arrived stays.
func TestAnUploadOutlivesAStoreThatIsAway(t *testing.T) {
	server := apptest.NewS3(t)
	files, err := blob.S3(server.Bucket)
	if err != nil {
		t.Fatal(err)
	}
	r := media.New(apptest.NewDatabase(t), files)
	data := apptest.Film(300_000)
	u := begin(t, r, "phim.webm", data)
	if u, err = r.Continue(ctx, reporter, u.ID, 0, data[:100_000]); err != nil {
		t.Fatal(err)
	}
	server.Refuse(http.StatusServiceUnavailable, "SlowDown")
	_, err = r.Continue(ctx, reporter, u.ID, u.Arrived, data[100_000:200_000])
	kindIs(t, "a piece", err, fault.Unavailable)
	server.Refuse(0, "")
	u = sendRest(t, r, u, data, 100_000)
	server.Refuse(http.StatusInsufficientStorage, "XMinioStorageFull")
	_, err = r.Finish(ctx, reporter, u.ID)
	kindIs(t, "the end", err, fault.Unavailable)
	server.Refuse(0, "")
	m, err := r.Finish(ctx, reporter, u.ID)
	if err != nil || release.Hash(read(t, r, m.Hash)) != m.Hash {
		t.Errorf("%+v (%v)", m, err)
	}
}
