package notice

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"doingoai/app/account"
	"doingoai/app/locale"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

// Run makes each day's digests until ctx ends: at their hour, or later when
// the program was not there.
func (c *Courier) Run(ctx context.Context) {
	const longest = time.Minute // the clock may be put right
	for ctx.Err() == nil {
		wait := longest
		if c.o.Mail != nil {
			next, err := c.MakeDigests(ctx)
			if err != nil && ctx.Err() == nil {
				slog.Error("making the day's digests failed; trying again", "error", err)
			} else {
				wait = max(0, min(longest, next.Sub(c.db.Now())))
			}
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}

// MakeDigests makes the digests of today when their hour has come, and answers
// when the next ones are due. Each person's is made once a day, whoever else is
// making them; it is sent through the outbox. Who has nothing to be told gets
// none.
func (c *Courier) MakeDigests(ctx context.Context) (next time.Time, err error) {
	now := c.db.Now()
	year, month, date := now.In(locale.Zone()).Date()
	midnight := time.Date(year, month, date, 0, 0, 0, 0, locale.Zone())
	if due := midnight.Add(c.hour); now.Before(due) {
		return due, nil
	}
	day := midnight.Format(time.DateOnly)
	people, err := loadUndigested(c.db.Read(ctx), day)
	if err != nil {
		return time.Time{}, err
	}
	var errs []error
	for _, person := range people {
		errs = append(errs, c.db.Write(ctx, func(tx *store.Tx) error { return makeDigest(tx, person, day) }))
	}
	return midnight.AddDate(0, 0, 1).Add(c.hour), errors.Join(errs...)
}

// makeDigest claims a person's digest of a day, and puts into it what waits for
// one and is unread.
func makeDigest(tx *store.Tx, person, day string) error {
	mine, err := claimDigest(tx, person, day)
	if err != nil || !mine {
		return err
	}
	if err := fillDigest(tx, person, day); err != nil {
		return err
	}
	return outbox.Append(tx, outbox.Event{
		Topic: digestDue, Subject: "person/" + person, Actor: account.SystemID, Data: map[string]string{"person": person, "day": day},
	})
}
