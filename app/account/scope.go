package account

import (
	"slices"
	"strings"

	"doingoai/app/fault"
)

// Scope is a part of the newsroom that a token opens.
type Scope string

// The scopes of tokens. A token opens nothing that its person may not do.
const (
	EditionRead  Scope = "edition.read"
	EditionWrite Scope = "edition.write" // create, translate, save
	EditionAct   Scope = "edition.act"   // submit, approve, publish …
	MediaRead    Scope = "media.read"
	MediaWrite   Scope = "media.write"
	NoticeRead   Scope = "notice.read"
	SiteRead     Scope = "site.read"  // agencies, outlets, sections, places, terms
	SiteWrite    Scope = "site.write" // set them up and change them
	AuditRead    Scope = "audit.read"
)

// AllScopes lists the scopes in the order people are shown them.
var AllScopes = Scopes{EditionRead, EditionWrite, EditionAct, MediaRead, MediaWrite, NoticeRead, SiteRead, SiteWrite, AuditRead}

// Scopes are what a token is good for.
type Scopes []Scope

// scopeOf says which scope an action needs of a token. An action that is not
// here is for people only: managing people, for one, or their own account.
var scopeOf = map[Action]Scope{
	ViewOwn: EditionRead, View: EditionRead, ReadPast: EditionRead,
	Create: EditionWrite, Translate: EditionWrite, Write: EditionWrite, WriteAny: EditionWrite, Edit: EditionWrite, Plan: EditionWrite, Explain: EditionWrite,
	Submit: EditionAct, Take: EditionAct, Return: EditionAct, Pass: EditionAct, Approve: EditionAct,
	PublishUrgent: EditionAct, Confirm: EditionAct, Block: EditionAct, Clear: EditionAct, Reject: EditionAct,
	Schedule: EditionAct, Publish: EditionAct, Correct: EditionAct, Withdraw: EditionAct, Archive: EditionAct, Embargo: EditionAct,
	Overrule:    EditionWrite,
	Object:      EditionWrite,
	BrowseMedia: MediaRead, Upload: MediaWrite, DescribeMedia: MediaWrite, LicenseMedia: MediaWrite, DeleteMedia: MediaWrite,
	WordPlacement: EditionWrite, Place: EditionAct, RuleOnReplies: EditionAct,
	SharePreview: EditionAct, ManageSite: SiteWrite, ManageLabels: SiteWrite, DefineTerms: SiteWrite, LockTerms: SiteWrite, ReadAudit: AuditRead,
}

func (s Scopes) permit(action Action) bool {
	scope, known := scopeOf[action]
	return known && slices.Contains(s, scope)
}

// Allows says whether the actor's way in opens a part of the newsroom; without
// a token every part is open.
func (a Actor) Allows(scope Scope) bool {
	return a.ID != "" && !a.Enrol && (a.Token == "" || slices.Contains(a.Scopes, scope))
}

// stored is the text that is kept of scopes.
func (s Scopes) stored() string {
	words := make([]string, len(s))
	for i, scope := range s {
		words[i] = string(scope)
	}
	return strings.Join(words, " ")
}

// scopesIn reads what was kept. There is always a list, though it may be empty.
func scopesIn(text string) Scopes {
	scopes := Scopes{}
	for _, word := range strings.Fields(text) {
		scopes = append(scopes, Scope(word))
	}
	return scopes
}

// checkScopes brings chosen scopes into their usual order, each once.
func checkScopes(form *fault.Form, chosen Scopes) Scopes {
	kept := slices.DeleteFunc(slices.Clone(AllScopes), func(s Scope) bool { return !slices.Contains(chosen, s) })
	strange := slices.ContainsFunc(chosen, func(s Scope) bool { return !slices.Contains(AllScopes, s) })
	switch {
	case strange:
		form.Refuse("scopes", "error.invalid")
	case len(kept) == 0:
		form.Refuse("scopes", "error.token.scopes")
	}
	return kept
}
