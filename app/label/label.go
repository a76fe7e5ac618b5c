// Package label keeps what articles are marked with so that readers find them
// together: tags (chủ đề) and authors, by their pen names.
//
// A label has a name and a slug in each language; the slug is its address.
// Addresses answer for ever: a slug that a label had once stays its own,
// redirects to the current one, and is never given to another label of its
// sort. Two labels of a sort have no name in common, whatever its marks and
// capitals.
//
// A label is never deleted. One that was set up twice is merged into the other:
// its articles are listed there and its addresses lead there. One that is no
// longer wanted is closed: no further article is given it.
//
// A pen name says what readers may know: a line about its bearer, and an
// agency. It is tied to nobody's account.
package label

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Limits, in characters.
const (
	MaxName = 80
	MaxLine = 300
	MaxSlug = 80
)

// Sort is a kind of label.
type Sort string

// The sorts.
const (
	Tag    Sort = "tag"
	Author Sort = "author"
)

// Sorts lists them.
var Sorts = []Sort{Tag, Author}

func (s Sort) releaseKind() release.Kind {
	if s == Author {
		return release.AuthorKind
	}
	return release.TagKind
}

// Label is a tag or an author.
type Label struct {
	ID     string
	Sort   Sort
	Names  map[string]Name
	Agency string    // of an author: id of an agency, "" for none
	Into   string    // id of the label it was merged into, "" while it stands
	Closed time.Time // zero while articles may be given it
}

// Name is a label in one language. Without a Slug one is made of the name.
type Name struct {
	Name        string
	Slug        string
	Line        string   // what readers are told of it
	FormerSlugs []string // filled in by this room; they redirect for ever
}

// Document is the label as readers have it.
func (l Label) Document() release.Label {
	names := make(map[string]release.LabelName, len(l.Names))
	for lang, n := range l.Names {
		names[lang] = release.LabelName(n)
	}
	return release.Label{ID: l.ID, Names: names, Agency: l.Agency, Into: l.Into}
}

// Room keeps the labels of one sort in a newsroom.
type Room struct {
	db   *store.DB
	log  *release.Log
	sort Sort
}

// New gives the room over a newsroom database.
func New(db *store.DB, log *release.Log, sort Sort) *Room { return &Room{db, log, sort} }

// Sort is that of the room's labels.
func (r *Room) Sort() Sort { return r.sort }

// Find lists labels by name: those that have a name with these words, typed with
// or without marks, so many at most.
func (r *Room) Find(ctx context.Context, words string, most int) ([]Label, error) {
	return find(r.db.Read(ctx), r.sort, fold(words), most)
}

// Count answers how many labels stand.
func (r *Room) Count(ctx context.Context) (int, error) { return count(r.db.Read(ctx), r.sort) }

// Get answers one label, or a fault of kind NotFound.
func (r *Room) Get(ctx context.Context, id string) (Label, error) {
	return one(r.db.Read(ctx), r.sort, id)
}

// Documents are labels as readers have them.
func (r *Room) Documents(ctx context.Context, ids []string) ([]release.Label, error) {
	labels, err := list(r.db.Read(ctx), r.sort, ids)
	documents := make([]release.Label, len(labels))
	for i, l := range labels {
		documents[i] = l.Document()
	}
	return documents, err
}

// Known answers for each of some words which label it is: by id, or by a name
// in any language. What was merged is the label that it was merged into.
func (r *Room) Known(ctx context.Context, words []string) (map[string][]string, error) {
	return known(r.db.Read(ctx), r.sort, words)
}

// Named answers what labels are called in a language, by id, so that Known
// finds them by it.
func (r *Room) Named(ctx context.Context, ids []string, lang string) (map[string]string, error) {
	labels, err := list(r.db.Read(ctx), r.sort, ids)
	names := map[string]string{}
	for _, l := range labels {
		names[l.ID] = l.In(lang)
	}
	return names, err
}

// In is what the label is called in a language, else in Vietnamese, English, or
// any.
func (l Label) In(lang string) string { return l.Document().In(lang).Name }

// Closed answers which of some labels no further article is given.
func (r *Room) Closed(ctx context.Context, ids []string) ([]string, error) {
	labels, err := list(r.db.Read(ctx), r.sort, ids)
	var closed []string
	for _, l := range labels {
		if !l.Closed.IsZero() {
			closed = append(closed, l.ID)
		}
	}
	return closed, err
}

// who answers the role by which somebody may change labels: what they are called
// is the same for all agencies.
func who(actor account.Actor) (account.Role, error) {
	if actor.ID == account.SystemID {
		return "", nil
	}
	for _, post := range actor.Posts {
		if role, ok := actor.May(account.ManageLabels, post.Agency); ok {
			return role, nil
		}
	}
	return "", fault.New(fault.Forbidden, "error.forbidden.title")
}

// change runs one act upon a label and announces it.
func (r *Room) change(ctx context.Context, actor account.Actor, verb, id string, act func(tx *store.Tx) (detail map[string]string, err error)) error {
	role, err := who(actor)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		detail, err := act(tx)
		if err != nil || detail == nil { // nothing has changed
			return err
		}
		return r.announce(tx, actor, role, verb, id, detail)
	})
}

// announce releases the label as it stands now and records who changed it.
func (r *Room) announce(tx *store.Tx, actor account.Actor, role account.Role, verb, id string, detail map[string]string) error {
	l, err := one(tx.DB, r.sort, id)
	if err != nil {
		return err
	}
	if _, err = r.log.Append(tx, release.Key{Kind: r.sort.releaseKind(), ID: id}, release.Put, l.Document()); err != nil {
		return err
	}
	return audit.Append(tx, audit.Entry{
		ActorID: actor.ID, Role: string(role), Address: actor.Address, Verb: verb, Subject: "label/" + id,
		Detail: actor.Trace(account.Post{}, detail),
	})
}
