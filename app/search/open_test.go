package search

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAnIndexOfAnotherVersionIsReplaced(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	put(t, x, 5, border("a"))
	if err := x.engine.SetInternal(versionKey, []byte("0")); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if got := state(t, openIndex(t, dir)); got != "0 0 [] []" {
		t.Error(got)
	}
}

func TestADamagedIndexIsReplaced(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"garbage":   func(path string) error { return os.WriteFile(path, []byte("garbage"), 0o600) },
		"emptied":   func(path string) error { return os.Truncate(path, 0) },
		"cut short": func(path string) error { return os.Truncate(path, 100) },
	} {
		for _, pattern := range []string{"root.bolt", "*.zap"} {
			t.Run(name+" "+pattern, func(t *testing.T) {
				dir := t.TempDir()
				x := openIndex(t, dir)
				put(t, x, 5, border("a"))
				if err := x.Close(); err != nil {
					t.Fatal(err)
				}
				bystander := filepath.Join(dir, "bystander.txt")
				if err := os.WriteFile(bystander, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				files, _ := filepath.Glob(filepath.Join(dir, pattern))
				if len(files) == 0 {
					t.Fatal("nothing to damage")
				}
				for _, file := range files {
					if err := damage(file); err != nil {
						t.Fatal(err)
					}
				}
				if got := state(t, openIndex(t, dir)); got != "0 0 [] []" {
					t.Error(got)
				}
				if _, err := os.Stat(bystander); err != nil {
					t.Error("a file that is not ours was removed")
				}
			})
		}
	}
}

func TestAnIndexInUseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	x := openIndex(t, dir)
	put(t, x, 5, border("a"))
	want := state(t, x)
	if second, err := Open(dir, ""); err == nil {
		_ = second.Close()
		t.Fatal("opened twice")
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if got := state(t, openIndex(t, dir)); got != want {
		t.Errorf("%s, before %s", got, want)
	}
}
