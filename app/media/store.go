package media

import (
	"slices"

	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// mediaRow is a picture; small_* describe its smaller rendition, which has
// the same name and an empty hash when there is none.
type mediaRow struct {
	Hash        string `gorm:"column:hash"`
	Name        string `gorm:"column:name"`
	Type        string `gorm:"column:type"`
	Size        int64  `gorm:"column:size"`
	Width       int    `gorm:"column:width"`
	Height      int    `gorm:"column:height"`
	Colour      string `gorm:"column:colour"`
	SmallHash   string `gorm:"column:small_hash"`
	SmallSize   int64  `gorm:"column:small_size"`
	SmallWidth  int    `gorm:"column:small_width"`
	SmallHeight int    `gorm:"column:small_height"`
	AgencyID    string `gorm:"column:agency_id"`
	PersonID    string `gorm:"column:person_id"`
	CreatedAt   int64  `gorm:"column:created_at"`
}

func (mediaRow) TableName() string { return "media" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{mediaRow{}} }

func (r mediaRow) media() Media {
	m := Media{
		File:   release.File{Hash: r.Hash, Name: r.Name, Type: r.Type, Size: r.Size, Width: r.Width, Height: r.Height},
		Colour: r.Colour, AgencyID: r.AgencyID, PersonID: r.PersonID, CreatedAt: store.Time(r.CreatedAt),
	}
	if r.SmallHash != "" {
		m.Small = &release.File{Hash: r.SmallHash, Name: r.Name, Type: r.Type, Size: r.SmallSize, Width: r.SmallWidth, Height: r.SmallHeight}
	}
	return m
}

// insert adds a picture and says whether it was new.
func insert(tx *store.Tx, m Media) (bool, error) {
	row := mediaRow{
		Hash: m.Hash, Name: m.Name, Type: m.Type, Size: m.Size, Width: m.Width, Height: m.Height, Colour: m.Colour,
		AgencyID: m.AgencyID, PersonID: m.PersonID, CreatedAt: store.Micros(m.CreatedAt),
	}
	if s := m.Small; s != nil {
		row.SmallHash, row.SmallSize, row.SmallWidth, row.SmallHeight = s.Hash, s.Size, s.Width, s.Height
	}
	result := tx.DB.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "hash"}}, DoNothing: true}).Create(&row)
	return result.RowsAffected == 1, result.Error
}

func load(db *gorm.DB, hashes []string) (map[string]Media, error) {
	found := make(map[string]Media, len(hashes))
	hashes = slices.DeleteFunc(slices.Clone(hashes), func(s string) bool { return !isHash(s) })
	for part := range slices.Chunk(hashes, 500) {
		var rows []mediaRow
		if err := db.Where("hash IN ?", part).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			found[r.Hash] = r.media()
		}
	}
	return found, nil
}

// loadEither answers the picture that is, or whose smaller rendition is, the
// file with this hash.
func loadEither(db *gorm.DB, hash string) (Media, error) {
	if !isHash(hash) {
		return Media{}, errUnknown()
	}
	var row mediaRow
	err := db.Where("hash = ? OR small_hash = ?", hash, hash).Order("created_at").Limit(1).Take(&row).Error
	if store.IsNotFound(err) {
		err = errUnknown()
	}
	return row.media(), err
}
