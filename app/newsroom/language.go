package newsroom

import (
	"slices"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Languages are those an edition can be written in. Which of them readers are
// offered is each outlet's choice.
var Languages = []string{"vi", "en", "km", "zh", "ko", "ja"}

func knownLanguage(lang string) bool { return slices.Contains(Languages, lang) }

func checkStart(start Start) error {
	var form fault.Form
	if !start.Kind.Known() {
		form.Refuse("kind", "error.kind.unknown")
	}
	if !knownLanguage(start.Lang) {
		form.Refuse("lang", "error.language.unknown")
	}
	if start.ID != "" && !store.IsID(start.ID) {
		form.Refuse("id", "error.invalid")
	}
	return form.Err()
}
