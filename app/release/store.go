package release

import (
	"encoding/json"
	"errors"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type releaseRow struct {
	Kind string `gorm:"column:kind"`
	ID   string `gorm:"column:id"`
	Lang string `gorm:"column:lang"`
	Seq  int64  `gorm:"column:seq"`
	Op   string `gorm:"column:op"`
	At   int64  `gorm:"column:at"`
	Hash string `gorm:"column:hash"`
	Body string `gorm:"column:body"`
}

func (releaseRow) TableName() string { return "release" }

type historyRow struct {
	Release      releaseRow `gorm:"embedded"`
	SupersededAt int64      `gorm:"column:superseded_at"`
}

func (historyRow) TableName() string { return "release_history" }

// mediaRow says that the current release of a key refers to a media file.
type mediaRow struct {
	Kind string `gorm:"column:kind"`
	ID   string `gorm:"column:id"`
	Lang string `gorm:"column:lang"`
	Hash string `gorm:"column:hash"`
}

func (mediaRow) TableName() string { return "release_media" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{releaseRow{}, historyRow{}, mediaRow{}} }

func (r releaseRow) entry() Entry {
	return Entry{
		Seq: r.Seq, Key: Key{Kind(r.Kind), r.ID, r.Lang}, Op: Op(r.Op),
		At: store.Time(r.At), Hash: r.Hash, Body: json.RawMessage(r.Body),
	}
}

// replace moves the current release of the key to the history and puts row in its place.
func replace(tx *store.Tx, row releaseRow) error {
	const where = "kind = ? AND id = ? AND lang = ?"
	err := tx.DB.Exec(`INSERT INTO release_history (seq, kind, id, lang, op, at, hash, body, superseded_at)
		SELECT seq, kind, id, lang, op, at, hash, body, ? FROM release WHERE `+where,
		row.At, row.Kind, row.ID, row.Lang).Error
	if err != nil {
		return err
	}
	if err := tx.DB.Exec("DELETE FROM release WHERE "+where, row.Kind, row.ID, row.Lang).Error; err != nil {
		return err
	}
	return tx.DB.Create(&row).Error
}

// replaceMedia writes which files the key's current release refers to.
func replaceMedia(tx *store.Tx, key Key, hashes []string) error {
	err := tx.DB.Exec("DELETE FROM release_media WHERE kind = ? AND id = ? AND lang = ?", string(key.Kind), key.ID, key.Lang).Error
	if err != nil || len(hashes) == 0 {
		return err
	}
	rows := make([]mediaRow, len(hashes))
	for i, hash := range hashes {
		rows[i] = mediaRow{string(key.Kind), key.ID, key.Lang, hash}
	}
	return tx.DB.CreateInBatches(rows, 200).Error
}

func isReleasedMedia(db *gorm.DB, hash string) (bool, error) {
	var found []string
	err := db.Raw("SELECT hash FROM release_media WHERE hash = ? LIMIT 1", hash).Scan(&found).Error
	return len(found) == 1, err
}

func lockCounter(tx *store.Tx) error {
	var value int64
	return tx.DB.Table("counter").Select("value").Where("name = ?", "release").
		Clauses(clause.Locking{Strength: "UPDATE"}).Scan(&value).Error
}

func loadAfter(db *gorm.DB, after int64, limit int) ([]Entry, error) {
	var rows []releaseRow
	err := db.Raw(`SELECT kind, id, lang, seq, op, at, hash, body FROM release
		WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit).Scan(&rows).Error
	entries := make([]Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, err
}

func lastSeq(db *gorm.DB) (int64, error) {
	var last int64
	err := db.Raw("SELECT COALESCE(MAX(seq), 0) FROM release").Scan(&last).Error
	return last, err
}

func loadCurrent(db *gorm.DB, key Key) (*Entry, error) {
	var row releaseRow
	err := db.Where("kind = ? AND id = ? AND lang = ?", string(key.Kind), key.ID, key.Lang).Take(&row).Error
	return row.found(err)
}

func loadAsOf(db *gorm.DB, key Key, at time.Time) (*Entry, error) {
	var row releaseRow
	moment := store.Micros(at)
	err := db.Raw(`SELECT kind, id, lang, seq, op, at, hash, body FROM release
			WHERE kind = @kind AND id = @id AND lang = @lang AND at <= @at
		UNION ALL
		SELECT kind, id, lang, seq, op, at, hash, body FROM release_history
			WHERE kind = @kind AND id = @id AND lang = @lang AND at <= @at
		ORDER BY seq DESC LIMIT 1`,
		map[string]any{"kind": string(key.Kind), "id": key.ID, "lang": key.Lang, "at": moment}).Take(&row).Error
	return row.found(err)
}

// loadMoments reads both tables: what is, and what was.
func loadMoments(db *gorm.DB, key Key, limit int) ([]Moment, error) {
	var rows []releaseRow
	err := db.Raw(`SELECT seq, op, at FROM release WHERE kind = @kind AND id = @id AND lang = @lang
		UNION ALL
		SELECT seq, op, at FROM release_history WHERE kind = @kind AND id = @id AND lang = @lang
		ORDER BY seq DESC LIMIT @limit`,
		map[string]any{"kind": string(key.Kind), "id": key.ID, "lang": key.Lang, "limit": limit}).Scan(&rows).Error
	moments := make([]Moment, len(rows))
	for i, r := range rows {
		moments[i] = Moment{r.Seq, Op(r.Op), store.Time(r.At)}
	}
	return moments, err
}

// loadAllAsOf reads the newest release of each key up to a moment, without
// those that were withdrawn then.
func loadAllAsOf(db *gorm.DB, kind Kind, at time.Time) ([]Entry, error) {
	var rows []releaseRow
	err := db.Raw(`WITH past AS (
			SELECT kind, id, lang, seq, op, at, hash, body FROM release WHERE kind = @kind AND at <= @at
			UNION ALL
			SELECT kind, id, lang, seq, op, at, hash, body FROM release_history WHERE kind = @kind AND at <= @at
		), newest AS (SELECT MAX(seq) AS seq FROM past GROUP BY id, lang)
		SELECT past.* FROM past JOIN newest ON newest.seq = past.seq WHERE past.op = @put ORDER BY past.id, past.lang`,
		map[string]any{"kind": string(kind), "at": store.Micros(at), "put": string(Put)}).Scan(&rows).Error
	entries := make([]Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, err
}

// found is the entry of a row that was looked for.
func (r releaseRow) found(err error) (*Entry, error) {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, fault.New(fault.NotFound, "error.not_found.title")
	}
	if err != nil {
		return nil, err
	}
	e := r.entry()
	return &e, nil
}
