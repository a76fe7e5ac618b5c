// Package release holds the public documents and the log they travel in.
//
// The log is the only way from the newsroom to readers. It is a table with
// the newest release of each key (kind, id, language) and a sequence number;
// a follower asks for what came after the number it has applied, in order,
// and a new follower starts from 0 and is complete. Superseded releases move
// to a history table, so that any page can be shown as it read on a date.
//
// Sequence numbers are taken from one counter row inside the publishing
// transaction. The row stays locked until that transaction has ended, so a
// number never becomes visible before a smaller one.
//
// A body is a complete public document (article.go, media.go, site.go): whatever a page, a
// feed, a search hit or an embed shows of it is inside. It is rendered once,
// when it is released.
package release

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Kind says which document type a body is.
type Kind string

// The kinds of public document.
const (
	ArticleKind Kind = "article" // Article; id is the item's
	SectionKind Kind = "section" // Section; one document for all languages
	OutletKind  Kind = "outlet"  // Outlet; one document for all languages
	AgencyKind  Kind = "agency"  // Agency; one document for all languages
	PlaceKind   Kind = "place"   // Place; one document for all languages
	TagKind     Kind = "tag"     // Label; one document for all languages
	AuthorKind  Kind = "author"  // Label; one document for all languages
	PictureKind Kind = "picture" // Renditions; id is the picture's hash, without language
)

// Op says what a release does to its key.
type Op string

// The two operations.
const (
	Put      Op = "put"      // the body is what readers see
	Withdraw Op = "withdraw" // readers see a tombstone; the body is a Tombstone
)

// Key names what is released. Lang is empty for documents that hold all
// languages in one body (sections, outlets, agencies, places, labels).
type Key struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
	Lang string `json:"lang,omitempty"`
}

func (k Key) String() string { return fmt.Sprintf("%s/%s/%s", k.Kind, k.ID, k.Lang) }

// Entry is one release.
type Entry struct {
	Seq int64 `json:"seq"`
	Key
	Op   Op              `json:"op"`
	At   time.Time       `json:"at"`
	Hash string          `json:"hash"`
	Body json.RawMessage `json:"body"`
}

// Decode reads the body into a document type.
func (e *Entry) Decode(into any) error {
	if err := json.Unmarshal(e.Body, into); err != nil {
		return fmt.Errorf("release %d (%s): %w", e.Seq, e.Key, err)
	}
	return nil
}

// Says answers whether the body is that of a document.
func (e *Entry) Says(document any) bool {
	body, err := json.Marshal(document)
	return err == nil && Hash(body) == e.Hash
}

// Hash is the content hash of a body: SHA-256 in hexadecimal.
func Hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
