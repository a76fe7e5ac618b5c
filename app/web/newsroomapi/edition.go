package newsroomapi

import (
	"context"
	"slices"
	"time"

	"doingoai/app/kind"
	"doingoai/app/newsroom"
)

// edition is where an item in one language stands.
type edition struct {
	Item     string         `json:"item"`
	Lang     string         `json:"lang"`
	Kind     kind.Kind      `json:"kind"`
	Agency   string         `json:"agency"`
	State    newsroom.State `json:"state" doc:"Where the newest revision stands."`
	StateAt  time.Time      `json:"state_at,omitzero"`
	Step     string         `json:"step,omitempty" doc:"Key of the step of its workflow."`
	Head     int            `json:"head" doc:"Number of the newest revision."`
	Headline string         `json:"headline"`
	Section  string         `json:"section,omitempty"`
	Reason   string         `json:"reason,omitempty" doc:"Of the act that led to this state."`

	CreatedBy string    `json:"created_by" doc:"Person id."`
	SavedBy   string    `json:"saved_by" doc:"Person id."`
	SavedAt   time.Time `json:"saved_at,omitzero"`
	TakenBy   string    `json:"taken_by,omitempty" doc:"Who has it in hand while it is edited."`

	ApprovedRevision int       `json:"approved_revision,omitempty"`
	ApprovedHash     string    `json:"approved_hash,omitempty"`
	ApprovedBy       string    `json:"approved_by,omitempty"`
	ApprovedAt       time.Time `json:"approved_at,omitzero"`
	PublishAt        time.Time `json:"publish_at,omitzero"`
	ExpiresAt        time.Time `json:"expires_at,omitzero"`

	ScheduledBy  string             `json:"scheduled_by,omitempty" doc:"Person id."`
	Hindrance    newsroom.Hindrance `json:"hindrance,omitempty" doc:"What keeps it from being published though it is due: comments, files, outlets, embargo, approval, text or behind."`
	HinderedLang string             `json:"hindered_lang,omitempty" doc:"The language of its set that the hindrance is of; absent: its own."`
	Bound        bool               `json:"bound,omitempty" doc:"It goes out together with other languages of its item, and by no verb of its own: see readSet."`
	HinderedAt   time.Time          `json:"hindered_at,omitzero"`

	SourceGoneAt time.Time `json:"source_gone_at,omitzero" doc:"Of a translation that readers have: when its original was withdrawn."`

	Stale        int       `json:"stale,omitempty" doc:"Of a translation: how many passages of its source say something else than was translated, or are new or gone."`
	Critical     int       `json:"critical,omitempty" doc:"In how many of those a figure, a date, a name or a denial changed."`
	LiveStale    int       `json:"live_stale,omitempty" doc:"The same of what readers have in both languages."`
	LiveCritical int       `json:"live_critical,omitempty"`
	BehindSince  time.Time `json:"behind_since,omitzero" doc:"Since when readers have a newer source."`
	BehindDue    time.Time `json:"behind_due,omitzero" doc:"By when a critical change of it should be caught up with."`

	EmbargoUntil time.Time `json:"embargo_until,omitzero"`

	Live         newsroom.Live `json:"live" doc:"What readers have: nothing (empty), the page, or the notice of its withdrawal."`
	LiveRevision int           `json:"live_revision,omitempty"`
	FirstLiveAt  time.Time     `json:"first_live_at,omitzero"`
	Correction   string        `json:"correction,omitempty" doc:"What readers are told was wrong."`
	CorrectedAt  time.Time     `json:"corrected_at,omitzero"`

	UrgentBy    string    `json:"urgent_by,omitempty" doc:"Who published it before the last approval, which is still expected."`
	UrgentDue   time.Time `json:"urgent_due,omitzero"`
	BlockedBy   string    `json:"blocked_by,omitempty" doc:"The confidentiality reviewer who stopped it."`
	BlockedAt   time.Time `json:"blocked_at,omitzero"`
	BlockReason string    `json:"block_reason,omitempty"`

	PlannedDay time.Time `json:"planned_day,omitzero" doc:"For which day it is planned: its beginning in Vietnam."`
	PlanNote   string    `json:"plan_note,omitempty"`
	Clock      string    `json:"clock,omitempty" doc:"Code of the target whose clock runs until readers have it."`
	ClockSince time.Time `json:"clock_since,omitzero"`
	ClockDue   time.Time `json:"clock_due,omitzero"`

	Glimpse bool `json:"glimpse,omitempty" doc:"The person is only asked to carry it: they see its placements, and nothing of what the newsroom does with it."`
}

