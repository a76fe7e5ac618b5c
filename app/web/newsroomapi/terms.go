package newsroomapi

import (
	"bytes"
	"io"
	"time"

	"doingoai/app/release"
	"doingoai/app/term"
)

// rendering is what a term is called in a language.
type rendering struct {
	Lang     string        `json:"lang"`
	Text     string        `json:"text" doc:"A … in it stands for one to four words."`
	Standing term.Standing `json:"standing" doc:"Where there are required ones, a translation has to use one of them or an allowed one; where there are only allowed ones, they are suggestions."`
}

// termText is everything that is said of a term.
type termText struct {
	Agency     string      `json:"agency" doc:"Id of the agency that answers for it."`
	Lang       string      `json:"lang" doc:"Of the wording."`
	Wording    string      `json:"wording"`
	Variants   []string    `json:"variants,omitempty" doc:"Other spellings, by which it is recognised."`
	Renderings []rendering `json:"renderings,omitempty" doc:"In the language of the wording only forbidden ones."`
	Note       string      `json:"note,omitempty"`
	Basis      basis       `json:"basis,omitzero"`
	ValidFrom  time.Time   `json:"valid_from,omitzero"`
	ValidTo    time.Time   `json:"valid_to,omitzero" doc:"From when on it is not valid any more."`
	Locked     bool        `json:"locked,omitempty" doc:"An official name: for those who may lock."`
}

// termRecord is a term as it is kept.
type termRecord struct {
	ID      string `json:"id"`
	Version int    `json:"version" doc:"A change names the one it started from."`
	termText
	ChangedAt time.Time `json:"changed_at"`
}

func (r termRecord) location() string { return "/terms/" + r.ID }

func termOf(t term.Term) termRecord {
	r := termRecord{ID: t.ID, Version: t.Version, ChangedAt: t.ChangedAt, termText: termText{
		Agency: t.Agency, Lang: t.Lang, Wording: t.Wording, Variants: t.Variants, Note: t.Note, Basis: basisOf(t.Basis),
		ValidFrom: t.From, ValidTo: t.To, Locked: t.Locked,
	}}
	for _, x := range t.Renderings {
		r.Renderings = append(r.Renderings, rendering(x))
	}
	return r
}

// term is what was sent, as the room takes it.
func (b termText) term(id string, version int) term.Term {
	t := term.Term{
		ID: id, Version: version, Agency: b.Agency, Lang: b.Lang, Wording: b.Wording, Variants: b.Variants, Note: b.Note,
		Basis: release.Basis(b.Basis), From: b.ValidFrom.UTC(), To: b.ValidTo.UTC(), Locked: b.Locked,
	}
	for _, x := range b.Renderings {
		t.Renderings = append(t.Renderings, term.Rendering(x))
	}
	return t
}

// termFilter says which terms are wanted.
type termFilter struct {
	Words   string `query:"words" doc:"In the wording, a variant or a rendering, with or without marks."`
	In      string `query:"in" max:"20" doc:"A language in which something is said of it."`
	Without string `query:"without" max:"20" doc:"A language in which it has no right rendering."`
	Agency  string `query:"agency" max:"40" doc:"Id of an agency."`
	Locked  bool   `query:"locked" doc:"Only official names."`
	Ended   bool   `query:"ended" doc:"Only those that are over; the others when absent."`
}

func (f termFilter) filter() term.Filter {
	return term.Filter{Words: f.Words, Lang: f.In, Without: f.Without, Agency: f.Agency, Locked: f.Locked, Ended: f.Ended}
}

type termQuery struct {
	termFilter
	Page int `query:"page" min:"1" max:"10000" doc:"Of fifty terms each, from 1 on."`
}

type termList struct {
	Terms []termRecord `json:"terms"`
	Count int          `json:"count" doc:"Of all that are wanted, on every page."`
}

// listTerms answers a page of terms, by their wordings.
func (a *API) listTerms(c *call, in termQuery) (termList, error) {
	f := in.filter()
	f.Page = max(in.Page, 1)
	found, count, err := a.Terms.List(c.ctx, f)
	answer := termList{make([]termRecord, len(found)), count}
	for i, t := range found {
		answer.Terms[i] = termOf(t)
	}
	return answer, err
}

