package parallel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The article in English, as far as it is needed.
var english = []string{
	"On the afternoon of May 15, the People's Committee of Dong Nai Province held an investment promotion conference attended by over 300 businesses.",
	"Addressing the conference, the Chairperson said the province attracted US$3.5 billion in the first four months, ranking third nationwide.",
	"## Infrastructure goes first",
	"The 124-km Gia Nghia – Chon Thanh expressway is being completed. Once in service, it will cut the trip from Hoa Lu border gate to Cai Mep port to three hours.",
	"The province has also set aside 2,500 ha of cleared land for secondary investors.",
}

// held writes down which segments a pin holds, with the paragraphs of each:
// "a1 b2 c0".
func held(pin Pin) string {
	var list []string
	for _, h := range pin {
		list = append(list, fmt.Sprintf("%s%d", h.Hash, h.Blocks))
	}
	return strings.Join(list, " ")
}

func TestAlign(t *testing.T) {
	e := english
	half, rest, _ := strings.Cut(e[3], ". ")
	note := "Editor's note: figures are preliminary."
	for _, c := range []struct {
		name   string
		blocks []int // of the segments a, b, c, …
		new    []string
		want   string
		ok     bool
	}{
		{"nothing changed", []int{1, 1, 1, 1, 1}, e, "a1 b1 c1 d1 e1", true},
		{"a word", []int{1, 1, 1, 1, 1}, slices.Concat(e[:4], []string{strings.Replace(e[4], "cleared", "clean", 1)}), "a1 b1 c1 d1 e1", true},
		{"one split", []int{1, 1, 1, 1, 1}, slices.Concat(e[:3], []string{half + ".", rest}, e[4:]), "a1 b1 c1 d2 e1", true},
		{"two of one segment merged", []int{1, 2, 1, 1}, slices.Concat(e[:1], []string{e[1] + " " + e[2]}, e[3:]), "a1 b1 c1 d1", true},
		{"two of two segments merged", []int{1, 1, 1, 1, 1}, slices.Concat(e[:3], []string{e[3] + " " + e[4]}), "a1 b1 c1 d1 e0", true},
		{"one taken out", []int{1, 1, 1, 1, 1}, slices.Delete(slices.Clone(e), 2, 3), "a1 b1 c0 d1 e1", true},
		{"one put in for a segment that had none", []int{1, 1, 0, 1, 1, 1}, slices.Insert(slices.Clone(e), 2, note), "a1 b1 c1 d1 e1 f1", true},
		{"one put in within a segment", []int{1, 3, 1}, slices.Insert(slices.Clone(e), 2, note), "a1 b4 c1", true},
		{"one put in at the end", []int{1, 1, 1, 1, 1}, append(slices.Clone(e), note), "a1 b1 c1 d1 e2", true},
		{"one put in at the beginning", []int{1, 1, 1, 1, 1}, append([]string{note}, e...), "a2 b1 c1 d1 e1", true},
		{"one put in between two", []int{1, 1, 1, 1, 1}, slices.Insert(slices.Clone(e), 1, note), "a2 b1 c1 d1 e1", false},
		{"one written anew", []int{1, 1, 1, 1, 1}, slices.Concat(e[:2], []string{"## Roads"}, e[3:]), "a1 b1 c1 d1 e1", true},
		{"one moved with its segment", []int{1, 1, 1, 1, 1}, []string{e[4], e[0], e[1], e[2], e[3]}, "e1 a1 b1 c1 d1", true},
		{"one moved, and one without words stays behind its own", []int{1, 0, 1, 1, 1, 1}, []string{e[4], e[0], e[1], e[2], e[3]}, "f1 a1 b0 c1 d1 e1", true},
		{"one moved into another segment's", []int{2, 1, 1, 1}, []string{e[0], e[3], e[1], e[2], e[4]}, "a1 c2 b1 d1", false},
		{"all written anew", []int{1, 1}, []string{"Một.", "Hai."}, "a1 b1", false},
		{"emptied", []int{1, 1, 1, 1, 1}, nil, "a0 b0 c0 d0 e0", true},
		{"numbers that are not those of the text", []int{1, 1}, e, "a1 b4", false},
		{"nothing is held", nil, e, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			old := e
			if c.name == "all written anew" {
				old = e[:2]
			}
			var pin Pin
			for i, n := range c.blocks {
				pin = append(pin, Held{Hash: string(rune('a' + i)), Blocks: n})
			}
			got, ok := Align(pin, old, c.new)
			if held(got) != c.want || ok != c.ok {
				t.Errorf("got  %s, %v\nwant %s, %v", held(got), ok, c.want, c.ok)
			}
		})
	}
}

func TestAlignLeavesFieldsAlone(t *testing.T) {
	pin := append(Pin{{Key: "headline", Hash: "h", Revision: 4}}, Held{Hash: "a", Blocks: 1}, Held{Hash: "b", Blocks: 1})
	got, ok := Align(pin, english[:2], []string{english[1], english[0]})
	if !ok || held(got) != "h0 b1 a1" || got[0] != pin[0] {
		t.Errorf("%+v, %v", got, ok)
	}
}

// Whatever is done to a text, all segments are held and all paragraphs counted.
func TestAlignCountsAll(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 17))
	for range 2000 {
		old := numbered(1+r.IntN(10), r.Uint64())
		new := shuffled(r, old, true)
		pin := Pin{{Key: "headline", Hash: "h"}}
		for left := len(old); left > 0; {
			n := min(left, r.IntN(3))
			pin = append(pin, Held{Hash: fmt.Sprint(len(pin), ":"), Blocks: n})
			left -= n
		}
		got, _ := Align(pin, old, new)
		if got.Blocks() != len(new) || len(got) != len(pin) {
			t.Fatalf("%s became %s for %d paragraphs", held(pin), held(got), len(new))
		}
		hashes := map[string]bool{}
		for _, h := range got {
			hashes[h.Hash] = true
		}
		if len(hashes) != len(pin) {
			t.Fatalf("%s became %s", held(pin), held(got))
		}
		if same, ok := Align(pin, old, old); !ok || held(same) != held(pin) {
			t.Fatalf("%s beside itself became %s", held(pin), held(same))
		}
	}
}
