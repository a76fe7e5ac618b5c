// Package outlet keeps the public faces: mastheads with their host names,
// theme, languages and the identity block that the law asks for.
//
// A request belongs to the outlet that has its host name; each host name
// belongs to one outlet, and exactly one outlet is the default, which answers
// for hosts that nobody has. Readers are given each outlet as one release.
package outlet

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Outlet is a public face of an agency.
type Outlet struct {
	ID        string
	Code      string
	Agency    string // agency id
	Theme     string
	Hosts     []string // without port; the first is canonical
	Languages []string // the first is the default
	Default   bool     // answers for unknown hosts
	Texts     map[string]release.OutletText
	Accent    string              // #rrggbb, "" for the theme's
	Emblem    []byte              // PNG, nil for the theme's
	Menus     map[string][]string // section ids by language, in order; absent: all
}

// Document is the outlet as readers have it.
func (o Outlet) Document() *release.Outlet {
	document := &release.Outlet{
		ID: o.ID, Code: o.Code, Agency: o.Agency, Theme: o.Theme, Hosts: o.Hosts,
		Languages: o.Languages, Default: o.Default, Texts: map[string]release.OutletText{}, Accent: accentOf(o.Accent), Emblem: emblemOf(o.Emblem), Menus: o.Menus,
	}
	for _, lang := range o.Languages {
		document.Texts[lang] = o.Texts[lang]
	}
	return document
}

// Room keeps the outlets of a newsroom.
type Room struct {
	db  *store.DB
	log *release.Log
}

// New gives the room over a newsroom database.
func New(db *store.DB, log *release.Log) *Room { return &Room{db, log} }

// All lists every outlet, the default one first.
func (r *Room) All(ctx context.Context) ([]Outlet, error) { return list(r.db.Read(ctx)) }

// Get answers one outlet, or a fault of kind NotFound.
func (r *Room) Get(ctx context.Context, id string) (Outlet, error) {
	return one(r.db.Read(ctx), id)
}

// Ensure sets up an outlet by its code, if there is none yet, and answers its
// identifier. What exists already may have been changed since and is left as
// it is. The first outlet is the default one, until another is set up as
// such. The program itself may do this, and who manages the site.
func (r *Room) Ensure(ctx context.Context, actor account.Actor, o Outlet) (id string, err error) {
	role, ok := actor.May(account.ManageSite, o.Agency)
	if !ok && actor.ID != account.SystemID {
		return "", fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return r.setUp(ctx, by{actor, role}, o, func(known Outlet) (string, error) { return known.ID, nil })
}

// Add sets up an outlet and answers its identifier. A code that is taken is
// refused.
func (r *Room) Add(ctx context.Context, actor account.Actor, o Outlet) (id string, err error) {
	role, ok := actor.May(account.ManageSite, o.Agency)
	if !ok {
		return "", fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return r.setUp(ctx, by{actor, role}, o, func(known Outlet) (string, error) {
		var form fault.Form
		form.Refuse("code", "error.code_taken", "Code", known.Code)
		return "", form.Err()
	})
}

// setUp adds an outlet; taken says what happens when there is one of its code.
func (r *Room) setUp(ctx context.Context, who by, o Outlet, taken func(Outlet) (string, error)) (id string, err error) {
	if o, err = check(o); err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		all, err := list(tx.DB)
		if err != nil {
			return err
		}
		for _, known := range all {
			if known.Code == o.Code {
				id, err = taken(known)
				return err
			}
		}
		id = store.NewID()
		o.ID = id
		return r.add(tx, who, all, o)
	})
	return id, err
}

// by is who changes an outlet, by virtue of which role.
type by struct {
	actor account.Actor
	role  account.Role
}

func (r *Room) add(tx *store.Tx, who by, others []Outlet, o Outlet) error {
	var form fault.Form
	if err := checkAgency(tx, &form, o.Agency); err != nil {
		return err
	}
	refuseTaken(&form, o.Hosts, others)
	if err := form.Err(); err != nil {
		return err
	}
	if len(others) == 0 {
		o.Default = true
	}
	if o.Default {
		if err := r.retire(tx, who, others); err != nil {
			return err
		}
	}
	if err := insert(tx, o); err != nil {
		return err
	}
	return r.announce(tx, who, "outlet.add", o, nil)
}

// retire takes the default away from the outlet that was it.
func (r *Room) retire(tx *store.Tx, who by, others []Outlet) error {
	for _, other := range others {
		if !other.Default {
			continue
		}
		other.Default = false
		if err := r.change(tx, who, "outlet.default", other, nil); err != nil {
			return err
		}
	}
	return nil
}

// change writes an outlet that exists and tells readers.
func (r *Room) change(tx *store.Tx, who by, verb string, o Outlet, detail map[string]string) error {
	if err := update(tx, o); err != nil {
		return err
	}
	return r.announce(tx, who, verb, o, detail)
}

// announce releases the outlet and records who changed it.
func (r *Room) announce(tx *store.Tx, who by, verb string, o Outlet, detail map[string]string) error {
	if err := o.keepWords(tx); err != nil {
		return err
	}
	if _, err := r.log.Append(tx, release.Key{Kind: release.OutletKind, ID: o.ID}, release.Put, o.Document()); err != nil {
		return err
	}
	return who.record(tx, verb, o, detail)
}

func (who by) record(tx *store.Tx, verb string, o Outlet, detail map[string]string) error {
	return audit.Append(tx, audit.Entry{
		ActorID: who.actor.ID, AgencyID: o.Agency, Role: string(who.role), Address: who.actor.Address,
		Verb: verb, Subject: "outlet/" + o.ID, Detail: who.actor.Trace(account.Post{}, detail),
	})
}
