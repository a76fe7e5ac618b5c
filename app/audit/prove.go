package audit

import (
	"context"
	"errors"
	"strconv"
	"time"

	"doingoai/app/store"
)

// Proof is the outcome of reading the whole chain.
type Proof struct {
	At      time.Time
	ActorID string
	Entries int64  // how many hold, counted from the first
	Broken  string // what does not, "" when all do
}

const proveVerb = "audit.check"

// Prove reads the whole chain and records what came of it; by says who wanted
// to know.
func Prove(ctx context.Context, db *store.DB, by Entry) (Proof, error) {
	n, err := Verify(ctx, db)
	var wrong *Broken
	if err != nil && !errors.As(err, &wrong) {
		return Proof{}, err
	}
	by.Verb, by.Subject, by.Detail = proveVerb, "audit", map[string]string{"entries": strconv.FormatInt(n, 10)}
	p := Proof{ActorID: by.ActorID, Entries: n}
	if wrong != nil {
		p.Broken, by.Detail["broken"] = wrong.What, wrong.What
	}
	err = db.Write(ctx, func(tx *store.Tx) error {
		p.At = tx.Now
		return Append(tx, by)
	})
	return p, err
}

// LastProof answers what the newest proof found; ok is false when there has
// been none.
func LastProof(ctx context.Context, db *store.DB) (p Proof, ok bool, err error) {
	found, err := Find(ctx, db, Filter{Verbs: []string{proveVerb}}, 0, 1)
	if err != nil || len(found.Entries) == 0 {
		return Proof{}, false, err
	}
	e := found.Entries[0]
	p = Proof{At: e.At, ActorID: e.ActorID, Broken: e.Detail["broken"]}
	p.Entries, err = strconv.ParseInt(e.Detail["entries"], 10, 64)
	return p, err == nil, err
}
