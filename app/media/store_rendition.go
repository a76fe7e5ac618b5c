package media

import (
	"path"
	"strings"
	"time"

	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// renditionRow is a file of a picture, made after the picture came in. Its name
// is the picture's, with the extension of its own type.
type renditionRow struct {
	MediaHash string `gorm:"column:media_hash"`
	Type      string `gorm:"column:type"`
	Width     int    `gorm:"column:width"`
	Height    int    `gorm:"column:height"`
	Hash      string `gorm:"column:hash"`
	Size      int64  `gorm:"column:size"`
}

func (renditionRow) TableName() string { return "media_rendition" }

// jobRow is a picture whose renditions are still to be made.
type jobRow struct {
	Hash    string `gorm:"column:media_hash"`
	State   string `gorm:"column:state"`
	Tries   int    `gorm:"column:tries"`
	Due     int64  `gorm:"column:due"`
	Trouble string `gorm:"column:trouble"`
}

func (jobRow) TableName() string { return "media_job" }

func (r renditionRow) file(picture string) release.File {
	e := encoded{hash: r.Hash, mediaType: r.Type, width: r.Width, height: r.Height}
	f := e.file(strings.TrimSuffix(picture, path.Ext(picture)))
	f.Size = r.Size
	return f
}

// insertJob has the renditions of a new picture made.
func insertJob(tx *store.Tx, hash string) error {
	row := jobRow{Hash: hash, State: string(Waiting), Due: store.Micros(tx.Now)}
	if err := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return err
	}
	return tx.Ring(channel)
}

// nextJob locks the picture that has been due for longest. What another process
// is taking at this moment is left to it.
func nextJob(tx *store.Tx) (jobRow, bool, error) {
	var row jobRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
		Where("state = ? AND due <= ?", string(Waiting), store.Micros(tx.Now)).Order("due, media_hash").Limit(1).Take(&row).Error
	if store.IsNotFound(err) {
		return row, false, nil
	}
	return row, err == nil, err
}

func updateJob(tx *store.Tx, row jobRow) error {
	return tx.DB.Model(&jobRow{}).Where("media_hash = ?", row.Hash).
		Updates(map[string]any{"state": row.State, "tries": row.Tries, "due": row.Due, "trouble": row.Trouble}).Error
}

// reviveJob makes a picture that was given up due now, and says whether it was.
func reviveJob(tx *store.Tx, hash string) (bool, error) {
	done := tx.DB.Model(&jobRow{}).Where("media_hash = ? AND state = ?", hash, string(Failed)).
		Updates(map[string]any{"state": string(Waiting), "tries": 0, "due": store.Micros(tx.Now)})
	return done.RowsAffected > 0, done.Error
}

func loadJob(db *gorm.DB, hash string) (jobRow, bool, error) {
	var row jobRow
	err := db.Where("media_hash = ?", hash).Take(&row).Error
	if store.IsNotFound(err) {
		return row, false, nil
	}
	return row, err == nil, err
}

func loadNextDue(db *gorm.DB) (time.Time, error) {
	var next int64
	err := db.Model(&jobRow{}).Where("state = ?", string(Waiting)).Select("COALESCE(MIN(due), 0)").Scan(&next).Error
	return store.Time(next), err
}

func loadUnfinished(db *gorm.DB) (Unfinished, error) {
	u := Unfinished{Failed: map[string]string{}}
	var waiting int64
	if err := db.Model(&jobRow{}).Where("state = ?", string(Waiting)).Count(&waiting).Error; err != nil {
		return u, err
	}
	u.Waiting = int(waiting)
	var rows []jobRow
	err := db.Where("state = ?", string(Failed)).Find(&rows).Error
	for _, r := range rows {
		u.Failed[r.Hash] = r.Trouble
	}
	return u, err
}

// insertRenditions notes the renditions of a picture; its job is done. It says
// whether the picture is still there.
func insertRenditions(tx *store.Tx, hash string, made []encoded) (bool, error) {
	var there []string
	err := tx.DB.Model(&mediaRow{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where("hash = ?", hash).Pluck("hash", &there).Error
	if err != nil || len(there) == 0 {
		return false, err // its job went with it
	}
	if err := tx.DB.Where("media_hash = ?", hash).Delete(&jobRow{}).Error; err != nil {
		return false, err
	}
	for _, e := range made {
		row := renditionRow{hash, e.mediaType, e.width, e.height, e.hash, int64(len(e.data))}
		if err := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return false, err
		}
	}
	return true, nil
}

// addRenditions adds to pictures the files that were made of them, from narrow
// to wide.
func addRenditions(db *gorm.DB, list []Media, at map[string]int, hashes []string) error {
	var rows []renditionRow
	if err := db.Where("media_hash IN ?", hashes).Order("width, type").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		m := &list[at[r.MediaHash]]
		m.Renditions = append(m.Renditions, r.file(m.Name))
	}
	return nil
}

// isLive says whether a released text uses a picture.
func isLive(tx *store.Tx, hash string) (bool, error) {
	var n int64
	err := tx.DB.Model(&useRow{}).Where("media_hash = ? AND place = ?", hash, string(Live)).Count(&n).Error
	return n > 0, err
}

// loadLive reads which pictures a released text uses.
func loadLive(tx *store.Tx, item, lang string) ([]string, error) {
	var hashes []string
	err := tx.DB.Model(&useRow{}).Where("item_id = ? AND lang = ? AND place = ?", item, lang, string(Live)).Pluck("media_hash", &hashes).Error
	return hashes, err
}

// keptByOthers says whether a file is kept of another picture as well: two
// pictures of one colour may shrink to the same bytes.
func keptByOthers(tx *store.Tx, file string) (bool, error) {
	var n int64
	err := tx.DB.Raw(`SELECT (SELECT COUNT(*) FROM media WHERE hash = ? OR small_hash = ?) +
		(SELECT COUNT(*) FROM media_rendition WHERE hash = ?)`, file, file, file).Scan(&n).Error
	return n > 0, err
}
