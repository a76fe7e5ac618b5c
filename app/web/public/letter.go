package public

import (
	"cmp"
	"errors"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"
	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// letterSort is what readers may write to us by a form of its own.
type letterSort struct {
	kind   string // of the letter
	page   string // that holds the form; also what its own words begin with
	path   func(lang string) string
	topics []string // of which the reader chooses one
}

var letterSorts = map[target]letterSort{
	report:  {kind: "error_report", page: "report", path: reportPath},
	contact: {kind: "contact", page: "contact", path: contactPath, topics: []string{"question", "suggestion", "press", "access", "data", "other"}},
}

// letterView is the form with which a reader writes to us.
type letterView struct {
	*frame
	letterSort
	Trail     []link
	Topic     string // one of topics
	About     string // address of the page it is about
	AboutHref string // the same, "" when nothing can be read there
	AboutName string // its headline or name, "" when it is none that can be read
	Message   string
	Contact   string
	Trap      string // what a robot wrote into the field that people do not see
	Challenge string // to be solved by the browser; "" when it was
	Proof     string // what the form was, or may be, sent with
	Errors    letterErrors
	Notice    string // why it was not sent, when no field is to blame
	Receipt   string // of a letter that was sent
	Status    string // where it is told how far that letter has come
	Unknown   bool   // a receipt that cannot be confirmed was asked for
}

// letterErrors are the messages at the fields.
type letterErrors struct{ Topic, Message, Contact, Trap string }

// The most characters of a letter's fields. The newsroom takes as much.
const (
	maxMessage = 5000
	maxContact = 254
	maxAbout   = 2000
	maxTopic   = 20
)

// trapField is a field that people do not see and robots fill in.
const trapField = "website"

// reportAddress is the form for an error on a page.
func reportAddress(lang, about string) string {
	if utf8.RuneCountInString(about) > maxAbout {
		return reportPath(lang)
	}
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
	v.Challenge = s.stand.Challenge(v.kind)
	return s.showLetter(c, fiber.StatusOK, v)
}

// showReceipt confirms what was sent, and nothing that was not.
func (s *Site) showReceipt(c *fiber.Ctx, v letterView, receipt string) error {
	letter, ok := s.stand.Confirmed(receipt)
	if !ok {
		v.Unknown, v.Title = true, v.T("report.unknown.title")
		return s.showLetter(c, fiber.StatusOK, v)
	}
	v.Receipt, v.Title = letter, v.Words("sent")
	v.Status = statusPath(v.Lang()) + "?receipt=" + url.QueryEscape(receipt)
	return s.showLetter(c, fiber.StatusOK, v)
}

func (s *Site) newLetter(r request) letterView {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	v := letterView{frame: f, letterSort: letterSorts[r.kind], Trail: f.trail("")}
	f.Title = v.Words("title")
	if r.kind == contact { // a page that is looked for; the other is come to from what it is about
		f.Description = f.T("contact.lead")
		f.at(r.path(), fixedPaths(r.outlet, contactName))
		return v
	}
	f.Robots = "noindex"
	for i := range f.Languages {
		f.Languages[i].Href = v.path(f.Languages[i].Lang)
	}
	return v
}

// Words is a text of the form's own, in the page's language.
func (v letterView) Words(key string) string { return v.T(v.page + "." + key) }

// Action is where the form is sent.
func (v letterView) Action() string { return v.path(v.Lang()) }

// Topics are what the reader may choose from.
func (v letterView) Topics() []option {
	list := make([]option, len(v.topics))
	for i, topic := range v.topics {
		list[i] = option{Value: topic, Name: v.T("contact.topic." + topic), Here: topic == v.Topic}
	}
	return list
}

// about names the page that a letter is about, if it is one of ours. What
// leads nowhere, as when a reader tells of a page that is missing, is named as
// it was asked for, and no link.
func (s *Site) about(c *fiber.Ctx, r request, v *letterView, about string) {
	if !strings.HasPrefix(about, "/") || strings.HasPrefix(about, "//") || strings.ContainsAny(about, "\\") || strings.ContainsFunc(about, unicode.IsControl) {
		return
	}
	v.About = about
	for i := range v.Languages {
		v.Languages[i].Href = reportAddress(v.Languages[i].Lang, about)
	}
	path, query, _ := strings.Cut(about, "?")
	a, ok := parse(path)
	if !ok || a.lang == "" {
		return
	}
	v.AboutHref = about
	switch a.kind {
	case found:
		v.AboutName = v.T("search.title")
		if q, err := url.ParseQuery(query); err == nil && q.Get("q") != "" {
			v.AboutName = v.T("search.title_for", "Query", q.Get("q"))
		}
	case list:
		for _, sec := range s.stand.Site().Sections(a.lang) {
			if sec.Names[a.lang].Slug == a.section {
				v.AboutName = sec.Names[a.lang].Name
			}
		}
	case statement:
		v.AboutName = s.statement(v.Lang(), a.file).Title
	case article:
		page, err := s.stand.Article(web.Context(c), r.outlet, a.lang, a.id)
		if err == nil && page.Article != nil {
			v.AboutName = page.Article.Title
		}
	default:
		if key := named[a.kind]; key != "" {
			v.AboutName = v.T(key)
		}
	}
}

// named are what pages are called that are the same on every outlet.
var named = map[target]string{
	home: "site.home", corrections: "corrections.title", events: "events.title", documents: "documents.title", outline: "about.title", feeds: "feeds.title", report: "report.title",
	contact: "contact.title", tree: "tree.title", status: "status.title",
}

// sendLetter keeps a letter on our own disk before it says so.
func (s *Site) sendLetter(c *fiber.Ctx) error {
	r := request{c: c, outlet: s.outlet(c.Context())}
	var ok bool
	if r.address, ok = parse(string(c.Request().URI().PathOriginal())); !ok || letterSorts[r.kind].path == nil && r.kind != rating {
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
	if r.kind == rating {
		return s.sendRating(c, r, form)
	}
	v := s.newLetter(r)
	s.about(c, r, &v, form.Text("about", maxAbout))
	if err := v.read(form); err != nil {
		return s.refuseLetter(c, v, err)
	}
	if wait, ok := s.stand.Proven(v.kind, v.Proof); !ok {
		return s.refuseLetter(c, v, notYet("report.wait", cmp.Or(wait, newsstand.TicketWait)))
	}
	if wait, ok := s.letters.allow(web.Address(c), time.Now()); !ok {
		refusal := fault.New(fault.TooMany, "report.too_many", "count", minutes(wait))
		refusal.RetryAfter = int(wait/time.Second) + 1
		return s.refuseLetter(c, v, refusal)
	}
	receipt, err := s.stand.SpoolProven(web.Context(c), s.letter(r, v), v.Proof)
	if errors.Is(err, newsstand.ErrUsed) {
		v.Proof = ""
		return s.refuseLetter(c, v, notYet("report.used", newsstand.TicketWait))
	}
	if err != nil {
		return s.refuseLetter(c, v, err)
	}
	return c.Redirect(v.Action()+"?receipt="+s.stand.Receipt(receipt), fiber.StatusSeeOther)
}

// notYet asks a reader to wait some seconds.
func notYet(why string, wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	refusal := fault.New(fault.TooMany, why, "count", seconds)
	refusal.RetryAfter = seconds
	return refusal
}

// minutes rounds up: who comes back then is let in.
func minutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

// read takes over what was typed, and refuses what cannot be sent.
func (v *letterView) read(form *web.Form) error {
	v.Topic = form.Text("topic", maxTopic)
	v.Message = strings.TrimSpace(form.Text("message", maxMessage))
	v.Contact = strings.TrimSpace(form.Text("contact", maxContact))
	v.Trap = strings.TrimSpace(form.Text(trapField, maxContact))
	v.Proof = form.Text("proof", newsstand.MaxProof)
	var more fault.Form
	if len(v.topics) > 0 && !slices.Contains(v.topics, v.Topic) {
		more.Refuse("topic", "error.required")
	}
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

// letter is what is sent, with what its writer agreed to.
func (s *Site) letter(r request, v letterView) release.Letter {
	l := release.Letter{
		Kind: v.kind, Topic: v.Topic, Outlet: r.outlet.ID, Lang: r.lang, Address: v.About, Message: v.Message, Contact: v.Contact,
	}
	if v.Contact != "" {
		l.Consent = s.statement(r.lang, content.Privacy).Version
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
	v.Errors = letterErrors{v.problem(refusal, "topic"), v.problem(refusal, "message"), v.problem(refusal, "contact"), v.problem(refusal, trapField)}
	if v.Errors == (letterErrors{}) {
		v.Notice = v.P.Message(refusal.Message)
	}
	if refusal.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(refusal.RetryAfter))
	}
	v.Title = v.T("report.refused", "Title", v.Title)
	if wait, ok := s.stand.Proven(v.kind, v.Proof); !ok {
		v.Challenge = s.stand.Challenge(v.kind)
		if wait == 0 { // what it was sent with will never do
			v.Proof = s.stand.Ticket(v.kind)
		}
	}
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
	return s.showOnce(c, status, v.page, v.frame, v)
}

// Refused says whether the letter was not sent.
func (v letterView) Refused() bool { return v.Notice != "" || v.Errors != (letterErrors{}) }

// ProofBits are the zeros that the browser is to find.
func (letterView) ProofBits() int { return newsstand.ProofBits }

// Trapped says whether the hidden field must be shown, so that a person whose
// browser filled it in can empty it.
func (v letterView) Trapped() bool { return v.Trap != "" }
