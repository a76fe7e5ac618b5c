package notice

import (
	"context"
	"sync"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/mail"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

// The topics of the events by which notices go out: one that is to be mailed
// at once (its data: the notice), and a day's digest of a person (the person,
// the day).
const (
	mailDue   = "notice.mail"
	digestDue = "notice.digest"
)

// Courier carries notices to people's mailboxes. It goes through the outbox: a
// mail server that does not answer delays e-mail and loses none.
type Courier struct {
	*Room
	o    CourierOptions
	hour time.Duration // after midnight, of the digest

	mu   sync.Mutex
	rest time.Time // the mail server is not asked before
}

// CourierOptions are what the courier needs.
type CourierOptions struct {
	Mail     *mail.Server // nil: there is no e-mail
	Outbox   *outbox.Room
	Accounts *account.Accounts
	Words    *locale.Catalogue
	Address  string // of the newsroom as people type it
	DigestAt string // a time of day in Vietnam, "" for 07:30
}

// NewCourier makes the courier, and has the outbox call it.
func NewCourier(r *Room, o CourierOptions) (*Courier, error) {
	o.DigestAt = or(o.DigestAt, "07:30")
	at, err := time.Parse("15:04", o.DigestAt)
	if err != nil {
		return nil, err
	}
	c := &Courier{Room: r, o: o, hour: time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute}
	if o.Mail != nil {
		o.Outbox.On(mailDue, "mail", c.mail)
		o.Outbox.On(digestDue, "mail", c.mailDigest)
	}
	return c, nil
}

// mail sends one notice, unless its person has read it at the desk meanwhile.
// What was done to an account is sent in any case: it may have been read by
// whoever did it.
func (c *Courier) mail(ctx context.Context, e outbox.Event) error {
	n, err := loadByID(c.db.Read(ctx), e.Data["notice"])
	if fault.KindOf(err) == fault.NotFound { // it was taken back
		return nil
	}
	if err != nil || !n.SentAt.IsZero() || !n.ReadAt.IsZero() && n.Sort != Security {
		return err
	}
	return c.send(ctx, n.Person, []Notice{n}, func(to account.Person, p *locale.Printer, notices []Notice) mail.Message {
		return c.letter(p, notices[0])
	})
}

// mailDigest sends what is unread of a day's digest; nothing, when nothing is.
func (c *Courier) mailDigest(ctx context.Context, e outbox.Event) error {
	day := e.Data["day"]
	notices, err := loadDigest(c.db.Read(ctx), e.Data["person"], day)
	if err != nil || len(notices) == 0 {
		return err
	}
	return c.send(ctx, e.Data["person"], notices, func(to account.Person, p *locale.Printer, notices []Notice) mail.Message {
		return c.digestLetter(p, to.ID, day, notices)
	})
}

// send writes to somebody about notices of theirs, those which they may still
// see, and notes that it was done. Programs have no mailboxes, and who is
// disabled is not written to any more.
func (c *Courier) send(ctx context.Context, person string, notices []Notice, write func(account.Person, *locale.Printer, []Notice) mail.Message) error {
	to, err := c.o.Accounts.Person(ctx, person)
	if err != nil || to.Kind != account.Human || !to.DisabledAt.IsZero() {
		return err
	}
	if err := c.hide(ctx, person, notices); err != nil {
		return err
	}
	var seen []Notice
	var ids []string
	for _, n := range notices {
		if !n.Hidden {
			seen, ids = append(seen, n), append(ids, n.ID)
		}
	}
	if len(seen) == 0 {
		return nil
	}
	p := c.o.Words.Printer("desk", to.Locale)
	m := write(to, p, seen)
	m.To, m.Name, m.Lang, m.At = to.Email, to.Name, p.Lang(), c.db.Now()
	if err := c.hand(ctx, m); err != nil {
		return err
	}
	return c.db.Write(ctx, func(tx *store.Tx) error { return markSent(tx, ids) })
}

// rest is how long a mail server that did not answer is left alone: while it is
// asked, everything else in the outbox waits.
const rest = 30 * time.Second

// Write gives a message to somebody who has no account here to the mail server,
// from an event of the outbox; nothing where there is no e-mail.
func (c *Courier) Write(ctx context.Context, m mail.Message) error {
	if c.o.Mail == nil {
		return nil
	}
	return c.hand(ctx, m)
}

// hand gives a message to the mail server.
func (c *Courier) hand(ctx context.Context, m mail.Message) error {
	if now := c.db.Now(); now.Before(c.resting()) {
		return fault.New(fault.Unavailable, "error.mail.away")
	}
	err := c.o.Mail.Send(ctx, m)
	if fault.KindOf(err) == fault.Unavailable {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.rest = c.db.Now().Add(rest)
	}
	return err
}

func (c *Courier) resting() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rest
}
