package account

import (
	"maps"
	"slices"
)

// Role is what a person may be within an agency.
type Role string

// The roles of a provincial newsroom.
const (
	Contributor         Role = "contributor"
	Reporter            Role = "reporter"
	Editor              Role = "editor"
	Translator          Role = "translator"
	Reviser             Role = "reviser"
	DeskHead            Role = "desk_head"
	ManagingEditor      Role = "managing_editor"
	EditorInChief       Role = "editor_in_chief"
	SecurityReviewer    Role = "security_reviewer"
	Spokesperson        Role = "spokesperson"
	InvestmentOfficer   Role = "investment_officer"
	RoyaltyOfficer      Role = "royalty_officer"
	Auditor             Role = "auditor"
	SystemAdministrator Role = "admin"
)

// Roles lists all roles in the order people are shown them.
var Roles = []Role{
	Contributor, Reporter, Editor, Translator, Reviser, DeskHead, ManagingEditor, EditorInChief,
	SecurityReviewer, Spokesperson, InvestmentOfficer, RoyaltyOfficer, Auditor, SystemAdministrator,
}

// Known says whether r is one of Roles.
func (r Role) Known() bool {
	for _, known := range Roles {
		if r == known {
			return true
		}
	}
	return false
}

// Post is a role held within an agency today.
type Post struct {
	Agency    string // agency id
	Role      Role
	For       string // the absent person whose post it is, "" for one's own
	Languages Languages
}

// Reaches says whether the post counts within an agency and a language,
// whatever its role permits.
func (p Post) Reaches(agency, lang string) bool {
	return (p.Agency == agency || everywhere(p.Role)) && p.Languages.Include(lang)
}

// Actor is a signed-in person with the posts that are valid now, or a program
// that came with a token. The zero Actor is nobody and may do nothing.
type Actor struct {
	ID      string // person id
	Name    string
	Email   string
	Locale  string // interface language
	Address string // network address of the request, for the audit trail
	Session string // id of the session the request came with, "" outside of one
	Posts   []Post
	// Token is the id of the token that a program came with, and Scopes what it
	// is good for. Without a token there are none: a browser's session and the
	// program itself may do whatever the posts permit.
	Token  string
	Scopes Scopes
	// Enrol is set for those who must set up a second factor before anything
	// else: until then they may do nothing but that.
	Enrol bool
}

// SystemID is how the audit trail names the program itself.
const SystemID = "system"

// System is the program itself, for the records of what it does on its own.
// It holds no post, so the policy permits it nothing; what the command line
// may do with people are the verbs of Program.
func System() Actor { return Actor{ID: SystemID, Name: "Đối Ngoại"} }

// May answers the role that permits an action within an agency, or false; of
// what asks for a language it says whether there is one in which it is permitted.
func (a Actor) May(action Action, agency string) (Role, bool) {
	post, ok := a.PostFor(action, agency)
	return post.Role, ok
}

// MayIn is May in one language.
func (a Actor) MayIn(action Action, agency, lang string) (Role, bool) {
	post, ok := a.PostIn(action, agency, lang)
	return post.Role, ok
}

// PostFor answers the post that permits an action within an agency, or false;
// in whichever language, for lists and menus: verbs about an edition ask PostIn.
func (a Actor) PostFor(action Action, agency string) (Post, bool) {
	return a.post(action, agency, func(Post) bool { return true })
}

// PostIn answers the post that permits an action within an agency, to what is in
// a language. Where the action asks for none (AsksLanguage), any post will do.
func (a Actor) PostIn(action Action, agency, lang string) (Post, bool) {
	return a.post(action, agency, func(p Post) bool { return !AsksLanguage(action) || p.Languages.Include(lang) })
}

// Reaches says whether any of the actor's posts counts within an agency and a
// language.
func (a Actor) Reaches(agency, lang string) bool {
	return slices.ContainsFunc(a.Posts, func(p Post) bool { return p.Reaches(agency, lang) })
}

// post answers the post among those that count which permits an action within
// an agency. One's own come before those of somebody who is absent.
func (a Actor) post(action Action, agency string, counts func(Post) bool) (Post, bool) {
	if a.ID == "" || a.Enrol && action != SecureSelf || a.Token != "" && !a.Scopes.permit(action) {
		return Post{}, false
	}
	var lent *Post
	for _, role := range policy[action] {
		for i, post := range a.Posts {
			if post.Role != role || post.Agency != agency && !everywhere(role) || !counts(post) {
				continue
			}
			if post.For == "" {
				return post, true
			}
			if lent == nil {
				lent = &a.Posts[i]
			}
		}
	}
	if lent == nil {
		return Post{}, false
	}
	return *lent, true
}

// Trace adds to the particulars of an audit entry how the actor came to act:
// for whom, and with which token.
func (a Actor) Trace(post Post, detail map[string]string) map[string]string {
	if post.For == "" && a.Token == "" {
		return detail
	}
	traced := maps.Clone(detail)
	if traced == nil {
		traced = map[string]string{}
	}
	if post.For != "" {
		traced["for"] = post.For
	}
	if a.Token != "" {
		traced["token"] = a.Token
	}
	return traced
}

// MayAnywhere says whether the actor may do something in at least one agency;
// lists and menus use it, verbs ask May.
func (a Actor) MayAnywhere(action Action) bool {
	for _, post := range a.Posts {
		if _, ok := a.May(action, post.Agency); ok {
			return true
		}
	}
	return false
}

// Agencies lists the agencies in which the actor may do something. all is
// true when that is every agency.
func (a Actor) Agencies(action Action) (ids []string, all bool) {
	seen := map[string]bool{}
	for _, post := range a.Posts {
		role, ok := a.May(action, post.Agency)
		if ok && everywhere(role) {
			return nil, true
		}
		if ok && !seen[post.Agency] {
			seen[post.Agency] = true
			ids = append(ids, post.Agency)
		}
	}
	return ids, false
}
