package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/content"
)

// next is what leads on from a state, and the role of who does it: "" for
// whoever wrote it.
var next = map[newsroom.State]struct {
	verb newsroom.Verb
	role account.Role
}{
	newsroom.Draft:      {newsroom.Submit, ""},
	newsroom.Submitted:  {newsroom.Take, account.Editor},
	newsroom.Editing:    {newsroom.Pass, account.Editor},
	newsroom.DeskReview: {newsroom.Pass, account.ManagingEditor},
	newsroom.Approval:   {newsroom.Approve, account.EditorInChief},
	newsroom.Approved:   {newsroom.Publish, account.EditorInChief},
}

// carry takes an edition as far along the way as the content says, and withdraws
// it where it says so.
func (s *seeding) carry(ctx context.Context, item content.Item, e content.Edition, ref newsroom.Ref, c newsroom.Content) error {
	state := newsroom.State(e.State)
	if state == "" {
		state = newsroom.State(item.State)
	}
	goal := state
	if state == "" || state == newsroom.Withdrawn {
		goal = newsroom.Published
	}
	for at := newsroom.Draft; at != goal; {
		if at == newsroom.Approved {
			s.clock.set(item.Published)
			if err := s.agree(ctx, ref); err != nil {
				return err
			}
		}
		var err error
		if at, err = s.lead(ctx, item, ref, at); err != nil {
			return err
		}
	}
	if state == newsroom.Withdrawn {
		s.clock.set(item.Published.Add(48 * time.Hour))
		return s.do(ctx, item, ref, account.EditorInChief, newsroom.Withdraw, newsroom.Ask{
			Hash: c.Tidy().Hash(), Reason: e.Reason, Note: e.Reason,
		})
	}
	return nil
}

// redraft begins a newer draft of an edition where the content has one, and
// publishes a newer text.
func (s *seeding) redraft(ctx context.Context, item content.Item, e content.Edition, ref newsroom.Ref, c newsroom.Content) error {
	if e.UpdateBody != "" {
		s.clock.set(item.Published.Add(26 * time.Hour))
		if err := s.rewrite(ctx, item, ref, c, e.UpdateBody); err != nil {
			return err
		}
		for at := newsroom.Draft; at != newsroom.Published; {
			var err error
			if at, err = s.lead(ctx, item, ref, at); err != nil {
				return err
			}
		}
	}
	if e.DraftBody == "" {
		return nil
	}
	return s.rewrite(ctx, item, ref, c, e.DraftBody)
}

// rewrite saves another body.
func (s *seeding) rewrite(ctx context.Context, item content.Item, ref newsroom.Ref, c newsroom.Content, body string) error {
	writer, err := s.writer(ctx, item, ref)
	if err != nil {
		return err
	}
	c.Body = body
	sheet, err := s.n.Newsroom.Open(ctx, writer, ref)
	if err != nil {
		return err
	}
	_, err = s.n.Newsroom.Save(ctx, writer, ref, sheet.Head, c)
	return err
}

// agree lets the agencies of other outlets carry an edition.
func (s *seeding) agree(ctx context.Context, ref newsroom.Ref) error {
	for _, code := range slices.Sorted(maps.Keys(s.site.agencies)) {
		chief, err := s.who(account.EditorInChief, code)
		if err != nil {
			continue // nothing is published there
		}
		offer, err := s.n.Newsroom.Offer(ctx, chief, ref)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		for _, p := range offer.Placements {
			if p.Agency != s.site.agencies[code] || p.Placing != newsroom.Proposed {
				continue
			}
			if err := s.n.Newsroom.Place(ctx, chief, ref, p.Outlet, newsroom.CarryIt, newsroom.PlaceAsk{Hash: p.Hash}); err != nil {
				return fmt.Errorf("agree for %s: %w", code, err)
			}
		}
	}
	return nil
}

// lead takes an edition one step on, with its checklist answered, and says
// where it stands then.
func (s *seeding) lead(ctx context.Context, item content.Item, ref newsroom.Ref, at newsroom.State) (newsroom.State, error) {
	step, ok := next[at]
	if !ok {
		return "", fmt.Errorf("%s: nothing leads on from %s", ref, at)
	}
	actor, err := s.holder(ctx, item, ref, step.role)
	if err != nil {
		return "", err
	}
	sheet, err := s.n.Newsroom.Open(ctx, actor, ref)
	if err != nil {
		return "", err
	}
	if step.verb == newsroom.Approve {
		if err := s.explain(ctx, item, sheet); err != nil {
			return "", err
		}
	}
	ask := newsroom.Ask{Hash: sheet.Revision.Hash, Answers: map[string]newsroom.Answer{}}
	for _, q := range sheet.Checklists[step.verb] {
		ask.Answers[q.ID()] = newsroom.Checked
	}
	if err := s.n.Newsroom.Do(ctx, actor, ref, step.verb, ask); err != nil {
		return "", err
	}
	sheet, err = s.n.Newsroom.Open(ctx, actor, ref)
	if err != nil {
		return "", err
	}
	return sheet.State, nil
}

// explain says why what stands out in an edition is right, where the sample says so.
func (s *seeding) explain(ctx context.Context, item content.Item, sheet *newsroom.Sheet) error {
	i := slices.IndexFunc(item.Editions, func(e content.Edition) bool { return e.Lang == sheet.Ref.Lang })
	if i < 0 || item.Editions[i].Explain == "" {
		return nil
	}
	editor, err := s.who(account.Editor, item.Agency)
	if err != nil {
		return err
	}
	for _, f := range sheet.Findings {
		if !f.Open() {
			continue
		}
		if err := s.n.Newsroom.Explain(ctx, editor, sheet.Ref, sheet.Revision.Hash, f.Key, item.Editions[i].Explain); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeding) do(ctx context.Context, item content.Item, ref newsroom.Ref, role account.Role, verb newsroom.Verb, ask newsroom.Ask) error {
	actor, err := s.holder(ctx, item, ref, role)
	if err != nil {
		return err
	}
	return s.n.Newsroom.Do(ctx, actor, ref, verb, ask)
}

func (s *seeding) holder(ctx context.Context, item content.Item, ref newsroom.Ref, role account.Role) (account.Actor, error) {
	if role == "" {
		return s.writer(ctx, item, ref)
	}
	return s.who(role, item.Agency)
}

// writer is who wrote the edition: the reporter, or the translator of another language.
func (s *seeding) writer(_ context.Context, item content.Item, ref newsroom.Ref) (account.Actor, error) {
	if ref.Lang == item.Editions[0].Lang {
		return s.who(account.Reporter, item.Agency)
	}
	return s.translator(item)
}
