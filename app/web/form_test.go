package web

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/unicode/norm"
)

// reading sends a request to a handler that reads its form, and answers the status.
func reading(t *testing.T, r *http.Request, read func(*Form)) int {
	t.Helper()
	answer, err := answering(func(c *fiber.Ctx) error {
		form, err := ReadForm(c)
		if err != nil {
			return err
		}
		read(form)
		return form.Err()
	}).Test(r, -1)
	must(t, err)
	defer answer.Body.Close()
	return answer.StatusCode
}

const urlencoded = "application/x-www-form-urlencoded"

func urlForm(values url.Values) *http.Request {
	return request("POST", "/", values.Encode(), "Content-Type", urlencoded)
}

func jsonForm(body string) *http.Request {
	return request("POST", "/", body, "Content-Type", "application/json; charset=utf-8")
}

func multipartForm(t *testing.T, fields url.Values, files map[string]string) *http.Request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	must(t, w.SetBoundary("b")) // a short one: many parts fit
	for name, values := range fields {
		for _, v := range values {
			must(t, w.WriteField(name, v))
		}
	}
	for name, content := range files {
		part, err := w.CreateFormFile(name, "hình.png")
		must(t, err)
		_, err = io.WriteString(part, content)
		must(t, err)
	}
	must(t, w.Close())
	return request("POST", "/", b.String(), "Content-Type", w.FormDataContentType())
}

// The same form sent in each of the three ways reads the same.
func TestFormIsReadInEveryWayItIsSent(t *testing.T) {
	fields := url.Values{"headline": {norm.NFD.String("Hội nghị") + "\x00"}, "outlets": {"a", "b"}, "number": {"12345678"}, "empty": {""}}
	for name, r := range map[string]*http.Request{
		"by a page": urlForm(fields), "by a page with files": multipartForm(t, fields, nil),
		"by script": jsonForm(`{"headline": "` + norm.NFD.String("Hội nghị") + `\u0000", "outlets": ["a", "b"], "number": 12345678, "empty": "", "nothing": null}`),
	} {
		t.Run(name, func(t *testing.T) {
			status := reading(t, r, func(f *Form) {
				if got := f.Text("headline", 8); got != "Hội nghị" {
					t.Errorf("headline %q", got)
				}
				if got := f.List("outlets", 10); !slices.Equal(got, []string{"a", "b"}) {
					t.Errorf("outlets %q", got)
				}
				if got := f.Text("number", 20); got != "12345678" {
					t.Errorf("number %q", got)
				}
				if !f.Has("empty") || f.Has("nothing") || f.Has("absent") || f.Text("absent", 1) != "" {
					t.Error("absent and empty are confused")
				}
			})
			if status != 200 {
				t.Errorf("status %d", status)
			}
		})
	}
}

// What is too long or no text is refused at the field, and comes back whole so
// that it can be shown again.
func TestTooLongAndNoTextAreRefusedAtTheField(t *testing.T) {
	long := strings.Repeat("ể", 11)
	for name, c := range map[string]struct{ value, shown, key string }{
		"at the limit":    {strings.Repeat("ể", 10), strings.Repeat("ể", 10), ""},
		"over the limit":  {long, long, "error.too_long"},
		"typed decompose": {norm.NFD.String(strings.Repeat("ể", 10)), strings.Repeat("ể", 10), ""},
		"bytes":           {"C\xf4ng", "C�ng", "error.not_utf8"},
		"line breaks":     {"a\r\nb\rc", "a\nb\nc", ""},
		"a reversed text": {"a\u202eb", "ab", ""},
	} {
		for _, r := range []*http.Request{urlForm(url.Values{"x": {c.value}}), multipartForm(t, url.Values{"x": {c.value}}, nil)} {
			status := reading(t, r, func(f *Form) {
				if got := f.Text("x", 10); got != c.shown {
					t.Errorf("%s: %q, want %q", name, got, c.shown)
				}
				var key string
				if refusal, ok := fault.As(f.Err()); ok {
					key = refusal.Fields["x"].Key
				}
				if key != c.key {
					t.Errorf("%s: %q, want %q", name, key, c.key)
				}
			})
			if (status == 422) != (c.key != "") {
				t.Errorf("%s: status %d", name, status)
			}
		}
	}
}

func TestFormThatCannotBeReadIsMalformed(t *testing.T) {
	many := url.Values{}
	for i := range maxFields + 1 {
		many.Set(fmt.Sprint("f", i), "x")
	}
	repeated := url.Values{"f": slices.Repeat([]string{"x"}, maxFields+1)}
	for name, r := range map[string]*http.Request{
		"too many fields": urlForm(many), "one field too often": urlForm(repeated),
		"too many parts": multipartForm(t, repeated, nil),
		"no JSON":        jsonForm("xin chào"), "half a JSON": jsonForm(`{"a": "b`), "JSON of a list": jsonForm(`["a"]`),
		"JSON of nothing": jsonForm("null"), "an empty body": jsonForm(""), "two objects": jsonForm(`{} {}`), "more than an object": jsonForm(`{"a":"b"}}`),
		"an object inside": jsonForm(`{"a": {"b": "c"}}`), "a list inside a list": jsonForm(`{"a": [["b"]]}`), "a number in a list": jsonForm(`{"a": [1]}`),
		"a deep text": jsonForm(strings.Repeat("[", 20_000)),
	} {
		if status := reading(t, r, func(*Form) {}); status != 400 {
			t.Errorf("%s: status %d", name, status)
		}
	}
}

