package wording

import (
	"strings"

	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// row is a part of a thing in one language. Its source is another row of the
// part, or for the source itself the row.
type row struct {
	Kind       string `gorm:"column:kind"`
	ID         string `gorm:"column:id"`
	Part       string `gorm:"column:part"`
	Lang       string `gorm:"column:lang"`
	AgencyID   string `gorm:"column:agency_id"`
	Words      string `gorm:"column:words"`
	SourceLang string `gorm:"column:source_lang"`
	Source     string `gorm:"column:source"`
	Behind     int    `gorm:"column:behind"`
	BehindAt   int64  `gorm:"column:behind_at"`
	Gone       bool   `gorm:"column:gone"`
}

func (row) TableName() string { return "wording" }

func (r row) subject() Subject { return Subject{Kind(r.Kind), r.ID, r.AgencyID} }

func (r row) key() string { return r.Kind + " " + r.ID + " " + r.Part + " " + r.Lang }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{row{}} }

// rows are those of one thing, or of several.
type rows []row

// of answers a row, one without a language when there is none.
func (rows rows) of(part, lang string) row {
	for _, r := range rows {
		if r.Part == part && r.Lang == lang {
			return r
		}
	}
	return row{}
}

// source answers the source of a part.
func (rows rows) source(part string) row {
	for _, r := range rows {
		if r.Part == part && r.Lang == r.SourceLang {
			return r
		}
	}
	return row{}
}

// at are the rows of one thing.
func (rows rows) at(s Subject) rows {
	var own []row
	for _, r := range rows {
		if r.Kind == string(s.Kind) && r.ID == s.ID {
			own = append(own, r)
		}
	}
	return own
}

func load(db *gorm.DB, kind Kind, ids []string) (rows, error) {
	var list rows
	if len(ids) == 0 {
		return nil, nil
	}
	err := db.Where("kind = ? AND id IN ? AND NOT gone", string(kind), ids).Order("kind, id, part, lang").Find(&list).Error
	return list, err
}

// lock reads what is known of a thing whose words are about to change. Who calls
// has the thing itself to themselves.
func lock(tx *store.Tx, s Subject) (rows, error) {
	var list rows
	err := tx.DB.Where("kind = ? AND id = ?", string(s.Kind), s.ID).Order("part, lang").Find(&list).Error
	return list, err
}

// loadWith reads all that there is of the things that some rows are about.
func loadWith(db *gorm.DB, found rows) (rows, error) {
	byKind := map[Kind][]string{}
	for _, f := range found {
		byKind[Kind(f.Kind)] = append(byKind[Kind(f.Kind)], f.ID)
	}
	var all rows
	for _, kind := range []Kind{Section, Agency, Outlet, Media} {
		part, err := load(db, kind, byKind[kind])
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	return all, nil
}

func save(tx *store.Tx, r row) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "kind"}, {Name: "id"}, {Name: "part"}, {Name: "lang"}},
		DoUpdates: clause.AssignmentColumns([]string{"agency_id", "words", "source_lang", "source", "behind", "behind_at", "gone"}),
	}).Create(&r).Error
}

func remove(tx *store.Tx, r row) error {
	return tx.DB.Exec("DELETE FROM wording WHERE kind = ? AND id = ? AND part = ? AND lang = ?", r.Kind, r.ID, r.Part, r.Lang).Error
}

func hide(tx *store.Tx, kind Kind, id string, gone bool) error {
	return tx.DB.Exec("UPDATE wording SET gone = ? WHERE kind = ? AND id = ?", gone, string(kind), id).Error
}

func forget(tx *store.Tx, kind Kind, id string) error {
	return tx.DB.Exec("DELETE FROM wording WHERE kind = ? AND id = ?", string(kind), id).Error
}

func handOver(tx *store.Tx, from, to string) error {
	return tx.DB.Exec("UPDATE wording SET agency_id = ? WHERE agency_id = ? AND agency_id <> ''", to, from).Error
}

// within narrows a query to what somebody is shown.
func (s Scope) within(db *gorm.DB) *gorm.DB {
	db = db.Where("NOT gone")
	if !s.All {
		db = db.Where("agency_id IN ?", append([]string{""}, s.Agencies...))
	}
	return db
}

// loadBehind reads what is behind, the gravest first.
func loadBehind(db *gorm.DB, s Scope, skip, limit int) (rows, error) {
	q := s.within(db).Where("behind > 0")
	if s.Lang != "" {
		q = q.Where("lang = ?", s.Lang)
	}
	var list rows
	err := q.Order("behind DESC, behind_at, kind, id, part, lang").Offset(skip).Limit(limit).Find(&list).Error
	return list, err
}

// lacking narrows a query to the sources of what is not said in all languages
// that readers are offered it in.
func (o Offer) lacking(db *gorm.DB, s Scope) *gorm.DB {
	const fewer = "(SELECT COUNT(*) FROM wording t WHERE t.kind = wording.kind AND t.id = wording.id AND t.part = wording.part AND t.lang IN ?) < ?"
	conditions, values := []string{}, []any{}
	if len(o.Langs) > 0 {
		conditions, values = append(conditions, "kind <> 'outlet' AND "+fewer), append(values, o.Langs, len(o.Langs))
	}
	for id, langs := range o.Outlets {
		if len(langs) > 0 {
			conditions, values = append(conditions, "kind = 'outlet' AND id = ? AND "+fewer), append(values, id, langs, len(langs))
		}
	}
	if len(conditions) == 0 {
		conditions = []string{"1 = 0"}
	}
	return s.within(db).Where("lang = source_lang").Where("("+strings.Join(conditions, " OR ")+")", values...)
}

func loadMissing(db *gorm.DB, o Offer, s Scope, after Mark, limit int) (rows, error) {
	q := o.lacking(db, s)
	if after != (Mark{}) {
		q = q.Where("(agency_id, kind, id, part) > (?, ?, ?, ?)", after.agency, after.kind, after.id, after.part)
	}
	var list rows
	err := q.Order("agency_id, kind, id, part").Limit(limit).Find(&list).Error
	return list, err
}

func countMissing(db *gorm.DB, o Offer, s Scope, most int) (int, error) {
	var n int64
	err := db.Table("(?) AS found", o.lacking(db.Model(&row{}), s).Select("1").Limit(most)).Count(&n).Error
	return int(n), err
}
