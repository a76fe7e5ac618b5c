package app_test

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ranks is the house: imports only run downwards, from a row to the rows below it.
var ranks = [][]string{
	{"cmd"},
	{"app"},
	{"app/web/public", "app/web/desk", "app/web/newsroomapi", "app/web/api", "app/web/embed"},
	{"app/web"},
	{"app/newsstand", "app/live", "app/card", "app/syndicate", "app/publication"},
	{"app/newsroom", "app/plan", "app/search"},
	{"app/kind", "app/invest", "app/release", "app/agency", "app/section", "app/place", "app/label", "app/term", "app/media", "app/outlet", "app/letter", "app/notice"},
	{"app/account", "app/audit", "app/outbox", "app/theme", "app/mail", "app/parallel", "app/wording"},
	{"app/store", "app/locale", "app/markup", "app/vietnamese", "app/figure"},
	{"app/fault", "app/config", "app/spreadsheet"},
	{"content", "themes", "locales", "migrations"},
}

// sameRank lists the imports between rooms of one rank that are meant.
var sameRank = map[string][]string{
	"app/account": {"app/audit"},    // every change of permission is on the trail
	"app/release": {"app/kind"},     // an article has the facts of its kind
	"app/wording": {"app/parallel"}, // it weighs what changed as articles do
	"app/agency":  {"app/release"}, "app/section": {"app/release"}, "app/outlet": {"app/release"}, "app/place": {"app/release"}, "app/term": {"app/release"}, "app/label": {"app/release"},
	"app/media": {"app/release", "app/media/strip", "app/media/blob"}, "app/letter": {"app/release"}, // they speak in public documents
	"app/newsroom": {"app/search"}, // editors find what they may see
	"app/locale":   {"app/vietnamese"}, "app/markup": {"app/vietnamese"}, "app/store": {"app/vietnamese"},
}

// wall lists what the reader side must never know of the editorial side, and the other way round.
var wall = map[string][]string{
	"app/web/public": {"app/newsroom"}, "app/web/api": {"app/newsroom"}, "app/web/embed": {"app/newsroom"},
	"app/newsstand": {"app/newsroom"}, "app/search": {"app/newsroom"}, "app/syndicate": {"app/newsroom"},
	"app/newsroom": {"app/newsstand"}, "app/web/desk": {"app/newsstand"}, "app/web/newsroomapi": {"app/newsstand"},
}

// homes says where a library may be imported: a folder, or files with a prefix anywhere.
var homes = map[string]func(pkg, file string) bool{
	"gorm.io/":                        func(pkg, file string) bool { return pkg == "app/store" || strings.HasPrefix(file, "store") },
	"github.com/glebarez/":            in("app/store"),
	"github.com/jackc/pgx/":           in("app/store", "app/apptest"),
	"github.com/pressly/goose/":       in("app/store"),
	"github.com/gofiber/fiber/":       in("app/web"),
	"github.com/valyala/fasthttp":     in("app/web"),
	"github.com/nicksnyder/go-i18n/":  in("app/locale"),
	"github.com/yuin/goldmark":        in("app/markup"),
	"github.com/microcosm-cc/":        in("app/markup"),
	"github.com/blevesearch/":         in("app/search"),
	"github.com/alecthomas/kong":      in("cmd"),
	"github.com/evanw/esbuild/":       in("cmd/assets"),
	"github.com/chromedp/":            in("app/apptest"), // and test files, which are not asked
	"github.com/getkin/":              in("app/apptest"),
	"github.com/andybalholm/cascadia": in("app/apptest"),
	"github.com/wneessen/go-mail":     in("app/mail"),
	"github.com/emersion/":            in("app/apptest"),
	"golang.org/x/crypto/":            in("app/account"),
	"github.com/go-webauthn/":         in("app/account"),
	"github.com/coreos/go-oidc/":      in("app/account"),
	"golang.org/x/oauth2":             in("app/account"),
	"github.com/go-jose/":             in("app/apptest"),
	"github.com/skip2/go-qrcode":      in("app/web"),
	"golang.org/x/image/":             in("app/media", "app/card"),
	"github.com/go-text/":             in("app/card"),
	"github.com/tdewolff/":            in("app/card"),
	"github.com/gen2brain/webp":       in("app/media"),
	"github.com/pdfcpu/":              in("app/media/strip"),
	"github.com/andybalholm/brotli":   in("app/newsstand"),
	"go.yaml.in/yaml/":                in("content"),
}

func in(folders ...string) func(pkg, file string) bool {
	return func(pkg, _ string) bool {
		return slices.ContainsFunc(folders, func(f string) bool { return pkg == f || strings.HasPrefix(pkg, f+"/") })
	}
}

type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "doingoai/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return pkgs
		}
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

func inner(importPath string) (string, bool) { return strings.CutPrefix(importPath, "doingoai/") }

// rank answers the row of a package: its own, or its parent folder's.
func rank(pkg string) int {
	for p := pkg; p != "."; p = path.Dir(p) {
		if i := slices.IndexFunc(ranks, func(row []string) bool { return slices.Contains(row, p) }); i >= 0 {
			return i
		}
	}
	return -1
}

func TestImportsOnlyRunDownwards(t *testing.T) {
	for _, p := range packages(t) {
		from, _ := inner(p.ImportPath)
		if from == "app/apptest" {
			continue // only tests import it
		}
		if rank(from) < 0 {
			t.Errorf("%s has no rank: say in ranks where it belongs", from)
		}
		for _, imp := range p.Imports {
			to, ours := inner(imp)
			if !ours {
				continue
			}
			if to == "app/apptest" {
				t.Errorf("%s imports app/apptest outside of tests", from)
			}
			up := rank(to) < rank(from) || rank(to) == rank(from)
			if up && !slices.Contains(sameRank[from], to) {
				t.Errorf("%s must not import %s: imports only run downwards", from, to)
			}
			if slices.Contains(wall[from], to) {
				t.Errorf("%s must not import %s: the wall between newsroom and newsstand", from, to)
			}
		}
	}
}

func TestTheWallHoldsThroughOthersToo(t *testing.T) {
	imports := map[string][]string{}
	for _, p := range packages(t) {
		from, _ := inner(p.ImportPath)
		for _, imp := range p.Imports {
			if to, ours := inner(imp); ours {
				imports[from] = append(imports[from], to)
			}
		}
	}
	for from, forbidden := range wall {
		reached := map[string]bool{}
		var walk func(string)
		walk = func(pkg string) {
			for _, to := range imports[pkg] {
				if !reached[to] {
					reached[to] = true
					walk(to)
				}
			}
		}
		walk(from)
		for _, f := range forbidden {
			if reached[f] {
				t.Errorf("%s reaches %s through its imports", from, f)
			}
		}
	}
}

func TestEveryLibraryHasOneHome(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{range .GoFiles}}{{$.ImportPath}} {{$.Dir}} {{.}}{{"\n"}}{{end}}`, "doingoai/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			continue
		}
		pkg, _ := inner(fields[0])
		for _, imp := range importsOf(t, path.Join(fields[1], fields[2])) {
			for library, home := range homes {
				if strings.HasPrefix(imp, library) && !home(pkg, fields[2]) {
					t.Errorf("%s/%s imports %s outside of its home", pkg, fields[2], imp)
				}
			}
		}
	}
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var imports []string
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imports = append(imports, name)
	}
	return imports
}
