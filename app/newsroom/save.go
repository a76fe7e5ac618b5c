package newsroom

import (
	"cmp"
	"context"
	"strconv"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/media"
	"doingoai/app/parallel"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Start is what a new item begins with.
type Start struct {
	Kind    kind.Kind
	Agency  string // agency id
	Lang    string
	Content Content // the headline at least
	Plan    Plan    // may be empty
	// ID is what the item is to be called, "" for any name. A form that has one
	// begins one item however often it is sent.
	ID string
}

// Create begins an item with its first edition, as a draft. What the same
// person has begun under that ID already is answered as it is; where it was
// begun with something else, the error is a *BegunError.
func (n *Newsroom) Create(ctx context.Context, actor account.Actor, start Start) (Ref, error) {
	if _, may := actor.May(account.Create, start.Agency); !may {
		return Ref{}, fault.New(fault.Forbidden, "error.verb.role")
	}
	if err := checkStart(start); err != nil {
		return Ref{}, err
	}
	role, ok := actor.MayIn(account.Create, start.Agency, start.Lang)
	if !ok {
		return Ref{}, refused(true, start.Lang, "")
	}
	content := start.Content.Tidy()
	of := nature{kind: start.Kind}
	if err := content.check(of); err != nil {
		return Ref{}, err
	}
	ref := Ref{cmp.Or(start.ID, store.NewID()), start.Lang}
	if err := n.checkReferences(ctx, &content); err != nil {
		return Ref{}, err
	}
	if err := n.refuseClosed(ctx, "", content.Section); err != nil {
		return Ref{}, err
	}
	closed, err := n.closedIn(ctx, content.About)
	if err != nil {
		return Ref{}, err
	}
	if err := refuseNewClosed(closed, About{}, content.About); err != nil {
		return Ref{}, err
	}
	if err := n.refuseNewFiles(ctx, start.Agency, Content{}, content); err != nil {
		return Ref{}, err
	}
	plan, err := start.Plan.tidy()
	if err != nil {
		return Ref{}, err
	}
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		err := insertItem(tx, itemRow{
			ID: ref.Item, Kind: string(start.Kind), AgencyID: start.Agency, SourceLang: start.Lang,
			CreatedBy: actor.ID, CreatedAt: store.Micros(tx.Now),
		})
		if err != nil {
			return err
		}
		if err := n.begin(tx, actor, role, ref, of.kind, start.Agency, content, Ref{}, 0); err != nil {
			return err
		}
		return n.planNew(ctx, tx, actor, ref, plan)
	})
	if start.ID != "" && store.IsDuplicate(err) {
		err = n.begun(ctx, actor, ref, start.Agency, content)
	}
	return ref, err
}

// BegunError refuses to begin another item under the ID of one that the person
// has begun: a form was gone back to, and says something else now.
type BegunError struct {
	First Ref
	fault *fault.Error
}

func (e *BegunError) Error() string { return e.fault.Error() }

// Unwrap gives the fault, of kind NotPossible.
func (e *BegunError) Unwrap() error { return e.fault }

// begun answers no error when it is this person who began an item, with just
// this text.
func (n *Newsroom) begun(ctx context.Context, actor account.Actor, ref Ref, agency string, content Content) error {
	db := n.db.Read(ctx)
	item, err := loadItem(db, ref.Item)
	if err != nil {
		return err
	}
	if item.CreatedBy != actor.ID {
		return fault.New(fault.NotPossible, "error.edition.exists")
	}
	first, err := loadRevision(db, Ref{item.ID, item.SourceLang}, 1)
	if err == nil && (first.Ref != ref || item.AgencyID != agency || first.Hash != content.Hash()) {
		err = &BegunError{first.Ref, fault.New(fault.NotPossible, "error.create.begun")}
	}
	return err
}

