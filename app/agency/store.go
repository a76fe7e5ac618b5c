package agency

import (
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type agencyRow struct {
	ID        string `gorm:"column:id"`
	Code      string `gorm:"column:code"`
	CreatedAt int64  `gorm:"column:created_at"`
	EndedAt   int64  `gorm:"column:ended_at"`
}

func (agencyRow) TableName() string { return "agency" }

// nameRow is a name with its days; valid_from 0 is before our records begin,
// valid_to 0 is the current one.
type nameRow struct {
	AgencyID  string `gorm:"column:agency_id"`
	Lang      string `gorm:"column:lang"`
	Name      string `gorm:"column:name"`
	ValidFrom int64  `gorm:"column:valid_from"`
	ValidTo   int64  `gorm:"column:valid_to"`
}

func (nameRow) TableName() string { return "agency_name" }

type relationRow struct {
	ID         string `gorm:"column:id"`
	Kind       string `gorm:"column:kind"`
	FromID     string `gorm:"column:from_id"`
	ToID       string `gorm:"column:to_id"`
	At         int64  `gorm:"column:at"`
	Document   string `gorm:"column:document"`
	DocumentOn int64  `gorm:"column:document_on"`
	Link       string `gorm:"column:link"`
}

func (relationRow) TableName() string { return "agency_relation" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{agencyRow{}, nameRow{}, relationRow{}} }

func insert(tx *store.Tx, a Agency) error {
	if err := tx.DB.Create(&agencyRow{ID: a.ID, Code: a.Code, CreatedAt: store.Micros(tx.Now)}).Error; err != nil {
		return err
	}
	for _, lang := range languages(a.Names) {
		if err := tx.DB.Create(&nameRow{AgencyID: a.ID, Lang: lang, Name: a.Names[lang]}).Error; err != nil {
			return err
		}
	}
	return nil
}

// idOf answers the identifier of a code, "" when there is none.
func idOf(tx *store.Tx, code string) (string, error) {
	var id string
	err := tx.DB.Raw("SELECT id FROM agency WHERE code = ?", code).Scan(&id).Error
	return id, err
}

// currentName answers the name of today, a row without a name when there is none.
func currentName(tx *store.Tx, id, lang string) (nameRow, error) {
	var row nameRow
	err := tx.DB.Raw(`SELECT agency_id, lang, name, valid_from, valid_to FROM agency_name
		WHERE agency_id = ? AND lang = ? AND valid_to = 0`, id, lang).Scan(&row).Error
	return row, err
}

// replaceName ends a name where the next begins. One that would have had no
// day at all was a mistake and leaves the history.
func replaceName(tx *store.Tx, current, next nameRow) error {
	const which = "agency_id = ? AND lang = ? AND valid_from = ?"
	if current.Name != "" {
		var err error
		if current.ValidFrom == next.ValidFrom {
			err = tx.DB.Exec("DELETE FROM agency_name WHERE "+which, current.AgencyID, current.Lang, current.ValidFrom).Error
		} else {
			err = tx.DB.Exec("UPDATE agency_name SET valid_to = ? WHERE "+which,
				next.ValidFrom, current.AgencyID, current.Lang, current.ValidFrom).Error
		}
		if err != nil {
			return err
		}
	}
	return tx.DB.Create(&next).Error
}

func one(db *gorm.DB, id string) (Agency, error) {
	found, err := list(db, id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "error.agency.unknown")
	}
	if err != nil {
		return Agency{}, err
	}
	return found[0], nil
}

// list answers all agencies, or the one with an id, in one query.
func list(db *gorm.DB, id string) ([]Agency, error) {
	var rows []struct {
		ID, Code, Lang, Name string
		EndedAt              int64
	}
	err := db.Raw(`SELECT a.id, a.code, a.ended_at, COALESCE(n.lang, '') AS lang, COALESCE(n.name, '') AS name
		FROM agency a LEFT JOIN agency_name n ON n.agency_id = a.id AND n.valid_to = 0
		WHERE ? IN ('', a.id) ORDER BY a.created_at, a.code, n.lang`, id).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var agencies []Agency
	for _, r := range rows {
		if n := len(agencies); n == 0 || agencies[n-1].ID != r.ID {
			agencies = append(agencies, Agency{r.ID, r.Code, map[string]string{}, store.Time(r.EndedAt)})
		}
		if r.Lang != "" {
			agencies[len(agencies)-1].Names[r.Lang] = r.Name
		}
	}
	return agencies, nil
}

func history(db *gorm.DB, id string) ([]Name, error) {
	var rows []nameRow
	err := db.Where("agency_id = ?", id).Order("valid_from, lang").Find(&rows).Error
	names := make([]Name, len(rows))
	for i, r := range rows {
		names[i] = Name{r.Lang, r.Name, store.Time(r.ValidFrom), store.Time(r.ValidTo)}
	}
	return names, err
}

func insertRelation(tx *store.Tx, r Relation) error {
	return tx.DB.Create(&relationRow{
		ID: store.NewID(), Kind: string(r.Kind), FromID: r.From, ToID: r.To, At: store.Micros(r.At),
		Document: r.Basis.Document, DocumentOn: store.Micros(r.Basis.On), Link: r.Basis.Link,
	}).Error
}

func end(tx *store.Tx, id string, at time.Time) error {
	return tx.DB.Exec("UPDATE agency SET ended_at = ? WHERE id = ?", store.Micros(at), id).Error
}

func relations(db *gorm.DB, id string) ([]Relation, error) {
	var rows []relationRow
	err := db.Where("from_id = ? OR to_id = ?", id, id).Order("at, id").Find(&rows).Error
	list := make([]Relation, len(rows))
	for i, r := range rows {
		list[i] = Relation{
			Kind: Kind(r.Kind), From: r.FromID, To: r.ToID, At: store.Time(r.At),
			Basis: release.Basis{Document: r.Document, On: store.Time(r.DocumentOn), Link: r.Link},
		}
	}
	return list, err
}
