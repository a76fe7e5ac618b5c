package app

import (
	"context"
	"io"

	"doingoai/app/letter"
	"doingoai/app/media"
	"doingoai/app/release"
)

// localSource is the newsroom of this process as a newsstand sees it: the
// release log, the released media files and the letter box, and nothing else.
// It is what app/web/api offers over HTTP, without the wire.
type localSource struct {
	*release.Log
	media   *media.Room
	letters *letter.Room
}

// Media opens a file that some current release refers to.
func (s localSource) Media(ctx context.Context, hash string) (io.ReadCloser, error) {
	file, err := s.media.OpenReleased(ctx, hash)
	if err != nil {
		return nil, err // not file: a nil pointer in an interface would not be nil
	}
	return file, nil
}

// Send hands a reader's letter to the newsroom; the same letter counts once.
func (s localSource) Send(ctx context.Context, l release.Letter) error {
	return s.letters.Accept(ctx, l)
}

// Receipt tells how far a letter has come.
func (s localSource) Receipt(ctx context.Context, id string) (release.Receipt, error) {
	return s.letters.Receipt(ctx, id)
}
