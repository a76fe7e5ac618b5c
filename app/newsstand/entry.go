package newsstand

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// Entry is a ready answer. Once it is in the cache it does not change.
type Entry struct {
	Status   int
	Type     string // Content-Type
	Location string // for redirects
	Language string // Content-Language
	Identity Bytes

	epoch  uint64
	packed *packed // nil when compressing would not pay
}

// Bytes are a body and its strong entity tag.
type Bytes struct {
	Body []byte
	ETag string
}

// packed are the compressed forms of a body, each made when it is first asked
// for: the first reader of a page does not wait for forms nobody wants.
type packed struct{ gzip, brotli form }

type form struct {
	once sync.Once
	Bytes
}

// worthPacking is the size from which compression pays.
const worthPacking = 512

// NewEntry makes an answer of a body, which must not be changed afterwards.
func NewEntry(status int, mediaType string, body []byte) *Entry {
	sum := sha256.Sum256(body)
	e := &Entry{Status: status, Type: mediaType, Identity: Bytes{body, `"` + hex.EncodeToString(sum[:12]) + `"`}}
	if len(body) >= worthPacking && isText(mediaType) {
		e.packed = &packed{}
	}
	return e
}

// isText says whether a media type is text inside; pictures and the like are
// compressed already.
func isText(mediaType string) bool {
	t, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return false
	}
	for _, end := range []string{"/json", "/xml", "/javascript", "+json", "+xml"} {
		if strings.HasSuffix(t, end) {
			return true
		}
	}
	return strings.HasPrefix(t, "text/")
}

// inherit takes over the bytes of an earlier answer that is the same.
func (e *Entry) inherit(old *Entry) {
	if e.Identity.ETag == old.Identity.ETag && e.Type == old.Type {
		e.Identity, e.packed = old.Identity, old.packed
	}
}

// Gzip answers the body in gzip; ok is false when that would not pay.
func (e *Entry) Gzip() (b *Bytes, ok bool) {
	if e.packed == nil {
		return nil, false
	}
	return e.packed.gzip.of(&e.Identity, "-g", &gzips)
}

// Brotli answers the body in brotli; ok is false when that would not pay.
func (e *Entry) Brotli() (b *Bytes, ok bool) {
	if e.packed == nil {
		return nil, false
	}
	return e.packed.brotli.of(&e.Identity, "-b", &brotlis)
}

// of compresses a body once. Writing to memory does not fail; a body that did
// not get smaller counts as not worth it.
func (f *form) of(body *Bytes, suffix string, packers *sync.Pool) (*Bytes, bool) {
	f.once.Do(func() {
		var b bytes.Buffer
		if err := pack(&b, body.Body, packers); err == nil && b.Len() < len(body.Body) {
			tag := body.ETag
			f.Bytes = Bytes{bytes.Clone(b.Bytes()), tag[:len(tag)-1] + suffix + `"`}
		}
	})
	return &f.Bytes, f.Body != nil
}

// packer compresses. It is used again, since its tables are larger than the
// pages that go through it.
type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

var (
	gzips   = sync.Pool{New: func() any { return newGzip() }}
	brotlis = sync.Pool{New: func() any { return brotli.NewWriterLevel(io.Discard, 5) }}
)

func newGzip() packer {
	w, err := gzip.NewWriterLevel(io.Discard, 6)
	if err != nil { // only for a level that there is not
		return gzip.NewWriter(io.Discard)
	}
	return w
}

func pack(to *bytes.Buffer, body []byte, packers *sync.Pool) error {
	w := packers.Get().(packer)
	defer packers.Put(w)
	w.Reset(to)
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}

// size is what an entry may come to take, compressed forms included.
func (e *Entry) size() int64 { return int64(2*len(e.Identity.Body) + 512) }
