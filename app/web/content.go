package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Content is a stored file that is sent: whole, or the part that was asked for.
type Content struct {
	Body     io.ReadSeekCloser
	Size     int64
	Type     string
	Tag      string    // a strong one, with its quotation marks
	Modified time.Time // zero: it is not told
	// SaveAs, when set, has browsers save the file under this name instead of
	// showing it.
	SaveAs string
}

// contentPolicy keeps a stored file from doing anything, should a browser ever
// take it for a page.
const contentPolicy = "default-src 'none'; sandbox"

// SendContent sends a file, and closes it. It is never whole in memory, and may
// take as long as its reader's line needs as long as something moves. A part is
// sent where one is asked for (RFC 9110 §14), and the whole file where the asker
// has parts of another one (If-Range) or asks for several at once.
//
// A part beyond the end is answered 416 and no words; the caller sees that by
// the status, as it sees 304.
func SendContent(c *fiber.Ctx, f Content) error {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, contentPolicy)
	if f.isKnown(c) {
		f.describe(c)
		c.Status(fiber.StatusNotModified)
		return f.Body.Close()
	}
	from, n, status := f.part(c)
	switch status {
	case fiber.StatusRequestedRangeNotSatisfiable:
		c.Status(status).Set(fiber.HeaderContentRange, fmt.Sprint("bytes */", f.Size))
		c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
		c.Set(fiber.HeaderCacheControl, "no-store")
		return f.Body.Close()
	case fiber.StatusPartialContent:
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, from+n-1, f.Size))
	}
	if _, err := f.Body.Seek(from, io.SeekStart); err != nil {
		return errors.Join(err, f.Body.Close())
	}
	f.describe(c)
	c.Status(status).Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderContentType, f.Type)
	if f.SaveAs != "" {
		c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": f.SaveAs}))
	}
	return c.SendStream(&moving{io.LimitReader(f.Body, n), f.Body, c.Context().Conn()}, int(n)) // closes it
}

func (f Content) describe(c *fiber.Ctx) {
	c.Set(fiber.HeaderETag, f.Tag)
	if !f.Modified.IsZero() {
		c.Set(fiber.HeaderLastModified, f.Modified.UTC().Format(http.TimeFormat))
	}
}

// isKnown says whether the asker has this file already.
func (f Content) isKnown(c *fiber.Ctx) bool {
	if tags := c.Request().Header.Peek(fiber.HeaderIfNoneMatch); len(tags) > 0 {
		return HasTag(tags, f.Tag)
	}
	since, err := http.ParseTime(strings.Clone(c.Get(fiber.HeaderIfModifiedSince)))
	return err == nil && !f.Modified.IsZero() && !f.Modified.Truncate(time.Second).After(since)
}

// part answers which bytes are to be sent, under which status.
func (f Content) part(c *fiber.Ctx) (from, n int64, status int) {
	asked := strings.Clone(c.Get(fiber.HeaderRange))
	if asked == "" || strings.Contains(asked, ",") || !f.isSame(strings.Clone(c.Get(fiber.HeaderIfRange))) {
		return 0, f.Size, fiber.StatusOK
	}
	if from, n, ok := readRange(asked, f.Size); ok {
		return from, n, fiber.StatusPartialContent
	}
	return 0, 0, fiber.StatusRequestedRangeNotSatisfiable
}

// isSame says whether what If-Range names is this very file. A time is not
// enough: it tells too little to join two halves.
func (f Content) isSame(condition string) bool { return condition == "" || condition == f.Tag }

// readRange reads a range of bytes of a file of a size.
func readRange(asked string, size int64) (from, n int64, ok bool) {
	first, last, ok := strings.Cut(strings.TrimPrefix(asked, "bytes="), "-")
	if !ok || !strings.HasPrefix(asked, "bytes=") {
		return 0, 0, false
	}
	number := func(s string) int64 {
		v, err := strconv.ParseUint(s, 10, 63)
		if err != nil {
			return -1
		}
		return int64(v)
	}
	if first == "" { // so many bytes of the end
		n = min(number(last), size)
		return size - n, n, n > 0
	}
	from, end := number(first), size-1
	if last != "" {
		end = min(number(last), size-1)
	}
	return from, end - from + 1, from >= 0 && from < size && end >= from
}

// HasTag says whether an If-None-Match header holds a tag.
func HasTag(header []byte, tag string) bool {
	for len(header) > 0 {
		var part []byte
		part, header, _ = bytes.Cut(header, []byte(","))
		part = bytes.TrimPrefix(bytes.TrimSpace(part), []byte("W/"))
		if string(part) == tag || string(part) == "*" {
			return true
		}
	}
	return false
}

// moving is a body that may take its time but must keep moving: whenever more of
// it is wanted, the line has taken what was read before.
type moving struct {
	io.Reader
	io.Closer
	line net.Conn
}

func (m *moving) Read(p []byte) (int, error) {
	if err := m.line.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return 0, err
	}
	return m.Reader.Read(p)
}
