package desk

import (
	"io"
	"regexp"

	"doingoai/app/fault"
	"doingoai/app/web"
	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// maxList is the largest list of places that is taken in, in bytes.
const maxList = 200 << 10

func (d *Desk) importForm(c *fiber.Ctx) error { return d.showImport(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showImport(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := d.newThing(c, "places.import", "places", "places")
	show.refuse(c, refusal)
	show.Lead = show.T("places.import_lead")
	forms := siteForms{show.page, typed}
	show.Forms = []siteForm{forms.form("/site/places/import", "places.import", "places.import_button", siteInput{
		Name: "list", Type: "file", Required: true, Hint: show.T("hint.list"),
	})}
	return d.show(c, status, "site-thing", show)
}

// importPlaces takes in a list, whole or not at all.
func (d *Desk) importPlaces(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	list, err := readPlaces(form)
	if err == nil {
		_, err = d.Places.Import(web.Context(c), web.Actor(c), list)
	}
	return d.sent(c, err, "/site/places", "places_imported", func(status int, refusal error) error {
		return d.showImport(c, status, form, refusal)
	})
}

func readPlaces(form *web.Form) ([]content.Place, error) {
	var refused fault.Form
	file, name, err := form.File("list")
	if err != nil {
		return nil, err
	}
	if file == nil {
		refused.Refuse("list", "error.required")
		return nil, refused.Err()
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxList+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxList {
		refused.Refuse("list", "error.place.list_large", "Max", maxList>>10)
		return nil, refused.Err()
	}
	list, err := content.ParsePlaces(name, data)
	if err != nil {
		refuseList(&refused, err)
	}
	return list, refused.Err()
}

var inLine = regexp.MustCompile(`line (\d+)`)

// refuseList says from which line on a list cannot be read, where that is
// known. What else the reader of the format says is about the program.
func refuseList(form *fault.Form, err error) {
	if found := inLine.FindStringSubmatch(err.Error()); found != nil {
		form.Refuse("list", "error.place.list_line", "Line", found[1])
		return
	}
	form.Refuse("list", "error.place.list_unreadable")
}
