package markup_test

import (
	"html/template"
	"strings"
	"testing"

	"doingoai/app/markup"
)

func TestForeignPassagesAreMarked(t *testing.T) {
	for _, c := range []struct{ lang, body, want string }{
		{"vi", "<p>Cửa khẩu Hoa Lư (ត្រពាំងស្រែ) mở rộng.</p>", `<p>Cửa khẩu Hoa Lư (<span lang="km">ត្រពាំងស្រែ</span>) mở rộng.</p>`},
		{"vi", "<p>Tên tiếng Trung: 平福省 外事, tiếng Nhật: ビンフオック省, tiếng Hàn: 빈프억성.</p>",
			`<p>Tên tiếng Trung: <span lang="zh">平福省 外事</span>, tiếng Nhật: <span lang="ja">ビンフオック省</span>, tiếng Hàn: <span lang="ko">빈프억성</span>.</p>`},
		{"zh", "<p>平福省的投资环境</p>", "<p>平福省的投资环境</p>"},
		{"ja", "<p>投資環境と工業団地</p><p>投資</p>", "<p>投資環境と工業団地</p><p>投資</p>"},
		{"ko", "<p>投資 환경</p>", "<p>投資 환경</p>"},
		{"ko", "<p>한국 ខ្មែរ</p>", `<p>한국 <span lang="km">ខ្មែរ</span></p>`},
		{"vi", `<blockquote>
<p>The investor shall submit one set of documents.</p>
</blockquote>`, `<blockquote>
<p lang="en">The investor shall submit one set of documents.</p>
</blockquote>`},
		{"vi", `<p id="a">Những <strong>số liệu</strong> về the industrial park are not published yet</p>`, `<p id="a">Những <strong>số liệu</strong> về the industrial park are not published yet</p>`},
		{"en", "<ul>\n<li>Nhà đầu tư nộp một bộ hồ sơ tại cơ quan đăng ký.</li>\n<li>Bình Phước, Đồng Nai, Bù Đăng, Lộc Ninh, Hớn Quản, Chơn Thành</li>\n</ul>",
			"<ul>\n<li lang=\"vi\">Nhà đầu tư nộp một bộ hồ sơ tại cơ quan đăng ký.</li>\n<li>Bình Phước, Đồng Nai, Bù Đăng, Lộc Ninh, Hớn Quản, Chơn Thành</li>\n</ul>"},
		{"vi", "<p>PCI, FDI, VSIP, ICD, GRDP, ASEAN, EVFTA</p>", "<p>PCI, FDI, VSIP, ICD, GRDP, ASEAN, EVFTA</p>"},
		{"vi", "<table><tbody><tr><td>Nguồn</td><td>Department of Planning and Investment of the province</td></tr></tbody></table>",
			`<table><tbody><tr><td>Nguồn</td><td lang="en">Department of Planning and Investment of the province</td></tr></tbody></table>`},
		{"vi", "<pre><code>for each item in the list do nothing at all 平福\n</code></pre>", "<pre><code>for each item in the list do nothing at all 平福\n</code></pre>"},
		{"vi", "<p>平福&amp;同奈 &lt;省&gt;</p>", `<p><span lang="zh">平福</span>&amp;<span lang="zh">同奈</span> &lt;<span lang="zh">省</span>&gt;</p>`},
		{"zh", "<p>Nghị định của Chính phủ quy định chi tiết</p>", `<p lang="vi">Nghị định của Chính phủ quy định chi tiết</p>`},
		{"vi", "", ""},
	} {
		if got := markup.MarkForeign(template.HTML(c.body), c.lang); string(got) != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.lang, c.body, got, c.want)
		}
	}
}

// Marking adds marks and takes nothing away, whatever is written.
func FuzzMarkForeign(f *testing.F) {
	r := markup.New()
	f.Add("vi", "# 平福\n\n> The investor shall submit one set of documents.\n\n| ខ្មែរ | b |\n|---|---|\n| `x` | 빈 |\n")
	f.Add("zh", "<b>平福 &amp; ត្រ")
	f.Fuzz(func(t *testing.T, lang, markdown string) {
		if len(markdown) > 1<<16 {
			return
		}
		body, err := r.Article(markdown)
		if err != nil {
			t.Fatal(err)
		}
		marked := string(markup.MarkForeign(body.HTML, "vi"))
		if text := markup.Text(marked); text != body.Text {
			t.Errorf("%q became %q", body.Text, text)
		}
		for _, lang := range []string{"vi", "en", "km", "zh", "ko", "ja"} {
			marked = strings.ReplaceAll(marked, ` lang="`+lang+`"`, "")
		}
		marked = strings.ReplaceAll(strings.ReplaceAll(marked, "<span>", ""), "</span>", "")
		plain := strings.ReplaceAll(strings.ReplaceAll(string(body.HTML), "<span>", ""), "</span>", "")
		if marked != plain {
			t.Errorf("%q became %q", plain, marked)
		}
	})
}
