package newsroom

import (
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// chain is the workflow the edition was submitted under.
func (a *act) chain() (*Workflow, error) { return a.n.workflow(a.db(), a.row.WorkflowID) }

// holds answers a post of the actor in the edition's agency and language with one
// of the roles, their own before one they hold for somebody absent.
func (a *act) holds(action account.Action, roles []account.Role) (account.Post, bool) {
	var found account.Post
	ok := false
	for _, p := range a.actor.Posts {
		if p.Agency != a.row.AgencyID || !p.Languages.Include(a.row.Lang) || !slices.Contains(roles, p.Role) || !account.Permits(action, p.Role) {
			continue
		}
		if p.For == "" {
			return p, true
		}
		found, ok = p, true
	}
	return found, ok
}

// seat asks whether the actor holds the step that a verb is about, and answers
// the post by which they do. A text is submitted by its writers. Verbs that are
// about no step are the policy's alone, which has been asked.
func (a *act) seat(verb Verb) (account.Post, error) {
	switch verb {
	case Take, Pass, Approve, PublishUrgent:
	case Submit:
		return a.post, a.isWriter()
	case Unblock:
		return a.post, a.mayFree()
	default:
		return a.post, nil
	}
	w, err := a.chain()
	if err != nil {
		return account.Post{}, err
	}
	s, _ := w.step(a.row.Step)
	post, ok := a.post, false
	switch verb {
	case Take:
		post, ok = a.holds(account.Take, s.Roles)
	case Approve:
		post, ok = a.holds(account.Approve, s.Roles)
	case PublishUrgent:
		post, ok = a.holds(account.PublishUrgent, w.Urgent.Roles)
	case Pass:
		ways := a.ways(w)
		if ok = len(ways) > 0; ok {
			post = ways[0].post
		}
	}
	if !ok {
		return post, fault.New(fault.Forbidden, "error.verb.step")
	}
	if s.State == Editing && (verb == Take || verb == Pass) {
		err = a.isReviser()
	}
	return post, err
}

// Way is a step that a person may pass a text on to.
type Way struct {
	Step
	Skipped []Step // required steps that would be passed over; a reason is then asked for
	Vacant  bool   // nobody holds a role of the step today: the text would wait for nobody
	post    account.Post
}

// ways lists the steps the actor may pass the text on to: the next one, and
// those beyond it where what lies between is optional, or the actor may pass
// over it. Whoever does not hold the step where the text is passes over that
// one too.
func (a *act) ways(w *Workflow) []Way {
	here := w.index(a.row.Step)
	if here < 0 {
		return nil
	}
	var way Way
	post, done := a.holds(account.Pass, w.Steps[here].Roles)
	if done = done && State(a.row.State) != Submitted; !done {
		if post, done = a.holds(account.Pass, w.Steps[here].SkipBy); !done {
			return nil
		}
		way.Skipped = []Step{w.Steps[here]}
	}
	way.post = post
	var ways []Way
	for i := here + 1; i < len(w.Steps); i++ {
		way.Step = w.Steps[i]
		ways = append(ways, way)
		if w.Steps[i].Optional {
			continue
		}
		if _, may := a.holds(account.Pass, w.Steps[i].SkipBy); !may {
			break
		}
		way.Skipped = append(slices.Clip(way.Skipped), w.Steps[i])
	}
	return ways
}

// submit puts a text on the workflow that the writer chose, or the one it was
// on before, in its newest version, or its agency's usual one. That it goes
// another way than before is written down.
func (a *act) submit(ask Ask, columns map[string]any, detail map[string]string) (State, error) {
	var before *Workflow
	if a.row.WorkflowID != "" {
		var err error
		if before, err = a.chain(); err != nil {
			return "", err
		}
	}
	w, err := a.n.chosenWorkflow(a.tx.DB, a.row.AgencyID, ask.Workflow, before)
	if err != nil {
		return "", err
	}
	if before != nil && before.Code != w.Code {
		detail["workflow_from"], detail["workflow"] = Named(before.Names, "vi"), Named(w.Names, "vi")
	}
	to, first := w.entry()
	columns["workflow_id"], columns["step"] = w.ID, first.Key
	return to, nil
}

// pass takes a text to a later step of its workflow.
func (a *act) pass(head Revision, ask Ask, columns map[string]any, detail map[string]string) (State, error) {
	w, err := a.chain()
	if err != nil {
		return "", err
	}
	ways := a.ways(w)
	i := slices.IndexFunc(ways, func(way Way) bool { return ask.To == "" || way.Key == ask.To })
	if i < 0 {
		return "", fault.New(fault.Forbidden, "error.pass.to")
	}
	way := ways[i]
	if len(way.Skipped) > 0 && ask.Reason == "" {
		var form fault.Form
		form.Refuse("reason", "error.pass.reason")
		return "", form.Err()
	}
	a.post = way.post
	detail["step"] = way.Key
	for _, s := range way.Skipped {
		detail["skipped"] = strings.TrimSpace(detail["skipped"] + " " + s.Key)
	}
	columns["step"] = way.Key
	if here, _ := w.step(a.row.Step); !slices.ContainsFunc(way.Skipped, func(s Step) bool { return s.Key == here.Key }) {
		err = a.answer(head, questionsOf(here), ask.Answers, detail)
	}
	return way.State, err
}

// Asked is a question of a checklist, and what was answered about the newest
// revision.
type Asked struct {
	Question
	Step   string // key
	Answer Answer // "" when nothing was
	By     string // person id
}

// ID names the question among all of a workflow.
func (q Asked) ID() string { return q.Step + "." + q.Key }

func questionsOf(steps ...Step) []Asked {
	var asked []Asked
	for _, s := range steps {
		for _, q := range s.Questions {
			asked = append(asked, Asked{Question: q, Step: s.Key})
		}
	}
	return asked
}

// required are the questions without whose answers a text is not approved:
// those of every step that is not optional, for whoever has changed the text
// since an earlier step has opened its questions again; and what is asked of
// every text in which a machine had a part.
func (w *Workflow) required(c Content) []Asked {
	asked := questionsOf(slices.DeleteFunc(slices.Clone(w.Steps), func(s Step) bool { return s.Optional })...)
	last := w.Steps[len(w.Steps)-1]
	taken := slices.ContainsFunc(last.Questions, func(q Question) bool { return q.Key == askAI.Key })
	if len(c.About.AI) > 0 && !taken {
		asked = append(asked, Asked{Question: askAI, Step: last.Key})
	}
	return asked
}

// indispensable are the questions that are asked even in haste.
func (w *Workflow) indispensable(c Content) []Asked {
	return slices.DeleteFunc(w.required(c), func(q Asked) bool { return !q.Always })
}

// answer keeps what was answered about a revision and refuses while a question
// is open.
func (a *act) answer(head Revision, asked []Asked, given map[string]Answer, detail map[string]string) error {
	if err := fillAnswers(a.tx.DB, head, asked); err != nil {
		return err
	}
	var form fault.Form
	var fresh []answerRow
	for _, q := range asked {
		if q.Answer != "" {
			continue
		}
		switch answer := given[q.ID()]; {
		case answer == Checked, answer == DoesNotApply && !q.Always:
			fresh = append(fresh, answerRow{
				ItemID: a.row.ItemID, Lang: a.row.Lang, Hash: head.Hash, Step: q.Step, Question: q.Key,
				Answer: string(answer), PersonID: a.actor.ID, At: store.Micros(a.tx.Now),
			})
			detail["checklist"] = strings.TrimSpace(detail["checklist"] + " " + q.ID() + "=" + string(answer))
		default:
			form.Refuse("answer-"+q.ID(), "error.checklist.open")
		}
	}
	if err := form.Err(); err != nil {
		return err
	}
	return insertAnswers(a.tx, fresh)
}
