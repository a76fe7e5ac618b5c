// Package agency keeps the organisations: departments, newspapers,
// broadcasters, communes.
//
// An agency is known by a code that never changes and by names that do: it is
// renamed, with a date, and every former name stays with the days on which it
// was valid. Addresses hold no name of an agency, so a new name breaks none.
//
// Agencies become one (Merge) and are parted (Add, with what it was split
// from). One that has become part of another ends: nobody holds a post in it,
// and what it owned goes to its successor in the same transaction, by the
// heirs that the program registers (Inherit). It keeps its identifier, names
// and relations for ever, because articles were published in its name.
//
// Readers are given each agency with all its names and their days, as one
// release, so that an article can say what its agency was called when it
// appeared.
package agency

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// MaxName is the length of the longest name, in characters.
const MaxName = 200

// Agency is an organisation with its current name in each language.
type Agency struct {
	ID    string
	Code  string
	Names map[string]string
	Ended time.Time // from when on another stands in its place; zero while it stands for itself
}

// Name is what an agency was called in one language, from a moment (zero:
// before our records begin) until another (zero: still).
type Name struct {
	Lang     string
	Name     string
	From, To time.Time
}

// Kind is what an act made of two agencies.
type Kind string

// The kinds of relation, which read as sentences: one "merged into" the other.
const (
	MergedInto Kind = "merged_into"
	SplitFrom  Kind = "split_from"
)

// Relation says what became of From by an act from a day on, and on what legal
// basis.
type Relation struct {
	Kind     Kind
	From, To string // agency ids
	At       time.Time
	Basis    release.Basis
}

// Room keeps the agencies of a newsroom.
type Room struct {
	db    *store.DB
	log   *release.Log
	heirs []Heir
}

// New gives the room over a newsroom database.
func New(db *store.DB, log *release.Log) *Room { return &Room{db: db, log: log} }

// All lists every agency, in the order in which they were set up.
func (r *Room) All(ctx context.Context) ([]Agency, error) {
	return list(r.db.Read(ctx), "")
}

// Get answers one agency, or a fault of kind NotFound.
func (r *Room) Get(ctx context.Context, id string) (Agency, error) {
	return one(r.db.Read(ctx), id)
}

// History lists all names an agency ever had, oldest first.
func (r *Room) History(ctx context.Context, id string) ([]Name, error) {
	return history(r.db.Read(ctx), id)
}

// Relations lists what became of an agency and what it came from, oldest first.
func (r *Room) Relations(ctx context.Context, id string) ([]Relation, error) {
	return relations(r.db.Read(ctx), id)
}

// Ensure sets up an agency by its code, if there is none yet, and answers its
// identifier. What exists already may have been renamed since and is left as
// it is. The program itself may do this, and who manages the site.
func (r *Room) Ensure(ctx context.Context, actor account.Actor, code string, names map[string]string) (id string, err error) {
	role, ok := actor.May(account.ManageSite, "")
	if !ok && actor.ID != account.SystemID {
		return "", fault.New(fault.Forbidden, "error.forbidden.title")
	}
	a := Agency{Code: code, Names: clean(names)}
	if err := check(a); err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		if id, err = idOf(tx, code); err != nil || id != "" {
			return err
		}
		id, err = r.insert(tx, actor, role, a, nil)
		return err
	})
	return id, err
}

// insert writes an agency that there was not, and tells readers.
func (r *Room) insert(tx *store.Tx, actor account.Actor, role account.Role, a Agency, detail map[string]string) (string, error) {
	a.ID = store.NewID()
	if err := insert(tx, a); err != nil {
		return "", err
	}
	return a.ID, r.announce(tx, actor, role, "agency.add", a.ID, detail)
}

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,59}$`)

func check(a Agency) error {
	var form fault.Form
	if !codeForm.MatchString(a.Code) {
		form.Refuse("code", "error.code")
	}
	for lang, name := range a.Names {
		checkName(&form, lang, name)
	}
	if a.Names["vi"] == "" {
		form.Refuse("name_vi", "error.required")
	}
	return form.Err()
}

func checkName(form *fault.Form, lang, name string) {
	switch field := "name_" + lang; {
	case !release.IsLanguage(lang):
		form.Refuse(field, "error.language.unknown")
	case !utf8.ValidString(name):
		form.Refuse(field, "error.not_utf8")
	case utf8.RuneCountInString(name) > MaxName:
		form.Refuse(field, "error.too_long", "Max", MaxName)
	}
}

// clean tidies names and leaves out the empty ones.
func clean(names map[string]string) map[string]string {
	tidy := map[string]string{}
	for lang, name := range names {
		if text, ok := vietnamese.Clean(name); ok {
			name = strings.Join(strings.Fields(text), " ")
		}
		if name != "" {
			tidy[lang] = name
		}
	}
	return tidy
}

// announce releases the agency as it stands now and records who changed it.
func (r *Room) announce(tx *store.Tx, actor account.Actor, role account.Role, verb, id string, detail map[string]string) error {
	if err := r.release(tx, id); err != nil {
		return err
	}
	return record(tx, actor, role, verb, id, detail)
}

func record(tx *store.Tx, actor account.Actor, role account.Role, verb, id string, detail map[string]string) error {
	return audit.Append(tx, audit.Entry{
		ActorID: actor.ID, AgencyID: id, Role: string(role), Address: actor.Address,
		Verb: verb, Subject: "agency/" + id, Detail: actor.Trace(account.Post{}, detail),
	})
}

func (r *Room) release(tx *store.Tx, id string) error {
	a, err := one(tx.DB, id)
	if err != nil {
		return err
	}
	if err := a.keepWords(tx); err != nil {
		return err
	}
	document := release.Agency{ID: a.ID, Code: a.Code, Names: a.Names, Ended: a.Ended}
	names, err := history(tx.DB, id)
	if err != nil {
		return err
	}
	for _, n := range names {
		if !n.To.IsZero() {
			document.Former = append(document.Former, release.FormerName{Lang: n.Lang, Name: n.Name, Until: n.To})
		}
	}
	became, err := relations(tx.DB, id)
	if err != nil {
		return err
	}
	for _, rel := range became {
		if rel.Kind == MergedInto && rel.From == id {
			document.Into = rel.To
		}
	}
	_, err = r.log.Append(tx, release.Key{Kind: release.AgencyKind, ID: id}, release.Put, document)
	return err
}

// languages lists the languages of names in a fixed order.
func languages(names map[string]string) []string {
	langs := make([]string, 0, len(names))
	for lang := range names {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	return langs
}
