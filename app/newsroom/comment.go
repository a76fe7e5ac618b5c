package newsroom

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// People talk about an edition beside its text. Whoever may see it may say
// something: about the whole of it, or pinned to words of it; answer; mention
// others who may see it; and say that something is settled. A comment belongs
// to the edition, not to a revision: while the text changes under it, its words
// are looked for in the newest one (anchor.go).
//
// A comment may block: while it is open, the edition is neither approved nor
// published. Only its author, or somebody who may overrule, settles it. Once an
// edition is approved, only who reviews or wrote it may begin one (mayObject).
//
// Nothing said is lost without a trace. A comment can be mended for a quarter
// of an hour; one that its author takes back keeps its place, without words.

// Comment is something that somebody said about an edition.
type Comment struct {
	Number   int // from 1 within the edition
	Thread   int // number of the comment that begins its thread
	Author   string
	At       time.Time
	Edited   time.Time // zero: never
	Deleted  time.Time // zero: it stands; otherwise Body is empty
	Body     string
	Mentions []string // person ids
	Revision int      // that its author had before them
}

// Thread is a comment with its answers.
type Thread struct {
	Comment
	Anchor     Anchor // the words it is pinned to
	Place      Place  // where these stand now
	Blocking   bool
	ResolvedBy string
	ResolvedAt time.Time // zero: it is open
	Answers    []Comment
}

// Open says whether something remains to be settled.
func (t Thread) Open() bool { return t.ResolvedAt.IsZero() && t.Deleted.IsZero() }

// Blocks says whether it stands between the edition and its approval.
func (t Thread) Blocks() bool { return t.Blocking && t.Open() }

// Talk is all that was said about an edition.
type Talk struct {
	Threads  []Thread // in the order in which they were begun
	Passages []string // of the text that the threads were placed in
}

// Blocking is how many threads stand between the edition and its approval.
func (t Talk) Blocking() int {
	n := 0
	for _, thread := range t.Threads {
		if thread.Blocks() {
			n++
		}
	}
	return n
}

// Limits of comments. They protect those who read: what needs more is a
// telephone call.
const (
	MaxComment     = 2000 // characters
	MaxQuote       = 300
	MaxMentions    = 20
	MaxComments    = 500 // of an edition, those taken back too
	EditingComment = 15 * time.Minute
)

// Talk answers what was said about an edition, with the pinned threads placed
// in a text of it.
func (n *Newsroom) Talk(ctx context.Context, actor account.Actor, ref Ref, text Content) (Talk, error) {
	db := n.db.Read(ctx)
	if _, err := seenEdition(db, actor, ref); err != nil {
		return Talk{}, err
	}
	passages, err := n.passages(text)
	if err != nil {
		return Talk{}, err
	}
	rows, err := loadComments(db, ref)
	talk := Talk{Threads: threadsOf(rows), Passages: passages}
	for i, t := range talk.Threads {
		talk.Threads[i].Place = t.Anchor.find(talk.Passages)
	}
	return talk, err
}

// threadsOf gathers comments, which come by number, into threads.
func threadsOf(rows []commentRow) []Thread {
	var threads []Thread
	for _, r := range rows {
		if r.Number == r.Thread {
			threads = append(threads, r.thread())
			continue
		}
		i, _ := slices.BinarySearchFunc(threads, r.Thread, func(t Thread, number int) int { return t.Number - number })
		threads[i].Answers = append(threads[i].Answers, r.comment())
	}
	return threads
}

// MaySettle says whether a person may settle a thread of an edition, or open it
// again.
func MaySettle(actor account.Actor, e Edition, t Thread) bool {
	_, overrules := actor.MayIn(account.Overrule, e.Agency, e.Ref.Lang)
	return !t.Blocking || t.Author == actor.ID || overrules
}

// MayMend says whether a person may still change what a comment says.
func MayMend(actor account.Actor, c Comment, now time.Time) bool {
	return c.Author == actor.ID && c.Deleted.IsZero() && now.Before(c.At.Add(EditingComment))
}

// talking runs what somebody who sees an edition may say about it. The edition
// is locked, so that its comments are counted and numbered one by one.
func (n *Newsroom) talking(ctx context.Context, actor account.Actor, ref Ref, do func(*act) error) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		post, err := sightOf(tx.DB, actor).by(row)
		if err != nil {
			return err
		}
		return do(&act{n: n, ctx: ctx, tx: tx, actor: actor, post: post, row: row})
	})
}

// talkVerb is how the trail's verbs of comments begin.
const talkVerb = "comment."

// IsTalk says whether an entry of the trail with this verb is about what was
// said of an edition, and not about the edition itself.
func IsTalk(verb string) bool { return strings.HasPrefix(verb, talkVerb) }

// noteComment writes the audit entry of something that happened to a comment.
// What it says is not on the trail.
func (a *act) noteComment(verb string, number int) error {
	return a.recordAs(talkVerb+verb, State(a.row.State), "", "", map[string]string{"comment": strconv.Itoa(number)})
}

// isSettled refuses an edition about which somebody has said what must be dealt
// with first.
func (a *act) isSettled() error {
	open, err := countBlocking(a.db(), a.row.ref())
	if err == nil && open > 0 {
		err = fault.New(fault.NotPossible, "error.comment.blocking", "count", open)
	}
	return err
}

func errNoComment() error { return fault.New(fault.NotFound, "error.comment.none") }
