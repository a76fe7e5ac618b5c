package newsroomapi

import (
	"time"

	"doingoai/app/newsroom"
	"doingoai/app/notice"
)

type noticesIn struct {
	Sort   notice.Sort `query:"sort" doc:"Only of this sort."`
	Unread bool        `query:"unread" doc:"Only what the person has not read."`
	Before int64       `query:"before" doc:"From next of the page before."`
}

// noticeEntry is something that the person was told.
type noticeEntry struct {
	ID     string      `json:"id"`
	Event  int64       `json:"event" doc:"Grows with each thing that happened; what to say that everything was read through."`
	At     time.Time   `json:"at"`
	Sort   notice.Sort `json:"sort"`
	Hidden bool        `json:"hidden,omitempty" doc:"The person may not see any more what it is about, and nothing else is told."`
	Key    string      `json:"key,omitempty" doc:"What happened, such as notice.moved.return."`
	Text   string      `json:"text" doc:"The same as a sentence, in the language of Accept-Language."`
	Who    string      `json:"who,omitempty" doc:"The name of who did it; absent for the program itself."`
	Title  string      `json:"title,omitempty" doc:"What the thing was called then."`
	Quote  string      `json:"quote,omitempty" doc:"The reason that was given, or the comment."`
	Item   string      `json:"item,omitempty" doc:"Of the edition it is about."`
	Lang   string      `json:"lang,omitempty" doc:"Of the edition it is about."`
	Href   string      `json:"href,omitempty" doc:"Where at the desk a person finds it."`
	ReadAt time.Time   `json:"read_at,omitzero"`
}

type noticeList struct {
	Notices []noticeEntry `json:"notices" doc:"The newest first."`
	Unread  int           `json:"unread" doc:"How many in all, counted up to 100."`
	Next    int64         `json:"next,omitempty" doc:"What to ask before next; absent at the end."`
}

// listNotices answers what the person was told.
func (a *API) listNotices(c *call, in noticesIn) (noticeList, error) {
	notices, more, err := a.Notices.List(c.ctx, c.actor, notice.Filter(in))
	if err != nil {
		return noticeList{}, err
	}
	print, answer := a.printer(c.request), noticeList{Notices: make([]noticeEntry, len(notices))}
	for i, n := range notices {
		ref, _ := newsroom.RefOf(n.Subject) // of another subject there is none
		answer.Notices[i] = noticeEntry{
			ID: n.ID, Event: n.Event, At: n.At, Sort: n.Sort, Hidden: n.Hidden, Key: n.Words, Text: n.Say(print), Who: n.Who,
			Title: n.Title, Quote: n.Quote, Item: ref.Item, Lang: ref.Lang, Href: n.Href, ReadAt: n.ReadAt,
		}
	}
	if more {
		answer.Next = notices[len(notices)-1].Event
	}
	answer.Unread, err = a.Notices.Unread(c.ctx, c.actor)
	return answer, err
}

type noticeIn struct {
	ID string `path:"id"`
}

// readNotice notes that the person has read a notice.
func (a *API) readNotice(c *call, in noticeIn) (nothing, error) {
	_, err := a.Notices.Follow(c.ctx, c.actor, in.ID)
	return nothing{}, err
}

type readNoticesIn struct {
	Read readThrough `body:"json"`
}

type readThrough struct {
	Through int64 `json:"through,omitempty" doc:"The event of the newest notice that was shown: what came later stays unread. Without it nothing is read."`
}

// readNotices notes that the person has read everything up to an event.
func (a *API) readNotices(c *call, in readNoticesIn) (nothing, error) {
	return nothing{}, a.Notices.ReadAll(c.ctx, c.actor, in.Read.Through)
}
