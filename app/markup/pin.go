package markup

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Pin is a remark about words of a text: they are marked, and a link with the
// remark's number stands behind them.
type Pin struct {
	Number     int
	Line       int // of Text, from 0
	Start, End int // bytes of the line
	Words      string
	Title      string // of the link, for those who cannot see where it stands
}

// Pinned puts pins into HTML that came from here. A pin whose words do not
// stand where it says is left out. The link of remark 3 leads to #comment-3 and
// has the id pin-3.
func Pinned(source template.HTML, pins []Pin) template.HTML {
	lines := strings.Split(Text(string(source)), "\n")
	pins = slices.DeleteFunc(slices.Clone(pins), func(p Pin) bool {
		return p.Words == "" || p.Line < 0 || p.Line >= len(lines) || p.Start < 0 || p.End > len(lines[p.Line]) || p.Start > p.End ||
			lines[p.Line][p.Start:p.End] != p.Words
	})
	if len(pins) == 0 {
		return source
	}
	w := pinWriter{pins: pins}
	walk(string(source), &w)
	return template.HTML(w.b.String())
}

// pinWriter follows lines as a lineWriter does, and marks what is pinned.
type pinWriter struct {
	b      strings.Builder
	pins   []Pin
	line   int
	at     int // bytes of the line
	begun  bool
	gap    bool
	inRow  bool
	marked bool
	inLink bool
	late   []Pin // whose links wait for the end of another link
}

func (w *pinWriter) text(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			w.gap = w.inRow
			w.rune(r)
			continue
		}
		if !w.inRow {
			if w.begun {
				w.line++
			}
			w.at = 0
		}
		if w.gap {
			w.at++
		}
		w.gap, w.inRow, w.begun = false, true, true
		w.mark(slices.ContainsFunc(w.pins, func(p Pin) bool { return p.Line == w.line && p.Start <= w.at && w.at < p.End }))
		w.rune(r)
		w.at += utf8.RuneLen(r)
		for _, p := range w.pins {
			if p.Line == w.line && p.End == w.at {
				w.stick(p)
			}
		}
	}
	w.mark(false) // no mark reaches over a tag
}

func (w *pinWriter) rest(raw string) { w.b.WriteString(raw) }
func (w *pinWriter) endLine()        { w.gap, w.inRow = false, false }
func (w *pinWriter) space()          { w.gap = w.inRow }

func (w *pinWriter) rune(r rune) { w.b.WriteString(html.EscapeString(string(r))) }

func (w *pinWriter) mark(on bool) {
	if on && !w.marked {
		w.b.WriteString(`<mark>`)
	} else if !on && w.marked {
		w.b.WriteString("</mark>")
	}
	w.marked = on
}

// stick writes the link of a pin, or has it wait: links do not nest.
func (w *pinWriter) stick(p Pin) {
	w.mark(false)
	if w.inLink {
		w.late = append(w.late, p)
		return
	}
	number := strconv.Itoa(p.Number)
	w.b.WriteString(`<a class="pin" id="pin-` + number + `" href="#comment-` + number + `" title="` + html.EscapeString(p.Title) + `">` + number + "</a>")
}

func (w *pinWriter) link(begins bool) {
	w.inLink = begins
	if begins {
		return
	}
	late := w.late
	w.late = nil
	for _, p := range late {
		w.stick(p)
	}
}
