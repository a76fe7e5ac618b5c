// Package blob keeps the bytes of files under the hash of their content.
//
// There are two kinds of places: a folder of this machine, and a bucket of a
// store that speaks S3, which several newsroom processes can share. Both keep a
// file whole or not at all, and neither ever changes one: the same hash is the
// same bytes. What files are, whose they are and who may see them is known
// elsewhere (package media).
package blob

import (
	"context"
	"io"
	"regexp"

	"doingoai/app/fault"
)

// Store is a place that keeps files.
//
// A hash that no file is kept under, and what is no hash at all, is answered
// with a fault of kind NotFound. A store that cannot be reached, or is full, is
// answered with one of kind Unavailable that a person can read; nothing that
// was kept before is lost by that.
type Store interface {
	// Put keeps size bytes of a body. When it answers nil, the file is whole and
	// will outlive a power cut. A file of that hash and size that is there
	// already is left alone.
	Put(ctx context.Context, hash string, body io.Reader, size int64) error
	// Open opens a file to be read from any place on. ctx bounds the opening, not
	// the reading.
	Open(ctx context.Context, hash string) (*File, error)
	// Size answers how many bytes a file has.
	Size(ctx context.Context, hash string) (int64, error)
	// Remove forgets a file. One that is not there is forgotten already.
	Remove(ctx context.Context, hash string) error
	// Check answers why the store could not be used now. It changes nothing.
	Check(ctx context.Context) error
	// String says where the store is, for people, without what is secret.
	String() string
}

// File is an open file of a store.
type File struct {
	io.ReadSeekCloser
	Size int64
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// IsHash guards every path: what is no hash reaches no file.
func IsHash(s string) bool { return hashForm.MatchString(s) }

func errUnknown() error { return fault.New(fault.NotFound, "error.media.unknown") }

// away is the answer of a store that does not answer.
func away(cause error) error {
	return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.files"), RetryAfter: 10, Cause: cause}
}

// full is the answer of a store that has no room left.
func full(cause error) error {
	return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.full"), RetryAfter: 60, Cause: cause}
}
