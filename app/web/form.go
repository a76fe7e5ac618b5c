package web

import (
	"bytes"
	"io"
	"maps"
	"mime/multipart"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/vietnamese"

	"github.com/gofiber/fiber/v2"
)

// maxFields is the most values a form may have: ours have some thirty, but one
// for each passage of a text that is translated beside its source. They are
// counted as early as can be; of a form in parts, the library below reads no
// more than a thousand before it gives up.
const maxFields = 800

// Form reads a submitted form and gathers what is wrong with it. Text is
// cleaned on the way in: valid UTF-8, NFC, no control characters.
type Form struct {
	values  map[string][]string
	files   map[string][]*multipart.FileHeader
	refused fault.Form
}

// ReadForm reads a form sent as a page does, with files or without, or as a
// flat JSON object.
func ReadForm(c *fiber.Ctx) (*Form, error) {
	f := &Form{values: map[string][]string{}}
	media := string(c.Request().Header.ContentType())
	switch {
	case strings.HasPrefix(media, fiber.MIMEMultipartForm):
		parsed, err := c.MultipartForm()
		if err != nil {
			return nil, malformed(err)
		}
		f.values, f.files = parsed.Value, parsed.File
	case strings.HasPrefix(media, fiber.MIMEApplicationJSON):
		if err := f.readJSON(c.BodyRaw()); err != nil { // Body would unpack it, to any size
			return nil, malformed(err)
		}
	default:
		if bytes.Count(c.BodyRaw(), []byte("&")) >= maxFields { // before each of them takes memory
			return nil, malformed(nil)
		}
		c.Request().PostArgs().VisitAll(func(key, value []byte) {
			f.values[string(key)] = append(f.values[string(key)], string(value))
		})
	}
	count := 0
	for _, values := range f.values {
		count += len(values)
	}
	if count > maxFields {
		return nil, malformed(nil)
	}
	return f, nil
}

func malformed(cause error) error {
	return &fault.Error{Kind: fault.Malformed, Message: fault.Say("error.malformed.title"), Cause: cause}
}

// Has says whether a field was sent.
func (f *Form) Has(name string) bool { return len(f.values[name]) > 0 }

// Text answers a field's text, at most max characters of it; more, or text
// that is not UTF-8, is refused at the field. What was sent is answered all
// the same, so that it can be shown again.
func (f *Form) Text(name string, max int) string {
	if len(f.values[name]) == 0 {
		return ""
	}
	return f.clean(name, f.values[name][0], max)
}

func (f *Form) clean(name, raw string, max int) string {
	text, ok := vietnamese.Clean(raw)
	if !ok {
		f.refused.Refuse(name, "error.not_utf8")
		return strings.ToValidUTF8(raw, "�")
	}
	if utf8.RuneCountInString(text) > max {
		f.refused.Refuse(name, "error.too_long", "Max", max)
	}
	return text
}

// List answers every value of a field that may be sent more than once.
func (f *Form) List(name string, max int) []string {
	var list []string
	for _, raw := range f.values[name] {
		if text := f.clean(name, raw, max); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// Names lists the fields that were sent with text.
func (f *Form) Names() []string { return slices.Sorted(maps.Keys(f.values)) }

// Prefixed answers the texts of the fields whose names begin with a prefix, by
// the rest of their names.
func (f *Form) Prefixed(prefix string, max int) map[string]string {
	texts := map[string]string{}
	for name := range f.values {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			texts[rest] = f.Text(name, max)
		}
	}
	return texts
}

// Secret answers a password as it was typed, but for its Unicode form.
func (f *Form) Secret(name string) string {
	if len(f.values[name]) == 0 || !utf8.ValidString(f.values[name][0]) {
		return ""
	}
	return vietnamese.NFC(f.values[name][0])
}

// LocalTime reads a moment in Vietnam's time, as a date-and-time field sends
// it or as people type it where a browser has no such field; the zero time
// when empty or refused.
func (f *Form) LocalTime(name string) time.Time {
	return f.moment(name, "error.bad_moment", momentLayouts...)
}

var momentLayouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2/1/2006 15:04", "15:04 2/1/2006", "15:04, 2/1/2006"}

// Moment reads a moment out of an address: exactly (RFC 3339), or as LocalTime
// reads it; ok is false for anything else.
func Moment(text string) (at time.Time, ok bool) {
	for _, layout := range append([]string{time.RFC3339Nano}, momentLayouts...) {
		t, err := time.ParseInLocation(layout, strings.TrimSpace(text), locale.Zone())
		if err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// LocalDate reads the beginning of a day in Vietnam's time.
func (f *Form) LocalDate(name string) time.Time {
	return f.moment(name, "error.bad_date", time.DateOnly, "2/1/2006")
}

func (f *Form) moment(name, refusal string, layouts ...string) time.Time {
	text := f.Text(name, 40)
	if text == "" {
		return time.Time{}
	}
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, text, locale.Zone())
		if err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return t.UTC()
		}
	}
	f.refused.Refuse(name, refusal)
	return time.Time{}
}

// File opens an uploaded file, nil when none was chosen.
func (f *Form) File(name string) (io.ReadCloser, string, error) {
	if len(f.files[name]) == 0 || f.files[name][0].Size == 0 {
		return nil, "", nil
	}
	header := f.files[name][0]
	file, err := header.Open()
	if err != nil {
		return nil, "", malformed(err)
	}
	return file, strings.ToValidUTF8(header.Filename, ""), nil
}

// Err answers what was refused so far, nil when nothing was.
func (f *Form) Err() error { return f.refused.Err() }

// Query reads a parameter of the address, cleaned; one that is not text or
// longer than max characters is malformed.
func Query(c *fiber.Ctx, name string, max int) (string, error) {
	text, ok := vietnamese.Clean(strings.Clone(c.Query(name)))
	if !ok || utf8.RuneCountInString(text) > max {
		return "", malformed(nil)
	}
	return text, nil
}

// QueryInt reads a whole number between two bounds from the address; absent
// it is usual, and anything else is malformed.
func QueryInt(c *fiber.Ctx, name string, usual, least, most int) (int, error) {
	text := strings.Clone(c.Query(name))
	if text == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, malformed(err)
	}
	return n, nil
}
