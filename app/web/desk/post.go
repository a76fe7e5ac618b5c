package desk

import (
	"slices"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// post is a role that somebody holds, in words.
type post struct {
	Role, Agency string
	For          string // the absent person whose role it is
	Languages    account.Languages
}

// postLanguages is the part of a form that says to which languages a post is limited.
type postLanguages struct {
	page
	Errors    fieldErrors
	Languages []string
	chosen    account.Languages
}

// PostLanguages is that part, with what was typed into it.
func (p page) PostLanguages(errors fieldErrors, chosen account.Languages) postLanguages {
	return postLanguages{p, errors, newsroom.Languages, chosen}
}

// Chosen says whether a language is ticked.
func (p postLanguages) Chosen(lang string) bool { return slices.Contains(p.chosen, lang) }
