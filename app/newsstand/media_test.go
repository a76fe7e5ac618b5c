package newsstand_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/release"
)

func illustrated(n *newsroom, id string, f release.File) release.Article {
	a := n.draft(id, "vi", "Có ảnh")
	a.Lead = &release.Picture{File: f, Alt: "Cổng khu công nghiệp"}
	return a
}

func TestAPictureIsThereBeforeThePageThatShowsIt(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, n)
	s.catchUp(t, n)
	asked := false
	n.onMedia = func() {
		asked = true
		if _, err := s.Article(ctx, s.outlet("portal"), "vi", "a"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the page was there before its picture: %v", err)
		}
	}
	f := n.file("picture")
	s.upTo(t, n.publish(t, illustrated(n, "a", f)))
	path, got, err := s.Media(ctx, f.Hash)
	if err != nil || got.Name != f.Name || got.Type != f.Type || got.Size != f.Size || !asked {
		t.Fatalf("%+v %v", got, err)
	}
	if body, err := os.ReadFile(path); err != nil || string(body) != "picture" {
		t.Errorf("%q %v", body, err)
	}
}

func TestAPictureLeavesWithTheLastReleaseThatNeedsIt(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, n)
	shared, own := n.file("shared"), n.file("own")
	a, b := illustrated(n, "a", shared), illustrated(n, "b", shared)
	a.Files = []release.File{own, own}
	n.publish(t, a)
	n.publish(t, b)
	s.catchUp(t, n)
	for _, step := range []struct {
		name        string
		do          func() int64
		shared, own bool
	}{
		{"withdraw one of two", func() int64 { return n.withdraw(t, a) }, true, false},
		{"release the other without its picture", func() int64 { b.Lead = nil; return n.publish(t, b) }, false, false},
		{"release the first again", func() int64 { return n.publish(t, a) }, true, true},
	} {
		s.upTo(t, step.do())
		for f, want := range map[*release.File]bool{&shared: step.shared, &own: step.own} {
			_, _, err := s.Media(ctx, f.Hash)
			if (err == nil) != want || err != nil && fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %d bytes: %v", step.name, f.Size, err)
			}
			apptest.Eventually(t, step.name+": the disk agrees", func() bool { return isOnDisk(t, s, *f) == want })
		}
	}
	s.same(t, n)
}

func TestAPictureThatCannotBeHadDoesNotHoldUpTheLog(t *testing.T) {
	for name, spoil := range map[string]func(n *newsroom, f release.File){
		"not there":   func(n *newsroom, f release.File) { delete(n.files, f.Hash) },
		"other bytes": func(n *newsroom, f release.File) { n.files[f.Hash] = []byte("!icture") },
		"cut short":   func(n *newsroom, f release.File) { n.files[f.Hash] = []byte("pict") },
		"too long":    func(n *newsroom, f release.File) { n.files[f.Hash] = []byte("picture and more") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			f := n.file("picture")
			right := n.files[f.Hash]
			spoil(n, f)
			refused := name != "too long" // what is beyond the size is not read
			s := newStand(t, n)
			s.upTo(t, n.publish(t, illustrated(n, "a", f)))
			s.upTo(t, n.publish(t, n.draft("b", "vi", "Tiếp theo")))
			if isOnDisk(t, s, f) == refused {
				t.Fatalf("on disk: %v", !refused)
			}
			if _, _, err := s.Media(ctx, f.Hash); (fault.KindOf(err) == fault.NotFound) != refused {
				t.Errorf("Media: %v", err)
			}
			if st, err := s.Status(ctx); err != nil || (st.Missing == 1) != refused {
				t.Errorf("%+v %v", st, err)
			}
			s = s.reopen(t) // which tries again at once, instead of in a minute
			n.mu.Lock()
			n.files[f.Hash] = right
			n.mu.Unlock()
			s.follow(t)
			apptest.Eventually(t, "the picture arrives late", func() bool { return isOnDisk(t, s, f) })
			s.catchUp(t, n)
			s.same(t, n)
			leftovers, err := filepath.Glob(filepath.Join(s.dir, "media", "*", "incoming-*"))
			if err != nil || len(leftovers) > 0 {
				t.Errorf("left behind: %v %v", leftovers, err)
			}
		})
	}
}

func TestAWithdrawnArticleDoesNotWaitForItsPicture(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, n)
	s.catchUp(t, n)
	a := illustrated(n, "a", release.File{Hash: strings.Repeat("ab", 32), Name: "x.png"})
	n.publish(t, a)
	s.upTo(t, n.withdraw(t, a))
	if st, err := s.Status(ctx); err != nil || st.Missing != 0 {
		t.Errorf("%+v %v", st, err)
	}
}

func TestFilesThatACrashLeftBehindAreDeleted(t *testing.T) {
	n := newNewsroom(t)
	f := n.file("picture")
	n.publish(t, illustrated(n, "a", f))
	s := newStand(t, n)
	s.catchUp(t, n)
	s.close(t)
	folder := filepath.Join(s.dir, "media", f.Hash[:2])
	stray := release.File{Hash: f.Hash[:2] + strings.Repeat("0", 62)}
	for _, name := range []string{"incoming-1", stray.Hash, "README"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = s.reopen(t)
	s.follow(t)
	apptest.Eventually(t, "the stray file is gone", func() bool { return !isOnDisk(t, s, stray) })
	s.catchUp(t, n)
	if _, err := os.Stat(filepath.Join(folder, "incoming-1")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a file stayed: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "README")); err != nil {
		t.Errorf("somebody else's file: %v", err)
	}
	s.same(t, n)
}

func TestOnlyAHashLeadsToAFile(t *testing.T) {
	s := openStand(t, t.TempDir(), newNewsroom(t))
	for _, hash := range []string{"", "x", "../documents.db", strings.Repeat("0", 63), strings.Repeat("0", 64), strings.Repeat("/.", 32)} {
		if _, _, err := s.Media(ctx, hash); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", hash, err)
		}
	}
}
