package public

import (
	"html/template"
	"strings"
	"time"

	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"
	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// statementView is what a site says of itself: of privacy, of accessibility.
type statementView struct {
	*frame
	Trail []link
	Lead  string
	Text  template.HTML
	Since string // the day of its wording
}

// statement is one in a language, else in English; nil for a name that is none.
func (s *Site) statement(lang, name string) *content.Statement {
	for _, l := range []string{lang, "en"} {
		if said, ok := s.statements[l][name]; ok {
			return &said
		}
	}
	return nil
}

func (s *Site) makeStatement(r request) (*newsstand.Entry, error) {
	said := s.statement(r.lang, r.file)
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	f.at(r.path(), fixedPaths(r.outlet, r.file))
	v, err := newStatement(f, said, s.letterMonths)
	if err != nil {
		return nil, err
	}
	return s.html(fiber.StatusOK, "statement", f, v)
}

// newStatement puts the outlet's own names into what is said, and for how many
// months addresses are kept.
func newStatement(f *frame, said *content.Statement, months int) (statementView, error) {
	own := strings.NewReplacer(
		"{outlet}", f.Text.Name, "{publisher}", f.Publisher(), "{report}", reportPath(f.Lang()), "{contact}", contactPath(f.Lang()),
		"{months}", f.T("statement.months", "count", months),
	)
	f.Title, f.Description = said.Title, own.Replace(said.Lead)
	text, err := markup.New().Article(own.Replace(said.Body))
	v := statementView{frame: f, Trail: f.trail(""), Lead: f.Description, Text: text.HTML, Since: said.Version}
	if day, err := time.Parse(time.DateOnly, said.Version); err == nil {
		v.Since = f.Date(day)
	}
	return v, err
}

// fixedPaths is a fixed address in all languages of an outlet.
func fixedPaths(o *release.Outlet, name string) map[string]string {
	at := map[string]string{}
	for _, lang := range o.Languages {
		at[lang] = fixedPath(lang, name)
	}
	return at
}
