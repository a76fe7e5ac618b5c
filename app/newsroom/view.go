package newsroom

import (
	"context"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/media"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Edition is where an item in one language stands.
type Edition struct {
	Ref
	Kind         kind.Kind // of its item
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
	ScheduledBy  string    // who set that moment
	Hindrance    Hindrance // what kept it from being published then
	HinderedAt   time.Time
	HinderedLang string    // the language of its set that the hindrance is of; "" its own
	Bound        bool      // it goes out together with other languages (Set)
	SourceGoneAt time.Time // of a translation that readers have: when its original was withdrawn
	ExpiresAt    time.Time // readers lose the page then; zero: never
	EmbargoUntil time.Time // readers must not have it before; zero: whenever it is ready. Of a Sheet, its source's where that is later
	Live         Live
	LiveRevision int
	FirstLiveAt  time.Time
	Correction   string // what readers are told was wrong; it stays with the page
	CorrectedAt  time.Time
	Step         string // key of the step of its workflow where it stands
	TakenBy      string // who has it in hand while it is edited
	// Published before the second person's approval, which is expected until UrgentDue.
	UrgentBy  string
	UrgentDue time.Time
	// Stopped by the confidentiality reviewer.
	BlockedBy   string
	BlockedAt   time.Time
	BlockReason string

	Plan  Plan
	Clock Clock
	Lag   Lag // of a translation

	Glimpse bool // seen by somebody who is only asked to carry it: nothing but what readers have, or will
}

// Urgent says whether readers have it without a second person's approval.
func (e Edition) Urgent() bool { return e.UrgentBy != "" }

// SecondLook names where the second person's approval of what was published
// urgently stands: "waiting", or "overdue".
func (e Edition) SecondLook(now time.Time) string {
	if now.After(e.UrgentDue) {
		return "overdue"
	}
	return "waiting"
}

// Blocked says whether the confidentiality reviewer has stopped it.
func (e Edition) Blocked() bool { return !e.BlockedAt.IsZero() }

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
	Note           string // why it was saved, in its author's words
	Restored       int    // the number of the older one that it brings back, 0 for none
}

// Sheet is an edition opened on somebody's desk: all that its page shows.
type Sheet struct {
	Edition
	SourceLang string
	Revision   Revision  // the newest
	Editions   []Edition // of the item, this one included, by language
	SourceHead int       // of a translation: the newest revision of its source, 0 when not to be seen
	Unsaved    *Unsaved  // what this person typed and did not save
	Ticked     *Unsaved  // of a translation: what they only said to be right, beside the source, and did not save
	MaySave    bool
	MayObject  bool   // say something that keeps it from being approved or published
	Verbs      []Verb // what this person may do now

	Workflow   *Workflow        // nil before it is submitted for the first time
	Offered    []*Workflow      // what it can be submitted to
	Ways       []Way            // steps that this person may pass it on to
	Vacant     Step             // where it waits though nobody holds a role of the step; no key: it does not
	Checklists map[Verb][]Asked // what this person is asked with Pass, Approve, PublishUrgent or Confirm
	LiveHash   string           // of what readers have, where this person may Confirm it
	Marks      []Mark           // what in its text a secret document would carry
	Findings   []Finding        // what stands out in its figures and terms
	MayExplain bool             // say why that is right
	Cleared    bool             // the confidentiality reviewer cleared them in this very revision
	GoesWith   []Edition        // what readers have in other languages, that this person may withdraw with this original
	Worded     []Placement      // outlets that keep words of their own over what this person may correct or update
	SetAwaits  []string         // languages of its set that are not approved yet, while it is
}

