package newsroomapi

import (
	"time"

	"doingoai/app/newsroom"
)

// ruling is what was decided about the replies to an item.
type ruling struct {
	Kind     newsroom.RulingKind `json:"kind" doc:"refused: the reply is not published; ended: no more rounds with this party."`
	Exchange string              `json:"exchange"`
	Party    string              `json:"party"`
	Position string              `json:"position,omitempty"`
	Received string              `json:"received,omitempty" doc:"Of a refused reply, like its text."`
	Text     string              `json:"text,omitempty"`
	Rounds   int                 `json:"rounds,omitempty" doc:"Of an ended exchange: how many readers have."`
	Reason   string              `json:"reason"`
	By       string              `json:"by" doc:"Person id."`
	At       time.Time           `json:"at"`
}

type rulingList struct {
	Rulings []ruling `json:"rulings" doc:"The newest first."`
	People  people   `json:"people"`
}

// listRulings answers what was decided about the replies to an item.
func (a *API) listRulings(c *call, in ref) (rulingList, error) {
	rulings, err := a.Newsroom.Rulings(c.ctx, c.actor, in.ref())
	if err != nil {
		return rulingList{}, err
	}
	answer := rulingList{Rulings: make([]ruling, len(rulings))}
	var ids []string
	for i, r := range rulings {
		answer.Rulings[i] = ruling(r)
		ids = append(ids, r.By)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

type refuseIn struct {
	ref
	Body struct {
		Reply  partyReply `json:"reply" doc:"As it came; readers never get it."`
		Reason string     `json:"reason"`
	} `body:"json"`
}

// refuseReply records that a reply is not published, and why.
func (a *API) refuseReply(c *call, in refuseIn) (nothing, error) {
	return nothing{}, a.Newsroom.RefuseReply(c.ctx, c.actor, in.ref.ref(), newsroom.Reply(in.Body.Reply), in.Body.Reason)
}

type endIn struct {
	ref
	Exchange string `path:"exchange" doc:"That of the party's replies."`
	Body     struct {
		Reason string `json:"reason"`
	} `body:"json"`
}

// endExchange records that no more rounds with a party are published, and why.
func (a *API) endExchange(c *call, in endIn) (nothing, error) {
	return nothing{}, a.Newsroom.EndExchange(c.ctx, c.actor, in.ref.ref(), in.Exchange, in.Body.Reason)
}