// Translate begins an item's edition in another language. It starts with the
// facts of the source's newest revision and without words, which are the
// translator's to write.
func (n *Newsroom) Translate(ctx context.Context, actor account.Actor, from Ref, lang string) (Ref, error) {
	if !knownLanguage(lang) {
		return Ref{}, fault.New(fault.Invalid, "error.language.unknown")
	}
	ref := Ref{from.Item, lang}
	err := n.into(ctx, actor, from, lang, account.Translate, func(a *act) error {
		exists, err := editionExists(a.tx, ref)
		if err != nil {
			return err
		}
		if exists {
			return fault.New(fault.NotPossible, "error.edition.exists")
		}
		source, err := loadRevision(a.tx.DB, from, a.row.Head)
		if err != nil {
			return err
		}
		content := Content{
			Section: source.Content.Section, Outlets: source.Content.Outlets,
			SourceName: source.Content.SourceName, SourceURL: source.Content.SourceURL,
			Byline: source.Content.Byline, Sample: source.Content.Sample,
			Lead:    Lead{Media: source.Content.Lead.Media, Credit: source.Content.Lead.Credit},
			Replies: untranslated(source.Content.Replies), About: source.Content.About,
		}
		if err := n.begin(a.tx, actor, a.post.Role, ref, kind.Kind(a.row.Kind), a.row.AgencyID, content, from, source.Number); err != nil {
			return err
		}
		if err := a.inheritSet(ref); err != nil {
			return err
		}
		return a.inheritBlock(ref)
	})
	return ref, err
}

// begin writes an edition's row, its first revision and the audit entry.
func (n *Newsroom) begin(tx *store.Tx, actor account.Actor, role account.Role, ref Ref, of kind.Kind, agency string, c Content, source Ref, sourceRevision int) error {
	now := store.Micros(tx.Now)
	err := insertEdition(tx, editionRow{
		ItemID: ref.Item, Lang: ref.Lang, Kind: string(of), Translated: source.Lang != "", AgencyID: agency, State: string(Draft), StateAt: now, Head: 1,
		Headline: c.Headline, HeadlineFolded: vietnamese.FoldSearch(c.Headline), HeadlineFiled: true,
		SectionID: c.Section, CreatedBy: actor.ID, CreatedAt: now, SavedBy: actor.ID, SavedAt: now,
	})
	if err != nil {
		return err
	}
	if err := fileHeadline(tx, ref, "", c.Headline); err != nil {
		return err
	}
	first := Revision{Ref: ref, Number: 1, Content: c, Author: actor.ID, SourceLang: source.Lang, SourceRevision: sourceRevision}
	if err := insertRevision(tx, first, Draft); err != nil {
		return err
	}
	if err := beginHeld(tx, first); err != nil {
		return err
	}
	if err := n.media.Using(tx, ref.Item, ref.Lang, media.Newest, c.fileHashes()); err != nil {
		return err
	}
	if err := settle(nil, tx, ref, Revision{Hash: c.Hash(), Content: c}); err != nil { // no workflow yet
		return err
	}
	return audit.Append(tx, audit.Entry{
		ActorID: actor.ID, AgencyID: agency, Role: string(role), Address: actor.Address,
		Verb: "edition.create", Subject: ref.subject(), To: string(Draft), Revision: c.Hash(), Detail: actor.Trace(account.Post{}, nil),
	})
}

// ConflictError says that somebody saved another revision meanwhile. It
// carries theirs, so that both texts can be shown side by side.
type ConflictError struct {
	Theirs Revision
	fault  *fault.Error
}

func (e *ConflictError) Error() string { return e.fault.Error() }

// Unwrap gives the fault, of kind Conflict.
func (e *ConflictError) Unwrap() error { return e.fault }

// Save keeps a new revision. base is the number of the revision the writer
// started from: when the edition has moved on since, nothing is saved and the
// error is a *ConflictError. Saving what is already there makes no revision.
// The person's autosave of this edition is done with.
func (n *Newsroom) Save(ctx context.Context, actor account.Actor, ref Ref, base int, content Content) (Revision, error) {
	return n.SaveTranslation(ctx, actor, ref, base, 0, content)
}

