package label

import (
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type labelRow struct {
	ID        string `gorm:"column:id"`
	Sort      string `gorm:"column:sort"`
	AgencyID  string `gorm:"column:agency_id"`
	IntoID    string `gorm:"column:into_id"`
	CreatedAt int64  `gorm:"column:created_at"`
	ClosedAt  int64  `gorm:"column:closed_at"`
}

func (labelRow) TableName() string { return "label" }

type nameRow struct {
	LabelID string `gorm:"column:label_id"`
	Lang    string `gorm:"column:lang"`
	Sort    string `gorm:"column:sort"`
	Name    string `gorm:"column:name"`
	Folded  string `gorm:"column:folded"`
	Slug    string `gorm:"column:slug"`
	Line    string `gorm:"column:line"`
}

func (nameRow) TableName() string { return "label_name" }

// slugRow is a slug that a label has or had.
type slugRow struct {
	Sort    string `gorm:"column:sort"`
	Lang    string `gorm:"column:lang"`
	Slug    string `gorm:"column:slug"`
	LabelID string `gorm:"column:label_id"`
}

func (slugRow) TableName() string { return "label_slug" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{labelRow{}, nameRow{}, slugRow{}} }

func insert(tx *store.Tx, row labelRow) error { return tx.DB.Create(&row).Error }

func update(tx *store.Tx, id, column string, value any) error {
	return tx.DB.Table("label").Where("id = ?", id).Update(column, value).Error
}

// mergeInto makes a label, and what was merged into it before, part of another.
func mergeInto(tx *store.Tx, id, into string) error {
	return tx.DB.Exec("UPDATE label SET into_id = ? WHERE ? IN (id, into_id)", into, id).Error
}

func putName(tx *store.Tx, row nameRow) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "label_id"}, {Name: "lang"}},
		DoUpdates: clause.AssignmentColumns([]string{"name", "folded", "slug", "line"}),
	}).Create(&row).Error
}

func insertSlug(tx *store.Tx, row slugRow) error { return tx.DB.Create(&row).Error }

// nameOwner answers the label that has a name, "" when none has.
func nameOwner(tx *store.Tx, sort Sort, lang, folded string) (string, error) {
	var id string
	err := tx.DB.Raw("SELECT label_id FROM label_name WHERE sort = ? AND folded = ? AND lang = ?", string(sort), folded, lang).Scan(&id).Error
	return id, err
}

// slugOwner answers the label that has or had a slug, "" when it is free.
func slugOwner(tx *store.Tx, sort Sort, lang, slug string) (string, error) {
	var id string
	err := tx.DB.Raw("SELECT label_id FROM label_slug WHERE sort = ? AND lang = ? AND slug = ?", string(sort), lang, slug).Scan(&id).Error
	return id, err
}

func count(db *gorm.DB, sort Sort) (int, error) {
	var n int
	err := db.Raw("SELECT COUNT(*) FROM label WHERE sort = ? AND into_id = ''", string(sort)).Scan(&n).Error
	return n, err
}

func one(db *gorm.DB, sort Sort, id string) (Label, error) {
	found, err := list(db, sort, []string{id})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "error.label.unknown")
	}
	if err != nil {
		return Label{}, err
	}
	return found[0], nil
}

// escape makes a text stand for itself in LIKE.
var escape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// find lists labels with some words in a name, by name.
func find(db *gorm.DB, sort Sort, words string, most int) ([]Label, error) {
	var ids []string
	err := db.Raw(`SELECT label_id FROM label_name WHERE sort = ? AND folded LIKE ? ESCAPE '\'
		GROUP BY label_id ORDER BY MIN(folded), label_id LIMIT ?`, string(sort), "%"+escape.Replace(words)+"%", most).Scan(&ids).Error
	if err != nil {
		return nil, err
	}
	labels, err := list(db, sort, ids)
	slices.SortFunc(labels, func(a, b Label) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return labels, err
}

// known finds labels by id or name, in two questions.
func known(db *gorm.DB, sort Sort, words []string) (map[string][]string, error) {
	texts := make([]string, 0, 2*len(words))
	for _, word := range words {
		texts = append(texts, word, fold(word))
	}
	var rows []struct{ Word, ID string }
	err := db.Raw(`SELECT n.folded AS word, CASE WHEN l.into_id = '' THEN l.id ELSE l.into_id END AS id
			FROM label_name n JOIN label l ON l.id = n.label_id WHERE n.sort = ? AND n.folded IN ?
		UNION SELECT l.id, CASE WHEN l.into_id = '' THEN l.id ELSE l.into_id END FROM label l WHERE l.sort = ? AND l.id IN ?`,
		string(sort), texts, string(sort), texts).Scan(&rows).Error
	found := map[string][]string{}
	for _, word := range words {
		for _, row := range rows {
			if (row.Word == word || row.Word == fold(word)) && !slices.Contains(found[word], row.ID) {
				found[word] = append(found[word], row.ID)
			}
		}
	}
	return found, err
}

// list answers labels by their ids, in three questions.
func list(db *gorm.DB, sort Sort, ids []string) ([]Label, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []labelRow
	if err := db.Where("sort = ? AND id IN ?", string(sort), ids).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	var names []nameRow
	if err := db.Where("label_id IN ?", ids).Find(&names).Error; err != nil {
		return nil, err
	}
	var slugs []slugRow
	if err := db.Where("label_id IN ?", ids).Order("lang, slug").Find(&slugs).Error; err != nil {
		return nil, err
	}
	labels := make([]Label, len(rows))
	for i, row := range rows {
		l := Label{ID: row.ID, Sort: Sort(row.Sort), Names: map[string]Name{}, Agency: row.AgencyID, Into: row.IntoID, Closed: store.Time(row.ClosedAt)}
		for _, n := range names {
			if n.LabelID == row.ID {
				l.Names[n.Lang] = Name{n.Name, n.Slug, n.Line, formerSlugs(slugs, n)}
			}
		}
		labels[i] = l
	}
	return labels, nil
}

func formerSlugs(slugs []slugRow, n nameRow) []string {
	var former []string
	for _, s := range slugs {
		if s.LabelID == n.LabelID && s.Lang == n.Lang && s.Slug != n.Slug {
			former = append(former, s.Slug)
		}
	}
	return former
}