// Open answers an edition for a person who may see it.
func (n *Newsroom) Open(ctx context.Context, actor account.Actor, ref Ref) (*Sheet, error) {
	db := n.db.Read(ctx)
	row, err := seenEdition(db, actor, ref)
	if err != nil {
		return nil, err
	}
	item, err := loadItem(db, ref.Item)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Edition: row.edition(), SourceLang: item.SourceLang}
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
	if s.Unsaved, s.Ticked, err = unsavedOf(db, actor.ID, s.Revision); err != nil {
		return nil, err
	}
	a := &act{n: n, ctx: ctx, actor: actor, row: row}
	if item.SourceLang != ref.Lang {
		if s.EmbargoUntil, err = a.embargo(); err != nil {
			return nil, err
		}
	}
	if rule, possible := savingOf(s.State, s.Live); possible {
		_, err = a.maySave(rule)
		if s.MaySave = err == nil; fault.KindOf(err) == fault.Internal {
			return nil, err
		}
	}
	by, err := sightOf(db, actor).by(row)
	if err != nil {
		return nil, err
	}
	err = (&act{n: n, ctx: ctx, actor: actor, row: row, post: by}).mayObject()
	if s.MayObject = err == nil; fault.KindOf(err) == fault.Internal {
		return nil, err
	}
	if s.Verbs, err = a.verbs(); err != nil {
		return nil, err
	}
	if s.Findings, err = n.findings(a, s.Revision); err != nil {
		return nil, err
	}
	if len(s.Findings) > 0 {
		if _, s.MayExplain, err = sightOf(db, actor).permit(account.Explain, row); err != nil {
			return nil, err
		}
	}
	if s.GoesWith, err = a.goesWith(s, rows); err != nil {
		return nil, err
	}
	if s.Worded, err = a.worded(s); err != nil {
		return nil, err
	}
	if s.SetAwaits, err = a.awaits(rows); err != nil {
		return nil, err
	}
	return s, a.fillWorkflow(s)
}

// worded lists the outlets whose readers have other words over the story than
// its own. A change of the story does not reach those: whoever is about to
// publish one has to know.
func (a *act) worded(s *Sheet) ([]Placement, error) {
	if s.Live != IsLive || !slices.Contains(s.Verbs, Correct) && !slices.Contains(s.Verbs, Publish) {
		return nil, nil
	}
	list, err := loadPlacements(a.db(), a.row, s.Revision.Content.Outlets)
	return slices.DeleteFunc(list, func(p Placement) bool {
		return p.Placing != Carried || p.LiveAt.IsZero() || p.Words.IsZero()
	}), err
}

// fillWorkflow adds where on its workflow an edition stands, and what is asked
// of the person there.
func (a *act) fillWorkflow(s *Sheet) error {
	s.Marks = Marks(s.Revision.Content)
	s.Cleared = len(s.Marks) > 0 && a.row.ClearedHash == s.Revision.Hash
	may := func(v Verb) bool { return slices.Contains(s.Verbs, v) }
	var err error
	if may(Submit) {
		if s.Offered, err = a.n.Workflows(a.ctx, s.Agency); err != nil {
			return err
		}
	}
	if a.row.WorkflowID == "" {
		return nil
	}
	if s.Workflow, err = a.chain(); err != nil {
		return err
	}
	if err := a.vacancies(s, may(Pass)); err != nil {
		return err
	}
	s.Checklists = map[Verb][]Asked{}
	for _, verb := range s.Verbs {
		about := s.Revision
		if verb == Confirm {
			if about, err = loadRevision(a.db(), s.Ref, a.row.LiveRevision); err != nil {
				return err
			}
			s.LiveHash = about.Hash
		}
		asked := a.asks(s.Workflow, verb, s.Ways, about.Content)
		if err := fillAnswers(a.db(), about, asked); err != nil {
			return err
		}
		s.Checklists[verb] = asked
	}
	return nil
}

// vacancies says where the text waits for nobody, or would after being passed on.
func (a *act) vacancies(s *Sheet, passes bool) error {
	if !slices.Contains(underReview, s.State) {
		return nil
	}
	held, err := loadHeldPosts(a.db(), []string{s.Agency}, false, a.n.db.Now())
	if err != nil {
		return err
	}
	if here, ok := s.Workflow.step(a.row.Step); ok && here.isVacant(held, s.Agency, s.Ref.Lang) {
		s.Vacant = here
	}
	if passes {
		s.Ways = a.ways(s.Workflow)
	}
	for i := range s.Ways {
		s.Ways[i].Vacant = s.Ways[i].Step.isVacant(held, s.Agency, s.Ref.Lang)
	}
	return nil
}

