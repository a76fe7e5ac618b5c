package newsroomapi

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/newsroom"

	"github.com/gofiber/fiber/v2"
)

const problemType = "application/problem+json"

// problem is a refusal, or a mistake of ours, as RFC 9457 writes it. Its type
// is always about:blank: what sort it is says kind, and which one key.
type problem struct {
	Type   string         `json:"type" doc:"Always about:blank."`
	Title  string         `json:"title" doc:"The status in words."`
	Status int            `json:"status"`
	Detail string         `json:"detail" doc:"What happened and what to do, in the language of Accept-Language."`
	Kind   fault.Kind     `json:"kind"`
	Key    string         `json:"key" doc:"Names the sentence; it does not change with the language."`
	Fields []fieldProblem `json:"fields,omitempty" doc:"What is wrong with single fields."`
	ID     string         `json:"id,omitempty" doc:"Under which the newsroom's log has a mistake of ours."`
	Theirs *revision      `json:"theirs,omitempty" doc:"Of a save that came too late: the revision somebody else saved first."`
	Yours  *text          `json:"yours,omitempty" doc:"Of a save that came too late: what was sent."`
}

type fieldProblem struct {
	Field  string `json:"field"`
	Key    string `json:"key"`
	Detail string `json:"detail"`
}

// tooLate is a save that somebody was faster than, with what was sent.
type tooLate struct {
	*newsroom.ConflictError
	yours newsroom.Content
}

func (e *tooLate) Unwrap() error { return e.ConflictError }

// problem sends a refusal. It is the application's last resort below Base.
func (a *API) problem(c *fiber.Ctx, status int, id string, err error) error {
	f, ok := fault.As(err)
	if !ok {
		f = fault.New(fault.Internal, "error.internal.title")
	}
	print := a.printer(c)
	p := problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Kind: f.Kind, Key: f.Message.Key,
		Detail: print.Message(f.Message), ID: id, Fields: a.fieldProblems(c, f.Fields),
	}
	var late *tooLate
	if errors.As(err, &late) {
		theirs, yours := revisionOf(late.Theirs), textOf(late.yours)
		p.Theirs, p.Yours = &theirs, &yours
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentLanguage, print.Lang())
	c.Status(status).Set(fiber.HeaderContentType, problemType)
	return c.Send(body)
}

// fieldProblems puts what is wrong with fields into words.
func (a *API) fieldProblems(c *fiber.Ctx, fields map[string]fault.Message) []fieldProblem {
	print := a.printer(c)
	var list []fieldProblem
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		list = append(list, fieldProblem{name, fields[name].Key, print.Message(fields[name])})
	}
	return list
}

// printer speaks the language that was asked for, else that of the token's person.
func (a *API) printer(c *fiber.Ctx) *locale.Printer {
	lang, _ := c.Locals(localeKey).(string) // absent when nobody is known
	if wanted := strings.Clone(c.Get(fiber.HeaderAcceptLanguage)); wanted != "" || lang == "" {
		lang = a.Words.Match("desk", wanted)
	}
	return a.Words.Printer("desk", lang)
}
