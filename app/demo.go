package app

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"doingoai/app/account"
	"doingoai/app/config"
	"doingoai/app/kind"
	"doingoai/app/label"
	"doingoai/app/locale"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/store"
	"doingoai/app/term"
	"doingoai/content"
	"doingoai/locales"
)

// DemoAccount is a sample person and how to sign in as them.
type DemoAccount struct{ Email, Password, Roles string }

// SeedDemo fills an empty installation with the sample content: people of
// every role, and items that went the way real ones go, written by one
// person, taken by another and approved by a third, each at its own date. It
// answers the accounts with their new passwords, or none when the demo is
// there already.
func SeedDemo(ctx context.Context, cfg config.Config) ([]DemoAccount, error) {
	demo, err := content.LoadDemo(content.FS)
	if err != nil {
		return nil, err
	}
	s, err := openSeeding(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer s.close()
	there, err := s.n.Accounts.Any(ctx)
	if err != nil || there {
		return nil, err
	}
	items := slices.SortedFunc(slices.Values(demo.Items), func(a, b content.Item) int { return a.Published.Compare(b.Published) })
	if len(items) > 0 {
		s.clock.set(items[0].Published.Add(-30 * 24 * time.Hour))
	}
	accounts, err := s.settle(ctx, demo)
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		if err := s.addItem(ctx, item); err != nil {
			return nil, fmt.Errorf("demo item %s: %w", item.Code, err)
		}
	}
	return accounts, nil
}

// openSeeding opens an installation to be filled with samples.
func openSeeding(ctx context.Context, cfg config.Config) (*seeding, error) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		return nil, err
	}
	clock := &demoClock{}
	n, err := openNewsroom(ctx, cfg, Options{Clock: clock.now}, words)
	if err != nil {
		return nil, err
	}
	return &seeding{n: n, clock: clock, people: map[string]account.Actor{}, media: map[string]string{}}, nil
}

func (s *seeding) close() {
	if err := s.n.close(); err != nil {
		slog.Error("closing the demo's database", "error", err)
	}
}

// settle makes what content/setup describes, and the people.
func (s *seeding) settle(ctx context.Context, demo *content.Demo) ([]DemoAccount, error) {
	world, err := content.Load(content.FS)
	if err != nil {
		return nil, err
	}
	if s.site, err = s.n.ensureSite(ctx, world); err != nil {
		return nil, err
	}
	if _, err := s.n.Places.Import(ctx, system(), world.Places); err != nil {
		return nil, fmt.Errorf("places: %w", err)
	}
	if err := s.addLabels(ctx, demo.Labels); err != nil {
		return nil, fmt.Errorf("demo labels: %w", err)
	}
	accounts, err := s.addPeople(ctx, demo.People)
	if err != nil {
		return nil, err
	}
	if err := s.addTerms(ctx); err != nil {
		return nil, fmt.Errorf("demo terms: %w", err)
	}
	return accounts, s.shortenChains(ctx)
}

// addLabels sets up the tags and the authors of the sample articles.
func (s *seeding) addLabels(ctx context.Context, labels content.Labels) error {
	for room, names := range map[*label.Room][]map[string]string{s.n.Tags: labels.Tags, s.n.Authors: labels.Authors} {
		for _, named := range names {
			l := label.Label{Names: map[string]label.Name{}}
			for lang, name := range named {
				l.Names[lang] = label.Name{Name: name}
			}
			if _, err := room.Ensure(ctx, system(), l); err != nil {
				return err
			}
		}
	}
	return nil
}

// addTerms takes the glossary in that comes along, for the portal to keep.
func (s *seeding) addTerms(ctx context.Context) error {
	table, err := content.Glossary()
	if err != nil {
		return err
	}
	_, err = s.n.Terms.Import(ctx, system(), term.List{Agency: s.site.agencies["portal"], Name: "glossary.csv", Body: string(table)}, false)
	return err
}

// demoClock stands where the seeding puts it, and moves on by itself a little
// at each look, so that acts keep their order.
type demoClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *demoClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Second)
	return c.at
}

// set moves the clock forward to a moment, never back.
func (c *demoClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.After(c.at) {
		c.at = at
	}
}