func TestMomentsAreInVietnamsTime(t *testing.T) {
	for value, want := range map[string]string{
		"2026-07-01T08:30": "2026-07-01T01:30:00Z", "2026-01-01T00:00": "2025-12-31T17:00:00Z", "": "",
		"2026-02-30T08:30": "refused", "01/07/2026": "refused", "01/07/2026 08:30": "2026-07-01T01:30:00Z", "8:30, 1/7/2026": "2026-07-01T01:30:00Z", "9999-01-01T00:00": "refused", "0001-01-01T00:00": "refused", "2026-07-01T08:30:00Z": "refused",
		strings.Repeat("9", 100): "refused",
	} {
		reading(t, urlForm(url.Values{"at": {value}}), func(f *Form) {
			got := f.LocalTime("at")
			switch {
			case want == "refused":
				if f.Err() == nil || !got.IsZero() {
					t.Errorf("%q reads %v", value, got)
				}
			case want == "":
				if f.Err() != nil || !got.IsZero() {
					t.Errorf("%q reads %v, %v", value, got, f.Err())
				}
			case got.Format(time.RFC3339) != want:
				t.Errorf("%q reads %v, want %s", value, got, want)
			}
		})
	}
	for _, day := range []string{"2026-07-01", "1/7/2026", "01/07/2026"} {
		reading(t, urlForm(url.Values{"from": {day}}), func(f *Form) {
			if got := f.LocalDate("from").Format(time.RFC3339); got != "2026-06-30T17:00:00Z" {
				t.Errorf("%s begins at %s", day, got)
			}
		})
	}
}

func TestFilesArriveWhole(t *testing.T) {
	r := multipartForm(t, nil, map[string]string{"picture": "\x00\xff bytes", "empty": ""})
	status := reading(t, r, func(f *Form) {
		file, name, err := f.File("picture")
		must(t, err)
		defer file.Close()
		data, err := io.ReadAll(file)
		must(t, err)
		if string(data) != "\x00\xff bytes" || name != "hình.png" {
			t.Errorf("%q %q", name, data)
		}
		for _, none := range []string{"empty", "absent"} {
			if file, _, err := f.File(none); file != nil || err != nil {
				t.Errorf("%s: %v %v", none, file, err)
			}
		}
	})
	if status != 200 {
		t.Errorf("status %d", status)
	}
}

func TestSecretsAreOnlyComposed(t *testing.T) {
	for value, want := range map[string]string{"  a b ": "  a b ", norm.NFD.String("mật khẩu"): "mật khẩu", "a\xff": "", "a\x00": "a\x00"} {
		reading(t, urlForm(url.Values{"password": {value}}), func(f *Form) {
			if got := f.Secret("password"); got != want {
				t.Errorf("%q reads %q", value, got)
			}
		})
	}
}

func TestQueryIsCleanOrMalformed(t *testing.T) {
	app := answering(func(c *fiber.Ctx) error {
		q, err := Query(c, "q", 5)
		if err != nil {
			return err
		}
		n, err := QueryInt(c, "page", 1, 1, 10)
		if err != nil {
			return err
		}
		return c.SendString(fmt.Sprintf("%s|%d", q, n))
	})
	for query, want := range map[string]string{
		"": "|1", "q=h%C3%B2a&page=3": "hòa|3", "q=" + url.QueryEscape(norm.NFD.String("tiếng")): "tiếng|1", "q=a%00b": "ab|1",
		"q=abcdef": "", "q=%FF": "", "page=0": "", "page=11": "", "page=-1": "", "page=x": "", "page=1e1": "", "page=99999999999999999999": "", "page=1%00": "",
	} {
		a := visit(t, app).Get("/?" + query)
		if want == "" && a.Status != 400 || want != "" && a.Body != want {
			t.Errorf("?%s: %d %q, want %q", query, a.Status, a.Body, want)
		}
	}
}

// FuzzReadForm throws bodies at the reader: whatever comes, what it answers is
// text, composed and within reach of a database.
func FuzzReadForm(f *testing.F) {
	f.Add(urlencoded, "a=b&a=c&%zz=%")
	f.Add("application/json", `{"a": ["b", "c"], "d": 1e400, "e": true}`)
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--x--\r\n")
	f.Add("text/plain", "\x00")
	app := answering(func(c *fiber.Ctx) error {
		form, err := ReadForm(c)
		if err != nil {
			return err
		}
		for name := range form.values {
			for _, text := range append(form.List(name, 20), form.Text(name, 20), form.Secret(name)) {
				if !norm.NFC.IsNormalString(text) || strings.ToValidUTF8(text, "") != text {
					return fmt.Errorf("%q answered %q", name, text)
				}
			}
			form.LocalTime(name)
		}
		return form.Err()
	})
	f.Fuzz(func(t *testing.T, contentType, body string) {
		if strings.ContainsAny(contentType, "\r\n\x00") {
			return
		}
		a, err := app.Test(request("POST", "/", body, "Content-Type", contentType), -1)
		if err != nil {
			return // no request at all
		}
		defer a.Body.Close()
		if a.StatusCode != 200 && a.StatusCode != 400 && a.StatusCode != 422 && a.StatusCode != 413 {
			t.Errorf("%q %q: status %d", contentType, body, a.StatusCode)
		}
	})
}
