package section

import (
	"regexp"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/vietnamese"
)

// reserved are the words that may get a meaning of their own where a section's
// slug stands in an address, beside those of fixed addresses. (Names with a
// dot, such as feed.xml, are no slugs anyway.)
var reserved = []string{
	"invest", "dau-tu", "feed", "atom", "sitemap", "so-do-trang", "media", "api", "embed",
}

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,59}$`)

// field names the form field of a part of a name in a language.
type field func(part, lang string) string

// A form for one language names its fields by part; one for all by both.
func formFields(part, _ string) string     { return part }
func setupFields(part, lang string) string { return part + "_" + lang }

// check tidies a new section's names and refuses what cannot be.
func check(s Section) (map[string]Name, error) {
	var form fault.Form
	if !codeForm.MatchString(s.Code) {
		form.Refuse("code", "error.code")
	}
	if s.ParentCode == s.Code {
		form.Refuse("parent", "error.invalid")
	}
	if len(s.Names) == 0 {
		form.Refuse("name_vi", "error.required")
	}
	names := make(map[string]Name, len(s.Names))
	for lang, name := range s.Names {
		names[lang] = checkName(&form, lang, name, setupFields)
	}
	return names, form.Err()
}

// checkName tidies a name, makes its slug where it has none, and refuses what
// cannot be.
func checkName(form *fault.Form, lang string, n Name, in field) Name {
	if !release.IsLanguage(lang) {
		form.Refuse(in("name", lang), "error.language.unknown")
	}
	n.Name = vietnamese.Line(form, in("name", lang), n.Name, MaxName)
	n.Description = vietnamese.Line(form, in("description", lang), n.Description, MaxDescription)
	n.Slug = vietnamese.Line(form, in("slug", lang), n.Slug, MaxName)
	n.FormerSlugs = nil
	if n.Name == "" {
		form.Refuse(in("name", lang), "error.required")
		return n
	}
	from := in("slug", lang)
	if n.Slug == "" {
		n.Slug, from = n.Name, in("name", lang) // the field that can mend it
	}
	n.Slug = vietnamese.Slug(n.Slug, MaxSlug)
	switch {
	case n.Slug == "":
		form.Refuse(from, "error.section.slug_empty")
	case slices.Contains(reserved, n.Slug), locale.AddressName(n.Slug) != "":
		form.Refuse(from, "error.section.slug_reserved", "Slug", n.Slug)
	}
	return n
}
