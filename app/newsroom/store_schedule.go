package newsroom

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

func loadDue(db *gorm.DB, now time.Time) ([]Ref, error) {
	var rows []editionRow
	err := db.Select("item_id", "lang").Where("publish_at > 0 AND publish_at <= ? AND state = ?", store.Micros(now), string(Scheduled)).
		Order("publish_at").Limit(500).Find(&rows).Error
	refs := make([]Ref, len(rows))
	for i, r := range rows {
		refs[i] = r.ref()
	}
	return refs, err
}

// loadNextDue answers when the next edition is due after a moment, or the zero time.
func loadNextDue(db *gorm.DB, after time.Time) (time.Time, error) {
	var next int64
	err := db.Raw("SELECT COALESCE(MIN(publish_at), 0) FROM edition WHERE publish_at > ? AND state = ?", store.Micros(after), string(Scheduled)).Scan(&next).Error
	return store.Time(next), err
}
