package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Session is a signed-in browser, as its person sees it.
type Session struct {
	ID        string
	CreatedAt time.Time // when the person signed in
	SeenAt    time.Time // the last request, to the minute
	ExpiresAt time.Time // when it ends at the latest
	Address   string    // network address of the last request
	Agent     string
	Current   bool // the one that asks
}

// seenEvery spares the database a write for every request.
const seenEvery = time.Minute

// tokenHash is what is stored of a token. Tokens are random and long, so a
// fast hash is enough.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func signedOut() error { return fault.New(fault.SignedOut, "error.signed_out.title") }

// Resolve answers who a session token belongs to, with the posts that are
// valid now. An unknown, revoked or ended session, and one of a disabled
// person, is refused with the kind SignedOut.
func (a *Accounts) Resolve(ctx context.Context, token, address string) (Actor, Session, error) {
	actor, row, err := a.look(ctx, token, address)
	if err != nil {
		return Actor{}, Session{}, err
	}
	if now := a.db.Now(); a.isDueToTouch(row, now) {
		seen := row.SeenAt
		row.SeenAt, row.Address = store.Micros(now), actor.Address
		row.ExpiresAt = min(row.ExpiresAt, store.Micros(now.Add(a.o.MaxSession)))
		if err := a.db.Write(ctx, func(tx *store.Tx) error { return touchSession(tx, row, seen) }); err != nil {
			return Actor{}, Session{}, err
		}
	}
	return actor, row.current(), nil
}

// Look is Resolve for what a page asks by itself while nobody touches it: it
// keeps no session open.
func (a *Accounts) Look(ctx context.Context, token, address string) (Actor, Session, error) {
	actor, row, err := a.look(ctx, token, address)
	if err != nil {
		return Actor{}, Session{}, err
	}
	return actor, row.current(), nil
}

func (a *Accounts) look(ctx context.Context, token, address string) (Actor, sessionRow, error) {
	if token == "" {
		return Actor{}, sessionRow{}, signedOut()
	}
	now, db := a.db.Now(), a.db.Read(ctx)
	held, err := sessionByToken(db, tokenHash(token))
	if err != nil {
		return Actor{}, sessionRow{}, err
	}
	row := held.Session
	if row.ID == "" || held.DisabledAt != 0 || a.isOver(row, now) {
		return Actor{}, sessionRow{}, signedOut()
	}
	actor, err := actorOf(db, held.person(), now)
	if err != nil {
		return Actor{}, sessionRow{}, err
	}
	actor.Address, actor.Session = cut(address, maxAddress), row.ID
	actor.Enrol = a.mustEnrol(actor.Posts, held.HasFactor, row.Strong)
	return actor, row, nil
}

// current is the session of whoever asks.
func (r sessionRow) current() Session {
	s := r.session()
	s.Current = true
	return s
}

// isDueToTouch says whether a request is noted. When the session was last seen
// in the future, the clock was wrong and has been set back: it is brought to
// the present at once, so that such a session does not go on until then.
func (a *Accounts) isDueToTouch(row sessionRow, now time.Time) bool {
	since := now.Sub(store.Time(row.SeenAt))
	return since >= seenEvery || since < -clockSlack
}

func (a *Accounts) isOver(row sessionRow, now time.Time) bool {
	return !now.Before(store.Time(row.ExpiresAt)) || now.Sub(store.Time(row.SeenAt)) >= a.o.MaxSessionIdle
}

// SignOut ends the session of a token. One that has ended already is no error.
func (a *Accounts) SignOut(ctx context.Context, token string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		held, err := sessionByToken(tx.DB, tokenHash(token))
		if err != nil || held.Session.ID == "" {
			return err
		}
		actor := Actor{ID: held.Session.PersonID, Address: held.Session.Address}
		return endSession(tx, actor, held.Session.ID, "session.end")
	})
}

// Sessions lists the actor's own open sessions, the latest used first.
func (a *Accounts) Sessions(ctx context.Context, actor Actor) ([]Session, error) {
	if actor.ID == "" {
		return nil, signedOut()
	}
	return a.openSessions(ctx, actor.ID, actor.Session)
}

func (a *Accounts) openSessions(ctx context.Context, person, current string) ([]Session, error) {
	rows, err := sessionsOf(a.db.Read(ctx), person)
	if err != nil {
		return nil, err
	}
	now := a.db.Now()
	sessions := make([]Session, 0, len(rows))
	for _, row := range rows {
		if !a.isOver(row, now) {
			session := row.session()
			session.Current = row.ID == current
			sessions = append(sessions, session)
		}
	}
	return sessions, nil
}

// Revoke ends one of the actor's own sessions, and its browser is known no more;
// for anybody else's there is only NotFound.
func (a *Accounts) Revoke(ctx context.Context, actor Actor, session string) error {
	if actor.ID == "" {
		return signedOut()
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := endSession(tx, actor, session, "session.revoke"); err != nil {
			return err
		}
		return deleteDevice(tx, actor.ID, session)
	})
}

// RevokeOthers ends all of the actor's sessions but the one that asks, and
// answers how many there were.
func (a *Accounts) RevokeOthers(ctx context.Context, actor Actor) (int, error) {
	if actor.ID == "" {
		return 0, signedOut()
	}
	ended := 0
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		var err error
		ended, err = endSessions(tx, self(actor), actor.ID, actor.Session)
		return err
	})
	return ended, err
}

func endSession(tx *store.Tx, actor Actor, session, verb string) error {
	if err := lockTrail(tx); err != nil {
		return err
	}
	n, err := deleteSession(tx, actor.ID, session)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "error.session.none")
	}
	return self(actor).record(tx, verb, actor.ID, map[string]string{"session": session})
}
