package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/config"
	"doingoai/app/newsroom"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/content"
)

// DeskBenchmark is an installation with the demo's people and their
// colleagues, and with one item of each sort, for cmd/benchmark to multiply.
type DeskBenchmark struct {
	DB       *store.DB
	Accounts []DemoAccount // of each role, see content/demo/people.yaml
	Patterns []Pattern

	close func() error
}

// Pattern is an item that went its way through the newsroom's own verbs.
type Pattern struct {
	Item, Agency string // the agency by its code
	// Begun is when its first edition was. What is on its way was begun just
	// now; nothing that is due for it lies nearer than Ahead.
	Begun time.Time
	Old   bool // readers have it, or had it
	Kept  bool // readers have it still
	Many  int  // how many of a hundred of its sort (old or not) are like it
}

// Ahead is how far in the future the hours of patterns lie.
const Ahead = 40 * 24 * time.Hour

// way is how a pattern went.
type way struct {
	name   string
	item   string // its state, as content.Item says it
	two    bool   // with a translation
	draft  bool   // and with a newer draft
	old    bool
	many   int
	letter string // a reader wrote about it: "settled", or "open"
	follow func(s *seeding, ctx context.Context, item content.Item, ref newsroom.Ref) error
}

var ways = []way{
	{name: "published", old: true, many: 60},
	{name: "in two languages", two: true, old: true, many: 33},
	{name: "corrected", old: true, many: 3, letter: "settled", follow: (*seeding).correct},
	{name: "withdrawn", item: "withdrawn", old: true, many: 4, letter: "settled"},
	{name: "draft", item: "draft", many: 26, follow: (*seeding).planned},
	{name: "submitted", item: "submitted", two: true, many: 12, follow: (*seeding).hurried},
	{name: "in editing", item: "editing", many: 12},
	{name: "returned", item: "submitted", many: 8, follow: (*seeding).returned},
	{name: "at the last step", item: "approval", two: true, many: 12},
	{name: "approved", item: "approved", many: 6},
	{name: "scheduled", item: "approved", many: 10, follow: (*seeding).scheduled},
	{name: "a new draft of what readers have", draft: true, many: 14, letter: "open"},
}

// SeedDesk makes such an installation. Close lets its database go.
func SeedDesk(ctx context.Context, cfg config.Config) (b *DeskBenchmark, err error) {
	demo, err := content.LoadDemo(content.FS)
	if err != nil {
		return nil, err
	}
	s, err := openSeeding(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.n.close())
		}
	}()
	s.clock.set(time.Now().Add(-180 * 24 * time.Hour))
	b = &DeskBenchmark{DB: s.n.db, close: s.n.close}
	if err = s.n.setUp(ctx); err != nil {
		return nil, err
	}
	demo.People = colleagues(demo.People)
	if b.Accounts, err = s.settle(ctx, demo); err != nil {
		return nil, err
	}
	for _, old := range []bool{true, false} {
		for i, w := range ways {
			if w.old != old {
				continue
			}
			for _, sample := range samples(demo.Items) {
				p, err := s.pattern(ctx, w, sample, i)
				if err != nil {
					return nil, fmt.Errorf("pattern %q of %s: %w", w.name, sample.Agency, err)
				}
				b.Patterns = append(b.Patterns, p)
			}
		}
		s.clock.set(time.Now().Add(-2 * time.Hour))
	}
	_, err = s.n.Outbox.Deliver(ctx)
	return b, err
}

// Close closes the database.
func (b *DeskBenchmark) Close() error { return b.close() }

// samples is one item with a picture and a translation of each agency.
func samples(items []content.Item) []content.Item {
	var some []content.Item
	for _, agency := range []string{"portal", "newspaper", "broadcaster"} {
		i := slices.IndexFunc(items, func(i content.Item) bool {
			return i.Agency == agency && i.Lead != nil && i.State == "" && len(i.Editions) > 1 && i.Editions[0].Lang == "vi" && len(i.Outlets) > 1
		})
		if i >= 0 {
			some = append(some, items[i])
		}
	}
	return some
}

