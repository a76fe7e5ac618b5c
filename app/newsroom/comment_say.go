package newsroom

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

// Remark is what somebody has to say about an edition.
type Remark struct {
	Body     string
	Mentions []string // ids of people who may see the edition
	Revision int      // that they have before them
	Blocking bool
	// To what it is pinned: to words of a passage, or to the whole passage when
	// there are no words; without either it is about all of the text.
	Passage        int // from 1; 0 for none, or for wherever the words stand
	Quote          string
	Prefix, Suffix string // what stands around the words
}

// CommentAdded is the topic of the event that somebody has said something about
// an edition. Its data are the comment's number ("comment"), the people who are
// mentioned, by id and parted by spaces ("mentions"), of an answer those who
// spoke before ("involved"), "blocking" ("true" or "false"), how it begins
// ("excerpt"), and the agency.
const CommentAdded = "comment.added"

// Comment begins a thread and answers its number. A double press says it once.
func (n *Newsroom) Comment(ctx context.Context, actor account.Actor, ref Ref, r Remark) (number int, err error) {
	if r, err = r.check(); err != nil {
		return 0, err
	}
	rev, err := n.Revision(ctx, actor, ref, r.Revision)
	if err != nil {
		return 0, err
	}
	passages, err := n.passages(rev.Content)
	if err != nil {
		return 0, err
	}
	anchor, err := r.anchor(passages)
	if err != nil {
		return 0, err
	}
	return n.say(ctx, actor, ref, commentRow{
		Body: r.Body, Mentions: strings.Join(r.Mentions, " "), Revision: r.Revision, Blocking: r.Blocking,
		Passage: anchor.Passage, Quote: anchor.Quote, Prefix: anchor.Prefix, Suffix: anchor.Suffix,
	})
}

// Answer adds to a thread and answers the number of the new comment.
func (n *Newsroom) Answer(ctx context.Context, actor account.Actor, ref Ref, thread int, r Remark) (number int, err error) {
	if r, err = r.check(); err != nil {
		return 0, err
	}
	return n.say(ctx, actor, ref, commentRow{Thread: thread, Body: r.Body, Mentions: strings.Join(r.Mentions, " "), Revision: r.Revision})
}

// check brings a remark into the form in which it is kept, and refuses one that
// says nothing or too much.
func (r Remark) check() (Remark, error) {
	r.Body, r.Quote = tidy(r.Body), line(r.Quote)
	r.Prefix, r.Suffix = fold(r.Prefix), fold(r.Suffix)
	r.Mentions = slices.Compact(slices.Sorted(slices.Values(r.Mentions)))
	var form fault.Form
	if r.Body == "" {
		form.Refuse("comment", "error.required")
	}
	field{"comment", r.Body, MaxComment}.check(&form)
	field{"quote", r.Quote, MaxQuote}.check(&form)
	if len(r.Mentions) > MaxMentions {
		form.Refuse("mentions", "error.comment.mentions", "Max", MaxMentions)
	}
	for _, id := range r.Mentions {
		field{"mentions", id, maxID}.check(&form)
	}
	return r, form.Err()
}

// say keeps a comment, tells those who wait for it, and answers its number.
func (n *Newsroom) say(ctx context.Context, actor account.Actor, ref Ref, c commentRow) (number int, err error) {
	mentioned, err := n.mentioned(ctx, strings.Fields(c.Mentions))
	if err != nil {
		return 0, err
	}
	err = n.talking(ctx, actor, ref, func(a *act) error {
		last, err := loadLastComment(a.tx, ref)
		if err != nil {
			return err
		}
		c.ItemID, c.Lang, c.Number, c.AuthorID, c.CreatedAt = ref.Item, ref.Lang, last.Number+1, actor.ID, store.Micros(a.tx.Now)
		if c.repeats(last) {
			number = last.Number
			return nil
		}
		if err := a.mayAdd(&c); err != nil {
			return err
		}
		if err := a.allSee(mentioned); err != nil {
			return err
		}
		number = c.Number
		involved, err := loadSpeakers(a.tx, ref, c.Thread)
		if err != nil {
			return err
		}
		if err := insertComment(a.tx, c); err != nil {
			return err
		}
		if err := a.noteComment("add", c.Number); err != nil {
			return err
		}
		if err := a.weighComments(); err != nil {
			return err
		}
		return a.tellComment(c, involved)
	})
	return number, err
}

// mayAdd refuses a comment that is one too many, or an answer to nothing. One
// that answers nothing begins a thread.
func (a *act) mayAdd(c *commentRow) error {
	if c.Number > MaxComments {
		return fault.New(fault.NotPossible, "error.comment.many", "Max", MaxComments)
	}
	if c.Thread == 0 {
		c.Thread = c.Number
		if c.Blocking {
			return a.mayObject()
		}
		return nil
	}
	_, err := loadThread(a.tx, a.row.ref(), c.Thread)
	return err
}

// mentioned answers people as they may act now. It is asked before the
// transaction; whether they see the edition, within.
func (n *Newsroom) mentioned(ctx context.Context, ids []string) ([]account.Actor, error) {
	people := make([]account.Actor, len(ids))
	for i, id := range ids {
		person, err := n.person(ctx, id)
		switch fault.KindOf(err) {
		case "":
			people[i] = person
		case fault.NotFound, fault.Forbidden:
			return nil, errUnseen()
		default:
			return nil, err
		}
	}
	return people, nil
}

// allSee refuses to mention somebody to whom the edition does not exist.
func (a *act) allSee(people []account.Actor) error {
	for _, p := range people {
		switch err := sightOf(a.tx.DB, p).see(a.row); fault.KindOf(err) {
		case "":
		case fault.NotFound:
			return errUnseen()
		default:
			return err
		}
	}
	return nil
}

func errUnseen() error {
	var form fault.Form
	form.Refuse("mentions", "error.comment.unseen")
	return form.Err()
}

// excerpt is how many characters of a comment an event carries.
const excerpt = 140

func (a *act) tellComment(c commentRow, involved []string) error {
	begins := []rune(line(c.Body))
	if len(begins) > excerpt {
		begins = append(begins[:excerpt-1], '…')
	}
	return outbox.Append(a.tx, outbox.Event{
		Topic: CommentAdded, Subject: a.row.ref().subject(), Actor: a.actor.ID, Data: map[string]string{
			"comment": strconv.Itoa(c.Number), "mentions": c.Mentions, "involved": strings.Join(involved, " "),
			"blocking": strconv.FormatBool(c.Blocking), "excerpt": string(begins), "agency": a.row.AgencyID,
		},
	})
}
