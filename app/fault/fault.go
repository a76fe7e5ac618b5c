// Package fault is the program's one kind of error that a person may meet.
//
// Rooms answer with a *fault.Error when the cause lies in what was asked:
// it carries a message key (the words live in locales), arguments for the
// message, and messages for single form fields. Any other error is internal:
// it is logged with an identifier and shown as one neutral sentence.
//
// Context is added once on the way up with fmt.Errorf("…: %w"), and As finds
// the fault again at the edge.
package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Kind says what sort of refusal an error is; the web turns it into a status.
type Kind string

// The kinds of refusal. Internal is never constructed: it is what KindOf
// answers for an error that is not a fault.
const (
	Invalid     Kind = "invalid"      // 422: the person can correct what they sent
	Malformed   Kind = "malformed"    // 400: the request itself cannot be read
	SignedOut   Kind = "signed_out"   // 401: sign in first
	Forbidden   Kind = "forbidden"    // 403: this person may not do this
	NotFound    Kind = "not_found"    // 404: no such thing, or not for this person
	Gone        Kind = "gone"         // 410: it was here and was withdrawn
	Conflict    Kind = "conflict"     // 409: somebody else changed it meanwhile
	NotPossible Kind = "not_possible" // 409: the thing's state does not allow it
	TooLarge    Kind = "too_large"    // 413: over a size limit
	TooMany     Kind = "too_many"     // 429: slow down
	Unavailable Kind = "unavailable"  // 503: try again later
	Internal    Kind = "internal"     // 500: our mistake
)

// Message is a sentence in no particular language: a key of the locales and
// the values for its placeholders.
type Message struct {
	Key  string
	Args map[string]any
}

// Language is an argument that is a language: it is named as it is called within
// a sentence.
type Language string

// Error is a refusal that a person can read and act on.
type Error struct {
	Kind    Kind
	Message Message
	// Fields holds the message of each form field that was refused, by field name.
	Fields map[string]Message
	// RetryAfter is the number of seconds to wait, for TooMany and Unavailable.
	RetryAfter int
	// Cause is for the log; it is never shown.
	Cause error
}

// Error describes the refusal for the log, without personal input.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Message.Key)
	names := make([]string, 0, len(e.Fields))
	for name := range e.Fields {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&b, "; %s: %s", name, e.Fields[name].Key)
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause, so that errors.Is sees through a fault.
func (e *Error) Unwrap() error { return e.Cause }

// New makes a fault. Arguments come in pairs: name, value.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Message: Say(key, args...)}
}

// Say makes a message. Arguments come in pairs: name, value; an odd tail is
// a programming mistake and is kept under "extra" so that it shows in tests.
func Say(key string, args ...any) Message {
	if len(args) == 0 {
		return Message{Key: key}
	}
	m := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	if len(args)%2 == 1 {
		m["extra"] = args[len(args)-1]
	}
	return Message{Key: key, Args: m}
}

// As finds the fault in an error chain.
func As(err error) (*Error, bool) {
	var f *Error
	ok := errors.As(err, &f)
	return f, ok
}

// KindOf answers the kind of an error, Internal for any that is not a fault,
// and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if f, ok := As(err); ok {
		return f.Kind
	}
	return Internal
}

// Form gathers the refusals of one form, so that all of them are told at once.
type Form struct{ fields map[string]Message }

// Refuse notes a message for a field; the first one for a field is kept.
func (f *Form) Refuse(field, key string, args ...any) {
	if f.fields == nil {
		f.fields = map[string]Message{}
	}
	if _, told := f.fields[field]; !told {
		f.fields[field] = Say(key, args...)
	}
}

// Err answers nil when nothing was refused, else an Invalid fault with every field.
func (f *Form) Err() error {
	if len(f.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Message: Say("error.form"), Fields: f.fields}
}
