package newsroomapi

import (
	"time"

	"doingoai/app/place"
	"doingoai/app/release"
)

// placeRecord is a place with its past.
type placeRecord struct {
	placeEntry
	History   []formerName `json:"history" doc:"Every name and rank it ever had, the oldest first."`
	Relations []relation   `json:"relations"`
}

func (r placeRecord) location() string { return "/places/" + r.ID }

type onePlace struct {
	Place string `path:"place" doc:"Id of the place."`
}

// readPlace answers a place with its past.
func (a *API) readPlace(c *call, in onePlace) (placeRecord, error) {
	it, err := a.Places.Get(c.ctx, in.Place)
	if err != nil {
		return placeRecord{}, err
	}
	names, err := a.Places.History(c.ctx, in.Place)
	if err != nil {
		return placeRecord{}, err
	}
	relations, err := a.Places.Relations(c.ctx, in.Place)
	answer := placeRecord{placeOf(it), []formerName{}, []relation{}}
	for _, n := range names {
		answer.History = append(answer.History, formerName(n))
	}
	for _, r := range relations {
		answer.Relations = append(answer.Relations, relation{r.Kind, r.From, r.To, r.At, r.Until, basisOf(r.Basis)})
	}
	return answer, err
}

// placeNow answers a place after something was done with it.
func (a *API) placeNow(c *call, id string, err error) (placeRecord, error) {
	if err != nil {
		return placeRecord{}, err
	}
	return a.readPlace(c, onePlace{id})
}

// act is when something was done to places, and on what basis.
type placeAct struct {
	At    time.Time `json:"at,omitzero" doc:"From which day on; now when absent."`
	Basis basis     `json:"basis,omitzero"`
}

func (p placeAct) act() place.Act { return place.Act{At: p.At.UTC(), Basis: release.Basis(p.Basis)} }

type addPlaceIn struct {
	Body struct {
		Code      string            `json:"code"`
		Kind      string            `json:"kind" doc:"Its rank, such as province, commune or ward."`
		Names     map[string]string `json:"names" doc:"By language."`
		Within    string            `json:"within,omitempty" doc:"Id of the place it is part of."`
		SplitFrom string            `json:"split_from,omitempty" doc:"Id of the place it was part of before."`
		placeAct
	} `body:"json"`
}

// addPlace puts a place on record. One without a day was there before our records.
func (a *API) addPlace(c *call, in addPlaceIn) (placeRecord, error) {
	b := in.Body
	id, err := a.Places.Add(c.ctx, c.actor, place.Founding{
		Code: b.Code, Kind: b.Kind, Names: b.Names, Within: b.Within, SplitFrom: b.SplitFrom, At: b.At.UTC(), Basis: release.Basis(b.Basis),
	})
	return a.placeNow(c, id, err)
}

type renamePlaceIn struct {
	onePlace
	Body struct {
		Names map[string]string `json:"names" doc:"By language; those that are absent stay."`
		Kind  string            `json:"kind,omitempty" doc:"Its new rank; absent: as before."`
		placeAct
	} `body:"json"`
}

// renamePlace gives a place other names, or another rank, from a day on.
func (a *API) renamePlace(c *call, in renamePlaceIn) (placeRecord, error) {
	return a.placeNow(c, in.Place, a.Places.Rename(c.ctx, c.actor, in.Place, in.Body.Kind, in.Body.Names, in.Body.act()))
}

type putPlaceIn struct {
	onePlace
	Body struct {
		Within string `json:"within" doc:"Id of the place it becomes part of; empty: of none."`
		placeAct
	} `body:"json"`
}

// putPlace makes a place part of another one from a day on.
func (a *API) putPlace(c *call, in putPlaceIn) (placeRecord, error) {
	return a.placeNow(c, in.Place, a.Places.Put(c.ctx, c.actor, in.Place, in.Body.Within, in.Body.act()))
}

type mergePlacesIn struct {
	Body struct {
		From []string `json:"from" doc:"Ids of those that end."`
		Into []string `json:"into" doc:"Ids of those they become part of."`
		placeAct
	} `body:"json"`
}

// mergePlaces ends places on the day on which they become part of others.
func (a *API) mergePlaces(c *call, in mergePlacesIn) (nothing, error) {
	return nothing{}, a.Places.Merge(c.ctx, c.actor, in.Body.From, in.Body.Into, in.Body.act())
}