// colleagues adds some, so that several share each desk.
func colleagues(people []content.Person) []content.Person {
	more := map[string]int{"reporter": 4, "editor": 1, "translator": 1}
	all := slices.Clone(people)
	for _, p := range people {
		for n := range more[p.Roles[0].Role] {
			extra := p
			extra.Email, extra.Name = strconv.Itoa(n+2)+"."+p.Email, p.Name+" "+strconv.Itoa(n+2)
			all = append(all, extra)
		}
	}
	return all
}

// pattern sends a sample on its way.
func (s *seeding) pattern(ctx context.Context, w way, item content.Item, n int) (Pattern, error) {
	now := s.clock.now()
	item.State, item.Published = w.item, now.Add(4*time.Hour)
	if !w.old {
		item.Published = now
	}
	item.Editions = slices.Clone(item.Editions[:1])
	if w.two {
		item.Editions = append(item.Editions, item.Editions[0])
		item.Editions[1].Lang = "en"
		item.Editions[1].Explain = "Bản của bài đo, chép nguyên văn tiếng Việt."
	}
	if w.item == "withdrawn" {
		item.Editions[0].Reason = "Gỡ theo yêu cầu của nguồn tin."
	}
	if w.draft {
		item.Editions[0].DraftBody = item.Editions[0].Body + "\n\n" + item.Editions[0].Standfirst
	}
	ref, err := s.addThrice(ctx, item)
	if err == nil && n%2 == 0 {
		err = s.discuss(ctx, item, ref)
	}
	if err == nil && w.follow != nil {
		err = w.follow(s, ctx, item, ref)
	}
	if err == nil && w.letter != "" {
		err = s.write(ctx, item, ref, w.letter == "settled")
	}
	return Pattern{Item: ref.Item, Agency: item.Agency, Begun: now, Old: w.old, Kept: w.old && w.item != "withdrawn", Many: w.many}, err
}

// addThrice is addItem with two more revisions before the text is submitted.
func (s *seeding) addThrice(ctx context.Context, item content.Item) (newsroom.Ref, error) {
	var source newsroom.Ref
	for i, e := range item.Editions {
		c, err := s.content(ctx, item, e)
		if err != nil {
			return source, err
		}
		ref := source
		if i == 0 {
			ref, err = s.begin(ctx, item, e.Lang, c)
			source = ref
		} else {
			ref, err = s.translate(ctx, item, source, e.Lang, c)
		}
		if err != nil {
			return source, err
		}
		writer, err := s.writer(ctx, item, ref)
		if err != nil {
			return source, err
		}
		for n := range 2 {
			c.Body += "\n\n" + e.Standfirst
			if _, err := s.n.Newsroom.Save(ctx, writer, ref, i+n+1, c); err != nil {
				return source, err
			}
		}
		if err := s.carry(ctx, item, e, ref, c); err != nil {
			return source, err
		}
		if err := s.redraft(ctx, item, e, ref, c); err != nil {
			return source, err
		}
	}
	return source, nil
}

// discuss has an editor ask, and the writer answer.
func (s *seeding) discuss(ctx context.Context, item content.Item, ref newsroom.Ref) error {
	editor, err := s.who(account.Editor, item.Agency)
	if err != nil {
		return err
	}
	writer, err := s.writer(ctx, item, ref)
	if err != nil {
		return err
	}
	thread, err := s.n.Newsroom.Comment(ctx, editor, ref, newsroom.Remark{Body: "Số liệu này lấy từ nguồn nào?", Revision: 1, Passage: 1, Mentions: []string{writer.ID}})
	if err != nil {
		return err
	}
	_, err = s.n.Newsroom.Answer(ctx, writer, ref, thread, newsroom.Remark{Body: "Theo báo cáo đã dẫn ở cuối bài.", Revision: 1})
	return err
}

