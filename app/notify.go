package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/outbox"
)

// Who is told of what. Whoever did something is not told of it, nobody is told
// of what they may not see, and nobody twice of one event.

// accountChanged is the topic of the event that something was done to an account.
// Its data are the person and what was done, as the audit trail calls it.
const accountChanged = "account.security"

// news is how old an event may be that people are still told of. What waits for
// somebody is told however long it has waited.
const news = 7 * 24 * time.Hour

// tellPeople makes notices follow from what happens.
func (n *newsroomSide) tellPeople() {
	for topic, who := range map[string]func(*telling) error{
		newsroom.Moved: (*telling).moved, newsroom.Overdue: (*telling).overdue, newsroom.Hindered: (*telling).hindered, newsroom.CommentAdded: (*telling).said,
		accountChanged: (*telling).account,
	} {
		n.Outbox.On(topic, "notice", func(ctx context.Context, e outbox.Event) error { return n.tell(ctx, e, who) })
	}
	n.Outbox.On(accountChanged, "leave", func(ctx context.Context, e outbox.Event) error {
		if e.Data["what"] != "person.disable" {
			return nil
		}
		return n.Newsroom.Dismiss(ctx, e.Data["person"])
	})
}

func (n *newsroomSide) tell(ctx context.Context, e outbox.Event, who func(*telling) error) error {
	names, err := n.Accounts.Names(ctx, []string{e.Actor})
	if err != nil {
		return err
	}
	t := &telling{newsroomSide: n, ctx: ctx, event: e, who: names[e.Actor], old: n.db.Now().Sub(e.At) > news}
	if err := who(t); err != nil {
		return err
	}
	return n.Notices.Tell(ctx, t.notices)
}

// telling is one event on its way to those it concerns.
type telling struct {
	*newsroomSide
	ctx     context.Context
	event   outbox.Event
	who     string // the name of whoever did it
	old     bool   // it is no news any more
	notices []notice.Notice
}

// fates are what a writer is told of their text.
var fates = []newsroom.Verb{
	newsroom.Return, newsroom.Reject, newsroom.Approve, newsroom.Publish, newsroom.PublishUrgent, newsroom.Correct, newsroom.Withdraw,
	newsroom.Expire, newsroom.Block, newsroom.Unblock,
}

// moved tells the writer what became of their text, who approved one that was
// changed that it was, and those whose turn it is now that it is.
func (t *telling) moved() error {
	ref, ok := newsroom.RefOf(t.event.Subject)
	if !ok {
		return nil
	}
	for _, subject := range []string{t.event.Subject, ref.OfferSubject()} {
		if err := t.Notices.Drop(t.ctx, subject, t.waitsStill); err != nil {
			return err
		}
	}
	if verb := t.event.Data["verb"]; !t.old && slices.Contains(fates, newsroom.Verb(verb)) {
		writer, err := t.Newsroom.Writer(t.ctx, ref)
		if err != nil {
			return err
		}
		if err := t.edition(ref, writer, notice.Moved, "notice.moved."+verb); err != nil {
			return err
		}
	}
	if t.event.Data["verb"] == string(newsroom.Reopen) && !t.old {
		if err := t.edition(ref, t.event.Data["approver"], notice.Moved, "notice.moved.reopen"); err != nil {
			return err
		}
	}
	if err := t.vacant(ref); err != nil {
		return err
	}
	return t.eachTask(ref, func(person string, task newsroom.Task) error {
		if !task.Since.Equal(t.event.At) { // it was so before, or something has happened since
			return nil
		}
		if task.Verb.Carries() {
			t.offer(person, task)
			return nil
		}
		return t.edition(ref, person, notice.Waiting, waitingWords(task))
	})
}

// vacant tells those who can do something about it that a text has come to a
// step whose roles nobody holds: the chiefs of its agency, and the
// administrators, who see no texts.
func (t *telling) vacant(ref newsroom.Ref) error {
	v, vacant, err := t.Newsroom.VacantStep(t.ctx, ref, t.event.At)
	if err != nil || !vacant {
		return err
	}
	chiefs, err := t.Accounts.Bearers(t.ctx, v.Agency, account.EditorInChief, "")
	if err != nil {
		return err
	}
	for _, person := range chiefs {
		if err := t.edition(ref, person, notice.Waiting, "notice.waiting.vacant"); err != nil {
			return err
		}
	}
	administrators, err := t.Accounts.Administrators(t.ctx)
	if err != nil {
		return err
	}
	agency, err := t.Agencies.Get(t.ctx, v.Agency)
	if err != nil {
		return err
	}
	for _, person := range administrators {
		if t.concerns(person) {
			t.add(notice.Notice{
				Person: person, Sort: notice.Waiting, Words: "notice.waiting.vacant_at", Title: agency.Names["vi"], Subject: "person/" + person, Href: "/people?agency=" + v.Agency,
			})
		}
	}
	return nil
}

