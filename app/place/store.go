package place

import (
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type placeRow struct {
	ID        string `gorm:"column:id"`
	Code      string `gorm:"column:code"`
	CreatedAt int64  `gorm:"column:created_at"`
	BeganAt   int64  `gorm:"column:began_at"`
	EndedAt   int64  `gorm:"column:ended_at"`
}

func (placeRow) TableName() string { return "place" }

type nameRow struct {
	PlaceID   string `gorm:"column:place_id"`
	Lang      string `gorm:"column:lang"`
	Name      string `gorm:"column:name"`
	Kind      string `gorm:"column:kind"`
	ValidFrom int64  `gorm:"column:valid_from"`
	ValidTo   int64  `gorm:"column:valid_to"`
}

func (nameRow) TableName() string { return "place_name" }

type relationRow struct {
	ID         string `gorm:"column:id"`
	Kind       string `gorm:"column:kind"`
	FromID     string `gorm:"column:from_id"`
	ToID       string `gorm:"column:to_id"`
	At         int64  `gorm:"column:at"`
	Until      int64  `gorm:"column:until"`
	Document   string `gorm:"column:document"`
	DocumentOn int64  `gorm:"column:document_on"`
	Link       string `gorm:"column:link"`
}

func (relationRow) TableName() string { return "place_relation" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{placeRow{}, nameRow{}, relationRow{}} }

func insert(tx *store.Tx, p Place) error {
	return tx.DB.Create(&placeRow{ID: p.ID, Code: p.Code, CreatedAt: store.Micros(tx.Now), BeganAt: store.Micros(p.Began)}).Error
}

func insertName(tx *store.Tx, id string, n Name) error {
	return tx.DB.Create(&nameRow{id, n.Lang, n.Name, n.Kind, store.Micros(n.From), store.Micros(n.To)}).Error
}

// replaceName ends a name where the next begins. One that would have had no
// day at all was a mistake and leaves the history.
func replaceName(tx *store.Tx, id string, n Name) error {
	from := store.Micros(n.From)
	err := tx.DB.Exec("DELETE FROM place_name WHERE place_id = ? AND lang = ? AND valid_from >= ?", id, n.Lang, from).Error
	if err != nil {
		return err
	}
	err = tx.DB.Exec("UPDATE place_name SET valid_to = ? WHERE place_id = ? AND lang = ? AND (valid_to = 0 OR valid_to > ?)",
		from, id, n.Lang, from).Error
	if err != nil {
		return err
	}
	return insertName(tx, id, n)
}

func insertRelation(tx *store.Tx, r Relation) error {
	return tx.DB.Create(&relationRow{
		ID: store.NewID(), Kind: r.Kind, FromID: r.From, ToID: r.To, At: store.Micros(r.At), Until: store.Micros(r.Until),
		Document: r.Basis.Document, DocumentOn: store.Micros(r.Basis.On), Link: r.Basis.Link,
	}).Error
}

// insertOnce writes a relation unless it is on record already.
func insertOnce(tx *store.Tx, r Relation) error {
	var n int64
	err := tx.DB.Raw("SELECT count(*) FROM place_relation WHERE kind = ? AND from_id = ? AND to_id = ?", r.Kind, r.From, r.To).Scan(&n).Error
	if err != nil || n > 0 {
		return err
	}
	return insertRelation(tx, r)
}

// replaceNaming writes that a place got a new name or rank, in place of what
// was said of the same day.
func replaceNaming(tx *store.Tx, r Relation) error {
	err := tx.DB.Exec("DELETE FROM place_relation WHERE kind IN ? AND from_id = ? AND to_id = ? AND at = ?",
		[]string{Renamed, Upgraded}, r.From, r.To, store.Micros(r.At)).Error
	if err != nil {
		return err
	}
	return insertRelation(tx, r)
}

// partsOf are the places that are part of one today.
func partsOf(tx *store.Tx, id string) ([]string, error) {
	var ids []string
	err := tx.DB.Raw("SELECT from_id FROM place_relation WHERE kind = ? AND to_id = ? AND until = 0 ORDER BY from_id", PartOf, id).Scan(&ids).Error
	return ids, err
}

// end ends a place, its being part of another, and other places' being part of it.
func end(tx *store.Tx, id string, at time.Time) error {
	if err := tx.DB.Exec("UPDATE place SET ended_at = ? WHERE id = ?", store.Micros(at), id).Error; err != nil {
		return err
	}
	return tx.DB.Exec("UPDATE place_relation SET until = ? WHERE kind = ? AND until = 0 AND ? IN (from_id, to_id)",
		store.Micros(at), PartOf, id).Error
}

func endPartOf(tx *store.Tx, id string, at time.Time) error {
	return tx.DB.Exec("UPDATE place_relation SET until = ? WHERE kind = ? AND until = 0 AND from_id = ?", store.Micros(at), PartOf, id).Error
}

// idOf answers the identifier of a code, "" when there is none.
func idOf(tx *store.Tx, code string) (string, error) {
	var id string
	err := tx.DB.Raw("SELECT id FROM place WHERE code = ?", code).Scan(&id).Error
	return id, err
}

func one(db *gorm.DB, id string) (Place, error) {
	found, err := list(db, id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "error.place.unknown")
	}
	if err != nil {
		return Place{}, err
	}
	return found[0], nil
}