// seeding is the demo being filled in.
type seeding struct {
	n      *newsroomSide
	clock  *demoClock
	site   site
	people map[string]account.Actor // by role and agency code
	media  map[string]string        // hash by file name
}

func (s *seeding) addPeople(ctx context.Context, people []content.Person) ([]DemoAccount, error) {
	var accounts []DemoAccount
	for _, p := range people {
		password := store.NewSecret()[:12]
		person, err := s.n.Accounts.Program().AddPerson(ctx, account.NewPerson{
			Email: p.Email, Name: p.Name, Locale: p.Locale, Password: password,
		})
		if err != nil {
			return nil, fmt.Errorf("demo person %s: %w", p.Email, err)
		}
		var roles []string
		for _, r := range p.Roles {
			err := s.n.Accounts.Program().GrantRole(ctx, person.ID, s.site.agencies[r.Agency], account.Role(r.Role), time.Time{}, time.Time{})
			if err != nil {
				return nil, fmt.Errorf("demo person %s: %w", p.Email, err)
			}
			roles = append(roles, r.Role+" ("+r.Agency+")")
		}
		actor, err := s.n.Accounts.ActorFor(ctx, person.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range p.Roles {
			if _, taken := s.people[r.Role+"/"+r.Agency]; !taken {
				s.people[r.Role+"/"+r.Agency] = actor
			}
		}
		accounts = append(accounts, DemoAccount{p.Email, password, strings.Join(roles, ", ")})
	}
	return accounts, nil
}

// shortenChains gives agencies without a managing editor the short desk chain.
func (s *seeding) shortenChains(ctx context.Context) error {
	for _, code := range slices.Sorted(maps.Keys(s.site.agencies)) {
		chief, err := s.who(account.EditorInChief, code)
		if err != nil {
			continue // nothing is published there
		}
		if _, err := s.who(account.ManagingEditor, code); err == nil {
			continue
		}
		if err := s.n.Newsroom.PreferWorkflow(ctx, chief, s.site.agencies[code], "desk"); err != nil {
			return fmt.Errorf("workflow of %s: %w", code, err)
		}
	}
	return nil
}

// who answers the demo's person with a role in an agency.
func (s *seeding) who(role account.Role, agency string) (account.Actor, error) {
	actor, ok := s.people[string(role)+"/"+agency]
	if !ok {
		return actor, fmt.Errorf("no %s at %s in content/demo/people.yaml", role, agency)
	}
	return actor, nil
}

func (s *seeding) addItem(ctx context.Context, item content.Item) error {
	s.clock.set(item.Published.Add(-3 * time.Hour))
	var source newsroom.Ref
	var written []newsroom.Content
	var refs []newsroom.Ref
	for i, e := range item.Editions {
		c, err := s.content(ctx, item, e)
		if err != nil {
			return err
		}
		var ref newsroom.Ref
		if i == 0 {
			ref, err = s.begin(ctx, item, e.Lang, c)
			source = ref
		} else {
			s.clock.set(item.Published.Add(2 * time.Hour))
			ref, err = s.translate(ctx, item, source, e.Lang, c)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", e.Lang, err)
		}
		if err := s.carry(ctx, item, e, ref, c); err != nil {
			return fmt.Errorf("%s: %w", e.Lang, err)
		}
		refs, written = append(refs, ref), append(written, c)
	}
	for i, e := range item.Editions { // translations are of what was published
		if err := s.redraft(ctx, item, e, refs[i], written[i]); err != nil {
			return fmt.Errorf("%s: %w", e.Lang, err)
		}
	}
	return nil
}

func (s *seeding) begin(ctx context.Context, item content.Item, lang string, c newsroom.Content) (newsroom.Ref, error) {
	writer, err := s.who(account.Reporter, item.Agency)
	if err != nil {
		return newsroom.Ref{}, err
	}
	return s.n.Newsroom.Create(ctx, writer, newsroom.Start{
		Kind: kind.Kind(cmp.Or(item.Kind, string(kind.Article))), Agency: s.site.agencies[item.Agency], Lang: lang, Content: c,
	})
}

func (s *seeding) translate(ctx context.Context, item content.Item, source newsroom.Ref, lang string, c newsroom.Content) (newsroom.Ref, error) {
	translator, err := s.translator(item)
	if err != nil {
		return newsroom.Ref{}, err
	}
	ref, err := s.n.Newsroom.Translate(ctx, translator, source, lang)
	if err != nil {
		return ref, err
	}
	_, err = s.n.Newsroom.Save(ctx, translator, ref, 1, c)
	return ref, err
}

// translator is the agency's translator, or its reporter where it has none.
func (s *seeding) translator(item content.Item) (account.Actor, error) {
	if t, err := s.who(account.Translator, item.Agency); err == nil {
		return t, nil
	}
	return s.who(account.Editor, item.Agency)
}

func (s *seeding) content(ctx context.Context, item content.Item, e content.Edition) (newsroom.Content, error) {
	c := newsroom.Content{
		Section: s.site.sections[item.Section], Kicker: e.Kicker, Headline: e.Title, Standfirst: e.Standfirst,
		Body: e.Body, Byline: e.Byline, SourceName: e.SourceName, SourceURL: e.SourceURL, Sample: true,
	}
	for key, text := range e.Facts {
		switch in, _ := kind.InputOf(key); in.Type {
		case kind.Agency:
			text = s.site.agencies[text]
		case kind.File:
			m, err := s.file(ctx, item, text)
			if err != nil {
				return c, err
			}
			text = m.Hash
		}
		c.Facts = c.Facts.With(key, text)
	}
	c.About = newsroom.About{Tags: item.Tags, Authors: item.Authors, Agencies: item.Agencies, Places: item.Places, Format: item.Format, InfoKind: item.InfoKind}
	for _, code := range item.Outlets {
		c.Outlets = append(c.Outlets, s.site.outlets[code])
	}
	if item.Lead == nil {
		return c, nil
	}
	hash, err := s.picture(ctx, item)
	if err != nil {
		return c, err
	}
	c.Lead = newsroom.Lead{
		Media: hash, Alt: item.Lead.Alt[e.Lang], Caption: item.Lead.Caption[e.Lang], Credit: item.Lead.Credit[e.Lang],
	}
	return c, nil
}

func (s *seeding) picture(ctx context.Context, item content.Item) (string, error) {
	if hash, ok := s.media[item.Lead.File]; ok {
		return hash, nil
	}
	m, uploader, err := s.add(ctx, item, item.Lead.File)
	if err != nil {
		return "", err
	}
	s.media[item.Lead.File] = m.Hash
	return m.Hash, s.describe(ctx, uploader, m, item.Lead)
}

// file puts a document into the library that all agencies may use.
func (s *seeding) file(ctx context.Context, item content.Item, name string) (media.Media, error) {
	m, uploader, err := s.add(ctx, item, name)
	if err != nil {
		return m, err
	}
	return m, s.n.Media.SetRights(ctx, uploader, m.Hash, m.Version, media.Rights{Licence: media.PublicDomain, Shared: true})
}

// add brings a file of demo/media to the library, by the agency's reporter.
func (s *seeding) add(ctx context.Context, item content.Item, name string) (m media.Media, by account.Actor, err error) {
	f, err := content.FS.Open(path.Join("demo/media", name))
	if err != nil {
		return m, by, err
	}
	defer func(f fs.File) { _ = f.Close() }(f) // embedded: closing cannot fail
	if by, err = s.who(account.Reporter, item.Agency); err != nil {
		return m, by, err
	}
	m, err = s.n.Media.Add(ctx, by, s.site.agencies[item.Agency], name, f)
	return m, by, err
}

// describe says in the library what a picture shows, and that all agencies may
// use it.
func (s *seeding) describe(ctx context.Context, by account.Actor, m media.Media, p *content.Picture) error {
	said := media.Description{Words: map[string]media.Words{}, Focus: media.Middle}
	for lang, alt := range p.Alt {
		said.Words[lang] = media.Words{Alt: alt, Caption: p.Caption[lang]}
	}
	if err := s.n.Media.Describe(ctx, by, m.Hash, m.Version, said); err != nil {
		return err
	}
	return s.n.Media.SetRights(ctx, by, m.Hash, m.Version+1, media.Rights{Credit: p.Credit["vi"], Licence: media.PublicDomain, Shared: true})
}
