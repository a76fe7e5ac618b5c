package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"strings"
	"sync"
	"time"

	"doingoai/app/fault"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Failures of one address: more than these in a window are not even looked at
// as failures any more. The right token passes at all times, so that nobody
// behind the same proxy can shut a newsstand out.
const (
	window      = time.Minute
	maxFailures = 10
	// maxAddresses limits what an attacker with many addresses can fill.
	maxAddresses = 10_000
)

// gate knows the newsstands by the hashes of their tokens.
type gate struct {
	tokens [][sha256.Size]byte
	clock  func() time.Time

	mu       sync.Mutex
	failures map[string]failed
}

type failed struct {
	count int
	until time.Time
}

func newGate(tokens []string, clock func() time.Time) *gate {
	g := &gate{clock: clock, failures: map[string]failed{}}
	if g.clock == nil {
		g.clock = time.Now
	}
	for _, t := range tokens {
		if t != "" {
			g.tokens = append(g.tokens, sha256.Sum256([]byte(t)))
		}
	}
	return g
}

// admit lets a newsstand pass, or says why not.
func (g *gate) admit(c *fiber.Ctx) error {
	if len(g.tokens) == 0 {
		return fault.New(fault.NotFound, "error.not_found.title")
	}
	token, ok := bearer(c.Get(fiber.HeaderAuthorization))
	if ok && g.knows(token) {
		return nil
	}
	if wait := g.note(web.Address(c)); wait > 0 {
		return &fault.Error{Kind: fault.TooMany, Message: fault.Say("error.too_many.title"), RetryAfter: int(wait/time.Second) + 1}
	}
	c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="newsroom"`)
	return fault.New(fault.SignedOut, "error.signed_out.title")
}

func bearer(header string) (token string, ok bool) {
	scheme, token, ok := strings.Cut(header, " ")
	return token, ok && strings.EqualFold(scheme, "Bearer")
}

// knows compares with every token and takes the same time whichever it is.
func (g *gate) knows(token string) bool {
	sum := sha256.Sum256([]byte(token))
	known := 0
	for _, t := range g.tokens {
		known |= subtle.ConstantTimeCompare(sum[:], t[:])
	}
	return known == 1
}

// note counts a failure and answers how long the address has to wait, if it
// has had too many.
func (g *gate) note(address string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.clock()
	f := g.failures[address]
	if !now.Before(f.until) {
		g.makeRoom(now)
		f = failed{until: now.Add(window)}
	}
	f.count++
	g.failures[address] = f
	if f.count > maxFailures {
		return f.until.Sub(now)
	}
	return 0
}

// makeRoom forgets windows that are over, and all when that is not enough.
func (g *gate) makeRoom(now time.Time) {
	if len(g.failures) < maxAddresses {
		return
	}
	for address, f := range g.failures {
		if !now.Before(f.until) {
			delete(g.failures, address)
		}
	}
	if len(g.failures) >= maxAddresses {
		clear(g.failures)
	}
}
