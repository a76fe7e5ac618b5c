package parallel

import (
	"strings"
	"testing"
)

// Ten thousand translations of twenty paragraphs each, in which one paragraph
// was edited and two exchanged since, are laid beside their sources.
func BenchmarkTenThousandEditions(b *testing.B) {
	body := numbered(20, 1)
	first := source(body...)
	body[7] = strings.Replace(body[7], " ", " khác ", 1)
	body[3], body[12] = body[12], body[3]
	second := source(body...)
	pin := Begin(first, 1)
	old := revisions(first, second)
	for b.Loop() {
		for range 10_000 {
			if c := Compare(pin, old, second); len(c.Standings) != 22 {
				b.Fatal(stand(c))
			}
		}
	}
}

// The same with both texts taken apart each time.
func BenchmarkEditionFromItsTexts(b *testing.B) {
	body := numbered(20, 1)
	before := strings.Join(body, "\n\n")
	body[7] = strings.Replace(body[7], " ", " khác ", 1)
	after := strings.Join(body, "\n\n")
	pin := Begin(Segments(nil, before), 1)
	for b.Loop() {
		Compare(pin, func(int) []Segment { return Segments(nil, before) }, Segments(nil, after))
	}
}
