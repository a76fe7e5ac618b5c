package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// attempt is a sign-in counted against one subject: an account as it is tried
// from one network, an account from everywhere, an address, a person whose code
// is tried, or a known device or an open session in which it is tried.
//
// A stranger who keeps trying somebody's account shuts out their own network,
// and not the person, who comes from another. Only when very many attempts come
// from many networks is the account blocked for all of them. In a browser that
// is known (device.go), and in a session, nothing counts that is tried elsewhere.
//
// An attempt is counted as a failure before its password is looked at, and
// taken back when it succeeds. Otherwise a hundred guesses sent at once would
// all be looked at before the first of them had been counted. From the limit
// on, counting an attempt also begins the block, so that guesses then come
// one by one.
type attempt struct {
	subject  string
	failures int64
	before   time.Time // blocked until, before this attempt
	until    time.Time // blocked until, should this attempt fail; not after before: no new block
}

// begin counts an attempt against its subjects, or refuses it with a fault of
// kind TooMany while any of them is blocked.
func (a *Accounts) begin(ctx context.Context, subjects []string) ([]attempt, error) {
	var attempts []attempt
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		attempts = nil
		var blocked time.Time
		for _, subject := range subjects {
			row, err := lockThrottle(tx, subject)
			if err != nil {
				return err
			}
			if until := store.Time(row.BlockedUntil); a.isBlocked(until, tx.Now) {
				blocked = later(blocked, until)
				continue
			}
			at, started := a.count(row, tx.Now)
			if err := saveThrottle(tx, at, started); err != nil {
				return err
			}
			attempts = append(attempts, at)
		}
		if !blocked.IsZero() {
			return throttled(blocked.Sub(tx.Now)) // and nothing was counted
		}
		return nil
	})
	return attempts, err
}

// isBlocked says whether a block holds. One that would last longer than any
// was made by a clock that has since been set back.
func (a *Accounts) isBlocked(until, now time.Time) bool {
	return until.After(now) && until.Sub(now) <= a.o.LongestBlock
}

// count says what one more failure makes of a subject. Failures are forgotten
// after a window that began with the first of them, or with the end of the
// last block.
func (a *Accounts) count(row throttleRow, now time.Time) (at attempt, started time.Time) {
	at = attempt{subject: row.Subject, failures: row.Failures + 1, before: store.Time(row.BlockedUntil)}
	started = store.Time(row.WindowStart)
	if now.Sub(later(started, at.before)) >= a.o.AttemptWindow {
		at.failures, started = 1, now
	}
	at.until = at.before
	if over := at.failures - int64(a.limit(row.Subject)); over >= 0 {
		at.until = now.Add(a.block(over)).Truncate(time.Microsecond)
	}
	return at, started
}

func (at attempt) isBlock() bool { return at.until.After(at.before) }

// isOwn says whether an attempt counted against where it came from to this
// account, and not also against others or from elsewhere.
func (at attempt) isOwn() bool {
	return strings.HasPrefix(at.subject, networkPrefix) || strings.HasPrefix(at.subject, devicePrefix)
}

func (a *Accounts) limit(subject string) int {
	switch {
	case strings.HasPrefix(subject, addressPrefix):
		return a.o.AddressLimit
	case strings.HasPrefix(subject, accountPrefix):
		return a.o.AccountLimit
	}
	return a.o.NetworkLimit
}

// block doubles from FirstBlock to LongestBlock.
func (a *Accounts) block(over int64) time.Duration {
	d := a.o.FirstBlock
	for ; over > 0 && d < a.o.LongestBlock; over-- {
		d *= 2
	}
	return min(d, a.o.LongestBlock)
}

const (
	accountPrefix = "account:"
	networkPrefix = "network:" // of an account
	addressPrefix = "address:"
	codePrefix    = "code:"    // of a person
	devicePrefix  = "device:"  // on which a person is known
	sessionPrefix = "session:" // that is open
)

// origin is where an attempt comes from.
type origin struct {
	address string
	device  string // the token that the browser keeps, "" for none
	session string // that is open there, "" for none
}

func (a Actor) origin() origin { return origin{address: a.Address, session: a.Session} }