func editionOf(e newsroom.Edition) edition {
	return edition{
		Item: e.Item, Lang: e.Ref.Lang, Kind: e.Kind, Agency: e.Agency, State: e.State, StateAt: e.StateAt, Step: e.Step, Head: e.Head,
		Headline: e.Headline, Section: e.Section, Reason: e.Reason,
		CreatedBy: e.CreatedBy, SavedBy: e.SavedBy, SavedAt: e.SavedAt, TakenBy: e.TakenBy,
		ApprovedRevision: e.Approved, ApprovedHash: e.ApprovedHash, ApprovedBy: e.ApprovedBy, ApprovedAt: e.ApprovedAt,
		PublishAt: e.PublishAt, ScheduledBy: e.ScheduledBy, Hindrance: e.Hindrance, HinderedLang: e.HinderedLang, Bound: e.Bound, HinderedAt: e.HinderedAt, SourceGoneAt: e.SourceGoneAt,
		ExpiresAt: e.ExpiresAt, EmbargoUntil: e.EmbargoUntil,
		Stale: e.Lag.Stale, Critical: e.Lag.Critical, LiveStale: e.Lag.LiveStale, LiveCritical: e.Lag.LiveCritical,
		BehindSince: e.Lag.Since, BehindDue: e.Lag.Due,
		Live: e.Live, LiveRevision: e.LiveRevision, FirstLiveAt: e.FirstLiveAt, Glimpse: e.Glimpse, Correction: e.Correction, CorrectedAt: e.CorrectedAt,
		UrgentBy: e.UrgentBy, UrgentDue: e.UrgentDue, BlockedBy: e.BlockedBy, BlockedAt: e.BlockedAt, BlockReason: e.BlockReason,
		PlannedDay: e.Plan.Day, PlanNote: e.Plan.Note, Clock: e.Clock.Code, ClockSince: e.Clock.From, ClockDue: e.Clock.Due,
	}
}

func editionsOf(list []newsroom.Edition) []edition {
	editions := make([]edition, len(list))
	for i, e := range list {
		editions[i] = editionOf(e)
	}
	return editions
}

// people are the names of those whose ids an answer holds.
type people map[string]string

func (a *API) people(ctx context.Context, ids ...string) (people, error) {
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	return a.Accounts.Names(ctx, ids)
}

// concerned lists the people that an edition names.
func (e edition) concerned() []string {
	return []string{e.CreatedBy, e.SavedBy, e.TakenBy, e.ApprovedBy, e.ScheduledBy, e.UrgentBy, e.BlockedBy}
}

// ref is the edition that an address names.
type ref struct {
	Item string `path:"item" doc:"Id of the item."`
	Lang string `path:"lang" doc:"Language of the edition: vi, en, km, zh, ko or ja."`
}

func (r ref) ref() newsroom.Ref { return newsroom.Ref(r) }

func pathOf(r newsroom.Ref) string { return "/editions/" + r.Item + "/" + r.Lang }

// sheet is an edition opened at the desk.
type sheet struct {
	edition
	SourceLang string                            `json:"source_lang" doc:"The language the item was begun in."`
	SourceHead int                               `json:"source_head,omitempty" doc:"Of a translation: the newest revision of its source."`
	Revision   revision                          `json:"revision" doc:"The newest."`
	Editions   []edition                         `json:"editions" doc:"Of the item, in every language, this one included."`
	MaySave    bool                              `json:"may_save"`
	MayObject  bool                              `json:"may_object" doc:"Say something that keeps it from being approved or published."`
	Verbs      []newsroom.Verb                   `json:"verbs" doc:"What the token's person may do now."`
	Workflow   *workflow                         `json:"workflow,omitempty" doc:"The one it is on."`
	Offered    []workflow                        `json:"offered" doc:"Workflows it can be submitted to."`
	Ways       []way                             `json:"ways" doc:"Steps it can be passed on to."`
	Checklists map[newsroom.Verb][]askedQuestion `json:"checklists" doc:"What is asked with a verb; answers go with the act."`
	LiveHash   string                            `json:"live_hash,omitempty" doc:"The hash that confirm asks for."`
	Marks      []mark                            `json:"marks" doc:"What in the text a secret document would carry."`
	Findings   []finding                         `json:"findings" doc:"What stands out in its figures and terms."`
	MayExplain bool                              `json:"may_explain" doc:"Say why that is right."`
	Cleared    bool                              `json:"cleared" doc:"The confidentiality reviewer cleared them in this revision."`
	People     people                            `json:"people" doc:"Names by person id."`
}

