package markup

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// newPolicy is the second wall: exactly the elements, attributes and values
// that this package writes. What is not listed here never reaches a page.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code",
		"em", "strong", "del", "sup", "ul", "ol", "li", "dl", "dt", "dd",
		"figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "div")
	allowLinks(p)
	allowPictures(p)
	allowPlayers(p)
	allowTables(p)
	allowFootnotes(p)
	p.AllowAttrs("id").Matching(slugID).OnElements("h2", "h3", "h4", "h5", "h6")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	return p
}

var slugID = regexp.MustCompile(`^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$`)

func allowLinks(p *bluemonday.Policy) {
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(exactly("noopener")).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(false)
}

var (
	pixels     = regexp.MustCompile(`^[1-9][0-9]{0,5}$`)
	storedFile = regexp.MustCompile(`^/media/[0-9a-f]{64}/[A-Za-z0-9][A-Za-z0-9._-]*$`)
)

func allowPlayers(p *bluemonday.Policy) {
	p.AllowAttrs("src").Matching(storedFile).OnElements("video", "audio")
	p.AllowAttrs("aria-label").OnElements("video", "audio")
	p.AllowAttrs("width", "height").Matching(pixels).OnElements("video")
	p.AllowAttrs("controls").Matching(exactly("")).OnElements("video", "audio")
	p.AllowAttrs("preload").Matching(exactly("metadata")).OnElements("video", "audio")
	p.AllowAttrs("download").Matching(exactly("")).OnElements("a")
	p.AllowAttrs("class").Matching(exactly("file")).OnElements("figure")
}

func allowPictures(p *bluemonday.Policy) {
	p.AllowAttrs("src").Matching(storedFile).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(pixels).OnElements("img")
	p.AllowAttrs("loading").Matching(exactly("lazy")).OnElements("img")
	p.AllowAttrs("decoding").Matching(exactly("async")).OnElements("img")
}

func allowTables(p *bluemonday.Policy) {
	captionID := regexp.MustCompile(`^table-[0-9]+(?:-[0-9]+)?$`)
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(?:table-scroll|footnotes)$`)).OnElements("div")
	p.AllowAttrs("tabindex").Matching(exactly("0")).OnElements("div")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^(?:region|doc-endnotes)$`)).OnElements("div")
	p.AllowAttrs("aria-labelledby").Matching(captionID).OnElements("div")
	p.AllowAttrs("aria-label").OnElements("div")
	p.AllowAttrs("id").Matching(captionID).OnElements("caption")
	p.AllowAttrs("scope").Matching(exactly("col")).OnElements("th")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^align-(?:left|center|right|right figure)$`)).OnElements("th", "td")
}

func allowFootnotes(p *bluemonday.Policy) {
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^fn(?:ref[0-9]*)?:[0-9]+$`)).OnElements("li", "sup")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^footnote-(?:ref|backref)$`)).OnElements("a")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^doc-(?:noteref|backlink)$`)).OnElements("a")
}

func exactly(value string) *regexp.Regexp {
	return regexp.MustCompile(`^` + regexp.QuoteMeta(value) + `$`)
}
