package audit

import (
	"strings"

	"doingoai/app/store"
	"doingoai/app/vietnamese"

	"gorm.io/gorm"
)

// stretch are the numbers from one to another, both included.
type stretch struct{ from, to int64 }

// span answers between which numbers the days of a filter lie, all of them when
// it names none; ok is false when nothing was done then. Times mostly grow with
// the numbers, but a clock may be set back, so that this is looked up; but not
// for the few entries of one subject.
func span(db *gorm.DB, f Filter) (s stretch, ok bool, err error) {
	if f.From.IsZero() && f.Until.IsZero() || f.Subject != "" {
		s.from = 1
		s.to, err = lastNumber(db)
		return s, s.to > 0, err
	}
	until := store.Micros(f.Until)
	if until == 0 {
		until = 1<<63 - 1
	}
	// A sum, for the smallest of which PostgreSQL does not go through the whole
	// trail number by number, but through the days.
	var found struct{ First, Last int64 }
	err = db.Raw("SELECT COALESCE(MIN(seq + 0), 0) AS first, COALESCE(MAX(seq + 0), 0) AS last FROM audit WHERE at >= ? AND at < ?",
		store.Micros(f.From), until).Scan(&found).Error
	return stretch{found.First, found.Last}, found.Last > 0, err
}

const columns = "seq, at, actor_id, agency_id, role, address, verb, subject, from_state, to_state, revision, reason, detail, previous, hash"

// find reads the newest entries of a stretch. Where any of several people or
// verbs is wanted, each gets a short read of its own from the end of its
// index, whatever else the trail holds.
func find(db *gorm.DB, f Filter, s stretch, limit int) ([]auditRow, error) {
	by, ones := "", []string{""}
	switch {
	case f.Subject != "": // has a short index of its own
	case len(f.Actors) > 0:
		by, ones, f.Actors = "actor_id = ? AND ", f.Actors, nil
	case len(f.Verbs) > 0:
		by, ones, f.Verbs = "verb = ? AND ", f.Verbs, nil
	}
	where, values := f.where(s.from, s.to)
	var parts []string
	var args []any
	for _, one := range ones {
		parts = append(parts, "SELECT * FROM (SELECT "+columns+" FROM audit WHERE "+by+where+" ORDER BY seq DESC LIMIT ?) AS part")
		if by != "" {
			args = append(args, one)
		}
		args = append(append(args, values...), limit)
	}
	var rows []auditRow
	err := db.Raw("SELECT * FROM ("+strings.Join(parts, " UNION ALL ")+") AS found ORDER BY seq DESC LIMIT ?", append(args, limit)...).Scan(&rows).Error
	return rows, err
}

func findForward(db *gorm.DB, f Filter, after, upTo int64, limit int) ([]auditRow, error) {
	where, values := f.where(after+1, upTo)
	var rows []auditRow
	err := db.Raw("SELECT "+columns+" FROM audit WHERE "+where+" ORDER BY seq LIMIT ?", append(values, limit)...).Scan(&rows).Error
	return rows, err
}

// where is a filter as a condition on the entries between two numbers.
func (f Filter) where(from, to int64) (string, []any) {
	where, values := "seq BETWEEN ? AND ?", []any{from, to}
	add := func(condition string, value any) {
		where += " AND " + condition
		values = append(values, value)
	}
	unindexed := ""
	if f.Subject != "" {
		add("subject = ?", f.Subject)
		unindexed = " || ''" // or a database may prefer the index of a busy person
	}
	if len(f.Actors) > 0 {
		add("actor_id"+unindexed+" IN ?", f.Actors)
	}
	if len(f.Verbs) > 0 {
		add("verb"+unindexed+" IN ?", f.Verbs)
	}
	if f.Agency != "" {
		add("agency_id = ?", f.Agency)
	}
	if !f.From.IsZero() {
		add("at >= ?", store.Micros(f.From))
	}
	if !f.Until.IsZero() {
		add("at < ?", store.Micros(f.Until))
	}
	for _, word := range strings.Fields(vietnamese.Fold(f.Text)) {
		add(`folded LIKE ? ESCAPE '\'`, "%"+escaped.Replace(word)+"%")
	}
	return where, values
}

var escaped = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// verbs steps from one verb to the next along the index, without reading what
// lies between.
func verbs(db *gorm.DB) ([]string, error) {
	var list []string
	err := db.Raw(`WITH RECURSIVE known(verb) AS (
			SELECT MIN(verb) FROM audit
			UNION ALL SELECT (SELECT MIN(a.verb) FROM audit a WHERE a.verb > known.verb) FROM known WHERE known.verb IS NOT NULL)
		SELECT verb FROM known WHERE verb IS NOT NULL`).Scan(&list).Error
	return list, err
}
