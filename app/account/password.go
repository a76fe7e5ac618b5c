package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"

	"doingoai/app/fault"
	"doingoai/app/vietnamese"

	"golang.org/x/crypto/argon2"
)

// hash makes the stored form of a password.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	h := phc{Argon: a.o.Argon, salt: make([]byte, saltBytes)}
	rand.Read(h.salt)
	err := a.work(ctx, func() { h.key = h.derive(password, keyBytes) })
	return h.String(), err
}

// matches compares a password with its stored form. An account without a
// password, and one that does not exist, cost the same work and never match.
func (a *Accounts) matches(ctx context.Context, stored, password string) (bool, error) {
	h, never := a.decoy, true
	if stored != "" {
		var err error
		if h, err = parsePHC(stored); err != nil {
			return false, fmt.Errorf("stored password: %w", err)
		}
		never = false
	}
	same := 0
	err := a.work(ctx, func() {
		same = subtle.ConstantTimeCompare(h.derive(password, len(h.key)), h.key)
	})
	return same == 1 && !never && err == nil, err
}

// isOutdated says whether a stored hash should be made anew with today's work.
func (a *Accounts) isOutdated(stored string) bool {
	h, err := parsePHC(stored)
	return err != nil || h.Argon != a.o.Argon || len(h.key) != keyBytes || len(h.salt) < saltBytes
}

// derive hashes the composed form of a password, because keyboards differ in
// the form they produce for the same Vietnamese letters.
func (h phc) derive(password string, size int) []byte {
	return argon2.IDKey([]byte(vietnamese.NFC(password)), h.salt, h.Time, h.Memory, h.Threads, uint32(size))
}

// work runs one hash as soon as there is a slot for it.
func (a *Accounts) work(ctx context.Context, f func()) error {
	select {
	case a.slots <- struct{}{}:
	case <-ctx.Done():
		busy := fault.New(fault.Unavailable, "error.unavailable.title")
		busy.RetryAfter, busy.Cause = 5, ctx.Err()
		return busy
	}
	defer func() { <-a.slots }()
	f()
	return nil
}
