package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// licenceFile holds the licences of the packages that the scripts contain,
// which must come with every copy of them.
const licenceFile = "editor.licences.txt"

// bundle builds the entries of a source folder, minified, and the licences of
// the packages they contain.
func bundle(folder string, entries []string) ([]file, error) {
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		return nil, fmt.Errorf("the npm packages are missing; run: (cd %s && npm ci --ignore-scripts)", sourceFolder)
	}
	result := api.Build(options(folder, entries))
	if err := asError(result.Errors, result.Warnings); err != nil {
		return nil, err
	}
	var files []file
	for _, out := range result.OutputFiles {
		files = append(files, file{filepath.Base(out.Path), out.Contents})
	}
	licences, err := licencesOf(folder, result.Metafile)
	if err != nil {
		return nil, err
	}
	return append(files, file{licenceFile, licences}), nil
}

// options name browsers of 2022, which departments' computers have. Nothing in
// them depends on the machine: paths are relative to the folder.
func options(folder string, entries []string) api.BuildOptions {
	return api.BuildOptions{
		AbsWorkingDir: folder, EntryPoints: entries, Outdir: "static",
		Bundle: true, Format: api.FormatESModule, Platform: api.PlatformBrowser,
		Target: api.ES2022, Charset: api.CharsetUTF8, Metafile: true,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsNone,
		Banner:        map[string]string{"js": "/* Built by cmd/assets. Licences of its parts: " + licenceFile + " */"},
		LogLevel:      api.LogLevelSilent,
	}
}

// asError joins what esbuild says, each with its place in the sources.
func asError(lists ...[]api.Message) error {
	var errs []error
	for _, m := range slices.Concat(lists...) {
		where := ""
		if m.Location != nil {
			where = fmt.Sprintf("%s:%d:%d: ", m.Location.File, m.Location.Line, m.Location.Column)
		}
		errs = append(errs, errors.New(where+m.Text))
	}
	return errors.Join(errs...)
}

// licencesOf gathers the licences of the packages in a build, by name.
func licencesOf(folder, metafile string) ([]byte, error) {
	var meta struct {
		Outputs map[string]struct {
			Inputs map[string]struct{ BytesInOutput int }
		}
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, fmt.Errorf("esbuild's metafile: %w", err)
	}
	packages := map[string]bool{}
	for _, out := range meta.Outputs {
		for input, in := range out.Inputs {
			if name := packageOf(input); name != "" && in.BytesInOutput > 0 {
				packages[name] = true
			}
		}
	}
	var b strings.Builder
	b.WriteString("The newsroom's scripts contain the following packages.\n")
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		text, err := licenceOf(filepath.Join(folder, "node_modules", filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		b.WriteString("\n== " + text)
	}
	return []byte(b.String()), nil
}

// packageOf is the package that a file belongs to, "" for our own.
func packageOf(file string) string {
	_, inside, found := strings.Cut(file, "node_modules/")
	if !found {
		return ""
	}
	parts := strings.SplitN(inside, "/", 3)
	if strings.HasPrefix(inside, "@") {
		return strings.Join(parts[:2], "/")
	}
	return parts[0]
}

// licenceOf writes a package's name, version, licence and its text.
func licenceOf(folder string) (string, error) {
	var about struct{ Name, Version, License string }
	description, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err == nil {
		err = json.Unmarshal(description, &about)
	}
	if err != nil {
		return "", fmt.Errorf("package in %s: %w", filepath.Base(folder), err)
	}
	for _, name := range []string{"LICENSE", "LICENCE", "license", "licence", "LICENSE.md", "license.md"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil {
			return fmt.Sprintf("%s %s (%s)\n\n%s\n", about.Name, about.Version, about.License, strings.TrimSpace(string(text))), nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return "", fmt.Errorf("package %s comes without the text of its licence", about.Name)
}
