package newsroom

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// loadDue answers what is to be published by now.
func loadDue(db *gorm.DB, now time.Time) ([]Ref, error) {
	return loadRefs(db.Where("publish_at > 0 AND publish_at <= ? AND state = ? AND NOT bound", store.Micros(now), string(Scheduled)).Order("publish_at"))
}

// loadScheduledBy answers what a person scheduled, of no set, and is not published yet.
func loadScheduledBy(db *gorm.DB, person string) ([]Ref, error) {
	return loadRefs(db.Where("state = ? AND scheduled_by = ? AND NOT bound", string(Scheduled), person).Order("item_id, lang"))
}

// loadExpired answers what readers have and are to lose by now.
func loadExpired(db *gorm.DB, now time.Time) ([]Ref, error) {
	return loadRefs(db.Where("expires_at > 0 AND expires_at <= ? AND live = ?", store.Micros(now), string(IsLive)).Order("expires_at"))
}

// loadOverdue answers the urgent publications that nobody has approved in time
// and of which nobody has been told.
func loadOverdue(db *gorm.DB, now time.Time) ([]Ref, error) {
	return loadRefs(db.Where("urgent_due > 0 AND urgent_due <= ? AND urgent_told = ?", store.Micros(now), false).Order("urgent_due"))
}

func loadRefs(query *gorm.DB) ([]Ref, error) {
	var rows []editionRow
	err := query.Select("item_id", "lang").Limit(500).Find(&rows).Error
	refs := make([]Ref, len(rows))
	for i, r := range rows {
		refs[i] = r.ref()
	}
	return refs, err
}

// loadNextDue answers when the next edition is due after a moment, or the zero time.
func loadNextDue(db *gorm.DB, after time.Time) (time.Time, error) {
	var next int64
	err := db.Raw(`SELECT COALESCE(MIN(due), 0) FROM (
			SELECT MIN(publish_at) AS due FROM edition WHERE publish_at > ? AND state = ?
			UNION ALL SELECT MIN(expires_at) FROM edition WHERE expires_at > ? AND live = ?
			UNION ALL SELECT MIN(urgent_due) FROM edition WHERE urgent_due > ?
			UNION ALL SELECT MIN(publish_at) FROM placement WHERE publish_at > 0 AND publish_at > ? AND live_at = 0
			UNION ALL SELECT MIN(publish_at) FROM release_set WHERE publish_at > ?) AS all_due`,
		store.Micros(after), string(Scheduled), store.Micros(after), string(IsLive), store.Micros(after), store.Micros(after), store.Micros(after)).Scan(&next).Error
	return store.Time(next), err
}
