package markup

import (
	"reflect"
	"strings"
	"testing"

	"doingoai/app/fault"
)

const (
	hash1 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	hash3 = "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
	hash2 = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
)

func render(t *testing.T, markdown string) Rendered {
	t.Helper()
	out, err := New().Article(markdown)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestArticle(t *testing.T) {
	for name, c := range map[string]struct{ markdown, html string }{
		"emphasis":                        {"*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n"},
		"quotation marks stay":            {`"Đối ngoại" -- 'x'...`, "<p>&#34;Đối ngoại&#34; -- &#39;x&#39;...</p>\n"},
		"decomposed text is composed":     {"ho\u0300a", "<p>hòa</p>\n"},
		"external link":                   {"[a](https://vnanet.vn/x?a=1&b=2)", `<p><a href="https://vnanet.vn/x?a=1&amp;b=2" rel="noopener">a</a></p>` + "\n"},
		"link title is dropped":           {`[a](https://vnanet.vn "t")`, `<p><a href="https://vnanet.vn" rel="noopener">a</a></p>` + "\n"},
		"link within the site":            {"[a](/vi/dau-tu)", `<p><a href="/vi/dau-tu">a</a></p>` + "\n"},
		"link within the page":            {"[a](#muc-2)", `<p><a href="#muc-2">a</a></p>` + "\n"},
		"link by reference":               {"[a][b]\n\n[b]: /vi", `<p><a href="/vi">a</a></p>` + "\n"},
		"mail":                            {"<sngv@tinh.gov.vn>", `<p><a href="mailto:sngv@tinh.gov.vn">sngv@tinh.gov.vn</a></p>` + "\n"},
		"telephone":                       {"[gọi](tel:+842713887088)", `<p><a href="tel:+842713887088">gọi</a></p>` + "\n"},
		"bare address":                    {"xem https://vnanet.vn.", `<p>xem <a href="https://vnanet.vn" rel="noopener">https://vnanet.vn</a>.</p>` + "\n"},
		"script address becomes text":     {"[*a*](javascript:x)", "<p><em>a</em></p>\n"},
		"hidden script address":           {"[a](javascript&colon;x)", "<p>a</p>\n"},
		"address of another site in //":   {"[a](//evil.example)", "<p>a</p>\n"},
		"relative address becomes text":   {"[a](x/y)", "<p>a</p>\n"},
		"ftp becomes text":                {"<ftp://x.example/a&b>", "<p>ftp://x.example/a&amp;b</p>\n"},
		"file":                            {"[pdf](media:" + hash1 + "/qd-687.pdf)", `<p><a href="/media/` + hash1 + `/qd-687.pdf">pdf</a></p>` + "\n"},
		"tags are dropped, words kept":    {"a <b onclick=x>b</b> <script>c</script>", "<p>a b c</p>\n"},
		"line break tag":                  {"a<br />b", "<p>a<br>b</p>\n"},
		"block of HTML becomes its words": {"<div>\nmột <b>hai</b>\n<script>x</script>\n</div>", "<p>một hai</p>\n"},
		"comment":                         {"<!-- x -->\n\na", "<p>a</p>\n"},
		"empty heading is dropped":        {"#\n\na", "<p>a</p>\n"},
		"figure": {"![Lễ *ký* \"A\"](media:" + hash1 + " \"Ảnh: A &amp; B\")",
			`<figure><img src="/media/` + hash1 + `/file" alt="Lễ ký &#34;A&#34;" loading="lazy" decoding="async"><figcaption>Ảnh: A &amp; B</figcaption></figure>` + "\n"},
		"figures side by side": {"![a](/media/" + hash1 + "/a.jpg)\n![b](/media/" + hash2 + "/b.jpg)",
			`<figure><img src="/media/` + hash1 + `/a.jpg" alt="a" loading="lazy" decoding="async"></figure>` + "\n" +
				`<figure><img src="/media/` + hash2 + `/b.jpg" alt="b" loading="lazy" decoding="async"></figure>` + "\n"},
		"picture within a line":                       {"a ![b](media:" + hash1 + ")", `<p>a <img src="/media/` + hash1 + `/file" alt="b" loading="lazy" decoding="async"></p>` + "\n"},
		"picture from elsewhere becomes its alt text": {"![lễ *ký*](https://x.example/a.jpg)", "<p>lễ <em>ký</em></p>\n"},
		"table": {"| Năm | Vốn |\n|---|--:|\n| 2024 | 4,33 |",
			`<div class="table-scroll" tabindex="0" role="region" aria-label="Năm"><table>` + "\n<thead>\n<tr>\n" + `<th scope="col">Năm</th>` + "\n" + `<th scope="col" class="align-right">Vốn</th>` +
				"\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>2024</td>\n" + `<td class="align-right figure">4,33</td>` + "\n</tr>\n</tbody>\n</table></div>\n"},
		"table under a heading": {"## Vốn *& \"đất\"*\n\n### Bảng\n\nĐoạn\n\n| A | B |\n|--:|--|\n| 5 ha | 5 |\n\n# C",
			`<h2 id="von-dat">Vốn <em>&amp; &#34;đất&#34;</em></h2>` + "\n" + `<h3 id="bang">Bảng</h3>` + "\n<p>Đoạn</p>\n" +
				`<div class="table-scroll" tabindex="0" role="region" aria-label="Bảng"><table>` + "\n<thead>\n<tr>\n" + `<th scope="col" class="align-right">A</th>` + "\n" + `<th scope="col">B</th>` +
				"\n</tr>\n</thead>\n<tbody>\n<tr>\n" + `<td class="align-right">5` + "\u00a0" + `ha</td>` + "\n<td>5</td>\n</tr>\n</tbody>\n</table></div>\n" + `<h2 id="c">C</h2>` + "\n"},
		"table with a caption": {"| A |\n|---|\n\n: Vốn *đăng ký*",
			`<div class="table-scroll" tabindex="0" role="region" aria-labelledby="table-1"><table>` + "\n" + `<caption id="table-1">Vốn <em>đăng ký</em></caption>` +
				"\n<thead>\n<tr>\n" + `<th scope="col">A</th>` + "\n</tr>\n</thead>\n</table></div>\n"},
		"definition list": {"GRDP\n: tổng sản phẩm", "<dl>\n<dt>GRDP</dt>\n<dd>tổng sản phẩm</dd>\n</dl>\n"},
		"numbered list":   {"3. a\n4. b", `<ol start="3">` + "\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		"empty":           {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(render(t, c.markdown).HTML); got != c.html {
				t.Errorf("%s\ngives %q\nwant  %q", c.markdown, got, c.html)
			}
		})
	}
}

