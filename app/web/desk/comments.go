package desk

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// talk is what was said about an edition, with what its forms need.
type talk struct {
	newsroom.Talk
	Colleagues []choice // whom a comment may mention
	Said       said     // a form that was refused
}

// said is what was typed into a form of the talk.
type said struct {
	Form string // "talk" for a new thread, "talk-3" for an answer to comment 3, "mend-3"
	newsroom.Remark
}

// readTalk adds the talk to the page of an edition. In the text as it reads,
// the words that are talked about are marked.
func (d *Desk) readTalk(c *fiber.Ctx, show *editionPage) error {
	var err error
	ctx, sheet := web.Context(c), show.Sheet
	if show.Talk.Talk, err = d.Newsroom.Talk(ctx, show.Actor, sheet.Ref, sheet.Revision.Content); err != nil {
		return err
	}
	people, err := d.Accounts.Permitted(ctx, account.View, sheet.Agency)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.ID != show.Actor.ID {
			show.Talk.Colleagues = append(show.Talk.Colleagues, choice{p.ID, p.Name})
		}
	}
	if !show.Writing {
		show.Reading = show.pinned(newsroom.BodyPassage, show.Reading)
	}
	return nil
}

// pinned marks in a part of the text what is talked about; passage is the first
// one that the part has.
func (p *editionPage) pinned(passage int, part template.HTML) template.HTML {
	var pins []markup.Pin
	for _, t := range p.Talk.Threads {
		if !t.Open() || !t.Place.Found {
			continue
		}
		pins = append(pins, markup.Pin{
			Number: t.Number, Line: t.Place.Passage - passage, Start: t.Place.Start, End: t.Place.End, Words: t.Anchor.Quote,
			Title: p.T("talk.number", "Number", t.Number),
		})
	}
	return markup.Pinned(part, pins)
}

// PinnedHeadline and PinnedStandfirst are parts of the text that are no HTML yet.
func (p *editionPage) PinnedHeadline() template.HTML { return p.pinnedLine(0, p.Title) }

func (p *editionPage) PinnedStandfirst() template.HTML { return p.pinnedLine(1, p.Content.Standfirst) }

func (p *editionPage) pinnedLine(passage int, text string) template.HTML {
	line := template.HTML(template.HTMLEscapeString(text))
	if passage >= len(p.Talk.Passages) || p.Talk.Passages[passage] != text { // it is not what the form began with
		return line
	}
	pins := *p
	pins.Talk.Threads = slices.DeleteFunc(slices.Clone(p.Talk.Threads), func(t newsroom.Thread) bool { return t.Place.Passage != passage })
	return pins.pinned(passage, line)
}

// talkers are the people whose names the talk needs.
func (t talk) talkers() []string {
	var ids []string
	for _, thread := range t.Threads {
		ids = append(ids, thread.ResolvedBy)
		for _, c := range append([]newsroom.Comment{thread.Comment}, thread.Answers...) {
			ids = append(append(ids, c.Author), c.Mentions...)
		}
	}
	return ids
}

// Open is how many threads are not settled yet.
func (t talk) Open() int {
	n := 0
	for _, thread := range t.Threads {
		if thread.Open() {
			n++
		}
	}
	return n
}

// spot is a passage of the text in a list, by its number from 1.
type spot struct {
	Number int
	Words  string
	Chosen bool
}

// Spots are the passages of the text that a comment can be about.
func (p *editionPage) Spots() []spot {
	chosen := 0
	if s := p.SaidNew(); s != nil {
		chosen = s.Passage
	}
	var spots []spot
	for i, text := range p.Talk.Passages {
		if words := shortened(text, 70); words != "" {
			spots = append(spots, spot{i + 1, words, i+1 == chosen})
		}
	}
	return spots
}

// shortened is the beginning of a text, at most so many characters.
func shortened(text string, characters int) string {
	runes := []rune(text)
	if len(runes) <= characters {
		return text
	}
	return strings.TrimSpace(string(runes[:characters-1])) + "…"
}

// threadView is a thread on the page.
type threadView struct {
	*editionPage
	Thread newsroom.Thread
}

// View prepares a thread for its template.
func (p *editionPage) View(t newsroom.Thread) threadView { return threadView{p, t} }

// Comments are the first one and its answers, each for its template.
func (v threadView) Comments() []commentView {
	views := []commentView{{v.editionPage, v.Thread.Comment}}
	for _, c := range v.Thread.Answers {
		views = append(views, commentView{v.editionPage, c})
	}
	return views
}

// MaySettle says whether the person may say that it is settled, or that it is not.
func (v threadView) MaySettle() bool {
	return newsroom.MaySettle(v.Actor, v.Sheet.Edition, v.Thread) && v.Thread.Deleted.IsZero()
}

// Stays says whether it is still to be shown: with words, or for its answers.
func (v threadView) Stays() bool { return v.Thread.Deleted.IsZero() || len(v.Thread.Answers) > 0 }

// Begins is how the thread begins, for one that is folded.
func (v threadView) Begins() string {
	return shortened(strings.Join(strings.Fields(v.Thread.Body), " "), 60)
}

// Form names the form of an answer.
func (v threadView) Form() string { return "talk-" + strconv.Itoa(v.Thread.Number) }

// Said is what was typed as an answer and refused.
func (v threadView) Said() *said { return v.saidIn(v.Form()) }

// commentView is a comment on the page.
type commentView struct {
	*editionPage
	Comment newsroom.Comment
}

