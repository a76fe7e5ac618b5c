// Package themes holds the looks: base and its children portal, newspaper and
// broadcaster for readers, desk for the newsroom.
package themes

import "embed"

// FS holds the themes' folders.
//
//go:embed all:base all:portal all:newspaper all:broadcaster desk/layout.html desk/pages desk/parts desk/static
var FS embed.FS
