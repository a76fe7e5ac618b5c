package newsroomapi

import (
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
)

type itemIn struct {
	Item string `path:"item" doc:"Id of the item."`
}

// condition is something that a language has to meet before it can go out.
type condition struct {
	Need   newsroom.Need  `json:"need" doc:"begun, approved, settled, sound, clear, whole, files, outlet, abreast, embargo, time or right."`
	Met    newsroom.Met   `json:"met" doc:"met, not_met, or noted: it keeps nothing from readers, but somebody should know."`
	Count  int            `json:"count,omitempty" doc:"Of what stands in the way."`
	At     time.Time      `json:"at,omitzero" doc:"embargo, time: until when."`
	Roles  []account.Role `json:"roles" doc:"Whose it is to do something about it."`
	Person []string       `json:"people" doc:"Ids of those whose it is by name."`
}

// member is a language of a set.
type member struct {
	Lang       string      `json:"lang"`
	Edition    *edition    `json:"edition,omitempty" doc:"Absent when it is not begun, or not for this person."`
	Hidden     bool        `json:"hidden,omitempty" doc:"It is not for this person."`
	Ready      bool        `json:"ready"`
	Conditions []condition `json:"conditions"`
}

// choice is a language that can be bound.
type choice struct {
	Lang  string `json:"lang"`
	Begun bool   `json:"begun" doc:"The person sees an edition in it."`
	Bound bool   `json:"bound"`
	May   bool   `json:"may" doc:"The person may bind it."`
}

type releaseSet struct {
	Members     []member  `json:"members" doc:"Languages that go out together or not at all; empty when each goes its own way."`
	Choices     []choice  `json:"choices"`
	Ready       bool      `json:"ready" doc:"Every language could go out now."`
	BoundBy     string    `json:"bound_by,omitempty" doc:"Person id."`
	BoundAt     time.Time `json:"bound_at,omitzero"`
	PublishAt   time.Time `json:"publish_at,omitzero"`
	ScheduledBy string    `json:"scheduled_by,omitempty" doc:"Person id."`
	Hash        string    `json:"hash" doc:"Names the texts that would go out; scheduling and publishing send it back."`
	MayBind     bool      `json:"may_bind" doc:"The person may bind, dissolve, try and schedule it."`
	MayPublish  bool      `json:"may_publish"`
	People      people    `json:"people"`
}

