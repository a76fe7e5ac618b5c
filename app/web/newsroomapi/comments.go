package newsroomapi

import (
	"strconv"
	"time"

	"doingoai/app/newsroom"
)

// comment is something that somebody said about an edition.
type comment struct {
	Number   int       `json:"number" doc:"From 1 within the edition."`
	By       string    `json:"by" doc:"Person id."`
	At       time.Time `json:"at"`
	Edited   time.Time `json:"edited_at,omitzero"`
	Deleted  time.Time `json:"deleted_at,omitzero" doc:"Its author took it back; it has no words any more."`
	Body     string    `json:"body"`
	Mentions []string  `json:"mentions" doc:"Person ids."`
	Revision int       `json:"revision" doc:"That its author had before them."`
}

// thread is a comment with its answers.
type thread struct {
	comment
	Blocking   bool      `json:"blocking" doc:"While it is open, the edition is neither approved nor published."`
	ResolvedBy string    `json:"resolved_by,omitempty" doc:"Person id."`
	ResolvedAt time.Time `json:"resolved_at,omitzero"`
	Quote      string    `json:"quote,omitempty" doc:"The words it is pinned to."`
	Stands     bool      `json:"stands" doc:"These words are still in the newest text."`
	Answers    []comment `json:"answers"`
}

func commentOf(c newsroom.Comment) comment {
	return comment{c.Number, c.Author, c.At, c.Edited, c.Deleted, c.Body, list(c.Mentions), c.Revision}
}

func threadOf(t newsroom.Thread) thread {
	answer := thread{
		comment: commentOf(t.Comment), Blocking: t.Blocking, ResolvedBy: t.ResolvedBy, ResolvedAt: t.ResolvedAt,
		Quote: t.Anchor.Quote, Stands: t.Place.Found, Answers: []comment{},
	}
	for _, c := range t.Answers {
		answer.Answers = append(answer.Answers, commentOf(c))
	}
	return answer
}

type commentsIn struct{ ref }

type commentList struct {
	Threads []thread `json:"threads" doc:"In the order in which they were begun."`
	People  people   `json:"people"`
}

// listComments answers what was said about an edition.
func (a *API) listComments(c *call, in commentsIn) (commentList, error) {
	return a.talk(c, in.ref.ref())
}

func (a *API) talk(c *call, ref newsroom.Ref) (commentList, error) {
	sheet, err := a.Newsroom.Open(c.ctx, c.actor, ref)
	if err != nil {
		return commentList{}, err
	}
	talk, err := a.Newsroom.Talk(c.ctx, c.actor, ref, sheet.Revision.Content)
	if err != nil {
		return commentList{}, err
	}
	answer := commentList{Threads: []thread{}}
	var ids []string
	for _, t := range talk.Threads {
		answer.Threads = append(answer.Threads, threadOf(t))
		ids = append(ids, t.ResolvedBy)
		for _, said := range append([]newsroom.Comment{t.Comment}, t.Answers...) {
			ids = append(append(ids, said.Author), said.Mentions...)
		}
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

type remarkIn struct {
	ref
	Body remark `body:"json"`
}

type remark struct {
	Body     string   `json:"body"`
	Mentions []string `json:"mentions,omitempty" doc:"Ids of people who may see the edition."`
	Revision int      `json:"revision" doc:"Number of the one that was looked at."`
	Blocking bool     `json:"blocking,omitempty" doc:"It must be dealt with before approval."`
	Quote    string   `json:"quote,omitempty" doc:"Words of the text that it is about."`
	Prefix   string   `json:"prefix,omitempty" doc:"What stands before these words, where they stand more than once."`
	Suffix   string   `json:"suffix,omitempty" doc:"And after."`
}

// said is a comment that was made.
type said struct {
	Item   string `json:"item"`
	Lang   string `json:"lang"`
	Number int    `json:"number"`
}

func (s said) location() string {
	return pathOf(newsroom.Ref{Item: s.Item, Lang: s.Lang}) + "/comments#" + strconv.Itoa(s.Number)
}

// addComment begins a thread.
func (a *API) addComment(c *call, in remarkIn) (said, error) {
	ref, r := in.ref.ref(), in.Body
	number, err := a.Newsroom.Comment(c.ctx, c.actor, ref, newsroom.Remark{
		Body: r.Body, Mentions: r.Mentions, Revision: r.Revision, Blocking: r.Blocking, Quote: r.Quote, Prefix: r.Prefix, Suffix: r.Suffix,
	})
	return said{ref.Item, ref.Lang, number}, err
}

type commentIn struct {
	ref
	Number int `path:"number" min:"1" max:"1000000"`
}

type replyIn struct {
	commentIn
	Body reply `body:"json"`
}

type reply struct {
	Body     string   `json:"body"`
	Mentions []string `json:"mentions,omitempty" doc:"Ids of people who may see the edition."`
	Revision int      `json:"revision" doc:"Number of the one that was looked at."`
}

// answerComment adds to a thread.
func (a *API) answerComment(c *call, in replyIn) (said, error) {
	ref := in.ref.ref()
	number, err := a.Newsroom.Answer(c.ctx, c.actor, ref, in.Number, newsroom.Remark{
		Body: in.Body.Body, Mentions: in.Body.Mentions, Revision: in.Body.Revision,
	})
	return said{ref.Item, ref.Lang, number}, err
}

type mendIn struct {
	commentIn
	Body struct {
		Body string `json:"body"`
	} `body:"json"`
}

// mendComment changes what one's own comment says.
func (a *API) mendComment(c *call, in mendIn) (nothing, error) {
	return nothing{}, a.Newsroom.MendComment(c.ctx, c.actor, in.ref.ref(), in.Number, in.Body.Body)
}

// deleteComment takes one's own comment back.
func (a *API) deleteComment(c *call, in commentIn) (nothing, error) {
	return nothing{}, a.Newsroom.DeleteComment(c.ctx, c.actor, in.ref.ref(), in.Number)
}

type settleIn struct {
	commentIn
	Body struct {
		Resolved bool `json:"resolved" doc:"false opens it again."`
	} `body:"json"`
}

// settleComment says that a thread is settled, or that it is not after all.
func (a *API) settleComment(c *call, in settleIn) (nothing, error) {
	settle := a.Newsroom.ReopenComment
	if in.Body.Resolved {
		settle = a.Newsroom.ResolveComment
	}
	return nothing{}, settle(c.ctx, c.actor, in.ref.ref(), in.Number)
}

type restoreIn struct {
	revisionIn
	Body struct {
		Base int `json:"base" doc:"Number of the newest revision that was known. When the edition has moved on, nothing is saved."`
	} `body:"json"`
}

// restoreRevision brings an older revision back as a new one.
func (a *API) restoreRevision(c *call, in restoreIn) (revision, error) {
	r, err := a.Newsroom.Restore(c.ctx, c.actor, in.ref.ref(), in.Number, in.Body.Base)
	return bareRevision(r), err
}
