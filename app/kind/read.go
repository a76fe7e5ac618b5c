package kind

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/vietnamese"
)

// unread stands before what was typed and could not be read.
const unread = "?"

// Read makes of what somebody typed the one form that it is kept in. lang is the
// language whose writing of numbers the person uses. What cannot be read is kept
// as it is, for Check to refuse and for its writer to mend.
func (in Input) Read(typed, lang string) string {
	text := in.tidy(typed)
	if text == "" {
		return ""
	}
	var ok bool
	var form string
	switch in.Type {
	case Number:
		form, ok = readNumber(text, lang)
	case Date:
		form, ok = readTime(text, time.DateOnly, dayForms)
	case Moment:
		form, ok = readTime(text, momentForm, momentForms)
	default:
		return text
	}
	if !ok {
		return unread + text
	}
	return form
}

// Show is what stands in a form's field for a text that is kept: as the person
// would type it.
func (in Input) Show(text, lang string) string {
	if typed, ok := strings.CutPrefix(text, unread); ok && in.isRead() {
		return typed
	}
	if in.Type == Number && isNumber(text) {
		return showNumber(text, lang)
	}
	return text
}

// isRead says whether what is typed is read, and not kept word by word.
func (in Input) isRead() bool { return in.Type == Number || in.Type == Date || in.Type == Moment }

// Tidy gives texts the form they are stored in, and leaves out the empty ones.
func (f Facts) Tidy() Facts {
	var tidied Facts
	for key, text := range f {
		in, _ := InputOf(key)
		if text = in.tidy(text); text != "" {
			tidied = tidied.With(key, text)
		}
	}
	return tidied
}

// tidy is NFC, without control characters and stray space; in one line, but for
// Words. What is no text at all stays as it came, for Check to refuse.
func (in Input) tidy(text string) string {
	clean, ok := vietnamese.Clean(text)
	if !ok || !utf8.ValidString(clean) {
		return text
	}
	if in.Type == Words {
		return strings.TrimSpace(clean)
	}
	return strings.Join(strings.Fields(clean), " ")
}

// momentForm is a Moment, as a browser's field has it too.
const momentForm = "2006-01-02T15:04"

// How people write days and moments: the day before the month in either language.
var (
	dayForms    = []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006", "2 January 2006", "2 Jan 2006"}
	momentForms = []string{momentForm, momentForm + ":05", "2006-01-02 15:04", "15:04, 2/1/2006", "15:04 2/1/2006", "2/1/2006 15:04", "2 January 2006, 15:04", "2 January 2006 15:04"}
)

func readTime(text, into string, forms []string) (string, bool) {
	for _, form := range forms {
		if t, err := time.Parse(form, text); err == nil && t.Year() >= firstYear && t.Year() <= lastYear {
			return t.Format(into), true
		}
	}
	return "", false
}

// A day outside of these is a slip of the finger.
const firstYear, lastYear = 1000, 2999

// numberForm is a number as it is kept: no sign but minus, a point, no zeros
// before the first digit. Eighteen digits are more than any figure of a province
// has, in đồng.
var numberForm = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?$`)

func isNumber(text string) bool { return numberForm.MatchString(text) && text != "-0" }

// grouped is a number whose thousands are set apart by one sign throughout.
var grouped = map[string]*regexp.Regexp{
	".": regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3})+$`),
	",": regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+$`),
	" ": regexp.MustCompile(`^-?[0-9]{1,3}( [0-9]{3})+$`),
}

// signs are what parts thousands and decimals in a language's numbers.
func signs(lang string) (thousands, decimal string) {
	if lang == "vi" || lang == "km" {
		return ".", ","
	}
	return ",", "."
}

// readNumber reads a number as it is written in a language: in Vietnamese
// 1.234,5 or 1234,5 or 1 234,5. Signs in other places make it unreadable: nobody
// is to guess whether 1.234 was a thousand.
func readNumber(text, lang string) (string, bool) {
	thousands, decimal := signs(lang)
	text = strings.Replace(text, "−", "-", 1)
	whole, fraction, has := strings.Cut(text, decimal)
	for _, sign := range []string{thousands, " "} {
		if grouped[sign].MatchString(whole) {
			whole = strings.ReplaceAll(whole, sign, "")
		}
	}
	if strings.Contains(whole, ".") { // which would be the sign that numbers are kept with
		return "", false
	}
	form := whole
	if has {
		form += "." + fraction
	}
	return form, isNumber(form)
}

// showNumber is readNumber the other way round.
func showNumber(text, lang string) string {
	thousands, decimal := signs(lang)
	whole, fraction, has := strings.Cut(text, ".")
	whole, minus := strings.CutPrefix(whole, "-")
	var b strings.Builder
	if minus {
		b.WriteByte('-')
	}
	for i := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteByte(whole[i])
	}
	if has {
		b.WriteString(decimal + fraction)
	}
	return b.String()
}