func (v commentView) Own() bool { return v.Comment.Author == v.Actor.ID && v.Comment.Deleted.IsZero() }

// MayMend asks by the newsroom's clock.
func (v commentView) MayMend() bool { return newsroom.MayMend(v.Actor, v.Comment, v.At) }

// Mentioned names those whom it is meant for.
func (v commentView) Mentioned() string {
	names := make([]string, len(v.Comment.Mentions))
	for i, id := range v.Comment.Mentions {
		names[i] = v.Names[id]
	}
	return strings.Join(names, ", ")
}

// Form names the form in which it is mended.
func (v commentView) Form() string { return "mend-" + strconv.Itoa(v.Comment.Number) }

// Said is what was typed to mend it and refused.
func (v commentView) Said() *said { return v.saidIn(v.Form()) }

// saidIn is what was typed into a form, nil when that is not the refused one.
func (p *editionPage) saidIn(form string) *said {
	if p.Talk.Said.Form != form {
		return nil
	}
	return &p.Talk.Said
}

// SaidNew is what was typed for a new thread and refused.
func (p *editionPage) SaidNew() *said { return p.saidIn("talk") }

// TalkErrors are the messages of one of the talk's forms.
func (p *editionPage) TalkErrors(form string) fieldErrors { return p.Errors.Of(form) }

// mentionList is the people whom a form may mention.
type mentionList struct {
	*editionPage
	Form string
	said *said
}

// Mentioning prepares the list for a form.
func (p *editionPage) Mentioning(form string) mentionList {
	return mentionList{p, form, p.saidIn(form)}
}

// Chosen says whether the refused form mentions somebody.
func (m mentionList) Chosen(id string) bool {
	return m.said != nil && slices.Contains(m.said.Mentions, id)
}

// Any says whether it mentions anybody.
func (m mentionList) Any() bool { return m.said != nil && len(m.said.Mentions) > 0 }

// comment says something about an edition: a new thread, or an answer.
func (d *Desk) comment(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	whole := func(name string) int {
		n, _ := strconv.Atoi(form.Text(name, 10)) // 0 means none, and is refused where there must be one
		return n
	}
	thread := whole("thread")
	typed := said{"talk", newsroom.Remark{
		Body: form.Text("comment", roomy), Mentions: form.List("mentions", 64), Revision: whole("revision"), Blocking: form.Has("blocking"),
		Passage: whole("passage"), Quote: form.Text("quote", roomy), Prefix: form.Text("prefix", roomy), Suffix: form.Text("suffix", roomy),
	}}
	if thread != 0 {
		typed.Form = "talk-" + strconv.Itoa(thread)
	}
	number := 0
	if err = form.Err(); err == nil && thread == 0 {
		number, err = d.Newsroom.Comment(web.Context(c), web.Actor(c), refOf(c), typed.Remark)
	} else if err == nil {
		number, err = d.Newsroom.Answer(web.Context(c), web.Actor(c), refOf(c), thread, typed.Remark)
	}
	return d.afterTalk(c, number, typed, err)
}

// mendComment changes what a comment says, or takes it back.
func (d *Desk) mendComment(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	number, err := commentNumber(c)
	if err != nil {
		return err
	}
	typed := said{"mend-" + strconv.Itoa(number), newsroom.Remark{Body: form.Text("comment", roomy)}}
	if err = form.Err(); err == nil {
		err = d.Newsroom.MendComment(web.Context(c), web.Actor(c), refOf(c), number, typed.Body)
	}
	return d.afterTalk(c, number, typed, err)
}

func (d *Desk) deleteComment(c *fiber.Ctx) error {
	number, err := commentNumber(c)
	if err == nil {
		err = d.Newsroom.DeleteComment(web.Context(c), web.Actor(c), refOf(c), number)
	}
	return d.afterTalk(c, number, said{}, err)
}

func (d *Desk) resolveComment(c *fiber.Ctx) error {
	number, err := commentNumber(c)
	if err == nil {
		err = d.Newsroom.ResolveComment(web.Context(c), web.Actor(c), refOf(c), number)
	}
	return d.afterTalk(c, number, said{}, err)
}

func (d *Desk) reopenComment(c *fiber.Ctx) error {
	number, err := commentNumber(c)
	if err == nil {
		err = d.Newsroom.ReopenComment(web.Context(c), web.Actor(c), refOf(c), number)
	}
	return d.afterTalk(c, number, said{}, err)
}

func commentNumber(c *fiber.Ctx) (int, error) {
	number, err := strconv.Atoi(web.Param(c, "number"))
	if err != nil {
		err = errNoPage()
	}
	return number, err
}

// afterTalk leads to the comment, or shows the page again with what was typed.
func (d *Desk) afterTalk(c *fiber.Ctx, number int, typed said, refusal error) error {
	if refusal == nil {
		return c.Redirect(editionPath(refOf(c))+"#comment-"+strconv.Itoa(number), fiber.StatusSeeOther)
	}
	if !correctable(refusal) && fault.KindOf(refusal) != fault.Forbidden {
		return refusal
	}
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	show := editionPage{page: d.page(c, "edition.title", "comments"), Sheet: sheet, Content: sheet.Revision.Content, Base: sheet.Revision.Number}
	show.refusedAs("refused.comment", refusal)
	show.Errors.Form, show.Talk.Said = typed.Form, typed
	show.Writing = sheet.MaySave && !slices.Contains(deciding, sheet.State)
	return d.showEdition(c, web.Status(refusal), show)
}