type exportQuery struct {
	termFilter
	Format string `query:"format" required:"true" max:"10" doc:"csv or tbx."`
}

// termFile is a list of terms in a form that other programs read.
type termFile struct {
	Format string `json:"format"`
	Text   string `json:"text" doc:"The whole file. As bytes it is UTF-8."`
}

// exportTerms answers all terms that are wanted as one file.
func (a *API) exportTerms(c *call, in exportQuery) (termFile, error) {
	f := in.filter()
	f.All = true
	var b bytes.Buffer
	var write func(io.Writer, []term.Term) error
	switch in.Format {
	case "csv":
		write = term.WriteCSV
	case "tbx":
		write = term.WriteTBX
	default:
		return termFile{}, unreadable("format")
	}
	found, _, err := a.Terms.List(c.ctx, f)
	if err == nil {
		err = write(&b, found)
	}
	return termFile{in.Format, b.String()}, err
}

type oneTerm struct {
	Term string `path:"term" doc:"Id of the term."`
}

// readTerm answers a term.
func (a *API) readTerm(c *call, in oneTerm) (termRecord, error) {
	t, err := a.Terms.Get(c.ctx, in.Term)
	return termOf(t), err
}

// termNow answers a term after something was done with it.
func (a *API) termNow(c *call, id string, err error) (termRecord, error) {
	if err != nil {
		return termRecord{}, err
	}
	return a.readTerm(c, oneTerm{id})
}

type defineTermIn struct {
	Body termText `body:"json"`
}

// defineTerm puts a term into the termbase.
func (a *API) defineTerm(c *call, in defineTermIn) (termRecord, error) {
	id, err := a.Terms.Define(c.ctx, c.actor, in.Body.term("", 0))
	return a.termNow(c, id, err)
}

type changeTermIn struct {
	oneTerm
	Body struct {
		Version int `json:"version" doc:"Of the term that was read."`
		termText
	} `body:"json"`
}

// changeTerm writes a term anew, as a whole.
func (a *API) changeTerm(c *call, in changeTermIn) (termRecord, error) {
	return a.termNow(c, in.Term, a.Terms.Change(c.ctx, c.actor, in.Body.term(in.Term, in.Body.Version)))
}

type endTermIn struct {
	oneTerm
	Body struct {
		Version int       `json:"version" doc:"Of the term that was read."`
		At      time.Time `json:"at,omitzero" doc:"From when on it is not valid any more; now when absent."`
	} `body:"json"`
}

// endTerm says from when on a term is not valid any more.
func (a *API) endTerm(c *call, in endTermIn) (termRecord, error) {
	return a.termNow(c, in.Term, a.Terms.End(c.ctx, c.actor, in.Term, in.Body.Version, in.Body.At.UTC()))
}

type importTermsIn struct {
	Agency string `query:"agency" required:"true" max:"40" doc:"Id of the agency that answers for the terms."`
	Name   string `query:"name" doc:"Of the file, for the trail."`
	Dry    bool   `query:"dry" doc:"Only say what would come of it."`
	Body   []byte `body:"bytes" doc:"A CSV or TBX file of at most 5 MB and 20,000 terms. With a row that is refused, nothing is taken in."`
}

// termReport says what comes of a list, row by row.
type termReport struct {
	Rows []termLine `json:"rows"`
}

type termLine struct {
	Row     int            `json:"row" doc:"Line of the file."`
	Wording string         `json:"wording"`
	Outcome term.Outcome   `json:"outcome"`
	Fields  []fieldProblem `json:"fields,omitempty" doc:"Why it is refused."`
}

// importTerms takes in a list, whole or not at all.
func (a *API) importTerms(c *call, in importTermsIn) (termReport, error) {
	list, err := term.ReadList(in.Agency, in.Name, in.Body)
	if err != nil {
		return termReport{}, err
	}
	report, err := a.Terms.Import(c.ctx, c.actor, list, in.Dry)
	answer := termReport{make([]termLine, len(report.Lines))}
	for i, l := range report.Lines {
		answer.Rows[i] = termLine{Row: l.Row, Wording: l.Term.Wording, Outcome: l.Outcome, Fields: a.fieldProblems(c.request, l.Problems)}
	}
	return answer, err
}
