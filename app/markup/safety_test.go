package markup

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"doingoai/app/apptest"

	"golang.org/x/net/html"
)

// allowed is written apart from the policy, on purpose: the test must notice
// when the policy grows.
var allowed = map[string][]string{
	"p": nil, "br": nil, "hr": nil, "blockquote": nil, "pre": nil, "code": nil, "em": nil, "strong": nil, "del": nil,
	"h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	"ul": nil, "ol": {"start"}, "li": {"id"}, "dl": nil, "dt": nil, "dd": nil, "sup": {"id"},
	"figure": {"class"}, "video": {"src", "aria-label", "width", "height", "controls", "preload"}, "audio": {"src", "aria-label", "controls", "preload"},
	"figcaption": nil, "img": {"src", "alt", "width", "height", "loading", "decoding"},
	"div":   {"class", "tabindex", "role", "aria-label", "aria-labelledby"},
	"table": nil, "caption": {"id"}, "thead": nil, "tbody": nil, "tr": nil, "th": {"class", "scope"}, "td": {"class"},
	"a": {"href", "rel", "class", "role", "download"}, "mark": nil,
}

var (
	safeTarget  = regexp.MustCompile(`^(https?://[^/]|mailto:|tel:|/$|/[^/\\]|#)`)
	safePicture = regexp.MustCompile(`^/media/[0-9a-f]{64}/[A-Za-z0-9._-]+$`)
)

// unsafe parses HTML as a browser does and answers the first thing in it that
// this package must never write, or "".
func unsafe(source string) string {
	root, err := html.Parse(strings.NewReader("<!doctype html><body>" + source))
	if err != nil {
		return "does not parse: " + err.Error()
	}
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			return "comment"
		}
		if n.Type != html.ElementNode || n.Data == "html" || n.Data == "head" || n.Data == "body" {
			continue
		}
		attributes, ok := allowed[n.Data]
		if !ok {
			return "element " + n.Data
		}
		for _, a := range n.Attr {
			if bad := unsafeAttribute(n.Data, attributes, a); bad != "" {
				return bad
			}
		}
	}
	return ""
}

func unsafeAttribute(element string, attributes []string, a html.Attribute) string {
	switch {
	case !strings.Contains(" "+strings.Join(attributes, " ")+" ", " "+a.Key+" "):
		return "attribute " + a.Key + " on " + element
	case a.Key == "href" && !safeTarget.MatchString(a.Val):
		return "target " + a.Val
	case a.Key == "src" && !safePicture.MatchString(a.Val):
		return "picture " + a.Val
	}
	return ""
}

func checkSafe(t *testing.T, r *Renderer, source string) {
	t.Helper()
	out, err := r.Article(source)
	if err != nil {
		t.Fatalf("refused %q: %v", source, err)
	}
	for name, got := range map[string]string{
		"article":   string(out.HTML),
		"inline":    string(r.Inline(source)),
		"highlight": string(Highlight(source, Terms{[]string{"script", "alert"}, compare}, 100)),
	} {
		if bad := unsafe(got); bad != "" {
			t.Errorf("%s of %q has %s:\n%s", name, source, bad, got)
		}
	}
}

func TestTheCheckItselfNoticesDanger(t *testing.T) {
	for _, bad := range []string{
		`<script>1</script>`, `<p onclick="x">`, `<a href="javascript:x">`, `<a href="//evil.example">`, `<img src="x">`, `<svg/onload=1>`, `<!-- x -->`, `<a href=" javascript:x">`,
	} {
		if unsafe(bad) == "" {
			t.Errorf("%s passes for safe", bad)
		}
	}
}

