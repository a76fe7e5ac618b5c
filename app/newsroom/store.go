package newsroom

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type itemRow struct {
	ID         string `gorm:"column:id"`
	Kind       string `gorm:"column:kind"`
	AgencyID   string `gorm:"column:agency_id"`
	SourceLang string `gorm:"column:source_lang"`
	CreatedBy  string `gorm:"column:created_by"`
	CreatedAt  int64  `gorm:"column:created_at"`
}

func (itemRow) TableName() string { return "item" }

type editionRow struct {
	ItemID         string `gorm:"column:item_id"`
	Lang           string `gorm:"column:lang"`
	Kind           string `gorm:"column:kind"`
	Translated     bool   `gorm:"column:translated"`
	AgencyID       string `gorm:"column:agency_id"`
	State          string `gorm:"column:state"`
	StateAt        int64  `gorm:"column:state_at"`
	Head           int    `gorm:"column:head"`
	Headline       string `gorm:"column:headline"`
	HeadlineFolded string `gorm:"column:headline_folded"`
	HeadlineFiled  bool   `gorm:"column:headline_filed"`
	SectionID      string `gorm:"column:section_id"`
	CreatedBy      string `gorm:"column:created_by"`
	CreatedAt      int64  `gorm:"column:created_at"`
	SavedBy        string `gorm:"column:saved_by"`
	SavedAt        int64  `gorm:"column:saved_at"`
	Reason         string `gorm:"column:reason"`
	Approved       int    `gorm:"column:approved"`
	ApprovedHash   string `gorm:"column:approved_hash"`
	ApprovedBy     string `gorm:"column:approved_by"`
	ApprovedAt     int64  `gorm:"column:approved_at"`
	PublishAt      int64  `gorm:"column:publish_at"`
	ScheduledBy    string `gorm:"column:scheduled_by"`
	Live           string `gorm:"column:live"`
	LiveRevision   int    `gorm:"column:live_revision"`
	LiveSeq        int64  `gorm:"column:live_seq"`
	FirstLiveAt    int64  `gorm:"column:first_live_at"`
	Correction     string `gorm:"column:correction"`
	CorrectedAt    int64  `gorm:"column:corrected_at"`
	WorkflowID     string `gorm:"column:workflow_id"`
	Step           string `gorm:"column:step"`
	TakenBy        string `gorm:"column:taken_by"`
	UrgentBy       string `gorm:"column:urgent_by"`
	UrgentAt       int64  `gorm:"column:urgent_at"`
	UrgentDue      int64  `gorm:"column:urgent_due"`
	UrgentTold     bool   `gorm:"column:urgent_told"`
	BlockedBy      string `gorm:"column:blocked_by"`
	BlockedAt      int64  `gorm:"column:blocked_at"`
	BlockReason    string `gorm:"column:block_reason"`
	ClearedBy      string `gorm:"column:cleared_by"`
	ClearedHash    string `gorm:"column:cleared_hash"`
	ExpiresAt      int64  `gorm:"column:expires_at"`
	EmbargoUntil   int64  `gorm:"column:embargo_until"`
	PlannedAt      int64  `gorm:"column:planned_at"`
	PlanNote       string `gorm:"column:plan_note"`
	Clock          string `gorm:"column:clock"`
	ClockAt        int64  `gorm:"column:clock_at"`
	ClockDue       int64  `gorm:"column:clock_due"`
	HinderedAt     int64  `gorm:"column:hindered_at"`
	Hindrance      string `gorm:"column:hindrance"`
	SourceGoneAt   int64  `gorm:"column:source_gone_at"`
	Stale          int    `gorm:"column:stale"`
	Critical       int    `gorm:"column:critical"`
	LiveStale      int    `gorm:"column:live_stale"`
	LiveCritical   int    `gorm:"column:live_critical"`
	BehindAt       int64  `gorm:"column:behind_at"`
	BehindDue      int64  `gorm:"column:behind_due"`
	Bound          bool   `gorm:"column:bound"`
	HinderedLang   string `gorm:"column:hindered_lang"`
}

func (editionRow) TableName() string { return "edition" }

type revisionRow struct {
	ItemID         string `gorm:"column:item_id"`
	Lang           string `gorm:"column:lang"`
	Number         int    `gorm:"column:number"`
	Content        string `gorm:"column:content"`
	Hash           string `gorm:"column:hash"`
	AuthorID       string `gorm:"column:author_id"`
	CreatedAt      int64  `gorm:"column:created_at"`
	BasedOn        int    `gorm:"column:based_on"`
	SourceLang     string `gorm:"column:source_lang"`
	SourceRevision int    `gorm:"column:source_revision"`
	Note           string `gorm:"column:note"`
	Restored       int    `gorm:"column:restored"`
	State          string `gorm:"column:state"`
	Pin            string `gorm:"column:pin"`
}

