package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// readJSON accepts one flat object of texts, numbers and lists of texts. It
// takes one word after the other and stops at the first that does not belong
// there, so that what it keeps is never much larger than what was sent.
func (f *Form) readJSON(body []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber() // a number is the text it was sent as
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return errors.Join(errors.New("an object was expected"), err)
	}
	count := 0
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		values, err := readValues(decoder)
		if err != nil {
			return fmt.Errorf("%v: %w", name, err)
		}
		if count += max(1, len(values)); count > maxFields {
			return errTooMany
		}
		f.values[name.(string)] = values // a name is always a text
	}
	if _, err := decoder.Token(); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("one object was expected")
	}
	return nil
}

var errTooMany = errors.New("too many values")

// readValues reads what stands behind a name: nothing for null.
func readValues(decoder *json.Decoder) ([]string, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch v := token.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{v}, nil
	case json.Number, bool:
		return []string{fmt.Sprint(v)}, nil
	}
	if token != json.Delim('[') {
		return nil, errors.New("a text was expected")
	}
	var values []string
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		text, ok := token.(string)
		if !ok {
			return nil, errors.New("a list of texts was expected")
		}
		if values = append(values, text); len(values) > maxFields {
			return nil, errTooMany
		}
	}
	_, err = decoder.Token() // the end of the list
	return values, err
}
