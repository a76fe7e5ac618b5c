package account

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// world is a small newsroom: two agencies, an administrator and a reporter.
type world struct {
	*Accounts
	db       *store.DB
	clock    *apptest.ManualClock
	admin    Actor
	reporter Person
	told     []string // what people were told: person, verb, by whom
}

var testKey = []byte("a key for tests, and nothing else")

func (w *world) hear(_ *store.Tx, n News) error {
	w.told = append(w.told, strings.TrimSpace(n.Person+" "+n.What+" "+n.By+" "+string(n.Role)))
	return nil
}

// required is the same newsroom where weighty roles must have a second factor.
func (w *world) required() *Accounts {
	return New(w.db, Options{Argon: LightArgon(), SecondFactor: Required, Key: testKey, Tell: w.hear})
}

const (
	portal = "portal"
	paper  = "newspaper"

	adminEmail    = "quantri@example.vn"
	reporterEmail = "phongvien@example.vn"
	goodPassword  = "hoa phượng đỏ ven sông"
	newPassword   = "mưa rào tháng bảy về"
	somewhere     = "203.0.113.7"
)

var morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)

// eachWorld runs a test in a fresh world on either database. Whatever a test
// did, the audit trail must be whole afterwards.
func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		addAgency(t, db, portal)
		addAgency(t, db, paper)
		w := &world{db: db, clock: clock}
		w.Accounts = New(db, Options{Argon: LightArgon(), SecondFactor: Offered, Key: testKey, Tell: w.hear})
		admin := w.person(t, NewPerson{Email: adminEmail, Name: "Quản trị", Agency: portal, Roles: []Role{SystemAdministrator}})
		w.admin = w.actor(t, admin.ID)
		w.reporter = w.person(t, NewPerson{Email: reporterEmail, Name: "Phóng viên", Agency: paper, Roles: []Role{Reporter}})
		f(t, w)
		if _, err := audit.Verify(t.Context(), db); err != nil {
			t.Error(err)
		}
	})
}

// person adds somebody whose password is goodPassword unless they bring one.
func (w *world) person(t *testing.T, p NewPerson) Person {
	t.Helper()
	if p.Password == "" {
		p.Password = goodPassword
	}
	person, err := w.Program().AddPerson(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return person
}

func (w *world) actor(t *testing.T, person string) Actor {
	t.Helper()
	actor, err := w.ActorFor(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// enter signs somebody in.
func (w *world) enter(t *testing.T, email, password string) (token string, actor Actor) {
	t.Helper()
	token, actor, err := w.SignIn(t.Context(), SignIn{Email: email, Password: password, Address: somewhere, Agent: "Firefox"})
	if err != nil {
		t.Fatal(err)
	}
	return token, actor
}

// try signs in and answers what became of it: "" or the key of the refusal.
func (w *world) try(t *testing.T, email, password, address string) string {
	t.Helper()
	_, _, err := w.SignIn(t.Context(), SignIn{Email: email, Password: password, Address: address})
	return key(t, err)
}

// entries lists what was recorded about a subject, newest first.
func (w *world) entries(t *testing.T, subject string) []audit.Entry {
	t.Helper()
	entries, err := audit.Of(t.Context(), w.db, subject, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// newest is the newest audit entry about a person.
func (w *world) newest(t *testing.T, person string) audit.Entry {
	t.Helper()
	entries := w.entries(t, personSubject(person))
	if len(entries) == 0 {
		t.Fatal("nothing was recorded")
	}
	return entries[0]
}

// newestRole is the membership that was granted last.
func (w *world) newestRole(t *testing.T, person string) Membership {
	t.Helper()
	p, err := w.Person(t.Context(), person)
	must(t, err)
	id := w.newest(t, person).Detail["membership"]
	for _, m := range p.Memberships {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("the newest entry grants none of %+v", p.Memberships)
	return Membership{}
}

// key is the message key of a fault, "" for none; any other error fails the test.
func key(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	f, ok := fault.As(err)
	if !ok {
		t.Fatalf("internal error: %v", err)
	}
	return f.Message.Key
}

// field is the message key of one form field.
func field(t *testing.T, err error, name string) string {
	t.Helper()
	key(t, err)
	f, ok := fault.As(err)
	if !ok {
		return ""
	}
	return f.Fields[name].Key
}

func expectKind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if got := fault.KindOf(err); got != want {
		t.Errorf("kind %q, want %q (%v)", got, want, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// setPassword uses a link up and answers the token of the browser.
func (w *world) setPassword(t *testing.T, ticket, password string) (device string) {
	t.Helper()
	device, err := w.SetPassword(t.Context(), ticket, password, "")
	must(t, err)
	return device
}

// holds says whether a post is among an actor's.
func holds(actor Actor, post Post) bool {
	return slices.ContainsFunc(actor.Posts, func(p Post) bool { return reflect.DeepEqual(p, post) })
}
