package markup

import (
	"html/template"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// Offer is what a page offers of a stored picture beside the one file that a
// text names. WebP and Plain are sets of files as srcset has them, Plain in the
// format of the picture itself; Class dresses the picture. All may be empty.
type Offer struct{ WebP, Plain, Class string }

var pictureAddress = regexp.MustCompile(`^/media/([0-9a-f]{64})/`)

// Offering lets browsers choose, for each picture of HTML that came from here,
// among the files that find answers for its hash; sizes says how wide pages show
// it. With eager, the first picture is loaded at once. A text is rendered when
// it is released; which files there are of a picture is known later.
func Offering(source template.HTML, eager bool, sizes string, find func(hash string) Offer) template.HTML {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(string(source)))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		if !strings.HasPrefix(raw, "<img ") {
			b.WriteString(raw)
			continue
		}
		t := z.Token()
		if eager {
			t.Attr, eager = withoutLoading(t.Attr), false
		}
		writeOffered(&b, t, sizes, find)
	}
	return template.HTML(b.String())
}

func withoutLoading(attributes []html.Attribute) []html.Attribute {
	var kept []html.Attribute
	for _, a := range attributes {
		if a.Key != "loading" {
			kept = append(kept, a)
		}
	}
	return kept
}

func writeOffered(b *strings.Builder, img html.Token, sizes string, find func(hash string) Offer) {
	var o Offer
	for _, a := range img.Attr {
		if at := pictureAddress.FindStringSubmatch(a.Val); a.Key == "src" && at != nil {
			o = find(at[1])
		}
	}
	add := func(key, value string) { img.Attr = append(img.Attr, html.Attribute{Key: key, Val: value}) }
	if o.Plain != "" {
		add("srcset", o.Plain)
		add("sizes", sizes)
	}
	if o.Class != "" {
		add("class", o.Class)
	}
	if o.WebP == "" {
		b.WriteString(img.String())
		return
	}
	source := html.Token{Type: html.StartTagToken, Data: "source", Attr: []html.Attribute{
		{Key: "type", Val: "image/webp"}, {Key: "srcset", Val: o.WebP}, {Key: "sizes", Val: sizes},
	}}
	b.WriteString("<picture>" + source.String() + img.String() + "</picture>")
}
