package newsroomapi

import (
	"time"

	"doingoai/app/newsroom"
)

// placedWords is an outlet's own over a story; what is empty is the story's.
type placedWords struct {
	Kicker     string `json:"kicker,omitempty"`
	Headline   string `json:"headline,omitempty"`
	Standfirst string `json:"standfirst,omitempty"`
}

// placement is how an outlet stands to an edition.
type placement struct {
	Outlet    string               `json:"outlet" doc:"Id."`
	Agency    string               `json:"agency" doc:"Id of the outlet's agency."`
	Main      bool                 `json:"main,omitempty" doc:"Its address of the story is the canonical one."`
	State     newsroom.Placing     `json:"state"`
	Reason    string               `json:"reason,omitempty"`
	Words     placedWords          `json:"words"`
	Draft     *placedWords         `json:"draft,omitempty" doc:"Words that somebody else at the outlet has to approve."`
	DraftedBy string               `json:"drafted_by,omitempty" doc:"Person id."`
	DecidedBy string               `json:"decided_by,omitempty" doc:"Person id."`
	PublishAt time.Time            `json:"publish_at,omitzero"`
	LiveAt    time.Time            `json:"live_at,omitzero"`
	Check     time.Time            `json:"check_since,omitzero" doc:"The story was changed then; the outlet's words are to be compared with it."`
	CheckFor  newsroom.Change      `json:"check_for,omitempty" doc:"How it was changed: correction or major."`
	CheckDue  time.Time            `json:"check_due,omitzero" doc:"By when, after a correction."`
	Hash      string               `json:"hash" doc:"Names what was read here; a verb sends it back."`
	Verbs     []newsroom.PlaceVerb `json:"verbs" doc:"What this person may do with it now."`
}

func placementOf(p newsroom.Placement) placement {
	answer := placement{
		Outlet: p.Outlet, Agency: p.Agency, Main: p.Canonical, State: p.Placing, Reason: p.Reason, Words: placedWords(p.Words),
		DraftedBy: p.DraftedBy, DecidedBy: p.DecidedBy, PublishAt: p.PublishAt, LiveAt: p.LiveAt, Check: p.CheckSince,
		CheckFor: p.CheckFor, CheckDue: p.CheckDue(),
		Hash: p.Hash, Verbs: list(p.Verbs),
	}
	if p.Draft != nil {
		draft := placedWords(*p.Draft)
		answer.Draft = &draft
	}
	return answer
}

type placementList struct {
	Text       text        `json:"text,omitzero" doc:"What the outlets decide about: what readers have, else what is approved, else the newest."`
	Placements []placement `json:"placements" doc:"Empty before the edition is approved."`
	People     people      `json:"people"`
}

// listPlacements answers how the outlets that an edition names stand to it.
func (a *API) listPlacements(c *call, in ref) (placementList, error) {
	return a.placements(c, in.ref())
}

func (a *API) placements(c *call, ref newsroom.Ref) (placementList, error) {
	offer, err := a.Newsroom.Offer(c.ctx, c.actor, ref)
	if err != nil {
		return placementList{}, err
	}
	answer := placementList{Text: textOf(offer.Text.Content), Placements: []placement{}}
	var ids []string
	for _, p := range offer.Placements {
		answer.Placements = append(answer.Placements, placementOf(p))
		ids = append(ids, p.DraftedBy, p.DecidedBy)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

type placeIn struct {
	ref
	Outlet string `path:"outlet" doc:"Id of the outlet."`
	Body   struct {
		Verb   newsroom.PlaceVerb `json:"verb"`
		Hash   string             `json:"hash" doc:"Of the placement that was read."`
		Words  placedWords        `json:"words,omitzero" doc:"With word."`
		At     time.Time          `json:"at,omitzero" doc:"With carry: since when; absent: at once, or with the edition."`
		Reason string             `json:"reason,omitempty" doc:"With decline and drop."`
	} `body:"json"`
}

// placeOn does something with how an outlet carries an edition.
func (a *API) placeOn(c *call, in placeIn) (placementList, error) {
	ref := in.ref.ref()
	err := a.Newsroom.Place(c.ctx, c.actor, ref, in.Outlet, in.Body.Verb, newsroom.PlaceAsk{
		Hash: in.Body.Hash, Words: newsroom.Words(in.Body.Words), At: in.Body.At, Reason: in.Body.Reason,
	})
	if err != nil {
		return placementList{}, err
	}
	return a.placements(c, ref)
}
