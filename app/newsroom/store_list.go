package newsroom

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"doingoai/app/store"
	"doingoai/app/vietnamese"

	"gorm.io/gorm"
)

// listing is a filter together with what the person may see.
type listing struct {
	Filter
	person   string
	now      time.Time
	agencies []string // whose editions they see all of
	all      bool     // the same of every agency
	own      []string // in which they see what they created or saved last
	ownAll   bool
	hosts    []string // whose outlets they answer for, with what stands there

	only []Verb // turns, of translations; nil for any (loadWaiting)

	standing []string // those outlets, by id (Newsroom.listing)
}

const byPerson = "(created_by = ? OR saved_by = ?)"

// ownOnly says whether they see nothing but what they created or saved last.
func (l listing) ownOnly() bool {
	return !l.all && len(l.agencies) == 0 && len(l.standing) == 0 && (l.ownAll || len(l.own) > 0)
}

// editions is what a list is read from. Of somebody who sees only their own that
// is those, found by two indexes, and not the archive.
func (l listing) editions(db *gorm.DB) *gorm.DB {
	if !l.ownOnly() {
		return db.Model(&editionRow{})
	}
	// Without a limit other conditions would be tried in there, by other indexes.
	const own = "(SELECT * FROM edition WHERE created_by = ? UNION SELECT * FROM edition WHERE saved_by = ? LIMIT 1000000) AS edition"
	return db.Table(own, l.person, l.person)
}

// visible narrows a query to what the person may see: their agencies'
// editions, their own, and what stands on the outlets they answer for.
func (l listing) visible(db *gorm.DB) *gorm.DB {
	if l.all {
		return db
	}
	if slices.Contains(l.agencies, l.Agency) {
		return db.Where("agency_id = ?", l.Agency)
	}
	which, values := "agency_id IN ?", []any{l.agencies}
	if l.ownAll {
		which, values = which+" OR "+byPerson, append(values, l.person, l.person)
	} else if len(l.own) > 0 {
		which, values = which+" OR agency_id IN ? AND "+byPerson, append(values, l.own, l.person, l.person)
	}
	if len(l.standing) > 0 {
		which, values = which+" OR "+stands, append(values, l.standing)
	}
	return db.Where("("+which+")", values...)
}

// withHeadline narrows a query to headlines with a text in them. The whole
// text is folded further than a part of a word may be ("ly" may be the
// beginning of "Lyon" or the whole of "lý"), so both forms are asked for.
func withHeadline(db *gorm.DB, text string) *gorm.DB {
	within := "instr(headline_folded, ?) > 0" // faster than LIKE, which tries again at each letter
	if store.Dialect(db.Dialector.Name()) == store.Postgres {
		within = "strpos(headline_folded, ?) > 0"
	}
	whole, part := vietnamese.FoldSearch(text), vietnamese.Fold(text)
	if whole == part {
		return db.Where(within, whole)
	}
	// What is in both is looked for first: every headline is compared.
	return db.Where(within+" AND ("+within+" OR "+within+")", alike(whole, part), whole, part)
}

// alike is the longest stretch in which two texts are the same.
func alike(a, b string) (longest string) {
	if len(a) != len(b) {
		return ""
	}
	from := 0
	for i := range len(a) {
		if a[i] != b[i] {
			from = i + 1
		} else if same := a[from : i+1]; len(same) > len(longest) {
			longest = same
		}
	}
	return strings.ToValidUTF8(longest, "")
}

// loadList reads the first editions of a list, the last saved first.
func loadList(db *gorm.DB, l listing, limit int) ([]editionRow, error) {
	q, order, err := l.narrow(db)
	if err != nil {
		return nil, err
	}
	q = q.Order(order).Limit(limit).Session(&gorm.Session{})
	if !l.Mine {
		var rows []editionRow
		err := q.Find(&rows).Error
		return rows, err
	}
	// What a person created and what they saved stands in the list's order in an
	// index each; for one or the other at once a whole archive would be read.
	var rows []editionRow
	for _, column := range []string{"created_by", "saved_by"} {
		var some []editionRow
		if err := q.Where(column+" = ?", l.person).Find(&some).Error; err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	slices.SortFunc(rows, func(a, b editionRow) int {
		return cmp.Or(cmp.Compare(b.SavedAt, a.SavedAt), cmp.Compare(a.ItemID, b.ItemID), cmp.Compare(a.Lang, b.Lang))
	})
	rows = slices.CompactFunc(rows, func(a, b editionRow) bool { return a.ref() == b.ref() })
	return rows[:min(limit, len(rows))], nil
}

// unordered is the order of a list in which few are looked at: these are sorted,
// and no index is walked.
const unordered = "saved_at + 0 DESC, item_id, lang"

// narrow answers a query of what a list holds, but for whose own it is, and the
// order to read it in.
func (l listing) narrow(db *gorm.DB) (q *gorm.DB, order string, err error) {
	q, order = l.visible(l.editions(db)), "saved_at DESC, item_id, lang"
	for column, value := range map[string]string{
		"state": string(l.State), "kind": string(l.Kind), "lang": l.Lang, "agency_id": l.Agency, "section_id": l.Section,
	} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if l.Outlet != "" {
		q = q.Where("EXISTS (SELECT 1 FROM standing s WHERE s.item_id = edition.item_id AND s.lang = edition.lang AND s.outlet_id = ?)", l.Outlet)
	}
	if l.Person != "" {
		q = q.Where("(created_by = ? OR saved_by = ? OR taken_by = ?)", l.Person, l.Person, l.Person)
	}
	if !l.From.IsZero() {
		q = q.Where("saved_at >= ?", store.Micros(l.From))
	}
	if !l.To.IsZero() {
		q = q.Where("saved_at < ?", store.Micros(l.To))
	}
	if l.Clock != NoClock {
		q = withClock(q, l.Clock, l.now)
	}
	if l.Headline != "" {
		q = withHeadline(q, l.Headline)
		few, ok, err := rarest(db, headlineSpans(l.Headline))
		if err != nil {
			return nil, "", err
		}
		if ok {
			q, order = filedUnder(q, few), unordered
		}
	}
	if at := store.Micros(l.After.SavedAt); at != 0 {
		// The first condition is where an index begins to be read.
		q = q.Where("saved_at <= ? AND (saved_at < ? OR item_id > ? OR item_id = ? AND lang > ?)", at, at, l.After.Item, l.After.Item, l.After.Lang)
	}
	return q, order, nil
}

// loadCounts counts editions by state, of each state no more than CountMost:
// nobody waits for an archive to be counted.
func loadCounts(db *gorm.DB, l listing) (map[State]int, error) {
	var parts []string
	var queries []any
	for _, s := range States {
		q := l.visible(l.editions(db)).Where("state = ?", string(s))
		if l.Agency != "" {
			q = q.Where("agency_id = ?", l.Agency)
		}
		parts = append(parts, "SELECT '"+string(s)+"' AS state, COUNT(*) AS n FROM (?) AS few")
		queries = append(queries, q.Select("1").Limit(CountMost))
	}
	var rows []struct {
		State State
		N     int
	}
	err := db.Raw(strings.Join(parts, " UNION ALL "), queries...).Scan(&rows).Error
	counts := map[State]int{}
	for _, r := range rows {
		if r.N > 0 {
			counts[r.State] = r.N
		}
	}
	return counts, err
}
