package desk

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// pickerPage offers the files of the library that a text may use: pictures for
// its lead, documents for what is one, any kind for its body. The text
// was saved on the way here; choosing one makes the next revision. Script shows
// the same page beside the text, and puts what is chosen where the writer is.
type pickerPage struct {
	page
	Ref            newsroom.Ref
	Back           string // the text
	For            string // of pickable
	Filter         media.Filter
	Kinds          []kindChoice // nil where only pictures can be chosen
	Files          []libraryFile
	Previous, Next string // addresses of the neighbouring pages
}

// In are a picture's words in the language of the text.
func (p pickerPage) In(f libraryFile) media.Words { return f.Words[p.Ref.Lang] }

// pickable are the places of a text that a file may be chosen for.
var pickable = map[string]bool{"lead": true, "body": true, "file": true}

func (d *Desk) picker(c *fiber.Ctx) error {
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	show := pickerPage{page: d.page(c, "picker.title", "media"), Ref: sheet.Ref, Back: editionPath(sheet.Ref), For: strings.Clone(c.Query("place"))}
	if !pickable[show.For] {
		return errNoPage()
	}
	f := media.Filter{Usable: sheet.Agency, Kind: media.Picture}
	switch show.For {
	case "file":
		f.Kind = media.Document
	case "body":
		if f.Kind, err = queryKind(c); err != nil {
			return err
		}
	}
	if f.Page, err = web.QueryInt(c, "page", 1, 1, 10_000); err != nil {
		return err
	}
	if f.Text, err = web.Query(c, "q", maxSearch); err != nil {
		return err
	}
	found, more, err := d.Media.Find(web.Context(c), show.Actor, f)
	if err != nil {
		return err
	}
	agencies, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	for _, m := range found {
		show.Files = append(show.Files, d.libraryFile(show.page, m, agencies))
	}
	show.Filter = f
	if show.For == "body" {
		show.Kinds = kindChoices(f, show.address)
	}
	if f.Page > 1 {
		show.Previous = show.address(onPage(f, f.Page-1))
	}
	if more {
		show.Next = show.address(onPage(f, f.Page+1))
	}
	return d.show(c, fiber.StatusOK, "picker", show)
}

func (p pickerPage) address(f media.Filter) string {
	return pickerPath(p.Ref, p.For) + "&" + url.Values{"q": {f.Text}, "kind": {string(f.Kind)}, "page": {strconv.Itoa(f.Page)}}.Encode()
}

func pickerPath(ref newsroom.Ref, place string) string {
	return editionPath(ref) + "/pictures?place=" + place
}

// pick puts a file of the library into the newest revision of a text, with
// what the library says of it in the language of the text.
func (d *Desk) pick(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ctx, actor, ref := web.Context(c), web.Actor(c), refOf(c)
	sheet, err := d.Newsroom.Open(ctx, actor, ref)
	if err != nil {
		return err
	}
	m, err := d.Media.Entry(ctx, actor, form.Text("hash", 64))
	if err != nil {
		return err
	}
	content := sheet.Revision.Content
	switch form.Text("place", 10) {
	case "lead":
		words := m.Words[ref.Lang]
		content.Lead = newsroom.Lead{Media: m.Hash, Alt: words.Alt, Caption: words.Caption, Credit: m.Rights.Credit}
	case "file":
		content.Facts = content.Facts.With("file", m.Hash)
	case "body":
		content.Body = strings.TrimRight(content.Body, "\n") + "\n\n" + fileMarkdown(m, ref.Lang) + "\n"
	default:
		return errNoPage()
	}
	if _, err := d.Newsroom.Save(ctx, actor, ref, sheet.Revision.Number, content); err != nil {
		return err
	}
	return c.Redirect(editionPath(ref)+"?done=picked&edit=1", fiber.StatusSeeOther)
}

// fileMarkdown writes a file as a body has it, of whatever kind it is: what is
// made of it is told by the library. A document is called by its title. The caption ends with the
// credit, which a body has no other place for.
func fileMarkdown(m media.Media, lang string) string {
	words := m.Words[lang]
	caption := joined(" · ", words.Caption, m.Rights.Credit)
	escape := strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `"`, `\"`)
	if caption == "" {
		return fmt.Sprintf("![%s](media:%s)", escape.Replace(words.Alt), m.Hash)
	}
	return fmt.Sprintf(`![%s](media:%s "%s")`, escape.Replace(words.Alt), m.Hash, escape.Replace(caption))
}

// MayPick says whether the person may choose from the library.
func (p editionPage) MayPick() bool { return p.Actor.MayAnywhere(account.BrowseMedia) }
