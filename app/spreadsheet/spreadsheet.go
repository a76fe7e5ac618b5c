// Package spreadsheet keeps what people typed from being reckoned with by the
// programs that open our tables.
package spreadsheet

import (
	"regexp"
	"strings"
)

// reckoned is the beginning of what some spreadsheet would reckon with: they
// look past what is not seen, and take wide signs for the usual ones. Those that
// part cells at semicolons or tabs take what stands behind one for a cell, in
// quotes or not.
var reckoned = regexp.MustCompile(`((?:^|[;\t\n\r])[\pZ\pC]*)([=+\-@＝＋－＠﹢﹣﹦﹫−])`)

// marked is the same with the mark of Text.
var marked = regexp.MustCompile(strings.Replace(reckoned.String(), ")([", ")'([", 1))

// Text marks a cell as text where a spreadsheet would take it, or a part of it,
// for a formula.
func Text(cell string) string { return reckoned.ReplaceAllString(cell, "$1'$2") }

// Plain takes the marks of Text away again.
func Plain(cell string) string { return marked.ReplaceAllString(cell, "$1$2") }
