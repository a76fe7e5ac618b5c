package newsroomapi

import (
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
)

// moment is when readers got another text of an edition, or lost it.
type moment struct {
	At time.Time `json:"at"`
	Op string    `json:"op" doc:"put: they got a text; withdraw: they lost it."`
}

type momentList struct {
	Moments []moment `json:"moments" doc:"The newest first."`
}

// listMoments answers when readers got another text of an edition, or lost it.
func (a *API) listMoments(c *call, in ref) (momentList, error) {
	found, err := a.Newsroom.Moments(c.ctx, c.actor, in.ref())
	answer := momentList{Moments: make([]moment, len(found))}
	for i, m := range found {
		answer.Moments[i] = moment{m.At, string(m.Op)}
	}
	return answer, err
}

type pastIn struct {
	ref
	At time.Time `query:"at" required:"true" doc:"The moment (RFC 3339)."`
}

// past is what readers had at a moment.
type past struct {
	At      time.Time `json:"at"`
	Since   time.Time `json:"since" doc:"When they got it, or lost it."`
	Op      string    `json:"op" doc:"put: they had the text below; withdraw: only the notice that it was withdrawn."`
	Outlets []string  `json:"outlets" doc:"Ids of those on which it stood, the canonical one first."`
	Text    *pastText `json:"text,omitempty"`
	Note    string    `json:"note,omitempty" doc:"Why it was withdrawn, as readers were told."`
}

type pastText struct {
	Kicker     string           `json:"kicker,omitempty"`
	Headline   string           `json:"headline"`
	Standfirst string           `json:"standfirst,omitempty"`
	HTML       string           `json:"html"`
	Byline     string           `json:"byline,omitempty"`
	AI         []string         `json:"ai,omitempty" doc:"What a machine made of it."`
	LeadMedia  string           `json:"lead_media,omitempty"`
	Files      []string         `json:"files" doc:"Hashes of the files that html refers to."`
	Published  time.Time        `json:"published" doc:"For the first time."`
	Updated    time.Time        `json:"updated"`
	Revision   string           `json:"revision" doc:"The hash that was approved."`
	Correction []pastCorrection `json:"corrections" doc:"The newest first."`
}

type pastCorrection struct {
	Note  string    `json:"note"`
	Right string    `json:"right,omitempty"`
	At    time.Time `json:"at"`
}

// readPast answers what readers had of an edition at a moment. That it was asked
// for is in the trail.
func (a *API) readPast(c *call, in pastIn) (past, error) {
	had, err := a.Newsroom.AsRead(c.ctx, c.actor, in.ref.ref(), in.At)
	if err != nil {
		return past{}, err
	}
	answer := past{At: had.At, Since: had.Since, Outlets: list(had.On())}
	switch {
	case had.Article != nil:
		answer.Op, answer.Text = string(release.Put), pastTextOf(had.Article)
	case had.Stone != nil:
		answer.Op, answer.Note = string(release.Withdraw), had.Stone.Note
	default:
		return past{}, fault.New(fault.NotFound, "error.past.nothing", "Time", in.At)
	}
	return answer, nil
}

func pastTextOf(doc *release.Article) *pastText {
	t := &pastText{
		Kicker: doc.Kicker, Headline: doc.Title, Standfirst: doc.Standfirst, HTML: string(doc.HTML), Byline: doc.Byline, AI: doc.AI,
		Files: []string{}, Published: doc.Published, Updated: doc.Updated, Revision: doc.Revision, Correction: []pastCorrection{},
	}
	if doc.Lead != nil {
		t.LeadMedia = doc.Lead.Hash
	}
	for _, f := range doc.Files {
		t.Files = append(t.Files, f.Hash)
	}
	for _, said := range doc.Corrections() {
		t.Correction = append(t.Correction, pastCorrection{said.Note, said.Right, said.At})
	}
	return t
}
