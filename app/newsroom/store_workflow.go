package newsroom

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type workflowRow struct {
	ID         string `gorm:"column:id"`
	AgencyID   string `gorm:"column:agency_id"`
	Code       string `gorm:"column:code"`
	Version    int    `gorm:"column:version"`
	Definition string `gorm:"column:definition"`
	Preferred  bool   `gorm:"column:preferred"`
	Retired    bool   `gorm:"column:retired"`
	CreatedBy  string `gorm:"column:created_by"`
	CreatedAt  int64  `gorm:"column:created_at"`
}

func (workflowRow) TableName() string { return "workflow" }

type answerRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	Hash     string `gorm:"column:hash"`
	Step     string `gorm:"column:step"`
	Question string `gorm:"column:question"`
	Answer   string `gorm:"column:answer"`
	PersonID string `gorm:"column:person_id"`
	At       int64  `gorm:"column:at"`
}

func (answerRow) TableName() string { return "answer" }

type turnRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	Verb     string `gorm:"column:verb"`
	Role     string `gorm:"column:role"`
	PersonID string `gorm:"column:person_id"`
	AgencyID string `gorm:"column:agency_id"`
	Since    int64  `gorm:"column:since"`
	Due      int64  `gorm:"column:due"`
}

func (turnRow) TableName() string { return "turn" }

func (r turnRow) turn() Turn {
	return Turn{
		Ref: Ref{r.ItemID, r.Lang}, Verb: Verb(r.Verb), Agency: r.AgencyID, Role: account.Role(r.Role), Person: r.PersonID,
		Since: store.Time(r.Since), Due: store.Time(r.Due),
	}
}

func (r workflowRow) workflow() (*Workflow, error) {
	w := &Workflow{ID: r.ID, Agency: r.AgencyID, Code: r.Code, Version: r.Version, Preferred: r.Preferred}
	if err := json.Unmarshal([]byte(r.Definition), w); err != nil {
		return nil, fmt.Errorf("workflow %s: %w", r.ID, err)
	}
	return w, nil
}

// workflow answers one version of a workflow by its id.
func (n *Newsroom) workflow(db *gorm.DB, id string) (*Workflow, error) {
	if w, ok := standardOf(id); ok {
		return w, nil
	}
	if w, ok := n.workflows.Load(id); ok {
		return w.(*Workflow), nil
	}
	var row workflowRow
	if err := db.Where("id = ?", id).Take(&row).Error; err != nil {
		return nil, fmt.Errorf("workflow %q: %w", id, err)
	}
	w, err := row.workflow()
	if err == nil {
		n.workflows.Store(id, w)
	}
	return w, err
}

// loadWorkflows answers the newest version of each of an agency's own
// workflows, the retired ones too, in the order of their codes.
func loadWorkflows(db *gorm.DB, agency string) ([]workflowRow, error) {
	var rows []workflowRow
	err := db.Where(`agency_id = ? AND version = (SELECT MAX(v.version) FROM workflow v
		WHERE v.agency_id = workflow.agency_id AND v.code = workflow.code)`, agency).Order("code").Find(&rows).Error
	return rows, err
}

// lockAgency makes those who change an agency's workflows wait for each other.
func lockAgency(tx *store.Tx, agency string) error {
	done := tx.DB.Exec("UPDATE agency SET code = code WHERE id = ?", agency)
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.New(fault.NotFound, "error.agency.unknown")
	}
	return done.Error
}

func insertWorkflow(tx *store.Tx, row workflowRow) error { return tx.DB.Create(&row).Error }

// preferWorkflow makes one version the agency's usual one, "" none of its own.
func preferWorkflow(tx *store.Tx, agency, id string) error {
	return tx.DB.Exec("UPDATE workflow SET preferred = (id = ?) WHERE agency_id = ?", id, agency).Error
}

// fillAnswers notes beside questions what was answered about a revision.
func fillAnswers(db *gorm.DB, head Revision, asked []Asked) error {
	if len(asked) == 0 {
		return nil
	}
	var rows []answerRow
	err := db.Where(byRef+" AND hash = ?", head.Ref.Item, head.Ref.Lang, head.Hash).Find(&rows).Error
	for _, r := range rows {
		for i := range asked {
			if asked[i].Step == r.Step && asked[i].Key == r.Question {
				asked[i].Answer, asked[i].By = Answer(r.Answer), r.PersonID
			}
		}
	}
	return err
}

func insertAnswers(tx *store.Tx, rows []answerRow) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.DB.Create(&rows).Error
}

func loadTurns(db *gorm.DB, ref Ref) ([]turnRow, error) {
	var rows []turnRow
	err := db.Where(byRef, ref.Item, ref.Lang).Order("verb, role, person_id").Find(&rows).Error
	return rows, err
}

func replaceTurns(tx *store.Tx, ref Ref, rows []turnRow) error {
	if err := tx.DB.Exec("DELETE FROM turn WHERE "+byRef, ref.Item, ref.Lang).Error; err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.DB.Create(&rows).Error
}

// chosenWorkflow answers what a text of an agency is submitted to: what was
// asked for by its code, else the one it was on before, where that is offered
// still, else the usual one.
func (n *Newsroom) chosenWorkflow(db *gorm.DB, agency, code string, before *Workflow) (*Workflow, error) {
	rows, err := loadWorkflows(db, agency)
	if err != nil {
		return nil, err
	}
	list, err := offered(rows)
	if err != nil {
		return nil, err
	}
	if code == "" && before != nil && slices.ContainsFunc(list, func(w *Workflow) bool { return w.Code == before.Code }) {
		code = before.Code
	}
	return chosen(list, code)
}

// loadHeldPosts answers the posts that somebody holds in some agencies.
func loadHeldPosts(db *gorm.DB, agencies []string, all bool, now time.Time) ([]account.Post, error) {
	at := store.Micros(now)
	var rows []struct {
		AgencyID, Languages string
		Role                account.Role
	}
	err := db.Raw(`SELECT DISTINCT m.agency_id, m.role, m.languages FROM membership m JOIN person p ON p.id = m.person_id
		WHERE (? OR m.agency_id IN ?) AND m.valid_from <= ? AND (m.valid_to = 0 OR m.valid_to > ?) AND p.disabled_at = 0`,
		all, agencies, at, at).Scan(&rows).Error
	held := make([]account.Post, len(rows))
	for i, r := range rows {
		held[i] = account.Post{Agency: r.AgencyID, Role: r.Role, Languages: strings.Fields(r.Languages)}
	}
	return held, err
}

// stepCount is how many texts of an agency in a language stand at a step of a
// workflow.
type stepCount struct {
	AgencyID, WorkflowID, Step, Lang string
	N                                int
}

func loadStepCounts(db *gorm.DB, agencies []string, all bool) ([]stepCount, error) {
	var counts []stepCount
	err := db.Raw(`SELECT agency_id, workflow_id, step, lang, COUNT(*) AS n FROM edition
		WHERE state IN ? AND (? OR agency_id IN ?) GROUP BY agency_id, workflow_id, step, lang ORDER BY agency_id, workflow_id, step, lang`,
		underReview, all, agencies).Scan(&counts).Error
	return counts, err
}
