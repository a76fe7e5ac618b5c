package newsstand

import (
	"encoding/json"

	"doingoai/app/kind"
	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type libraryRow struct {
	Outlet    string `gorm:"column:outlet"`
	Lang      string `gorm:"column:lang"`
	ID        string `gorm:"column:id"`
	Number    string `gorm:"column:number"`
	Issuer    string `gorm:"column:issuer"`
	Issued    string `gorm:"column:issued"`
	Effective string `gorm:"column:effective"`
	Force     string `gorm:"column:force"`
	Field     string `gorm:"column:field"`
	Card      string `gorm:"column:card"`
}

func (libraryRow) TableName() string { return "library" }

// listDocument puts a legal document into the libraries of its outlets.
func listDocument(tx *store.Tx, a *release.Article) error {
	if kind.Kind(a.Kind) != kind.Document {
		return nil
	}
	var rows []libraryRow
	for _, outlet := range unique(a.Outlets) {
		card, err := json.Marshal(cardOf(a, outlet))
		if err != nil {
			return err
		}
		rows = append(rows, libraryRow{
			outlet, a.Lang, a.ID, a.Facts["number"], a.Facts["issuer"], a.Facts["issued"], a.Facts["effective"], a.Facts["force"], a.Facts["field"], string(card),
		})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.DB.Create(&rows).Error
}

func forgetDocument(tx *store.Tx, key release.Key) error {
	return tx.DB.Exec("DELETE FROM library WHERE id = ? AND lang = ?", key.ID, key.Lang).Error
}

// standing is kind.Facts.Standing.
const standing = "CASE WHEN force = '" + kind.InForce + "' AND effective > @today THEN '" + kind.NotYet + "' ELSE force END"

// countDocuments counts the documents of a library that are alike.
func countDocuments(db *gorm.DB, outlet, lang, today string) ([]documentCount, error) {
	var counts []documentCount
	err := db.Raw(`SELECT substr(issued, 1, 4) AS year, issuer, field, `+standing+` AS standing, COUNT(*) AS count
		FROM library WHERE outlet = @outlet AND lang = @lang GROUP BY 1, 2, 3, 4`,
		map[string]any{"outlet": outlet, "lang": lang, "today": today}).Scan(&counts).Error
	return counts, err
}

// loadDocuments reads a stretch of a library, the newest first.
func loadDocuments(db *gorm.DB, outlet, lang, today string, f DocumentFilter, issuers []string, offset, limit int) ([]Card, error) {
	agencies, err := json.Marshal(issuers)
	if err != nil {
		return nil, err
	}
	var cards []string
	err = db.Raw(`SELECT card FROM library WHERE outlet = @outlet AND lang = @lang
			AND (@year = '' OR issued >= @year AND issued < @year || '~') AND (@field = '' OR field = @field)
			AND (@agency = '' OR issuer IN (SELECT value FROM json_each(@agencies)))
			AND (@standing = '' OR `+standing+` = @standing)
		ORDER BY issued DESC, id DESC LIMIT @limit OFFSET @offset`, map[string]any{
		"outlet": outlet, "lang": lang, "today": today, "year": f.Year, "field": f.Field, "agency": f.Agency, "agencies": string(agencies),
		"standing": f.Standing, "limit": limit, "offset": offset,
	}).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

// loadNumbered reads the documents of a library that have a number, two at most.
func loadNumbered(db *gorm.DB, outlet, lang, number string) ([]Card, error) {
	var cards []string
	err := db.Raw("SELECT card FROM library WHERE outlet = ? AND lang = ? AND number = ? LIMIT 2", outlet, lang, number).Scan(&cards).Error
	if err != nil {
		return nil, err
	}
	return decodeCards(cards)
}

// countLibraries counts what stands in all libraries, for the comparison with
// the documents.
func countLibraries(db *gorm.DB) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM library").Scan(&n).Error
	return n, err
}
