package newsroom

import (
	"strings"
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// loadLanes answers the editions that came into each of some states last, so
// many of each, in one query: the index gives every state's newest at once.
func loadLanes(db *gorm.DB, l listing, states []State, most int) ([]editionRow, error) {
	var parts []string
	var queries []any
	for _, s := range states {
		q := l.visible(db.Model(&editionRow{})).Where("state = ? AND agency_id = ?", string(s), l.Agency).
			Order("state_at DESC").Limit(most)
		parts, queries = append(parts, "SELECT * FROM (?) AS lane"), append(queries, q)
	}
	var rows []editionRow
	err := db.Raw(strings.Join(parts, " UNION ALL ")+" ORDER BY state_at DESC, item_id, lang", queries...).Scan(&rows).Error
	return rows, err
}

// loadCalendar answers what is to be published, or planned, between two
// moments. What is scheduled stands at its hour, whatever it was planned for.
func loadCalendar(db *gorm.DB, l listing, from, to time.Time, most int) ([]editionRow, error) {
	scheduled := l.visible(db.Model(&editionRow{})).Where("state = ? AND publish_at >= ? AND publish_at < ?",
		string(Scheduled), store.Micros(from), store.Micros(to))
	planned := l.visible(db.Model(&editionRow{})).Where("state NOT IN ? AND planned_at > 0 AND planned_at >= ? AND planned_at < ?",
		[]State{Scheduled, Rejected, Archived}, store.Micros(from), store.Micros(to))
	if l.Agency != "" {
		scheduled, planned = scheduled.Where("agency_id = ?", l.Agency), planned.Where("agency_id = ?", l.Agency)
	}
	var rows []editionRow
	err := db.Raw("SELECT * FROM (? UNION ALL ?) AS day ORDER BY CASE WHEN state = 'scheduled' THEN publish_at ELSE planned_at END, item_id, lang LIMIT ?",
		scheduled, planned, most).Scan(&rows).Error
	return rows, err
}
