package newsstand_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"doingoai/app/release"
	"doingoai/app/search"
)

// Each damage is found and named.
func TestCompareFindsWhatIsDifferent(t *testing.T) {
	n := newNewsroom(t)
	f := n.file("picture")
	n.publish(t, illustrated(n, "a", f))
	n.publish(t, n.draft("b", "vi", "Hai"))
	s := newStand(t, n)
	s.catchUp(t, n)
	s.same(t, n)
	s.close(t)
	sound := s.dir
	for _, c := range []struct {
		name   string
		damage func(t *testing.T, dir string)
		says   []string // each sentence, in order
	}{
		{"nothing", func(*testing.T, string) {}, nil},
		{"a document is gone", run("DELETE FROM document WHERE id = 'b'"), []string{
			`2 articles stand on lists, but 1 are released`, `article/b/vi \(release 7\) is in the log but not on the newsstand`,
			`article/b/vi can be found by search but is not released`,
		}},
		{"a document is older", run("UPDATE document SET seq = 1 WHERE id = 'b'"), []string{`article/b/vi is release 7 in the log but release 1`}},
		{"a document was changed", run("UPDATE document SET body = replace(body, 'Hai', 'Ba') WHERE id = 'b'"), []string{`article/b/vi .* damaged`}},
		{"a document was changed with its hash", run("UPDATE document SET hash = 'x' WHERE id = 'b'"), []string{
			`article/b/vi .* damaged`, `article/b/vi \(release 7\) reads differently`,
		}},
		{"a document too many", run("INSERT INTO document SELECT kind, 'z', '', 99, 'withdraw', at, hash, body, '' FROM document WHERE id = 'b'"), []string{
			`article/z/ \(release 99\) is on the newsstand but not in the log`,
		}},
		{"a list misses an article", run("DELETE FROM listing WHERE id = 'b' AND section = 'parks'"), []string{`article/b/vi stands on the lists \[portal/ \] instead of \[portal/ portal/parks \]`}},
		{"a list has an article too many", run("INSERT INTO listing VALUES ('portal', 'vi', '', 1, 'z', '{}')"), []string{`3 articles stand on lists, but 2 are released`}},
		{"a picture is gone", func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "media", f.Hash[:2], f.Hash)); err != nil {
				t.Fatal(err)
			}
		}, []string{`media file ` + f.Hash + ` is released but not on the newsstand`}},
		{"a picture is left", run("DELETE FROM document_media"), []string{`media file ` + f.Hash + ` is on the newsstand but nothing released needs it`}},
		{"search does not know an article", index(search.Change{ID: "b", Lang: "vi", Delete: true}), []string{`article/b/vi is released but search does not know it`}},
		{"search knows too much", index(search.Change{ID: "z", Lang: "vi", Document: &search.Document{ID: "z", Lang: "vi", Title: "Z"}}), []string{
			`article/z/vi can be found by search but is not released`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			copyFolder(t, sound, dir)
			c.damage(t, dir)
			got, err := openStand(t, dir, n).Compare(ctx, n)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(c.says) {
				t.Fatalf("it says:\n%s", strings.Join(got, "\n"))
			}
			for i, says := range c.says {
				if !regexp.MustCompile(says).MatchString(got[i]) {
					t.Errorf("it says %q, want %q", got[i], says)
				}
			}
		})
	}
}

func run(statement string) func(*testing.T, string) {
	return func(t *testing.T, dir string) { alter(t, dir, statement) }
}

func index(c search.Change) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		x, err := search.Open(filepath.Join(dir, "search"), "")
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		cursor, err := x.Cursor()
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Apply([]search.Change{c}, cursor); err != nil {
			t.Fatal(err)
		}
	}
}

func TestANewsstandThatIsBehindIsOneDifference(t *testing.T) {
	n := newNewsroom(t)
	a := n.draft("a", "vi", "Một")
	n.publish(t, a)
	s := newStand(t, n)
	s.catchUp(t, n)
	s = s.reopen(t)
	n.fill(t, 10)
	a.Lead = &release.Picture{File: n.file("picture")}
	n.publish(t, a)
	got, err := s.Compare(ctx, n)
	if err != nil || len(got) != 1 || !strings.Contains(got[0], "the log ends at release 17, the newsstand has applied it up to release 6") {
		t.Errorf("%q %v", got, err)
	}
}