// SaveTranslation is Save by somebody who had the source text before them:
// source is the number of its revision they were shown, 0 for none. The new
// revision then says that it was made from that one; it never says one older
// than before, nor one that there is not.
//
// A newer source may ask for no other words. So a writer who saves what is
// already there, beside a newer source, makes a revision that says so. Editors
// do not: passing a text on must not make them its authors.
func (n *Newsroom) SaveTranslation(ctx context.Context, actor account.Actor, ref Ref, base, source int, content Content) (Revision, error) {
	return n.Keep(ctx, actor, ref, Saving{Base: base, Source: source, Content: content})
}

// Saving is a text to be saved.
type Saving struct {
	Base    int // see Save
	Source  int // see SaveTranslation
	Content Content
	Note    string // why, in the writer's words

	closed   []string     // of what the text is found by: nothing new may have it
	restored int          // number of the older revision that is brought back
	pin      parallel.Pin // what a translation is made from, where its writer went through it side by side
	version  int64        // of Parallel that they had before them
}

// MaxSaveNote is how long such a note may be, in characters: a line in a list.
const MaxSaveNote = 200

// Keep is Save, or SaveTranslation, with a note.
func (n *Newsroom) Keep(ctx context.Context, actor account.Actor, ref Ref, s Saving) (Revision, error) {
	content := s.Content.Tidy()
	s.Content, s.Note = content, line(s.Note)
	known, err := loadEdition(n.db.Read(ctx), ref) // of a kind it will always be
	if err != nil {
		return Revision{}, err
	}
	refusal := content.check(known.nature())
	if form := (&fault.Form{}); refusal == nil {
		field{"save_note", s.Note, MaxSaveNote}.check(form)
		refusal = form.Err()
	}
	if refusal == nil {
		// Before the transaction, which holds locks: sections, outlets and
		// pictures come, but never go.
		refusal = n.checkReferences(ctx, &content)
		s.Content = content
	}
	if refusal == nil {
		s.closed, refusal = n.closedIn(ctx, content.About)
	}
	if fault.KindOf(refusal) == fault.Internal {
		return Revision{}, refusal
	}
	var saved Revision
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockItem(tx, ref); err != nil { // its translations are told
			return err
		}
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		a, err := n.maySave(ctx, tx, actor, row)
		if err != nil {
			return err
		}
		if refusal != nil {
			return refusal
		}
		saved, err = a.save(s)
		return err
	})
	return saved, err
}

// maySave asks the table of saving.
func (n *Newsroom) maySave(ctx context.Context, tx *store.Tx, actor account.Actor, row editionRow) (*act, error) {
	if err := sightOf(tx.DB, actor).see(row); err != nil {
		return nil, err
	}
	rule, possible := savingOf(State(row.State), Live(row.Live))
	if !possible {
		return nil, fault.New(fault.NotPossible, "error.save."+row.State)
	}
	a := &act{n: n, ctx: ctx, tx: tx, actor: actor, row: row}
	var err error
	a.post, err = a.maySave(rule)
	return a, err
}

