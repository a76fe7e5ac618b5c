// Package kind says what kinds of item exist.
//
// An item's kind decides its facts, its form and its checks. Articles carry
// everything in their editions; kinds with facts of their own (parks,
// indicators, procedures) are added here and nowhere else.
package kind

// Kind names a kind of item.
type Kind string

// Article is a news item, reportage, statement or any other text.
const Article Kind = "article"

// Known says whether k is a kind this program knows.
func (k Kind) Known() bool { return k == Article }
