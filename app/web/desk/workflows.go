package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/vietnamese"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// workflowsPage lists the workflows of the agencies whose workflows the person
// manages.
type workflowsPage struct {
	page
	Agencies []agencyWorkflows
}

type agencyWorkflows struct {
	ID, Name  string
	Workflows []*newsroom.Workflow
	Vacancies []newsroom.Vacancy
}

// NameOf is a workflow's or a step's name in the person's language.
func (p *workflowsPage) NameOf(names map[string]string) string {
	return newsroom.Named(names, p.Lang())
}

func (d *Desk) workflows(c *fiber.Ctx) error {
	return d.showWorkflows(c, fiber.StatusOK, d.page(c, "workflows.title", "workflows"))
}

func (d *Desk) showWorkflows(c *fiber.Ctx, status int, base page) error {
	show := &workflowsPage{page: base}
	names, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	empty, err := d.Newsroom.Vacancies(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	for _, id := range managed(show.Actor, names) {
		a := agencyWorkflows{ID: id, Name: names[id]}
		if a.Workflows, err = d.Newsroom.Workflows(web.Context(c), id); err != nil {
			return err
		}
		for _, v := range empty {
			if v.Agency == id {
				a.Vacancies = append(a.Vacancies, v)
			}
		}
		show.Agencies = append(show.Agencies, a)
	}
	return d.show(c, status, "workflows", show)
}

// managed are the agencies whose workflows a person manages, by name.
func managed(actor account.Actor, names map[string]string) []string {
	var ids []string
	for id := range names {
		if _, ok := actor.May(account.ManageFlow, id); ok {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(vietnamese.Fold(names[a]), vietnamese.Fold(names[b])), cmp.Compare(a, b))
	})
	return ids
}

// workflowPage is the form of one workflow.
type workflowPage struct {
	page
	Agency, AgencyName string
	Code               string
	New                bool
	Base               int
	Flow               newsroom.Workflow
}

// Kinds are the sorts of step there are.
func (p *workflowPage) Kinds() []newsroom.State {
	return []newsroom.State{newsroom.Editing, newsroom.DeskReview, newsroom.Approval}
}

// Languages are those in which a workflow has names.
func (p *workflowPage) Languages() []string { return interfaceLanguages }

// Holders are the roles that some step can be given to.
func (p *workflowPage) Holders() []account.Role {
	return permittedRoles(account.Take, account.Pass, account.Approve)
}

// Skippers are the roles that can be let pass over a step.
func (p *workflowPage) Skippers() []account.Role { return permittedRoles(account.Pass) }

// Hurried are the roles that can be let publish urgently.
func (p *workflowPage) Hurried() []account.Role { return permittedRoles(account.PublishUrgent) }

// Has says whether a role is in a list.
func (p *workflowPage) Has(roles []account.Role, role account.Role) bool {
	return slices.Contains(roles, role)
}

func permittedRoles(actions ...account.Action) []account.Role {
	return slices.DeleteFunc(slices.Clone(account.Roles), func(r account.Role) bool {
		return !slices.ContainsFunc(actions, func(a account.Action) bool { return account.Permits(a, r) })
	})
}

// questionForm is one question of a step's checklist in the form.
type questionForm struct {
	Page   *workflowPage
	At     string // how the names of its fields begin
	Key    string
	Texts  map[string]string
	Always bool
}

// Question prepares the fields of a step's question; one without a key is
// still to be filled in.
func (p *workflowPage) Question(step string, n int, key string, texts map[string]string, always bool) questionForm {
	return questionForm{p, step + "-questions-" + strconv.Itoa(n), key, texts, always}
}

func (d *Desk) workflow(c *fiber.Ctx) error {
	show, err := d.workflowForm(c)
	if err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "workflow", show)
}

// workflowForm is the form of the workflow that the address names; of one that
// there is not, an empty one.
func (d *Desk) workflowForm(c *fiber.Ctx) (*workflowPage, error) {
	show := &workflowPage{page: d.page(c, "workflow.title", "workflows"), Agency: web.Param(c, "agency"), Code: web.Param(c, "code")}
	names, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return nil, err
	}
	if _, ok := show.Actor.May(account.ManageFlow, show.Agency); !ok || names[show.Agency] == "" {
		return nil, errNoPage()
	}
	show.AgencyName = names[show.Agency]
	list, err := d.Newsroom.Workflows(web.Context(c), show.Agency)
	if err != nil {
		return nil, err
	}
	if show.New = show.Code == newCode; show.New {
		show.Code, show.Flow = "", newsroom.Workflow{Steps: []newsroom.Step{{State: newsroom.Editing}, {State: newsroom.Approval}}}
		return show, nil
	}
	i := slices.IndexFunc(list, func(w *newsroom.Workflow) bool { return w.Code == show.Code })
	if i < 0 {
		return nil, errNoPage()
	}
	show.Flow, show.Base = *list[i], list[i].Version
	show.Title = newsroom.Named(show.Flow.Names, show.Lang())
	return show, nil
}

// newCode stands in the address of a workflow that there is not yet.
const newCode = "new"

