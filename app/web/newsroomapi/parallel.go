package newsroomapi

import (
	"errors"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/parallel"
)

// alongside is a translation laid beside its source.
type alongside struct {
	Revision   int       `json:"revision" doc:"Number of the translation's newest revision."`
	SourceLang string    `json:"source_lang"`
	Source     int       `json:"source" doc:"Number of the newest revision of what it is translated from."`
	Version    int64     `json:"version" doc:"Grows whenever somebody saves or says that something is still right."`
	Loose      bool      `json:"loose" doc:"It cannot be told which paragraphs of the translation belong to which of the source."`
	Passages   []passage `json:"passages" doc:"In the order of the source."`
}

type passage struct {
	ID       string            `json:"id" doc:"Names it for as long as the source says the same there."`
	Field    string            `json:"field,omitempty" doc:"Of a field of the text: its name; absent of paragraphs of the body."`
	What     parallel.What     `json:"what" doc:"fresh: the source says what was translated; stale: something else; new: it is not translated; gone: the source has it no more; unsure: it cannot be told which it was."`
	Moved    bool              `json:"moved,omitempty"`
	Old      string            `json:"old,omitempty" doc:"What was translated, of what is not fresh."`
	New      string            `json:"new,omitempty" doc:"What the source says now."`
	Text     string            `json:"text" doc:"The translation; several paragraphs have a blank line between them."`
	Severity parallel.Severity `json:"severity,omitempty" doc:"Of what is not fresh: critical when a figure, a date, a name, a document number or a denial changed, else minor."`
	Reasons  []changedFact     `json:"reasons,omitempty"`
	Diff     []piece           `json:"diff,omitempty" doc:"From old to new."`
}

// changedFact is why a change is critical.
type changedFact struct {
	Matter parallel.Matter `json:"matter" doc:"figure, date, document, name or negation."`
	Old    string          `json:"old,omitempty"`
	New    string          `json:"new,omitempty"`
}

// readParallel answers a translation beside its source.
func (a *API) readParallel(c *call, in ref) (alongside, error) {
	p, err := a.Newsroom.Parallel(c.ctx, c.actor, in.ref())
	if err != nil {
		return alongside{}, err
	}
	answer := alongside{Revision: p.Revision.Number, SourceLang: p.Source.Ref.Lang, Source: p.Source.Number, Version: p.Version, Loose: p.Loose(), Passages: []passage{}}
	for _, s := range p.Passages {
		one := passage{ID: s.ID, Field: s.Key, What: s.What, Moved: s.Moved, Old: s.Old, New: s.New, Text: s.Target, Severity: s.Severity}
		for _, r := range s.Reasons {
			one.Reasons = append(one.Reasons, changedFact(r))
		}
		for _, d := range s.Diff {
			one.Diff = append(one.Diff, piece{pieceOps[d.Op], d.Text})
		}
		answer.Passages = append(answer.Passages, one)
	}
	return answer, nil
}

type saveParallelIn struct {
	ref
	Body struct {
		Base     int           `json:"base" doc:"The translation's revision that was started from."`
		Source   int           `json:"source" doc:"The source's revision that was looked at."`
		Version  int64         `json:"version"`
		Note     string        `json:"note,omitempty" doc:"Why it is saved, for those who read the history."`
		Passages []donePassage `json:"passages" doc:"Those that were dealt with. All others stay as they are, and as far behind."`
	} `body:"json"`
}

type donePassage struct {
	ID    string  `json:"id"`
	Text  *string `json:"text,omitempty" doc:"The translation; absent, it stays."`
	Right bool    `json:"right,omitempty" doc:"It is right for the source as it is now."`
}

// saveParallel keeps what was done with passages of a translation.
func (a *API) saveParallel(c *call, in saveParallelIn) (saved, error) {
	ref := in.ref.ref()
	p, err := a.Newsroom.Parallel(c.ctx, c.actor, ref)
	if err != nil {
		return saved{}, err
	}
	typed := p.Typed()
	typed.Source, typed.Version = in.Body.Source, in.Body.Version
	for _, done := range in.Body.Passages {
		i := slices.IndexFunc(p.Passages, func(s newsroom.Passage) bool { return s.ID == done.ID })
		if i < 0 { // it was there of another source
			return saved{}, fault.New(fault.Conflict, "error.translation.moved_on")
		}
		if typed.Cells[i].Right = done.Right; done.Text != nil {
			typed.Cells[i].Text = *done.Text
		}
	}
	rev, err := a.Newsroom.SaveSide(c.ctx, c.actor, ref, in.Body.Base, typed, in.Body.Note)
	var conflict *newsroom.ConflictError
	if errors.As(err, &conflict) {
		err = &tooLate{conflict, typed.Over(p.Revision.Content)}
	}
	if err != nil {
		return saved{}, err
	}
	return a.savedAs(c, ref, rev)
}

type stillRightIn struct {
	ref
	Body struct {
		Source   int      `json:"source" doc:"The source's revision that was looked at."`
		Version  int64    `json:"version"`
		Passages []string `json:"passages" doc:"Ids of those that are right as they stand."`
	} `body:"json"`
}

// sayRight says of passages that they are right for the source as it is now.
func (a *API) sayRight(c *call, in stillRightIn) (standing, error) {
	ref := in.ref.ref()
	if err := a.Newsroom.SayRight(c.ctx, c.actor, ref, in.Body.Version, in.Body.Source, in.Body.Passages...); err != nil {
		return standing{}, err
	}
	return a.standing(c, ref)
}
