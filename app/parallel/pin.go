package parallel

// Held is a segment of the source as a translation was made from it.
type Held struct {
	Key      string `json:"key,omitempty"`
	Hash     string `json:"hash"`             // of its words then
	Revision int    `json:"revision"`         // of the source, that had them
	Blocks   int    `json:"blocks,omitempty"` // how many paragraphs of the translation's body belong to it; of a field 0
}

// Pin is what a translation was made from, in the order in which it has it:
// fields, then paragraphs. The Blocks together are the paragraphs of the
// translation's body. Pins are never changed; there are new ones.
type Pin []Held

// Begin pins a translation to a revision of its source, paragraph by paragraph:
// each has one of the translation. Where those are more or fewer, Align guesses.
// One that nobody has begun is the pin of no segments: all of the source is new
// to it.
func Begin(source []Segment, revision int) Pin {
	pin := make(Pin, 0, len(source))
	for _, s := range source {
		if tidy(s.Text) == "" {
			continue
		}
		h := Held{Key: s.Key, Hash: Hash(s.Text), Revision: revision}
		if s.Key == "" {
			h.Blocks = 1
		}
		pin = append(pin, h)
	}
	return pin
}

// Blocks is how many paragraphs the translation's body has.
func (p Pin) Blocks() int {
	n := 0
	for _, h := range p {
		n += h.Blocks
	}
	return n
}