// readSet answers which languages of an item go out together, and how ready each is.
func (a *API) readSet(c *call, in itemIn) (releaseSet, error) {
	s, err := a.Newsroom.Set(c.ctx, c.actor, in.Item)
	if err != nil {
		return releaseSet{}, err
	}
	answer := releaseSet{
		Members: []member{}, Choices: []choice{}, Ready: s.Ready(), BoundBy: s.BoundBy, BoundAt: s.BoundAt, PublishAt: s.PublishAt,
		ScheduledBy: s.ScheduledBy, Hash: s.Hash, MayBind: s.MayBind, MayPublish: s.MayPublish,
	}
	ids := []string{s.BoundBy, s.ScheduledBy}
	for _, m := range s.Members {
		one := member{Lang: m.Lang, Hidden: m.Hidden, Ready: m.Ready(), Conditions: []condition{}}
		if m.Edition != nil {
			e := editionOf(*m.Edition)
			one.Edition, ids = &e, append(ids, e.concerned()...)
		}
		for _, need := range m.Conditions {
			one.Conditions = append(one.Conditions, condition{need.Need, need.Met, need.Count, need.At, list(need.Roles), list(need.People)})
			ids = append(ids, need.People...)
		}
		answer.Members = append(answer.Members, one)
	}
	for _, l := range s.Choices {
		answer.Choices = append(answer.Choices, choice{l.Lang, l.Edition != nil, l.Bound, l.May})
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

type bindIn struct {
	itemIn
	Body struct {
		Languages []string `json:"languages" doc:"At least two; there need not be an edition yet."`
	} `body:"json"`
}

// bindSet says which languages go out together, in place of those that were to.
func (a *API) bindSet(c *call, in bindIn) (releaseSet, error) {
	if err := a.Newsroom.Bind(c.ctx, c.actor, in.Item, in.Body.Languages); err != nil {
		return releaseSet{}, err
	}
	return a.readSet(c, in.itemIn)
}

type dissolveIn struct {
	itemIn
	Body struct {
		Reason string `json:"reason"`
	} `body:"json"`
}

// dissolveSet lets each language go its own way again.
func (a *API) dissolveSet(c *call, in dissolveIn) (releaseSet, error) {
	if err := a.Newsroom.Dissolve(c.ctx, c.actor, in.Item, in.Body.Reason); err != nil {
		return releaseSet{}, err
	}
	return a.readSet(c, in.itemIn)
}

type publishSetIn struct {
	itemIn
	Body struct {
		Hash   string            `json:"hash" doc:"Of the set that was looked at. When a text has moved on, nothing happens."`
		Notes  map[string]string `json:"notes,omitempty" doc:"By language, what readers who have an earlier text are told is new; without one it is a minor update."`
		Behind string            `json:"behind,omitempty" doc:"Why translations go out though they are critically behind what goes out with them."`
	} `body:"json"`
}

// publishSet gives readers every language, or none.
func (a *API) publishSet(c *call, in publishSetIn) (releaseSet, error) {
	ask := newsroom.SetAsk{Hash: in.Body.Hash, Notes: in.Body.Notes, Behind: in.Body.Behind}
	if err := a.Newsroom.PublishSet(c.ctx, c.actor, in.Item, ask); err != nil {
		return releaseSet{}, err
	}
	return a.readSet(c, in.itemIn)
}

type scheduleSetIn struct {
	itemIn
	Body struct {
		Hash   string    `json:"hash" doc:"Of the set that was looked at. When a text has moved on, nothing happens."`
		At     time.Time `json:"at"`
		Behind string    `json:"behind,omitempty" doc:"Why translations go out though they are critically behind what goes out with them."`
	} `body:"json"`
}

// scheduleSet says when every language goes out.
func (a *API) scheduleSet(c *call, in scheduleSetIn) (releaseSet, error) {
	ask := newsroom.SetAsk{Hash: in.Body.Hash, At: in.Body.At.UTC(), Behind: in.Body.Behind}
	if err := a.Newsroom.ScheduleSet(c.ctx, c.actor, in.Item, ask); err != nil {
		return releaseSet{}, err
	}
	return a.readSet(c, in.itemIn)
}

// unscheduleSet takes that moment back.
func (a *API) unscheduleSet(c *call, in itemIn) (releaseSet, error) {
	if err := a.Newsroom.UnscheduleSet(c.ctx, c.actor, in.Item); err != nil {
		return releaseSet{}, err
	}
	return a.readSet(c, in)
}

// tried is what readers would get of a language.
type tried struct {
	Lang     string   `json:"lang"`
	Refused  string   `json:"refused,omitempty" doc:"Why it would not go out, in words."`
	Key      string   `json:"key,omitempty" doc:"Names the refusal."`
	Updated  bool     `json:"updated,omitempty" doc:"Readers have an earlier text."`
	Headline string   `json:"headline,omitempty"`
	Slug     string   `json:"slug,omitempty" doc:"The words of its address."`
	Outlets  []string `json:"outlets" doc:"Ids of those whose readers would get it."`
}

type trial struct {
	WouldGo   bool    `json:"would_go" doc:"Every language would go out now."`
	Languages []tried `json:"languages"`
}

// trySet does what releasing would, and undoes it.
func (a *API) trySet(c *call, in itemIn) (trial, error) {
	results, err := a.Newsroom.TrySet(c.ctx, c.actor, in.Item)
	if err != nil {
		return trial{}, err
	}
	answer := trial{WouldGo: true, Languages: []tried{}}
	for _, r := range results {
		one := tried{Lang: r.Lang, Updated: r.Updated, Outlets: []string{}}
		if f, refused := fault.As(r.Refusal); refused {
			answer.WouldGo, one.Refused, one.Key = false, a.printer(c.request).Message(f.Message), f.Message.Key
		} else {
			one.Headline, one.Slug, one.Outlets = r.Document.Title, r.Document.Slug, r.Document.Outlets
		}
		answer.Languages = append(answer.Languages, one)
	}
	return answer, nil
}
