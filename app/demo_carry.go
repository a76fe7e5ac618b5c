package app

import (
	"context"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/content"
)

// step is one act on an edition's way, and the role of who does it.
type step struct {
	verb newsroom.Verb
	role account.Role // "" for whoever wrote it
	to   newsroom.State
}

// way is how the demo's editions reach readers.
var way = []step{
	{newsroom.Submit, "", newsroom.Submitted},
	{newsroom.Take, account.Editor, newsroom.Editing},
	{newsroom.PassToChief, account.Editor, newsroom.Approval},
	{newsroom.Approve, account.EditorInChief, newsroom.Approved},
	{newsroom.Publish, account.EditorInChief, newsroom.Published},
}

// carry takes an edition as far along the way as the content says, then
// withdraws it or begins a newer draft where it says so.
func (s *seeding) carry(ctx context.Context, item content.Item, e content.Edition, ref newsroom.Ref, c newsroom.Content) error {
	state := newsroom.State(e.State)
	if state == "" {
		state = newsroom.State(item.State)
	}
	goal := state
	if state == "" || state == newsroom.Withdrawn {
		goal = newsroom.Published
	}
	if goal == newsroom.Draft {
		return nil
	}
	steps := way[:1+slices.IndexFunc(way, func(st step) bool { return st.to == goal })]
	for _, st := range steps {
		if st.verb == newsroom.Publish {
			s.clock.set(item.Published)
		}
		if err := s.do(ctx, item, ref, st.role, st.verb, newsroom.Ask{Hash: c.Tidy().Hash()}); err != nil {
			return err
		}
	}
	if state == newsroom.Withdrawn {
		s.clock.set(item.Published.Add(48 * time.Hour))
		return s.do(ctx, item, ref, account.EditorInChief, newsroom.Withdraw, newsroom.Ask{
			Hash: c.Tidy().Hash(), Reason: e.Reason, Note: e.Reason,
		})
	}
	if e.DraftBody == "" {
		return nil
	}
	writer, err := s.writer(ctx, item, ref)
	if err != nil {
		return err
	}
	c.Body = e.DraftBody
	sheet, err := s.n.Newsroom.Open(ctx, writer, ref)
	if err != nil {
		return err
	}
	_, err = s.n.Newsroom.Save(ctx, writer, ref, sheet.Head, c)
	return err
}

func (s *seeding) do(ctx context.Context, item content.Item, ref newsroom.Ref, role account.Role, verb newsroom.Verb, ask newsroom.Ask) error {
	actor, err := s.writer(ctx, item, ref)
	if role != "" {
		actor, err = s.who(role, item.Agency)
	}
	if err != nil {
		return err
	}
	return s.n.Newsroom.Do(ctx, actor, ref, verb, ask)
}

// writer is who wrote the edition: the reporter, or the translator of another language.
func (s *seeding) writer(_ context.Context, item content.Item, ref newsroom.Ref) (account.Actor, error) {
	if ref.Lang == item.Editions[0].Lang {
		return s.who(account.Reporter, item.Agency)
	}
	return s.translator(item)
}
