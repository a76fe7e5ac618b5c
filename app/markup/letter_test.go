package markup

import (
	"strings"
	"testing"

	"doingoai/app/fault"
)

func TestALetterHasNothingThatAPageHasOfItsOwn(t *testing.T) {
	r := New()
	for markdown, want := range map[string]string{
		"Một **đậm** và [đường dẫn](https://a.vn).\n\nĐoạn hai": "<p>Một <strong>đậm</strong> và <a href=\"https://a.vn\" rel=\"noopener\">đường dẫn</a>.</p>\n<p>Đoạn hai</p>\n",
		"- một\n- hai":          "<ul>\n<li>một</li>\n<li>hai</li>\n</ul>\n",
		"> Trích":               "<blockquote>\n<p>Trích</p>\n</blockquote>\n",
		"# Không phải tít":      "<p># Không phải tít</p>\n",
		"Tít\n===":              "<p>Tít\n===</p>\n",
		"<script>x</script>lời": "<p>xlời</p>\n",
		"Lời[^1]\n\n[^1]: chú":  "<p>Lời[^1]</p>\n<p>[^1]: chú</p>\n",
		"![ảnh](media:" + strings.Repeat("a", 64) + ")": "<p>ảnh</p>\n",
		"": "",
	} {
		got, err := r.Letter(markdown)
		if err != nil || string(got.HTML) != want {
			t.Errorf("%q is %q (%v)", markdown, got.HTML, err)
		}
		if strings.Contains(string(got.HTML), " id=") || len(got.Media) > 0 {
			t.Errorf("%q has an id or a file", markdown)
		}
	}
	if _, err := r.Letter(strings.Repeat("a", MaxBytes+1)); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("too long: %v", err)
	}
}
