package newsroom

import (
	"strings"

	"doingoai/app/letter"
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

func loadCorrectedFor(db *gorm.DB, letters []letter.Letter) (map[string]Ref, error) {
	var pairs [][]any
	for _, l := range letters {
		if l.Item != "" && !l.DoneAt.IsZero() {
			pairs = append(pairs, []any{l.Item, store.Micros(l.DoneAt)})
		}
	}
	if len(pairs) == 0 {
		return nil, nil
	}
	var rows []changeRow
	if err := db.Where("kind = ? AND (item_id, at) IN ?", string(Correction), pairs).Find(&rows).Error; err != nil {
		return nil, err
	}
	found := map[string]Ref{}
	for _, r := range rows {
		for _, l := range letters {
			if l.Item == r.ItemID && store.Micros(l.DoneAt) == r.At {
				found[l.ID] = Ref{r.ItemID, r.Lang}
			}
		}
	}
	return found, nil
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
