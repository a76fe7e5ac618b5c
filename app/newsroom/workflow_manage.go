package newsroom

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Workflows lists what an agency's texts can be submitted to: its own
// workflows, and the standard ones in whose place it has none.
func (n *Newsroom) Workflows(ctx context.Context, agency string) ([]*Workflow, error) {
	rows, err := loadWorkflows(n.db.Read(ctx), agency)
	if err != nil {
		return nil, err
	}
	return offered(rows)
}

// offered merges an agency's own workflows into the standard ones. When one of
// its own is preferred, no standard one is.
func offered(rows []workflowRow) ([]*Workflow, error) {
	own := slices.ContainsFunc(rows, func(r workflowRow) bool { return r.Preferred && !r.Retired })
	replaced := func(code string) bool {
		return slices.ContainsFunc(rows, func(r workflowRow) bool { return r.Code == code })
	}
	var list []*Workflow
	for _, w := range standard {
		if !replaced(w.Code) {
			shown := *w
			shown.Preferred = w.Preferred && !own
			list = append(list, &shown)
		}
	}
	for _, r := range rows {
		if r.Retired {
			continue
		}
		w, err := r.workflow()
		if err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, nil
}

// chosen answers the workflow of a code among those an agency offers; for ""
// the preferred one, or the first when none is.
func chosen(list []*Workflow, code string) (*Workflow, error) {
	i := slices.IndexFunc(list, func(w *Workflow) bool { return code != "" && w.Code == code || code == "" && w.Preferred })
	switch {
	case i >= 0:
		return list[i], nil
	case code == "" && len(list) > 0:
		return list[0], nil
	}
	var form fault.Form
	form.Refuse("workflow", "error.workflow.unknown")
	return nil, form.Err()
}

var workflowCode = regexp.MustCompile(`^[a-z][a-z0-9-]{0,29}$`)

// SaveWorkflow makes a new version of an agency's workflow, or its first. base
// is the version the person started from (0: a standard one, or none); when
// another was saved meanwhile, the error is a conflict. What is on its way
// finishes on the version it was submitted under.
func (n *Newsroom) SaveWorkflow(ctx context.Context, actor account.Actor, agency, code string, base int, w Workflow) error {
	w = w.tidy()
	refusal := w.check()
	if refusal == nil && !workflowCode.MatchString(code) {
		var form fault.Form
		form.Refuse("code", "error.workflow.code")
		refusal = form.Err()
	}
	return n.manageWorkflows(ctx, actor, agency, func(tx *store.Tx, role account.Role, rows []workflowRow) error {
		if refusal != nil {
			return refusal
		}
		newest := workflowRow{}
		if i := slices.IndexFunc(rows, func(r workflowRow) bool { return r.Code == code }); i >= 0 {
			newest = rows[i]
		}
		if newest.Version != base {
			return fault.New(fault.Conflict, "error.workflow.moved_on")
		}
		if !newest.Retired && newest.Definition == w.encode() {
			return nil
		}
		row := workflowRow{
			ID: store.NewID(), AgencyID: agency, Code: code, Version: base + 1, Definition: w.encode(), Preferred: w.Preferred,
			CreatedBy: actor.ID, CreatedAt: store.Micros(tx.Now),
		}
		row.Preferred = newest.Preferred || newest.ID == "" && isPreferred(rows, code)
		if err := insertWorkflow(tx, row); err != nil {
			return err
		}
		if row.Preferred {
			if err := preferWorkflow(tx, agency, row.ID); err != nil {
				return err
			}
		}
		return recordWorkflow(tx, actor, role, agency, "workflow.save", row)
	})
}

// isPreferred says whether a standard workflow that an agency is about to
// make its own is the agency's usual one.
func isPreferred(rows []workflowRow, code string) bool {
	w, ok := standardOf(code)
	own := slices.ContainsFunc(rows, func(r workflowRow) bool { return r.Preferred && !r.Retired })
	return ok && w.Preferred && !own
}

// PreferWorkflow makes a workflow the one an agency's texts are submitted to
// when the writer does not choose.
func (n *Newsroom) PreferWorkflow(ctx context.Context, actor account.Actor, agency, code string) error {
	return n.manageWorkflows(ctx, actor, agency, func(tx *store.Tx, role account.Role, rows []workflowRow) error {
		list, err := offered(rows)
		if err != nil {
			return err
		}
		w, err := chosen(list, code)
		if err != nil || w.Preferred {
			return err
		}
		row := workflowRow{ID: w.ID, Code: code, Version: w.Version}
		if w.Agency == "" { // a standard one becomes the agency's, with its first version
			row = workflowRow{
				ID: store.NewID(), AgencyID: agency, Code: code, Version: 1, Definition: w.encode(),
				CreatedBy: actor.ID, CreatedAt: store.Micros(tx.Now),
			}
			if err := insertWorkflow(tx, row); err != nil {
				return err
			}
		}
		if err := preferWorkflow(tx, agency, row.ID); err != nil {
			return err
		}
		return recordWorkflow(tx, actor, role, agency, "workflow.prefer", row)
	})
}

// RetireWorkflow offers a workflow no longer. What is on its way finishes on
// it. The last one stays.
func (n *Newsroom) RetireWorkflow(ctx context.Context, actor account.Actor, agency, code string) error {
	return n.manageWorkflows(ctx, actor, agency, func(tx *store.Tx, role account.Role, rows []workflowRow) error {
		list, err := offered(rows)
		if err != nil {
			return err
		}
		w, err := chosen(list, code)
		if err != nil {
			return err
		}
		if len(list) == 1 {
			return fault.New(fault.NotPossible, "error.workflow.only")
		}
		row := workflowRow{
			ID: store.NewID(), AgencyID: agency, Code: code, Version: w.Version + 1, Definition: w.encode(), Retired: true,
			CreatedBy: actor.ID, CreatedAt: store.Micros(tx.Now),
		}
		if err := insertWorkflow(tx, row); err != nil {
			return err
		}
		return recordWorkflow(tx, actor, role, agency, "workflow.retire", row)
	})
}

// manageWorkflows runs a change of an agency's workflows.
func (n *Newsroom) manageWorkflows(ctx context.Context, actor account.Actor, agency string, do func(*store.Tx, account.Role, []workflowRow) error) error {
	role, ok := actor.May(account.ManageFlow, agency)
	if !ok {
		return fault.New(fault.Forbidden, "error.verb.role")
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockAgency(tx, agency); err != nil {
			return err
		}
		rows, err := loadWorkflows(tx.DB, agency)
		if err != nil {
			return err
		}
		return do(tx, role, rows)
	})
}

