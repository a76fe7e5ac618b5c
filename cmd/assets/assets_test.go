package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// house makes a module with the sources of the scripts, one of which stands on
// a package, and answers its root.
func house(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		sourceFolder + "/editor.js":                          `import { greet } from "greeting"; document.title = greet("Đối Ngoại");`,
		sourceFolder + "/desk.js":                            `document.title += "!";`,
		sourceFolder + "/passkey.js":                         `document.title += "?";`,
		sourceFolder + "/library.js":                         `document.title += ",";`,
		sourceFolder + "/media.js":                           `document.title += ".";`,
		sourceFolder + "/page.js":                            `document.title += "…";`,
		sourceFolder + "/calendar.js":                        `document.title += "#";`,
		sourceFolder + "/node_modules/greeting/package.json": `{"name":"greeting","version":"1.2.3","license":"MIT","type":"module","main":"index.js"}`,
		sourceFolder + "/node_modules/greeting/index.js":     `export const greet = (name) => "Chào " + name; export const unused = "never";`,
		sourceFolder + "/node_modules/greeting/LICENSE":      "You may greet.\n",
		staticFolder + "/.keep":                              "",
	} {
		write(t, filepath.Join(root, name), text)
	}
	return root
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, root, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, staticFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWritesWhatCheckAccepts(t *testing.T) {
	root := house(t)
	if err := run(root, false, io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := run(root, true, io.Discard); err != nil {
		t.Errorf("what was just written is refused: %v", err)
	}
	editor := read(t, root, "editor.js")
	if !strings.Contains(editor, "Đối Ngoại") || strings.Contains(editor, "never") || strings.Contains(editor, root) {
		t.Errorf("the bundle is not minified, or names this machine:\n%s", editor)
	}
}

func TestCheckNamesWhatIsNotCurrent(t *testing.T) {
	root := house(t)
	if err := run(root, false, io.Discard); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, sourceFolder, "desk.js"), `document.title += "?";`)
	before := read(t, root, "desk.js")
	err := run(root, true, io.Discard)
	if err == nil || !strings.Contains(err.Error(), staticFolder+"/desk.js: not what the sources") || strings.Contains(err.Error(), "editor.js") {
		t.Errorf("changed sources: %v", err)
	}
	if read(t, root, "desk.js") != before {
		t.Error("checking wrote a file")
	}
	if err := os.Remove(filepath.Join(root, staticFolder, "editor.js")); err != nil {
		t.Fatal(err)
	}
	if err := run(root, true, io.Discard); err == nil || !strings.Contains(err.Error(), "desk.js, "+staticFolder+"/editor.js") {
		t.Errorf("a missing file: %v", err)
	}
}

func TestLicencesComeWithTheScripts(t *testing.T) {
	root := house(t)
	if err := run(root, false, io.Discard); err != nil {
		t.Fatal(err)
	}
	if got := read(t, root, licenceFile); !strings.Contains(got, "== greeting 1.2.3 (MIT)\n\nYou may greet.\n") {
		t.Errorf("the licences are:\n%s", got)
	}
	if err := os.Remove(filepath.Join(root, sourceFolder, "node_modules/greeting/LICENSE")); err != nil {
		t.Fatal(err)
	}
	if err := run(root, false, io.Discard); err == nil || !strings.Contains(err.Error(), "greeting") {
		t.Errorf("a package without a licence: %v", err)
	}
}

func TestMistakesSayWhereTheyAre(t *testing.T) {
	root := house(t)
	write(t, filepath.Join(root, sourceFolder, "desk.js"), "let a = ;")
	if err := run(root, true, io.Discard); err == nil || !strings.HasPrefix(err.Error(), "desk.js:1:8:") {
		t.Errorf("a mistake in the sources: %v", err)
	}
	if err := os.RemoveAll(filepath.Join(root, sourceFolder, "node_modules")); err != nil {
		t.Fatal(err)
	}
	if err := run(root, true, io.Discard); err == nil || !strings.Contains(err.Error(), "npm ci") {
		t.Errorf("without the packages: %v", err)
	}
}

func TestPackageOfAFile(t *testing.T) {
	for file, want := range map[string]string{
		"desk.js": "",
		"node_modules/prosemirror-view/dist/i.js":   "prosemirror-view",
		"node_modules/@types/mdast/index.js":        "@types/mdast",
		"../editor/node_modules/orderedmap/dist.js": "orderedmap",
	} {
		if got := packageOf(file); got != want {
			t.Errorf("%s belongs to %q, want %q", file, got, want)
		}
	}
}
