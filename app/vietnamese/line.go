package vietnamese

import (
	"strings"
	"unicode/utf8"

	"doingoai/app/fault"
)

// Line brings one line of a form into the form in which it is kept: clean, and
// with one space where there were several or a line ended. It refuses, at the
// field, what is not UTF-8 (and answers "") or longer than max characters.
func Line(form *fault.Form, field, s string, max int) string {
	tidy, ok := Clean(s)
	if !ok {
		form.Refuse(field, "error.not_utf8")
		return ""
	}
	tidy = strings.Join(strings.Fields(tidy), " ")
	if utf8.RuneCountInString(tidy) > max {
		form.Refuse(field, "error.too_long", "Max", max)
	}
	return tidy
}
