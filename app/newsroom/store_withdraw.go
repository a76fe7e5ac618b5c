package newsroom

import (
	"doingoai/app/store"

	"gorm.io/gorm/clause"
)

// lockOtherLanguages reads and locks what readers have of an item in other
// languages, always in the same order.
func lockOtherLanguages(tx *store.Tx, but Ref) ([]editionRow, error) {
	var rows []editionRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("item_id = ? AND lang <> ? AND live = ?", but.Item, but.Lang, string(IsLive)).Order("lang").Find(&rows).Error
	return rows, err
}

// forgetSourceGone takes the mark of a withdrawn original, and the turns that
// come of it, from the other languages of an item.
func forgetSourceGone(tx *store.Tx, source Ref) error {
	err := tx.DB.Exec("UPDATE edition SET source_gone_at = 0 WHERE item_id = ? AND lang <> ? AND source_gone_at > 0", source.Item, source.Lang).Error
	if err != nil {
		return err
	}
	return tx.DB.Exec("DELETE FROM turn WHERE item_id = ? AND lang <> ? AND verb = ?", source.Item, source.Lang, string(SourceGone)).Error
}