func (revisionRow) TableName() string { return "revision" }

type autosaveRow struct {
	PersonID string `gorm:"column:person_id"`
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	Base     int    `gorm:"column:base"`
	Content  string `gorm:"column:content"`
	Beside   string `gorm:"column:beside"`
	SavedAt  int64  `gorm:"column:saved_at"`
}

func (autosaveRow) TableName() string { return "autosave" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any {
	return []any{
		itemRow{}, editionRow{}, revisionRow{}, autosaveRow{}, standingRow{}, workflowRow{}, answerRow{}, turnRow{}, previewRow{}, changeRow{},
		targetRow{}, clockRunRow{}, savedSearchRow{}, commentRow{},
		placementRow{}, presenceRow{}, rulingRow{}, approvalRow{}, headlineRow{}, translationRow{}, explanationRow{}, setRow{}, memberRow{},
	}
}

// db is the handle of the transaction, or of a read where there is none.
func (a *act) db() *gorm.DB {
	if a.tx != nil {
		return a.tx.DB
	}
	return a.n.db.Read(a.ctx)
}

const byRef = "item_id = ? AND lang = ?"

func insertItem(tx *store.Tx, row itemRow) error { return tx.DB.Create(&row).Error }

func insertEdition(tx *store.Tx, row editionRow) error {
	err := tx.DB.Create(&row).Error
	if store.IsDuplicate(err) {
		return fault.New(fault.NotPossible, "error.edition.exists")
	}
	return err
}

// insertRevision keeps a revision, and where the edition stands with it.
func insertRevision(tx *store.Tx, r Revision, state State) error {
	return tx.DB.Create(&revisionRow{
		ItemID: r.Ref.Item, Lang: r.Ref.Lang, Number: r.Number, Content: r.Content.encode(), Hash: r.Content.Hash(),
		AuthorID: r.Author, CreatedAt: store.Micros(tx.Now), BasedOn: r.BasedOn,
		SourceLang: r.SourceLang, SourceRevision: r.SourceRevision, Note: r.Note, Restored: r.Restored, State: string(state),
	}).Error
}

func loadItem(db *gorm.DB, id string) (itemRow, error) {
	var row itemRow
	err := db.Where("id = ?", id).Take(&row).Error
	return row, none(err)
}

func loadEdition(db *gorm.DB, ref Ref) (editionRow, error) {
	var row editionRow
	if !ref.plausible() {
		return row, errNoEdition()
	}
	err := db.Where(byRef, ref.Item, ref.Lang).Take(&row).Error
	return row, none(err)
}

// lockEdition reads an edition so that no other transaction changes it before
// this one ends. (SQLite has one writer; the lock is PostgreSQL's.)
func lockEdition(tx *store.Tx, ref Ref) (editionRow, error) {
	return loadEdition(tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}), ref)
}