// underReview are the states in which a text stands at a step of its workflow.
var underReview = []State{Submitted, Editing, DeskReview, Approval}

// asks lists the questions that go with a verb.
func (a *act) asks(w *Workflow, verb Verb, ways []Way, c Content) []Asked {
	switch here, _ := w.step(a.row.Step); {
	case verb == Pass && len(ways[0].Skipped) == 0:
		return questionsOf(here)
	case verb == Approve, verb == Confirm:
		return w.required(c)
	case verb == PublishUrgent:
		return w.indispensable(c)
	}
	return nil
}

// verbs lists what Do would not refuse for role, state, step or authorship.
func (a *act) verbs() ([]Verb, error) {
	var possible []Verb
	sight := sightOf(a.db(), a.actor)
	for _, t := range transitions {
		post, permitted, err := sight.permit(t.action, a.row)
		if err != nil {
			return nil, err
		}
		if !permitted || a.possible(t) != nil {
			continue
		}
		a.post = post
		err = a.mayNow(t.verb)
		if err == nil {
			possible = append(possible, t.verb)
		} else if fault.KindOf(err) == fault.Internal {
			return nil, err
		}
	}
	return possible, nil
}

// mayNow asks what the state table does not know: whose step it is, and who
// wrote the text.
func (a *act) mayNow(verb Verb) error {
	if _, err := a.seat(verb); err != nil {
		return err
	}
	switch verb {
	case Approve, PublishUrgent:
		return a.isOthers(a.row.Head, "error.approve.own")
	case Clear:
		head, err := loadRevision(a.db(), a.row.ref(), a.row.Head)
		if err != nil {
			return err
		}
		return a.mayClear(head)
	case Confirm:
		return a.isSecond()
	}
	return nil
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
	if _, err := seenEdition(db, actor, ref); err != nil {
		return Revision{}, err
	}
	return loadRevision(db, ref, number)
}

// History lists an edition's saved versions, newest first, without their texts.
func (n *Newsroom) History(ctx context.Context, actor account.Actor, ref Ref, limit int) ([]Revision, error) {
	return n.HistoryBefore(ctx, actor, ref, 0, limit)
}

// HistoryBefore is History of what was saved before one version; 0 for all.
func (n *Newsroom) HistoryBefore(ctx context.Context, actor account.Actor, ref Ref, before, limit int) ([]Revision, error) {
	db := n.db.Read(ctx)
	if _, err := seenEdition(db, actor, ref); err != nil {
		return nil, err
	}
	return loadHistory(db, ref, before, limit)
}

// Preview composes the public document of a content that is not released,
// for showing it in an outlet's theme. Nothing is written.
func (n *Newsroom) Preview(ctx context.Context, actor account.Actor, ref Ref, content Content) (*release.Article, error) {
	db := n.db.Read(ctx)
	row, err := seenEdition(db, actor, ref)
	if err != nil {
		return nil, err
	}
	content = content.Tidy()
	if err := content.check(row.nature()); err != nil {
		return nil, err
	}
	return n.previewOf(ctx, Revision{Ref: ref, Number: row.Head, Content: content, Hash: content.Hash()})
}

// previewOf is a revision as readers would get it if it were released now.
func (n *Newsroom) previewOf(ctx context.Context, rev Revision) (*release.Article, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, rev.Ref)
	if err != nil {
		return nil, err
	}
	item, err := loadItem(db, rev.Ref.Item)
	if err != nil {
		return nil, err
	}
	doc, err := n.document(ctx, rev)
	if err != nil {
		return nil, err
	}
	now := store.Micros(n.db.Now())
	if row.FirstLiveAt == 0 {
		row.FirstLiveAt = now
	}
	notes, err := loadChangeNotes(db, rev.Ref)
	if err != nil {
		return nil, err
	}
	complete(doc, item, row, notes)
	if err := n.previewFacts(ctx, doc, item); err != nil {
		return nil, err
	}
	err = attach(doc, func(hashes []string) (map[string]media.Media, error) { return n.media.Many(ctx, hashes) })
	if err != nil {
		return nil, err
	}
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
