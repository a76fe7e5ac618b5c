package figure

// Suspect is a figure that is written as another language writes it, or looks so.
type Suspect struct {
	Figure Figure
	Reads  Value // what it says by the rules of the language
	Meant  Value // what was probably meant
}

// Suspects answers the figures of a text whose points and commas make one
// doubt: "3,5 billion" and "3.342 million" in English, "16,700 người" in
// Vietnamese. It is a question to a person: "1.180 billion" may be just that.
func Suspects(lang, text string) []Suspect {
	var suspects []Suspect
	for _, f := range Find(lang, text) {
		switch {
		case f.odd:
			suspects = append(suspects, Suspect{f, f.other, f.Value})
		case f.doubt:
			suspects = append(suspects, Suspect{f, f.Value, f.other})
		}
	}
	return suspects
}
