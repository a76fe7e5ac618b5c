package theme

import (
	"bytes"
	"html/template"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// files makes a file system of name and content in pairs.
func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

const layout = `<body>{{template "content" .}}</body>`

func load(t *testing.T, fsys fstest.MapFS, folders ...string) *Theme {
	t.Helper()
	look, err := Load(fsys, template.FuncMap{"shout": strings.ToUpper}, folders...)
	if err != nil {
		t.Fatal(err)
	}
	return look
}

func rendered(t *testing.T, look *Theme, page string, data any) string {
	t.Helper()
	var b bytes.Buffer
	if err := look.Render(&b, page, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAChildTakesTheBaseFileByFile(t *testing.T) {
	fsys := files(
		"base/layout.html", layout, "base/parts/name.html", `{{define "name"}}base{{end}}`,
		"base/pages/home.html", `{{define "content"}}{{template "name" .}} {{shout .}}{{end}}`, "base/pages/list.html", `{{define "content"}}list{{end}}`,
		"base/static/a.css", "a{}", "base/static/b.css", "b{}",
		"child/parts/name.html", `{{define "name"}}child{{end}}`, "child/static/a.css", "a{color:red}",
	)
	base, child := load(t, fsys, "base"), load(t, fsys, "base", "child")
	if got := rendered(t, base, "home", "x"); got != "<body>base X</body>" {
		t.Errorf("base: %s", got)
	}
	if got := rendered(t, child, "home", "x"); got != "<body>child X</body>" {
		t.Errorf("child: %s", got)
	}
	if got := rendered(t, child, "list", nil); got != "<body>list</body>" {
		t.Errorf("the base's page: %s", got)
	}
	if base.Asset("a.css") == child.Asset("a.css") || base.Asset("b.css") != child.Asset("b.css") {
		t.Error("an address does not name the content")
	}
	if got := child.Pages(); len(got) != 2 || got[0] != "home" || got[1] != "list" {
		t.Errorf("pages: %v", got)
	}
}

func TestAssetsAreServedUnderTheirContent(t *testing.T) {
	look := load(t, files(
		"base/layout.html", `{{asset "z.css"}}{{template "content"}}`, "base/pages/home.html", `{{define "content"}}{{end}}`,
		"base/static/z.css", `@font-face{src:url("a.woff2")} b{background:url(data:,x)}`, "base/static/a.woff2", "font", "base/static/x.bin", "?",
	), "base")
	address := rendered(t, look, "home", nil)
	if !strings.HasPrefix(address, AssetPrefix) || !strings.HasSuffix(address, "/z.css") {
		t.Fatalf("the style is at %s", address)
	}
	hash := strings.Split(address, "/")[3]
	body, mediaType, ok := look.Open(hash, "z.css")
	if want := `@font-face{src:url("` + look.Asset("a.woff2") + `")} b{background:url(data:,x)}`; !ok || string(body) != want || mediaType != "text/css; charset=utf-8" {
		t.Errorf("%v %s %s", ok, mediaType, body)
	}
	if _, mediaType, _ := look.Open(strings.Split(look.Asset("a.woff2"), "/")[3], "a.woff2"); mediaType != "font/woff2" {
		t.Errorf("a font is %s", mediaType)
	}
	if _, mediaType, _ := look.Open(strings.Split(look.Asset("x.bin"), "/")[3], "x.bin"); mediaType != "application/octet-stream" {
		t.Errorf("anything is %s", mediaType)
	}
	for _, wrong := range [][2]string{{"000000000000", "z.css"}, {hash, "a.woff2"}, {hash, "../z.css"}, {"", ""}} {
		if _, _, ok := look.Open(wrong[0], wrong[1]); ok {
			t.Errorf("%v is served", wrong)
		}
	}
}

func TestReadersDoNotWaitForWhatAnAuthorSays(t *testing.T) {
	look := load(t, files("base/layout.html", layout, "base/static/a.css", "/* one\n two */\na { b: c; } /* d */\n\n@media e {\n  f { g: \"h  i\"; }\n}\n"), "base")
	body, _, _ := look.Open(strings.Split(look.Asset("a.css"), "/")[3], "a.css")
	if want := "\na { b: c; }\n@media e {\nf { g: \"h  i\"; }\n}\n"; string(body) != want {
		t.Errorf("the style is %q", body)
	}
}

// A font that changes changes the address of the style that asks for it.
func TestAnAddressNamesAllThatAStyleNeeds(t *testing.T) {
	of := func(font string) string {
		return load(t, files("base/layout.html", layout, "base/pages/home.html", `{{define "content"}}{{end}}`,
			"base/static/a.css", `url("f.woff2")`, "base/static/f.woff2", font), "base").Asset("a.css")
	}
	if of("one") == of("two") {
		t.Error("a kept style would ask for the old font")
	}
}

func TestAWrongFileIsNamed(t *testing.T) {
	for want, fsys := range map[string]fstest.MapFS{
		"base/pages/home.html":  files("base/layout.html", layout, "base/pages/home.html", `{{define "content"}}{{if}}{{end}}`),
		"base/parts/p.html":     files("base/layout.html", layout, "base/parts/p.html", `{{nothing}}`),
		`must define "content"`: files("base/layout.html", layout, "base/pages/home.html", `text`),
		"static/lost.woff2":     files("base/layout.html", layout, "base/static/a.css", `url("lost.woff2")`),
		"theme gone":            files("base/layout.html", layout),
	} {
		folders := []string{"base"}
		if want == "theme gone" {
			folders = append(folders, "gone")
		}
		if _, err := Load(fsys, nil, folders...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in: %v", want, err)
		}
	}
}

func TestNothingIsWrittenOfAPageThatFails(t *testing.T) {
	look := load(t, files("base/layout.html", layout,
		"base/pages/home.html", `{{define "content"}}begun {{.Lost}}{{end}}`, "base/pages/asset.html", `{{define "content"}}{{asset "lost.css"}}{{end}}`), "base")
	for _, page := range []string{"home", "asset", "none"} {
		var b bytes.Buffer
		if err := look.Render(&b, page, struct{}{}); err == nil || b.Len() > 0 {
			t.Errorf("%s: error %v, written %q", page, err, b.String())
		}
	}
}

// Buffers are used again: no page may see another's bytes.
func TestPagesAreRenderedAtTheSameTime(t *testing.T) {
	look := load(t, files("base/layout.html", layout, "base/pages/home.html", `{{define "content"}}{{.}}{{end}}`), "base")
	var all sync.WaitGroup
	for _, text := range []string{"a", "bb", "ccc", "dddd"} {
		all.Go(func() {
			for range 200 {
				var b bytes.Buffer
				if err := look.Render(&b, "home", text); err != nil || b.String() != "<body>"+text+"</body>" {
					t.Errorf("%v %q", err, b.String())
				}
			}
		})
	}
	all.Wait()
}
