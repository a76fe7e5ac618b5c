package newsroom

import (
	"encoding/json"
	"fmt"

	"doingoai/app/parallel"
	"doingoai/app/store"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// translationRow keeps what a translation was made from.
type translationRow struct {
	ItemID     string `gorm:"column:item_id"`
	Lang       string `gorm:"column:lang"`
	SourceLang string `gorm:"column:source_lang"`
	Pin        string `gorm:"column:pin"`
	LivePin    string `gorm:"column:live_pin"`
	Version    int64  `gorm:"column:version"`
}

func (translationRow) TableName() string { return "translation" }

func encodePin(p parallel.Pin) string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // numbers and strings always have a JSON form
	}
	return string(text)
}

func decodePin(text string) (parallel.Pin, error) {
	var p parallel.Pin
	if text == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return nil, fmt.Errorf("read what a translation was made from: %w", err)
	}
	return p, nil
}

// loadTranslation answers what an edition was made from; ok is false of an
// original, and of a translation that an older program left without.
func loadTranslation(db *gorm.DB, ref Ref) (row translationRow, ok bool, err error) {
	var rows []translationRow
	err = db.Where(byRef, ref.Item, ref.Lang).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return row, false, err
	}
	return rows[0], true, nil
}

// lockDependents answers the editions of an item that are translated from one,
// locked, in the order of their languages.
func lockDependents(tx *store.Tx, source Ref) ([]editionRow, error) {
	var rows []editionRow
	err := tx.DB.Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("item_id = ? AND lang <> ? AND EXISTS (SELECT 1 FROM revision r WHERE r.item_id = edition.item_id AND r.lang = edition.lang AND r.number = edition.head AND r.source_lang = ?)",
			source.Item, source.Lang, source.Lang).Order("lang").Find(&rows).Error
	return rows, err
}

func putTranslation(tx *store.Tx, row translationRow) error {
	return tx.DB.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "item_id"}, {Name: "lang"}},
		DoUpdates: clause.AssignmentColumns([]string{"source_lang", "pin", "live_pin", "version"}),
	}).Create(&row).Error
}

// loadRevisionPin answers what a translation was made from when a revision of it
// was saved; "" where an older program saved it.
func loadRevisionPin(db *gorm.DB, ref Ref, number int) (pin string, err error) {
	err = db.Raw("SELECT pin FROM revision WHERE "+byRef+" AND number = ?", ref.Item, ref.Lang, number).Scan(&pin).Error
	return pin, err
}

func putRevisionPin(tx *store.Tx, ref Ref, number int, pin string) error {
	return tx.DB.Exec("UPDATE revision SET pin = ? WHERE "+byRef+" AND number = ?", pin, ref.Item, ref.Lang, number).Error
}

// heldOf reads what a translation was made from; ok is false of an original. A
// translation that an older program left is taken to have been made whole from
// the revision of its source that it names.
func heldOf(db *gorm.DB, row editionRow, head Revision) (h held, ok bool, err error) {
	if head.SourceLang == "" {
		return h, false, nil
	}
	h.row, ok, err = loadTranslation(db, row.ref())
	if err != nil {
		return h, false, err
	}
	if ok {
		if h.pin, err = decodePin(h.row.Pin); err == nil {
			h.live, err = decodePin(h.row.LivePin)
		}
		return h, true, err
	}
	h.row = translationRow{ItemID: row.ItemID, Lang: row.Lang, SourceLang: head.SourceLang}
	if h.pin, err = wholeOf(db, head); err != nil || row.LiveRevision == 0 {
		return h, true, err
	}
	live, err := loadRevision(db, row.ref(), row.LiveRevision)
	if err == nil {
		h.live, err = wholeOf(db, live)
	}
	return h, true, err
}

func wholeOf(db *gorm.DB, rev Revision) (parallel.Pin, error) {
	source, err := loadRevision(db, Ref{rev.Ref.Item, rev.SourceLang}, rev.SourceRevision)
	if err != nil {
		return nil, err
	}
	return pinWhole(source.Content.segments(), source.Number, rev.Content), nil
}

// compareWith lays a pin beside a revision of the source.
func compareWith(db *gorm.DB, source Revision, pin parallel.Pin) (parallel.Comparison, error) {
	var failed error
	old := func(number int) []parallel.Segment {
		rev, err := loadRevision(db, source.Ref, number)
		if err != nil {
			failed = err
			return nil
		}
		return rev.Content.segments()
	}
	c := parallel.Compare(pin, old, source.Content.segments())
	return c, failed
}

// newestSource is the newest text of what an edition is translated from.
func newestSource(db *gorm.DB, rev Revision) (Revision, error) {
	row, err := loadEdition(db, Ref{rev.Ref.Item, rev.SourceLang})
	if err != nil {
		return Revision{}, err
	}
	return loadRevision(db, row.ref(), row.Head)
}

// measure counts how far a text that is pinned so is behind a revision of the source.
func measure(db *gorm.DB, source Revision, pin parallel.Pin) (stale, critical int, err error) {
	c, err := compareWith(db, source, pin)
	stale, critical = weigh(source.Ref.Lang, c, behindIn(c, source.Number))
	return stale, critical, err
}

// liveText is what readers have of an edition; ok is false when they have nothing.
func liveText(db *gorm.DB, row editionRow) (rev Revision, ok bool, err error) {
	if Live(row.Live) != IsLive {
		return rev, false, nil
	}
	rev, err = loadRevision(db, row.ref(), row.LiveRevision)
	return rev, err == nil, err
}

