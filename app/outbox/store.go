package outbox

import (
	"encoding/json"
	"fmt"
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// The states of a delivery.
const (
	waiting = "waiting"
	done    = "done"
	dead    = "dead"
)

type eventRow struct {
	Seq     int64  `gorm:"column:seq"`
	Topic   string `gorm:"column:topic"`
	Subject string `gorm:"column:subject"`
	Actor   string `gorm:"column:actor"`
	Data    string `gorm:"column:data"`
	At      int64  `gorm:"column:at"`
}

func (eventRow) TableName() string { return "outbox" }

type deliveryRow struct {
	Seq     int64  `gorm:"column:seq"`
	Handler string `gorm:"column:handler"`
	Subject string `gorm:"column:subject"`
	State   string `gorm:"column:state"`
	Tries   int    `gorm:"column:tries"`
	Due     int64  `gorm:"column:due"`
	Trouble string `gorm:"column:trouble"`
}

func (deliveryRow) TableName() string { return "delivery" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{eventRow{}, deliveryRow{}} }

func (r eventRow) event() (Event, error) {
	e := Event{Topic: r.Topic, Subject: r.Subject, Actor: r.Actor, Seq: r.Seq, At: store.Time(r.At)}
	if err := json.Unmarshal([]byte(r.Data), &e.Data); err != nil {
		return e, fmt.Errorf("event %d: %w", r.Seq, err)
	}
	return e, nil
}

func insertEvent(tx *store.Tx, row eventRow) error { return tx.DB.Create(&row).Error }

func insertDeliveries(tx *store.Tx, rows []deliveryRow) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.DB.CreateInBatches(&rows, 100).Error
}

// lockCounter reads a counter and makes others who would move it wait.
func lockCounter(tx *store.Tx, name string) (int64, error) {
	var values []int64
	err := tx.DB.Raw("UPDATE counter SET value = value WHERE name = ? RETURNING value", name).Scan(&values).Error
	if err == nil && len(values) != 1 {
		err = fmt.Errorf("counter %s does not exist", name)
	}
	if err != nil {
		return 0, err
	}
	return values[0], nil
}

func setCounter(tx *store.Tx, name string, value int64) error {
	return tx.DB.Exec("UPDATE counter SET value = ? WHERE name = ?", value, name).Error
}

func loadEvents(db *gorm.DB, after int64, limit int) ([]eventRow, error) {
	var rows []eventRow
	err := db.Where("seq > ?", after).Order("seq").Limit(limit).Find(&rows).Error
	return rows, err
}

func loadEvent(db *gorm.DB, seq int64) (eventRow, error) {
	var row eventRow
	err := db.Where("seq = ?", seq).Take(&row).Error
	return row, err
}

// first narrows to the deliveries that some handlers may be given: of each
// subject the earliest that waits.
func first(db *gorm.DB, handlers []string) *gorm.DB {
	return db.Where("state = ? AND handler IN ?", waiting, handlers).
		Where(`NOT EXISTS (SELECT 1 FROM delivery earlier WHERE earlier.handler = delivery.handler AND earlier.subject = delivery.subject
			AND earlier.state = ? AND earlier.seq < delivery.seq)`, waiting)
}

// takeDue leases deliveries to the caller until a moment. A delivery waits
// while an earlier one of its handler and subject does. What another process
// is taking at this moment is left to it.
func takeDue(tx *store.Tx, handlers []string, now, until time.Time, limit int) ([]deliveryRow, error) {
	var rows []deliveryRow
	err := first(tx.DB, handlers).Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
		Where("due <= ?", store.Micros(now)).Order("seq, handler").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if err := finish(tx, r, waiting, r.Tries, until, r.Trouble); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func finish(tx *store.Tx, d deliveryRow, state string, tries int, due time.Time, trouble string) error {
	return tx.DB.Exec("UPDATE delivery SET state = ?, tries = ?, due = ?, trouble = ? WHERE seq = ? AND handler = ?",
		state, tries, store.Micros(due), trouble, d.Seq, d.Handler).Error
}

func loadNextDue(db *gorm.DB, handlers []string) (time.Time, error) {
	var next int64
	err := first(db.Model(&deliveryRow{}), handlers).Select("COALESCE(MIN(due), 0)").Scan(&next).Error
	return store.Time(next), err
}

func loadDead(db *gorm.DB, limit int) ([]Delivery, error) {
	var rows []struct {
		Event    eventRow    `gorm:"embedded"`
		Delivery deliveryRow `gorm:"embedded;embeddedPrefix:d_"`
	}
	err := db.Table("delivery d").Joins("JOIN outbox ON outbox.seq = d.seq").
		Select("outbox.*, d.handler AS d_handler, d.tries AS d_tries, d.trouble AS d_trouble").
		Where("d.state = ?", dead).Order("d.seq DESC, d.handler").Limit(limit).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	list := make([]Delivery, len(rows))
	for i, r := range rows {
		e, err := r.Event.event()
		if err != nil {
			return nil, err
		}
		list[i] = Delivery{e, r.Delivery.Handler, r.Delivery.Tries, r.Delivery.Trouble}
	}
	return list, nil
}

func revive(tx *store.Tx, seq int64, handler string) (bool, error) {
	result := tx.DB.Exec("UPDATE delivery SET state = ?, tries = 0, due = ? WHERE seq = ? AND handler = ? AND state = ?",
		waiting, store.Micros(tx.Now), seq, handler, dead)
	return result.RowsAffected > 0, result.Error
}

// deleteDelivered forgets old events that no delivery waits for any more, of
// those that were spread.
func deleteDelivered(tx *store.Tx, before time.Time) error {
	const old = `at < ? AND seq <= (SELECT value FROM counter WHERE name = 'outbox_spread')
		AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.seq = outbox.seq AND d.state <> ?)`
	err := tx.DB.Exec("DELETE FROM delivery WHERE seq IN (SELECT seq FROM outbox WHERE "+old+")", store.Micros(before), done).Error
	if err != nil {
		return err
	}
	return tx.DB.Exec("DELETE FROM outbox WHERE "+old, store.Micros(before), done).Error
}
