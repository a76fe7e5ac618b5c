package newsroom

import (
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type savedSearchRow struct {
	ID        string `gorm:"column:id"`
	PersonID  string `gorm:"column:person_id"`
	Name      string `gorm:"column:name"`
	Query     string `gorm:"column:query"`
	CreatedAt int64  `gorm:"column:created_at"`
}

func (savedSearchRow) TableName() string { return "saved_search" }

func loadSearches(db *gorm.DB, person string) ([]SavedSearch, error) {
	var rows []savedSearchRow
	err := db.Where("person_id = ?", person).Order("name, id").Find(&rows).Error
	searches := make([]SavedSearch, len(rows))
	for i, r := range rows {
		searches[i] = SavedSearch{r.ID, r.Name, r.Query}
	}
	return searches, err
}

func putSearch(tx *store.Tx, row savedSearchRow) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "person_id"}, {Name: "name"}}, DoUpdates: clause.AssignmentColumns([]string{"query"}),
	}).Create(&row).Error
}

func deleteSearch(tx *store.Tx, person, id string) error {
	return tx.DB.Exec("DELETE FROM saved_search WHERE person_id = ? AND id = ?", person, id).Error
}
