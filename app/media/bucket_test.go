package media_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/media/blob"
)

// A library in a bucket is the same library; while the bucket is away nothing
// is half kept, and when it is back everything is there.
func TestALibraryInABucket(t *testing.T) {
	server := apptest.NewS3(t)
	files, err := blob.S3(server.Bucket)
	if err != nil {
		t.Fatal(err)
	}
	db, clock := apptest.NewDatabaseAt(t, time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC))
	r := media.New(db, files)
	kept := add(t, r, "cong.jpg", asJPEG(t, gradient(900, 600)))
	pixels(t, r, kept.File)
	pixels(t, r, *kept.Small)

	server.Refuse(http.StatusServiceUnavailable, "SlowDown")
	_, err = r.Add(ctx, reporter, "a1", "khac.jpg", bytes.NewReader(asJPEG(t, gradient(300, 200))))
	kindIs(t, "while the store is away", err, fault.Unavailable)
	if found, _, err := r.Find(ctx, reporter, media.Filter{}); err != nil || len(found) != 1 {
		t.Errorf("%d files are in the library (%v)", len(found), err)
	}
	server.Refuse(0, "")
	pixels(t, r, kept.File)
	pixels(t, r, add(t, r, "khac.jpg", asJPEG(t, gradient(300, 200))).File)

	if err := r.Delete(ctx, editor, kept.Hash); err != nil {
		t.Fatal(err)
	}
	clock.Advance(media.Grace + time.Second)
	if err := r.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	_, err = r.Open(ctx, kept.Hash)
	kindIs(t, "what was swept", err, fault.NotFound)
}
