package kind

import (
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/fault"
)

// Prefix begins the name of a fact wherever it stands among other things: in
// forms, among the passages of a translation, in what is refused.
const Prefix = "fact."

// Limits in characters.
const (
	MaxLine  = 200
	MaxWords = 2000
	maxOther = 500 // an address; the longest of all others
)

// Check refuses what cannot even be kept as a draft. A translation has nothing
// but what it words itself.
func (f Facts) Check(k Kind, translated bool, form *fault.Form) {
	inputs := k.Inputs()
	sound := true
	for _, key := range Keys(f) {
		i := slices.IndexFunc(inputs, func(in Input) bool { return in.Key == key && (in.Worded || !translated) })
		refusal, args := "error.fact.unknown", []any(nil)
		if i >= 0 {
			refusal, args = inputs[i].refusal(f[key])
		}
		if refusal != "" {
			sound = false
			form.Refuse(Prefix+key, refusal, args...)
		}
	}
	if s, _ := k.sort(); s.rule != nil && sound {
		s.rule(f, form)
	}
	for _, fact := range k.Facts() {
		if from, until := f[fact.Key], f[fact.Key+".until"]; fact.Type == Period && sound && until != "" && until < from {
			form.Refuse(Prefix+fact.Key+".until", "error.fact.before")
		}
	}
}

// CheckComplete refuses what readers must not get: a required fact that is
// missing, and a figure that does not say what it is counted in, as of when it
// is true, from where it is known and who has checked it.
func (f Facts) CheckComplete(k Kind, translated bool, form *fault.Form) {
	for _, fact := range k.Facts() {
		if translated && !fact.Worded {
			continue
		}
		if fact.Required && f[fact.Key] == "" {
			form.Refuse(Prefix+fact.Key, "error.required")
		}
		if f[fact.Key] == "" || fact.Worded {
			continue
		}
		for _, in := range fact.Inputs() {
			if f[in.Key] == "" && in.Key != fact.Key+".until" { // what has begun may have no end yet
				form.Refuse(Prefix+in.Key, "error.required")
			}
		}
	}
}

// refusal says what is wrong with a text, "" for nothing.
func (in Input) refusal(text string) (key string, args []any) {
	length := utf8.RuneCountInString(text)
	most := map[Type]int{Line: MaxLine, Words: MaxWords}[in.Type]
	if most == 0 {
		most = maxOther
	}
	switch {
	case !utf8.ValidString(text):
		return "error.not_utf8", nil
	case length > most:
		return "error.too_long", []any{"Max", most}
	case in.sound(text):
		return "", nil
	case in.Type == Web:
		return "error.bad_url", nil
	}
	return "error.fact." + string(in.Type), nil
}

// phoneForm leaves numbers to be written as people do: +84 (0)271 388 00 00.
var phoneForm = regexp.MustCompile(`^\+?[0-9(][0-9 ().–-]{4,38}[0-9]$`)

// sound says whether a text has the form of its type. Whether there is such a
// place, agency, item or file is asked elsewhere.
func (in Input) sound(text string) bool {
	switch in.Type {
	case Number:
		return isNumber(text)
	case Date:
		return isTime(text, time.DateOnly)
	case Moment:
		return isTime(text, momentForm)
	case Choice:
		return slices.Contains(in.Choices, text)
	case Yes:
		return text == "yes"
	case Place, Agency, Item, File:
		return len(text) <= 64 && !strings.ContainsAny(text, "\x00 ")
	case Web:
		u, err := url.Parse(text)
		return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	case Email:
		a, err := mail.ParseAddress(text)
		return err == nil && a.Address == text
	case Phone:
		return phoneForm.MatchString(text)
	case Position:
		return positionForm.MatchString(text)
	}
	return true
}

func isTime(text, form string) bool {
	t, err := time.Parse(form, text)
	return err == nil && t.Format(form) == text && t.Year() >= firstYear && t.Year() <= lastYear
}