// offer tells somebody what is asked of them for their outlet, who may see no
// more of the edition than that.
func (t *telling) offer(person string, task newsroom.Task) {
	if !t.concerns(person) {
		return
	}
	t.add(notice.Notice{
		Person: person, Sort: notice.Waiting, Words: waitingWords(task), Title: mailable(task.Headline), Subject: task.Ref.OfferSubject(),
		Href: "/editions/" + task.Ref.Item + "/" + task.Ref.Lang + "/outlets",
	})
}

// concerns says whether somebody is still to be told of this event: not who did
// it, nor who is told already.
func (t *telling) concerns(person string) bool {
	told := slices.ContainsFunc(t.notices, func(n notice.Notice) bool { return n.Person == person })
	return person != "" && person != t.event.Actor && !told
}

// waitsStill says whether what a notice asks of somebody is still asked.
func (t *telling) waitsStill(n notice.Notice) (bool, error) {
	ref, _ := newsroom.RefOf(t.event.Subject) // it is what moved
	if n.Words == "notice.waiting.vacant" {
		_, vacant, err := t.Newsroom.VacantStep(t.ctx, ref, n.At)
		return vacant, err
	}
	task, ok, err := t.task(n.Person, ref)
	return ok && task.Since.Equal(n.At) && waitingWords(task) == n.Words, err
}

// waitingWords says what is asked of somebody. Their own text comes back to
// them, as a rule, with what became of it (fates).
func waitingWords(task newsroom.Task) string {
	if task.Verb == newsroom.Submit && task.For == "" {
		return "notice.moved.return"
	}
	return "notice.waiting." + string(task.Verb)
}

// overdue tells those who may approve what was published urgently.
func (t *telling) overdue() error {
	ref, ok := newsroom.RefOf(t.event.Subject)
	if !ok {
		return nil
	}
	return t.eachTask(ref, func(person string, task newsroom.Task) error {
		if task.Verb != newsroom.Confirm {
			return nil
		}
		return t.edition(ref, person, notice.Overdue, "notice.overdue.confirm")
	})
}

// hindered tells those who can do something about it that an edition could not
// be published at its time, or will not be.
func (t *telling) hindered() error {
	ref, ok := newsroom.RefOf(t.event.Subject)
	if !ok {
		return nil
	}
	return t.eachTask(ref, func(person string, task newsroom.Task) error {
		if task.Verb != newsroom.Hinder || string(task.Hindrance) != t.event.Data["hindrance"] {
			return nil
		}
		if t.event.Data["early"] == "true" {
			return t.edition(ref, person, notice.Talk, "notice.hindered_early."+t.event.Data["hindrance"])
		}
		return t.edition(ref, person, notice.Overdue, "notice.hindered."+t.event.Data["hindrance"])
	})
}

