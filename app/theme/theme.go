// Package theme turns folders of templates, styles and scripts into pages.
//
// A theme is a chain of folders, from base to child; a file of a later folder
// takes the place of the same file of an earlier one. A folder holds
//
//	layout.html      the whole document, calling the template "content"
//	pages/*.html     one file a page, each defining "content"
//	parts/*.html     templates that pages share
//	static/*         styles, scripts, pictures
//
// Static files are served under an address that names their content, so they
// can be kept for ever; a template asks for one with {{asset "style.css"}}, and
// a style for one that stands beside it with url("font.woff2"). A template
// that does not parse, and a style that asks for what is not there, is an
// error when the theme is loaded, naming the file.
package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

// Theme is a loaded theme. It does not change and may be shared.
type Theme struct {
	pages  map[string]*template.Template
	parts  map[string][]string // what parts/ defines, with the pages that call it
	assets map[string]asset    // by name
	style  func() style        // read when it is first asked for
}

// Load reads the folders of a theme, base first. funcs are what templates may
// call besides asset.
func Load(fsys fs.FS, funcs template.FuncMap, folders ...string) (*Theme, error) {
	files, err := overlay(fsys, folders)
	if err != nil {
		return nil, err
	}
	t := &Theme{pages: map[string]*template.Template{}, parts: map[string][]string{}, assets: map[string]asset{}}
	if err := t.loadAssets(fsys, files); err != nil {
		return nil, err
	}
	t.style = sync.OnceValue(func() style { return style{t.readFonts(), t.readProperties()} })
	return t, t.loadPages(fsys, files, funcs)
}

// overlay maps each file's name within a theme to the file that provides it.
func overlay(fsys fs.FS, folders []string) (map[string]string, error) {
	files := map[string]string{}
	for _, folder := range folders {
		err := fs.WalkDir(fsys, folder, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files[strings.TrimPrefix(file, folder+"/")] = file
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("theme %s: %w", folder, err)
		}
	}
	return files, nil
}

func (t *Theme) loadPages(fsys fs.FS, files map[string]string, funcs template.FuncMap) error {
	var missing []string
	shared := template.New("theme").Option("missingkey=error").Funcs(funcs).Funcs(template.FuncMap{
		"asset": func(name string) (string, error) {
			address := t.Asset(name)
			if address == "" {
				return "", fmt.Errorf("the theme has no static/%s", name)
			}
			return address, nil
		},
	})
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if name == "layout.html" || strings.HasPrefix(name, "parts/") {
			if err := parseFile(fsys, shared, files[name]); err != nil {
				return err
			}
		}
	}
	for _, part := range shared.Templates() {
		if part.Tree != nil && !strings.Contains(part.Name(), "/") && part.Name() != "layout" {
			t.parts[part.Name()] = nil
		}
	}
	for _, name := range names {
		page, ok := strings.CutPrefix(name, "pages/")
		if !ok {
			continue
		}
		own, err := shared.Clone()
		if err == nil {
			err = parseFile(fsys, own, files[name])
		}
		if err != nil {
			return err
		}
		if own.Lookup("content") == nil {
			missing = append(missing, files[name])
		}
		page = strings.TrimSuffix(page, ".html")
		t.pages[page] = own
		for called := range calls(own, "layout") {
			if _, ok := t.parts[called]; ok {
				t.parts[called] = append(t.parts[called], page)
			}
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("theme: %s must define \"content\"", strings.Join(missing, ", "))
	}
	return nil
}

// parseFile adds a file's templates under its own path, so that errors name it.
func parseFile(fsys fs.FS, t *template.Template, file string) error {
	text, err := fs.ReadFile(fsys, file)
	if err == nil {
		name := file
		if path.Base(file) == "layout.html" {
			name = "layout"
		}
		_, err = t.New(name).Parse(string(text))
	}
	if err != nil {
		return fmt.Errorf("theme: %s: %w", file, err)
	}
	return nil
}

// Render writes a page, in one piece. data is the page's struct. Nothing is
// written when the template fails.
func (t *Theme) Render(w io.Writer, page string, data any) error {
	p, ok := t.pages[page]
	if !ok {
		return errors.New("theme: there is no page " + page)
	}
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer buffers.Put(b)
	if err := p.ExecuteTemplate(b, "layout", data); err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// buffers lends what pages are rendered into.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Pages lists the theme's pages.
func (t *Theme) Pages() []string { return slices.Sorted(maps.Keys(t.pages)) }

// Parts lists what the files of parts/ define, each with the pages that call it.
func (t *Theme) Parts() map[string][]string { return t.parts }

// calls gathers the templates that a template calls, those that they call, and so on.
func calls(t *template.Template, name string) map[string]bool {
	found := map[string]bool{}
	var visit func(name string)
	var look func(list *parse.ListNode)
	visit = func(name string) {
		if called := t.Lookup(name); !found[name] && called != nil && called.Tree != nil {
			found[name] = true
			look(called.Tree.Root)
		}
	}
	look = func(list *parse.ListNode) {
		if list == nil {
			return
		}
		for _, node := range list.Nodes {
			switch n := node.(type) {
			case *parse.TemplateNode:
				visit(n.Name)
			case *parse.IfNode:
				look(n.List)
				look(n.ElseList)
			case *parse.RangeNode:
				look(n.List)
				look(n.ElseList)
			case *parse.WithNode:
				look(n.List)
				look(n.ElseList)
			}
		}
	}
	visit(name)
	return found
}
