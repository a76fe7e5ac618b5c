// Package strip takes from an upload what it should not tell.
//
// A camera writes into a picture where it was taken, a phone into a film whose
// it is, a word processor into a report who wrote and who changed it. Rule 23
// of the domain says that none of this may reach the public. So what people
// upload is recognised by its own bytes, whatever its name and its sender say
// of it, and only the parts that make what is seen and heard are kept:
//
//   - of pictures the pixels, their colours and which side is up,
//   - of sound and films the tracks of sound and picture,
//   - of documents the pages, without authors, dates, earlier versions, drafts
//     of changes and thumbnails.
//
// Each format has a file here, with a list of what is kept; what the list does
// not name is left behind. Nothing is decoded for that, and a film of two
// gigabytes is never in memory: a Kept is a list of stretches of the upload,
// with bytes of ours where others stood.
//
// What runs, fetches or hides something (macros, scripts, programs, embedded
// files, locked files, archives) is refused, with a sentence that says what to
// do about it. So is what is damaged: the shape of a file is walked to its end.
package strip

import (
	"io"
)

// Kind is what a file is to people.
type Kind string

// The kinds of files that are kept.
const (
	Picture  Kind = "picture"
	Audio    Kind = "audio"
	Video    Kind = "video"
	Document Kind = "document"
)

// Kept is what remains of an upload, as long as the upload can be read.
type Kept struct {
	Kind      Kind
	Type      string // media type
	Extension string // with its dot
	// Width and Height are in pixels: of a picture as it is stored, before it is
	// turned upright, and of a film as it is shown. 0 for anything else.
	Width, Height int
	// Orientation says how a picture is turned upright: EXIF's 1 (as it is) to 8.
	Orientation int
	// Seconds is how long sound or a film lasts, 0 when it does not say.
	Seconds int
	// Pages is how many a document has, 0 when it does not say.
	Pages int

	source *source
	parts  pieces
}

// Reader reads what is kept, from its beginning.
func (k *Kept) Reader() io.Reader { return k.parts.of(k.source) }

// Size is the length of what is kept.
func (k *Kept) Size() int64 { return k.parts.size() }

// Recognise answers what an upload of a size is by its beginning alone. Its
// refusals are Clean's.
func Recognise(src io.ReaderAt, size int64) (Kind, error) {
	f, err := recognise(&source{r: src, size: size})
	return f.kind, err
}

// Clean recognises an upload of a size and takes from it what it should not
// tell. Refusals are faults with a sentence for the person, under the keys
// error.media.
func Clean(src io.ReaderAt, size int64) (*Kept, error) {
	s := &source{r: src, size: size}
	f, err := recognise(s)
	if err != nil {
		return nil, err
	}
	k := &Kept{Kind: f.kind, Type: f.mime, Extension: f.extension, source: s}
	if err := f.strip(s, k); err != nil {
		return nil, err
	}
	return k, nil
}
