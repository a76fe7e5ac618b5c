package section

import (
	"slices"

	"doingoai/app/fault"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type sectionRow struct {
	ID       string `gorm:"column:id"`
	Code     string `gorm:"column:code"`
	ParentID string `gorm:"column:parent_id"`
	Position int    `gorm:"column:position"`
	ClosedAt int64  `gorm:"column:closed_at"`
}

func (sectionRow) TableName() string { return "section" }

type nameRow struct {
	SectionID   string `gorm:"column:section_id"`
	Lang        string `gorm:"column:lang"`
	Name        string `gorm:"column:name"`
	Slug        string `gorm:"column:slug"`
	Description string `gorm:"column:description"`
}

func (nameRow) TableName() string { return "section_name" }

// slugRow is a slug that a section has or had.
type slugRow struct {
	Lang      string `gorm:"column:lang"`
	Slug      string `gorm:"column:slug"`
	SectionID string `gorm:"column:section_id"`
}

func (slugRow) TableName() string { return "section_slug" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{sectionRow{}, nameRow{}, slugRow{}} }

func insert(tx *store.Tx, s Section) error {
	return tx.DB.Create(&sectionRow{ID: s.ID, Code: s.Code, ParentID: s.ParentID, Position: s.Position}).Error
}

// lastPosition is the greatest position there is.
func lastPosition(tx *store.Tx) (int, error) {
	var last int
	err := tx.DB.Raw("SELECT COALESCE(MAX(position), 0) FROM section").Scan(&last).Error
	return last, err
}

func setPlace(tx *store.Tx, id, parent string, position int) error {
	return tx.DB.Exec("UPDATE section SET parent_id = ?, position = ? WHERE id = ?", parent, position, id).Error
}

func setClosed(tx *store.Tx, id string, at int64) error {
	return tx.DB.Exec("UPDATE section SET closed_at = ? WHERE id = ?", at, id).Error
}

func putName(tx *store.Tx, id, lang string, n Name) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "section_id"}, {Name: "lang"}},
		DoUpdates: clause.AssignmentColumns([]string{"name", "slug", "description"}),
	}).Create(&nameRow{id, lang, n.Name, n.Slug, n.Description}).Error
}

func insertSlug(tx *store.Tx, id, lang, slug string) error {
	return tx.DB.Create(&slugRow{lang, slug, id}).Error
}

// slugOwner answers the section that has or had a slug, "" when it is free.
func slugOwner(tx *store.Tx, lang, slug string) (string, error) {
	var id string
	err := tx.DB.Raw("SELECT section_id FROM section_slug WHERE lang = ? AND slug = ?", lang, slug).Scan(&id).Error
	return id, err
}

// idOf answers the identifier of a code, "" when there is none.
func idOf(tx *store.Tx, code string) (string, error) {
	var id string
	err := tx.DB.Raw("SELECT id FROM section WHERE code = ?", code).Scan(&id).Error
	return id, err
}

func exists(db *gorm.DB, id string) (bool, error) {
	var n int64
	err := db.Raw("SELECT count(*) FROM section WHERE id = ?", id).Scan(&n).Error
	return n > 0, err
}

func one(db *gorm.DB, id string) (Section, error) {
	found, err := list(db, id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "error.section.unknown")
	}
	if err != nil {
		return Section{}, err
	}
	return found[0], nil
}

// list answers all sections, or the one with an id, in three queries.
func list(db *gorm.DB, id string) ([]Section, error) {
	var rows []struct {
		ID, Code, ParentID, ParentCode string
		Position                       int
		ClosedAt                       int64
	}
	err := db.Raw(`SELECT s.id, s.code, s.parent_id, s.position, s.closed_at, COALESCE(p.code, '') AS parent_code
		FROM section s LEFT JOIN section p ON p.id = s.parent_id
		WHERE ? IN ('', s.id) ORDER BY s.position, s.code`, id).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	names, err := loadNames(db, id)
	if err != nil {
		return nil, err
	}
	sections := make([]Section, len(rows))
	for i, r := range rows {
		sections[i] = Section{r.ID, r.Code, r.ParentCode, r.ParentID, r.Position, names[r.ID], store.Time(r.ClosedAt)}
	}
	return sections, nil
}

// loadNames answers names by section and language, with former slugs.
func loadNames(db *gorm.DB, id string) (map[string]map[string]Name, error) {
	var rows []nameRow
	if err := db.Where("? IN ('', section_id)", id).Find(&rows).Error; err != nil {
		return nil, err
	}
	var slugs []slugRow
	if err := db.Where("? IN ('', section_id)", id).Order("lang, slug").Find(&slugs).Error; err != nil {
		return nil, err
	}
	former := map[string][]string{}
	for _, s := range slugs {
		former[s.SectionID+s.Lang] = append(former[s.SectionID+s.Lang], s.Slug)
	}
	names := map[string]map[string]Name{}
	for _, r := range rows {
		if names[r.SectionID] == nil {
			names[r.SectionID] = map[string]Name{}
		}
		old := slices.DeleteFunc(former[r.SectionID+r.Lang], func(slug string) bool { return slug == r.Slug })
		names[r.SectionID][r.Lang] = Name{r.Name, r.Slug, r.Description, old}
	}
	return names, nil
}

// languages lists the languages of names in a fixed order.
func languages(names map[string]Name) []string {
	langs := make([]string, 0, len(names))
	for lang := range names {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	return langs
}
