package notice

import (
	"maps"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type wayRow struct {
	PersonID string `gorm:"column:person_id"`
	Sort     string `gorm:"column:sort"`
	Way      string `gorm:"column:way"`
}

func (wayRow) TableName() string { return "notice_way" }

// loadWays answers what a person chose, and the usual way of what they did not
// choose.
func loadWays(db *gorm.DB, person string) (Ways, error) {
	var rows []wayRow
	err := db.Where("person_id = ?", person).Find(&rows).Error
	ways := maps.Clone(usual)
	for _, r := range rows {
		ways[Sort(r.Sort)] = Way(r.Way)
	}
	return ways, err
}

func saveWay(tx *store.Tx, person string, sort Sort, way Way) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "person_id"}, {Name: "sort"}}, DoUpdates: clause.AssignmentColumns([]string{"way"}),
	}).Create(&wayRow{person, string(sort), string(way)}).Error
}
