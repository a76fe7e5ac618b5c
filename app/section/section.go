// Package section keeps the topic tree (chuyên mục), which all outlets share.
//
// A section has a name and a slug in each language; the slug is its address,
// /{lang}/{slug}. Addresses answer for ever: a slug that a section had once
// stays its own, redirects to the current one, and is never given to another
// section. A section may take back a slug of its own.
//
// A section is never deleted. One that is no longer wanted is closed: nothing
// new is put into it, it leaves the menus, and its pages stay.
//
// Readers are given the whole section, with its former slugs, as one release.
package section

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Limits of what a section says of itself, in characters.
const (
	MaxName        = 120
	MaxDescription = 500
	MaxSlug        = 80
)

// Section is a node of the topic tree.
type Section struct {
	ID         string
	Code       string
	ParentCode string // "" at the top
	ParentID   string
	Position   int
	Names      map[string]Name
	Closed     time.Time // zero while the section is open
}

// Name is a section in one language. Without a Slug one is made of the name.
type Name struct {
	Name        string
	Slug        string
	Description string
	FormerSlugs []string // filled in by this room; they redirect for ever
}

// Document is the section as readers have it.
func (s Section) Document() release.Section {
	names := make(map[string]release.SectionName, len(s.Names))
	for lang, n := range s.Names {
		names[lang] = release.SectionName{Name: n.Name, Slug: n.Slug, Description: n.Description, FormerSlugs: n.FormerSlugs}
	}
	return release.Section{ID: s.ID, Code: s.Code, Parent: s.ParentID, Position: s.Position, Names: names, Closed: !s.Closed.IsZero()}
}

// Room keeps the sections of a newsroom.
type Room struct {
	db  *store.DB
	log *release.Log
}

// New gives the room over a newsroom database.
func New(db *store.DB, log *release.Log) *Room { return &Room{db, log} }

// All lists every section in the order of its position.
func (r *Room) All(ctx context.Context) ([]Section, error) {
	return list(r.db.Read(ctx), "")
}

// Documents lists every section as readers have it.
func (r *Room) Documents(ctx context.Context) ([]release.Section, error) {
	sections, err := r.All(ctx)
	documents := make([]release.Section, len(sections))
	for i, s := range sections {
		documents[i] = s.Document()
	}
	return documents, err
}

// Get answers one section, or a fault of kind NotFound.
func (r *Room) Get(ctx context.Context, id string) (Section, error) {
	return one(r.db.Read(ctx), id)
}

// Exists says whether there is a section with this identifier.
func (r *Room) Exists(ctx context.Context, id string) (bool, error) {
	return exists(r.db.Read(ctx), id)
}

// Ensure sets up a section by its code, if there is none yet, and answers its
// identifier. What exists already may have been renamed since and is left as
// it is. The program itself may do this, and who manages the site.
func (r *Room) Ensure(ctx context.Context, actor account.Actor, s Section) (id string, err error) {
	role, ok := actor.May(account.ManageSite, "")
	if !ok && actor.ID != account.SystemID {
		return "", fault.New(fault.Forbidden, "error.forbidden.title")
	}
	if s.Names, err = check(s); err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		if id, err = idOf(tx, s.Code); err != nil || id != "" {
			return err
		}
		id = store.NewID()
		return r.add(tx, actor, role, id, s)
	})
	return id, err
}

// Add sets up a section and answers its identifier. It stands behind its
// neighbours; a code that is taken is refused.
func (r *Room) Add(ctx context.Context, actor account.Actor, s Section) (id string, err error) {
	role, ok := actor.May(account.ManageSite, "")
	if !ok {
		return "", fault.New(fault.Forbidden, "error.forbidden.title")
	}
	if s.Names, err = check(s); err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		known, err := idOf(tx, s.Code)
		if err != nil {
			return err
		}
		if known != "" {
			var form fault.Form
			form.Refuse("code", "error.code_taken", "Code", s.Code)
			return form.Err()
		}
		if s.Position, err = lastPosition(tx); err != nil {
			return err
		}
		s.Position += step
		id = store.NewID()
		return r.add(tx, actor, role, id, s)
	})
	return id, err
}

func (r *Room) add(tx *store.Tx, actor account.Actor, role account.Role, id string, s Section) error {
	s.ID = id
	if s.ParentCode != "" {
		parent, err := idOf(tx, s.ParentCode)
		if err != nil {
			return err
		}
		if parent == "" {
			var form fault.Form
			form.Refuse("parent", "error.section.unknown")
			return form.Err()
		}
		s.ParentID = parent
	}
	if err := insert(tx, s); err != nil {
		return err
	}
	for _, lang := range languages(s.Names) {
		if err := takeSlug(tx, id, lang, s.Names[lang].Slug, setupFields("name", lang)); err != nil {
			return err
		}
		if err := putName(tx, id, lang, s.Names[lang]); err != nil {
			return err
		}
	}
	return r.announce(tx, actor, role, "section.add", id, nil)
}

// announce releases the section as it stands now and records who changed it.
func (r *Room) announce(tx *store.Tx, actor account.Actor, role account.Role, verb, id string, detail map[string]string) error {
	if err := r.release(tx, id); err != nil {
		return err
	}
	return record(tx, actor, role, verb, id, detail)
}

func record(tx *store.Tx, actor account.Actor, role account.Role, verb, id string, detail map[string]string) error {
	return audit.Append(tx, audit.Entry{
		ActorID: actor.ID, Role: string(role), Address: actor.Address,
		Verb: verb, Subject: "section/" + id, Detail: actor.Trace(account.Post{}, detail),
	})
}

func (r *Room) release(tx *store.Tx, id string) error {
	s, err := one(tx.DB, id)
	if err != nil {
		return err
	}
	if err := s.keepWords(tx); err != nil {
		return err
	}
	_, err = r.log.Append(tx, release.Key{Kind: release.SectionKind, ID: id}, release.Put, s.Document())
	return err
}
