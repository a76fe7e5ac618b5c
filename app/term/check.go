package term

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Limits of a term: of a text in characters, and of how many there are.
const (
	MaxText       = 200
	MaxNote       = 1000
	MaxVariants   = 20
	MaxRenderings = 20 // of one standing in one language
)

// RenderingField names the field of the renderings of a standing in a language.
func RenderingField(lang string, s Standing) string { return string(s) + "_" + lang }

// wordings are the wording and its variants.
func (t Term) wordings() []string { return append([]string{t.Wording}, t.Variants...) }

// compared is a wording as it is compared with others.
func compared(lang, text string) string {
	var keys []string
	for i, w := range words(lang, text) {
		if i > 0 && w.after != "" {
			keys = append(keys, w.after)
		}
		keys = append(keys, w.key)
	}
	return strings.Join(keys, " ")
}

func tidyLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// checkTerm tidies a term and refuses what cannot be, at its fields.
func checkTerm(form *fault.Form, t Term, now time.Time) Term {
	if !release.IsLanguage(t.Lang) {
		form.Refuse("lang", "error.language.unknown")
	}
	t.Wording = checkText(form, "wording", t.Lang, t.Wording)
	if t.Wording == "" {
		form.Refuse("wording", "error.required")
	}
	t.Variants = checkTexts(form, "variants", t.Lang, t.Variants, MaxVariants)
	t.Variants = slices.DeleteFunc(t.Variants, func(v string) bool { return v == t.Wording })
	t.Renderings = checkRenderings(form, t)
	note, ok := vietnamese.Clean(t.Note)
	t.Note = strings.TrimSpace(note)
	switch {
	case !ok:
		form.Refuse("note", "error.not_utf8")
	case utf8.RuneCountInString(t.Note) > MaxNote:
		form.Refuse("note", "error.too_long", "Max", MaxNote)
	}
	t.Basis = t.Basis.Check(form, now)
	if !t.To.IsZero() && !t.To.After(t.From) {
		form.Refuse("valid_to", "error.term.to_early")
	}
	return t
}

// checkRenderings tidies the renderings of a term and puts them in order, by
// language and there by standing.
func checkRenderings(form *fault.Form, t Term) []Rendering {
	var tidy []Rendering
	for _, r := range t.Renderings {
		if !slices.Contains(Standings, r.Standing) {
			form.Refuse("renderings", "error.invalid")
		}
	}
	for _, lang := range slices.Sorted(slices.Values(t.Languages())) {
		standing := map[string]Standing{} // of each text as it is compared
		for _, s := range Standings {
			field := RenderingField(lang, s)
			texts := checkTexts(form, field, lang, t.In(lang, s), MaxRenderings)
			switch {
			case len(texts) == 0:
				continue
			case !release.IsLanguage(lang):
				form.Refuse(field, "error.language.unknown")
			case lang == t.Lang && s != Forbidden:
				form.Refuse(field, "error.term.own_language")
			}
			for _, text := range texts {
				key := compared(lang, text)
				if before, twice := standing[key]; twice && before != s {
					form.Refuse(field, "error.term.two_standings", "Text", text)
				}
				standing[key] = s
				if lang == t.Lang && slices.ContainsFunc(t.wordings(), func(w string) bool { return compared(lang, w) == key }) {
					form.Refuse(field, "error.term.two_standings", "Text", text)
				}
				tidy = append(tidy, Rendering{lang, text, s})
			}
		}
	}
	return tidy
}

// checkTexts tidies texts of a field, each once, and refuses too many.
func checkTexts(form *fault.Form, field, lang string, texts []string, most int) []string {
	var tidy []string
	for _, text := range texts {
		if text = checkText(form, field, lang, text); text != "" && !slices.Contains(tidy, text) {
			tidy = append(tidy, text)
		}
	}
	if len(tidy) > most {
		form.Refuse(field, "error.term.too_many", "Max", most)
	}
	return tidy
}

func checkText(form *fault.Form, field, lang, text string) string {
	clean, ok := vietnamese.Clean(text)
	clean = strings.ReplaceAll(tidyLine(clean), "...", "…")
	switch {
	case !ok:
		form.Refuse(field, "error.not_utf8")
		return ""
	case utf8.RuneCountInString(clean) > MaxText:
		form.Refuse(field, "error.too_long", "Max", MaxText)
	case strings.Contains(clean, "|"): // it parts one from another in lists
		form.Refuse(field, "error.term.bar")
	case strings.Count(clean, "…") > 1:
		form.Refuse(field, "error.term.one_gap")
	case clean != "" && compared(lang, clean) == "":
		form.Refuse(field, "error.term.no_word")
	}
	return clean
}

// refuseTaken refuses a term that recognises what another one does while it is
// valid: nobody could tell which of them is meant. others are those that may.
func refuseTaken(form *fault.Form, t Term, others []Term) {
	for i, text := range t.wordings() {
		key := compared(t.Lang, text)
		field := "variants"
		if i == 0 {
			field = "wording"
		}
		for _, o := range others {
			if o.ID != t.ID && o.Lang == t.Lang && overlap(t, o) &&
				slices.ContainsFunc(o.wordings(), func(w string) bool { return compared(o.Lang, w) == key }) {
				form.Refuse(field, "error.term.taken", "Text", text, "Term", o.Wording)
			}
		}
	}
}

// overlap says whether there is a moment at which both terms are valid.
func overlap(a, b Term) bool {
	return (a.To.IsZero() || b.From.Before(a.To)) && (b.To.IsZero() || a.From.Before(b.To))
}

// checkStored is checkTerm and what only the database knows.
func checkStored(tx *store.Tx, t Term) (Term, error) {
	var form fault.Form
	t = checkTerm(&form, t, tx.Now)
	there, err := stands(tx, t.Agency)
	if err != nil {
		return t, err
	}
	if !there {
		form.Refuse("agency", "error.agency.unknown")
	}
	var keys []string
	for _, w := range t.wordings() {
		keys = append(keys, compared(t.Lang, w))
	}
	others, err := alike(tx, t.Lang, keys)
	if err != nil {
		return t, err
	}
	refuseTaken(&form, t, others)
	return t, form.Err()
}
