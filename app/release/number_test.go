package release

import (
	"strings"
	"testing"
	"time"
)

func TestANumberIsReadAsPeopleTypeIt(t *testing.T) {
	number := NewNumber(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC))
	if len(number) != len("2026-7K3F-9Q2M-4TXB") || !strings.HasPrefix(number, "2026-") {
		t.Fatalf("drawn: %q", number)
	}
	for _, typed := range []string{
		number, strings.ToLower(number), strings.ReplaceAll(number, "-", ""), strings.ReplaceAll(number, "-", " – "), "  " + number + "\n",
		strings.ReplaceAll(number, "1", "l"), strings.ReplaceAll(number, "1", "I"), strings.Replace(number, "2026", "2o26", 1),
	} {
		if got, ok := ReadNumber(typed); !ok || got != number {
			t.Errorf("%q is read as %q %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "2026", number + "1", number[1:], "<b>", strings.Repeat("1", 1000), "2026-0000-0000-0000", "２０２６" + number[4:], number[:18] + "é"} {
		if got, ok := ReadNumber(typed); ok {
			t.Errorf("%q is taken for %q", typed, got)
		}
	}
}

// Whatever one sign is written wrongly, and whichever two neighbours changed
// places, the number is no number any more.
func TestASlipOfThePenIsNoticed(t *testing.T) {
	for range 50 {
		number := strings.ReplaceAll(NewNumber(time.Now()), "-", "")
		for i := range number {
			signs := numberSigns
			if i < 4 {
				signs = "0123456789"
			}
			for _, wrong := range signs {
				if slip := number[:i] + string(wrong) + number[i+1:]; slip != number {
					if _, ok := ReadNumber(slip); ok {
						t.Fatalf("%s passes for %s", slip, number)
					}
				}
			}
			if i > 0 && number[i] != number[i-1] {
				if slip := number[:i-1] + string(number[i]) + string(number[i-1]) + number[i+1:]; slip != number {
					if _, ok := ReadNumber(slip); ok {
						t.Fatalf("%s passes for %s", slip, number)
					}
				}
			}
		}
	}
}

func TestNoNumberIsDrawnTwice(t *testing.T) {
	seen := map[string]bool{}
	for range 10_000 {
		n := NewNumber(time.Now())
		if _, ok := ReadNumber(n); !ok || seen[n] {
			t.Fatalf("%s: read %v, drawn before %v", n, ok, seen[n])
		}
		seen[n] = true
	}
	for _, year := range []int{-5, 1, 12026} { // a clock that is wrong
		if n := NewNumber(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)); len(n) != 19 {
			t.Errorf("year %d: %s", year, n)
		}
	}
}
