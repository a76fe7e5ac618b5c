// Command assets bundles the newsroom's scripts.
//
//	go run ./cmd/assets           writes themes/desk/static from the sources
//	go run ./cmd/assets --check   fails when what is committed is not what the sources give
//
// The sources are in themes/desk/editor and stand on npm packages, which
// package-lock.json pins; fetch them there first:
//
//	npm ci --ignore-scripts
//
// The results are committed, so that Go alone builds and runs the program. The
// same sources give the same bytes on every machine.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	check := flag.Bool("check", false, "write nothing, fail when the committed files are not current")
	flag.Parse()
	root, err := moduleRoot()
	if err == nil {
		err = run(root, *check, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

// The folders of the module that this command reads and writes.
const (
	sourceFolder = "themes/desk/editor"
	staticFolder = "themes/desk/static"
)

// entries are the scripts that pages name; what they import comes along.
var entries = []string{"editor.js", "desk.js", "library.js", "media.js", "passkey.js", "page.js", "calendar.js"}

// run builds everything below root and writes it, or compares it.
func run(root string, check bool, out io.Writer) error {
	files, err := bundle(filepath.Join(root, sourceFolder), entries)
	if err != nil {
		return err
	}
	if check {
		return compare(filepath.Join(root, staticFolder), files)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(root, staticFolder, f.name), f.body, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s/%s %d bytes\n", staticFolder, f.name, len(f.body))
	}
	return nil
}

// file is a built file of the static folder.
type file struct {
	name string
	body []byte
}

// compare names the files of a folder that are not what was built.
func compare(folder string, files []file) error {
	var stale []string
	for _, f := range files {
		committed, err := os.ReadFile(filepath.Join(folder, f.name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err != nil || !bytes.Equal(committed, f.body) {
			stale = append(stale, staticFolder+"/"+f.name)
		}
	}
	if len(stale) == 0 {
		return nil
	}
	slices.Sort(stale)
	return fmt.Errorf("%s: not what the sources in %s give; run: go run ./cmd/assets", strings.Join(stale, ", "), sourceFolder)
}

// moduleRoot is the folder with go.mod, upwards from here.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("run this inside the module: there is no go.mod here or above")
		}
		dir = parent
	}
}
