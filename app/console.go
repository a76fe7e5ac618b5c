package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/config"
	"doingoai/app/locale"
	"doingoai/app/store"
	"doingoai/locales"
)

// Console is the newsroom as the command line uses it: the people of one
// database, without a server.
type Console struct{ n *newsroomSide }

// OpenConsole opens the newsroom of the settings, and gives a new one its
// agencies, outlets and sections.
func OpenConsole(ctx context.Context, cfg config.Config) (*Console, error) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		return nil, err
	}
	n, err := openNewsroom(ctx, cfg, Options{}, words)
	if err != nil {
		return nil, err
	}
	if err := n.setUp(ctx); err != nil {
		return nil, fmt.Errorf("set up the newsroom: %w (closing: %v)", err, n.close())
	}
	return &Console{n}, nil
}

// Close closes the database.
func (c *Console) Close() error { return c.n.close() }

// NewUser is somebody to be added: agency is the code of an agency, such as "portal".
type NewUser struct {
	Email, Name, Locale, Agency string
	Roles                       []string
}

// Add makes an account and answers the link with which the person chooses a
// password, within a day.
func (c *Console) Add(ctx context.Context, u NewUser) (link string, err error) {
	agencyID, err := c.agencyByCode(ctx, u.Agency)
	if err != nil {
		return "", err
	}
	roles := make([]account.Role, len(u.Roles))
	for i, r := range u.Roles {
		roles[i] = account.Role(r)
	}
	person, err := c.n.Accounts.Program().AddPerson(ctx, account.NewPerson{
		Email: u.Email, Name: u.Name, Locale: u.Locale, Agency: agencyID, Roles: roles,
		Password: store.NewSecret(), // that nobody knows: the link is the only way in
	})
	if err != nil {
		return "", err
	}
	return c.resetLink(ctx, person.ID)
}

// Reset ends a person's sessions and answers a link with which they choose a
// new password, within a day.
func (c *Console) Reset(ctx context.Context, email string) (link string, err error) {
	id, err := c.n.Accounts.Program().FindByEmail(ctx, email)
	if err != nil {
		return "", err
	}
	return c.resetLink(ctx, id)
}

func (c *Console) resetLink(ctx context.Context, person string) (string, error) {
	token, err := c.n.Accounts.Program().Reset(ctx, person)
	if err != nil {
		return "", err
	}
	address := c.n.cfg.NewsroomURL
	if address == "" {
		address = "http://" + c.n.cfg.NewsroomAddr
	}
	return strings.TrimSuffix(address, "/") + "/ticket/" + token, nil
}

// Disable ends a person's sessions and lets them in no more.
func (c *Console) Disable(ctx context.Context, email string) error {
	id, err := c.n.Accounts.Program().FindByEmail(ctx, email)
	if err != nil {
		return err
	}
	return c.n.Accounts.Program().Disable(ctx, id)
}

// Enable lets a disabled person in again.
func (c *Console) Enable(ctx context.Context, email string) error {
	id, err := c.n.Accounts.Program().FindByEmail(ctx, email)
	if err != nil {
		return err
	}
	return c.n.Accounts.Program().Enable(ctx, id)
}

// ForgetFactors takes a person's second factors away. They set up new ones at
// the next sign-in, if their roles demand it.
func (c *Console) ForgetFactors(ctx context.Context, email string) error {
	id, err := c.n.Accounts.Program().FindByEmail(ctx, email)
	if err != nil {
		return err
	}
	return c.n.Accounts.Program().ForgetFactors(ctx, id)
}

// User is a line of the list of people.
type User struct{ Email, Name, State, Roles string }

// List answers everybody with the roles they hold today, as role@agency.
func (c *Console) List(ctx context.Context) ([]User, error) {
	people, err := c.n.Accounts.Program().People(ctx)
	if err != nil {
		return nil, err
	}
	agencies, err := c.n.Agencies.All(ctx)
	if err != nil {
		return nil, err
	}
	codes := map[string]string{}
	for _, a := range agencies {
		codes[a.ID] = a.Code
	}
	users := make([]User, len(people))
	for i, p := range people {
		users[i] = User{p.Email, p.Name, stateOf(p), rolesOf(p, codes, c.n.db.Now())}
	}
	return users, nil
}

func stateOf(p account.Person) string {
	switch {
	case !p.DisabledAt.IsZero():
		return "disabled"
	case !p.HasPassword:
		return "invited"
	}
	return "active"
}

func rolesOf(p account.Person, codes map[string]string, now time.Time) string {
	var roles []string
	for _, m := range p.Memberships {
		if m.ValidAt(now) {
			role := strings.TrimSuffix(string(m.Role)+"@"+codes[m.Agency], "@")
			if len(m.Languages) > 0 {
				role += ":" + strings.Join(m.Languages, ",")
			}
			roles = append(roles, role)
		}
	}
	slices.Sort(roles)
	return strings.Join(roles, " ")
}

func (c *Console) agencyByCode(ctx context.Context, code string) (string, error) {
	agencies, err := c.n.Agencies.All(ctx)
	if err != nil || code == "" {
		return "", err
	}
	i := slices.IndexFunc(agencies, func(a agency.Agency) bool { return a.Code == code })
	if i < 0 {
		known := make([]string, len(agencies))
		for i, a := range agencies {
			known[i] = a.Code
		}
		return "", fmt.Errorf("there is no agency %q; there are %s", code, strings.Join(known, ", "))
	}
	return agencies[i].ID, nil
}
