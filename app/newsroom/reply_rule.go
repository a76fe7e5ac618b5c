package newsroom

import (
	"context"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// RulingKind is what was decided about a reply.
type RulingKind string

// What can be decided.
const (
	ReplyRefused  RulingKind = "refused" // it is not published
	ExchangeEnded RulingKind = "ended"   // no more rounds with this party
)

// Ruling is a decision about the replies to an item, which every language shares.
type Ruling struct {
	Kind     RulingKind
	Exchange string
	Party    string
	Position string
	Received string // of a refused reply, like its Text
	Text     string
	Rounds   int    // of an ended exchange: how many readers have
	Reason   string // why
	By       string // person id
	At       time.Time
}

// LeastRounds is how many rounds there must have been before the newsroom may
// end an exchange (NĐ 237/2026 Đ21).
const LeastRounds = 2

// Rulings lists what was decided about the replies to an item, newest first.
func (n *Newsroom) Rulings(ctx context.Context, actor account.Actor, ref Ref) ([]Ruling, error) {
	db := n.db.Read(ctx)
	if _, err := seenEdition(db, actor, ref); err != nil {
		return nil, err
	}
	return loadRulings(db, ref.Item)
}

// RefuseReply records that a reply is not published, and why. It is kept as it
// came; readers never get it.
func (n *Newsroom) RefuseReply(ctx context.Context, actor account.Actor, ref Ref, reply Reply, reason string) error {
	reply, reason = reply.tidy(), tidy(reason)
	var form fault.Form
	reply.check(&form)
	field{"reason", reason, MaxReason}.check(&form)
	reply.checkComplete(func(field, text string) {
		if text == "" {
			form.Refuse(field, "error.required")
		}
	})
	if reason == "" {
		form.Refuse("reason", "error.reason.required")
	}
	if err := form.Err(); err != nil {
		return err
	}
	return n.on(ctx, actor, ref, account.RuleOnReplies, func(a *act) error {
		return a.rule("reply.refuse", Ruling{
			Kind: ReplyRefused, Exchange: reply.Exchange, Party: reply.Party, Position: reply.Position,
			Received: reply.Received, Text: reply.Text, Reason: reason,
		}, map[string]string{"party": reply.Party})
	})
}

// EndExchange records that the newsroom publishes no more rounds with a party,
// and why. It takes two rounds that readers have; what they have stays.
func (n *Newsroom) EndExchange(ctx context.Context, actor account.Actor, ref Ref, exchange, reason string) error {
	reason = tidy(reason)
	var form fault.Form
	field{"reason", reason, MaxReason}.check(&form)
	if reason == "" {
		form.Refuse("reason", "error.reason.required")
	}
	if err := form.Err(); err != nil {
		return err
	}
	return n.on(ctx, actor, ref, account.RuleOnReplies, func(a *act) error {
		ended, err := loadEnded(a.tx.DB, ref.Item)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(ended, func(r Ruling) bool { return r.Exchange == exchange }) {
			return fault.New(fault.NotPossible, "error.reply.ended_already")
		}
		had, err := a.publicReplies()
		if err != nil {
			return err
		}
		rounds := had.rounds(exchange)
		if rounds < LeastRounds {
			return fault.New(fault.NotPossible, "error.reply.too_few", "Rounds", LeastRounds)
		}
		i := slices.IndexFunc(had.Replies, func(r Reply) bool { return r.Exchange == exchange })
		return a.rule("reply.end", Ruling{
			Kind: ExchangeEnded, Exchange: exchange, Party: had.Replies[i].Party, Position: had.Replies[i].Position, Rounds: rounds, Reason: reason,
		}, map[string]string{"party": had.Replies[i].Party, "rounds": strconv.Itoa(rounds)})
	})
}

// publicReplies is the text that readers have, without any reply where they
// have none.
func (a *act) publicReplies() (Content, error) {
	if Live(a.row.Live) != IsLive {
		return Content{}, nil
	}
	live, err := loadRevision(a.tx.DB, a.row.ref(), a.row.LiveRevision)
	return live.Content, err
}

func (a *act) rule(verb string, r Ruling, detail map[string]string) error {
	r.By, r.At = a.actor.ID, a.tx.Now
	if err := a.recordAs(verb, State(a.row.State), "", r.Reason, detail); err != nil {
		return err
	}
	return insertRuling(a.tx, a.row.ItemID, r)
}
