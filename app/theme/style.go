package theme

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What a style says is read here for pictures that are drawn in a theme's look:
// its fonts, and its colours by day. Both are written in the styles alone.

// Font is a font file as a style offers it.
type Font struct {
	Style  string // the file that offers it, such as "base.css"
	Bold   bool
	File   string // where it is served; it names the content
	Body   []byte // WOFF2
	ranges []span // none: for every sign
}

type span struct{ first, last rune }

// Offers says whether the style has this font for a sign.
func (f *Font) Offers(sign rune) bool {
	return len(f.ranges) == 0 || slices.ContainsFunc(f.ranges, func(s span) bool { return s.first <= sign && sign <= s.last })
}

var (
	fontRule = regexp.MustCompile(`@font-face \{[^}]*\}`)
	ownFile  = regexp.MustCompile(`url\("` + AssetPrefix + `([0-9a-f]+)/([^"]+\.woff2)"\)`)
	weight   = regexp.MustCompile(`font-weight: (\d+)`)
	signs    = regexp.MustCompile(`unicode-range: ([^;}]+)`)
)

// style is what was read from the theme's styles.
type style struct {
	fonts []Font
	said  map[string]string // custom properties
}

// Fonts lists the font files that the theme's styles offer, in the order of
// their names and, within a style, of its rules.
func (t *Theme) Fonts() []Font { return slices.Clone(t.style().fonts) }

// Colour answers what a custom property of the theme's pages is by day and with
// the usual contrast, #rrggbb; "" where it is no colour.
func (t *Theme) Colour(name string) string { return colour(t.style().said, name, 8) }

func (t *Theme) readFonts() (fonts []Font) {
	for _, name := range t.styles() {
		for _, rule := range fontRule.FindAllString(string(t.assets[name].body), -1) {
			file := ownFile.FindStringSubmatch(rule)
			if file == nil {
				continue
			}
			f := Font{Style: name, File: AssetPrefix + file[1] + "/" + file[2], Body: t.assets[file[2]].body}
			if w := weight.FindStringSubmatch(rule); w != nil {
				f.Bold = len(w[1]) == 3 && w[1] >= "600"
			}
			if r := signs.FindStringSubmatch(rule); r != nil {
				f.ranges = spans(r[1])
			}
			fonts = append(fonts, f)
		}
	}
	return fonts
}

func (t *Theme) styles() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(t.assets)), func(name string) bool { return path.Ext(name) != ".css" })
}

// spans reads a list such as "U+b7,U+2018-2019"; what it cannot read covers nothing.
func spans(list string) []span {
	var all []span
	for one := range strings.SplitSeq(list, ",") {
		from, to, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(one), "U+"), "-")
		first, err := strconv.ParseInt(from, 16, 32)
		last, err2 := strconv.ParseInt(cmp.Or(to, from), 16, 32)
		if err == nil && err2 == nil {
			all = append(all, span{rune(first), rune(last)})
		}
	}
	return all
}

var (
	property = regexp.MustCompile(`--([a-z-]+): ([^;}]*)`)
	media    = regexp.MustCompile(`@media[^{]*\{(?:[^{}]*\{[^}]*\})*[^{}]*\}`) // paper, or a reader who asks for something else
	token    = regexp.MustCompile(`var\(--([a-z-]+)|(#[0-9a-fA-F]{3,6})\b`)
)

func (t *Theme) readProperties() map[string]string {
	said := map[string]string{}
	for _, file := range []string{"base.css", "outlet.css"} { // in the order of the layout
		for _, p := range property.FindAllStringSubmatch(media.ReplaceAllString(string(t.assets[file].body), ""), -1) {
			if _, ok := switches[p[1]]; !ok {
				said[p[1]] = p[2]
			}
		}
	}
	return said
}

// switches are what chooses between two values: those that are on by day and
// with usual contrast, and those that are off.
var switches = map[string]bool{"day": true, "usual": true, "night": false, "more": false}

// colour follows names to a value, so many steps at most.
func colour(said map[string]string, name string, steps int) string {
	for _, part := range token.FindAllStringSubmatch(said[name], -1) {
		on, chooses := switches[part[1]]
		switch {
		case part[2] != "":
			return full(part[2])
		case chooses && !on:
			return ""
		case !chooses && steps > 0:
			return colour(said, part[1], steps-1)
		}
	}
	return ""
}

// full writes #rgb as #rrggbb.
func full(colour string) string {
	if len(colour) != len("#rgb") {
		return strings.ToLower(colour)
	}
	long := "#"
	for _, digit := range strings.ToLower(colour[1:]) {
		long += strings.Repeat(string(digit), 2)
	}
	return long
}