// lockItem locks an item before the editions of a story are.
func lockItem(tx *store.Tx, ref Ref) error {
	if !ref.plausible() {
		return errNoEdition()
	}
	var row itemRow
	return none(tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", ref.Item).Take(&row).Error)
}

// lockEditions reads all editions of an item, so that no other transaction
// changes them.
func lockEditions(tx *store.Tx, item string) ([]editionRow, error) {
	var rows []editionRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("item_id = ?", item).Order("lang").Find(&rows).Error
	return rows, err
}

// loadSourceEmbargo answers the embargo of a translation's source; 0 when there
// is none, or the edition is the source.
func loadSourceEmbargo(db *gorm.DB, ref Ref) (int64, error) {
	var until int64
	err := db.Raw(`SELECT e.embargo_until FROM item i JOIN edition e ON e.item_id = i.id AND e.lang = i.source_lang
		WHERE i.id = ? AND i.source_lang <> ?`, ref.Item, ref.Lang).Scan(&until).Error
	return until, err
}

func loadEditions(db *gorm.DB, item string) ([]editionRow, error) {
	var rows []editionRow
	err := db.Where("item_id = ?", item).Order("created_at, lang").Find(&rows).Error
	return rows, err
}

// loadMany reads some editions; those that do not exist are absent.
func loadMany(db *gorm.DB, refs []Ref) ([]editionRow, error) {
	wanted, items := map[Ref]bool{}, []string{}
	for _, r := range refs {
		if r.plausible() {
			wanted[r], items = true, append(items, r.Item)
		}
	}
	var rows []editionRow
	if len(items) == 0 {
		return nil, nil
	}
	err := db.Where("item_id IN ?", items).Find(&rows).Error
	return slices.DeleteFunc(rows, func(r editionRow) bool { return !wanted[r.ref()] }), err
}

func editionExists(tx *store.Tx, ref Ref) (bool, error) {
	var n int64
	err := tx.DB.Model(&editionRow{}).Where(byRef, ref.Item, ref.Lang).Count(&n).Error
	return n > 0, err
}

func updateEdition(tx *store.Tx, ref Ref, columns map[string]any) error {
	return tx.DB.Model(&editionRow{}).Where(byRef, ref.Item, ref.Lang).Updates(columns).Error
}

func loadRevision(db *gorm.DB, ref Ref, number int) (Revision, error) {
	var row revisionRow
	if err := db.Where(byRef+" AND number = ?", ref.Item, ref.Lang, number).Take(&row).Error; err != nil {
		return Revision{}, none(err)
	}
	return row.revision()
}

func loadHistory(db *gorm.DB, ref Ref, before, limit int) ([]Revision, error) {
	if before > 0 {
		db = db.Where("number < ?", before)
	}
	var rows []revisionRow
	err := db.Select("item_id", "lang", "number", "hash", "author_id", "created_at", "based_on", "source_lang", "source_revision", "note", "restored").
		Where(byRef, ref.Item, ref.Lang).Order("number DESC").Limit(limit).Find(&rows).Error
	list := make([]Revision, len(rows))
	for i, r := range rows {
		list[i] = r.bare()
	}
	return list, err
}

// authored says whether a person wrote a revision after one number, up to another.
func authored(db *gorm.DB, ref Ref, person string, after, upTo int) (bool, error) {
	var n int64
	err := db.Model(&revisionRow{}).Where(byRef+" AND number > ? AND number <= ? AND author_id = ?", ref.Item, ref.Lang, after, upTo, person).Count(&n).Error
	return n > 0, err
}

func (r revisionRow) bare() Revision {
	return Revision{
		Ref: Ref{r.ItemID, r.Lang}, Number: r.Number, Hash: r.Hash, Author: r.AuthorID, CreatedAt: store.Time(r.CreatedAt),
		BasedOn: r.BasedOn, SourceLang: r.SourceLang, SourceRevision: r.SourceRevision, Note: r.Note, Restored: r.Restored,
	}
}

func (r revisionRow) revision() (Revision, error) {
	rev := r.bare()
	if err := json.Unmarshal([]byte(r.Content), &rev.Content); err != nil {
		return rev, fmt.Errorf("revision %s/%s/%d: %w", r.ItemID, r.Lang, r.Number, err)
	}
	return rev, nil
}

func putAutosave(tx *store.Tx, person string, ref Ref, typed Unsaved) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "person_id"}, {Name: "item_id"}, {Name: "lang"}},
		DoUpdates: clause.AssignmentColumns([]string{"base", "content", "beside", "saved_at"}),
	}).Create(&autosaveRow{
		PersonID: person, ItemID: ref.Item, Lang: ref.Lang, Base: typed.Base,
		Content: typed.Content.encode(), Beside: typed.Beside.encode(), SavedAt: store.Micros(tx.Now),
	}).Error
}

func deleteAutosave(tx *store.Tx, person string, ref Ref) error {
	return tx.DB.Exec("DELETE FROM autosave WHERE person_id = ? AND "+byRef, person, ref.Item, ref.Lang).Error
}

func loadAutosave(db *gorm.DB, person string, ref Ref) (*Unsaved, error) {
	var row autosaveRow
	err := db.Where("person_id = ? AND "+byRef, person, ref.Item, ref.Lang).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return row.unsaved()
}

// unsavedOf is what a person typed and did not save of the edition whose
// newest revision is head; nil also when it says what that revision says. Then
// ticked is what they only said to be right, if they did.
func unsavedOf(db *gorm.DB, person string, head Revision) (typed, ticked *Unsaved, err error) {
	u, err := loadAutosave(db, person, head.Ref)
	if err != nil || u == nil {
		return nil, nil, err
	}
	u.Content.Replies = head.Content.Replies // saved by themselves, maybe meanwhile
	if u.Content.Hash() != head.Hash {
		return u, nil, nil
	}
	if u.Beside != nil && slices.ContainsFunc(u.Beside.Cells, func(c Cell) bool { return c.Right }) {
		return nil, u, nil
	}
	return nil, nil, nil
}

// none turns "no such row" into a refusal a person can read.
func none(err error) error {
	if store.IsNotFound(err) {
		return errNoEdition()
	}
	return err
}
