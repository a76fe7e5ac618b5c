package newsroomapi

import (
	"context"
	"sync"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
)

const (
	// portion is how many entries of the trail are looked at together, and
	// stretch how many for one answer: what concerns others costs time as well.
	portion = 200
	stretch = 5000
	// glance is how often somebody who waits looks without having been woken.
	glance = 5 * time.Second
	// maxWaiting is how many requests of one token may wait at once.
	maxWaiting = 4
)

type changesIn struct {
	After *int64 `query:"after" doc:"The last that was read, as in last of the answer before; only what came later is told. Without it nothing is told but where the trail ends now."`
	Wait  int    `query:"wait" min:"0" max:"30" doc:"Seconds to wait when nothing has happened."`
}

type change struct {
	Seq      int64          `json:"seq"`
	At       time.Time      `json:"at"`
	Item     string         `json:"item"`
	Lang     string         `json:"lang"`
	Verb     string         `json:"verb" doc:"Such as edition.approve."`
	By       string         `json:"by" doc:"Person id; system is the program itself."`
	From     newsroom.State `json:"from,omitempty"`
	To       newsroom.State `json:"to,omitempty"`
	Revision string         `json:"revision,omitempty" doc:"Hash of the content concerned."`
	Reason   string         `json:"reason,omitempty"`
}

type changeList struct {
	Changes []change `json:"changes" doc:"The oldest first."`
	Last    int64    `json:"last" doc:"What to ask after next."`
	More    bool     `json:"more" doc:"There may be more already: ask again at once."`
	People  people   `json:"people"`
}

// listChanges answers what happened to editions that the person may see, after
// a place in the trail. Whether they may is asked now, and of the edition as it
// is now: who has lost sight of it is not told what was done before either.
func (a *API) listChanges(c *call, in changesIn) (changeList, error) {
	if in.After == nil {
		last, err := audit.Last(c.ctx, a.DB)
		return changeList{Changes: []change{}, Last: last, People: people{}}, err
	}
	answer, err := a.collect(c.ctx, c.actor, *in.After)
	if err == nil && len(answer.Changes) == 0 && !answer.More && in.Wait > 0 {
		answer, err = a.await(c, answer.Last, time.Duration(in.Wait)*time.Second)
	}
	if err != nil {
		return changeList{}, err
	}
	var ids []string
	for _, ch := range answer.Changes {
		ids = append(ids, ch.By)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), glance)
	defer cancel()
	answer.People, err = a.people(ctx, ids...)
	return answer, err
}

// await looks again whenever something happened, until there is something to
// tell, the time is over, or the server stops. Who asks is asked again each
// time: what a token may see can end while it waits.
func (a *API) await(c *call, after int64, patience time.Duration) (changeList, error) {
	if !a.waiting.take(c.actor.Token) {
		return changeList{}, &fault.Error{Kind: fault.TooMany, Message: fault.Say("error.too_many.title"), RetryAfter: soon}
	}
	defer a.waiting.leave(c.actor.Token)
	// The request's own deadline is shorter than somebody may wait.
	over, cancel := context.WithTimeout(a.stopped, patience)
	defer cancel()
	wake := audit.Listen(over, a.DB)
	for {
		answer, err := a.look(c, after)
		if err != nil || len(answer.Changes) > 0 || answer.More {
			return answer, err
		}
		after = answer.Last
		select {
		case <-wake:
		case <-time.After(glance):
		case <-over.Done():
			return answer, nil
		}
	}
}

// look is collect in a time of its own, also while the server stops.
func (a *API) look(c *call, after int64) (changeList, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(a.stopped), glance)
	defer cancel()
	actor, _, err := a.Accounts.ByToken(ctx, c.token, c.actor.Address)
	if err != nil {
		return changeList{}, err
	}
	return a.collect(ctx, actor, after)
}

// collect reads portions of the trail until some of it is for this person.
func (a *API) collect(ctx context.Context, actor account.Actor, after int64) (changeList, error) {
	answer := changeList{Changes: []change{}, Last: after}
	for read := 0; read < stretch && len(answer.Changes) == 0; read += portion {
		entries, err := audit.After(ctx, a.DB, answer.Last, portion)
		if err != nil {
			return answer, err
		}
		if answer.Changes, err = a.visible(ctx, actor, entries); err != nil {
			return answer, err
		}
		if len(entries) > 0 {
			answer.Last = entries[len(entries)-1].Seq
		}
		if answer.More = len(entries) == portion; !answer.More {
			break
		}
	}
	return answer, nil
}

// visible keeps what is about editions that the person may see.
func (a *API) visible(ctx context.Context, actor account.Actor, entries []audit.Entry) ([]change, error) {
	var refs []newsroom.Ref
	for _, e := range entries {
		if ref, ok := newsroom.RefOf(e.Subject); ok {
			refs = append(refs, ref)
		}
	}
	editions, err := a.Newsroom.Seen(ctx, actor, refs)
	if err != nil {
		return nil, err
	}
	seen := map[newsroom.Ref]bool{}
	for _, e := range editions {
		seen[e.Ref] = true
	}
	changes := []change{}
	for _, e := range entries {
		if ref, ok := newsroom.RefOf(e.Subject); ok && seen[ref] {
			changes = append(changes, change{
				Seq: e.Seq, At: e.At, Item: ref.Item, Lang: ref.Lang, Verb: e.Verb, By: e.ActorID,
				From: newsroom.State(e.From), To: newsroom.State(e.To), Revision: e.Revision, Reason: e.Reason,
			})
		}
	}
	return changes, nil
}

func subjectOf(r newsroom.Ref) string { return "edition/" + r.Item + "/" + r.Lang }

// seats count who waits.
type seats struct {
	mu    sync.Mutex
	taken map[string]int
}

func newSeats() *seats { return &seats{taken: map[string]int{}} }

func (s *seats) take(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[key] >= maxWaiting {
		return false
	}
	s.taken[key]++
	return true
}

func (s *seats) leave(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[key]--; s.taken[key] <= 0 {
		delete(s.taken, key)
	}
}
