package newsroom

import (
	"errors"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// approvalRow is an approval that stands.
type approvalRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	Revision int    `gorm:"column:revision"`
	Hash     string `gorm:"column:hash"`
	PersonID string `gorm:"column:person_id"`
	At       int64  `gorm:"column:at"`
}

func (approvalRow) TableName() string { return "approval" }

// fill makes it the newest one of its edition; the zero row: there is none.
func (r approvalRow) fill(columns map[string]any) {
	columns["approved"], columns["approved_hash"] = r.Revision, r.Hash
	columns["approved_by"], columns["approved_at"] = r.PersonID, r.At
}

func insertApproval(tx *store.Tx, row approvalRow) error { return tx.DB.Create(&row).Error }

func deleteApproval(tx *store.Tx, ref Ref, revision int) error {
	return tx.DB.Where(byRef+" AND revision = ?", ref.Item, ref.Lang, revision).Delete(&approvalRow{}).Error
}

// loadApprovalBefore answers the newest approval of an older revision than one;
// the zero row when there is none.
func loadApprovalBefore(db *gorm.DB, ref Ref, revision int) (approvalRow, error) {
	var row approvalRow
	err := db.Where(byRef+" AND revision < ?", ref.Item, ref.Lang, revision).Order("revision DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return approvalRow{}, nil
	}
	return row, err
}

// loadTranslated says whether a person translated an edition, or some of it,
// since it was approved last: wrote it while it was in its writer's hands, and
// not as one of the editors who revise it.
func loadTranslated(db *gorm.DB, ref Ref, person string) (bool, error) {
	var n int64
	err := db.Model(&editionRow{}).Where(byRef+" AND "+translates, ref.Item, ref.Lang, person, writersStates).Count(&n).Error
	return n > 0, err
}

// translates is the condition of an edition that a person translated.
const translates = `(SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang
	AND r.source_lang <> '' AND r.author_id = ? AND r.state IN ? AND r.number > edition.approved LIMIT 1) IS NOT NULL`

// writersStates are those of a revision that its writer had in hand; what was
// saved before states were noted is taken for such.
var writersStates = []string{"", string(Draft), string(Returned)}
