package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// readJSON accepts one flat object of texts, numbers and lists of texts.
func (f *Form) readJSON(body []byte) error {
	var fields map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber() // a number is the text it was sent as
	if err := decoder.Decode(&fields); err != nil {
		return err
	}
	if _, err := decoder.Token(); fields == nil || err != io.EOF {
		return errors.New("one object was expected")
	}
	for name, value := range fields {
		switch v := value.(type) {
		case nil:
		case string:
			f.values[name] = []string{v}
		case json.Number, bool:
			f.values[name] = []string{fmt.Sprint(v)}
		case []any:
			for _, each := range v {
				text, ok := each.(string)
				if !ok {
					return fmt.Errorf("%s: a list of texts was expected", name)
				}
				f.values[name] = append(f.values[name], text)
			}
		default:
			return fmt.Errorf("%s: a text was expected", name)
		}
	}
	return nil
}
