package letter

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/vietnamese"
)

// Limits, in characters.
const (
	MaxMessage = 5000
	MaxContact = 254 // RFC 5321
	MaxAddress = 2000
)

// The kinds of letters that a newsroom takes.
const (
	ErrorReport = "error_report"
	Contact     = "contact"
	Rating      = "rating" // of a page; its message is a comment, and may be missing
)

var kinds = []string{ErrorReport, Contact, Rating}

// Topics are what a letter of kind Contact may be about.
var Topics = []string{"question", "suggestion", "press", "access", "data", "other"}

var (
	idForm   = regexp.MustCompile(`^[0-9A-Za-z_-]{8,64}$`)
	nameForm = regexp.MustCompile(`^[0-9A-Za-z_-]{0,64}$`)
)

// check tidies a letter and refuses what no newsstand of ours would send.
func check(l release.Letter) (release.Letter, error) {
	var form fault.Form
	if !idForm.MatchString(l.ID) {
		form.Refuse("id", "error.invalid")
	}
	if !slices.Contains(kinds, l.Kind) {
		form.Refuse("kind", "error.invalid")
	}
	if l.Kind == Contact && !slices.Contains(Topics, l.Topic) || l.Kind != Contact && l.Topic != "" {
		form.Refuse("topic", "error.invalid")
	}
	if !nameForm.MatchString(l.Consent) {
		form.Refuse("consent", "error.invalid")
	}
	if !nameForm.MatchString(l.Outlet) {
		form.Refuse("outlet", "error.invalid")
	}
	if !nameForm.MatchString(l.Item) {
		form.Refuse("item", "error.invalid")
	}
	if !release.IsLanguage(l.Lang) {
		form.Refuse("lang", "error.language.unknown")
	}
	l.Message = text(&form, "message", l.Message, MaxMessage)
	l.Contact = text(&form, "contact", l.Contact, MaxContact)
	l.Address = text(&form, "address", l.Address, MaxAddress)
	if l.Kind == Rating && (l.Rating < 1 || l.Rating > MostRating || l.Contact != "" || l.Address == "") || l.Kind != Rating && l.Rating != 0 {
		form.Refuse("rating", "error.invalid")
	}
	if !nameForm.MatchString(l.Section) {
		form.Refuse("section", "error.invalid")
	}
	if l.Message == "" && l.Kind != Rating {
		form.Refuse("message", "error.required")
	}
	if a, err := mail.ParseAddress(l.Contact); l.Contact != "" && (err != nil || a.Address != l.Contact) {
		form.Refuse("contact", "error.bad_email")
	}
	return l, form.Err()
}

func text(form *fault.Form, field, s string, max int) string {
	tidy, ok := vietnamese.Clean(s)
	if !ok {
		form.Refuse(field, "error.not_utf8")
	}
	tidy = strings.TrimSpace(tidy)
	if utf8.RuneCountInString(tidy) > max {
		form.Refuse(field, "error.too_long", "Max", max)
	}
	return tidy
}
