package release

import "regexp"

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})?$`)

// IsLanguage says whether a text has the form of the language tags that stand
// in addresses and documents: "vi", "km", "zh-hant". Which languages readers
// are offered is each outlet's choice.
func IsLanguage(lang string) bool { return languageTag.MatchString(lang) }
