package newsstand

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"

	"doingoai/app/release"
	"doingoai/app/store"

	"gorm.io/gorm"
)

type documentRow struct {
	Kind string `gorm:"column:kind"`
	ID   string `gorm:"column:id"`
	Lang string `gorm:"column:lang"`
	Seq  int64  `gorm:"column:seq"`
	Op   string `gorm:"column:op"`
	At   int64  `gorm:"column:at"`
	Hash string `gorm:"column:hash"`
	Body string `gorm:"column:body"`
	Text string `gorm:"column:text"`
}

func (documentRow) TableName() string { return "document" }

type listingRow struct {
	Outlet    string `gorm:"column:outlet"`
	Lang      string `gorm:"column:lang"`
	Section   string `gorm:"column:section"`
	Published int64  `gorm:"column:published"`
	ID        string `gorm:"column:id"`
	Card      string `gorm:"column:card"`
}

func (listingRow) TableName() string { return "listing" }

type mentionRow struct {
	Outlet    string `gorm:"column:outlet"`
	Lang      string `gorm:"column:lang"`
	List      string `gorm:"column:list"`
	Published int64  `gorm:"column:published"`
	ID        string `gorm:"column:id"`
}

func (mentionRow) TableName() string { return "mention" }

type mediaRow struct {
	Hash string `gorm:"column:hash"`
	Kind string `gorm:"column:kind"`
	ID   string `gorm:"column:id"`
	Lang string `gorm:"column:lang"`
	Type string `gorm:"column:type"`
	Name string `gorm:"column:name"`
	Size int64  `gorm:"column:size"`
}

func (mediaRow) TableName() string { return "document_media" }

// reindexRow is an article whose section has moved since it was indexed.
type reindexRow struct {
	ID   string `gorm:"column:id"`
	Lang string `gorm:"column:lang"`
}

func (reindexRow) TableName() string { return "reindex" }

// Rows lists the gorm rows of this room, for the test that compares them with the schema.
func Rows() []any {
	return []any{documentRow{}, listingRow{}, mentionRow{}, mediaRow{}, reindexRow{}, spoolRow{}, correctionRow{}, eventRow{}, libraryRow{}, usedProofRow{}}
}

func (d documentRow) entry() release.Entry {
	return release.Entry{
		Seq: d.Seq, Key: release.Key{Kind: release.Kind(d.Kind), ID: d.ID, Lang: d.Lang},
		Op: release.Op(d.Op), At: store.Time(d.At), Hash: d.Hash, Body: json.RawMessage(d.Body),
	}
}

func loadCursor(db *gorm.DB) (int64, error) {
	var value int64
	err := db.Raw("SELECT value FROM cursor WHERE name = 'releases'").Scan(&value).Error
	return value, err
}

// writeChanges applies a batch with its cursor and answers the media files
// that no document needs any more.
func writeChanges(tx *store.Tx, changes []change, last int64) (orphans []string, err error) {
	var mayBeOrphans []string
	for _, c := range changes {
		had, err := forget(tx, c.Key)
		if err != nil {
			return nil, err
		}
		mayBeOrphans = append(mayBeOrphans, had...)
		if err := remember(tx, c); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Key, err)
		}
	}
	if err := tx.DB.Exec("UPDATE cursor SET value = ? WHERE name = 'releases'", last).Error; err != nil {
		return nil, err
	}
	return unneeded(tx.DB, mayBeOrphans)
}

// forget removes everything a key had and answers the media it needed.
func forget(tx *store.Tx, key release.Key) (media []string, err error) {
	const where = "kind = ? AND id = ? AND lang = ?"
	err = tx.DB.Raw("SELECT hash FROM document_media WHERE "+where, key.Kind, key.ID, key.Lang).Scan(&media).Error
	if err != nil {
		return nil, err
	}
	if err := tx.DB.Exec("DELETE FROM document_media WHERE "+where, key.Kind, key.ID, key.Lang).Error; err != nil {
		return nil, err
	}
	if err := tx.DB.Exec("DELETE FROM document WHERE "+where, key.Kind, key.ID, key.Lang).Error; err != nil {
		return nil, err
	}
	if key.Kind != release.ArticleKind {
		return media, nil
	}
	if err := forgetEvent(tx, key); err != nil {
		return nil, err
	}
	if err := forgetDocument(tx, key); err != nil {
		return nil, err
	}
	if err := tx.DB.Exec("DELETE FROM mention WHERE id = ? AND lang = ?", key.ID, key.Lang).Error; err != nil {
		return nil, err
	}
	return media, tx.DB.Exec("DELETE FROM listing WHERE id = ? AND lang = ?", key.ID, key.Lang).Error
}

func remember(tx *store.Tx, c change) error {
	err := tx.DB.Create(&documentRow{
		Kind: string(c.Kind), ID: c.ID, Lang: c.Lang, Seq: c.Seq, Op: string(c.Op), At: store.Micros(c.At),
		Hash: c.Hash, Body: string(c.Body), Text: c.text,
	}).Error
	if err != nil {
		return err
	}
	for _, f := range uniqueFiles(c.files) {
		err := tx.DB.Create(&mediaRow{f.Hash, string(c.Kind), c.ID, c.Lang, f.Type, f.Name, f.Size}).Error
		if err != nil {
			return err
		}
	}
	if c.Kind != release.ArticleKind {
		return nil
	}
	if err := listCorrections(tx, c.Key, c.corrections); err != nil || c.article == nil {
		return err
	}
	if err := listEvent(tx, c.article); err != nil {
		return err
	}
	if err := listDocument(tx, c.article); err != nil {
		return err
	}
	return list(tx, c.article)
}