// said tells those who are mentioned, those who spoke before, the writer and
// whoever has the text in hand; each what concerns them most.
func (t *telling) said() error {
	ref, ok := newsroom.RefOf(t.event.Subject)
	if !ok || t.old {
		return nil
	}
	writer, err := t.Newsroom.Writer(t.ctx, ref)
	if err != nil {
		return err
	}
	turns, err := t.Newsroom.Turns(t.ctx, ref)
	if err != nil {
		return err
	}
	workers := []string{writer}
	for _, turn := range turns {
		if turn.Verb != newsroom.Hinder { // of which they are told (hindered)
			workers = append(workers, turn.Person)
		}
	}
	comment := "notice.talk.comment"
	if t.event.Data["blocking"] == "true" {
		comment = "notice.talk.blocking"
	}
	for _, circle := range []struct {
		people []string
		words  string
	}{{strings.Fields(t.event.Data["mentions"]), "notice.talk.mention"}, {strings.Fields(t.event.Data["involved"]), "notice.talk.answer"}, {workers, comment}} {
		for _, person := range circle.people {
			if err := t.edition(ref, person, notice.Talk, circle.words); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachTask hands over whom an edition waits for, each once.
func (t *telling) eachTask(ref newsroom.Ref, f func(person string, task newsroom.Task) error) error {
	turns, err := t.Newsroom.Turns(t.ctx, ref)
	if err != nil {
		return err
	}
	var people []string
	for _, turn := range turns {
		bearers, err := t.bearers(turn)
		if err != nil {
			return err
		}
		people = append(people, bearers...)
	}
	for _, person := range slices.Compact(slices.Sorted(slices.Values(people))) {
		task, ok, err := t.task(person, ref)
		if err == nil && ok {
			err = f(person, task)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bearers are those who could take a turn, and who stands in for them.
func (t *telling) bearers(turn newsroom.Turn) ([]string, error) {
	if turn.Person == "" {
		return t.Accounts.Bearers(t.ctx, turn.Agency, turn.Role, turn.Ref.Lang)
	}
	people := []string{turn.Person}
	away, err := t.Accounts.Absences(t.ctx, people)
	if absence, ok := away[turn.Person]; ok {
		people = append(people, absence.Substitute)
	}
	return people, err
}

// task is what an edition waits for of a person.
func (t *telling) task(person string, ref newsroom.Ref) (newsroom.Task, bool, error) {
	actor, ok, err := t.working(t.ctx, person)
	if err != nil || !ok {
		return newsroom.Task{}, false, err
	}
	return t.Newsroom.Awaits(t.ctx, actor, ref)
}

// working answers somebody with the posts of this moment; false for who is
// disabled, or was never there.
func (n *newsroomSide) working(ctx context.Context, person string) (account.Actor, bool, error) {
	actor, err := n.Accounts.ActorFor(ctx, person)
	if kind := fault.KindOf(err); kind == fault.Forbidden || kind == fault.NotFound {
		return account.Actor{}, false, nil
	}
	return actor, err == nil, err
}

// edition tells a person something of an edition, if they may see it, have not
// done it themselves, and are not told already.
func (t *telling) edition(ref newsroom.Ref, person string, sort notice.Sort, words string) error {
	if !t.concerns(person) {
		return nil
	}
	actor, ok, err := t.working(t.ctx, person)
	if err != nil || !ok {
		return err
	}
	seen, err := t.Newsroom.Seen(t.ctx, actor, []newsroom.Ref{ref})
	if err != nil || len(seen) == 0 {
		return err
	}
	n := notice.Notice{
		Person: person, Sort: sort, Words: words, Title: mailable(seen[0].Headline), Quote: mailable(t.event.Data["reason"]), Href: "/editions/" + ref.Item + "/" + ref.Lang,
	}
	if comment := t.event.Data["comment"]; comment != "" {
		n.Quote, n.Href = mailable(t.event.Data["excerpt"]), n.Href+"#comment-"+comment
	}
	t.add(n)
	return nil
}

// mailable leaves out words that look like a State secret: notices go out by
// e-mail, and what they are about can be read at the desk.
func mailable(words string) string {
	if len(newsroom.MarksIn(words)) > 0 {
		return ""
	}
	return words
}

// account tells people what was done to their account, whoever did it: it may
// have been somebody in their name.
func (t *telling) account() error {
	if t.old {
		return nil
	}
	person, what := t.event.Data["person"], t.event.Data["what"]
	if what == "person.disable" { // of which they are told nowhere any more
		return nil
	}
	n := notice.Notice{Person: person, Sort: notice.Security, Words: "notice.security." + what, Href: "/account/security"}
	switch what {
	case "absence.stand_in":
		n.Sort, n.Words, n.Href = notice.Waiting, "notice.waiting.stand_in", "/account/absence"
	case "person.password", "person.reset":
		n.Href = "/account"
	case "token.add":
		n.Href = "/account/tokens"
	case "role.grant":
		return t.granted(n)
	}
	t.add(n)
	return nil
}

// granted tells that somebody was given a weighty role, besides them the
// administrators and the chief of the agency: so that no administrator makes
// chiefs unseen.
func (t *telling) granted(n notice.Notice) error {
	role, agency := account.Role(t.event.Data["role"]), t.event.Data["agency"]
	administrators, err := t.Accounts.Administrators(t.ctx)
	if err != nil {
		return err
	}
	chiefs, err := t.Accounts.Bearers(t.ctx, agency, account.EditorInChief, "")
	if err != nil {
		return err
	}
	names, err := t.Accounts.Names(t.ctx, []string{n.Person})
	if err != nil {
		return err
	}
	n.Words, n.Title, n.Href = "notice.security.role.grant."+string(role), names[n.Person], "/help/people"
	people := append([]string{n.Person}, slices.Concat(administrators, chiefs)...)
	slices.Sort(people)
	for _, person := range slices.Compact(people) {
		told := n
		told.Person, told.Subject = person, "person/"+person // as what is done to accounts is seen by its person alone
		if slices.Contains(administrators, person) {
			told.Href = "/people"
		}
		t.add(told)
	}
	return nil
}

func (t *telling) add(n notice.Notice) {
	n.Event, n.At, n.Who = t.event.Seq, t.event.At, t.who
	if n.Subject == "" {
		n.Subject = t.event.Subject
	}
	t.notices = append(t.notices, n)
}
