package kind

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ReviewMonths are how often a structured page may be due for review.
var ReviewMonths = []string{"1", "3", "6", "12"}

// pageFacts are those of a page about the province (NĐ 224/2026 Đ9): it has an
// owner, who looks at it again when it is due.
var pageFacts = []Fact{
	{Key: "position", Type: Position, Required: true},
	{Key: "owner", Type: Agency, Required: true},
	{Key: "reviewed", Type: Date, Required: true},
	{Key: "review_every", Type: Choice, Required: true, Choices: ReviewMonths},
	{Key: "contact", Type: Line, Worded: true},
	{Key: "phone", Type: Phone},
	{Key: "email", Type: Email},
}

// Review is when a page was looked at, and by when it is to be looked at again;
// ok is false of what nobody looks at.
func (f Facts) Review() (reviewed, due time.Time, ok bool) {
	reviewed, ok = f.Day("reviewed")
	months, err := strconv.Atoi(f["review_every"])
	if !ok || err != nil {
		return reviewed, due, false
	}
	return reviewed, reviewed.AddDate(0, months, 0), true
}

// positionForm is a place in an outline: 2 or 2.10.
var positionForm = regexp.MustCompile(`^[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}$`)

// Place is a position taken apart.
func (f Facts) Place() []int {
	var place []int
	for part := range strings.SplitSeq(f["position"], ".") {
		number, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		place = append(place, number)
	}
	return place
}

// ComparePlaces orders facts by their positions; what has none comes last.
func ComparePlaces(f, g Facts) int {
	a, b := f.Place(), g.Place()
	return cmp.Or(-cmp.Compare(min(len(a), 1), min(len(b), 1)), slices.Compare(a, b))
}