func TestHeadingsBeginAtTwoAndNeverSkip(t *testing.T) {
	for _, c := range []struct {
		markdown string
		want     []Heading
	}{
		{"# Một\n## Hai", []Heading{{2, "mot", "Một"}, {3, "hai", "Hai"}}},
		{"## Một\n### Hai", []Heading{{2, "mot", "Một"}, {3, "hai", "Hai"}}},
		{"### Một\n# Hai", []Heading{{2, "mot", "Một"}, {2, "hai", "Hai"}}},
		{"# Một\n#### Hai\n# Ba", []Heading{{2, "mot", "Một"}, {3, "hai", "Hai"}, {2, "ba", "Ba"}}},
		{"# A\n# A\n# a-2\n# A", []Heading{{2, "a", "A"}, {2, "a-2", "A"}, {2, "a-2-2", "a-2"}, {2, "a-3", "A"}}},
		{"# Vốn **FDI** [2024](/x) &amp; \\*", []Heading{{2, "von-fdi-2024", "Vốn FDI 2024 & *"}}},
		{"# ខេត្ត\n# ***!***", []Heading{{2, "ខេត្ត", "ខេត្ត"}, {2, "section", "!"}}},
	} {
		if got := render(t, c.markdown).Headings; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q has headings %+v, want %+v", c.markdown, got, c.want)
		}
	}
}

func TestFootnotesLinkBothWaysAndStayOutOfTheText(t *testing.T) {
	out := render(t, "Vốn 4,33 tỷ USD[^1].\n\n[^1]: Nguồn: TTXVN")
	for _, part := range []string{
		`<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup>`,
		`<div class="footnotes" role="doc-endnotes">`, `<li id="fn:1">`, `<a href="#fnref:1" class="footnote-backref" role="doc-backlink">`,
	} {
		if !strings.Contains(string(out.HTML), part) {
			t.Errorf("no %s in %s", part, out.HTML)
		}
	}
	if want := "Vốn 4,33 tỷ USD.\nNguồn: TTXVN"; out.Text != want {
		t.Errorf("text is %q, want %q", out.Text, want)
	}
}

