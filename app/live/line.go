package live

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
)

const (
	// Beat is how long a line is silent at most. At each beat it is asked whether
	// its session still is.
	Beat = 15 * time.Second
	// gathering lets what happens at once be told at once.
	gathering = 200 * time.Millisecond
	// patience is for asking the database.
	patience = 10 * time.Second
	// stretch is how many entries of the trail are read at once, and catchUp
	// after how many of them a page is told just that it is far behind.
	stretch, catchUp = newsroom.MaxSeen, 4 * newsroom.MaxSeen
)

// Everything is told in place of names when a page is far behind: whatever it
// follows may be another by now.
const Everything = "*"

// Line is one page that listens.
type Line struct {
	room         *Room
	caller       Caller
	editions     bool // all of them
	refs         []newsroom.Ref
	talks        []newsroom.Ref // those whose talk is told apart
	marked       []string       // topics with marks
	marks        map[string]string
	after        int64 // what of the trail the page knows
	wake         <-chan struct{}
	over         context.Context
	hangUp       context.CancelFunc
	isIntroduced bool
}

// Told is what a page is told; of a beat, nothing.
type Told struct {
	Editions []string          // "edition/ITEM/LANG", "talk/ITEM/LANG", or Everything
	Marks    map[string]string // by topic
	After    int64             // from where to go on listening
}

// Empty says whether there is nothing to tell.
func (t Told) Empty() bool { return len(t.Editions) == 0 && len(t.Marks) == 0 }

// add makes a line follow a topic.
func (l *Line) add(name string) error {
	if len(l.refs)+len(l.talks)+len(l.marked) >= maxTopics {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	if strings.ContainsFunc(name, unicode.IsControl) { // it comes back in the stream, whose lines it would break
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	if name == Editions {
		l.editions = true
	} else if ref, ok := newsroom.RefOf(name); ok {
		l.refs = append(l.refs, ref)
	} else if ref, ok := talkOf(name); ok {
		l.talks = append(l.talks, ref)
	} else if _, _, ok := l.room.topic(name); ok {
		l.marked = append(l.marked, name)
	} else {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	return nil
}

// channels are those of the store that may wake this line.
func (l *Line) channels() []string {
	channels := []string{audit.Channel}
	for _, name := range l.marked {
		if t, _, _ := l.room.topic(name); !slices.Contains(channels, t.Channel) {
			channels = append(channels, t.Channel)
		}
	}
	return channels
}

// Close hangs up.
func (l *Line) Close() {
	l.hangUp()
	l.room.leave(l.caller.Person)
}

// ErrOver ends a line whose time is over, or because the newsroom stops.
var ErrOver = errors.New("live: the line is over")

// Next waits for something to tell, a beat at most. It answers a fault when the
// person may not listen any more: the session has ended, or the role.
func (l *Line) Next(ctx context.Context) (Told, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(l.over, cancel)()
	told, err := l.next(ctx)
	if ctx.Err() != nil {
		return Told{}, ErrOver
	}
	return told, err
}

func (l *Line) next(ctx context.Context) (Told, error) {
	beat := time.NewTimer(Beat)
	defer beat.Stop()
	if !l.isIntroduced { // what the marks are now, and what happened since the page was made
		l.isIntroduced = true
		if told, err := l.look(ctx); err != nil || !told.Empty() {
			return told, err
		}
	}
	for {
		last := false
		select {
		case <-l.wake:
			pause(ctx, gathering)
		case <-beat.C:
			last = true
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return Told{}, ctx.Err()
		}
		if told, err := l.look(ctx); err != nil || last || !told.Empty() {
			return told, err
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// look asks who listens, and finds what there is to tell them.
func (l *Line) look(ctx context.Context) (Told, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	actor, _, err := l.room.Look(ctx, l.caller.Token, l.caller.Address)
	if err != nil {
		return Told{}, err
	}
	if !actor.MayAnywhere(account.UseDesk) || actor.Enrol {
		return Told{}, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	var told Told
	if told.Editions, err = l.changed(ctx, actor); err != nil {
		return Told{}, err
	}
	told.After = l.after
	told.Marks, err = l.remarked(ctx, actor)
	return told, err
}

// changed names the editions that others changed and that this person may see.
func (l *Line) changed(ctx context.Context, actor account.Actor) ([]string, error) {
	told := map[string]newsroom.Ref{}
	for read := 0; ; read += stretch {
		if read >= catchUp {
			last, err := audit.Last(ctx, l.room.DB)
			l.after = last
			return []string{Everything}, err
		}
		entries, err := audit.After(ctx, l.room.DB, l.after, stretch)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			l.after = e.Seq
			if name, ref := l.name(e); name != "" && e.ActorID != actor.ID {
				told[name] = ref
			}
		}
		if len(entries) < stretch {
			return l.seen(ctx, actor, told)
		}
	}
}

// name is how the page follows what an entry of the trail is about, "" when it
// does not.
func (l *Line) name(e audit.Entry) (string, newsroom.Ref) {
	ref, ok := newsroom.RefOf(e.Subject)
	switch {
	case !ok:
	case slices.Contains(l.talks, ref) && newsroom.IsTalk(e.Verb):
		return talk + strings.TrimPrefix(e.Subject, "edition/"), ref
	case l.editions || slices.Contains(l.refs, ref):
		return e.Subject, ref
	}
	return "", ref
}

// talk is how topics begin that are about what is said of an edition.
const talk = "talk/"

func talkOf(name string) (newsroom.Ref, bool) {
	rest, ok := strings.CutPrefix(name, talk)
	if !ok {
		return newsroom.Ref{}, false
	}
	return newsroom.RefOf("edition/" + rest)
}

// seen are the names of those editions that the person may see.
func (l *Line) seen(ctx context.Context, actor account.Actor, told map[string]newsroom.Ref) ([]string, error) {
	refs := map[newsroom.Ref]bool{} // whether they are seen
	for _, ref := range told {
		refs[ref] = false
	}
	for some := range slices.Chunk(slices.Collect(maps.Keys(refs)), newsroom.MaxSeen) {
		editions, err := l.room.Seen(ctx, actor, some)
		if err != nil {
			return nil, err
		}
		for _, e := range editions {
			refs[e.Ref] = true
		}
	}
	names := slices.Sorted(maps.Keys(told))
	return slices.DeleteFunc(names, func(name string) bool { return !refs[told[name]] }), nil
}

// remarked are the marks that this line has not been told yet.
func (l *Line) remarked(ctx context.Context, actor account.Actor) (map[string]string, error) {
	news := map[string]string{}
	for _, name := range l.marked {
		t, rest, _ := l.room.topic(name)
		mark, err := t.Mark(ctx, actor, rest)
		if kind := fault.KindOf(err); kind == fault.NotFound || kind == fault.Forbidden {
			mark = ""
		} else if err != nil {
			return nil, err
		}
		if known, told := l.marks[name]; !told || known != mark {
			l.marks[name], news[name] = mark, mark
		}
	}
	return news, nil
}
