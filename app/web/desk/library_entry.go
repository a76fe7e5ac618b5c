package desk

import (
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/locale"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/web"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// libraryEntryPage is one file of the library: what it is, what is said of it,
// where it is used.
type libraryEntryPage struct {
	page
	File        libraryFile
	By          string
	Uses        []newsroom.FileUse
	Others      int         // uses in texts that the person does not see
	Words       []fileWords // by language
	Rights      media.Rights
	Focus       media.Focus
	Renditions  media.Progress
	MayDescribe bool
	Late        []lateWords // words that are behind their source
	MayLicense  bool
	MayDelete   bool
}

// fileWords are what a file shows, in one language.
type fileWords struct {
	Lang string
	media.Words
	Always bool // its fields stand open, said or not
	May    bool // be changed by this person
}

// wordsForm is a language's part of the form.
type wordsForm struct {
	fileWords
	Page libraryEntryPage
}

// In gives a language's part of the form its page.
func (p libraryEntryPage) In(words fileWords) wordsForm { return wordsForm{words, p} }

// LateAt is the id of what is said of words that are behind, "" for others.
func (p libraryEntryPage) LateAt(part, lang string) string {
	for _, w := range p.Late {
		if w.Part == part && w.Lang == lang {
			return w.ID()
		}
	}
	return ""
}

// Licences are what can be chosen.
func (libraryEntryPage) Licences() []media.Licence { return media.Licences }

// Removable says whether the file can be deleted by this person, and now.
func (p libraryEntryPage) Removable() bool {
	return p.MayDelete && p.File.DeletedAt.IsZero() && len(p.Uses) == 0 && p.Others == 0
}

// Percent is a part of a thousand as people write it.
func (libraryEntryPage) Percent(thousandths int) int { return (thousandths + 5) / 10 }

// Widths are those that browsers choose from, in pixels.
func (p libraryEntryPage) Widths() string {
	var list []string
	for _, f := range p.File.Renditions {
		if f.Type == "image/webp" {
			list = append(list, strconv.Itoa(f.Width))
		}
	}
	return strings.Join(list, ", ")
}

// Reason says why renditions were given up: what the library refused in its own
// words, anything else as what people need not understand.
func (p libraryEntryPage) Reason() string {
	if key := p.Renditions.Trouble; p.P.Has(key) {
		return p.T(key)
	}
	return p.T("media.renditions_reason")
}

// FieldLabel names a refused field as its form does.
func (p libraryEntryPage) FieldLabel(field string) string {
	if name, lang, ok := strings.Cut(field, "_"); ok && (name == "alt" || name == "caption") {
		if name == "alt" && !p.File.Is(media.Picture) {
			name = "description"
		}
		return p.T("media."+name) + ", " + p.Language(lang)
	}
	if field == "credit" {
		return p.T("media.credit." + string(p.File.Kind))
	}
	return p.page.FieldLabel(field)
}

// LastDay is the last day of the rights, as its field takes it.
func (p libraryEntryPage) LastDay() string {
	if p.Rights.Expires.IsZero() {
		return ""
	}
	return lastDay(p.Rights.Expires).In(locale.Zone()).Format(time.DateOnly)
}

func (d *Desk) libraryEntry(c *fiber.Ctx) error {
	return d.showEntry(c, fiber.StatusOK, func(*libraryEntryPage) {})
}

// showEntry shows a file; typed puts into the forms what was typed into them.
func (d *Desk) showEntry(c *fiber.Ctx, status int, typed func(*libraryEntryPage)) error {
	show := libraryEntryPage{page: d.page(c, "media.title", "media")}
	ctx := web.Context(c)
	m, err := d.Media.Entry(ctx, show.Actor, web.Param(c, "hash"))
	if err != nil {
		return err
	}
	agencies, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	show.File = d.libraryFile(show.page, m, agencies)
	show.Title, show.Rights, show.Focus = show.File.Title, m.Rights, m.Focus
	show.fillWords(m.Words)
	if show.Uses, show.Others, err = d.Newsroom.FileUses(ctx, show.Actor, m.Hash); err != nil {
		return err
	}
	if show.Renditions, err = d.Media.Progress(ctx, m.Hash); err != nil {
		return err
	}
	people, err := d.Accounts.Names(ctx, []string{m.PersonID})
	if err != nil {
		return err
	}
	show.By = people[m.PersonID]
	_, show.MayDescribe = show.Actor.May(account.DescribeMedia, m.AgencyID)
	if show.Late, err = d.late(c, show.page, wording.Media, m.Hash); err != nil {
		return err
	}
	_, show.MayLicense = show.Actor.May(account.LicenseMedia, m.AgencyID)
	_, show.MayDelete = show.Actor.May(account.DeleteMedia, m.AgencyID)
	typed(&show)
	return d.show(c, status, "library-entry", show)
}

// fillWords puts the words of every language into the form, those of the
// interface's languages first.
func (p *libraryEntryPage) fillWords(words map[string]media.Words) {
	p.Words = nil
	for _, lang := range newsroom.Languages {
		said := words[lang] != media.Words{}
		may := p.File.MayWord(p.Actor, lang)
		p.Words = append(p.Words, fileWords{lang, words[lang], said || may && (lang == "vi" || lang == "en"), may})
	}
}

// describeMedia keeps what a file shows and where its motif is.
func (d *Desk) describeMedia(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	told := media.Description{Words: map[string]media.Words{}}
	for _, lang := range newsroom.Languages {
		told.Words[lang] = media.Words{Alt: form.Text("alt_"+lang, roomy), Caption: form.Text("caption_"+lang, roomy)}
	}
	told.Focus = media.Focus{X: thousandths(form.Text("focus_x", 10)), Y: thousandths(form.Text("focus_y", 10))}
	if err = form.Err(); err == nil {
		err = d.Media.Describe(web.Context(c), web.Actor(c), web.Param(c, "hash"), versionIn(form), told)
	}
	return d.entrySent(c, err, "media_described", func(show *libraryEntryPage) {
		show.fillWords(told.Words)
		show.Focus = told.Focus
	})
}

// thousandths reads a percentage; what is none is refused as one out of range.
func thousandths(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n > 100 {
		return -1
	}
	return 10 * n
}

// versionIn is the version of a file's description that a form started from;
// 0 is none.
func versionIn(form *web.Form) int {
	n, err := strconv.Atoi(form.Text("version", 10))
	if err != nil {
		return 0
	}
	return n
}

// licenseMedia keeps whose a file is and on which terms it may be used.
func (d *Desk) licenseMedia(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	rights := media.Rights{
		Credit: form.Text("credit", roomy), Licence: media.Licence(form.Text("licence", 40)), Terms: form.Text("terms", roomy),
		Shared: form.Has("shared"),
	}
	if day := form.LocalDate("expires"); !day.IsZero() {
		rights.Expires = day.In(locale.Zone()).AddDate(0, 0, 1).UTC() // the day itself is still good
	}
	if err = form.Err(); err == nil {
		err = d.Media.SetRights(web.Context(c), web.Actor(c), web.Param(c, "hash"), versionIn(form), rights)
	}
	return d.entrySent(c, err, "media_licensed", func(show *libraryEntryPage) { show.Rights = rights })
}

func (d *Desk) deleteMedia(c *fiber.Ctx) error {
	err := d.Media.Delete(web.Context(c), web.Actor(c), web.Param(c, "hash"))
	return d.entrySent(c, err, "media_deleted", func(*libraryEntryPage) {})
}

func (d *Desk) restoreMedia(c *fiber.Ctx) error {
	err := d.Media.Restore(web.Context(c), web.Actor(c), web.Param(c, "hash"))
	return d.entrySent(c, err, "media_restored", func(*libraryEntryPage) {})
}

func (d *Desk) retryMedia(c *fiber.Ctx) error {
	err := d.Media.Retry(web.Context(c), web.Actor(c), web.Param(c, "hash"))
	return d.entrySent(c, err, "media_retried", func(*libraryEntryPage) {})
}

// entrySent ends a form of a file's page: it goes back to the page, or has it
// shown again with the refusal and what was typed.
func (d *Desk) entrySent(c *fiber.Ctx, err error, done string, typed func(*libraryEntryPage)) error {
	if err == nil {
		return c.Redirect(mediaPath(web.Param(c, "hash"))+"?done="+done, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	return d.showEntry(c, web.Status(err), func(show *libraryEntryPage) {
		show.refused(err)
		typed(show)
	})
}
