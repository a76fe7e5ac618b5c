package newsroomapi

import (
	"time"

	"doingoai/app/account"
	"doingoai/app/parallel"
	"doingoai/app/wording"
)

// late are words that are behind their source.
type late struct {
	Kind       wording.Kind      `json:"kind" doc:"Of what they belong to: section, agency, outlet or media."`
	ID         string            `json:"id" doc:"Of it; of a file its hash."`
	Part       string            `json:"part" doc:"Which words: name, description, alt, caption, or another field of an outlet."`
	Lang       string            `json:"lang"`
	Text       string            `json:"text" doc:"As they stand."`
	SourceLang string            `json:"source_lang"`
	Old        string            `json:"old" doc:"What the source said when they were written."`
	New        string            `json:"new" doc:"What it says now."`
	Seen       string            `json:"seen" doc:"Names the source as it is now; who says that the words are still right sends it back."`
	Severity   parallel.Severity `json:"severity" doc:"critical when a figure, a date, a name, a document number or a denial changed, else minor."`
	Reasons    []changedFact     `json:"reasons,omitempty"`
	Since      time.Time         `json:"since"`
}

func lateOf(list []wording.Standing) []late {
	answer := make([]late, len(list))
	for i, s := range list {
		answer[i] = late{
			Kind: s.Kind, ID: s.ID, Part: s.Part, Lang: s.Lang, Text: s.Words, SourceLang: s.SourceLang,
			Old: s.Old, New: s.New, Seen: s.Seen(), Severity: s.Severity, Since: s.Since,
		}
		for _, r := range s.Reasons {
			answer[i].Reasons = append(answer[i].Reasons, changedFact(r))
		}
	}
	return answer
}

// lateWords answers which words of something are behind.
func (a *API) lateWords(c *call, kind wording.Kind, id string) ([]late, error) {
	list, err := a.Wording.Of(c.ctx, kind, id)
	return lateOf(list), err
}

type lateQuery struct {
	Lang string `query:"lang"`
	Page int    `query:"page" min:"1" max:"10000" doc:"From 1."`
}

type lateList struct {
	Behind []late `json:"behind" doc:"Critical ones first, then what has been so for longest."`
	More   bool   `json:"more" doc:"There is another page."`
}

// listLate answers the names and captions that are behind their source.
func (a *API) listLate(c *call, in lateQuery) (lateList, error) {
	list, more, err := a.Wording.Behind(c.ctx, scopeOf(c, in.Lang), in.Page)
	return lateList{lateOf(list), more}, err
}

// scopeOf is whose words are answered: the site's, and those of files of
// agencies whose library the person sees.
func scopeOf(c *call, lang string) wording.Scope {
	s := wording.Scope{Lang: lang}
	s.Agencies, s.All = c.actor.Agencies(account.BrowseMedia)
	return s
}

type gapQuery struct {
	Lang  string `query:"lang"`
	After string `query:"after" doc:"next of the page before."`
}

type gapList struct {
	Missing []gap  `json:"missing"`
	Next    string `json:"next,omitempty" doc:"Where the following page begins; absent on the last."`
}

type gap struct {
	Kind       wording.Kind `json:"kind"`
	ID         string       `json:"id"`
	Part       string       `json:"part"`
	SourceLang string       `json:"source_lang"`
	Text       string       `json:"text" doc:"What the source says."`
	Langs      []string     `json:"langs" doc:"Languages that readers are offered, in which it is not said."`
}

// listGaps answers the names and captions that are not said in a language that
// readers are offered.
func (a *API) listGaps(c *call, in gapQuery) (gapList, error) {
	after, err := wording.ReadMark(in.After)
	if err != nil {
		return gapList{}, unreadable("after")
	}
	offer, err := a.Outlets.Offered(c.ctx)
	if err != nil {
		return gapList{}, err
	}
	list, next, err := a.Wording.Missing(c.ctx, offer, scopeOf(c, in.Lang), after)
	answer := gapList{[]gap{}, next.String()}
	for _, g := range list {
		answer.Missing = append(answer.Missing, gap{g.Kind, g.ID, g.Part, g.SourceLang, g.Words, g.Langs})
	}
	return answer, err
}

// rightBody says which words are right though their source has changed.
type rightBody struct {
	Part string `json:"part"`
	Lang string `json:"lang"`
	Seen string `json:"seen" doc:"Of the source that was looked at."`
}

type sectionRightIn struct {
	sectionIn
	Body rightBody `body:"json"`
}

func (a *API) sectionRight(c *call, in sectionRightIn) (sectionRecord, error) {
	return a.sectionNow(c, in.Section, a.Sections.StillRight(c.ctx, c.actor, in.Section, in.Body.Part, in.Body.Lang, in.Body.Seen))
}

type agencyRightIn struct {
	agencyIn
	Body rightBody `body:"json"`
}

func (a *API) agencyRight(c *call, in agencyRightIn) (agencyRecord, error) {
	if err := a.Agencies.StillRight(c.ctx, c.actor, in.Agency, in.Body.Part, in.Body.Lang, in.Body.Seen); err != nil {
		return agencyRecord{}, err
	}
	return a.readAgency(c, in.agencyIn)
}

type outletRightIn struct {
	outletIn
	Body rightBody `body:"json"`
}

func (a *API) outletRight(c *call, in outletRightIn) (outletRecord, error) {
	return a.outletNow(c, in.Outlet, a.Outlets.StillRight(c.ctx, c.actor, in.Outlet, in.Body.Part, in.Body.Lang, in.Body.Seen))
}

type mediaRightIn struct {
	mediaIn
	Body rightBody `body:"json"`
}

func (a *API) mediaRight(c *call, in mediaRightIn) (mediaRecord, error) {
	if err := a.Media.StillRight(c.ctx, c.actor, in.Hash, in.Body.Part, in.Body.Lang, in.Body.Seen); err != nil {
		return mediaRecord{}, err
	}
	return a.readEntry(c, in.mediaIn)
}