// wraps puts a hostile string where an author could: as text, link, picture,
// title, heading, table, code and reference.
func wraps(s string) []string {
	return []string{
		s,
		"chữ " + s + " chữ",
		"[a](" + s + ")",
		"[a](<" + s + ">)",
		"![a](" + s + ")",
		"<" + s + ">",
		"[a][x]\n\n[x]: " + s,
		"![" + s + "](media:" + hash1 + " \"" + strings.ReplaceAll(s, `"`, `\"`) + "\")",
		"## " + s,
		"| a |\n|---|\n| " + s + " |\n\n: " + s,
		"```" + s + "\n" + s + "\n```",
		"x[^" + s + "]\n\n[^" + s + "]: " + s,
	}
}

func TestHostileTextNeverBecomesScript(t *testing.T) {
	r := New()
	lines := append(hostileLines(t),
		"javascript&colon;alert(1)", "&#106;avascript:alert(1)", "java\tscript:alert(1)", "\\/evil.example", "/\\evil.example", "//evil.example",
		"data:text/html,<script>alert(1)</script>", "vbscript:x", "JaVaScRiPt:alert(1)", "\x01javascript:alert(1)", "https:evil", "http://", "https:/\\evil",
		"media:"+hash1+"/../../x", "/media/"+hash1+"/x\" onerror=\"alert(1)")
	for _, line := range lines {
		for _, wrapped := range wraps(line) {
			checkSafe(t, r, wrapped)
		}
	}
}

// hostileLines reads the public lists of attack strings, when they are there.
func hostileLines(t *testing.T) []string {
	var lines []string
	for _, name := range []string{"fuzzdb-xss-rsnake.txt", "owasp-xss-filter-evasion.md"} {
		if text := testdata(t, "security", name); text != nil {
			lines = append(lines, strings.Split(string(text), "\n")...)
			lines = append(lines, string(text))
		}
	}
	if text := testdata(t, "security", "blns.json"); text != nil {
		var naughty []string
		if err := json.Unmarshal(text, &naughty); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, naughty...)
	}
	return lines
}

// testdata reads a file of the shared test material, nil when it is absent.
func testdata(t *testing.T, path ...string) []byte {
	t.Helper()
	name := filepath.Join(append([]string{"..", "..", "..", "shared", "testdata"}, path...)...)
	content, err := os.ReadFile(name)
	if err != nil {
		t.Logf("without %s: the folder ../shared/testdata is beside the repository", filepath.Join(path...))
		return nil
	}
	return content
}

func TestEveryExampleOfTheSpecificationsRenders(t *testing.T) {
	r := New()
	for _, name := range []string{"commonmark-spec.json", "gfm-spec.json"} {
		text, err := os.ReadFile(apptest.TestData(t, "markdown", name))
		if err != nil {
			t.Fatal(err)
		}
		var examples []struct{ Markdown string }
		if err := json.Unmarshal(text, &examples); err != nil {
			t.Fatal(err)
		}
		if len(examples) < 500 {
			t.Fatalf("%s has only %d examples", name, len(examples))
		}
		for _, example := range examples {
			checkSafe(t, r, example.Markdown)
		}
	}
}

func FuzzArticle(f *testing.F) {
	for _, seed := range wraps("<img src=x onerror=alert(1)>") {
		f.Add(seed)
	}
	f.Add("# a\n\n### b\n\n- x\n  > y\n\n| a | b |\n|:-|-:|\n| 1 | 2 |\n\n: tên\n\nx[^1]\n\n[^1]: y\n\nTừ\n: nghĩa")
	r := New()
	f.Fuzz(func(t *testing.T, source string) {
		out, err := r.Article(source)
		if err != nil {
			t.Fatal(err)
		}
		if bad := unsafe(string(out.HTML)); bad != "" {
			t.Errorf("%q has %s:\n%s", source, bad, out.HTML)
		}
		if bad := unsafe(string(r.Inline(source))); bad != "" {
			t.Errorf("inline %q has %s", source, bad)
		}
		ids := map[string]bool{}
		level := 1
		for _, h := range out.Headings {
			if ids[h.ID] || h.Level < 2 || h.Level > 6 || h.Level > level+1 || h.Text == "" {
				t.Errorf("%q: heading %+v", source, h)
			}
			ids[h.ID], level = true, h.Level
		}
	})
}
