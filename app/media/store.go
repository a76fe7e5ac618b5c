package media

import (
	"slices"

	"doingoai/app/media/blob"
	"doingoai/app/media/strip"
	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// mediaRow is a file; small_* describe the smaller rendition of a picture, which
// has the same name and an empty hash when there is none.
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
	FileName    string `gorm:"column:file_name"`
	Search      string `gorm:"column:search"`
	FocusX      int    `gorm:"column:focus_x"`
	FocusY      int    `gorm:"column:focus_y"`
	Credit      string `gorm:"column:credit"`
	Licence     string `gorm:"column:licence"`
	Terms       string `gorm:"column:terms"`
	ExpiresAt   int64  `gorm:"column:expires_at"`
	Shared      bool   `gorm:"column:shared"`
	Version     int    `gorm:"column:version"`
	Released    bool   `gorm:"column:released"`
	DeletedAt   int64  `gorm:"column:deleted_at"`
	Kind        string `gorm:"column:kind"`
	Seconds     int    `gorm:"column:seconds"`
	Pages       int    `gorm:"column:pages"`
}

func (mediaRow) TableName() string { return "media" }

// holderRow is an agency that brought a file itself.
type holderRow struct {
	MediaHash string `gorm:"column:media_hash"`
	AgencyID  string `gorm:"column:agency_id"`
	PersonID  string `gorm:"column:person_id"`
	CreatedAt int64  `gorm:"column:created_at"`
}

func (holderRow) TableName() string { return "media_holder" }

type wordsRow struct {
	MediaHash string `gorm:"column:media_hash"`
	Lang      string `gorm:"column:lang"`
	Alt       string `gorm:"column:alt"`
	Caption   string `gorm:"column:caption"`
}

func (wordsRow) TableName() string { return "media_words" }

// useRow says that a text uses a file, in its newest revision or in what
// readers have.
type useRow struct {
	MediaHash string `gorm:"column:media_hash"`
	ItemID    string `gorm:"column:item_id"`
	Lang      string `gorm:"column:lang"`
	Place     string `gorm:"column:place"`
}

func (useRow) TableName() string { return "media_use" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any {
	return []any{mediaRow{}, holderRow{}, wordsRow{}, useRow{}, renditionRow{}, jobRow{}, uploadRow{}, pieceRow{}}
}

func (r mediaRow) media() Media {
	m := Media{
		File: release.File{Hash: r.Hash, Name: r.Name, Type: r.Type, Size: r.Size, Width: r.Width, Height: r.Height},
		Kind: strip.Kind(r.Kind), Seconds: r.Seconds, Pages: r.Pages,
		Colour: r.Colour, AgencyID: r.AgencyID, PersonID: r.PersonID, CreatedAt: store.Time(r.CreatedAt),
		FileName: r.FileName, Focus: Focus{X: r.FocusX, Y: r.FocusY}, Version: r.Version, DeletedAt: store.Time(r.DeletedAt),
		Rights: Rights{Credit: r.Credit, Licence: Licence(r.Licence), Terms: r.Terms, Expires: store.Time(r.ExpiresAt), Shared: r.Shared},
		Words:  map[string]Words{},
	}
	if r.SmallHash != "" {
		m.Small = &release.File{Hash: r.SmallHash, Name: r.Name, Type: r.Type, Size: r.SmallSize, Width: r.SmallWidth, Height: r.SmallHeight}
	}
	return m
}

// insert adds a file for its agency, and says whether the agency had none
// of it. One that was deleted is there again.
func insert(tx *store.Tx, m Media) (bool, error) {
	row := mediaRow{
		Hash: m.Hash, Name: m.Name, Type: m.Type, Size: m.Size, Width: m.Width, Height: m.Height, Colour: m.Colour,
		AgencyID: m.AgencyID, PersonID: m.PersonID, CreatedAt: store.Micros(m.CreatedAt),
		FileName: m.FileName, Search: m.searchText(), FocusX: m.Focus.X, FocusY: m.Focus.Y, Version: 1,
		Kind: string(m.Kind), Seconds: m.Seconds, Pages: m.Pages,
	}
	if s := m.Small; s != nil {
		row.SmallHash, row.SmallSize, row.SmallWidth, row.SmallHeight = s.Hash, s.Size, s.Width, s.Height
	}
	created := tx.DB.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "hash"}}, DoNothing: true}).Create(&row)
	if created.Error != nil {
		return false, created.Error
	}
	if created.RowsAffected > 0 && m.Kind == Picture {
		if err := insertJob(tx, m.Hash); err != nil {
			return false, err
		}
	}
	back := tx.DB.Model(&mediaRow{}).Where("hash = ? AND deleted_at <> 0", m.Hash).Update("deleted_at", 0)
	if back.Error != nil {
		return false, back.Error
	}
	held := tx.DB.Clauses(clause.OnConflict{DoNothing: true}).
		Create(&holderRow{MediaHash: m.Hash, AgencyID: m.AgencyID, PersonID: m.PersonID, CreatedAt: store.Micros(m.CreatedAt)})
	return held.RowsAffected+back.RowsAffected > 0, held.Error
}

func load(db *gorm.DB, hashes []string) (map[string]Media, error) {
	found := make(map[string]Media, len(hashes))
	hashes = slices.DeleteFunc(slices.Clone(hashes), func(s string) bool { return !blob.IsHash(s) })
	for part := range slices.Chunk(hashes, 500) {
		var rows []mediaRow
		if err := db.Where("hash IN ?", part).Find(&rows).Error; err != nil {
			return nil, err
		}
		all, err := withWords(db, rows)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			found[m.Hash] = m
		}
	}
	return found, nil
}

// withWords adds to files what they show and who holds them.
func withWords(db *gorm.DB, rows []mediaRow) ([]Media, error) {
	list, at, hashes := make([]Media, len(rows)), map[string]int{}, make([]string, len(rows))
	for i, r := range rows {
		list[i], at[r.Hash], hashes[i] = r.media(), i, r.Hash
	}
	if len(rows) == 0 {
		return list, nil
	}
	var words []wordsRow
	if err := db.Where("media_hash IN ?", hashes).Find(&words).Error; err != nil {
		return nil, err
	}
	for _, w := range words {
		list[at[w.MediaHash]].Words[w.Lang] = Words{w.Alt, w.Caption}
	}
	var holders []holderRow
	if err := db.Where("media_hash IN ?", hashes).Order("created_at, agency_id").Find(&holders).Error; err != nil {
		return nil, err
	}
	for _, h := range holders {
		m := &list[at[h.MediaHash]]
		m.Holders = append(m.Holders, h.AgencyID)
	}
	return list, addRenditions(db, list, at, hashes)
}

// loadByFile answers the pictures of files, by file.
func loadByFile(db *gorm.DB, hashes []string) (map[string]Media, error) {
	found := make(map[string]Media, len(hashes))
	hashes = slices.DeleteFunc(slices.Clone(hashes), func(s string) bool { return !blob.IsHash(s) })
	for part := range slices.Chunk(hashes, 500) {
		var rows []mediaRow
		if err := db.Where("hash IN ? OR small_hash IN ? OR hash IN (SELECT media_hash FROM media_rendition WHERE hash IN ?)", part, part, part).Order("created_at").Find(&rows).Error; err != nil {
			return nil, err
		}
		all, err := withWords(db, rows)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			for _, hash := range m.hashes() {
				if _, known := found[hash]; !known {
					found[hash] = m
				}
			}
		}
	}
	return found, nil
}
