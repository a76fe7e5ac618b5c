package account

import (
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/locale"
)

// Languages are those to which a post is limited; none: it counts in every one.
type Languages []string

// Include says whether something in a language is among them.
func (l Languages) Include(lang string) bool { return len(l) == 0 || slices.Contains(l, lang) }

// Cover says whether all that others include is among them.
func (l Languages) Cover(others Languages) bool {
	return len(l) == 0 || len(others) > 0 && len(others.without(l)) == 0
}

// overlap says whether there is a language that both include.
func (l Languages) overlap(others Languages) bool {
	return len(l) == 0 || len(others) == 0 || slices.ContainsFunc(l, others.Include)
}

// without leaves those that are not among others; there may be none, which then
// stands for no language.
func (l Languages) without(others []string) Languages {
	return slices.DeleteFunc(slices.Clone(l), func(lang string) bool { return slices.Contains(others, lang) })
}

// stored is the text that is kept of them.
func (l Languages) stored() string { return strings.Join(l, " ") }

// languagesIn reads what was kept.
func languagesIn(text string) Languages {
	if text == "" {
		return nil
	}
	return strings.Fields(text)
}

// check brings chosen languages into the form in which they are kept, each once,
// and notes what is wrong with them for a role.
func (l Languages) check(form *fault.Form, role Role) Languages {
	var kept Languages
	for _, lang := range l {
		if locale.LanguageName(lang) == lang {
			form.Refuse("post_languages", "error.language.unknown")
		}
		if !slices.Contains(kept, lang) {
			kept = append(kept, lang)
		}
	}
	if len(kept) > 0 && role.Known() && !role.HasLanguages() {
		form.Refuse("post_languages", "error.role.languages")
	}
	return kept
}
