package media

import (
	"time"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type uploadRow struct {
	ID        string `gorm:"column:id"`
	PersonID  string `gorm:"column:person_id"`
	AgencyID  string `gorm:"column:agency_id"`
	Name      string `gorm:"column:name"`
	Size      int64  `gorm:"column:size"`
	Arrived   int64  `gorm:"column:arrived"`
	TouchedAt int64  `gorm:"column:touched_at"`
	MediaHash string `gorm:"column:media_hash"`
}

func (uploadRow) TableName() string { return "media_upload" }

type pieceRow struct {
	UploadID string `gorm:"column:upload_id"`
	Start    int64  `gorm:"column:start"`
	Size     int64  `gorm:"column:size"`
	Hash     string `gorm:"column:hash"`
}

func (pieceRow) TableName() string { return "media_piece" }

func (r uploadRow) upload() Upload {
	return Upload{ID: r.ID, Agency: r.AgencyID, Name: r.Name, Size: r.Size, Arrived: r.Arrived, Hash: r.MediaHash, person: r.PersonID}
}

// countUnfinished answers how many unfinished uploads a person has, and how
// many bytes all of them together will be.
func countUnfinished(tx *store.Tx, person string) (mine int, all int64, err error) {
	var sums struct{ Mine, Bytes int64 }
	err = tx.DB.Raw(`SELECT COALESCE(SUM(CASE WHEN person_id = ? THEN 1 ELSE 0 END), 0) AS mine, COALESCE(SUM(size), 0) AS bytes
		FROM media_upload WHERE media_hash = ''`, person).Scan(&sums).Error
	return int(sums.Mine), sums.Bytes, err
}

func insertUpload(tx *store.Tx, u Upload) error {
	return tx.DB.Create(&uploadRow{
		ID: u.ID, PersonID: u.person, AgencyID: u.Agency, Name: u.Name, Size: u.Size, TouchedAt: store.Micros(tx.Now),
	}).Error
}

func loadUpload(db *gorm.DB, id string) (Upload, error) {
	var row uploadRow
	err := db.Where("id = ?", id).Take(&row).Error
	if store.IsNotFound(err) {
		err = errNoUpload()
	}
	return row.upload(), err
}

func lockUpload(tx *store.Tx, id string) (Upload, error) {
	return loadUpload(tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func insertPiece(tx *store.Tx, id string, p stored) error {
	if err := tx.DB.Create(&pieceRow{id, p.start, p.size, p.hash}).Error; err != nil {
		return err
	}
	return tx.DB.Model(&uploadRow{}).Where("id = ?", id).
		Updates(map[string]any{"arrived": p.start + p.size, "touched_at": store.Micros(tx.Now)}).Error
}

func loadPieces(db *gorm.DB, id string) ([]stored, error) {
	var rows []pieceRow
	err := db.Where("upload_id = ?", id).Order("start").Find(&rows).Error
	parts := make([]stored, len(rows))
	for i, r := range rows {
		parts[i] = stored{r.Start, r.Size, r.Hash}
	}
	return parts, err
}

// takePieces forgets the pieces of an upload and answers them.
func takePieces(tx *store.Tx, id string) ([]stored, error) {
	parts, err := loadPieces(tx.DB, id)
	if err != nil {
		return nil, err
	}
	return parts, tx.DB.Where("upload_id = ?", id).Delete(&pieceRow{}).Error
}

func becomes(tx *store.Tx, id, hash string) error {
	return tx.DB.Model(&uploadRow{}).Where("id = ?", id).
		Updates(map[string]any{"media_hash": hash, "touched_at": store.Micros(tx.Now)}).Error
}

func deleteUpload(tx *store.Tx, id string) error {
	return tx.DB.Where("id = ?", id).Delete(&uploadRow{}).Error
}

// loadStale lists the uploads that nothing has come for since a moment.
func loadStale(db *gorm.DB, before time.Time) ([]string, error) {
	var ids []string
	err := db.Model(&uploadRow{}).Where("touched_at < ?", store.Micros(before)).Pluck("id", &ids).Error
	return ids, err
}
