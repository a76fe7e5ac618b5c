package newsroom

import (
	"context"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Edition is where an item in one language stands.
type Edition struct {
	Ref
	Agency       string
	State        State
	StateAt      time.Time
	Head         int // number of the newest revision
	Headline     string
	Section      string
	CreatedBy    string
	SavedBy      string
	SavedAt      time.Time
	Reason       string // of the transition that led to this state, if it had one
	Approved     int
	ApprovedHash string
	ApprovedBy   string
	ApprovedAt   time.Time
	PublishAt    time.Time
	Live         Live
	LiveRevision int
	FirstLiveAt  time.Time
	Correction   string // what readers are told was wrong; it stays with the page
	CorrectedAt  time.Time
}

// Newer says whether the newest revision differs from what readers have.
func (e Edition) Newer() bool { return e.Live == IsLive && e.Head != e.LiveRevision }

// Revision is an immutable saved version of an edition.
type Revision struct {
	Ref       Ref
	Number    int
	Content   Content
	Hash      string
	Author    string // person id
	CreatedAt time.Time
	BasedOn   int
	// SourceLang and SourceRevision say what a translation was made from.
	SourceLang     string
	SourceRevision int
}

// Sheet is an edition opened on somebody's desk: all that its page shows.
type Sheet struct {
	Edition
	Kind       string
	SourceLang string
	Revision   Revision  // the newest
	Editions   []Edition // of the item, this one included, by language
	SourceHead int       // of a translation: the newest revision of its source, 0 when not to be seen
	Unsaved    *Unsaved  // what this person typed and did not save
	MaySave    bool
	Verbs      []Verb // what this person may do now
}

// Open answers an edition for a person who may see it.
func (n *Newsroom) Open(ctx context.Context, actor account.Actor, ref Ref) (*Sheet, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return nil, err
	}
	if err := sightOf(db, actor).see(row); err != nil {
		return nil, err
	}
	item, err := loadItem(db, ref.Item)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Edition: row.edition(), Kind: item.Kind, SourceLang: item.SourceLang}
	if s.Revision, err = loadRevision(db, ref, row.Head); err != nil {
		return nil, err
	}
	rows, err := loadEditions(db, ref.Item)
	if err != nil {
		return nil, err
	}
	if s.Editions, err = sightOf(db, actor).seen(rows); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(s.Editions, func(e Edition) bool { return e.Ref.Lang == s.Revision.SourceLang }); i >= 0 {
		s.SourceHead = s.Editions[i].Head
	}
	if s.Unsaved, err = unsavedOf(db, actor.ID, s.Revision); err != nil {
		return nil, err
	}
	rule, possible := savingOf(s.State, s.Live)
	if possible {
		_, s.MaySave = actor.May(rule.action, row.AgencyID)
	}
	s.Verbs, err = n.verbs(ctx, actor, row)
	return s, err
}

// verbs lists what Do would not refuse for role, state or authorship.
func (n *Newsroom) verbs(ctx context.Context, actor account.Actor, row editionRow) ([]Verb, error) {
	var possible []Verb
	sight := sightOf(n.db.Read(ctx), actor)
	for _, t := range transitions {
		_, permitted, err := sight.permit(t.action, row)
		if err != nil {
			return nil, err
		}
		if !permitted || (&act{row: row}).possible(t) != nil {
			continue
		}
		if t.verb == Approve {
			wrote, err := authored(n.db.Read(ctx), row.ref(), actor.ID, row.Approved)
			if err != nil {
				return nil, err
			}
			if wrote {
				continue
			}
		}
		possible = append(possible, t.verb)
	}
	return possible, nil
}

// SourceChanged says whether the source of a translation has a newer revision
// than the one the translation was made from.
func (s *Sheet) SourceChanged() bool { return s.SourceHead > s.Revision.SourceRevision }

// NeedsReason says whether a verb asks for a reason.
func (v Verb) NeedsReason() bool {
	t, ok := transitionOf(v)
	return ok && t.reason
}

// Revision answers one saved version.
func (n *Newsroom) Revision(ctx context.Context, actor account.Actor, ref Ref, number int) (Revision, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return Revision{}, err
	}
	if err := sightOf(db, actor).see(row); err != nil {
		return Revision{}, err
	}
	return loadRevision(db, ref, number)
}

// History lists an edition's saved versions, newest first, without their texts.
func (n *Newsroom) History(ctx context.Context, actor account.Actor, ref Ref, limit int) ([]Revision, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return nil, err
	}
	if err := sightOf(db, actor).see(row); err != nil {
		return nil, err
	}
	return loadHistory(db, ref, limit)
}

// Preview composes the public document of a content that is not released,
// for showing it in an outlet's theme. Nothing is written.
func (n *Newsroom) Preview(ctx context.Context, actor account.Actor, ref Ref, content Content) (*release.Article, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return nil, err
	}
	if err := sightOf(db, actor).see(row); err != nil {
		return nil, err
	}
	content = content.Tidy()
	if err := content.check(); err != nil {
		return nil, err
	}
	item, err := loadItem(db, ref.Item)
	if err != nil {
		return nil, err
	}
	doc, err := n.document(ctx, Revision{Ref: ref, Number: row.Head, Content: content, Hash: content.Hash()})
	if err != nil {
		return nil, err
	}
	now := store.Micros(n.db.Now())
	if row.FirstLiveAt == 0 {
		row.FirstLiveAt = now
	}
	complete(doc, item, row)
	doc.Updated = store.Time(now) // of a first release it is the same moment
	return doc, nil
}

// MayCreate lists the agencies in which a person may begin items.
func MayCreate(actor account.Actor, agencies []string) []string {
	return slices.DeleteFunc(slices.Clone(agencies), func(id string) bool {
		_, ok := actor.May(account.Create, id)
		return !ok
	})
}