func recordWorkflow(tx *store.Tx, actor account.Actor, role account.Role, agency, verb string, row workflowRow) error {
	return audit.Append(tx, audit.Entry{
		ActorID: actor.ID, AgencyID: agency, Role: string(role), Address: actor.Address, Verb: verb,
		Subject: "workflow/" + agency + "/" + row.Code,
		Detail:  map[string]string{"version": strconv.Itoa(row.Version), "id": row.ID, "definition": row.Definition},
	})
}

// Vacancy is a step at which an agency's texts in a language wait, with nobody to
// whom they could wait.
type Vacancy struct {
	Agency  string
	Step    Step
	Lang    string
	Waiting int
}

// isVacant says whether nobody could do a step with an agency's texts in a
// language, of the posts that are held.
func (s Step) isVacant(held []account.Post, agency, lang string) bool {
	return !slices.ContainsFunc(held, func(p account.Post) bool {
		return p.Agency == agency && p.Languages.Include(lang) && slices.Contains(s.Roles, p.Role)
	})
}

// Vacancies lists the steps at which texts stand though nobody holds one of
// their roles today for the language of these, in the agencies whose workflows a person manages.
func (n *Newsroom) Vacancies(ctx context.Context, actor account.Actor) ([]Vacancy, error) {
	if !actor.MayAnywhere(account.ManageFlow) {
		return nil, nil
	}
	agencies, all := actor.Agencies(account.ManageFlow)
	db := n.db.Read(ctx)
	counts, err := loadStepCounts(db, agencies, all)
	if err != nil || len(counts) == 0 {
		return nil, err
	}
	held, err := loadHeldPosts(db, agencies, all, n.db.Now())
	if err != nil {
		return nil, err
	}
	var empty []Vacancy
	for _, c := range counts {
		w, err := n.workflow(db, c.WorkflowID)
		if err != nil {
			return nil, err
		}
		if s, ok := w.step(c.Step); ok && s.isVacant(held, c.AgencyID, c.Lang) {
			empty = append(empty, Vacancy{c.AgencyID, s, c.Lang, c.N})
		}
	}
	return empty, nil
}

// VacantStep answers the step to which an edition came at a moment, and its
// agency, where nobody holds a role of that step for its language; ok is false otherwise.
func (n *Newsroom) VacantStep(ctx context.Context, ref Ref, came time.Time) (v Vacancy, ok bool, err error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil || !slices.Contains(underReview, State(row.State)) || row.StateAt != store.Micros(came) {
		return Vacancy{}, false, err
	}
	w, err := n.workflow(db, row.WorkflowID)
	if err != nil {
		return Vacancy{}, false, err
	}
	held, err := loadHeldPosts(db, []string{row.AgencyID}, false, n.db.Now())
	if err != nil {
		return Vacancy{}, false, err
	}
	step, known := w.step(row.Step)
	return Vacancy{row.AgencyID, step, row.Lang, 1}, known && step.isVacant(held, row.AgencyID, row.Lang), nil
}