// list puts an article on the lists of its outlets.
func list(tx *store.Tx, a *release.Article) error {
	var rows []listingRow
	var mentioned []mentionRow
	lists := mentions(a)
	// Naming an outlet twice must not stop the log at this release.
	for _, outlet := range unique(a.Outlets) {
		card := cardOf(a, outlet)
		text, err := json.Marshal(card)
		if err != nil {
			return err
		}
		for _, section := range listsOf(a) {
			rows = append(rows, listingRow{outlet, a.Lang, section, store.Micros(card.Published), a.ID, string(text)})
		}
		for _, list := range lists {
			mentioned = append(mentioned, mentionRow{outlet, a.Lang, list, store.Micros(card.Published), a.ID})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.DB.Create(&rows).Error; err != nil || len(mentioned) == 0 {
		return err
	}
	return tx.DB.Create(&mentioned).Error
}

func uniqueFiles(files []release.File) []release.File {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(files), func(f release.File) bool {
		was := seen[f.Hash]
		seen[f.Hash] = true
		return was
	})
}

func unique(texts []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(texts)))
}

// unneeded answers those hashes that no document needs.
func unneeded(db *gorm.DB, hashes []string) ([]string, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(hashes)
	if err != nil {
		return nil, err
	}
	var needed []string
	err = db.Raw("SELECT DISTINCT hash FROM document_media WHERE hash IN (SELECT value FROM json_each(?))", string(list)).Scan(&needed).Error
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(unique(hashes), func(h string) bool { return slices.Contains(needed, h) }), nil
}

func loadDocumentsAfter(db *gorm.DB, seq int64, limit int) ([]documentRow, error) {
	var rows []documentRow
	err := db.Where("seq > ?", seq).Order("seq").Limit(limit).Find(&rows).Error
	return rows, err
}

// markReindex notes the articles of sections that were handed to the index,
// which is everything up to a number.
func markReindex(tx *store.Tx, sections []string, handed int64) error {
	list, err := json.Marshal(sections)
	if err != nil {
		return err
	}
	return tx.DB.Exec(`INSERT INTO reindex (id, lang) SELECT DISTINCT l.id, l.lang FROM listing AS l
		JOIN document AS d ON d.kind = ? AND d.id = l.id AND d.lang = l.lang
		WHERE l.section IN (SELECT value FROM json_each(?)) AND d.seq <= ?
		ON CONFLICT (id, lang) DO NOTHING`, string(release.ArticleKind), string(list), handed).Error
}

func loadReindex(db *gorm.DB, limit int) ([]release.Key, error) {
	var rows []reindexRow
	err := db.Order("id, lang").Limit(limit).Find(&rows).Error
	keys := make([]release.Key, len(rows))
	for i, r := range rows {
		keys[i] = release.Key{Kind: release.ArticleKind, ID: r.ID, Lang: r.Lang}
	}
	return keys, err
}

func deleteReindex(tx *store.Tx, keys []release.Key) error {
	list, err := pairs(keys)
	if err != nil {
		return err
	}
	return tx.DB.Exec("DELETE FROM reindex WHERE (id, lang) IN (SELECT value->>0, value->>1 FROM json_each(?))", list).Error
}

// pairs are the keys of articles as SQL reads them: one parameter, however
// many keys, so that one prepared statement serves all.
func pairs(keys []release.Key) (string, error) {
	list := make([][2]string, len(keys))
	for i, k := range keys {
		list[i] = [2]string{k.ID, k.Lang}
	}
	text, err := json.Marshal(list)
	return string(text), err
}

// loadArticles reads released articles in the order of their keys, in one
// question. What is not released any more is left out.
func loadArticles(db *gorm.DB, keys []release.Key) ([]documentRow, error) {
	list, err := pairs(keys)
	if err != nil {
		return nil, err
	}
	var rows []documentRow
	err = db.Raw(`SELECT d.* FROM json_each(?) AS k CROSS JOIN document AS d
		WHERE d.kind = ? AND d.id = k.value->>0 AND d.lang = k.value->>1 AND d.op = ? ORDER BY k.key`,
		list, string(release.ArticleKind), string(release.Put)).Scan(&rows).Error
	return rows, err
}

// loadKind reads every current document of a kind that is not withdrawn. One
// that cannot be read is left out, so that the others are still there.
func loadKind[T any](db *gorm.DB, kind release.Kind) ([]T, error) {
	var rows []documentRow
	if err := db.Where("kind = ? AND op = ?", string(kind), string(release.Put)).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	docs := make([]T, 0, len(rows))
	for _, r := range rows {
		var doc T
		if e := r.entry(); e.Decode(&doc) != nil {
			slog.Error("a release cannot be read and is left out", "release", r.Seq, "document", e.Key.String())
			continue
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// loadSite reads what surrounds articles.
func loadSite(db *gorm.DB) (*Site, error) {
	outlets, err := loadKind[release.Outlet](db, release.OutletKind)
	if err != nil {
		return nil, err
	}
	sections, err := loadKind[release.Section](db, release.SectionKind)
	if err != nil {
		return nil, err
	}
	agencies, err := loadKind[release.Agency](db, release.AgencyKind)
	if err != nil {
		return nil, err
	}
	tags, err := loadKind[release.Label](db, release.TagKind)
	if err != nil {
		return nil, err
	}
	authors, err := loadKind[release.Label](db, release.AuthorKind)
	if err != nil {
		return nil, err
	}
	places, err := loadKind[release.Place](db, release.PlaceKind)
	if err != nil {
		return nil, err
	}
	return NewSite(outlets, sections, agencies).Among(tags, authors, places), nil
}
