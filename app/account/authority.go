package account

import (
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

// self is a person acting upon their own account, for which no post is needed.
func self(actor Actor) authority { return authority{actor: actor} }

// record writes the audit entry of an act upon a person.
func (by authority) record(tx *store.Tx, verb, person string, detail map[string]string) error {
	return audit.Append(tx, audit.Entry{
		ActorID: by.actor.ID, AgencyID: by.post.Agency, Role: string(by.post.Role), Address: by.actor.Address,
		Verb: verb, Subject: personSubject(person), Detail: detail,
	})
}

func personSubject(id string) string { return "person/" + id }