// write has a reader report an error.
func (s *seeding) write(ctx context.Context, item content.Item, ref newsroom.Ref, settled bool) error {
	l := release.Letter{
		ID: store.NewID(), Kind: "error_report", Outlet: s.site.outlets[item.Outlets[0]], Lang: ref.Lang, Item: ref.Item,
		Address: "/vi/a/a-" + ref.Item, Message: "Số liệu ở đoạn hai chưa khớp với bảng.", Contact: "reader@example.com",
	}
	if err := s.n.Letters.Accept(ctx, l); err != nil || !settled {
		return err
	}
	chief, err := s.who(account.EditorInChief, item.Agency)
	if err != nil {
		return err
	}
	return s.n.Letters.Close(ctx, chief, l.ID)
}

func (s *seeding) correct(ctx context.Context, item content.Item, ref newsroom.Ref) error {
	writer, err := s.writer(ctx, item, ref)
	if err != nil {
		return err
	}
	sheet, err := s.n.Newsroom.Open(ctx, writer, ref)
	if err != nil {
		return err
	}
	c := sheet.Revision.Content
	c.Body += "\n\n" + c.Headline + "."
	if _, err := s.n.Newsroom.Save(ctx, writer, ref, sheet.Head, c); err != nil {
		return err
	}
	for at := newsroom.Draft; at != newsroom.Approved; {
		if at, err = s.lead(ctx, item, ref, at); err != nil {
			return err
		}
	}
	return s.do(ctx, item, ref, account.EditorInChief, newsroom.Correct, newsroom.Ask{
		Hash: c.Tidy().Hash(), Reason: "Số liệu ở đoạn cuối chưa đúng.", Right: "Đã sửa theo báo cáo.",
	})
}

// planned plans a draft for a day, and another for none.
func (s *seeding) planned(ctx context.Context, item content.Item, ref newsroom.Ref) error {
	editor, err := s.who(account.Editor, item.Agency)
	if err != nil {
		return err
	}
	return s.n.Newsroom.Plan(ctx, editor, ref, newsroom.Plan{Day: s.clock.now().Add(20 * 24 * time.Hour), Note: "Trang nhất"})
}

// hurried lets a clock run.
func (s *seeding) hurried(ctx context.Context, item content.Item, ref newsroom.Ref) error {
	editor, err := s.who(account.Editor, item.Agency)
	if err != nil {
		return err
	}
	targets, err := s.n.Newsroom.Targets(ctx, s.site.agencies[item.Agency])
	if err != nil {
		return err
	}
	return s.n.Newsroom.StartClock(ctx, editor, ref, targets[0].Code, s.clock.now())
}

func (s *seeding) returned(ctx context.Context, item content.Item, ref newsroom.Ref) error {
	editor, err := s.who(account.Editor, item.Agency)
	if err != nil {
		return err
	}
	sheet, err := s.n.Newsroom.Open(ctx, editor, ref)
	if err != nil {
		return err
	}
	return s.do(ctx, item, ref, account.Editor, newsroom.Return, newsroom.Ask{Hash: sheet.Revision.Hash, Reason: "Cần thêm nguồn cho số liệu."})
}

func (s *seeding) scheduled(ctx context.Context, item content.Item, ref newsroom.Ref) error {
	chief, err := s.who(account.EditorInChief, item.Agency)
	if err != nil {
		return err
	}
	sheet, err := s.n.Newsroom.Open(ctx, chief, ref)
	if err != nil {
		return err
	}
	role := account.ManagingEditor
	if _, err := s.who(role, item.Agency); err != nil {
		role = account.EditorInChief
	}
	return s.do(ctx, item, ref, role, newsroom.Schedule, newsroom.Ask{Hash: sheet.Revision.Hash, At: s.clock.now().Add(Ahead)})
}

// RecountTranslations counts anew how far all translations of an installation
// are behind their sources, and answers how many there are.
func RecountTranslations(ctx context.Context, cfg config.Config) (counted int, err error) {
	s, err := openSeeding(ctx, cfg)
	if err != nil {
		return 0, err
	}
	s.clock.set(time.Now())
	counted, _, err = s.n.Newsroom.Recount(ctx)
	return counted, errors.Join(err, s.n.close())
}
