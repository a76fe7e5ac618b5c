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
		q := l.visible(l.editions(db)).Where("state = ? AND agency_id = ? AND state_at > 0", string(s), l.Agency). // the last names the index
																Order("state_at DESC").Limit(most)
		parts, queries = append(parts, "SELECT * FROM (?) AS lane"), append(queries, q)
	}
	var rows []editionRow
	err := db.Raw(strings.Join(parts, " UNION ALL ")+" ORDER BY state_at DESC, item_id, lang", queries...).Scan(&rows).Error
	return rows, err
}

// calendarReach is how many editions of some days are looked at, whoever's they
// are. That there is a limit also makes databases find the days first, and not
// all of an agency's archive.
const calendarReach = 10_000

// loadCalendar answers what is to be published, or planned, between two
// moments. What is scheduled stands at its hour, whatever it was planned for.
func loadCalendar(db *gorm.DB, l listing, from, to time.Time, most int) ([]editionRow, error) {
	days := db.Raw(`SELECT * FROM edition WHERE state = ? AND publish_at >= ? AND publish_at < ?
		UNION ALL SELECT * FROM edition WHERE state NOT IN ? AND planned_at > 0 AND planned_at >= ? AND planned_at < ? LIMIT ?`,
		string(Scheduled), store.Micros(from), store.Micros(to),
		[]State{Scheduled, Rejected, Archived}, store.Micros(from), store.Micros(to), calendarReach)
	q := l.visible(db.Table("(?) AS edition", days))
	if l.Agency != "" {
		q = q.Where("agency_id = ?", l.Agency)
	}
	var rows []editionRow
	err := q.Order("CASE WHEN state = 'scheduled' THEN publish_at ELSE planned_at END, item_id, lang").Limit(most).Find(&rows).Error
	return rows, err
}
