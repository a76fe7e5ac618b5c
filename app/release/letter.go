package release

import "time"

// Letter is what a reader sent, on its way to the newsroom. ID is the number
// that its writer was given (NewNumber); the newsroom accepts the same ID once.
type Letter struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"`            // "error_report", "contact", "rating"
	Topic   string    `json:"topic,omitempty"` // what a letter of kind "contact" is about
	Outlet  string    `json:"outlet"`
	Lang    string    `json:"lang"`
	Item    string    `json:"item,omitempty"`
	Section string    `json:"section,omitempty"` // of a rating: that the page belongs to
	Address string    `json:"address"`           // path of the page it is about
	Rating  int       `json:"rating,omitempty"`  // 1 to 5, of a letter of kind "rating"
	Message string    `json:"message"`
	Contact string    `json:"contact,omitempty"` // e-mail, if the reader wants an answer
	Consent string    `json:"consent,omitempty"` // version of the privacy statement that the reader left it under
	SentAt  time.Time `json:"sentAt"`
}

// LetterState is how far the newsroom is with a letter.
type LetterState string

// The states of a letter that the newsroom has.
const (
	LetterWaits     LetterState = "waits"     // with the desk
	LetterAnswered  LetterState = "answered"  // its writer was answered
	LetterCorrected LetterState = "corrected" // a correction was its answer
	LetterClosed    LetterState = "closed"    // dealt with, and nobody wrote an answer
)

// Receipt is what the writer of a letter may know of it: nothing of its words,
// and nobody's name.
type Receipt struct {
	State    LetterState `json:"state"`
	Received time.Time   `json:"received"`
	Due      time.Time   `json:"due,omitzero"`  // while it waits
	Done     time.Time   `json:"done,omitzero"` // afterwards
	Answer   string      `json:"answer,omitempty"`
	Item     string      `json:"item,omitempty"` // the article that was corrected, and in which language
	Lang     string      `json:"lang,omitempty"`
}