func (a *act) save(s Saving) (Revision, error) {
	base, source, content := s.Base, s.Source, s.Content
	head, err := loadRevision(a.tx.DB, a.row.ref(), a.row.Head)
	if err != nil {
		return Revision{}, err
	}
	if source, err = a.sourceShown(head, source); err != nil {
		return Revision{}, err
	}
	rule, _ := savingOf(State(a.row.State), Live(a.row.Live)) // maySave made sure there is one
	compared := source > head.SourceRevision && base == head.Number && rule.action == account.Write
	if head.Hash == content.Hash() && (s.pin != nil || !compared) {
		if err := a.rightAsItIs(head, s); err != nil {
			return Revision{}, err
		}
		return head, deleteAutosave(a.tx, a.actor.ID, a.row.ref())
	}
	if base != head.Number {
		return Revision{}, &ConflictError{head, fault.New(fault.Conflict, "error.conflict.title")}
	}
	if err := a.n.refuseClosed(a.ctx, head.Content.Section, content.Section); err != nil {
		return Revision{}, err
	}
	if err := refuseNewClosed(s.closed, head.Content.About, content.About); err != nil {
		return Revision{}, err
	}
	if err := a.n.refuseNewFiles(a.ctx, a.row.AgencyID, head.Content, content); err != nil {
		return Revision{}, err
	}
	if err := a.acceptReplies(head.Content, content); err != nil {
		return Revision{}, err
	}
	next := Revision{
		Ref: a.row.ref(), Number: head.Number + 1, Content: content, Author: a.actor.ID, BasedOn: base,
		SourceLang: head.SourceLang, SourceRevision: source, Note: s.Note, Restored: s.restored,
	}
	next.Hash, next.CreatedAt = content.Hash(), a.tx.Now
	if err := insertRevision(a.tx, next, rule.to); err != nil {
		return Revision{}, err
	}
	if err := a.n.media.Using(a.tx, a.row.ItemID, a.row.Lang, media.Newest, content.fileHashes()); err != nil {
		return Revision{}, err
	}
	to := rule.to
	if err := a.record("save", to, next.Hash, "", map[string]string{"revision": strconv.Itoa(next.Number)}); err != nil {
		return Revision{}, err
	}
	if State(a.row.State) == Approved || State(a.row.State) == Scheduled {
		if err := a.tell(Reopen, to, ""); err != nil {
			return Revision{}, err
		}
	}
	stale, critical, err := a.hold(head, next, s)
	if err != nil {
		return Revision{}, err
	}
	columns := map[string]any{
		"head": next.Number, "headline": content.Headline, "headline_folded": vietnamese.FoldSearch(content.Headline),
		"section_id": content.Section, "saved_by": a.actor.ID, "saved_at": store.Micros(a.tx.Now),
		"stale": stale, "critical": critical,
	}
	unscheduled(columns)
	if to != State(a.row.State) {
		columns["state"], columns["state_at"], columns["reason"] = string(to), store.Micros(a.tx.Now), ""
	}
	if err := updateEdition(a.tx, a.row.ref(), columns); err != nil {
		return Revision{}, err
	}
	if err := fileHeadline(a.tx, a.row.ref(), a.row.Headline, content.Headline); err != nil {
		return Revision{}, err
	}
	if err := a.settle(next); err != nil {
		return Revision{}, err
	}
	if err := a.followed(next); err != nil {
		return Revision{}, err
	}
	return next, deleteAutosave(a.tx, a.actor.ID, a.row.ref())
}

// sourceShown answers from which revision of its source a translation is made
// when the translator was shown the one with this number. One older than what
// is known, or that does not exist, changes nothing, nor does one of an edition
// that the person could not have been shown.
func (a *act) sourceShown(head Revision, number int) (int, error) {
	if head.SourceLang == "" || number <= head.SourceRevision {
		return head.SourceRevision, nil
	}
	row, err := loadEdition(a.tx.DB, Ref{a.row.ItemID, head.SourceLang})
	if err != nil {
		return 0, err
	}
	err = sightOf(a.tx.DB, a.actor).see(row)
	if fault.KindOf(err) == fault.NotFound || err == nil && number > row.Head {
		return head.SourceRevision, nil
	}
	return number, err
}

// checkReferences refuses a section, outlet or picture that does not exist, and
// puts ids in the place of what was typed by its name.
func (n *Newsroom) checkReferences(ctx context.Context, c *Content) error {
	var form fault.Form
	if err := n.identify(ctx, &c.About, &form); err != nil {
		return err
	}
	if c.Section != "" {
		ok, err := n.sections.Exists(ctx, c.Section)
		if err != nil {
			return err
		}
		if !ok {
			form.Refuse("section", "error.section.unknown")
		}
	}
	outlets, err := n.outlets.All(ctx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, o := range outlets {
		known[o.ID] = true
	}
	for _, id := range c.Outlets {
		if !known[id] {
			form.Refuse("outlets", "error.outlet.unknown")
		}
	}
	if c.Lead.Media != "" {
		m, err := n.media.Get(ctx, c.Lead.Media)
		switch {
		case fault.KindOf(err) == fault.NotFound:
			form.Refuse("lead_media", "error.media.unknown")
		case err != nil:
			return err
		case m.Kind != media.Picture:
			form.Refuse("lead_media", "error.media.not_image")
		}
	}
	if err := n.checkFacts(ctx, *c, &form); err != nil {
		return err
	}
	return form.Err()
}
