package public

import (
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// letterView is the form with which a reader reports an error.
type letterView struct {
	*frame
	About     string // address of the page it is about
	AboutName string // its headline or name, "" when it is none that can be read
	Message   string
	Contact   string
	Trap      string // what a robot wrote into the field that people do not see
	Errors    letterErrors
	Notice    string // why it was not sent, when no field is to blame
	Receipt   string // of a letter that was sent
	Unknown   bool   // a receipt that cannot be confirmed was asked for
}

// letterErrors are the messages at the fields.
type letterErrors struct{ Message, Contact, Trap string }

// The most characters of a letter's fields. The newsroom takes as much.
const (
	maxMessage = 5000
	maxContact = 254
	maxAbout   = 500
)

// trapField is a field that people do not see and robots fill in.
const trapField = "website"

// reportAddress is the form for an error on a page.
func reportAddress(lang, about string) string {
	return reportPath(lang) + "?about=" + url.QueryEscape(about)
}

// letterForm shows the form, or the receipt of what was sent.
func (s *Site) letterForm(c *fiber.Ctx, r request) error {
	v := s.newLetter(r)
	receipt, err := web.Query(c, "receipt", maxContact)
	if err != nil {
		return err
	}
	if receipt != "" {
		return s.showReceipt(c, v, receipt)
	}
	about, err := web.Query(c, "about", maxAbout)
	if err != nil {
		return err
	}
	s.about(c, r, &v, about)
	return s.showLetter(c, fiber.StatusOK, v)
}

// showReceipt confirms what was sent, and nothing that was not.
func (s *Site) showReceipt(c *fiber.Ctx, v letterView, receipt string) error {
	letter, ok := s.stand.Confirmed(receipt)
	if !ok {
		v.Unknown, v.Title = true, v.T("report.unknown.title")
		return s.showLetter(c, fiber.StatusOK, v)
	}
	v.Receipt, v.Title = letter, v.T("report.sent")
	return s.showLetter(c, fiber.StatusOK, v)
}

func (s *Site) newLetter(r request) letterView {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, reportPath(r.lang))
	f.Robots = "noindex"
	f.Title = f.T("report.title")
	for i := range f.Languages {
		f.Languages[i].Href = reportPath(f.Languages[i].Lang)
	}
	return letterView{frame: f}
}

// about names the page that a letter is about, if it is one of ours.
func (s *Site) about(c *fiber.Ctx, r request, v *letterView, about string) {
	a, ok := parse(about)
	if !ok || a.lang == "" {
		return
	}
	v.About = about
	for i := range v.Languages {
		v.Languages[i].Href = reportAddress(v.Languages[i].Lang, about)
	}
	switch a.kind {
	case home:
		v.AboutName = v.T("site.home")
	case corrections:
		v.AboutName = v.T("corrections.title")
	case list:
		for _, sec := range v.Sections {
			if sec.Href == about {
				v.AboutName = sec.Name
			}
		}
	case article:
		page, err := s.stand.Article(web.Context(c), r.outlet, a.lang, a.id)
		if err == nil && page.Article != nil {
			v.AboutName = page.Article.Title
		}
	}
}

// sendLetter keeps a letter on our own disk before it says so.
func (s *Site) sendLetter(c *fiber.Ctx) error {
	r := request{c: c, outlet: s.outlet(c.Context())}
	var ok bool
	if r.address, ok = parse(string(c.Request().URI().PathOriginal())); !ok || r.kind != report {
		return s.onlyRead(c)
	}
	if r.outlet == nil || !speaks(r.outlet, r.lang) {
		return notFound()
	}
	if !web.FromHere(c) {
		return fault.New(fault.Forbidden, "error.elsewhere.title")
	}
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	v := s.newLetter(r)
	s.about(c, r, &v, form.Text("about", maxAbout))
	if err := v.read(form); err != nil {
		return s.refuseLetter(c, v, err)
	}
	if wait, ok := s.letters.allow(web.Address(c), time.Now()); !ok {
		refusal := fault.New(fault.TooMany, "report.too_many", "count", minutes(wait))
		refusal.RetryAfter = int(wait/time.Second) + 1
		return s.refuseLetter(c, v, refusal)
	}
	receipt, err := s.stand.Spool(web.Context(c), v.letter(r))
	if err != nil {
		return s.refuseLetter(c, v, err)
	}
	return c.Redirect(reportPath(r.lang)+"?receipt="+s.stand.Receipt(receipt), fiber.StatusSeeOther)
}

// minutes rounds up: who comes back then is let in.
func minutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

// read takes over what was typed, and refuses what cannot be sent.
func (v *letterView) read(form *web.Form) error {
	v.Message = strings.TrimSpace(form.Text("message", maxMessage))
	v.Contact = strings.TrimSpace(form.Text("contact", maxContact))
	v.Trap = strings.TrimSpace(form.Text(trapField, maxContact))
	var more fault.Form
	if v.Message == "" {
		more.Refuse("message", "error.required")
	}
	if a, err := mail.ParseAddress(v.Contact); v.Contact != "" && (err != nil || a.Address != v.Contact) {
		more.Refuse("contact", "error.bad_email")
	}
	if v.Trap != "" {
		more.Refuse(trapField, "report.trap")
	}
	return merged(form.Err(), more.Err())
}

// merged is one refusal with the fields of two; the first has the word.
func merged(first, second error) error {
	a, ok := fault.As(first)
	if !ok {
		return second
	}
	if b, ok := fault.As(second); ok {
		for name, message := range b.Fields {
			if _, told := a.Fields[name]; !told {
				a.Fields[name] = message
			}
		}
	}
	return a
}

func (v *letterView) letter(r request) release.Letter {
	l := release.Letter{
		Kind: "error_report", Outlet: r.outlet.ID, Lang: r.lang, Address: v.About, Message: v.Message, Contact: v.Contact,
	}
	if a, ok := parse(v.About); ok && a.kind == article {
		l.Item = a.id
	}
	return l
}

// refuseLetter shows the form again with everything that was typed. A mistake
// of ours is told by the error page, which the browser's way back leads from.
func (s *Site) refuseLetter(c *fiber.Ctx, v letterView, err error) error {
	refusal, ok := fault.As(err)
	if !ok {
		return err
	}
	v.Errors = letterErrors{v.problem(refusal, "message"), v.problem(refusal, "contact"), v.problem(refusal, trapField)}
	if v.Errors == (letterErrors{}) {
		v.Notice = v.P.Message(refusal.Message)
	}
	if refusal.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(refusal.RetryAfter))
	}
	v.Title = v.T("report.refused", "Title", v.Title)
	return s.showLetter(c, web.Status(err), v)
}

// problem is what is wrong with a field, "" when nothing is.
func (v *letterView) problem(refusal *fault.Error, field string) string {
	message, ok := refusal.Fields[field]
	if !ok {
		return ""
	}
	return v.P.Message(message)
}

func (s *Site) showLetter(c *fiber.Ctx, status int, v letterView) error {
	e, err := s.html(status, "report", v.frame, v)
	if err != nil {
		return err
	}
	c.Status(status)
	c.Set(fiber.HeaderContentType, e.Type)
	c.Set(fiber.HeaderContentLanguage, v.Lang())
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(e.Identity.Body)
}

// Refused says whether the letter was not sent.
func (v letterView) Refused() bool { return v.Notice != "" || v.Errors != (letterErrors{}) }

// Trapped says whether the hidden field must be shown, so that a person whose
// browser filled it in can empty it.
func (v letterView) Trapped() bool { return v.Trap != "" }
