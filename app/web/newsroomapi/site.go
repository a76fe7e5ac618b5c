package newsroomapi

import (
	"time"

	"doingoai/app/account"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/section"
)

type self struct {
	ID     string         `json:"id" doc:"Person id."`
	Name   string         `json:"name"`
	Token  string         `json:"token" doc:"Id of the token, as the audit trail has it."`
	Scopes account.Scopes `json:"scopes"`
	Posts  []post         `json:"posts"`
}

type post struct {
	Agency string       `json:"agency"`
	Role   account.Role `json:"role"`
	For    string       `json:"for,omitempty" doc:"The absent person whose post it is."`
	// Languages are as the account room has them.
	Languages account.Languages `json:"languages,omitempty" doc:"Those to which the post is limited; absent: it counts in every language."`
}

// readSelf answers for whom the token speaks.
func (a *API) readSelf(c *call, _ nothing) (self, error) {
	answer := self{ID: c.actor.ID, Name: c.actor.Name, Token: c.actor.Token, Scopes: c.actor.Scopes, Posts: []post{}}
	for _, p := range c.actor.Posts {
		answer.Posts = append(answer.Posts, post(p))
	}
	return answer, nil
}

type agencyList struct {
	Agencies []agencyEntry `json:"agencies"`
}

type agencyEntry struct {
	ID    string            `json:"id"`
	Code  string            `json:"code"`
	Names map[string]string `json:"names" doc:"By language, as they are now."`
	Ended time.Time         `json:"ended,omitzero" doc:"From when on another stands in its place."`
}

func (a *API) listAgencies(c *call, _ nothing) (agencyList, error) {
	all, err := a.Agencies.All(c.ctx)
	answer := agencyList{make([]agencyEntry, len(all))}
	for i, it := range all {
		answer.Agencies[i] = agencyEntry{it.ID, it.Code, it.Names, it.Ended}
	}
	return answer, err
}

type sectionList struct {
	Sections []sectionEntry `json:"sections"`
}

type sectionEntry struct {
	ID       string                 `json:"id"`
	Code     string                 `json:"code"`
	Parent   string                 `json:"parent,omitempty" doc:"Id of the section above it."`
	Position int                    `json:"position"`
	Names    map[string]sectionName `json:"names" doc:"By language."`
	Closed   time.Time              `json:"closed,omitzero" doc:"Since when nothing new goes into it."`
}

type sectionName struct {
	Name        string `json:"name"`
	Slug        string `json:"slug,omitempty"`
	Description string `json:"description,omitempty"`
}

func (a *API) listSections(c *call, _ nothing) (sectionList, error) {
	all, err := a.Sections.All(c.ctx)
	answer := sectionList{make([]sectionEntry, len(all))}
	for i, it := range all {
		answer.Sections[i] = sectionOf(it)
	}
	return answer, err
}

func sectionOf(s section.Section) sectionEntry {
	names := map[string]sectionName{}
	for lang, n := range s.Names {
		names[lang] = sectionName{n.Name, n.Slug, n.Description}
	}
	return sectionEntry{s.ID, s.Code, s.ParentID, s.Position, names, s.Closed}
}

type outletList struct {
	Outlets []outletEntry `json:"outlets"`
}

type outletEntry struct {
	ID        string            `json:"id"`
	Code      string            `json:"code"`
	Agency    string            `json:"agency"`
	Hosts     []string          `json:"hosts" doc:"The first is canonical."`
	Languages []string          `json:"languages" doc:"The first is the default."`
	Names     map[string]string `json:"names" doc:"By language."`
}

func (a *API) listOutlets(c *call, _ nothing) (outletList, error) {
	all, err := a.Outlets.All(c.ctx)
	answer := outletList{make([]outletEntry, len(all))}
	for i, it := range all {
		answer.Outlets[i] = outletOf(it)
	}
	return answer, err
}

func outletOf(o outlet.Outlet) outletEntry {
	names := map[string]string{}
	for lang, t := range o.Texts {
		names[lang] = t.Name
	}
	return outletEntry{o.ID, o.Code, o.Agency, list(o.Hosts), list(o.Languages), names}
}

type placeQuery struct {
	Words string    `query:"words" doc:"Of a name that it has or once had, with or without marks."`
	At    time.Time `query:"at" doc:"Places that were there at this moment, as they were."`
}

type placeList struct {
	Places []placeEntry `json:"places"`
}

type placeEntry struct {
	ID     string            `json:"id"`
	Code   string            `json:"code"`
	Kind   string            `json:"kind" doc:"Its rank, such as province, commune or ward."`
	Names  map[string]string `json:"names" doc:"By language."`
	Within string            `json:"within,omitempty" doc:"Id of the place it is part of."`
	Began  time.Time         `json:"began,omitzero"`
	Ended  time.Time         `json:"ended,omitzero"`
}

func (a *API) listPlaces(c *call, in placeQuery) (placeList, error) {
	found, err := a.Places.Find(c.ctx, in.Words, in.At)
	answer := placeList{make([]placeEntry, len(found))}
	for i, it := range found {
		answer.Places[i] = placeOf(it)
	}
	return answer, err
}

func placeOf(p place.Place) placeEntry {
	return placeEntry{p.ID, p.Code, p.Kind, p.Names, p.Within, p.Began, p.Ended}
}

// readDocument answers this interface's own description, which is no secret.
func (a *API) readDocument(*call, nothing) (raw, error) { return a.document, nil }
