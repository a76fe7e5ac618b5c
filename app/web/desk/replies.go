package desk

import (
	"html/template"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// heard is a reply of an affected party as it reads.
type heard struct {
	newsroom.Reply
	Number, Round int
	Lang          string        // of its text
	About         string        // round and day, in words
	Said, Back    template.HTML // its text, and what the newsroom answers
	BackBy        string        // who answers, in words
}

// Day writes a day that is kept as a text.
func (p page) Day(day string) string {
	t, err := time.ParseInLocation(time.DateOnly, day, locale.Zone())
	if err != nil {
		return day
	}
	return p.Date(t)
}

// hear renders the replies of a text for a page.
func (d *Desk) hear(p page, lang string, c newsroom.Content) ([]heard, error) {
	var list []heard
	for i, r := range c.Replies {
		said, err := d.markup.Letter(r.Text)
		if err != nil {
			return nil, err
		}
		back, err := d.markup.Letter(r.Answer)
		if err != nil {
			return nil, err
		}
		about := p.T("replies.round", "Number", c.Round(i))
		if r.Received != "" {
			about = joined(" · ", about, p.T("replies.received", "Date", p.Day(r.Received)))
		}
		list = append(list, heard{r, i + 1, c.Round(i), lang, about, said.HTML, back.HTML, p.T("field.reply_answer")})
	}
	return list, nil
}

// repliesPage is where replies to a page are put down, refused and ended.
type repliesPage struct {
	page
	Path    string // of the edition
	Edition newsroom.Edition
	Base    int // the revision that is changed
	Replies []replyRow
	Rulings []newsroom.Ruling
	Names   map[string]string
	MaySave bool
	MayRule bool
	Asked   string // the form that was refused
	Typed   newsroom.Reply
	Reason  string
}

// replyRow is a reply with what can be done about it.
type replyRow struct {
	heard
	Public bool // readers have it as it is
	MayEnd bool // it is the last round of an exchange that may be ended
	Ended  bool
}

// replyForm is one of the page's forms for a reply.
type replyForm struct {
	page
	ID     string
	Lang   string
	Answer bool // the newsroom may answer in it
	Errors fieldErrors
	newsroom.Reply
}

// Fields are the fields of a form, with what was typed when it was refused.
func (p *repliesPage) Fields(id string, r newsroom.Reply) replyForm {
	if p.Asked == id {
		r = p.Typed
	}
	return replyForm{page: p.page, ID: id, Lang: p.Edition.Ref.Lang, Answer: id != "refuse", Errors: p.Errors.Of(id), Reply: r}
}

// New is an empty reply.
func (p *repliesPage) New() newsroom.Reply { return newsroom.Reply{} }

// ReasonFor is the reason that was typed in a form.
func (p *repliesPage) ReasonFor(id string) string {
	if p.Asked == id {
		return p.Reason
	}
	return ""
}

func (d *Desk) replies(c *fiber.Ctx) error {
	return d.showReplies(c, fiber.StatusOK, &repliesPage{page: d.page(c, "replies.title", "replies")})
}

func (d *Desk) showReplies(c *fiber.Ctx, status int, show *repliesPage) error {
	ref, ctx := refOf(c), web.Context(c)
	sheet, err := d.Newsroom.Open(ctx, show.Actor, ref)
	if err != nil {
		return err
	}
	show.Path, show.Edition, show.Base, show.MaySave = editionPath(ref), sheet.Edition, sheet.Revision.Number, sheet.MaySave
	_, show.MayRule = show.Actor.MayIn(account.RuleOnReplies, sheet.Agency, ref.Lang)
	if show.Rulings, err = d.Newsroom.Rulings(ctx, show.Actor, ref); err != nil {
		return err
	}
	if err := d.fillReplies(c, show, sheet); err != nil {
		return err
	}
	var people []string
	for _, r := range show.Rulings {
		people = append(people, r.By)
	}
	if show.Names, err = d.Accounts.Names(ctx, people); err != nil {
		return err
	}
	return d.show(c, status, "replies", show)
}

// fillReplies says of each reply whether readers have it, and whether the
// exchange may be ended.
func (d *Desk) fillReplies(c *fiber.Ctx, show *repliesPage, sheet *newsroom.Sheet) error {
	all, err := d.hear(show.page, sheet.Ref.Lang, sheet.Revision.Content)
	if err != nil {
		return err
	}
	public := map[newsroom.Reply]bool{}
	rounds := map[string]int{} // that readers have
	if sheet.Live == newsroom.IsLive {
		live, err := d.Newsroom.Revision(web.Context(c), show.Actor, sheet.Ref, sheet.LiveRevision)
		if err != nil {
			return err
		}
		for _, r := range live.Content.Replies {
			public[r] = true
			rounds[r.Exchange]++
		}
	}
	ended := map[string]bool{}
	for _, r := range show.Rulings {
		ended[r.Exchange] = ended[r.Exchange] || r.Kind == newsroom.ExchangeEnded
	}
	for _, h := range all {
		row := replyRow{heard: h, Public: public[h.Reply], Ended: ended[h.Exchange]}
		row.MayEnd = show.MayRule && !row.Ended && rounds[h.Exchange] >= newsroom.LeastRounds && h.Round == rounds[h.Exchange]
		show.Replies = append(show.Replies, row)
	}
	return nil
}

// reply does something with a reply: saves it, takes it out, refuses it, or
// ends the exchange.
func (d *Desk) reply(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := &repliesPage{page: d.page(c, "replies.title", "replies"), Asked: form.Text("form", 100), Reason: form.Text("reason", roomy)}
	show.Typed = newsroom.Reply{
		Exchange: form.Text("exchange", 100), Party: form.Text("reply_party", roomy), Position: form.Text("reply_position", roomy),
		Received: form.Text("reply_received", 40), Text: form.Text("reply_text", roomy), Answer: form.Text("reply_answer", roomy),
	}
	base, _ := strconv.Atoi(form.Text("base", 10)) // 0 is no revision: not found
	number, _ := strconv.Atoi(form.Text("number", 10))
	verb := form.Text("verb", 20)
	if err = form.Err(); err == nil {
		err = d.doReply(c, show, verb, base, number)
	}
	if err == nil {
		return c.Redirect(editionPath(refOf(c))+"/replies?done=reply_"+verb, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show.refused(err)
	show.Errors.Form = show.Asked
	return d.showReplies(c, web.Status(err), show)
}

func (d *Desk) doReply(c *fiber.Ctx, show *repliesPage, verb string, base, number int) (err error) {
	ctx, ref := web.Context(c), refOf(c)
	switch verb {
	case "save":
		_, err = d.Newsroom.SaveReply(ctx, show.Actor, ref, base, number, show.Typed)
	case "drop":
		_, err = d.Newsroom.DropReply(ctx, show.Actor, ref, base, number)
	case "refuse":
		err = d.Newsroom.RefuseReply(ctx, show.Actor, ref, show.Typed, show.Reason)
	case "end":
		err = d.Newsroom.EndExchange(ctx, show.Actor, ref, show.Typed.Exchange, show.Reason)
	default:
		err = errNoPage()
	}
	return err
}
