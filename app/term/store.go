package term

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"

	"gorm.io/gorm"
)

type termRow struct {
	ID         string `gorm:"column:id"`
	AgencyID   string `gorm:"column:agency_id"`
	Lang       string `gorm:"column:lang"`
	SortKey    string `gorm:"column:sort_key"`
	Search     string `gorm:"column:search"`
	Note       string `gorm:"column:note"`
	Document   string `gorm:"column:document"`
	DocumentOn int64  `gorm:"column:document_on"`
	Link       string `gorm:"column:link"`
	ValidFrom  int64  `gorm:"column:valid_from"`
	ValidTo    int64  `gorm:"column:valid_to"`
	Locked     bool   `gorm:"column:locked"`
	Version    int    `gorm:"column:version"`
	ChangedAt  int64  `gorm:"column:changed_at"`
}

func (termRow) TableName() string { return "term" }

type wordingRow struct {
	TermID   string `gorm:"column:term_id"`
	Position int    `gorm:"column:position"`
	Lang     string `gorm:"column:lang"`
	Text     string `gorm:"column:text"`
	Compared string `gorm:"column:compared"`
}

func (wordingRow) TableName() string { return "term_wording" }

type renderingRow struct {
	TermID   string `gorm:"column:term_id"`
	Position int    `gorm:"column:position"`
	Lang     string `gorm:"column:lang"`
	Text     string `gorm:"column:text"`
	Standing string `gorm:"column:standing"`
}

func (renderingRow) TableName() string { return "term_rendering" }

type importRow struct {
	PersonID string `gorm:"column:person_id"`
	AgencyID string `gorm:"column:agency_id"`
	Name     string `gorm:"column:name"`
	Body     string `gorm:"column:body"`
	At       int64  `gorm:"column:at"`
}

