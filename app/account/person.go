package account

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/vietnamese"
)

// Kind says what an account stands for.
type Kind string

// The kinds of accounts. A service is a program of an agency: it comes with
// tokens, and never signs in.
const (
	Human   Kind = "person"
	Service Kind = "service"
)

// Person is somebody with an account.
type Person struct {
	ID          string
	Kind        Kind
	Email       string
	Name        string
	Locale      string
	CreatedAt   time.Time
	DisabledAt  time.Time // zero while the account is in use
	HasPassword bool      // false until an invitation or reset link is used
	Memberships []Membership
}

// Membership is a role that a person holds within an agency.
type Membership struct {
	ID        string
	Agency    string
	Role      Role
	Languages Languages
	From      time.Time
	To        time.Time // the first moment at which it is over; zero: open
}

// ValidAt says whether the role is held at a moment.
func (m Membership) ValidAt(t time.Time) bool {
	return !t.Before(m.From) && (m.To.IsZero() || t.Before(m.To))
}

// isOver says whether the role will not be held any more: it has ended, or was
// ended before it had begun.
func (m Membership) isOver(now time.Time) bool {
	return !m.To.IsZero() && (!m.To.After(now) || !m.To.After(m.From))
}

// NewPerson is what must be known of a person to make an account.
type NewPerson struct {
	Email    string
	Name     string
	Password string // not for invitations: the invited choose their own
	Locale   string // "" for the first of Options.Locales
	Agency   string // id of the agency in which Roles are held, from now on
	Roles    []Role
	// Languages are those to which Roles are limited.
	Languages Languages
}

const (
	maxEmail = 254 // characters; RFC 5321
	maxName  = 200
)

// emailForm is what mail programs agree upon; the rest of RFC 5322 is not
// found on business cards.
var emailForm = regexp.MustCompile(`^[a-z0-9!#$%&'*+/=?^_{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// cleanEmail gives an address the one form in which it is stored and looked for.
func cleanEmail(s string) string {
	return strings.ToLower(vietnamese.NFC(strings.TrimSpace(s)))
}

func checkEmail(form *fault.Form, email string) {
	mailbox, _, _ := strings.Cut(email, "@")
	switch {
	case email == "":
		form.Refuse("email", "error.required")
	case utf8.RuneCountInString(email) > maxEmail:
		form.Refuse("email", "error.too_long", "Max", maxEmail)
	case len(mailbox) > 64 || !emailForm.MatchString(email):
		form.Refuse("email", "error.bad_email")
	}
}

func checkName(form *fault.Form, name string) {
	switch {
	case !utf8.ValidString(name):
		form.Refuse("name", "error.not_utf8")
	case name == "":
		form.Refuse("name", "error.required")
	case utf8.RuneCountInString(name) > maxName:
		form.Refuse("name", "error.too_long", "Max", maxName)
	case strings.ContainsFunc(name, unicode.IsControl) || !strings.ContainsFunc(name, unicode.IsLetter):
		form.Refuse("name", "error.invalid")
	}
}

// clean brings a new person into the stored form and notes what is wrong
// with it. The password is checked by those who take one.
func (a *Accounts) clean(form *fault.Form, p *NewPerson) {
	p.Email = cleanEmail(p.Email)
	p.Name = strings.Join(strings.Fields(vietnamese.NFC(p.Name)), " ")
	if p.Locale == "" {
		p.Locale = a.o.Locales[0]
	}
	checkEmail(form, p.Email)
	checkName(form, p.Name)
	a.checkLocale(form, p.Locale)
	for _, role := range p.Roles {
		checkPost(form, role, p.Agency)
		p.Languages.check(form, role)
	}
}

func (a *Accounts) checkLocale(form *fault.Form, locale string) {
	if !slices.Contains(a.o.Locales, locale) {
		form.Refuse("locale", "error.invalid")
	}
}

// checkPost asks that a role is one of ours and held somewhere. Only an
// administrator may belong to no agency: the first one comes before all of them.
func checkPost(form *fault.Form, role Role, agency string) {
	if !role.Known() {
		form.Refuse("role", "error.role.unknown")
	}
	if agency == "" && role != SystemAdministrator {
		form.Refuse("agency", "error.agency.none")
	}
}