// passwordSubjects names what an attempt at an account's password counts against.
func (a *Accounts) passwordSubjects(ctx context.Context, email string, at origin) ([]string, error) {
	own, err := a.ownSubject(ctx, email, "", at)
	if err != nil || own != nil {
		return own, err
	}
	return strangerSubjects(email, at.address), nil
}

// codeSubjects is what an attempt at a person's code counts against. Of
// strangers it is the person, wherever they come from, for whoever gets this
// far knows the password already.
func (a *Accounts) codeSubjects(ctx context.Context, person string, at origin) ([]string, error) {
	own, err := a.ownSubject(ctx, person, codePrefix, at)
	if err != nil || own != nil {
		return own, err
	}
	return []string{codePrefix + person}, nil
}

// ownSubject is the session or the known device in which a person tries; nil
// for a stranger. person is their id or e-mail address; what, which proof it is
// of those that are counted apart.
func (a *Accounts) ownSubject(ctx context.Context, person, what string, at origin) ([]string, error) {
	if at.session != "" {
		return []string{sessionPrefix + what + at.session}, nil
	}
	if at.device == "" {
		return nil, nil
	}
	id, err := knownDevice(a.db.Read(ctx), tokenHash(at.device), person, a.db.Now())
	if err != nil || id == "" {
		return nil, err
	}
	return []string{devicePrefix + what + id + ":" + tokenHash(at.device)}, nil
}

// strangerSubjects names what an attempt from nowhere known counts against,
// always in the same order so that two attempts cannot wait for each other. An
// account is named by a hash, because people type passwords into the wrong field.
func strangerSubjects(email, address string) []string {
	list := []string{accountSubject(email), networkSubject(email, address)}
	if address != "" {
		list = append(list, addressPrefix+network(address, 32))
	}
	return list
}

func accountSubject(email string) string { return accountPrefix + hashed(email) }

// networkSubject is an account tried from a network: of IPv4 the neighbourhood
// in which a person's address may change from day to day.
func networkSubject(email, address string) string {
	return networkPrefix + hashed(email) + ":" + network(address, 24)
}

func hashed(email string) string {
	sum := sha256.Sum256([]byte(email))
	return hex.EncodeToString(sum[:16])
}

// network is an IPv4 address cut to a number of bits, or the network of an IPv6
// address, because one computer has as many of those as it likes.
func network(address string, bits int) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return cut(address, maxAddress)
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		bits = 64
	}
	block, err := ip.Prefix(bits)
	if err != nil || block.IsSingleIP() {
		return ip.String()
	}
	return block.String()
}

// throttled says when to come back, in whole minutes for people and in
// seconds for programs.
func throttled(wait time.Duration) error {
	minutes := int((wait + time.Minute - 1) / time.Minute)
	err := fault.New(fault.TooMany, "error.signin.throttled", "count", minutes)
	err.RetryAfter = int((wait + time.Second - 1) / time.Second)
	return err
}

// takeBack forgets attempts that were no failures, and leaves those of others.
func takeBack(tx *store.Tx, attempts []attempt) error {
	for _, at := range attempts {
		if err := uncount(tx, at); err != nil {
			return err
		}
	}
	return nil
}

// abandon takes attempts back that were neither failure nor success, such as
// one that found no slot for its hash.
func (a *Accounts) abandon(ctx context.Context, attempts []attempt) error {
	return a.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return takeBack(tx, attempts) })
}

// recordLockouts writes an audit entry for each block that a failed attempt
// began. person is "" for an account that does not exist.
func (a *Accounts) recordLockouts(ctx context.Context, attempts []attempt, person, address string) error {
	blocks := make([]attempt, 0, len(attempts))
	for _, at := range attempts {
		if at.isBlock() {
			blocks = append(blocks, at)
		}
	}
	if len(blocks) == 0 {
		return nil
	}
	return a.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		for _, at := range blocks {
			subject := at.subject
			if person != "" && !strings.HasPrefix(at.subject, addressPrefix) { // an account, or its codes
				subject = personSubject(person)
			}
			err := audit.Append(tx, audit.Entry{
				ActorID: SystemID, Address: cut(address, maxAddress), Verb: "session.lockout", Subject: subject,
				Detail: map[string]string{
					"failures": strconv.FormatInt(at.failures, 10), "until": at.until.Format(time.RFC3339),
				},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
