// Package account is the room of the people: who they are, how they prove
// it, and what they may do.
//
// # People and posts
//
// A person has one account, named by an e-mail address, and holds roles
// within agencies from a date until a date (Membership). A Post is such a
// role while it is valid; an Actor is a signed-in person with the posts of
// this moment. What a post permits stands in one table (policy.go), and what
// does not stand there is refused.
//
// # Proving it
//
// Passwords are kept as argon2id hashes (password.go). A sign-in answers a
// session token, of which the database keeps only the SHA-256, so that a
// stolen database opens no session. A session ends when it is revoked, after
// MaxSessionIdle without a request and after MaxSession in any case.
// An attempt is counted against its account, its address and the two together
// before the password is looked at (throttle.go), and every refusal costs the same work
// and says the same words, whether the account exists or not. A browser in which
// somebody has signed in before is known (device.go): what is tried there counts
// by itself, so that strangers who guess keep nobody out.
//
// # Proving it twice
//
// A second factor (factor.go) is an authenticator app or a passkey; recovery
// codes stand in for one that was lost. Those whose roles are weighty (the
// policy says which) must have one, and may do nothing but set it up until they
// have; see Options.SecondFactor. A passkey is two factors in one, for it asks
// for a finger or a PIN itself, so it also signs in without a password. Acts
// upon rights and factors want a proof that is not older than ten minutes
// (proof.go).
//
// # Other ways in
//
// An issuer of identities (issuer.go) may say who somebody is; it makes no
// accounts. Programs come with tokens (token.go), which act as their person,
// or as a service, within their scopes. While somebody is away (absence.go), a
// substitute holds their posts.
//
// Links that work once (ticket.go) let the first administrator in, invite
// people and reset passwords; nobody ever sets a password for somebody else,
// but for the command line.
//
// # Verbs
//
// Every verb takes the actor, asks the policy, and writes its audit entry in
// the transaction of the change. The program itself is no actor with special
// rights: what the command line does with people are the verbs of Program.
// Verbs that write the audit trail lock it first (lockTrail), which makes
// them wait for each other; that is why two administrators cannot disable
// each other in the same moment.
package account

import (
	"crypto/rand"
	"time"

	"doingoai/app/store"
)

// Options are the strictness of the room. The zero value of a field means
// the default that stands beside it.
type Options struct {
	// Argon is the work of one password hash (DefaultArgon). Hashes of other
	// strength are still accepted and renewed at the next sign-in.
	Argon Argon
	// HashesAtOnce limits how many passwords are hashed at the same time (4),
	// so that a rush of sign-ins takes no more than that many times the
	// memory of one; the others wait.
	HashesAtOnce int
	// MaxSessionIdle ends a session without requests (12 hours).
	MaxSessionIdle time.Duration
	// MaxSession ends any session (30 days).
	MaxSession time.Duration
	// NetworkLimit is how many sign-ins may fail for one account from one network
	// (5), AccountLimit for one account from everywhere (50), AddressLimit from
	// one address (20, for a whole newsroom may share one) within AttemptWindow
	// (15 minutes). Then follows a block of FirstBlock (1 minute), twice as long
	// after each further failure, up to LongestBlock (1 hour).
	NetworkLimit, AccountLimit, AddressLimit int

	AttemptWindow            time.Duration
	FirstBlock, LongestBlock time.Duration
	// SecondFactor says of whom a second factor is demanded (Required).
	SecondFactor Demand
	// Key seals what must be kept secret from whoever has the database alone.
	// Without it nothing that was sealed outlives this process.
	Key []byte
	// Tell, when set, is called in the transaction of what people must learn about.
	Tell func(tx *store.Tx, n News) error
	// Name is how authenticator apps and passkeys call this newsroom (Đối Ngoại).
	Name string
	// Locales are the interface languages a person may choose; the first one
	// is for those who do not choose (vi, en).
	Locales []string
}

// News is what was done to somebody's account.
type News struct {
	Person string
	What   string // the verb of the audit trail
	By     string // who did it
	// Agency and Role say which weighty role was given to them, of which not only
	// they are told: role.grant.
	Agency string
	Role   Role
}

func (o Options) withDefaults() Options {
	if o.Argon == (Argon{}) {
		o.Argon = DefaultArgon()
	}
	orDefault(&o.HashesAtOnce, 4)
	orDefault(&o.MaxSessionIdle, 12*time.Hour)
	orDefault(&o.MaxSession, 30*24*time.Hour)
	orDefault(&o.NetworkLimit, 5)
	orDefault(&o.AccountLimit, 50)
	orDefault(&o.AddressLimit, 20)
	orDefault(&o.AttemptWindow, 15*time.Minute)
	orDefault(&o.FirstBlock, time.Minute)
	orDefault(&o.LongestBlock, time.Hour)
	if o.SecondFactor == "" {
		o.SecondFactor = Required
	}
	if o.Name == "" {
		o.Name = "Đối Ngoại"
	}
	if len(o.Locales) == 0 {
		o.Locales = []string{"vi", "en"}
	}
	return o
}

func orDefault[N int | time.Duration](value *N, usual N) {
	if *value <= 0 {
		*value = usual
	}
}

// Accounts is the room. It may be shared.
type Accounts struct {
	db     *store.DB
	o      Options
	slots  chan struct{} // one for each password being hashed
	decoy  phc           // what the password of an unknown account is compared with
	sealer *sealer
}

// New opens the room.
func New(db *store.DB, o Options) *Accounts {
	o = o.withDefaults()
	a := &Accounts{db: db, o: o, slots: make(chan struct{}, o.HashesAtOnce), sealer: newSealer(o.Key)}
	a.decoy = phc{Argon: o.Argon, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	rand.Read(a.decoy.salt)
	rand.Read(a.decoy.key) // the hash of no password anybody could find
	return a
}
