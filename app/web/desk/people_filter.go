package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/vietnamese"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// peoplePageSize is how many people one page shows.
const peoplePageSize = 50

// peopleFilter says which people are wanted, as the address does. A form that
// was refused is shown with the person it is about.
type peopleFilter struct {
	Text, Role, Agency, State string
	Page                      int
	Only                      string // id of the person a refused form is about
}

// The states of accounts.
const (
	activePeople   = "active"
	invitedPeople  = "invited"
	disabledPeople = "disabled"
)

// States are what can be chosen.
func (peopleFilter) States() []string { return []string{activePeople, invitedPeople, disabledPeople} }

// Any says whether anything is asked for.
func (f peopleFilter) Any() bool { return f.Text+f.Role+f.Agency+f.State != "" }

// Address is the list's address with a page number.
func (f peopleFilter) Address(page int) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "role": f.Role, "agency": f.Agency, "state": f.State} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return "/people"
	}
	return "/people?" + q.Encode()
}

// readPeopleFilter reads the address of a list; what is shown after a form was
// sent is the person it was about.
func readPeopleFilter(c *fiber.Ctx, show peoplePage) (peopleFilter, error) {
	f := peopleFilter{Page: 1, Only: nonEmpty(show.Granted.Person, show.Renamed.Person)}
	if c.Method() != fiber.MethodGet {
		if f.Only == "" {
			f.Only = web.Param(c, "id")
		}
		return f, nil
	}
	var err error
	if f.Page, err = web.QueryInt(c, "page", 1, 1, 10_000); err != nil {
		return f, err
	}
	for name, into := range map[string]*string{"q": &f.Text, "role": &f.Role, "agency": &f.Agency, "state": &f.State} {
		if *into, err = web.Query(c, name, 200); err != nil {
			return f, err
		}
	}
	return f, nil
}

// among picks the people who are wanted.
func (f peopleFilter) among(people []account.Person, now time.Time) []account.Person {
	words := vietnamese.Fold(strings.Join(strings.Fields(f.Text), " "))
	return slices.DeleteFunc(people, func(p account.Person) bool {
		switch {
		case f.Only != "" && p.ID != f.Only:
			return true
		case !strings.Contains(vietnamese.Fold(p.Name), words) && !strings.Contains(p.Email, words):
			return true
		case f.State != "" && stateOf(p) != f.State:
			return true
		case f.Role == "" && f.Agency == "":
			return false
		}
		return !slices.ContainsFunc(p.Memberships, func(m account.Membership) bool {
			return !isOver(m, now) && (f.Role == "" || string(m.Role) == f.Role) && (f.Agency == "" || m.Agency == f.Agency)
		})
	})
}

func stateOf(p account.Person) string {
	switch {
	case !p.DisabledAt.IsZero():
		return disabledPeople
	case !p.HasPassword:
		return invitedPeople
	}
	return activePeople
}

// turn fills in where the neighbouring pages are.
func (p *peoplePage) turn(people []account.Person) {
	p.Found = len(people)
	if p.Filter.Page > 1 {
		p.Previous = p.Filter.Address(p.Filter.Page - 1)
	}
	if p.Filter.Page*peoplePageSize < len(people) {
		p.Next = p.Filter.Address(p.Filter.Page + 1)
	}
}
