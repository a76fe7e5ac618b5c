package newsstand

import (
	"context"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
)

const (
	// maxAsking is how many readers' questions the newsroom is asked at once; who
	// comes when there are more is told to come again.
	maxAsking = 8
	// readerPatience is how long a reader waits for the newsroom.
	readerPatience = 4 * time.Second
)

// Whereabouts is how far a letter has come, as far as this newsstand can tell.
type Whereabouts struct {
	Kept    bool             // it waits here until the newsroom takes it
	Silent  bool             // the newsroom does not answer: nothing is known
	Receipt *release.Receipt // what the newsroom says of it; nil when it knows no such letter
}

// Letter tells of a letter. What waits here is looked for first: a letter leaves
// the spool when the newsroom has it, so that it is always in one of them.
func (s *Stand) Letter(ctx context.Context, id string) (Whereabouts, error) {
	kept, err := isSpooled(s.db.Read(ctx), id)
	if err != nil || kept {
		return Whereabouts{Kept: kept}, err
	}
	select {
	case s.asking <- struct{}{}:
		defer func() { <-s.asking }()
	default:
		return Whereabouts{Silent: true}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, readerPatience)
	defer cancel()
	told, err := s.source.Receipt(ctx, id)
	switch {
	case err == nil:
		return Whereabouts{Receipt: &told}, nil
	case fault.KindOf(err) == fault.NotFound:
		return Whereabouts{}, nil
	}
	return Whereabouts{Silent: true}, nil
}