func (importRow) TableName() string { return "term_import" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any { return []any{termRow{}, wordingRow{}, renderingRow{}, importRow{}} }

// together is how many rows go into a statement, which has so many parameters at most.
const together = 256

// noteChange takes a number for a change of the terms. Whoever does so waits
// for others who change terms.
func noteChange(tx *store.Tx) error {
	_, err := tx.Next("term")
	return err
}

// changes is the number of the last change.
func changes(db *gorm.DB) (n int64, err error) {
	err = db.Raw("SELECT value FROM counter WHERE name = 'term'").Scan(&n).Error
	return n, err
}

// rows are a term as it is kept.
func (t Term) rows() (termRow, []wordingRow, []renderingRow) {
	row := termRow{
		ID: t.ID, AgencyID: t.Agency, Lang: t.Lang, SortKey: vietnamese.Fold(t.Wording), Note: t.Note,
		Document: t.Basis.Document, DocumentOn: store.Micros(t.Basis.On), Link: t.Basis.Link,
		ValidFrom: store.Micros(t.From), ValidTo: store.Micros(t.To), Locked: t.Locked, Version: t.Version, ChangedAt: store.Micros(t.ChangedAt),
	}
	search := []string{}
	var wordings []wordingRow
	for i, text := range t.wordings() {
		wordings = append(wordings, wordingRow{t.ID, i, t.Lang, text, compared(t.Lang, text)})
		search = append(search, vietnamese.Fold(text))
	}
	var renderings []renderingRow
	for i, r := range t.Renderings {
		renderings = append(renderings, renderingRow{t.ID, i, r.Lang, r.Text, string(r.Standing)})
		search = append(search, vietnamese.Fold(r.Text))
	}
	row.Search = strings.Join(search, "\n")
	return row, wordings, renderings
}

// insert writes new terms.
func insert(tx *store.Tx, terms []Term) error {
	rows := make([]termRow, len(terms))
	for i, t := range terms {
		rows[i], _, _ = t.rows()
	}
	if len(terms) == 0 {
		return nil
	}
	if err := tx.DB.CreateInBatches(rows, together).Error; err != nil {
		return err
	}
	return insertParts(tx, terms)
}

func insertParts(tx *store.Tx, terms []Term) error {
	var wordings []wordingRow
	var renderings []renderingRow
	for _, t := range terms {
		_, w, r := t.rows()
		wordings, renderings = append(wordings, w...), append(renderings, r...)
	}
	if err := tx.DB.CreateInBatches(wordings, together).Error; err != nil || len(renderings) == 0 {
		return err
	}
	return tx.DB.CreateInBatches(renderings, together).Error
}

// update writes terms that are there, and everything that belongs to them.
func update(tx *store.Tx, terms []Term) error {
	if len(terms) == 0 {
		return nil
	}
	for _, t := range terms {
		row, _, _ := t.rows()
		err := tx.DB.Exec(`UPDATE term SET agency_id = ?, lang = ?, sort_key = ?, search = ?, note = ?, document = ?, document_on = ?, link = ?,
			valid_from = ?, valid_to = ?, locked = ?, version = ?, changed_at = ? WHERE id = ?`,
			row.AgencyID, row.Lang, row.SortKey, row.Search, row.Note, row.Document, row.DocumentOn, row.Link,
			row.ValidFrom, row.ValidTo, row.Locked, row.Version, row.ChangedAt, row.ID).Error
		if err != nil {
			return err
		}
	}
	for few := range slices.Chunk(terms, together) {
		ids := make([]string, len(few))
		for i, t := range few {
			ids[i] = t.ID
		}
		for _, table := range []string{"term_wording", "term_rendering"} {
			if err := tx.DB.Exec("DELETE FROM "+table+" WHERE term_id IN ?", ids).Error; err != nil {
				return err
			}
		}
	}
	return insertParts(tx, terms)
}

func handOver(tx *store.Tx, from, to string) (int, error) {
	if err := tx.DB.Exec("UPDATE term_import SET agency_id = ? WHERE agency_id = ?", to, from).Error; err != nil {
		return 0, err
	}
	done := tx.DB.Exec("UPDATE term SET agency_id = ?, version = version + 1, changed_at = ? WHERE agency_id = ?", to, store.Micros(tx.Now), from)
	return int(done.RowsAffected), done.Error
}

// stands says whether there is an agency that may answer for terms.
func stands(tx *store.Tx, agency string) (bool, error) {
	var n int64
	err := tx.DB.Raw("SELECT count(*) FROM agency WHERE id = ? AND ended_at = 0", agency).Scan(&n).Error
	return n > 0, err
}

// alike lists the terms of a language that are worded, or may be spelt, in one
// of some ways.
func alike(tx *store.Tx, lang string, ways []string) ([]Term, error) {
	var ids []string
	err := tx.DB.Raw("SELECT DISTINCT term_id FROM term_wording WHERE lang = ? AND compared IN ?", lang, ways).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var rows []termRow
	if err := tx.DB.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	return whole(tx.DB, rows)
}

func one(db *gorm.DB, id string) (Term, error) {
	var rows []termRow
	if err := db.Where("id = ?", id).Find(&rows).Error; err != nil {
		return Term{}, err
	}
	if len(rows) == 0 {
		return Term{}, fault.New(fault.NotFound, "error.term.unknown")
	}
	terms, err := whole(db, rows)
	if err != nil {
		return Term{}, err
	}
	return terms[0], nil
}

// all lists every term in the order of their wordings.
func all(db *gorm.DB) ([]Term, error) {
	var rows []termRow
	if err := db.Order("sort_key, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	return whole(db, rows)
}

// list answers a page of the terms that a filter, whose words are folded,
// finds, and the number of them all.
func list(db *gorm.DB, f Filter, now time.Time) (found []Term, count int, err error) {
	q := db.Model(&termRow{})
	if f.Words != "" {
		escaped := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(f.Words)
		q = q.Where(`search LIKE ? ESCAPE '\'`, "%"+escaped+"%")
	}
	if f.Lang != "" {
		q = q.Where("lang = ? OR id IN (SELECT term_id FROM term_rendering WHERE lang = ?)", f.Lang, f.Lang)
	}
	if f.Without != "" {
		q = q.Where("lang <> ? AND id NOT IN (SELECT term_id FROM term_rendering WHERE lang = ? AND standing <> ?)", f.Without, f.Without, Forbidden)
	}
	if f.Agency != "" {
		q = q.Where("agency_id = ?", f.Agency)
	}
	if f.Locked {
		q = q.Where("locked")
	}
	if at := store.Micros(now); f.Ended {
		q = q.Where("valid_to > 0 AND valid_to <= ?", at)
	} else {
		q = q.Where("(valid_to = 0 OR valid_to > ?)", at)
	}
	var n int64
	if err := q.Count(&n).Error; err != nil {
		return nil, 0, err
	}
	q = q.Order("sort_key, id")
	if !f.All {
		q = q.Limit(PageLength).Offset((max(f.Page, 1) - 1) * PageLength)
	}
	var rows []termRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, 0, err
	}
	found, err = whole(db, rows)
	return found, int(n), err
}

// whole puts terms together out of their rows, in two more queries for each
// few hundred.
func whole(db *gorm.DB, rows []termRow) ([]Term, error) {
	terms := make([]Term, len(rows))
	at := make(map[string]*Term, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		terms[i] = r.term()
		at[r.ID], ids[i] = &terms[i], r.ID
	}
	for few := range slices.Chunk(ids, together) {
		var wordings []wordingRow
		if err := db.Where("term_id IN ?", few).Order("term_id, position").Find(&wordings).Error; err != nil {
			return nil, err
		}
		for _, w := range wordings {
			if t := at[w.TermID]; w.Position == 0 {
				t.Wording = w.Text
			} else {
				t.Variants = append(t.Variants, w.Text)
			}
		}
		var renderings []renderingRow
		if err := db.Where("term_id IN ?", few).Order("term_id, position").Find(&renderings).Error; err != nil {
			return nil, err
		}
		for _, r := range renderings {
			t := at[r.TermID]
			t.Renderings = append(t.Renderings, Rendering{r.Lang, r.Text, Standing(r.Standing)})
		}
	}
	return terms, nil
}

func (r termRow) term() Term {
	return Term{
		ID: r.ID, Agency: r.AgencyID, Lang: r.Lang, Note: r.Note,
		Basis: release.Basis{Document: r.Document, On: store.Time(r.DocumentOn), Link: r.Link},
		From:  store.Time(r.ValidFrom), To: store.Time(r.ValidTo), Locked: r.Locked, Version: r.Version, ChangedAt: store.Time(r.ChangedAt),
	}
}

func keepImport(tx *store.Tx, person string, l List) error {
	if err := forgetImport(tx, person); err != nil {
		return err
	}
	return tx.DB.Create(&importRow{person, l.Agency, l.Name, l.Body, store.Micros(tx.Now)}).Error
}

func forgetImport(tx *store.Tx, person string) error {
	return tx.DB.Exec("DELETE FROM term_import WHERE person_id = ?", person).Error
}

// keptImport answers the list that somebody has sent; found is false for none.
func keptImport(db *gorm.DB, person string) (l List, found bool, err error) {
	var rows []importRow
	if err := db.Where("person_id = ?", person).Find(&rows).Error; err != nil || len(rows) == 0 {
		return List{}, false, err
	}
	r := rows[0]
	return List{Agency: r.AgencyID, Name: r.Name, Body: r.Body}, true, nil
}
