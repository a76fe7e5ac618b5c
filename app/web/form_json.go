package web

import (
	"encoding/json"
	"fmt"
)

// readJSON accepts one flat object of texts, numbers and lists of texts.
func (f *Form) readJSON(body []byte) error {
	var fields map[string]any
	if err := json.Unmarshal(body, &fields); err != nil {
		return err
	}
	for name, value := range fields {
		switch v := value.(type) {
		case nil:
		case string:
			f.values[name] = []string{v}
		case float64, bool:
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
