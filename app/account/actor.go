package account

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
	Agency string // agency id
	Role   Role
	For    string // the absent person whose post it is, "" for one's own
}

// Actor is a signed-in person with the posts that are valid now. The zero
// Actor is nobody and may do nothing.
type Actor struct {
	ID      string // person id
	Name    string
	Email   string
	Locale  string // interface language
	Address string // network address of the request, for the audit trail
	Session string // id of the session the request came with, "" outside of one
	Posts   []Post
}

// SystemID is how the audit trail names the program itself.
const SystemID = "system"

// System is the program itself, for the records of what it does on its own.
// It holds no post, so the policy permits it nothing; what the command line
// may do with people are the verbs of Program.
func System() Actor { return Actor{ID: SystemID, Name: "Đối Ngoại"} }

// May answers the role that permits an action within an agency, or false.
func (a Actor) May(action Action, agency string) (Role, bool) {
	if a.ID == "" {
		return "", false
	}
	for _, role := range policy[action] {
		for _, post := range a.Posts {
			if post.Role == role && (post.Agency == agency || everywhere(action, role)) {
				return role, true
			}
		}
	}
	return "", false
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
		if ok && everywhere(action, role) {
			return nil, true
		}
		if ok && !seen[post.Agency] {
			seen[post.Agency] = true
			ids = append(ids, post.Agency)
		}
	}
	return ids, false
}
