package public

import (
	"net/url"

	"doingoai/app/release"
	"doingoai/app/web"
)

// contentsFrom is how many headings a text must have for a list of them.
const contentsFrom = 4

// Contents are the headings of a long text.
func (v articleView) Contents() []release.Heading {
	var top []release.Heading
	for _, h := range v.Headings {
		if h.Level == 2 {
			top = append(top, h)
		}
	}
	if len(top) < contentsFrom {
		return nil
	}
	return top
}

// Mail is the letter in which a reader passes the article on.
func (v articleView) Mail() string {
	return "mailto:?subject=" + url.PathEscape(v.frame.Title) + "&body=" + url.QueryEscape(v.Canonical)
}

// QR leads a telephone from a printed page to the article. The identifier is
// enough of an address, and the shorter it is, the coarser the code may be.
func (v articleView) QR() (web.Square, error) {
	u, err := url.Parse(v.Canonical)
	if err != nil {
		return web.Square{}, err
	}
	u.Path, u.RawPath = articlePath(v.Article.Lang, nil, "", v.Article.ID), ""
	return web.NewSquare(u.String())
}
