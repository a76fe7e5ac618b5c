package release

import (
	"net/url"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/vietnamese"
)

// Basis is the legal document that an act rests on: its number and title, its
// date, and where it can be read.
type Basis struct {
	Document string    `json:"document"`
	On       time.Time `json:"on,omitzero"`
	Link     string    `json:"link,omitempty"`
}

// Limits of a basis, in characters.
const (
	MaxDocument = 200
	MaxLink     = 500
)

// Check tidies a basis and refuses what cannot be at the fields document,
// document_on and link. A document of a day to come cannot be acted upon.
func (b Basis) Check(form *fault.Form, now time.Time) Basis {
	b.Document, b.Link = vietnamese.Line(form, "document", b.Document, MaxDocument), strings.TrimSpace(b.Link)
	if b.Document == "" && (b.Link != "" || !b.On.IsZero()) {
		form.Refuse("document", "error.required")
	}
	if b.On.After(now) {
		form.Refuse("document_on", "error.day_future")
	}
	if u, err := url.Parse(b.Link); b.Link != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(b.Link) > MaxLink) {
		form.Refuse("link", "error.bad_link")
	}
	return b
}
