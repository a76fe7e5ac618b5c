package newsroom

import (
	"context"

	"doingoai/app/fault"
)

// refuseClosed refuses to put a text into a section that is closed. One that
// was in it before may stay and be worked on.
func (n *Newsroom) refuseClosed(ctx context.Context, before, section string) error {
	if section == "" || section == before {
		return nil
	}
	s, err := n.sections.Get(ctx, section)
	if err != nil || s.Closed.IsZero() {
		return err
	}
	var form fault.Form
	form.Refuse("section", "error.section.closed")
	return form.Err()
}
