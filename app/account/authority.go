package account

import (
	"context"

	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// authority is who does something to people, and by virtue of which post.
type authority struct {
	actor Actor
	post  Post
}

// manager is an actor who may manage people.
func manager(actor Actor) (authority, error) {
	if actor.ID == "" {
		return authority{}, signedOut()
	}
	for _, post := range actor.Posts {
		if role, ok := actor.May(ManageUsers, post.Agency); ok && role == post.Role {
			return authority{actor, post}, nil
		}
	}
	return authority{}, fault.New(fault.Forbidden, "error.forbidden.title")
}

// provenManager is a manager who has proved not long ago who they are.
func (a *Accounts) provenManager(ctx context.Context, actor Actor) (authority, error) {
	by, err := manager(actor)
	if err == nil {
		err = a.demandProof(ctx, actor)
	}
	return by, err
}

// self is a person acting upon their own account, for which no post is needed.
func self(actor Actor) authority { return authority{actor: actor} }

// record writes the audit entry of an act upon a person.
func (by authority) record(tx *store.Tx, verb, person string, detail map[string]string) error {
	return audit.Append(tx, audit.Entry{
		ActorID: by.actor.ID, AgencyID: by.post.Agency, Role: string(by.post.Role), Address: by.actor.Address,
		Verb: verb, Subject: personSubject(person), Detail: by.actor.Trace(by.post, detail),
	})
}

func personSubject(id string) string { return "person/" + id }

// recordAndTell is record for what the person must learn about, should somebody
// else have done it in their name.
func (a *Accounts) recordAndTell(tx *store.Tx, by authority, verb, person string, detail map[string]string) error {
	if err := by.record(tx, verb, person, detail); err != nil {
		return err
	}
	return a.tell(tx, News{Person: person, What: verb, By: by.actor.ID})
}

func (a *Accounts) tell(tx *store.Tx, n News) error {
	if a.o.Tell == nil {
		return nil
	}
	return a.o.Tell(tx, n)
}
