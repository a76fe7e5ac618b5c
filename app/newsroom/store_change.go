package newsroom

import (
	"strings"

	"doingoai/app/store"

	"gorm.io/gorm"
)

type changeRow struct {
	ItemID   string `gorm:"column:item_id"`
	Lang     string `gorm:"column:lang"`
	Number   int    `gorm:"column:number"`
	Kind     string `gorm:"column:kind"`
	Note     string `gorm:"column:note"`
	Correct  string `gorm:"column:correct"`
	Revision int    `gorm:"column:revision"`
	PersonID string `gorm:"column:person_id"`
	At       int64  `gorm:"column:at"`
	Outlets  string `gorm:"column:outlets"`
}

func (changeRow) TableName() string { return "change_note" }

func insertChangeNote(tx *store.Tx, ref Ref, number int, n ChangeNote) error {
	return tx.DB.Create(&changeRow{
		ItemID: ref.Item, Lang: ref.Lang, Number: number, Kind: string(n.Kind), Note: n.Note, Correct: n.Right,
		Revision: n.Revision, PersonID: n.By, At: store.Micros(n.At), Outlets: strings.Join(n.Outlets, " "),
	}).Error
}

func loadChangeNotes(db *gorm.DB, ref Ref) ([]ChangeNote, error) {
	var rows []changeRow
	err := db.Where(byRef, ref.Item, ref.Lang).Order("number DESC").Find(&rows).Error
	notes := make([]ChangeNote, len(rows))
	for i, r := range rows {
		notes[i] = r.note()
	}
	return notes, err
}
