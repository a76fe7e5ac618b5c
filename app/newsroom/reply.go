package newsroom

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/vietnamese"
)

// Whom an article concerns may answer it, and the answer is published with it
// (NĐ 237/2026 Đ21). A reply is text that readers get, so it is part of the
// edition's content: a revision like any other, which somebody else approves
// and a publication releases (decision 0008). What is decided about replies
// without readers getting any text is a ruling (reply_rule.go).

// Reply is one round of an exchange with an affected party.
type Reply struct {
	Exchange string `json:"exchange"` // names the party for good, in every language
	Party    string `json:"party"`
	Position string `json:"position,omitempty"` // office, or how it is affected
	Received string `json:"received"`           // the day, 2006-01-02
	Text     string `json:"text"`               // Markdown without headings and pictures
	Answer   string `json:"answer,omitempty"`   // the newsroom's, likewise
}

// Limits of replies, in characters but for their number.
const (
	MaxReplies  = 20
	MaxReply    = 20_000
	MaxParty    = 160
	MaxPosition = 200
)

func (r Reply) tidy() Reply {
	r.Exchange, r.Party, r.Position, r.Received = line(r.Exchange), line(r.Party), line(r.Position), line(r.Received)
	r.Text, r.Answer = tidy(r.Text), tidy(r.Answer)
	if r.Exchange == "" {
		r.Exchange = vietnamese.Slug(r.Party, maxID)
	}
	return r
}

func (r Reply) check(form *fault.Form) {
	for _, f := range []field{
		{"reply_party", r.Exchange, maxID}, {"reply_party", r.Party, MaxParty}, {"reply_position", r.Position, MaxPosition},
		{"reply_received", r.Received, len(time.DateOnly)}, {"reply_text", r.Text, MaxReply}, {"reply_answer", r.Answer, MaxReply},
	} {
		f.check(form)
	}
	if r.Exchange == "" {
		form.Refuse("reply_party", "error.required")
	}
	if r.Received != "" {
		if _, err := time.Parse(time.DateOnly, r.Received); err != nil {
			form.Refuse("reply_received", "error.bad_date")
		}
	}
}

// checkComplete refuses a reply that readers must not get yet.
func (r Reply) checkComplete(required func(field, text string)) {
	required("reply_party", r.Party)
	required("reply_received", r.Received)
	required("reply_text", r.Text)
}

// Round says of a reply, by its place in the content, which round of its
// exchange it is, from 1.
func (c Content) Round(at int) int {
	round := 0
	for _, r := range c.Replies[:at+1] {
		if r.Exchange == c.Replies[at].Exchange {
			round++
		}
	}
	return round
}

// rounds counts the replies of an exchange.
func (c Content) rounds(exchange string) int {
	n := 0
	for _, r := range c.Replies {
		if r.Exchange == exchange {
			n++
		}
	}
	return n
}

// RepliesText is all that replies say, as one text: for whoever compares two
// versions, looks for words, or for the marks of a secret.
func (c Content) RepliesText() string {
	var parts []string
	for i, r := range c.Replies {
		head := strconv.Itoa(c.Round(i)) + " · " + r.Party
		for _, more := range []string{r.Position, r.Received} {
			if more != "" {
				head += " · " + more
			}
		}
		parts = append(parts, head)
		for _, text := range []string{r.Text, r.Answer} {
			if text != "" {
				parts = append(parts, text)
			}
		}
	}
	return strings.Join(parts, "\n\n")
}

// untranslated are a source's replies for an edition in another language: who
// answered and when, and no words.
func untranslated(replies []Reply) []Reply {
	var list []Reply
	for _, r := range replies {
		list = append(list, Reply{Exchange: r.Exchange, Party: r.Party, Position: r.Position, Received: r.Received})
	}
	return list
}

// SaveReply keeps a reply in a new revision of a page that readers have, or
// had, in some language. number is the one of the reply that it takes the place
// of, from 1, 0 for a new one; base and conflicts are those of Save.
func (n *Newsroom) SaveReply(ctx context.Context, actor account.Actor, ref Ref, base, number int, reply Reply) (Revision, error) {
	return n.changeReplies(ctx, actor, ref, base, number, func(list []Reply) []Reply {
		if number == 0 {
			return append(list, reply)
		}
		reply.Exchange = list[number-1].Exchange // another name for the same party
		list[number-1] = reply
		return list
	})
}

// DropReply takes a reply out again, in a new revision.
func (n *Newsroom) DropReply(ctx context.Context, actor account.Actor, ref Ref, base, number int) (Revision, error) {
	if number < 1 {
		return Revision{}, errNoReply()
	}
	return n.changeReplies(ctx, actor, ref, base, number, func(list []Reply) []Reply {
		return slices.Delete(list, number-1, number)
	})
}

func (n *Newsroom) changeReplies(ctx context.Context, actor account.Actor, ref Ref, base, number int, change func([]Reply) []Reply) (Revision, error) {
	started, err := n.Revision(ctx, actor, ref, base)
	if err != nil {
		return Revision{}, err
	}
	content := started.Content
	if number < 0 || number > len(content.Replies) {
		return Revision{}, errNoReply()
	}
	if number == 0 {
		if err := n.wasPublic(ctx, ref); err != nil {
			return Revision{}, err
		}
	}
	content.Replies = change(slices.Clone(content.Replies))
	return n.Keep(ctx, actor, ref, Saving{Base: base, Content: content})
}

func errNoReply() error { return fault.New(fault.NotFound, "error.reply.none") }

// wasPublic refuses a reply to what nobody could have read in any language.
func (n *Newsroom) wasPublic(ctx context.Context, ref Ref) error {
	rows, err := loadEditions(n.db.Read(ctx), ref.Item)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(rows, func(r editionRow) bool { return Live(r.Live) != NeverLive }) {
		return fault.New(fault.NotPossible, "error.reply.not_public")
	}
	return nil
}

// acceptReplies refuses replies that cannot be added to a text: those that are
// still to come, and those of an exchange that is over.
func (a *act) acceptReplies(before, now Content) error {
	if len(now.Replies) == 0 {
		return nil
	}
	var form fault.Form
	today := a.tx.Now.In(locale.Zone()).Format(time.DateOnly)
	for _, r := range now.Replies {
		if r.Received > today && !slices.Contains(before.Replies, r) {
			form.Refuse("reply_received", "error.day_future")
		}
	}
	ended, err := loadEnded(a.tx.DB, a.row.ItemID)
	if err != nil {
		return err
	}
	for _, e := range ended {
		if rounds := now.rounds(e.Exchange); rounds > before.rounds(e.Exchange) && rounds > e.Rounds {
			form.Refuse("reply_party", "error.reply.ended", "Party", e.Party, "Rounds", e.Rounds)
		}
	}
	return form.Err()
}

// replies renders replies as readers get them.
func (n *Newsroom) replies(c Content) ([]release.Reply, error) {
	var list []release.Reply
	for i, r := range c.Replies {
		said, err := n.markup.Letter(r.Text)
		if err != nil {
			return nil, atField("reply_text", err)
		}
		answer, err := n.markup.Letter(r.Answer)
		if err != nil {
			return nil, atField("reply_answer", err)
		}
		list = append(list, release.Reply{
			Party: r.Party, Position: r.Position, Received: r.Received, Round: c.Round(i), HTML: said.HTML, Answer: answer.HTML,
		})
	}
	return list, nil
}
