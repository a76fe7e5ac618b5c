package outlet

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/release"
)

// An accent is what links, headings and lines of an outlet are drawn in, on
// light paper by day and on dark paper by night. An outlet chooses the day's;
// the night's is the same colour, made lighter until it can be read.

// The grounds are the least favourable that any theme puts an accent on: the
// darkest light paper and the lightest dark one. Day is what must be reached on
// the one (WCAG 2.2, 1.4.3), night on the other.
const (
	dayGround, nightGround = "#f3f0e9", "#1f1d1a"
	dayRatio, nightRatio   = 4.5, 7.0
)

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// checkAccent tidies a colour and refuses one that could not be read.
func checkAccent(form *fault.Form, accent string) string {
	accent = strings.ToLower(strings.TrimSpace(accent))
	if accent == "" {
		return ""
	}
	if !colourForm.MatchString(accent) {
		form.Refuse("accent", "error.outlet.colour")
		return accent
	}
	if ratio := contrast(accent, dayGround); ratio < dayRatio {
		tenths := int(ratio * 10) // cut, so that what is refused never reads as enough
		form.Refuse("accent", "error.outlet.contrast", "Colour", accent, "Whole", tenths/10, "Tenth", tenths%10)
	}
	return accent
}

// accentOf is an accent for day and night, nil for none.
func accentOf(day string) *release.Accent {
	if day == "" {
		return nil
	}
	const white, steps = "#ffffff", 20
	night := day
	for i := 1; i <= steps && contrast(night, nightGround) < nightRatio; i++ {
		night = mix(day, white, float64(i)/steps)
	}
	return &release.Accent{Day: day, Night: night}
}

// contrast is the ratio of WCAG 2.2 between two colours, from 1 to 21.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(colour string) float64 {
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(channel(colour, i)) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// channel is red, green or blue of a colour that has been checked.
func channel(colour string, i int) int {
	n, _ := strconv.ParseInt(colour[1+2*i:3+2*i], 16, 32)
	return int(n)
}

// mix takes a share of the second colour into the first.
func mix(a, b string, share float64) string {
	out := "#"
	for i := range 3 {
		c := float64(channel(a, i))*(1-share) + float64(channel(b, i))*share
		out += fmt.Sprintf("%02x", int(math.Round(c)))
	}
	return out
}
