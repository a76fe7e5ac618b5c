package public

import (
	"net/url"
	"strings"
)

// newer is what readers of a translation are told while its source says
// something else.
type newer struct {
	From     string // the day of the text that was translated
	Lang     string // of the source
	Language string // how it is called
	Count    int
	Critical bool
	Href     string // of the source on this outlet, "" where it has none
	Passages []link // to those paragraphs of it
}

// fewPassages is how many stand before the article; more would push it away.
const fewPassages = 4

// Folded says whether the passages are shown only when asked for.
func (n newer) Folded() bool { return len(n.Passages) > fewPassages }

// newer answers nil where there is nothing to tell.
func (v articleView) newer() *newer {
	b := v.Behind
	if b == nil {
		return nil
	}
	n := &newer{
		From: v.P.Date(b.From), Lang: b.Lang, Language: v.T("language." + b.Lang), Count: b.Count, Critical: b.Critical,
	}
	for _, other := range v.Others {
		if other.Lang == b.Lang {
			n.Href = other.Href
		}
	}
	if n.Href == "" {
		return n
	}
	for _, beginning := range b.Passages {
		n.Passages = append(n.Passages, link{Href: n.Href + "#:~:text=" + fragment(beginning), Name: beginning})
	}
	return n
}

// fragment is a text as a browser looks for it in the page that a link leads to.
// Three signs mean something there beside what addresses escape. Where a browser
// knows nothing of that, the link leads to the page.
func fragment(text string) string {
	return strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26").Replace(url.PathEscape(text))
}
