package desk

import (
	"slices"
	"strings"

	"doingoai/app/newsroom"
)

// aboutNames are the fields of what an article says of itself, in the order of
// the form.
var aboutNames = append([]string{
	"tags", "authors", "agencies", "places", "happened", "format", "info_kind", "origin", "source_at", "sources", "claim_url", "claim_text", "claim_body",
}, aiNames()...)

// aiNames are the fields that say what a machine made: each is checked or not.
func aiNames() []string {
	names := make([]string, len(newsroom.AIUses))
	for i, use := range newsroom.AIUses {
		names[i] = aiPrefix + use
	}
	return names
}

const aiPrefix = "ai_"

// codesOf are what one of these fields chooses from, nil for a text.
func codesOf(name string) []string {
	switch name {
	case "format":
		return newsroom.Formats
	case "info_kind":
		return newsroom.InfoKinds
	case "origin":
		return newsroom.Origins
	}
	if slices.Contains(aiNames(), name) {
		return []string{checked}
	}
	return nil
}

// checked is what a field says that is checked.
const checked = "yes"

// aboutText is a field as the form has it.
func aboutText(a newsroom.About, name string) string {
	if words := a.Words(name); words != nil {
		return strings.Join(*words, "; ")
	}
	switch name {
	case "happened":
		return a.Happened
	case "format":
		return a.Format
	case "info_kind":
		return a.InfoKind
	case "origin":
		return a.Origin
	case "source_at":
		return a.SourceAt
	case "sources":
		return a.SourcesText()
	case "claim_url":
		return a.Claim.URL
	case "claim_text":
		return a.Claim.Text
	case "claim_body":
		return a.Claim.Body
	}
	if slices.Contains(a.AI, name[len(aiPrefix):]) {
		return checked
	}
	return ""
}

// setAbout puts a field of the form in its place.
func setAbout(a *newsroom.About, name, text string) {
	if words := a.Words(name); words != nil {
		*words = strings.Split(text, ";")
		return
	}
	switch name {
	case "happened":
		a.Happened = text
	case "format":
		a.Format = text
	case "info_kind":
		a.InfoKind = text
	case "origin":
		a.Origin = text
	case "source_at":
		a.SourceAt = text
	case "sources":
		a.Sources = newsroom.SourcesOf(text)
	case "claim_url":
		a.Claim.URL = text
	case "claim_text":
		a.Claim.Text = text
	case "claim_body":
		a.Claim.Body = text
	default:
		use := name[len(aiPrefix):]
		a.AI = slices.DeleteFunc(slices.Clone(a.AI), func(other string) bool { return other == use })
		if text != "" {
			a.AI = append(a.AI, use)
		}
	}
}

// coded is a choice of a field by its code, in words.
type coded struct {
	choice
	Chosen bool
}

// Codes are what a field chooses from, in the words of the page.
func (p page) Codes(name, chosen string) []coded {
	var list []coded
	for _, code := range codesOf(name) {
		list = append(list, coded{choice{code, p.codeName(name, code)}, code == chosen})
	}
	return list
}

// codeName is what a field's code is called.
func (p page) codeName(name, code string) string {
	switch {
	case code == "":
		return p.T("about.nothing")
	case !slices.Contains(codesOf(name), code):
		return code
	case code == checked:
		return p.T("about.yes")
	}
	return p.T(name + "." + code)
}

// AIUses are the fields of what a machine made.
func (p page) AIUses(a newsroom.About) []coded {
	var list []coded
	for _, name := range aiNames() {
		list = append(list, coded{choice{name, p.T("field." + name)}, aboutText(a, name) != ""})
	}
	return list
}

// ClaimOpen says whether the fields of a false claim are shown at once.
func (p editionPage) ClaimOpen() bool {
	a := p.Content.About
	return a.InfoKind == newsroom.Clarification || a.Claim != newsroom.Claim{} || p.Errors.For("claim_url")+p.Errors.For("claim_text")+p.Errors.For("claim_body") != ""
}

// Says is what the article says of itself, in words, for those who read it
// before they decide.
func (p editionPage) Says() []field {
	return slices.DeleteFunc(p.facts(p.Content), func(f field) bool { return !slices.Contains(aboutNames, f.Name) })
}

// NamedFields are the fields into which names are typed, several of them with a
// semicolon between.
func (p editionPage) NamedFields() []field {
	var list []field
	for _, name := range aboutNames {
		if p.Content.About.Words(name) != nil {
			list = append(list, field{name, aboutText(p.Content.About, name)})
		}
	}
	return list
}
