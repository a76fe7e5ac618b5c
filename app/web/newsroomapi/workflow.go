package newsroomapi

import (
	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
)

// workflow is the chain of steps between a writer and readers.
type workflow struct {
	Code      string            `json:"code"`
	Version   int               `json:"version"`
	Preferred bool              `json:"preferred" doc:"What a text is submitted to when nobody chooses."`
	Names     map[string]string `json:"names" doc:"By interface language."`
	Steps     []step            `json:"steps"`
	Urgent    urgent            `json:"urgent" doc:"Who may publish before the last approval, and within how many hours that is due."`
}

type step struct {
	Key       string            `json:"key"`
	State     newsroom.State    `json:"state"`
	Names     map[string]string `json:"names"`
	Roles     []account.Role    `json:"roles"`
	Optional  bool              `json:"optional"`
	SkipBy    []account.Role    `json:"skip_by"`
	Questions []question        `json:"questions"`
}

type urgent struct {
	Roles []account.Role `json:"roles"`
	Hours int            `json:"hours"`
}

type question struct {
	Key    string            `json:"key"`
	Texts  map[string]string `json:"texts"`
	Always bool              `json:"always" doc:"It cannot be answered with na, does not apply."`
}

func workflowOf(w *newsroom.Workflow) workflow {
	answer := workflow{
		Code: w.Code, Version: w.Version, Preferred: w.Preferred, Names: w.Names, Steps: []step{},
		Urgent: urgent{list(w.Urgent.Roles), w.Urgent.Hours},
	}
	for _, s := range w.Steps {
		answer.Steps = append(answer.Steps, stepOf(s))
	}
	return answer
}

func workflowsOf(all []*newsroom.Workflow) []workflow {
	answer := make([]workflow, len(all))
	for i, w := range all {
		answer[i] = workflowOf(w)
	}
	return answer
}

func stepOf(s newsroom.Step) step {
	answer := step{
		Key: s.Key, State: s.State, Names: s.Names, Roles: list(s.Roles), Optional: s.Optional, SkipBy: list(s.SkipBy), Questions: []question{},
	}
	for _, q := range s.Questions {
		answer.Questions = append(answer.Questions, question(q))
	}
	return answer
}

// way is a step that a text can be passed on to.
type way struct {
	To      string            `json:"to" doc:"What the act asks for as to."`
	Names   map[string]string `json:"names"`
	Skipped []string          `json:"skipped" doc:"Keys of required steps that would be passed over; a reason is then asked for."`
}

func wayOf(w newsroom.Way) way {
	answer := way{To: w.Key, Names: w.Names, Skipped: []string{}}
	for _, s := range w.Skipped {
		answer.Skipped = append(answer.Skipped, s.Key)
	}
	return answer
}

// askedQuestion is a question of a checklist about one revision.
type askedQuestion struct {
	ID     string            `json:"id" doc:"The name of its answer."`
	Texts  map[string]string `json:"texts"`
	Always bool              `json:"always"`
	Answer newsroom.Answer   `json:"answer,omitempty" doc:"What was answered about this very revision."`
	By     string            `json:"by,omitempty" doc:"Person id."`
}

func askedOf(asked []newsroom.Asked) []askedQuestion {
	answer := make([]askedQuestion, len(asked))
	for i, q := range asked {
		answer[i] = askedQuestion{q.ID(), q.Texts, q.Always, q.Answer, q.By}
	}
	return answer
}

type workflowQuery struct {
	Agency string `path:"agency" doc:"Id of an agency."`
}

type workflowList struct {
	Workflows []workflow `json:"workflows"`
}

// listWorkflows answers what an agency's texts can be submitted to, to those
// who write there or see its editions on their way.
func (a *API) listWorkflows(c *call, in workflowQuery) (workflowList, error) {
	_, writes := c.actor.May(account.Submit, in.Agency)
	_, sees := c.actor.May(account.View, in.Agency)
	if !writes && !sees {
		return workflowList{}, fault.New(fault.Forbidden, "error.verb.role")
	}
	all, err := a.Newsroom.Workflows(c.ctx, in.Agency)
	return workflowList{workflowsOf(all)}, err
}
