package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media/blob"
)

var ctx = context.Background()

// eachStore runs a test with a folder and with a bucket.
func eachStore(t *testing.T, test func(t *testing.T, s blob.Store)) {
	t.Run("folder", func(t *testing.T) { test(t, blob.Folder(filepath.Join(t.TempDir(), "media"))) })
	t.Run("s3", func(t *testing.T) { test(t, bucketOf(t, apptest.NewS3(t))) })
}

func bucketOf(t *testing.T, server *apptest.S3) blob.Store {
	t.Helper()
	s, err := blob.S3(server.Bucket)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func put(t *testing.T, s blob.Store, data []byte) string {
	t.Helper()
	hash := hashOf(data)
	// A reader that can do nothing but read, as an upload is.
	if err := s.Put(ctx, hash, io.MultiReader(bytes.NewReader(data)), int64(len(data))); err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestAFileIsKeptWholeAndReadFromAnyPlace(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		large := bytes.Repeat([]byte("0123456789abcdef"), 36<<16) // more than one part
		for _, data := range [][]byte{[]byte("Cửa khẩu Mộc Bài"), large} {
			hash := put(t, s, data)
			file, err := s.Open(ctx, hash)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(file)
			if err != nil || !bytes.Equal(got, data) || file.Size != int64(len(data)) {
				t.Errorf("%d bytes came back as %d of %d (%v)", len(data), len(got), file.Size, err)
			}
			from := int64(len(data) / 3)
			if _, err := file.Seek(from, io.SeekStart); err != nil {
				t.Fatal(err)
			}
			if got, err = io.ReadAll(file); err != nil || !bytes.Equal(got, data[from:]) {
				t.Errorf("from byte %d of %d on came %d (%v)", from, len(data), len(got), err)
			}
			if err := file.Close(); err != nil {
				t.Error(err)
			}
			if size, err := s.Size(ctx, hash); err != nil || size != int64(len(data)) {
				t.Errorf("size %d (%v)", size, err)
			}
			put(t, s, data) // again changes nothing
		}
	})
}

func TestARemovedFileIsNotThere(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		hash := put(t, s, []byte("x"))
		for range 2 {
			if err := s.Remove(ctx, hash); err != nil {
				t.Fatal(err)
			}
		}
		for _, hash := range []string{hash, "", "ab", "..", strings.Repeat("A", 64), strings.Repeat("../", 21) + "x"} {
			_, errOpen := s.Open(ctx, hash)
			_, errSize := s.Size(ctx, hash)
			if fault.KindOf(errOpen) != fault.NotFound || fault.KindOf(errSize) != fault.NotFound {
				t.Errorf("%q: %v, %v", hash, errOpen, errSize)
			}
		}
		if err := s.Remove(ctx, "../../x"); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
		if err := s.Check(ctx); err != nil {
			t.Error(err)
		}
	})
}

// A body that ends too early, or breaks, leaves nothing behind, and no earlier
// file is harmed by it.
func TestABrokenBodyLeavesNothing(t *testing.T) {
	broken := errors.New("the line dropped")
	eachStore(t, func(t *testing.T, s blob.Store) {
		for name, body := range map[string]io.Reader{
			"short": strings.NewReader("ab"), "broken": io.MultiReader(strings.NewReader("ab"), failing{broken}),
		} {
			hash := hashOf([]byte(name))
			if err := s.Put(ctx, hash, body, 3); err == nil {
				t.Errorf("%s: was kept", name)
			}
			if _, err := s.Size(ctx, hash); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// A store's trouble is told as what it is, and what was kept is there when it
// is over.
func TestTroubleOfABucketIsTold(t *testing.T) {
	server := apptest.NewS3(t)
	s := bucketOf(t, server)
	kept := put(t, s, []byte("kept"))
	data := []byte("new")
	for _, c := range []struct {
		status int
		code   string
		says   string
	}{
		{http.StatusInsufficientStorage, "XMinioStorageFull", "error.unavailable.full"},
		{http.StatusServiceUnavailable, "SlowDown", "error.unavailable.files"},
		{http.StatusForbidden, "AccessDenied", "error.unavailable.files"},
		{http.StatusInternalServerError, "InternalError", "error.unavailable.files"},
	} {
		server.Refuse(c.status, c.code)
		for name, err := range map[string]error{
			"put": s.Put(ctx, hashOf(data), bytes.NewReader(data), 3), "remove": s.Remove(ctx, kept), "open": opened(s, kept), "check": s.Check(ctx),
		} {
			f, ok := fault.As(err)
			if name == "put" && (!ok || f.Message.Key != c.says) || !ok || f.Kind != fault.Unavailable {
				t.Errorf("%s, %s: %v", c.code, name, err)
			}
		}
	}
	server.Refuse(0, "")
	if got := put(t, s, []byte("kept")); got != kept || opened(s, kept) != nil {
		t.Error("what was kept before is not there")
	}
	server.Close()
	if err := opened(s, kept); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("unreachable: %v", err)
	}
}

func opened(s blob.Store, hash string) error {
	f, err := s.Open(ctx, hash)
	if err != nil {
		return err
	}
	return f.Close()
}

func TestABucketThatIsNotThereIsTold(t *testing.T) {
	server := apptest.NewS3(t)
	server.Name = "nothing"
	if err := bucketOf(t, server).Check(ctx); fault.KindOf(err) != fault.Unavailable {
		t.Error(err)
	}
}

func TestTroubleOfADiskIsTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := blob.Folder(filepath.Join(dir, "file", "media"))
	err := s.Put(ctx, hashOf(nil), strings.NewReader(""), 0)
	if fault.KindOf(err) != fault.Unavailable || fault.KindOf(s.Check(ctx)) != fault.Unavailable {
		t.Errorf("no folder: %v, %v", err, s.Check(ctx))
	}
	full := blob.Folder(filepath.Join(dir, "media"))
	err = full.Put(ctx, hashOf(nil), failing{syscall.ENOSPC}, 1)
	if f, ok := fault.As(err); !ok || f.Message.Key != "error.unavailable.full" {
		t.Errorf("full: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "media", "*", ".*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}
