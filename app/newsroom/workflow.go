package newsroom

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// Workflow is the chain of steps an edition goes through between its writer
// and readers. It is data of an agency. A version of it never changes: an
// edition finishes on the version it was submitted under, so that no change
// can strand what is on its way.
type Workflow struct {
	ID        string `json:"-"`
	Agency    string `json:"-"` // "" for those that every agency begins with
	Code      string `json:"-"`
	Version   int    `json:"-"`
	Preferred bool   `json:"-"` // what a text is submitted to when the writer does not choose

	Names  map[string]string `json:"names"` // by interface language
	Steps  []Step            `json:"steps"`
	Urgent Urgent            `json:"urgent"`
}

// Step is one pair of eyes.
type Step struct {
	Key   string            `json:"key"`
	State State             `json:"state"` // Editing, DeskReview or Approval: how the status is called
	Names map[string]string `json:"names"`
	Roles []account.Role    `json:"roles"` // whose step it is
	// An optional step may be passed over by whoever passes the text on, any
	// other only by these roles, who say why.
	Optional  bool           `json:"optional"`
	SkipBy    []account.Role `json:"skipBy"`
	Questions []Question     `json:"questions"`
}

// Question is one line of a checklist. The answer is about one exact revision:
// whoever changes the text opens the question again.
type Question struct {
	Key   string            `json:"key"`
	Texts map[string]string `json:"texts"`
	// Always: it cannot be answered with "does not apply".
	Always bool `json:"always"`
}

// Urgent says who may publish before the last approval, and within how many
// hours a second person has to approve what readers already have.
type Urgent struct {
	Roles []account.Role `json:"roles"`
	Hours int            `json:"hours"`
}

// Answer is what somebody says to a question.
type Answer string

// The answers with which a text may go on.
const (
	Checked      Answer = "yes"
	DoesNotApply Answer = "na"
)

// Limits of a workflow: it has to fit on a phone, and in a head.
const (
	MaxSteps     = 8
	MaxQuestions = 10
	maxName      = 60
	maxQuestion  = 200
	maxUrgent    = 7 * 24 // hours
)

// stepActions is what somebody must be permitted to do, whatever the workflow
// says, to hold a step of a state.
var stepActions = map[State]account.Action{
	Editing: account.Take, DeskReview: account.Pass, Approval: account.Approve,
}

// step answers a step by its key.
func (w *Workflow) step(key string) (Step, bool) {
	i := w.index(key)
	if i < 0 {
		return Step{}, false
	}
	return w.Steps[i], true
}

func (w *Workflow) index(key string) int {
	return slices.IndexFunc(w.Steps, func(s Step) bool { return s.Key == key })
}

// entry is where a submitted text stands: before somebody takes it, if the
// first step is one of editing.
func (w *Workflow) entry() (State, Step) {
	first := w.Steps[0]
	if first.State == Editing {
		return Submitted, first
	}
	return first.State, first
}

func (w *Workflow) urgentWithin() time.Duration { return time.Duration(w.Urgent.Hours) * time.Hour }

var stepKey = regexp.MustCompile(`^[a-z][a-z0-9_]{0,19}$`)

// check refuses a workflow that could not be worked by: the last step, and no
// other, approves; only the first edits; every step has names, and people who
// could hold it. Fields are named "steps-<n>-…" for a form.
func (w *Workflow) check() error {
	var form fault.Form
	checkNames(&form, "names", w.Names, maxName)
	if n := len(w.Steps); n == 0 || n > MaxSteps {
		form.Refuse("steps", "error.workflow.steps", "Max", MaxSteps)
	}
	seen := map[string]bool{}
	for i, s := range w.Steps {
		at := func(field string) string { return "steps-" + strconv.Itoa(i) + "-" + field }
		if !stepKey.MatchString(s.Key) || seen[s.Key] {
			form.Refuse(at("key"), "error.workflow.key")
		}
		seen[s.Key] = true
		checkNames(&form, at("names"), s.Names, maxName)
		s.checkPlace(&form, at, i == 0, i == len(w.Steps)-1)
		s.checkQuestions(&form, at)
	}
	w.Urgent.check(&form)
	return form.Err()
}

