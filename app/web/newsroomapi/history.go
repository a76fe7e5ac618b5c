package newsroomapi

import (
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
)

type historyIn struct {
	ref
	Limit int `query:"limit" min:"1" max:"1000" doc:"100 when absent."`
}

type revisionList struct {
	Revisions []revision `json:"revisions" doc:"The newest first, without their texts."`
	People    people     `json:"people"`
}

// listRevisions answers an edition's saved versions.
func (a *API) listRevisions(c *call, in historyIn) (revisionList, error) {
	revisions, err := a.Newsroom.History(c.ctx, c.actor, in.ref.ref(), orUsual(in.Limit))
	if err != nil {
		return revisionList{}, err
	}
	answer := revisionList{Revisions: make([]revision, len(revisions))}
	ids := make([]string, len(revisions))
	for i, r := range revisions {
		answer.Revisions[i], ids[i] = bareRevision(r), r.Author
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

func orUsual(limit int) int {
	if limit == 0 {
		return 100
	}
	return limit
}

type revisionIn struct {
	ref
	Number int `path:"number" min:"1" max:"1000000"`
}

// readRevision answers one saved version with its text.
func (a *API) readRevision(c *call, in revisionIn) (revision, error) {
	r, err := a.Newsroom.Revision(c.ctx, c.actor, in.ref.ref(), in.Number)
	return revisionOf(r), err
}

// entry is an entry of the audit trail about an edition.
type entry struct {
	Seq      int64             `json:"seq"`
	At       time.Time         `json:"at"`
	Verb     string            `json:"verb" doc:"Such as edition.approve."`
	By       string            `json:"by" doc:"Person id; system is the program itself."`
	Agency   string            `json:"agency,omitempty" doc:"For which they acted."`
	Role     string            `json:"role,omitempty" doc:"That permitted it."`
	From     newsroom.State    `json:"from,omitempty"`
	To       newsroom.State    `json:"to,omitempty"`
	Revision string            `json:"revision,omitempty" doc:"Hash of the content concerned."`
	Reason   string            `json:"reason,omitempty"`
	Detail   map[string]string `json:"detail,omitempty"`
}

func entryOf(e audit.Entry) entry {
	return entry{
		Seq: e.Seq, At: e.At, Verb: e.Verb, By: e.ActorID, Agency: e.AgencyID, Role: e.Role,
		From: newsroom.State(e.From), To: newsroom.State(e.To), Revision: e.Revision, Reason: e.Reason, Detail: e.Detail,
	}
}

type trailIn struct {
	ref
	Before int64 `query:"before" doc:"From next of the page before."`
	Limit  int   `query:"limit" min:"1" max:"1000" doc:"100 when absent."`
}

type trail struct {
	Entries []entry `json:"entries" doc:"The newest first."`
	Next    int64   `json:"next,omitempty" doc:"What to ask before next; absent at the end."`
	People  people  `json:"people"`
}

type auditIn struct {
	Before  int64     `query:"before" doc:"From next of the page before."`
	Limit   int       `query:"limit" min:"1" max:"1000" doc:"100 when absent."`
	Actor   string    `query:"actor" doc:"Id of the person who did it."`
	Verb    string    `query:"verb"`
	Subject string    `query:"subject" doc:"Such as edition/ITEM/LANG or person/ID."`
	Agency  string    `query:"agency"`
	From    time.Time `query:"from"`
	Until   time.Time `query:"until" doc:"Not included."`
	Words   string    `query:"words" doc:"Of a reason or a particular, with or without marks."`
}

// auditEntry is an entry of the whole trail.
type auditEntry struct {
	entry
	Subject string `json:"subject"`
	Address string `json:"address,omitempty"`
}

type auditTrail struct {
	Entries []auditEntry `json:"entries" doc:"The newest first."`
	Next    int64        `json:"next,omitempty" doc:"What to ask before next; absent at the end."`
	People  people       `json:"people"`
}

// readAudit answers the audit trail to those who may read all of it.
func (a *API) readAudit(c *call, in auditIn) (auditTrail, error) {
	if !c.actor.MayAnywhere(account.ReadAudit) {
		return auditTrail{}, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	filter := audit.Filter{Subject: in.Subject, Agency: in.Agency, From: in.From, Until: in.Until, Text: in.Words}
	if in.Actor != "" {
		filter.Actors = []string{in.Actor}
	}
	if in.Verb != "" {
		filter.Verbs = []string{in.Verb}
	}
	found, err := audit.Find(c.ctx, a.DB, filter, in.Before, orUsual(in.Limit))
	if err != nil {
		return auditTrail{}, err
	}
	answer := auditTrail{Entries: make([]auditEntry, len(found.Entries)), Next: found.Next}
	ids := make([]string, len(found.Entries))
	for i, e := range found.Entries {
		answer.Entries[i], ids[i] = auditEntry{entryOf(e), e.Subject, e.Address}, e.ActorID
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

// readTrail answers what was done with an edition, by whom and why, to those who see it.
func (a *API) readTrail(c *call, in trailIn) (trail, error) {
	if _, err := a.Newsroom.History(c.ctx, c.actor, in.ref.ref(), 1); err != nil { // asks whether they do
		return trail{}, err
	}
	found, err := audit.Find(c.ctx, a.DB, audit.Filter{Subject: subjectOf(in.ref.ref())}, in.Before, orUsual(in.Limit))
	if err != nil {
		return trail{}, err
	}
	answer := trail{Entries: make([]entry, len(found.Entries)), Next: found.Next}
	ids := make([]string, len(found.Entries))
	for i, e := range found.Entries {
		answer.Entries[i], ids[i] = entryOf(e), e.ActorID
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}
