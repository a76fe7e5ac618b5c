package newsstand

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strconv"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Whoever sends a letter proves that it cost them something. A browser that runs
// our script finds, for a challenge that stands in the form, a number with which
// its hash begins with zeros. One that does not is given a ticket, which is good
// after some seconds. Neither needs a cookie, or anything of who somebody is, or
// memory here before it was used; each is good for one form, for one letter and
// for a while.
//
// Both are signed with the key of receipts, so that newsstands that share it take
// each other's. They do not know what was used at another one; how often anything
// is sent is bounded by network there as here.

const (
	// ProofBits are the zeros that a hash must begin with: about a second of a
	// phone's time.
	ProofBits = 17
	// TicketWait is after what time a ticket is good.
	TicketWait = 10 * time.Second
	// proofLife is how long somebody may write at a letter.
	proofLife = 3 * time.Hour
	// clockSkew is how far a clock may have been ahead of ours that made a proof:
	// another newsstand's, or our own before it was set right.
	clockSkew = time.Minute
	// usedGrace is how much longer than it counts a proof that was used is
	// remembered: a clock that was ahead and is set right makes none good again.
	usedGrace = 24 * time.Hour
	// maxUsed is how many are remembered. Rather than forget one, the newsstand
	// takes no letters.
	maxUsed = 50_000
	// MaxProof is the longest proof, in characters.
	MaxProof = 120
)

// What a proof begins with.
const (
	solved = "s"
	waited = "w"
)

// ErrUsed is the refusal of a proof that a letter was sent with already.
var ErrUsed = errors.New("newsstand: this proof was used")

// Challenge is what a browser is to solve for a form, by the kind of its letter.
func (s *Stand) Challenge(kind string) string { return s.promise(solved, kind) }

// Ticket is what a form may be sent with after TicketWait without being solved.
func (s *Stand) Ticket(kind string) string { return s.promise(waited, kind) }

func (s *Stand) promise(way, kind string) string {
	text := strings.Join([]string{way, kind, strconv.FormatInt(s.db.Now().Add(proofLife).Unix(), 36), rand.Text()}, ".")
	return text + "." + s.sign("proof", text)
}

// Proven says whether a form may be sent with a proof, unless it was used; if
// not, wait is after what time it may, 0 when it never will.
func (s *Stand) Proven(kind, proof string) (wait time.Duration, ok bool) {
	parts := strings.Split(proof, ".")
	if len(parts) < 5 || parts[1] != kind || !hmac.Equal([]byte(parts[4]), []byte(s.sign("proof", strings.Join(parts[:4], ".")))) {
		return 0, false
	}
	left := proofUntil(parts).Sub(s.db.Now())
	if left <= 0 || left > proofLife+clockSkew {
		return 0, false
	}
	switch {
	case parts[0] == solved && len(parts) == 6:
		hash := sha256.Sum256([]byte(parts[4] + "." + parts[5]))
		return 0, binary.BigEndian.Uint32(hash[:])>>(32-ProofBits) == 0
	case parts[0] == waited && len(parts) == 5:
		wait = max(0, left-(proofLife-TicketWait))
		return wait, wait == 0
	}
	return 0, false
}

// proofUntil is when a proof that is signed ends.
func proofUntil(parts []string) time.Time {
	until, _ := strconv.ParseInt(parts[2], 36, 64) // we wrote it
	return time.Unix(until, 0)
}

// use remembers that a proof was used, or answers ErrUsed.
func use(tx *store.Tx, proof string) error {
	parts := strings.Split(proof, ".")
	if err := forgetUsed(tx, tx.Now.Add(-usedGrace)); err != nil {
		return err
	}
	n, err := countUsed(tx.DB)
	if err != nil {
		return err
	}
	if n >= maxUsed {
		return fault.New(fault.Unavailable, "error.unavailable.title")
	}
	fresh, err := insertUsed(tx, parts[3], proofUntil(parts))
	if err == nil && !fresh {
		err = ErrUsed
	}
	return err
}
