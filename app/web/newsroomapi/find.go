package newsroomapi

import (
	"html/template"

	"doingoai/app/newsroom"
)

type findIn struct {
	Words  string         `query:"q" max:"800" required:"true" doc:"As in the desk's search: words, \"words in this order\", with or without marks."`
	State  newsroom.State `query:"state"`
	Lang   string         `query:"lang"`
	Agency string         `query:"agency"`
	Page   int            `query:"page" min:"1" max:"500" doc:"From 1."`
}

// foundEdition is an edition with what was found in it, as safe HTML in which
// the words stand in mark elements.
type foundEdition struct {
	edition
	Title   template.HTML `json:"title" doc:"The headline as safe HTML, with the words in mark elements."`
	Excerpt template.HTML `json:"excerpt" doc:"Of the text, likewise; empty when the words are not there."`
}

type foundList struct {
	Editions []foundEdition         `json:"editions" doc:"The best first."`
	Total    int                    `json:"total"`
	More     bool                   `json:"more" doc:"There is another page."`
	States   map[newsroom.State]int `json:"states" doc:"How many there would be in each state, as if none had been asked for."`
	Langs    map[string]int         `json:"langs"`
	Agencies map[string]int         `json:"agencies"`
	Filling  bool                   `json:"filling" doc:"The index is new: there may be more in a while."`
	People   people                 `json:"people"`
}

// findEditions answers which of the person's editions hold some words.
func (a *API) findEditions(c *call, in findIn) (foundList, error) {
	found, err := a.Find(c.ctx, c.actor, newsroom.Wanted(in))
	if err != nil {
		return foundList{}, err
	}
	answer := foundList{
		Editions: make([]foundEdition, len(found.Hits)), Total: found.Total, More: found.More,
		States: found.States, Langs: found.Langs, Agencies: found.Agencies, Filling: found.Filling,
	}
	var ids []string
	for i, hit := range found.Hits {
		answer.Editions[i] = foundEdition{editionOf(hit.Edition), hit.Title, hit.Excerpt}
		ids = append(ids, answer.Editions[i].concerned()...)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

type savedList struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Query string `json:"query" doc:"Of the address of the desk's list, such as state=draft&mine=1."`
}

type savedLists struct {
	Lists []savedList `json:"lists" doc:"By name."`
}

// listLists answers the lists that the person wants to find again.
func (a *API) listLists(c *call, _ nothing) (savedLists, error) {
	searches, err := a.Newsroom.SavedSearches(c.ctx, c.actor)
	answer := savedLists{make([]savedList, len(searches))}
	for i, s := range searches {
		answer.Lists[i] = savedList(s)
	}
	return answer, err
}

type saveListIn struct {
	Body struct {
		Name  string `json:"name"`
		Query string `json:"query"`
	} `body:"json"`
}

// saveList remembers a list.
func (a *API) saveList(c *call, in saveListIn) (nothing, error) {
	return nothing{}, a.Newsroom.SaveSearch(c.ctx, c.actor, in.Body.Name, in.Body.Query)
}

type listIn struct {
	ID string `path:"id"`
}

// forgetList forgets a list of the person's own.
func (a *API) forgetList(c *call, in listIn) (nothing, error) {
	return nothing{}, a.Newsroom.ForgetSearch(c.ctx, c.actor, in.ID)
}