type mark struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// openSheet answers an edition with everything its page at the desk shows.
func (a *API) openSheet(c *call, in ref) (sheet, error) {
	s, err := a.Newsroom.Open(c.ctx, c.actor, in.ref())
	if err != nil {
		return sheet{}, err
	}
	answer := sheet{
		edition: editionOf(s.Edition), SourceLang: s.SourceLang, SourceHead: s.SourceHead, Revision: revisionOf(s.Revision),
		Editions: editionsOf(s.Editions), MaySave: s.MaySave, MayObject: s.MayObject, Verbs: list(s.Verbs), Offered: workflowsOf(s.Offered),
		Ways: []way{}, Checklists: map[newsroom.Verb][]askedQuestion{}, LiveHash: s.LiveHash, Marks: []mark{}, Cleared: s.Cleared,
		Findings: findingsOf(s.Findings), MayExplain: s.MayExplain,
	}
	if s.Workflow != nil {
		w := workflowOf(s.Workflow)
		answer.Workflow = &w
	}
	for _, w := range s.Ways {
		answer.Ways = append(answer.Ways, wayOf(w))
	}
	for _, m := range s.Marks {
		answer.Marks = append(answer.Marks, mark(m))
	}
	ids := append(answer.concerned(), s.Revision.Author)
	for _, f := range answer.Findings {
		ids = append(ids, f.By)
	}
	for verb, asked := range s.Checklists {
		answer.Checklists[verb] = askedOf(asked)
		for _, q := range asked {
			ids = append(ids, q.By)
		}
	}
	for _, e := range answer.Editions {
		ids = append(ids, e.concerned()...)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

// list is a list that is never null.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

type editionQuery struct {
	State    newsroom.State `query:"state"`
	Kind     kind.Kind      `query:"kind"`
	Lang     string         `query:"lang"`
	Agency   string         `query:"agency"`
	Section  string         `query:"section"`
	Mine     bool           `query:"mine" doc:"Created or last saved by the token's person."`
	Headline string         `query:"headline" doc:"Part of the headline; letter case and Vietnamese marks do not matter."`
	Cursor   string         `query:"cursor" doc:"From next of the page before."`
}

type editionList struct {
	Editions []edition `json:"editions"`
	Next     string    `json:"next,omitempty" doc:"The cursor of the next page; absent on the last."`
	People   people    `json:"people"`
}

// listEditions answers the editions that the person may see, last saved first.
func (a *API) listEditions(c *call, in editionQuery) (editionList, error) {
	after, ok := newsroom.ReadBookmark(in.Cursor)
	if !ok {
		return editionList{}, unreadable("cursor")
	}
	editions, more, err := a.Newsroom.List(c.ctx, c.actor, newsroom.Filter{
		State: in.State, Kind: in.Kind, Lang: in.Lang, Agency: in.Agency, Section: in.Section, Mine: in.Mine, Headline: in.Headline, After: after,
	})
	if err != nil {
		return editionList{}, err
	}
	answer := editionList{Editions: editionsOf(editions)}
	if more {
		answer.Next = editions[len(editions)-1].Bookmark().String()
	}
	var ids []string
	for _, e := range answer.Editions {
		ids = append(ids, e.concerned()...)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

type stateCounts struct {
	States map[newsroom.State]int `json:"states" doc:"100 stands for that many or more."`
}

// countStates answers how many editions the person may see in each state.
func (a *API) countStates(c *call, _ nothing) (stateCounts, error) {
	counts, err := a.Newsroom.Counts(c.ctx, c.actor)
	return stateCounts{counts}, err
}

// task is an edition that waits for the person, and what for.
type task struct {
	Edition edition       `json:"edition"`
	Verb    newsroom.Verb `json:"verb" doc:"What is asked of the person."`
	Since   time.Time     `json:"since"`
	Due     time.Time     `json:"due,omitzero"`
	For     string        `json:"for,omitempty" doc:"The absent person in whose place it is asked."`
}

type taskList struct {
	Tasks  []task `json:"tasks" doc:"The most urgent first."`
	People people `json:"people"`
}

// listWaiting answers what waits for the person.
func (a *API) listWaiting(c *call, _ nothing) (taskList, error) {
	waiting, err := a.Newsroom.Waiting(c.ctx, c.actor)
	if err != nil {
		return taskList{}, err
	}
	answer := taskList{Tasks: make([]task, len(waiting))}
	var ids []string
	for i, t := range waiting {
		answer.Tasks[i] = task{editionOf(t.Edition), t.Verb, t.Since, t.Due, t.For}
		ids = append(ids, append(answer.Tasks[i].Edition.concerned(), t.For)...)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}
