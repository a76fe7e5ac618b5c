package newsroomapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// bind reads a request into a struct. Tags say where a field comes from:
//
//	path:"item"       a part of the address
//	query:"state"     a parameter of the address; max:"200" limits it
//	header:"If-Match" a header
//	body:"json"       the body, into a struct with json tags; what is not in the
//	                  struct is refused
//	body:"bytes"      the body as it is, until the handler returns
//
// Embedded structs are read like their fields. What cannot be read is a fault
// that names the field.
func bind(c *fiber.Ctx, in reflect.Value) error {
	for i := range in.NumField() {
		field, value := in.Type().Field(i), in.Field(i)
		if err := bindField(c, field, value); err != nil {
			return err
		}
	}
	return nil
}

func bindField(c *fiber.Ctx, field reflect.StructField, value reflect.Value) error {
	switch from := field.Tag; {
	case field.Anonymous:
		return bind(c, value)
	case from.Get("path") != "":
		return fill(field, value, web.Param(c, from.Get("path")), from.Get("path"))
	case from.Get("query") != "":
		text, err := web.Query(c, from.Get("query"), limitOf(field))
		if err != nil {
			return unreadable(from.Get("query"))
		}
		return fill(field, value, text, from.Get("query"))
	case from.Get("header") != "":
		return fill(field, value, strings.Clone(c.Get(from.Get("header"))), from.Get("header"))
	case from.Get("body") == "json":
		return decode(c.BodyRaw(), value.Addr().Interface())
	case from.Get("body") == "bytes":
		value.SetBytes(c.BodyRaw()) // the request's own memory: handlers read it before they return
		return nil
	}
	panic("newsroomapi: " + field.Name + " does not say where it comes from")
}

// usualLimit is how many characters of a parameter are read that says nothing else.
const usualLimit = 200

func limitOf(field reflect.StructField) int {
	if limit, err := strconv.Atoi(field.Tag.Get("max")); err == nil && field.Type.Kind() == reflect.String {
		return limit
	}
	return usualLimit
}

// fill puts a text into a field; an absent one leaves it empty, unless it is required.
func fill(field reflect.StructField, value reflect.Value, text, name string) error {
	if text == "" {
		if field.Tag.Get("required") == "true" {
			return unreadable(name)
		}
		return nil
	}
	if strings.ContainsFunc(text, unicode.IsControl) || !utf8.ValidString(text) {
		return unreadable(name)
	}
	if value.Kind() == reflect.Pointer { // tells what is absent from what is zero
		value.Set(reflect.New(value.Type().Elem()))
		value = value.Elem()
	}
	if err := parse(value, text); err != nil || !allowed(field, value) {
		return unreadable(name)
	}
	return nil
}

// parse reads a text as what a field holds.
func parse(value reflect.Value, text string) (err error) {
	switch value.Interface().(type) {
	case time.Time:
		var t time.Time
		t, err = time.Parse(time.RFC3339, text)
		value.Set(reflect.ValueOf(t.UTC()))
	case bool:
		var yes bool
		yes, err = strconv.ParseBool(text)
		value.SetBool(yes)
	case int, int64:
		var n int64
		n, err = strconv.ParseInt(text, 10, 64)
		value.SetInt(n)
	default:
		value.SetString(text)
	}
	return err
}

// allowed asks the tags min and max of a number, and the few values that some
// types have.
func allowed(field reflect.StructField, value reflect.Value) bool {
	if few, ok := enums[value.Type()]; ok {
		return slices.Contains(few, value.String())
	}
	if !value.CanInt() {
		return true
	}
	least, _ := strconv.ParseInt(field.Tag.Get("min"), 10, 64) // without one, 0
	most, err := strconv.ParseInt(field.Tag.Get("max"), 10, 64)
	return value.Int() >= least && (err != nil || value.Int() <= most)
}

func unreadable(name string) error {
	return &fault.Error{Kind: fault.Malformed, Message: fault.Say("error.malformed.title"), Fields: map[string]fault.Message{name: fault.Say("error.invalid")}}
}

// decode reads JSON that is what it claims to be: text, one value, and nothing
// that nobody asked for. A name that is not known is more likely a mistake
// than to be ignored.
func decode(body []byte, into any) error {
	if !utf8.Valid(body) { // the decoder would put something else in its place
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return undecodable(err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	return nil
}

func undecodable(err error) error {
	f := &fault.Error{Kind: fault.Malformed, Message: fault.Say("error.malformed.title"), Cause: err}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		f.Fields = map[string]fault.Message{wrong.Field: fault.Say("error.invalid")}
	} else if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		if name, unquoted := strconv.Unquote(name); unquoted == nil {
			f.Fields = map[string]fault.Message{name: fault.Say("error.api.unknown")}
		}
	}
	return f
}
