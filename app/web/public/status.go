package public

import (
	"net/http"
	"strconv"
	"time"

	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// statusView is where whoever wrote to us learns how far their letter has come.
type statusView struct {
	*frame
	Number  string // as it was typed
	Problem string // why it cannot be one, or was not looked for
	Letter  string // the number that was looked for
	Signed  bool   // this site gave the number, says its signature
	Where   newsstand.Whereabouts
	Article link // that was corrected
}

// maxNumber is the longest text that may be meant for a number.
const maxNumber = 100

// letterStatus shows how far a letter has come to whoever has its number: as it
// was typed, or signed in the address that they were led to.
func (s *Site) letterStatus(c *fiber.Ctx, r request) error {
	f := s.frame(web.Context(c), r.outlet, r.lang, r.path())
	f.Robots, f.Title = "noindex", f.T("status.title")
	for i := range f.Languages {
		f.Languages[i].Href = statusPath(f.Languages[i].Lang)
	}
	v := statusView{frame: f}
	receipt, err := web.Query(c, "receipt", maxNumber)
	if err != nil {
		return err
	}
	if v.Number, err = web.Query(c, "number", maxNumber); err != nil {
		return err
	}
	if receipt != "" {
		if v.Letter, v.Signed = s.stand.Confirmed(receipt); !v.Signed {
			v.Letter, v.Problem = "", v.T("status.wrong_link")
			return s.showOnce(c, fiber.StatusNotFound, "status", f, v)
		}
		v.Number = v.Letter
	} else if v.Number != "" {
		var ok bool
		if v.Letter, ok = release.ReadNumber(v.Number); !ok {
			v.Problem = v.T("status.wrong_number")
			return s.showOnce(c, fiber.StatusUnprocessableEntity, "status", f, v)
		}
	}
	if v.Letter == "" {
		return s.showOnce(c, fiber.StatusOK, "status", f, v)
	}
	return s.lookFor(c, v, r)
}

// lookFor finds a letter. Whoever tries many numbers is held up.
func (s *Site) lookFor(c *fiber.Ctx, v statusView, r request) (err error) {
	if wait, ok := s.questions.allow(web.Address(c), time.Now()); !ok {
		v.Letter, v.Problem = "", v.P.Message(fault.Say("status.too_many", "count", minutes(wait)))
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(wait/time.Second)+1))
		return s.showOnce(c, fiber.StatusTooManyRequests, "status", v.frame, v)
	}
	if v.Where, err = s.stand.Letter(web.Context(c), v.Letter); err != nil {
		return err
	}
	status := http.StatusOK
	switch told := v.Where.Receipt; {
	case told != nil && told.State == release.LetterCorrected:
		page, err := s.stand.Article(web.Context(c), r.outlet, told.Lang, told.Item)
		if err == nil && page.Article != nil {
			a := page.Article
			v.Article = link{Href: articlePath(told.Lang, v.site.Section(a.Section), a.Slug, a.ID), Name: a.Title}
		}
	case told == nil && !v.Signed && !v.Where.Kept && !v.Where.Silent:
		status = http.StatusNotFound
	}
	return s.showOnce(c, status, "status", v.frame, v)
}

// Told says whether anything was found out of a letter, or that it was not.
func (v statusView) Told() bool { return v.Letter != "" }

// State is what is known of the letter, as the words for it are named.
func (v statusView) State() string {
	switch {
	case v.Where.Kept:
		return "kept"
	case v.Where.Receipt != nil:
		return string(v.Where.Receipt.State)
	case v.Where.Silent && v.Signed:
		return "silent_signed"
	case v.Where.Silent:
		return "silent"
	case v.Signed:
		return "elsewhere"
	}
	return "unknown"
}

// showOnce sends a page that is one reader's alone and is kept nowhere.
func (s *Site) showOnce(c *fiber.Ctx, status int, page string, f *frame, v any) error {
	e, err := s.html(status, page, f, v)
	if err != nil {
		return err
	}
	write(c.Context(), e)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return nil
}
