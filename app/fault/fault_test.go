package fault

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"testing"
)

func TestKindIsFoundThroughContext(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want Kind
	}{
		"no error":           {nil, ""},
		"a fault":            {New(NotFound, "error.x"), NotFound},
		"with context":       {fmt.Errorf("load: %w", fmt.Errorf("read: %w", New(Gone, "error.x"))), Gone},
		"among others":       {errors.Join(io.EOF, New(Conflict, "error.x")), Conflict},
		"a fault in a fault": {&Error{Kind: Invalid, Cause: New(TooLarge, "error.x")}, Invalid},
		"no fault":           {io.EOF, Internal},
		"no fault, wrapped":  {fmt.Errorf("x: %w", io.EOF), Internal},
		"a form without any": {(&Form{}).Err(), ""},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if _, ok := As(c.err); ok != (c.want != "" && c.want != Internal) {
			t.Errorf("%s: is a fault: %t", name, ok)
		}
	}
}

func TestCauseIsFoundThroughAFault(t *testing.T) {
	err := fmt.Errorf("save: %w", &Error{Kind: Unavailable, Message: Say("error.x"), Cause: io.ErrUnexpectedEOF})
	if !errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		t.Error(err)
	}
}

// What goes into the log says what happened, and nothing of what people typed:
// no arguments, no field values.
func TestErrorDescribesWithoutPersonalInput(t *testing.T) {
	var form Form
	form.Refuse("name", "error.required")
	form.Refuse("email", "error.email.taken", "Email", "nguoi@example.vn")
	for want, err := range map[string]error{
		"invalid: error.form; email: error.email.taken; name: error.required": form.Err(),
		"not_found: error.x":                 New(NotFound, "error.x", "Name", "Nguyễn Văn A"),
		"malformed: error.y: unexpected EOF": &Error{Kind: Malformed, Message: Say("error.y"), Cause: io.ErrUnexpectedEOF},
		"too_many: error.z":                  &Error{Kind: TooMany, Message: Say("error.z"), RetryAfter: 9},
	} {
		if got := err.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestArgumentsComeInPairs(t *testing.T) {
	for name, c := range map[string]struct {
		args []any
		want map[string]any
	}{
		"none":       {nil, nil},
		"two pairs":  {[]any{"Max", 80, "Name", "a"}, map[string]any{"Max": 80, "Name": "a"}},
		"an odd one": {[]any{"Max", 80, "Name"}, map[string]any{"Max": 80, "extra": "Name"}},
	} {
		if m := Say("k", c.args...); m.Key != "k" || !maps.Equal(m.Args, c.want) {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// All fields are told at once, each with the first thing that was wrong.
func TestFormTellsTheFirstRefusalOfEachField(t *testing.T) {
	var form Form
	if form.Err() != nil {
		t.Error("nothing was refused")
	}
	form.Refuse("body", "error.required")
	form.Refuse("body", "error.too_long", "Max", 5)
	form.Refuse("slug", "error.too_long", "Max", 80)
	f, ok := As(form.Err())
	if !ok || f.Kind != Invalid || f.Message.Key != "error.form" || len(f.Fields) != 2 {
		t.Fatalf("%+v", form.Err())
	}
	if f.Fields["body"].Key != "error.required" || f.Fields["slug"].Key != "error.too_long" || f.Fields["slug"].Args["Max"] != 80 {
		t.Errorf("%+v", f.Fields)
	}
}
