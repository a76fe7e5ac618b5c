package public

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// ratingView is where a reader says how useful a page was, when it was not said
// on the page itself, and where they are thanked.
type ratingView struct {
	*frame
	About   link // the page
	Comment string
	Problem string
	Thanked bool
}

// mostRating is the best rating. The newsroom takes as much.
const mostRating = 5

// maxComment is the longest comment, in characters.
const maxComment = 1000

// A reader rates a handful of pages, then reads on.
const (
	ratingStep  = 20 * time.Second
	ratingBurst = 10
)

// rated are the kinds of pages that readers are asked about.
var rated = []target{article, list, corrections, events, documents, outline, feeds, statement, tree, about}

// Ratings are the answers to choose from, the best first.
func (f *frame) Ratings() []option {
	list := make([]option, mostRating)
	for i := range list {
		value := strconv.Itoa(mostRating - i)
		list[i] = option{Value: value, Name: f.T("rating." + value)}
	}
	return list
}

// Rated says whether readers are asked about the page.
func (f *frame) Rated() bool {
	path, _, _ := strings.Cut(f.Path, "?")
	a, ok := parse(path)
	return ok && f.Canonical != "" && !f.Preview && slices.Contains(rated, a.kind)
}

// RatingAt is where a rating is sent.
func (f *frame) RatingAt() string { return fixedPath(f.Lang(), ratingName) }

// rating thanks whoever sent one, and leads back.
func (s *Site) rating(c *fiber.Ctx, r request) error {
	v := s.newRating(r)
	text, err := web.Query(c, "about", maxAbout)
	if err != nil {
		return err
	}
	receipt, err := web.Query(c, "receipt", maxNumber)
	if err != nil {
		return err
	}
	if _, v.Thanked = s.stand.Confirmed(receipt); v.Thanked {
		v.Title = v.T("rating.thanks")
	}
	if _, err := s.ratedPage(c, r, &v, text); err != nil || !v.Thanked && v.About.Href == "" {
		return notFound()
	}
	return s.showOnce(c, fiber.StatusOK, "rating", v.frame, v)
}

func (s *Site) newRating(r request) ratingView {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	f.Title, f.Robots = f.T("rating.title"), "noindex"
	return ratingView{frame: f}
}

// ratedPage finds the page that a rating is about; one that is not there cannot
// be rated, so that what is counted stays as bounded as what is published.
func (s *Site) ratedPage(c *fiber.Ctx, r request, v *ratingView, text string) (l release.Letter, err error) {
	path, _, _ := strings.Cut(text, "?")
	a, ok := parse(path)
	if !ok || !slices.Contains(rated, a.kind) || !speaks(r.outlet, a.lang) {
		return l, notFound()
	}
	about := request{c: c, outlet: r.outlet, address: a, page: 1}
	l = release.Letter{Kind: "rating", Outlet: r.outlet.ID, Lang: a.lang, Address: about.path()}
	switch a.kind {
	case article:
		page, err := s.stand.Article(web.Context(c), r.outlet, a.lang, a.id)
		if err != nil || page.Article == nil {
			return l, notFound()
		}
		l.Item, l.Section = a.id, page.Article.Section
		l.Address = articlePath(a.lang, s.stand.Site().Section(page.Article.Section), page.Article.Slug, a.id)
		v.About.Name = page.Article.Title
	case list:
		for _, sec := range s.stand.Site().Sections(a.lang) {
			if sec.Names[a.lang].Slug == a.section {
				l.Section, v.About.Name = sec.ID, sec.Names[a.lang].Name
			}
		}
		if l.Section == "" {
			return l, notFound()
		}
	default:
		entry, err := s.make(about)
		if err != nil || entry.Status != fiber.StatusOK {
			return l, notFound()
		}
		v.About.Name = v.T("rating.page")
	}
	v.About.Href = l.Address
	return l, nil
}

// sendRating keeps a rating on our own disk until the newsroom has counted it.
func (s *Site) sendRating(c *fiber.Ctx, r request, form *web.Form) error {
	v := s.newRating(r)
	l, err := s.ratedPage(c, r, &v, form.Text("about", maxAbout))
	if err != nil {
		return err
	}
	v.Comment = strings.TrimSpace(form.Text("comment", maxComment))
	l.Message = v.Comment
	trap := form.Text(trapField, maxContact)
	l.Rating, _ = strconv.Atoi(form.Text("rating", 10))
	refuse := func(status int, problem string) error {
		v.Problem = problem
		return s.showOnce(c, status, "rating", v.frame, v)
	}
	switch refusal, _ := fault.As(form.Err()); {
	case l.Rating < 1 || l.Rating > mostRating:
		return refuse(fiber.StatusUnprocessableEntity, v.T("rating.choose"))
	case trap != "":
		return refuse(fiber.StatusUnprocessableEntity, v.T("report.trap"))
	case refusal != nil:
		for _, field := range refusal.Fields {
			return refuse(fiber.StatusUnprocessableEntity, v.P.Message(field))
		}
	}
	if wait, ok := s.ratings.allow(web.Address(c), time.Now()); !ok {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(wait/time.Second)+1))
		return refuse(fiber.StatusTooManyRequests, v.P.Message(fault.Say("rating.too_many", "count", minutes(wait))))
	}
	id, err := s.stand.Spool(web.Context(c), l)
	if err != nil {
		return err
	}
	return c.Redirect(v.RatingAt()+"?receipt="+url.QueryEscape(s.stand.Receipt(id))+"&about="+url.QueryEscape(l.Address), fiber.StatusSeeOther)
}
