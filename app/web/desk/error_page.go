package desk

import (
	"errors"
	"log/slog"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type errorPage struct {
	page
	ID     string // under which the log has it, "" for what is no mistake of ours
	Body   string
	SignIn bool    // signing in is the way on
	Kept   []field // what was typed into the form that could not be taken
	Resend string  // the form itself, to be sent after signing in
}

// ErrorPage shows a refusal or a mistake of ours in the person's language; it
// is the last resort of every handler. Script that asks for JSON gets the same
// words as JSON.
func (d *Desk) ErrorPage(c *fiber.Ctx, status int, id string, err error) error {
	kind := fault.KindOf(err)
	f, ok := fault.As(err)
	if !ok {
		f = fault.New(kind, "error.internal.title")
	}
	show := errorPage{page: d.page(c, "error.title", ""), ID: id, SignIn: kind == fault.SignedOut}
	show.refused(f)
	show.Title = show.Errors.Summary
	if key := "error." + string(kind) + ".body"; show.P.Has(key) {
		show.Body = show.T(key, "ID", id)
	}
	if show.Outside && (kind == fault.NotFound || kind == fault.NotPossible) {
		show.Body = show.T("error.preview.body")
	}
	if web.WantsJSON(c) {
		return c.Status(status).JSON(fiber.Map{
			"code": codeOf(err), "error": show.Title, "body": show.Body, "fields": show.Errors.Fields, "id": id,
		})
	}
	if account.IsProofDue(err) {
		if err = d.askForProof(c, status); err == nil {
			return nil
		}
	}
	// Else another site may have sent the form.
	if kind == fault.SignedOut || show.Actor.ID != "" || kind == fault.Unavailable && web.FromHere(c) {
		show.Kept = kept(c)
	}
	if show.SignIn && len(show.Kept) > 0 {
		show.Resend = d.resendOf(c).text()
	}
	if renderErr := d.show(c, status, "error", show); renderErr != nil {
		slog.Error("the error page itself failed", "id", id, "error", errors.Join(renderErr, err))
		return c.Status(status).SendString(show.Title)
	}
	return nil
}

// codeOf is a refusal as script tells it from others: its kind, but for those
// to which script has an answer.
func codeOf(err error) string {
	if account.IsProofDue(err) {
		return "proof"
	}
	return string(fault.KindOf(err))
}

// kept answers the texts of a form that could not be taken, so that nobody
// loses a sentence: they can be copied from the error page.
func kept(c *fiber.Ctx) []field {
	if c.Method() != fiber.MethodPost {
		return nil
	}
	form, err := web.ReadForm(c)
	if err != nil {
		return nil // what cannot be read cannot be shown
	}
	content := readContent(form)
	if form.Has("cells") { // typed passage by passage
		beside := readBeside(form)
		content = beside.Over(content)
	}
	content.Section, content.Lead.Media = "", "" // identifiers are nobody's sentences
	typed := append(append(fields(content), factFields(content, form.Text(writtenIn, 10))...),
		field{"reason", form.Text("reason", 2*newsroom.MaxReason)}, field{"note", form.Text("note", 2*newsroom.MaxReason)})
	var list []field
	for _, f := range typed {
		if f.Text != "" {
			list = append(list, f)
		}
	}
	return list
}
