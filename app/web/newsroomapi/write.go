package newsroomapi

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/newsroom"
)

// standing is where an edition stands after something was done with it.
type standing struct {
	Edition edition         `json:"edition"`
	Hash    string          `json:"hash" doc:"Of the newest revision: what verbs ask for."`
	MaySave bool            `json:"may_save"`
	Verbs   []newsroom.Verb `json:"verbs" doc:"What the token's person may do now."`
	People  people          `json:"people"`
}

func (s standing) location() string {
	return pathOf(newsroom.Ref{Item: s.Edition.Item, Lang: s.Edition.Lang})
}

func (a *API) standing(c *call, ref newsroom.Ref) (standing, error) {
	s, err := a.Newsroom.Open(c.ctx, c.actor, ref)
	if err != nil {
		return standing{}, err
	}
	answer := standing{Edition: editionOf(s.Edition), Hash: s.Revision.Hash, MaySave: s.MaySave, Verbs: list(s.Verbs)}
	answer.People, err = a.people(c.ctx, answer.Edition.concerned()...)
	return answer, err
}

type createIn struct {
	Body newItem `body:"json"`
}

type newItem struct {
	Kind   kind.Kind `json:"kind,omitempty" doc:"article when absent."`
	Agency string    `json:"agency" doc:"Id of the agency whose item it is."`
	Lang   string    `json:"lang"`
	Text   text      `json:"text"`
}

// createEdition begins an item with its first edition, as a draft.
func (a *API) createEdition(c *call, in createIn) (standing, error) {
	start := newsroom.Start{Kind: cmp.Or(in.Body.Kind, kind.Article), Agency: in.Body.Agency, Lang: in.Body.Lang, Content: in.Body.Text.content()}
	ref, err := a.Newsroom.Create(c.ctx, c.actor, start)
	if err != nil {
		return standing{}, err
	}
	return a.standing(c, ref)
}

type translateIn struct {
	ref
	Body struct {
		Lang string `json:"lang" doc:"The language to begin an edition in."`
	} `body:"json"`
}

// translateEdition begins an edition of the item in another language.
func (a *API) translateEdition(c *call, in translateIn) (standing, error) {
	ref, err := a.Newsroom.Translate(c.ctx, c.actor, in.ref.ref(), in.Body.Lang)
	if err != nil {
		return standing{}, err
	}
	return a.standing(c, ref)
}

type saveIn struct {
	ref
	Body newText `body:"json"`
}

type newText struct {
	Base   int    `json:"base" doc:"Number of the revision the text was made from. When the edition has moved on, nothing is saved."`
	Source int    `json:"source,omitempty" doc:"Of a translation: number of the source's revision that the translator had before them."`
	Note   string `json:"note,omitempty" doc:"Why it is saved, for those who read the history."`
	Text   text   `json:"text" doc:"The whole text: what is absent is empty, but for replies and facts."`
}

type saved struct {
	Revision revision `json:"revision" doc:"The newest now; the one before when nothing was new."`
	Edition  edition  `json:"edition"`
	People   people   `json:"people"`
}

// saveText keeps a text as a new revision.
func (a *API) saveText(c *call, in saveIn) (saved, error) {
	ref := in.ref.ref()
	before, err := a.Newsroom.Open(c.ctx, c.actor, ref)
	if err != nil {
		return saved{}, err
	}
	content := in.Body.Text.content()
	content.Sample = before.Revision.Content.Sample // a label, not a text that is sent
	if in.Body.Text.Replies == nil {
		content.Replies = before.Revision.Content.Replies
	}
	if in.Body.Text.Facts == nil {
		content.Facts = before.Revision.Content.Facts
	}
	rev, err := a.Newsroom.Keep(c.ctx, c.actor, ref, newsroom.Saving{Base: in.Body.Base, Source: in.Body.Source, Note: in.Body.Note, Content: content})
	var conflict *newsroom.ConflictError
	if errors.As(err, &conflict) {
		err = &tooLate{conflict, content.Tidy()}
	}
	if err != nil {
		return saved{}, err
	}
	return a.savedAs(c, ref, rev)
}

// savedAs answers what was saved.
func (a *API) savedAs(c *call, ref newsroom.Ref, rev newsroom.Revision) (saved, error) {
	now, err := a.Newsroom.Open(c.ctx, c.actor, ref)
	if err != nil {
		return saved{}, err
	}
	answer := saved{Revision: bareRevision(rev), Edition: editionOf(now.Edition)}
	answer.People, err = a.people(c.ctx, append(answer.Edition.concerned(), rev.Author)...)
	return answer, err
}

