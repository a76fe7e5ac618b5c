package desk

import (
	"encoding/json"
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// resend is a form that could not be taken as it came, because the session was
// over or a proof was due. It travels with the person, as a hidden field of the
// page that asks them, so that nothing typed is lost where there is no script.
// Files do not travel: a browser sends them from its own form only.
type resend struct {
	Path   string        `json:"path"`
	Fields []resendField `json:"fields"`
}

type resendField struct {
	Name  string `json:"n"`
	Value string `json:"v"`
}

// maxResend is the most characters of a form that travels.
const maxResend = textBody / 2

type resendPage struct {
	page
	Form resend
	Kept []keptText // what of it are sentences, so that one sees what is sent
}

// keptText is a text of a form under its name, with the words for that.
type keptText struct{ Name, Label, Text string }

// untravelled are fields that belong to a session, or that nobody else may see.
var untravelled = []string{"csrf", "old", "new", "password"}

// resendOf is the form of this request, the zero resend when there is none or
// when it cannot travel.
func (d *Desk) resendOf(c *fiber.Ctx) resend {
	r := resend{Path: localPath(c.OriginalURL())}
	form, err := web.ReadForm(c)
	if err != nil || c.Method() != fiber.MethodPost || !d.isSendable(r.Path) {
		return resend{}
	}
	size := 0
	for _, name := range form.Names() {
		if slices.Contains(untravelled, name) {
			continue
		}
		for _, value := range form.List(name, maxResend) {
			r.Fields = append(r.Fields, resendField{name, value})
			size += len(name) + len(value)
		}
	}
	if form.Err() != nil || size > maxResend {
		return resend{}
	}
	return r
}

// isSendable says whether an address takes forms of people who are signed in.
func (d *Desk) isSendable(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	segments := strings.Split(strings.Trim(path, "/"), "/")
	return slices.ContainsFunc(d.sendable, func(route []string) bool { return fits(route, segments) })
}

// text is the form as a page carries it, "" for none.
func (r resend) text() string {
	if r.Path == "" {
		return ""
	}
	text, err := json.Marshal(r)
	if err != nil {
		return "" // texts always have a JSON form
	}
	return string(text)
}

// showResend shows the form that travelled, ready to be sent by the session
// that has just begun.
func (d *Desk) showResend(c *fiber.Ctx, text string) error {
	show := resendPage{page: d.page(c, "resend.title", "account")}
	if err := json.Unmarshal([]byte(text), &show.Form); err != nil || !d.isSendable(show.Form.Path) || localPath(show.Form.Path) != show.Form.Path {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	for _, f := range show.Form.Fields {
		switch {
		case f.Value == "":
		case slices.Contains(sentences, f.Name):
			show.Kept = append(show.Kept, keptText{f.Name, show.T("field." + f.Name), f.Value})
		case strings.HasPrefix(f.Name, newsroom.ParagraphPrefix):
			show.Kept = append(show.Kept, keptText{f.Name, show.T("field.body"), f.Value})
		}
	}
	return d.show(c, fiber.StatusOK, "resend", show)
}

// sentences are the fields of forms that people write.
var sentences = []string{"kicker", "headline", "standfirst", "lead_alt", "lead_caption", "body", "reason", "note"}
