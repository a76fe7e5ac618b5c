package newsroomapi

import (
	"time"

	"doingoai/app/newsroom"
)

// finding is something that stands out in a text.
type finding struct {
	Key     string        `json:"key" doc:"Names it: a reason is of exactly this."`
	Sort    newsroom.Sort `json:"sort" doc:"figure or term."`
	Kind    string        `json:"kind" doc:"missing, extra, changed, scale, unit, written or unsaid of a figure; missing or forbidden of a term."`
	Field   string        `json:"field,omitempty" doc:"Where it is; absent of the body."`
	From    string        `json:"from,omitempty" doc:"What the source says."`
	To      string        `json:"to,omitempty" doc:"What the text says."`
	Want    []string      `json:"want,omitempty" doc:"What it should say."`
	Blocks  bool          `json:"blocks" doc:"It keeps the text from being approved until it is mended or explained."`
	Locked  bool          `json:"locked,omitempty" doc:"An official name: it cannot be explained."`
	Reason  string        `json:"reason,omitempty" doc:"Why it is right."`
	By      string        `json:"by,omitempty" doc:"Person id of who said so."`
	At      time.Time     `json:"at,omitzero"`
	Passage int           `json:"passage" doc:"The place among the translation's passages; -1 of the text as a whole."`
}

func findingsOf(found []newsroom.Finding) []finding {
	list := make([]finding, len(found))
	for i, f := range found {
		list[i] = finding{f.Key, f.Sort, f.Kind, f.Field, f.From, f.To, f.Want, f.Blocks, f.Locked, f.Reason, f.By, f.At, f.Passage}
	}
	return list
}

type explainIn struct {
	ref
	Key  string `path:"key" doc:"Of the finding."`
	Body struct {
		Hash   string `json:"hash" doc:"Of the revision that was looked at."`
		Reason string `json:"reason,omitempty" doc:"Why it is right; empty takes back what was said."`
	} `body:"json"`
}

// explainFinding says why something that stands out is right.
func (a *API) explainFinding(c *call, in explainIn) (standing, error) {
	ref := in.ref.ref()
	if err := a.Newsroom.Explain(c.ctx, c.actor, ref, in.Body.Hash, in.Key, in.Body.Reason); err != nil {
		return standing{}, err
	}
	return a.standing(c, ref)
}
