package newsroomapi

import (
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/wording"
)

// basis is the legal document that an act rests on.
type basis struct {
	Document string    `json:"document,omitempty" doc:"Its number and title."`
	On       time.Time `json:"on,omitzero" doc:"Its date."`
	Link     string    `json:"link,omitempty" doc:"Where it can be read."`
}

func basisOf(b release.Basis) basis { return basis(b) }

// formerName is a name with the days on which it was valid.
type formerName struct {
	Lang string    `json:"lang"`
	Name string    `json:"name"`
	Kind string    `json:"kind,omitempty" doc:"Of a place: its rank then."`
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// relation reads as a sentence: from, kind, to.
type relation struct {
	Kind  string    `json:"kind" doc:"merged_into, split_from; of places also renamed, upgraded, part_of."`
	From  string    `json:"from"`
	To    string    `json:"to"`
	At    time.Time `json:"at,omitzero"`
	Until time.Time `json:"until,omitzero"`
	Basis basis     `json:"basis"`
}

type agencyIn struct {
	Agency string `path:"agency" doc:"Id of the agency."`
}

// agencyRecord is an agency with its past.
type agencyRecord struct {
	agencyEntry
	History   []formerName `json:"history" doc:"Every name it ever had, the oldest first."`
	Relations []relation   `json:"relations"`
	Behind    []late       `json:"behind" doc:"Names that are behind their source."`
}

func (r agencyRecord) location() string { return "/agencies/" + r.ID }

// readAgency answers an agency with its past.
func (a *API) readAgency(c *call, in agencyIn) (agencyRecord, error) {
	it, err := a.Agencies.Get(c.ctx, in.Agency)
	if err != nil {
		return agencyRecord{}, err
	}
	names, err := a.Agencies.History(c.ctx, in.Agency)
	if err != nil {
		return agencyRecord{}, err
	}
	relations, err := a.Agencies.Relations(c.ctx, in.Agency)
	if err != nil {
		return agencyRecord{}, err
	}
	behind, err := a.lateWords(c, wording.Agency, in.Agency)
	answer := agencyRecord{agencyEntry{it.ID, it.Code, it.Names, it.Ended}, []formerName{}, []relation{}, behind}
	for _, n := range names {
		answer.History = append(answer.History, formerName{Lang: n.Lang, Name: n.Name, From: n.From, To: n.To})
	}
	for _, r := range relations {
		answer.Relations = append(answer.Relations, relation{Kind: string(r.Kind), From: r.From, To: r.To, At: r.At, Basis: basisOf(r.Basis)})
	}
	return answer, err
}

type addAgencyIn struct {
	Body struct {
		Code      string            `json:"code"`
		Names     map[string]string `json:"names" doc:"By language."`
		SplitFrom string            `json:"split_from,omitempty" doc:"Id of the agency it was part of."`
		At        time.Time         `json:"at,omitzero" doc:"Of the split; now when absent."`
		Basis     basis             `json:"basis,omitzero"`
	} `body:"json"`
}

// addAgency sets up an agency.
func (a *API) addAgency(c *call, in addAgencyIn) (agencyRecord, error) {
	b := in.Body
	id, err := a.Agencies.Add(c.ctx, c.actor, agency.Founding{
		Code: b.Code, Names: b.Names, SplitFrom: b.SplitFrom, At: b.At.UTC(), Basis: release.Basis(b.Basis),
	})
	if err != nil {
		return agencyRecord{}, err
	}
	return a.readAgency(c, agencyIn{id})
}

type renameAgencyIn struct {
	agencyIn
	Body struct {
		Names map[string]string `json:"names" doc:"By language; those that are absent stay."`
		From  time.Time         `json:"from,omitzero" doc:"Since when; now when absent."`
		Basis basis             `json:"basis,omitzero"`
	} `body:"json"`
}

// renameAgency gives an agency other names.
func (a *API) renameAgency(c *call, in renameAgencyIn) (agencyRecord, error) {
	err := a.Agencies.Rename(c.ctx, c.actor, in.Agency, agency.Renaming{Names: in.Body.Names, From: in.Body.From.UTC(), Basis: release.Basis(in.Body.Basis)})
	if err != nil {
		return agencyRecord{}, err
	}
	return a.readAgency(c, in.agencyIn)
}

type setTargetsIn struct {
	agencyIn
	Body targetList `body:"json"`
}

// setTargets says how soon an agency's news must be with readers.
func (a *API) setTargets(c *call, in setTargetsIn) (targetList, error) {
	targets := make([]newsroom.Target, len(in.Body.Targets))
	for i, t := range in.Body.Targets {
		targets[i] = newsroom.Target(t)
	}
	if err := a.Newsroom.SetTargets(c.ctx, c.actor, in.Agency, targets); err != nil {
		return targetList{}, err
	}
	return a.listTargets(c, targetsIn{in.Agency})
}

// listColleagues answers who sees an agency's editions, to those who do.
func (a *API) listColleagues(c *call, in agencyIn) (colleagues, error) {
	if _, sees := c.actor.May(account.View, in.Agency); !sees {
		return colleagues{}, fault.New(fault.Forbidden, "error.verb.role")
	}
	all, err := a.Accounts.Permitted(c.ctx, account.View, in.Agency)
	answer := colleagues{People: people{}}
	for _, p := range all {
		answer.People[p.ID] = p.Name
	}
	return answer, err
}

type colleagues struct {
	People people `json:"people" doc:"Names by person id."`
}

type sectionIn struct {
	Section string `path:"section" doc:"Id of the section."`
}

// sectionRecord is a section with what of it is behind.
type sectionRecord struct {
	sectionEntry
	Behind []late `json:"behind" doc:"Names and descriptions that are behind their source."`
}

func (s sectionRecord) location() string { return "/sections/" + s.ID }

// readSection answers a section.
func (a *API) readSection(c *call, in sectionIn) (sectionRecord, error) {
	it, err := a.Sections.Get(c.ctx, in.Section)
	if err != nil {
		return sectionRecord{}, err
	}
	behind, err := a.lateWords(c, wording.Section, in.Section)
	return sectionRecord{sectionOf(it), behind}, err
}

type addSectionIn struct {
	Body struct {
		Code   string                 `json:"code"`
		Parent string                 `json:"parent,omitempty" doc:"Code of the section above it."`
		Names  map[string]sectionName `json:"names" doc:"By language; without a slug one is made of the name."`
	} `body:"json"`
}

// addSection sets up a section, behind its neighbours.
func (a *API) addSection(c *call, in addSectionIn) (sectionRecord, error) {
	s := section.Section{Code: in.Body.Code, ParentCode: in.Body.Parent, Names: map[string]section.Name{}}
	for lang, n := range in.Body.Names {
		s.Names[lang] = section.Name{Name: n.Name, Slug: n.Slug, Description: n.Description}
	}
	id, err := a.Sections.Add(c.ctx, c.actor, s)
	return a.sectionNow(c, id, err)
}

// sectionNow answers a section after something was done with it.
func (a *API) sectionNow(c *call, id string, err error) (sectionRecord, error) {
	if err != nil {
		return sectionRecord{}, err
	}
	return a.readSection(c, sectionIn{id})
}

type renameSectionIn struct {
	sectionIn
	Lang string      `path:"lang"`
	Body sectionName `body:"json"`
}

// renameSection gives a section another name, slug or description in a language.
func (a *API) renameSection(c *call, in renameSectionIn) (sectionRecord, error) {
	err := a.Sections.Rename(c.ctx, c.actor, in.Section, in.Lang, section.Name{Name: in.Body.Name, Slug: in.Body.Slug, Description: in.Body.Description})
	return a.sectionNow(c, in.Section, err)
}

type moveSectionIn struct {
	sectionIn
	Body struct {
		Parent string `json:"parent" doc:"Id of the section above it; empty for the top."`
	} `body:"json"`
}

// moveSection puts a section, with all below it, under another one.
func (a *API) moveSection(c *call, in moveSectionIn) (sectionRecord, error) {
	return a.sectionNow(c, in.Section, a.Sections.Move(c.ctx, c.actor, in.Section, in.Body.Parent))
}

type shiftSectionIn struct {
	sectionIn
	Body struct {
		By int `json:"by" min:"-1000" max:"1000" doc:"Places; negative towards the front."`
	} `body:"json"`
}

// shiftSection moves a section among its neighbours.
func (a *API) shiftSection(c *call, in shiftSectionIn) (sectionRecord, error) {
	return a.sectionNow(c, in.Section, a.Sections.Shift(c.ctx, c.actor, in.Section, in.Body.By))
}

type closeSectionIn struct {
	sectionIn
	Body struct {
		Closed bool `json:"closed"`
	} `body:"json"`
}

// closeSection lets nothing new into a section, or lets it in again.
func (a *API) closeSection(c *call, in closeSectionIn) (sectionRecord, error) {
	set := a.Sections.Reopen
	if in.Body.Closed {
		set = a.Sections.Close
	}
	return a.sectionNow(c, in.Section, set(c.ctx, c.actor, in.Section))
}
