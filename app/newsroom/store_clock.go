package newsroom

import (
	"encoding/json"
	"fmt"
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type targetRow struct {
	AgencyID string `gorm:"column:agency_id"`
	Code     string `gorm:"column:code"`
	Names    string `gorm:"column:names"`
	Minutes  int    `gorm:"column:minutes"`
	Position int    `gorm:"column:position"`
	Retired  bool   `gorm:"column:retired"`
}

func (targetRow) TableName() string { return "clock_target" }

type clockRunRow struct {
	ID        string `gorm:"column:id"`
	ItemID    string `gorm:"column:item_id"`
	Lang      string `gorm:"column:lang"`
	AgencyID  string `gorm:"column:agency_id"`
	Code      string `gorm:"column:code"`
	StartedAt int64  `gorm:"column:started_at"`
	Due       int64  `gorm:"column:due"`
	EndedAt   int64  `gorm:"column:ended_at"`
}

func (clockRunRow) TableName() string { return "clock_run" }

func (r editionRow) clock() Clock {
	return Clock{r.Clock, store.Time(r.ClockAt), store.Time(r.ClockDue)}
}

func (r targetRow) names() (map[string]string, error) {
	names := map[string]string{}
	if err := json.Unmarshal([]byte(r.Names), &names); err != nil {
		return nil, fmt.Errorf("clock %s of %s: %w", r.Code, r.AgencyID, err)
	}
	return names, nil
}

func loadTargets(db *gorm.DB, agency string) ([]Target, error) {
	var rows []targetRow
	if err := db.Where("agency_id = ? AND retired = ?", agency, false).Order("position").Find(&rows).Error; err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return standardTargets, nil
	}
	targets := make([]Target, len(rows))
	for i, r := range rows {
		names, err := r.names()
		if err != nil {
			return nil, err
		}
		targets[i] = Target{Code: r.Code, Names: names, Minutes: r.Minutes}
	}
	return targets, nil
}

type targetKey struct{ agency, code string }

func loadTargetNames(db *gorm.DB) (map[targetKey]map[string]string, error) {
	var rows []targetRow
	if err := db.Find(&rows).Error; err != nil {
		return nil, err
	}
	all := map[targetKey]map[string]string{}
	for _, r := range rows {
		names, err := r.names()
		if err != nil {
			return nil, err
		}
		all[targetKey{r.AgencyID, r.Code}] = names
	}
	return all, nil
}

// replaceTargets retires what an agency had; what is offered again is not retired.
func replaceTargets(tx *store.Tx, agency string, targets []Target) error {
	if err := tx.DB.Model(&targetRow{}).Where("agency_id = ?", agency).Update("retired", true).Error; err != nil {
		return err
	}
	rows := make([]targetRow, len(targets))
	for i, t := range targets {
		names, err := json.Marshal(t.Names)
		if err != nil {
			return err
		}
		rows[i] = targetRow{AgencyID: agency, Code: t.Code, Names: string(names), Minutes: t.Minutes, Position: i}
	}
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "agency_id"}, {Name: "code"}},
		DoUpdates: clause.AssignmentColumns([]string{"names", "minutes", "position", "retired"}),
	}).Create(&rows).Error
}

func insertClockRun(tx *store.Tx, row clockRunRow) error { return tx.DB.Create(&row).Error }

func loadPunctuality(db *gorm.DB, agency string, from, to, now time.Time) ([]Punctuality, error) {
	missed := to
	if now.Before(to) {
		missed = now
	}
	var list []Punctuality
	err := db.Raw(`SELECT code, SUM(met) AS met, SUM(1 - met) AS missed FROM (
			SELECT code, CASE WHEN ended_at <= due THEN 1 ELSE 0 END AS met FROM clock_run WHERE agency_id = ? AND due >= ? AND due < ?
			UNION ALL SELECT clock, 0 FROM edition WHERE agency_id = ? AND clock_due > 0 AND clock_due >= ? AND clock_due < ?) AS runs
		GROUP BY code ORDER BY code`,
		agency, store.Micros(from), store.Micros(to), agency, store.Micros(from), store.Micros(missed)).Scan(&list).Error
	return list, err
}

// withClock narrows a query to editions whose clock stands as Clock.State says.
func withClock(db *gorm.DB, state ClockState, now time.Time) *gorm.DB {
	at := store.Micros(now)
	db = db.Where("clock_due > 0")
	switch state {
	case ClockOverdue:
		return db.Where("clock_due <= ?", at)
	case ClockSoon:
		return db.Where("clock_due > ? AND (clock_due - ?) * ? <= clock_due - clock_at", at, at, soonShare)
	case ClockOK:
		return db.Where("clock_due > ? AND (clock_due - ?) * ? > clock_due - clock_at", at, at, soonShare)
	}
	return db
}

// loadClockCounts counts the clocks that run, by their state.
func loadClockCounts(db *gorm.DB, now time.Time) (map[ClockState]int, error) {
	at := store.Micros(now)
	var rows []struct {
		Stands ClockState
		N      int
	}
	err := db.Where("clock_due > 0").Select(`CASE WHEN clock_due <= ? THEN 'overdue'
			WHEN (clock_due - ?) * ? <= clock_due - clock_at THEN 'soon' ELSE 'ok' END AS stands, COUNT(*) AS n`, at, at, soonShare).
		Group("stands").Scan(&rows).Error
	counts := map[ClockState]int{}
	for _, r := range rows {
		counts[r.Stands] = r.N
	}
	return counts, err
}
