package newsstand

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

const (
	// maxSpool is how many letters may wait; a newsroom that is down for days
	// must not fill the disk.
	maxSpool = 10_000
	// maxLetter is the most bytes of one letter, written as JSON.
	maxLetter = 64 << 10
	// refusedPause is after what time a letter that the newsroom refused is
	// offered again: a newer newsroom may take it.
	refusedPause = 24 * time.Hour
	// spoolPause is the longest time between two looks at the spool.
	spoolPause = 10 * time.Minute
)

// Spool keeps a reader's letter on disk before anything else, then sees to it
// that the newsroom gets it. The letter's ID is the receipt.
func (s *Stand) Spool(ctx context.Context, letter release.Letter) (receipt string, err error) {
	return s.spool(ctx, letter, func(*store.Tx) error { return nil })
}

// SpoolProven is Spool for a letter that needs a proof, which is used up by it.
func (s *Stand) SpoolProven(ctx context.Context, letter release.Letter, proof string) (receipt string, err error) {
	if _, ok := s.Proven(letter.Kind, proof); !ok {
		return "", fmt.Errorf("a letter of kind %s without a proof", letter.Kind)
	}
	return s.spool(ctx, letter, func(tx *store.Tx) error { return use(tx, proof) })
}

func (s *Stand) spool(ctx context.Context, letter release.Letter, first func(*store.Tx) error) (receipt string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := first(tx); err != nil {
			return err
		}
		letter.ID, letter.SentAt = release.NewNumber(tx.Now), tx.Now
		body, err := json.Marshal(letter)
		if err != nil {
			return err
		}
		if len(body) > maxLetter {
			return fault.New(fault.TooLarge, "error.too_large.title")
		}
		waiting, err := countSpool(tx.DB)
		if err != nil {
			return err
		}
		if waiting >= maxSpool || letter.Rating > 0 && waiting >= maxSpool/2 { // ratings leave room for letters
			return fault.New(fault.Unavailable, "error.unavailable.title")
		}
		return insertSpool(tx, letter.ID, string(body))
	})
	if err != nil {
		return "", fmt.Errorf("keep a letter: %w", err)
	}
	wake(s.letters)
	return letter.ID, nil
}

// Waiting answers how many letters the newsroom has not confirmed yet.
func (s *Stand) Waiting(ctx context.Context) (int, error) { return countSpool(s.db.Read(ctx)) }

// forwardLetters hands over what waits, then waits for more. A failure ends
// it, and the letter goes behind those that failed less often.
func (s *Stand) forwardLetters(ctx context.Context) error {
	for {
		row, waiting, err := loadLetter(s.db.Read(ctx), s.db.Now().Add(-refusedPause))
		if err != nil {
			return err
		}
		if !waiting {
			break
		}
		if err := s.forward(ctx, row); err != nil {
			return err
		}
	}
	select {
	case <-s.letters:
	case <-time.After(spoolPause):
	case <-ctx.Done():
	}
	return nil
}

// forward hands one letter to the newsroom and deletes it only after the
// newsroom has confirmed it.
func (s *Stand) forward(ctx context.Context, row spoolRow) error {
	sent := s.send(ctx, row)
	if ctx.Err() != nil {
		return ctx.Err() // nobody's failure
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		switch {
		case sent == nil:
			return deleteSpool(tx, row.ID)
		case fault.KindOf(sent) == fault.Invalid:
			return refuseSpool(tx, row.ID)
		}
		return failSpool(tx, row.ID)
	})
	if err != nil || sent == nil {
		return err
	}
	if fault.KindOf(sent) == fault.Invalid {
		slog.Error("the newsroom refuses a reader's letter; it is kept", "letter", row.ID, "error", sent)
		return nil
	}
	return fmt.Errorf("letter %s: %w", row.ID, sent)
}

func (s *Stand) send(ctx context.Context, row spoolRow) error {
	var letter release.Letter
	if err := json.Unmarshal([]byte(row.Body), &letter); err != nil {
		return &fault.Error{Kind: fault.Invalid, Message: fault.Say("error.form"), Cause: err}
	}
	return s.source.Send(ctx, letter)
}
