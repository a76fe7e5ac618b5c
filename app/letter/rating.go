package letter

import (
	"context"
	"regexp"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/store"
)

// A rating says how useful a reader found a page, from 1 to 5. It is counted and
// then forgotten (NĐ 224/2026 Đ10.3): what is kept are sums of a page and day. A
// comment that came with it is a letter, without anybody's name.

// MostRating is the best rating.
const MostRating = 5

// FewRatings are too few for an average that says anything.
const FewRatings = 5

// remembered is how long a rating that was counted is known as such. A newsstand
// that was away for longer is not heard of it again.
const remembered = 90 * 24 * time.Hour

// Sum is what readers thought of a page, or of several.
type Sum struct {
	Outlet, Lang, Address, Item, Section string
	Counts                               [MostRating]int // of 1, 2, … 5
}

// Total is how many rated.
func (s Sum) Total() (n int) {
	for _, c := range s.Counts {
		n += c
	}
	return n
}

// Average is their mean; ok is false when too few rated for it to mean anything.
func (s Sum) Average() (mean float64, ok bool) {
	sum := 0
	for i, c := range s.Counts {
		sum += (i + 1) * c
	}
	n := s.Total()
	if n == 0 {
		return 0, false
	}
	return float64(sum) / float64(n), n >= FewRatings
}

// Add puts another sum to this one.
func (s *Sum) Add(other Sum) {
	for i, c := range other.Counts {
		s.Counts[i] += c
	}
}

// count adds a rating, unless it was counted before. A comment becomes a letter.
func count(tx *store.Tx, l release.Letter) error {
	fresh, err := remember(tx, l.ID, tx.Now.Add(-remembered))
	if err != nil || !fresh {
		return err
	}
	sent := l.SentAt
	if sent.After(tx.Now) || sent.Before(tx.Now.Add(-remembered)) { // a clock that is wrong
		sent = tx.Now
	}
	if err := addRating(tx, l, sent.In(locale.Zone()).Format(time.DateOnly)); err != nil || l.Message == "" {
		return err
	}
	return insert(tx, l)
}

var monthForm = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// Ratings are the sums of a month ("2006-01") by page that the actor may see,
// most rated first.
func (r *Room) Ratings(ctx context.Context, actor account.Actor, month string) ([]Sum, error) {
	whose, err := readable(actor)
	if err != nil {
		return nil, err
	}
	if !monthForm.MatchString(month) {
		return nil, fault.New(fault.Malformed, "error.malformed.title")
	}
	return sums(r.db.Read(ctx), whose, month)
}
