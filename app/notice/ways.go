package notice

import (
	"context"
	"slices"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Way is how somebody is told of a sort of notices.
type Way string

// The ways. Each but Off shows the notice at the desk too.
const (
	Desk   Way = "desk"   // at the desk only
	Mail   Way = "mail"   // by e-mail at once
	Digest Way = "digest" // by one e-mail a day, together with others
	Off    Way = "off"    // not at all
)

// Ways are a person's, by sort.
type Ways map[Sort]Way

// usual is how people are told who have not chosen: what a whole desk is asked
// for comes once a day, what is meant for them alone at once.
var usual = Ways{Waiting: Digest, Moved: Mail, Talk: Mail, Overdue: Mail, Security: Mail}

// Choices lists the ways of a sort. What is done to an account must not happen
// behind its owner's back.
func Choices(s Sort) []Way {
	if s == Security {
		return []Way{Mail, Digest, Desk}
	}
	return []Way{Mail, Digest, Desk, Off}
}

// Ways answers how a person is told of each sort.
func (r *Room) Ways(ctx context.Context, actor account.Actor) (Ways, error) {
	if err := signedOut(actor); err != nil {
		return nil, err
	}
	return loadWays(r.db.Read(ctx), actor.ID)
}

// SetWays chooses how the actor is told of each sort. It is about what happens
// from now on.
func (r *Room) SetWays(ctx context.Context, actor account.Actor, ways Ways) error {
	if err := signedOut(actor); err != nil {
		return err
	}
	var form fault.Form
	for _, sort := range Sorts {
		if !slices.Contains(Choices(sort), ways[sort]) {
			form.Refuse("way_"+string(sort), "error.invalid")
		}
	}
	if err := form.Err(); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		detail := map[string]string{}
		for _, sort := range Sorts {
			if err := saveWay(tx, actor.ID, sort, ways[sort]); err != nil {
				return err
			}
			detail[string(sort)] = string(ways[sort])
		}
		return audit.Append(tx, audit.Entry{
			ActorID: actor.ID, Address: actor.Address, Verb: "person.notices", Subject: "person/" + actor.ID, Detail: actor.Trace(account.Post{}, detail),
		})
	})
}
