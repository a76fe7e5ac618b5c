package web

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"

	"github.com/gofiber/fiber/v2"
)

// closing remembers that it was closed.
type closing struct {
	io.ReadSeeker
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestAFileIsSentWholeOrInParts(t *testing.T) {
	const text = "0123456789"
	made := time.Date(2026, 11, 25, 2, 0, 0, 5, time.UTC)
	var body *closing
	app := NewApp(Options{Name: "test"})
	app.Get("/file", func(c *fiber.Ctx) error {
		body = &closing{ReadSeeker: strings.NewReader(text)}
		return SendContent(c, Content{Body: body, Size: int64(len(text)), Type: "video/mp4", Tag: `"abc"`, Modified: made, SaveAs: c.Query("save")})
	})
	reader := apptest.NewVisitor(t, app, "http://localhost")
	for _, c := range []struct {
		name    string
		headers []string
		status  int
		body    string
		part    string
	}{
		{"whole", nil, 200, text, ""},
		{"the beginning", []string{"Range", "bytes=0-3"}, 206, "0123", "bytes 0-3/10"},
		{"one byte", []string{"Range", "bytes=9-9"}, 206, "9", "bytes 9-9/10"},
		{"from a place on", []string{"Range", "bytes=4-"}, 206, "456789", "bytes 4-9/10"},
		{"further than there is", []string{"Range", "bytes=8-99"}, 206, "89", "bytes 8-9/10"},
		{"the end", []string{"Range", "bytes=-3"}, 206, "789", "bytes 7-9/10"},
		{"more of the end than there is", []string{"Range", "bytes=-99"}, 206, text, "bytes 0-9/10"},
		{"beyond the end", []string{"Range", "bytes=10-"}, 416, "", "bytes */10"},
		{"nothing of the end", []string{"Range", "bytes=-0"}, 416, "", "bytes */10"},
		{"backwards", []string{"Range", "bytes=5-4"}, 416, "", "bytes */10"},
		{"no numbers", []string{"Range", "bytes=x-"}, 416, "", "bytes */10"},
		{"a number that is none", []string{"Range", "bytes=99999999999999999999-"}, 416, "", "bytes */10"},
		{"other units", []string{"Range", "lines=1-2"}, 416, "", "bytes */10"},
		{"several parts", []string{"Range", "bytes=0-1,4-5"}, 200, text, ""},
		{"the same file goes on", []string{"Range", "bytes=5-", "If-Range", `"abc"`}, 206, "56789", "bytes 5-9/10"},
		{"another file does not", []string{"Range", "bytes=5-", "If-Range", `"def"`}, 200, text, ""},
		{"nor does one of that time", []string{"Range", "bytes=5-", "If-Range", made.Format(http.TimeFormat)}, 200, text, ""},
		{"known by its tag", []string{"If-None-Match", `"x", W/"abc"`}, 304, "", ""},
		{"known by its time", []string{"If-Modified-Since", made.Format(http.TimeFormat)}, 304, "", ""},
		{"a tag counts for more than a time", []string{"If-None-Match", `"x"`, "If-Modified-Since", made.Format(http.TimeFormat)}, 200, text, ""},
		{"known before", []string{"If-Modified-Since", made.Add(-time.Hour).Format(http.TimeFormat)}, 200, text, ""},
	} {
		a := reader.Get("/file", c.headers...)
		if a.Status != c.status || a.Body != c.body || a.Header.Get("Content-Range") != c.part {
			t.Errorf("%s: %d %q %q", c.name, a.Status, a.Body, a.Header.Get("Content-Range"))
		}
		if a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
			t.Errorf("%s: %v", c.name, a.Header)
		}
		if c.status < 300 && (a.Header.Get("Accept-Ranges") != "bytes" || a.Header.Get("Content-Type") != "video/mp4" || a.Header.Get("ETag") != `"abc"`) {
			t.Errorf("%s: %v", c.name, a.Header)
		}
		if !body.closed {
			t.Errorf("%s: the file stays open", c.name)
		}
	}
	if a := reader.Get("/file"); a.Header.Get("Content-Disposition") != "" {
		t.Errorf("shown: %v", a.Header)
	}
	if a := reader.Get("/file?save=Quy%E1%BA%BFt%22.pdf"); a.Header.Get("Content-Disposition") != `attachment; filename*=utf-8''Quy%E1%BA%BFt%22.pdf` {
		t.Errorf("saved: %v", a.Header)
	}
}

// A file that takes its reader longer than an answer may take arrives all the
// same, as long as something moves: with every piece the time begins anew.
func TestAFileMayTakeItsTimeAsLongAsItMoves(t *testing.T) {
	line, reader := net.Pipe()
	go func() { _, _ = io.Copy(io.Discard, reader) }() // ends with the line
	past := func() {
		if err := line.SetWriteDeadline(time.Now().Add(-time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	body := &moving{strings.NewReader("0123456789"), io.NopCloser(nil), line}
	for range 2 {
		past()
		if _, err := body.Read(make([]byte, 5)); err != nil {
			t.Fatal(err)
		}
		if _, err := line.Write([]byte("01234")); err != nil {
			t.Errorf("the line is given up: %v", err)
		}
	}
	past()
	if _, err := line.Write([]byte("x")); err == nil {
		t.Error("a line that stands still is not given up")
	}
	if err := errors.Join(line.Close(), reader.Close()); err != nil {
		t.Error(err)
	}
}