func (s Step) checkPlace(form *fault.Form, at func(string) string, first, last bool) {
	action, known := stepActions[s.State]
	switch {
	case !known, s.State == Editing && !first:
		form.Refuse(at("state"), "error.workflow.state")
	case (s.State == Approval) != last:
		form.Refuse(at("state"), "error.workflow.last")
	case last && (s.Optional || len(s.SkipBy) > 0):
		form.Refuse(at("skip"), "error.workflow.last_skip")
	}
	if len(s.Roles) == 0 || !permitted(action, s.Roles) {
		form.Refuse(at("roles"), "error.workflow.roles")
	}
	if !permitted(account.Pass, s.SkipBy) {
		form.Refuse(at("skip"), "error.workflow.roles")
	}
}

func permitted(action account.Action, roles []account.Role) bool {
	return !slices.ContainsFunc(roles, func(r account.Role) bool { return !account.Permits(action, r) })
}

func (s Step) checkQuestions(form *fault.Form, at func(string) string) {
	if len(s.Questions) > MaxQuestions {
		form.Refuse(at("questions"), "error.workflow.questions", "Max", MaxQuestions)
	}
	seen := map[string]bool{}
	for _, q := range s.Questions {
		if !stepKey.MatchString(q.Key) || seen[q.Key] {
			form.Refuse(at("questions"), "error.workflow.key")
		}
		seen[q.Key] = true
		checkNames(form, at("questions"), q.Texts, maxQuestion)
	}
}

func (u Urgent) check(form *fault.Form) {
	if !permitted(account.PublishUrgent, u.Roles) {
		form.Refuse("urgent_roles", "error.workflow.roles")
	}
	if len(u.Roles) > 0 && (u.Hours < 1 || u.Hours > maxUrgent) {
		form.Refuse("urgent_hours", "error.workflow.hours", "Max", maxUrgent)
	}
}

// checkNames asks for a name in Vietnamese and, where there are others, for
// texts within their limit.
func checkNames(form *fault.Form, field string, names map[string]string, limit int) {
	if names["vi"] == "" {
		form.Refuse(field, "error.required")
	}
	for _, name := range names {
		if !utf8.ValidString(name) {
			form.Refuse(field, "error.not_utf8")
		} else if utf8.RuneCountInString(name) > limit {
			form.Refuse(field, "error.too_long", "Max", limit)
		}
	}
}

// Named is a name in an interface language, in Vietnamese where it has none.
func Named(names map[string]string, lang string) string {
	if names[lang] != "" {
		return names[lang]
	}
	return names["vi"]
}

// tidy gives names and questions the form texts are kept in, and names each
// role once.
func (w Workflow) tidy() Workflow {
	w.Names, w.Urgent.Roles = tidyNames(w.Names), once(w.Urgent.Roles)
	w.Steps = slices.Clone(w.Steps)
	for i := range w.Steps {
		s := &w.Steps[i]
		s.Names, s.Roles, s.SkipBy = tidyNames(s.Names), once(s.Roles), once(s.SkipBy)
		s.Questions = slices.Clone(s.Questions)
		for j := range s.Questions {
			s.Questions[j].Texts = tidyNames(s.Questions[j].Texts)
		}
	}
	return w
}

// once leaves out what was in a list before.
func once[T comparable](list []T) []T {
	var kept []T
	for _, x := range list {
		if !slices.Contains(kept, x) {
			kept = append(kept, x)
		}
	}
	return kept
}

func tidyNames(names map[string]string) map[string]string {
	clean := map[string]string{}
	for lang, name := range names {
		if name = line(name); name != "" {
			clean[lang] = name
		}
	}
	return clean
}

func (w *Workflow) encode() string {
	text, err := json.Marshal(w)
	if err != nil {
		panic(err) // strings, numbers and lists of them always have a JSON form
	}
	return string(text)
}
