package notice

import (
	"context"
	"strconv"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/mail"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

// Status is how e-mail is set up.
type Status struct {
	On         bool
	Server     string
	Encryption mail.Encryption
	From       string
	DigestAt   string
	Dead       []outbox.Delivery // what was given up, of e-mail and of everything else that follows from events
}

// mostDead is how many dead deliveries an administrator is shown at once.
const mostDead = 50

// Mailing says whether there is e-mail at all.
func (c *Courier) Mailing() bool { return c.o.Mail != nil }

// DigestAt is the time of day in Vietnam at which digests go out.
func (c *Courier) DigestAt() string { return c.o.DigestAt }

// Status answers how e-mail is set up, and what could not be delivered.
func (c *Courier) Status(ctx context.Context, actor account.Actor) (Status, error) {
	if _, err := keeper(actor); err != nil {
		return Status{}, err
	}
	s := Status{On: c.Mailing(), DigestAt: c.DigestAt()}
	if s.On {
		s.Server, s.Encryption, s.From = c.o.Mail.Address(), c.o.Mail.Encryption(), c.o.Mail.From()
	}
	var err error
	s.Dead, err = c.o.Outbox.Dead(ctx, mostDead)
	return s, err
}

// Try sends a message to whoever asks for it, now, and answers what became of it.
func (c *Courier) Try(ctx context.Context, actor account.Actor) error {
	if _, err := keeper(actor); err != nil {
		return err
	}
	if !c.Mailing() {
		return fault.New(fault.NotPossible, "error.mail.off")
	}
	p := c.o.Words.Printer("desk", actor.Locale)
	return c.o.Mail.Send(ctx, mail.Message{
		ID: "test." + store.NewID(), At: c.db.Now(), To: actor.Email, Name: actor.Name, Lang: p.Lang(), Subject: p.T("mail.test.subject", "Newsroom", p.T("desk.name")),
		Parts: []mail.Part{{Text: p.T("mail.test.text"), Label: p.T("mail.test.link"), Href: c.o.Address + "/site/mail"}}, Why: p.T("mail.test.why"),
	})
}

// Retry lets a delivery that was given up be tried again.
func (c *Courier) Retry(ctx context.Context, actor account.Actor, seq int64, handler string) error {
	post, err := keeper(actor)
	if err != nil {
		return err
	}
	return c.db.Write(ctx, func(tx *store.Tx) error {
		if err := outbox.Retry(tx, seq, handler); err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{
			ActorID: actor.ID, AgencyID: post.Agency, Role: string(post.Role), Address: actor.Address,
			Verb: "outbox.retry", Subject: "outbox/" + strconv.FormatInt(seq, 10), Detail: actor.Trace(post, map[string]string{"handler": handler}),
		})
	})
}

// keeper answers the post that lets the actor look after what serves the whole
// newsroom.
func keeper(actor account.Actor) (account.Post, error) {
	for _, post := range actor.Posts {
		if found, ok := actor.PostFor(account.ManageSite, post.Agency); ok {
			return found, nil
		}
	}
	return account.Post{}, fault.New(fault.Forbidden, "error.forbidden.title")
}
