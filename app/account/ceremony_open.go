package account

import (
	"encoding/json"

	"doingoai/app/store"
)

// An open ceremony is one that anybody may begin: a challenge for whoever has a
// passkey, a trip to the issuer. Of such a one the program remembers nothing, so
// that a stranger who begins as many as they like takes nothing from anybody:
// the token holds it all, sealed with the program's key. Only that it was used
// is remembered, for as long as it would still be good.

// openCeremony is what the token of one holds.
type openCeremony struct {
	ID    string // by which it is known as used; the text of a token can be written in more than one way
	Until int64
	Data  json.RawMessage
}

// beginOpen makes the token of an open ceremony that holds data.
func (a *Accounts) beginOpen(kind ceremonyKind, data any) (string, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return "", err
	}
	held, err := json.Marshal(openCeremony{store.NewSecret(), store.Micros(a.db.Now().Add(ceremonyTime)), text})
	if err != nil {
		return "", err
	}
	return a.sealer.seal(held, kind.holder()), nil
}

// endOpen uses an open ceremony up and reads what it holds into data; of two
// who try, one gets it. A token that is made up, for something else, used or
// too old is refused with ceremonyOver.
func (a *Accounts) endOpen(tx *store.Tx, kind ceremonyKind, token string, data any) error {
	held, err := a.sealer.open(token, kind.holder())
	if err != nil {
		return ceremonyOver()
	}
	var open openCeremony
	if err := json.Unmarshal(held, &open); err != nil {
		return err
	}
	if until := store.Time(open.Until); !tx.Now.Before(until) || until.Sub(tx.Now) > ceremonyTime+clockSlack {
		return ceremonyOver()
	}
	first, err := markUsed(tx, ceremonyRow{TokenHash: tokenHash(open.ID), Kind: string(kind), Data: "null", ExpiresAt: open.Until})
	if err != nil {
		return err
	}
	if !first {
		return ceremonyOver()
	}
	return json.Unmarshal(open.Data, data)
}

// holder is for whom the token is sealed: no person has such an id.
func (k ceremonyKind) holder() string { return "ceremony " + string(k) }
