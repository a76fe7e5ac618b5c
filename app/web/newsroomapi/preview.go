package newsroomapi

import (
	"time"

	"doingoai/app/newsroom"
)

type previewLink struct {
	ID        string    `json:"id"`
	Reader    string    `json:"reader" doc:"For whom it is."`
	CreatedBy string    `json:"created_by" doc:"Person id."`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
	Opened    int       `json:"opened" doc:"How many times."`
	OpenedAt  time.Time `json:"opened_at,omitzero" doc:"The last time."`
}

type previewLinks struct {
	Links  []previewLink `json:"links" doc:"The newest first."`
	People people        `json:"people"`
}

// listPreviewLinks answers an edition's links to those who may share it.
func (a *API) listPreviewLinks(c *call, in ref) (previewLinks, error) {
	links, err := a.Newsroom.PreviewLinks(c.ctx, c.actor, in.ref())
	if err != nil {
		return previewLinks{}, err
	}
	answer := previewLinks{Links: make([]previewLink, len(links))}
	ids := make([]string, len(links))
	for i, l := range links {
		answer.Links[i], ids[i] = previewLink(l), l.CreatedBy
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}

type shareIn struct {
	ref
	Body struct {
		Reader string `json:"reader" doc:"For whom it is, so that it can be told from others."`
		Days   int    `json:"days" min:"1" doc:"How long it is good."`
	} `body:"json"`
}

type shared struct {
	Path string `json:"path" doc:"Of the page that the reader opens, on the newsroom's host. Told this once: sent again with the same Idempotency-Key, the answer is lost."`

	links string
}

func (s shared) location() string { return s.links }

// sharePreview makes a link to an edition for a reader without an account.
func (a *API) sharePreview(c *call, in shareIn) (shared, error) {
	token, err := a.Newsroom.SharePreview(c.ctx, c.actor, in.ref.ref(), in.Body.Reader, in.Body.Days)
	return shared{"/p/" + token, pathOf(in.ref.ref()) + "/preview-links"}, err
}

type previewIn struct {
	ref
	ID string `path:"id"`
}

// revokePreview ends a link at once.
func (a *API) revokePreview(c *call, in previewIn) (nothing, error) {
	return nothing{}, a.Newsroom.RevokePreview(c.ctx, c.actor, in.ref.ref(), in.ID)
}

type presence struct {
	Person  string `json:"person"`
	Writing bool   `json:"writing" doc:"Has changed something and not saved it."`
}

type presentList struct {
	Present []presence `json:"present" doc:"Those who write first."`
	People  people     `json:"people"`
}

// listPresent answers who else has an edition open at the desk.
func (a *API) listPresent(c *call, in ref) (presentList, error) {
	s, err := a.Newsroom.Open(c.ctx, c.actor, in.ref())
	if err != nil {
		return presentList{}, err
	}
	present, err := a.Newsroom.Present(c.ctx, c.actor, []newsroom.Edition{s.Edition})
	if err != nil {
		return presentList{}, err
	}
	answer := presentList{Present: []presence{}}
	var ids []string
	for _, p := range present[in.ref()] {
		answer.Present, ids = append(answer.Present, presence(p)), append(ids, p.Person)
	}
	answer.People, err = a.people(c.ctx, ids...)
	return answer, err
}