func TestMediaListsEveryFileOnce(t *testing.T) {
	out := render(t, "![a [b](media:"+strings.Repeat("a", 64)+")](media:"+hash2+")\n\n[f](/media/"+hash1+"/a.pdf) ![x](media:"+hash2+") [g](media:123) ![y](media:"+strings.ToUpper(hash1)+")")
	if want := []string{hash2, hash1}; !reflect.DeepEqual(out.Media, want) {
		t.Errorf("media %v, want %v", out.Media, want)
	}
}

func TestALookupGivesNamesAndSizesAndHidesUnknownFiles(t *testing.T) {
	out, err := New().ArticleWith("![a](media:"+hash1+")\n\n![b](media:"+hash2+") [c](media:"+hash2+")", func(hash string) (File, bool) {
		return File{Name: "Lễ ký.jpg", Width: 800, Height: 600}, hash == hash1
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `<figure><img src="/media/` + hash1 + `/L-k-.jpg" alt="a" width="800" height="600" loading="lazy" decoding="async"></figure>` + "\n<p>b c</p>\n"
	if string(out.HTML) != want {
		t.Errorf("got %s\nwant %s", out.HTML, want)
	}
	if len(out.Media) != 1 {
		t.Errorf("media %v", out.Media)
	}
}

func TestWordsAreSyllablesAndCharacters(t *testing.T) {
	for source, want := range map[string]int{"": 0, "Đối ngoại 3,58 tỷ": 4, "**中文**。日本": 4, "a[^1]\n\n[^1]: b c": 3} {
		if got := render(t, source).Words; got != want {
			t.Errorf("%q has %d words, want %d", source, got, want)
		}
	}
}

func TestInline(t *testing.T) {
	r := New()
	for source, want := range map[string]string{
		"*a* **b** ~~c~~":             "<em>a</em> <strong>b</strong> <del>c</del>",
		"# 1 > 0":                     "# 1 &gt; 0",
		"- một\n- hai":                "- một\n- hai",
		"một\n\nhai":                  "một hai",
		"[a](https://x.vn) <b>b</b>":  `<a href="https://x.vn" rel="noopener">a</a> b`,
		"![alt](media:" + hash1 + ")": "alt",
		"":                            "",
	} {
		if got := string(r.Inline(source)); got != want {
			t.Errorf("%q gives %q, want %q", source, got, want)
		}
	}
}

func TestTextIsOneLinePerBlock(t *testing.T) {
	for source, want := range map[string]string{
		"<p>a  b\nc</p><p>d</p>":                        "a b c\nd",
		"<h2>a</h2>b<ul><li>c<li>d</ul>":                "a\nb\nc\nd",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c": "a b\nc",
		"a<br>b<em>c</em>d":                             "a bcd",
		"<script>x</script>a<style>y</style>":           "a",
		"&lt;b&gt; &amp;amp;":                           "<b> &amp;",
		"<figure><img alt='x'><figcaption>y":            "y",
		"":                                              "",
	} {
		if got := Text(source); got != want {
			t.Errorf("%q gives %q, want %q", source, got, want)
		}
	}
}

func TestOverlongInputIsRefused(t *testing.T) {
	if _, err := New().Article(strings.Repeat("a", MaxBytes)); err != nil {
		t.Errorf("the longest allowed input: %v", err)
	}
	_, err := New().Article(strings.Repeat("a", MaxBytes+1))
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.TooLarge || f.Message.Key != "error.too_long" {
		t.Errorf("got %v", err)
	}
	if got := New().Inline("<b>" + strings.Repeat("a", MaxBytes)); !strings.HasPrefix(string(got), "&lt;b&gt;aaa") {
		t.Errorf("an overlong line becomes %.20q", got)
	}
}

// Each of these once took minutes, or gigabytes, in one Markdown renderer or
// another. The test asserts what comes out; if a limit is lost it will not end.
func TestInputMadeToBeSlowStaysSmallAndShallow(t *testing.T) {
	const n = 100_000
	repeat := strings.Repeat
	for name, source := range map[string]string{
		"quotations":           repeat(">", n),
		"spaced quotations":    repeat("> ", n) + "a",
		"brackets":             repeat("[", n),
		"matched brackets":     repeat("[", n) + repeat("]", n),
		"pictures":             repeat("![", n),
		"links":                repeat("[a](", n),
		"unclosed links":       repeat("[a](<b", n),
		"emphasis":             repeat("*a_ ", n),
		"nested emphasis":      repeat("**a ", n/2) + repeat(" b**", n/2),
		"strikethrough":        repeat("~~a", n) + repeat("~~", n),
		"comments":             repeat("a <!-- ", n),
		"lists":                repeat("* a\n  ", n),
		"nested lists":         nestedList(1000),
		"address by reference": "[a]: /" + repeat("x", 2000) + "\n\n" + repeat("[a]", n),
		"caption by reference": "[a]: media:" + hash1 + " '" + repeat("x", n) + "'\n\n" + repeat("![a]\n\n", n/2),
		"wide table":           repeat("|a", n/5) + "|\n" + repeat("|-", n/5) + "|\n" + repeat("|\n", n),
		"escaped pipes":        "|a|\n|-|\n" + repeat("`\\|`|\n", n),
		"headings":             repeat("# a\n", n),
		"footnotes":            repeat("[^1]: a\n\n", n/2) + repeat("[^1]", n/2),
	} {
		t.Run(name, func(t *testing.T) {
			out, err := New().Article(source)
			if err != nil {
				t.Fatal(err)
			}
			if len(out.HTML) > 20*MaxBytes {
				t.Errorf("%d bytes make %d", len(source), len(out.HTML))
			}
			if bad := unsafe(string(out.HTML)); bad != "" { // also refuses more than 512 levels
				t.Error(bad)
			}
		})
	}
}

func nestedList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

// What plays never begins by itself, and a document is saved under a name that
// says what it is.
func TestFilmsSoundAndDocumentsAreWrittenAsPicturesAre(t *testing.T) {
	files := map[string]File{
		hash1: {Name: "film-1.mp4", Width: 1280, Height: 720, Kind: Video}, hash2: {Name: "sound-2.mp3", Kind: Audio},
		hash3: {Name: "document-3.pdf", Kind: Document, About: "PDF, 2,3 MB"},
	}
	for source, want := range map[string]string{
		"![Toàn cảnh \"cửa khẩu\"](media:" + hash1 + " \"Ảnh: A\")": `<figure><video src="/media/` + hash1 + `/film-1.mp4" aria-label="Toàn cảnh &#34;cửa khẩu&#34;" width="1280" height="720" controls="" preload="metadata"></video><figcaption>Ảnh: A</figcaption></figure>` + "\n",
		"![Lời chào](media:" + hash2 + ")":                          `<figure><audio src="/media/` + hash2 + `/sound-2.mp3" aria-label="Lời chào" controls="" preload="metadata"></audio><figcaption>Lời chào</figcaption></figure>` + "\n",
		"![Quyết định 12](media:" + hash3 + ")":                     `<figure class="file"><a href="/media/` + hash3 + `/document-3.pdf" download="">Quyết định 12 (PDF, 2,3 MB)</a></figure>` + "\n",
		"[![Lời](media:" + hash2 + ")](https://a.vn)":               `<p><a href="https://a.vn" rel="noopener">Lời</a></p>` + "\n",
		"![](media:" + hash3 + ")":                                  `<figure class="file"><a href="/media/` + hash3 + `/document-3.pdf" download="">document-3.pdf (PDF, 2,3 MB)</a></figure>` + "\n",
		"Xem ![Quyết định <12>](media:" + hash3 + ").":              `<p>Xem <a href="/media/` + hash3 + `/document-3.pdf" download="">Quyết định &lt;12&gt; (PDF, 2,3 MB)</a>.</p>` + "\n",
	} {
		out, err := New().ArticleWith(source, func(hash string) (File, bool) {
			f, ok := files[hash]
			return f, ok
		})
		if err != nil || string(out.HTML) != want {
			t.Errorf("%s\n got %s\nwant %s (%v, %v)", source, out.HTML, want, out.Media, err)
		}
		if bad := unsafe(string(out.HTML)); bad != "" {
			t.Errorf("%s: %s", source, bad)
		}
	}
}
