package newsroomapi

import (
	"time"

	"doingoai/app/newsroom"
)

type planIn struct {
	ref
	Body struct {
		Day  time.Time `json:"day,omitzero" doc:"Any moment of the day in Vietnam; absent: for no day."`
		Note string    `json:"note,omitempty"`
	} `body:"json"`
}

// planEdition plans an edition for a day, or for none.
func (a *API) planEdition(c *call, in planIn) (standing, error) {
	ref := in.ref.ref()
	if err := a.Newsroom.Plan(c.ctx, c.actor, ref, newsroom.Plan{Day: in.Body.Day, Note: in.Body.Note}); err != nil {
		return standing{}, err
	}
	return a.standing(c, ref)
}

type clockIn struct {
	ref
	Body struct {
		Clock string    `json:"clock" doc:"Code of one of the agency's targets."`
		Since time.Time `json:"since" doc:"When the competent body gave its position."`
	} `body:"json"`
}

// startClock lets a clock run until readers have the edition.
func (a *API) startClock(c *call, in clockIn) (standing, error) {
	ref := in.ref.ref()
	if err := a.Newsroom.StartClock(c.ctx, c.actor, ref, in.Body.Clock, in.Body.Since); err != nil {
		return standing{}, err
	}
	return a.standing(c, ref)
}

// stopClock drops a clock that was started by mistake.
func (a *API) stopClock(c *call, in ref) (standing, error) {
	if err := a.Newsroom.StopClock(c.ctx, c.actor, in.ref()); err != nil {
		return standing{}, err
	}
	return a.standing(c, in.ref())
}

type targetsIn struct {
	Agency string `path:"agency" doc:"Id of the agency."`
}

type target struct {
	Code    string            `json:"code"`
	Names   map[string]string `json:"names" doc:"By language."`
	Minutes int               `json:"minutes" doc:"0: within the day."`
}

type targetList struct {
	Targets []target `json:"targets"`
}

// listTargets answers how soon an agency's news must be with readers.
func (a *API) listTargets(c *call, in targetsIn) (targetList, error) {
	targets, err := a.Newsroom.Targets(c.ctx, in.Agency)
	answer := targetList{Targets: make([]target, len(targets))}
	for i, t := range targets {
		answer.Targets[i] = target(t)
	}
	return answer, err
}

type calendarIn struct {
	Agency string    `query:"agency" doc:"Id; all that the person may see when absent."`
	From   time.Time `query:"from"`
	To     time.Time `query:"to" doc:"Not included."`
}

type calendar struct {
	Editions []edition `json:"editions" doc:"In the order of time: scheduled at their hour, planned for their day."`
	More     bool      `json:"more" doc:"There was no room for all of them: ask for less time."`
	People   people    `json:"people"`
}

// listCalendar answers what is scheduled or planned between two moments.
func (a *API) listCalendar(c *call, in calendarIn) (calendar, error) {
	editions, more, err := a.Newsroom.Calendar(c.ctx, c.actor, in.Agency, in.From, in.To)
	if err != nil {
		return calendar{}, err
	}
	answer := calendar{Editions: editionsOf(editions), More: more}
	var ids []string
	for _, e := range answer.Editions {
		ids = append(ids, e.concerned()...)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}