// saveWorkflow saves the form, or adds a step to it.
func (d *Desk) saveWorkflow(c *fiber.Ctx) error {
	show, err := d.workflowForm(c)
	if err != nil {
		return err
	}
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show.Base, _ = strconv.Atoi(form.Text("base", 10)) // 0 is no version: a conflict, with nothing lost
	if show.New {
		show.Code = form.Text("code", 60)
	}
	show.Flow = readWorkflow(form)
	if form.Has("add") {
		last := max(0, len(show.Flow.Steps)-1)
		show.Flow.Steps = slices.Insert(show.Flow.Steps, last, newsroom.Step{State: newsroom.DeskReview})
		return d.show(c, fiber.StatusOK, "workflow", show)
	}
	if err = form.Err(); err == nil {
		err = d.Newsroom.SaveWorkflow(web.Context(c), show.Actor, show.Agency, show.Code, show.Base, show.Flow)
	}
	switch {
	case err == nil:
		return c.Redirect("/workflows?done=workflow_saved", fiber.StatusSeeOther)
	case !correctable(err):
		return err
	}
	show.refused(err)
	return d.show(c, web.Status(err), "workflow", show)
}

// readWorkflow reads the form's steps in the order of their numbers. A step
// that is to be removed, and an empty question, is left out.
func readWorkflow(form *web.Form) newsroom.Workflow {
	flow := newsroom.Workflow{Names: readNames(form, "names"), Urgent: newsroom.Urgent{Roles: readRoles(form, "urgent_roles")}}
	flow.Urgent.Hours, _ = strconv.Atoi(form.Text("urgent_hours", 5)) // 0 is refused by the newsroom
	type placed struct {
		newsroom.Step
		order int
	}
	var steps []placed
	for i := range newsroom.MaxSteps + 1 {
		at := "steps-" + strconv.Itoa(i) + "-"
		if !form.Has(at+"state") || form.Has(at+"remove") {
			continue
		}
		s := placed{Step: newsroom.Step{
			Key: form.Text(at+"key", 60), State: newsroom.State(form.Text(at+"state", 20)), Names: readNames(form, at+"names"),
			Roles: readRoles(form, at+"roles"), SkipBy: readRoles(form, at+"skip"), Optional: form.Has(at + "optional"),
			Questions: readQuestions(form, at),
		}}
		s.order, _ = strconv.Atoi(form.Text(at+"order", 5))
		steps = append(steps, s)
	}
	slices.SortStableFunc(steps, func(a, b placed) int { return cmp.Compare(a.order, b.order) })
	for _, s := range steps {
		flow.Steps = append(flow.Steps, s.Step)
	}
	giveKeys(flow.Steps)
	return flow
}

func readQuestions(form *web.Form, at string) []newsroom.Question {
	var questions []newsroom.Question
	for j := range newsroom.MaxQuestions + 1 {
		q := at + "questions-" + strconv.Itoa(j) + "-"
		texts := readNames(form, q+"text")
		if texts["vi"] == "" && texts["en"] == "" {
			continue
		}
		questions = append(questions, newsroom.Question{Key: form.Text(q+"key", 60), Texts: texts, Always: form.Has(q + "always")})
	}
	return questions
}

func readNames(form *web.Form, name string) map[string]string {
	names := map[string]string{}
	for _, lang := range interfaceLanguages {
		if text := strings.TrimSpace(form.Text(name+"-"+lang, 400)); text != "" {
			names[lang] = text
		}
	}
	return names
}

func readRoles(form *web.Form, name string) []account.Role {
	var roles []account.Role
	for _, r := range form.List(name, 40) {
		roles = append(roles, account.Role(r))
	}
	return roles
}

// giveKeys names new steps and questions after their Vietnamese names: nobody
// should have to think of a key.
func giveKeys(steps []newsroom.Step) {
	taken := map[string]bool{}
	for i := range steps {
		giveKey(&steps[i].Key, steps[i].Names, taken)
		asked := map[string]bool{}
		for j := range steps[i].Questions {
			giveKey(&steps[i].Questions[j].Key, steps[i].Questions[j].Texts, asked)
		}
	}
}

func giveKey(key *string, names map[string]string, taken map[string]bool) {
	if *key == "" {
		base := strings.ReplaceAll(vietnamese.Slug(newsroom.Named(names, "vi"), 16), "-", "_")
		if base == "" || base[0] < 'a' || base[0] > 'z' {
			base = "buoc"
		}
		*key = base
		for n := 2; taken[*key]; n++ {
			*key = base + "_" + strconv.Itoa(n)
		}
	}
	taken[*key] = true
}

func (d *Desk) preferWorkflow(c *fiber.Ctx) error {
	err := d.Newsroom.PreferWorkflow(web.Context(c), web.Actor(c), web.Param(c, "agency"), web.Param(c, "code"))
	return d.workflowsAfter(c, "workflow_preferred", err)
}

func (d *Desk) retireWorkflow(c *fiber.Ctx) error {
	err := d.Newsroom.RetireWorkflow(web.Context(c), web.Actor(c), web.Param(c, "agency"), web.Param(c, "code"))
	return d.workflowsAfter(c, "workflow_retired", err)
}

func (d *Desk) workflowsAfter(c *fiber.Ctx, done string, err error) error {
	if err == nil {
		return c.Redirect("/workflows?done="+done, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show := d.page(c, "workflows.title", "workflows")
	show.refused(err)
	return d.showWorkflows(c, web.Status(err), show)
}
