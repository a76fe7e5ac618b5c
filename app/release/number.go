package release

import (
	"crypto/rand"
	"strconv"
	"strings"
	"time"
)

// A letter's number is what a reader notes down: the year, three groups of four
// characters, and nothing that is taken for something else. Eleven of the twelve
// are drawn by chance, so that nobody guesses the number of another's letter and
// newsstands that know nothing of each other draw no number twice; the last one
// is a check by which a slip of the pen is told at once.
//
//	2026-7K3F-9Q2M-4TXB

// numberSigns are a prime number of signs, so that the check finds every single
// wrong sign and every two that changed places. 0, I, L, O and U are missing.
const numberSigns = "123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	numberDrawn = 11
	numberGroup = 4
)

// NewNumber draws the number of a letter that is written now.
func NewNumber(now time.Time) string {
	drawn := make([]byte, 0, numberDrawn+1)
	for len(drawn) < numberDrawn {
		var b [1]byte
		rand.Read(b[:])                                   // never fails
		if n := int(b[0]); n < 256-256%len(numberSigns) { // no sign is likelier than another
			drawn = append(drawn, numberSigns[n%len(numberSigns)])
		}
	}
	year := strconv.Itoa(min(max(now.UTC().Year(), 1000), 9999))
	return writtenNumber(year, string(append(drawn, checkSign(year, string(drawn)))))
}

func writtenNumber(year, signs string) string {
	return year + "-" + signs[:numberGroup] + "-" + signs[numberGroup:2*numberGroup] + "-" + signs[2*numberGroup:]
}

// checkSign weighs every sign by its place.
func checkSign(year, drawn string) byte {
	sum := 0
	for i, r := range year + drawn {
		value := strings.IndexRune(numberSigns, r) + 1 // a year may have a 0
		sum += (i + 2) * value
	}
	return numberSigns[sum%len(numberSigns)]
}

// ReadNumber reads a number as people type it: in small letters, with other
// marks or none between the groups, with O, I and L for what they resemble. ok
// is false when a letter cannot have it.
func ReadNumber(typed string) (number string, ok bool) {
	var signs strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case strings.ContainsRune(" -–—._\u00a0\t\r\n", r):
		case r == 'I' || r == 'L':
			signs.WriteByte('1')
		case r == 'O':
			signs.WriteByte('0')
		default:
			signs.WriteRune(r)
		}
	}
	s := signs.String()
	if len(s) != numberGroup+numberDrawn+1 {
		return "", false
	}
	year, drawn, check := s[:numberGroup], s[numberGroup:len(s)-1], s[len(s)-1]
	if strings.Trim(year, "0123456789") != "" || strings.Trim(drawn, numberSigns) != "" || check != checkSign(year, drawn) {
		return "", false
	}
	return writtenNumber(year, drawn+string(check)), true
}
