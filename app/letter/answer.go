package letter

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/outbox"
	"doingoai/app/release"
	"doingoai/app/store"
)

// maxAbout is how many letters about one item are shown with it.
const maxAbout = 20

// About lists the open letters about an item, the longest waiting first; none
// to who may not read letters.
func (r *Room) About(ctx context.Context, actor account.Actor, item string) ([]Letter, error) {
	whose, err := readable(actor)
	if err != nil {
		return nil, nil
	}
	return listAbout(r.db.Read(ctx), whose, item, maxAbout)
}

// Answer marks letters about an item as dealt with by something that is done
// in the caller's transaction: by names it, as the trail does. Letters that are done
// already stay as they are; one that is not about the item is refused. All are
// locked before anything is written, so that nobody who closes one of them at
// the same time waits for us while we wait for them.
func Answer(tx *store.Tx, actor account.Actor, item string, ids []string, by string) error {
	var open []Letter
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		l, err := lock(tx, id)
		if err != nil {
			return err
		}
		if _, ok := actor.PostFor(account.AnswerLetters, l.Agency); !ok {
			return fault.New(fault.Forbidden, "error.letter.role")
		}
		if l.Item != item {
			return fault.New(fault.NotPossible, "error.letter.elsewhere")
		}
		if l.DoneAt.IsZero() {
			open = append(open, l)
		}
	}
	for _, l := range open {
		post, _ := actor.PostFor(account.AnswerLetters, l.Agency) // there is one
		if err := markDone(tx, l.ID, actor.ID, by); err != nil {
			return err
		}
		err := audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: post.Agency, Role: string(post.Role), Address: actor.Address,
			Verb: "letter.answer", Subject: "letter/" + l.ID, From: "open", To: "done", Detail: actor.Trace(post, map[string]string{"by": by}),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Answered is the topic of the event that somebody was answered who had left an
// address; its data is the letter.
const Answered = "letter.answered"

// Reply answers whoever wrote a letter: on the page that tells of it, and by
// e-mail where they left an address. The letter is then dealt with. What was
// answered stands; one that was closed without a word may be answered still.
func (r *Room) Reply(ctx context.Context, actor account.Actor, id, answer string) error {
	var form fault.Form
	answer = text(&form, "answer", answer, MaxMessage)
	if answer == "" {
		form.Refuse("answer", "error.required")
	}
	if err := form.Err(); err != nil {
		return err
	}
	return r.deal(ctx, actor, id, func(tx *store.Tx, l Letter, post account.Post) error {
		if l.Answer != "" {
			return fault.New(fault.NotPossible, "error.letter.answered")
		}
		from := "open"
		if !l.DoneAt.IsZero() {
			from = "done"
		}
		if err := writeAnswer(tx, l, actor.ID, answer); err != nil {
			return err
		}
		err := audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: post.Agency, Role: string(post.Role), Address: actor.Address,
			Verb: "letter.reply", Subject: "letter/" + id, From: from, To: "done", Detail: actor.Trace(post, nil),
		})
		if err != nil || l.Contact == "" {
			return err
		}
		return outbox.Append(tx, outbox.Event{Topic: Answered, Subject: "letter/" + id, Actor: actor.ID, Data: map[string]string{"letter": id}})
	})
}

// Get reads a letter for what follows from it, whoever may read it.
func (r *Room) Get(ctx context.Context, id string) (Letter, error) { return load(r.db.Read(ctx), id) }

// Receipt is what the writer of a letter may know of it. An identifier that no
// letter has is unknown.
func (r *Room) Receipt(ctx context.Context, id string) (release.Receipt, error) {
	l, err := load(r.db.Read(ctx), id)
	if err != nil {
		return release.Receipt{}, err
	}
	told := release.Receipt{State: release.LetterClosed, Received: l.ReceivedAt, Done: l.DoneAt, Answer: l.Answer}
	switch {
	case l.DoneAt.IsZero():
		told.State, told.Due = release.LetterWaits, l.Due()
	case l.Answer != "":
		told.State = release.LetterAnswered
	case l.AnsweredBy != "":
		told.State = release.LetterCorrected
		if _, edition, ok := strings.Cut(l.AnsweredBy, "/"); ok {
			told.Item, told.Lang, _ = strings.Cut(edition, "/")
		}
	}
	return told, nil
}
