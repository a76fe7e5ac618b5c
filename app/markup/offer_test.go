package markup

import (
	"html/template"
	"strings"
	"testing"
)

func TestPicturesOfATextAreOfferedInTheirSizes(t *testing.T) {
	a, b := strings.Repeat("a", 64), strings.Repeat("b", 64)
	img := func(hash, alt string) string {
		return `<img src="/media/` + hash + `/x.jpg" alt="` + alt + `" width="1920" height="1080" loading="lazy" decoding="async">`
	}
	offers := map[string]Offer{
		a: {WebP: "/media/1/x.webp 320w, /media/2/x.webp 1920w", Plain: "/media/3/x.jpg 320w", Class: "tint"},
	}
	find := func(hash string) Offer { return offers[hash] }
	offered := func(loading string) string {
		return `<picture><source type="image/webp" srcset="/media/1/x.webp 320w, /media/2/x.webp 1920w" sizes="100vw">` +
			`<img src="/media/` + a + `/x.jpg" alt="C&#34; &lt;i&gt;" width="1920" height="1080"` + loading + ` decoding="async" srcset="/media/3/x.jpg 320w" sizes="100vw" class="tint"></picture>`
	}
	awkward := "C&#34; &lt;i&gt;"
	for _, c := range []struct {
		name, source, want string
		eager              bool
	}{
		{"one that has them", "<figure>" + img(a, awkward) + "<figcaption>x</figcaption></figure>\n", "<figure>" + offered(` loading="lazy"`) + "<figcaption>x</figcaption></figure>\n", false},
		{"one that has none", "<p>1 &lt; 2 " + img(b, "B") + "</p>", "<p>1 &lt; 2 " + img(b, "B") + "</p>", false},
		{"the first at once", img(a, awkward) + img(a, awkward), offered("") + offered(` loading="lazy"`), true},
		{"the first has none", img(b, "B"), strings.Replace(img(b, "B"), ` loading="lazy"`, "", 1), true},
		{"no picture", "<h2 id=\"a\">A &amp; B</h2>\n<pre><code>&lt;img src=x&gt;</code></pre>", "<h2 id=\"a\">A &amp; B</h2>\n<pre><code>&lt;img src=x&gt;</code></pre>", true},
	} {
		if got := Offering(template.HTML(c.source), c.eager, "100vw", find); string(got) != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	// What the sanitiser lets through is what is looked at.
	text, err := New().ArticleWith("![C](media:"+a+")", func(string) (File, bool) { return File{Name: "x.jpg", Width: 1920, Height: 1080}, true })
	if err != nil {
		t.Fatal(err)
	}
	if got := string(Offering(text.HTML, false, "100vw", find)); !strings.Contains(got, `<picture><source type="image/webp"`) {
		t.Errorf("of %s was made %s", text.HTML, got)
	}
}
