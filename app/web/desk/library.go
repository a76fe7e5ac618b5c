package desk

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// The media library: what there is (here), and one file with what is said of
// it (library_entry.go).

// maxSearch is the longest text that is looked for.
const maxSearch = 200

type libraryPage struct {
	page
	Filter         media.Filter
	Files          []libraryFile
	Agencies       []choice
	Kinds          []kindChoice
	MayUploadTo    []choice // agencies for which the person may bring files
	Previous, Next string   // addresses of the neighbouring pages
}

// kindChoice leads to the files of one kind; "" is all of them.
type kindChoice struct {
	Kind    media.Kind
	Address string
	Chosen  bool
}

// kindChoices lead from a filter to the same filter of each kind.
func kindChoices(f media.Filter, address func(media.Filter) string) []kindChoice {
	choices := make([]kindChoice, 0, 1+len(media.Kinds))
	for _, kind := range append([]media.Kind{""}, media.Kinds...) {
		of := f
		of.Kind, of.Page = kind, 1
		choices = append(choices, kindChoice{kind, address(of), kind == f.Kind})
	}
	return choices
}

// libraryFile is a file as the pages of the library show it.
type libraryFile struct {
	media.Media
	Title      string
	Weight     string // its size, in words
	AgencyName string
	Notice     string // "expired", "expiring", "unspoken", "" when there is nothing to tell
}

// Is says whether the file is of a kind.
func (f libraryFile) Is(kind media.Kind) bool { return f.Kind == kind }

// Format is what people call the type of the file, such as PDF: the end of its
// name.
func (f libraryFile) Format() string {
	return strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), "."))
}

// Lasts is how long sound or a film is, as players write it; "" when it does not say.
func (f libraryFile) Lasts() string {
	if f.Seconds == 0 {
		return ""
	}
	if hours := f.Seconds / 3600; hours > 0 {
		return fmt.Sprintf("%d:%02d:%02d", hours, f.Seconds/60%60, f.Seconds%60)
	}
	return fmt.Sprintf("%d:%02d", f.Seconds/60, f.Seconds%60)
}

// Thumbnail is the picture that a list shows.
func (f libraryFile) Thumbnail() string {
	if f.Small != nil {
		return f.Small.Path()
	}
	return f.Path()
}

// FocusClass names the styles that keep the motif in view.
func (f libraryFile) FocusClass() string {
	return "focus-x-" + strconv.Itoa((f.Focus.X+50)/100) + " focus-y-" + strconv.Itoa((f.Focus.Y+50)/100)
}

// library lists the files that the person may see; the filter is the address.
func (d *Desk) library(c *fiber.Ctx) error { return d.showLibrary(c, fiber.StatusOK, nil) }

func (d *Desk) showLibrary(c *fiber.Ctx, status int, refusal error) error {
	show := libraryPage{page: d.page(c, "media.title", "media")}
	show.refusedAs("media.not_added", refusal)
	f, err := readLibraryFilter(c)
	if err != nil {
		return err
	}
	show.Filter = f
	found, more, err := d.Media.Find(web.Context(c), show.Actor, f)
	if err != nil {
		return err
	}
	names, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	for _, m := range found {
		show.Files = append(show.Files, d.libraryFile(show.page, m, names))
	}
	show.Kinds = kindChoices(f, libraryAddress)
	if show.Agencies, err = d.agencyChoices(c, show.Lang()); err != nil {
		return err
	}
	for _, a := range show.Agencies {
		if _, may := show.Actor.May(account.Upload, a.Value); may {
			show.MayUploadTo = append(show.MayUploadTo, a)
		}
	}
	if f.Page > 1 {
		show.Previous = libraryAddress(onPage(f, f.Page-1))
	}
	if more {
		show.Next = libraryAddress(onPage(f, f.Page+1))
	}
	return d.show(c, status, "library", show)
}

// libraryFile puts a file into words: its title is what it shows, in the
// language of the page where somebody has said it.
func (d *Desk) libraryFile(p page, m media.Media, agencies map[string]string) libraryFile {
	f := libraryFile{Media: m, AgencyName: agencies[m.AgencyID], Title: m.FileName, Weight: p.P.Bytes(m.Size)}
	said := map[string]string{}
	for lang, w := range m.Words {
		if w.Alt != "" {
			said[lang] = w.Alt
		}
	}
	if alt := named(said, p.Lang()); alt != "" {
		f.Title = alt
	}
	switch now := d.DB.Now(); {
	case m.Expired(now):
		f.Notice = "expired"
	case m.Expiring(now):
		f.Notice = "expiring"
	case len(said) == 0:
		f.Notice = "unspoken"
	}
	return f
}

func readLibraryFilter(c *fiber.Ctx) (media.Filter, error) {
	f := media.Filter{Expiring: c.Query("expiring") == "1", Unused: c.Query("unused") == "1"}
	var err error
	if f.Page, err = web.QueryInt(c, "page", 1, 1, 10_000); err != nil {
		return f, err
	}
	if f.Text, err = web.Query(c, "q", maxSearch); err != nil {
		return f, err
	}
	if f.Kind, err = queryKind(c); err != nil {
		return f, err
	}
	f.Agency, err = web.Query(c, "agency", 40)
	return f, err
}

// queryKind reads the kind that an address asks for; one that there is not is
// no address of ours.
func queryKind(c *fiber.Ctx) (media.Kind, error) {
	kind := media.Kind(strings.Clone(c.Query("kind")))
	if kind != "" && !slices.Contains(media.Kinds, kind) {
		return "", errNoPage()
	}
	return kind, nil
}

// onPage is the same filter on another page.
func onPage(f media.Filter, page int) media.Filter {
	f.Page = page
	return f
}

// libraryAddress is the list's address.
func libraryAddress(f media.Filter) string {
	q := url.Values{}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	if f.Kind != "" {
		q.Set("kind", string(f.Kind))
	}
	if f.Text != "" {
		q.Set("q", f.Text)
	}
	if f.Agency != "" {
		q.Set("agency", f.Agency)
	}
	for name, wanted := range map[string]bool{"expiring": f.Expiring, "unused": f.Unused} {
		if wanted {
			q.Set(name, "1")
		}
	}
	if len(q) == 0 {
		return "/media"
	}
	return "/media?" + q.Encode()
}

// addToLibrary takes a file from the plain form.
func (d *Desk) addToLibrary(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	agency := form.Text("agency", 40)
	file, name, err := form.File("file")
	if err != nil {
		return err
	}
	if file == nil {
		var missing fault.Form
		missing.Refuse("file", "error.media.none")
		return d.showLibrary(c, fiber.StatusUnprocessableEntity, missing.Err())
	}
	defer file.Close()
	m, err := d.Media.Add(web.Context(c), web.Actor(c), agency, name, file)
	if correctable(err) {
		return d.showLibrary(c, web.Status(err), atFile(err))
	}
	if err != nil {
		return err
	}
	return c.Redirect(mediaPath(m.Hash)+"?done=media_added", fiber.StatusSeeOther)
}

// atFile tells why a file was not taken at the field it was chosen in.
func atFile(err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Message: fault.Say("error.form"), Fields: map[string]fault.Message{"file": f.Message}, Cause: err}
}

func mediaPath(hash string) string { return "/media/" + hash }

// MaxFormMB is the most megabytes of a file in a form. Script brings larger ones
// in pieces.
func (libraryPage) MaxFormMB() int { return media.MaxBytes >> 20 }
