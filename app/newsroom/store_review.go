package newsroom

import (
	"encoding/json"

	"doingoai/app/kind"

	"gorm.io/gorm"
)

// reviewedRow is a page about the province with the text that readers have.
type reviewedRow struct {
	Edition editionRow `gorm:"embedded"`
	Content string     `gorm:"column:content"`
}

func (r reviewedRow) facts() (kind.Facts, error) {
	var text struct{ Facts kind.Facts }
	err := json.Unmarshal([]byte(r.Content), &text)
	return text.Facts, err
}

// loadReviewed reads the sources of pages about the province that readers have,
// as far as they may be listed.
func loadReviewed(db *gorm.DB, l listing, limit int) ([]reviewedRow, error) {
	var rows []reviewedRow
	// That it is no article tells SQLite that it may use the index of the others.
	err := l.visible(db.Model(&editionRow{})).Where("kind <> 'article' AND kind = ? AND NOT translated AND live = ?", string(kind.Page), string(IsLive)).
		Select("edition.*, (SELECT content FROM revision WHERE revision.item_id = edition.item_id AND revision.lang = edition.lang AND revision.number = edition.live_revision) AS content").
		Order("saved_at DESC, item_id, lang").Limit(limit).Scan(&rows).Error
	return rows, err
}