type actIn struct {
	ref
	IfMatch string `header:"If-Match" doc:"The hash that was looked at, in quotes; the same as hash in the body."`
	Body    act    `body:"json"`
}

// act is a verb with what goes with it.
type act struct {
	Verb      newsroom.Verb              `json:"verb"`
	Hash      string                     `json:"hash,omitempty" doc:"Of the revision that was looked at; of what readers have for confirm. When the edition has moved on, nothing happens."`
	Reason    string                     `json:"reason,omitempty"`
	Note      string                     `json:"note,omitempty" doc:"withdraw, publish: what readers are told."`
	Change    newsroom.Change            `json:"change,omitempty" doc:"publish of what readers have already: minor, or major, which needs a note."`
	Right     string                     `json:"right,omitempty" doc:"correct: what is right; reason says what was wrong."`
	Letters   []string                   `json:"letters,omitempty" doc:"correct: ids of readers' reports that the correction answers."`
	At        time.Time                  `json:"at,omitzero" doc:"schedule, expiry, embargo: when."`
	Languages []string                   `json:"languages,omitempty" doc:"withdraw, of an original: which of its translations that readers have go with it. The others stay, marked."`
	Workflow  string                     `json:"workflow,omitempty" doc:"submit: code of a workflow."`
	To        string                     `json:"to,omitempty" doc:"pass: key of a step."`
	Answers   map[string]newsroom.Answer `json:"answers,omitempty" doc:"By the ids of the questions that the edition's checklists name for the verb."`
}

func (a act) ask() newsroom.Ask {
	return newsroom.Ask{
		Hash: a.Hash, Reason: a.Reason, Note: a.Note, Change: a.Change, Right: a.Right, Letters: a.Letters, At: a.At.UTC(), Languages: a.Languages, Workflow: a.Workflow, To: a.To, Answers: a.Answers,
	}
}

type acted struct {
	Verb     newsroom.Verb `json:"verb" doc:"What was done."`
	Standing *standing     `json:"standing,omitempty" doc:"Absent when the person does not see the edition any more."`
}

// doVerb performs a verb: everything that a person does with an edition but write it.
func (a *API) doVerb(c *call, in actIn) (acted, error) {
	ask := in.Body.ask()
	if in.IfMatch != "" {
		ask.Hash = strings.Trim(strings.TrimPrefix(in.IfMatch, "W/"), `"`)
	}
	if err := a.Newsroom.Do(c.ctx, c.actor, in.ref.ref(), in.Body.Verb, ask); err != nil {
		return acted{}, err
	}
	answer := acted{Verb: in.Body.Verb}
	now, err := a.standing(c, in.ref.ref())
	switch fault.KindOf(err) {
	case "":
		answer.Standing = &now
	case fault.NotFound:
		err = nil
	}
	return answer, err
}

type unsavedText struct {
	Base  int       `json:"base" doc:"The revision it was typed over."`
	Stamp time.Time `json:"stamp,omitzero" doc:"Of the kept text that it continues; when another is kept by then, nothing is replaced."`
	Text  text      `json:"text"`
}

type unsavedAnswer struct {
	Unsaved *unsavedText `json:"unsaved,omitempty" doc:"Absent when there is none."`
}

// readUnsaved answers what the person typed and did not save.
func (a *API) readUnsaved(c *call, in ref) (unsavedAnswer, error) {
	s, err := a.Newsroom.Open(c.ctx, c.actor, in.ref())
	if err != nil || s.Unsaved == nil {
		return unsavedAnswer{}, err
	}
	return unsavedAnswer{&unsavedText{s.Unsaved.Base, s.Unsaved.SavedAt, textOf(s.Unsaved.Content)}}, nil
}

type keepIn struct {
	ref
	Body unsavedText `body:"json"`
}

type kept struct {
	Stamp time.Time `json:"stamp" doc:"Of what is kept now."`
}

// keepUnsaved keeps what is being typed, for the person alone.
func (a *API) keepUnsaved(c *call, in keepIn) (kept, error) {
	at, err := a.Newsroom.Autosave(c.ctx, c.actor, in.ref.ref(), newsroom.Unsaved{
		Base: in.Body.Base, SavedAt: in.Body.Stamp.UTC(), Content: in.Body.Text.content(),
	})
	return kept{at}, err
}

// discardUnsaved forgets what was typed and not saved.
func (a *API) discardUnsaved(c *call, in ref) (nothing, error) {
	return nothing{}, a.Newsroom.Discard(c.ctx, c.actor, in.ref())
}