// list answers all places, or the one with an id, in two queries.
func list(db *gorm.DB, id string) ([]Place, error) {
	var rows []struct {
		ID, Code, Lang, Name, Kind string
		BeganAt, EndedAt           int64
	}
	err := db.Raw(`SELECT p.id, p.code, p.began_at, p.ended_at, COALESCE(n.lang, '') AS lang, COALESCE(n.name, '') AS name, COALESCE(n.kind, '') AS kind
		FROM place p LEFT JOIN place_name n ON n.place_id = p.id AND n.valid_to = 0
		WHERE ? IN ('', p.id) ORDER BY p.code, n.lang`, id).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	within, err := loadWithin(db, id)
	if err != nil {
		return nil, err
	}
	var places []Place
	for _, r := range rows {
		if n := len(places); n == 0 || places[n-1].ID != r.ID {
			places = append(places, Place{
				ID: r.ID, Code: r.Code, Kind: r.Kind, Names: map[string]string{}, Began: store.Time(r.BeganAt), Ended: store.Time(r.EndedAt),
				Within: within[r.ID],
			})
		}
		places[len(places)-1].Names[r.Lang] = r.Name
	}
	return places, nil
}

// loadWithin answers of which place each is part today.
func loadWithin(db *gorm.DB, id string) (map[string]string, error) {
	var rows []relationRow
	err := db.Where("kind = ? AND until = 0 AND ? IN ('', from_id)", PartOf, id).Find(&rows).Error
	within := map[string]string{}
	for _, r := range rows {
		within[r.FromID] = r.ToID
	}
	return within, err
}

func history(db *gorm.DB, id string) ([]Name, error) {
	var rows []nameRow
	err := db.Where("place_id = ?", id).Order("valid_from, lang").Find(&rows).Error
	names := make([]Name, len(rows))
	for i, r := range rows {
		names[i] = r.name()
	}
	return names, err
}

func (r nameRow) name() Name {
	return Name{r.Lang, r.Name, r.Kind, store.Time(r.ValidFrom), store.Time(r.ValidTo)}
}

// allNames answers every place's names, oldest first.
func allNames(db *gorm.DB) (map[string][]Name, error) {
	var rows []nameRow
	err := db.Order("valid_from, lang").Find(&rows).Error
	names := map[string][]Name{}
	for _, r := range rows {
		names[r.PlaceID] = append(names[r.PlaceID], r.name())
	}
	return names, err
}

func relations(db *gorm.DB, id string) ([]Relation, error) {
	var rows []relationRow
	err := db.Where("from_id = ? OR to_id = ?", id, id).Order("at, id").Find(&rows).Error
	list := make([]Relation, len(rows))
	for i, r := range rows {
		list[i] = r.relation()
	}
	return list, err
}

func (r relationRow) relation() Relation {
	return Relation{
		Kind: r.Kind, From: r.FromID, To: r.ToID, At: store.Time(r.At), Until: store.Time(r.Until),
		Basis: release.Basis{Document: r.Document, On: store.Time(r.DocumentOn), Link: r.Link},
	}
}

// allParts answers of what every place is, or was, part.
func allParts(db *gorm.DB) (map[string][]Relation, error) {
	var rows []relationRow
	err := db.Where("kind = ?", PartOf).Order("at, id").Find(&rows).Error
	parts := map[string][]Relation{}
	for _, r := range rows {
		parts[r.FromID] = append(parts[r.FromID], r.relation())
	}
	return parts, err
}

// descent answers, by place, those that it has become out of.
func descent(db *gorm.DB) (map[string][]string, error) {
	var rows []relationRow
	err := db.Where("kind IN ?", []string{MergedInto, SplitFrom}).Order("at, id").Find(&rows).Error
	before := map[string][]string{}
	for _, r := range rows {
		later, earlier := r.FromID, r.ToID
		if r.Kind == MergedInto {
			later, earlier = r.ToID, r.FromID
		}
		before[later] = append(before[later], earlier)
	}
	return before, err
}