// loadTranslations lists translations behind one, in the order of their names:
// all, or those of which nothing is written about what they were made from.
func loadTranslations(db *gorm.DB, after Ref, all bool, limit int) ([]Ref, error) {
	condition := "AND NOT EXISTS (SELECT 1 FROM translation t WHERE t.item_id = e.item_id AND t.lang = e.lang)"
	if all {
		condition = ""
	}
	var rows []struct{ ItemID, Lang string }
	err := db.Raw(`SELECT e.item_id, e.lang FROM edition e JOIN revision r ON r.item_id = e.item_id AND r.lang = e.lang AND r.number = e.head
		WHERE r.source_lang <> '' `+condition+` AND e.item_id >= ? AND (e.item_id > ? OR e.lang > ?)
		ORDER BY e.item_id, e.lang LIMIT ?`, after.Item, after.Item, after.Lang, limit).Scan(&rows).Error
	refs := make([]Ref, len(rows))
	for i, r := range rows {
		refs[i] = Ref{r.ItemID, r.Lang}
	}
	return refs, err
}

// recountedCounter counts how often the translations of older programs were counted.
const recountedCounter = "recounted"

func wasRecounted(db *gorm.DB) (done bool, err error) {
	err = db.Raw("SELECT value > 0 FROM counter WHERE name = ?", recountedCounter).Scan(&done).Error
	return done, err
}

// lay lays a translation whose newest text is known beside its source.
func (p *Parallel) lay(db *gorm.DB, row editionRow) (err error) {
	if p.Source, err = newestSource(db, p.Revision); err != nil {
		return err
	}
	h, _, err := heldOf(db, row, p.Revision)
	if err != nil {
		return err
	}
	p.Version = h.row.Version
	if p.compared, err = compareWith(db, p.Source, h.pin); err != nil {
		return err
	}
	p.Passages = passages(p.compared, p.Source.Ref.Lang, p.Revision.Content)
	return nil
}

// version names a revision.
type version struct {
	Ref
	number int
}

// wronglyCounted answers which of some translations are not as far behind as it
// is written, or have no word of what they were made from. It reads all of them
// at once.
func wronglyCounted(db *gorm.DB, refs []Ref) ([]Ref, error) {
	editions, held, err := loadBeside(db, refs)
	if err != nil {
		return nil, err
	}
	var wanted []version
	for _, ref := range refs {
		source := editions[Ref{ref.Item, held[ref].SourceLang}]
		wanted = append(wanted, version{source.ref(), source.Head}, version{source.ref(), source.LiveRevision})
	}
	texts, err := loadVersions(db, wanted)
	if err != nil {
		return nil, err
	}
	var wrong []Ref
	for _, ref := range refs {
		row, h := editions[ref], held[ref]
		source := editions[Ref{ref.Item, h.SourceLang}]
		right := h.Version > 0
		if right {
			right, err = isCounted(db, row, h, source, texts)
		}
		if err != nil {
			return nil, err
		}
		if !right {
			wrong = append(wrong, ref)
		}
	}
	return wrong, nil
}

func isCounted(db *gorm.DB, row editionRow, h translationRow, source editionRow, texts map[version]Revision) (bool, error) {
	right := func(written string, number, stale, critical int) (bool, error) {
		pin, err := decodePin(written)
		if err != nil {
			return false, err
		}
		s, c, err := measure(db, texts[version{source.ref(), number}], pin)
		return s == stale && c == critical, err
	}
	ok, err := right(h.Pin, source.Head, row.Stale, row.Critical)
	if err != nil || !ok {
		return false, err
	}
	if Live(row.Live) != IsLive || Live(source.Live) != IsLive {
		return row.LiveStale == 0, nil
	}
	return right(h.LivePin, source.LiveRevision, row.LiveStale, row.LiveCritical)
}

// loadBeside reads all editions of some items, and what the translations among
// them were made from.
func loadBeside(db *gorm.DB, refs []Ref) (map[Ref]editionRow, map[Ref]translationRow, error) {
	var rows []editionRow
	if err := db.Where("item_id IN ?", itemsOf(refs)).Find(&rows).Error; err != nil {
		return nil, nil, err
	}
	editions := map[Ref]editionRow{}
	for _, r := range rows {
		editions[r.ref()] = r
	}
	var pins []translationRow
	if err := db.Where("item_id IN ?", itemsOf(refs)).Find(&pins).Error; err != nil {
		return nil, nil, err
	}
	held := map[Ref]translationRow{}
	for _, r := range pins {
		held[Ref{r.ItemID, r.Lang}] = r
	}
	return editions, held, nil
}

func loadVersions(db *gorm.DB, wanted []version) (map[version]Revision, error) {
	names := make([][]any, len(wanted))
	for i, v := range wanted {
		names[i] = []any{v.Item, v.Lang, v.number}
	}
	var rows []revisionRow
	if err := db.Where("(item_id, lang, number) IN ?", names).Find(&rows).Error; err != nil {
		return nil, err
	}
	texts := map[version]Revision{}
	for _, r := range rows {
		rev, err := r.revision()
		if err != nil {
			return nil, err
		}
		texts[version{rev.Ref, rev.Number}] = rev
	}
	return texts, nil
}
