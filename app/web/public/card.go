package public

import (
	"log/slog"
	"mime"
	"os"
	"path"
	"regexp"

	"doingoai/app/card"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Where a page is passed on, a picture stands with its link: the lead picture of
// an article, cut to shape, else a card with its headline; for any other page the
// card of the outlet. A page only names the picture, by all that it is drawn
// from; it is drawn when somebody asks for it.

// cardRoute is where these pictures are; a name is what it is of and its sum.
const cardRoute = "/-/card/:lang/:name"

// Of what a card is that is no article's.
const (
	outletCard = "outlet"
	coverCard  = "cover" // the outlet's podcast
)

var cardForm = regexp.MustCompile(`^(` + outletCard + `|` + coverCard + `|[2-9b-df-hj-km-np-tv-z]{10})-[0-9a-f]{24}\.(?:png|jpg)$`)

// coverSide is that of the square picture which podcast programs ask for.
const coverSide = 1400

// narrowest is how wide a picture must be to stand large beside a link.
const narrowest = 600

// shared is the picture that stands with a link to the page.
type shared struct {
	Src           string // absolute
	Alt           string
	Width, Height int

	name    string
	drawing card.Card
	cut     *release.File // nil: the card is drawn
	focus   release.Focus
}

// outletShared is the picture of an outlet's pages.
func (s *Site) outletShared(f *frame) *shared {
	c := s.newCard(f)
	mast := f.Mast()
	c.Kicker, c.Title = mast.Part, mast.Name
	if f.Text.Tagline != "" {
		c.Name = f.Text.Tagline
	}
	return f.draws(outletCard, c, f.Text.Name)
}

// cover is the square picture of an outlet's podcast.
func (s *Site) cover(f *frame) *shared {
	c := s.outletShared(f).drawing
	c.Width, c.Height = coverSide, coverSide
	return f.draws(coverCard, c, f.Text.Name)
}

// articleShared is the picture of an article's page.
func (s *Site) articleShared(f *frame, a *release.Article) *shared {
	c := s.newCard(f)
	mast := f.Mast()
	c.Name, c.Part, c.Kicker, c.Title = mast.Name, mast.Part, a.Kicker, a.Title
	if a.Sample {
		c.Kicker = f.T("article.sample")
	}
	p := f.draws(a.ID, c, a.Title+" – "+f.Text.Name)
	if a.Lead == nil {
		return p
	}
	file := a.Lead.Fitting(card.Width)
	if file.Width < narrowest {
		return p
	}
	p.cut, p.focus, p.Alt = &file, release.Focus{X: 500, Y: 500}, a.Lead.Alt
	if r := a.Lead.Renditions; r != nil && r.Focus != nil {
		p.focus = *r.Focus
	}
	p.call(f, a.ID+"-"+card.CutSum(file.Hash, p.focus.X, p.focus.Y)+".jpg")
	return p
}

// newCard begins a card in the outlet's look.
func (s *Site) newCard(f *frame) card.Card {
	c := card.Card{Width: card.Width, Height: card.Height, Theme: themeOf(s.themes, f.Outlet), Script: f.Script(), Lang: f.Lang(), Foot: f.Domain()}
	if a := f.Outlet.Accent; a != nil {
		c.Accent = a.Day
	}
	return c
}

func (f *frame) draws(what string, c card.Card, alt string) *shared {
	p := &shared{Alt: alt, Width: c.Width, Height: c.Height, drawing: c}
	p.call(f, what+"-"+c.Sum()+".png")
	return p
}

// call gives the picture its name and address.
func (p *shared) call(f *frame, name string) {
	p.name, p.Src = name, f.base+"/-/card/"+f.Lang()+"/"+name
}

// card serves the picture of a page that is there now. What an earlier one was
// named leads to it; what is withdrawn has none.
func (s *Site) card(c *fiber.Ctx) error {
	outlet, lang, name := s.outlet(c.Context()), web.Param(c, "lang"), web.Param(c, "name")
	asked := cardForm.FindStringSubmatch(name)
	if outlet == nil || asked == nil || !speaks(outlet, lang) {
		return notFound()
	}
	f := newFrame(s.stand.Site(), outlet, web.NewBase(speaker(s.words, outlet, lang), c.Path()))
	f.base = s.base(outlet)
	p, err := s.sharedOf(c, f, asked[1])
	if err != nil {
		return err
	}
	if p.name != name {
		c.Set(fiber.HeaderCacheControl, "no-cache")
		return c.Redirect(p.Src, fiber.StatusFound)
	}
	picture, err := s.stand.Drawn(web.Context(c), p.name, func() ([]byte, error) { return s.draw(c, p) })
	if err != nil {
		return err
	}
	info, err := picture.Stat()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, mediaCache)
	return web.SendContent(c, web.Content{Body: picture, Size: info.Size(), Type: mime.TypeByExtension(path.Ext(p.name)), Tag: `"` + p.name + `"`, Modified: info.ModTime()})
}

// sharedOf finds of what page a picture is.
func (s *Site) sharedOf(c *fiber.Ctx, f *frame, what string) (*shared, error) {
	switch what {
	case outletCard:
		return s.outletShared(f), nil
	case coverCard:
		return s.cover(f), nil
	}
	page, err := s.stand.Article(web.Context(c), f.Outlet, f.Lang(), what)
	switch {
	case err != nil:
		return nil, err
	case page.Withdrawn != nil:
		return nil, fault.New(fault.Gone, "error.gone.title")
	case page.Article == nil:
		return nil, notFound()
	}
	return s.articleShared(f, page.Article), nil
}

// draw makes the picture. A card stands in for a picture that cannot be read,
// but not for one that has not come yet.
func (s *Site) draw(c *fiber.Ctx, p *shared) ([]byte, error) {
	if p.cut == nil {
		return s.painter.PNG(p.drawing)
	}
	where, _, err := s.stand.Media(web.Context(c), p.cut.Hash)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(where)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	cut, err := s.painter.Cut(file, p.focus.X, p.focus.Y)
	if err != nil {
		slog.Warn("a picture cannot be cut for links; a card stands in for it", "hash", p.cut.Hash, "error", err)
		return s.painter.JPEG(p.drawing)
	}
	return cut, nil
}
