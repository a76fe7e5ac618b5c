package newsroom

import (
	"strings"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// headlineRow files an edition under a pair of words of its headline (headline.go).
type headlineRow struct {
	Pair   []byte `gorm:"column:pair"`
	ItemID string `gorm:"column:item_id"`
	Lang   string `gorm:"column:lang"`
}

func (headlineRow) TableName() string { return "headline_pair" }

func headlineRows(ref Ref, pairs []string) []headlineRow {
	rows := make([]headlineRow, len(pairs))
	for i, pair := range pairs {
		rows[i] = headlineRow{[]byte(pair), ref.Item, ref.Lang}
	}
	return rows
}

func insertHeadlines(tx *store.Tx, rows []headlineRow) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.DB.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(rows, 500).Error
}

func deletePairs(tx *store.Tx, ref Ref, pairs []string) error {
	if len(pairs) == 0 {
		return nil
	}
	names := make([][]byte, len(pairs))
	for i, pair := range pairs {
		names[i] = []byte(pair)
	}
	return tx.DB.Where(byRef+" AND pair IN ?", ref.Item, ref.Lang, names).Delete(&headlineRow{}).Error
}

// lockUnfiled reads some editions whose headline is not filed.
func lockUnfiled(tx *store.Tx, limit int) ([]editionRow, error) {
	var rows []editionRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).Where("NOT headline_filed").Order("item_id, lang").Limit(limit).Find(&rows).Error
	return rows, err
}

func markFiled(tx *store.Tx, rows []editionRow) error {
	if len(rows) == 0 {
		return nil
	}
	refs := make([][]any, len(rows))
	for i, row := range rows {
		refs[i] = []any{row.ItemID, row.Lang}
	}
	return tx.DB.Model(&editionRow{}).Where("(item_id, lang) IN ?", refs).Update("headline_filed", true).Error
}

// fewHeadlines is up to how many editions are sorted to answer the newest of
// them. Of more the newest are soon found by looking from the newest on.
const fewHeadlines = 2000

// rarest answers the span under which the fewest editions are filed, when those
// are few.
func rarest(db *gorm.DB, spans []pairSpan) (pairSpan, bool, error) {
	if len(spans) == 0 {
		return pairSpan{}, false, nil
	}
	parts, values := make([]string, len(spans)), make([]any, 0, 4*len(spans))
	for i, s := range spans {
		parts[i] = "SELECT CAST(? AS INTEGER) AS place, COUNT(*) AS n FROM (SELECT 1 FROM headline_pair WHERE pair >= ? AND pair < ? LIMIT ?) AS few"
		values = append(values, i, s.from, s.to, fewHeadlines+1)
	}
	var found struct{ Place, N int }
	err := db.Raw(strings.Join(parts, " UNION ALL ")+" ORDER BY n, place LIMIT 1", values...).Scan(&found).Error
	return spans[found.Place], found.N <= fewHeadlines, err
}

// filedUnder narrows a query to the editions of a span.
func filedUnder(q *gorm.DB, s pairSpan) *gorm.DB {
	return q.Where("(item_id, lang) IN (SELECT item_id, lang FROM headline_pair WHERE pair >= ? AND pair < ?)", s.from, s.to)
}
