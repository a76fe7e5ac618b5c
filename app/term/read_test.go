package term

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
)

// FuzzList reads any text as a list: it is refused with a place or read, and
// the terms of it that can be are the same after a way through either format.
func FuzzList(f *testing.F) {
	f.Add("wording;en;en forbidden;valid_from;khóa\nmột;one|uno;won;1/7/2025;có\n;;;;\n'=hai;\"tw\"\"o\";x;y;z;thừa\n")
	f.Add("language,wording,note\nen,land rent,\"a\nb\"\n")
	f.Add(`<tbx xml:lang="vi"><text><body><conceptEntry><note>locked: yes</note><langSec xml:lang="vi"><termSec><term>một <hi>hai</hi></term></termSec></langSec><langSec xml:lang="en-GB"><termSec><term>one</term><termNote type="administrativeStatus">admitted</termNote></termSec></langSec></conceptEntry></body></text></tbx>`)
	f.Add(`<martif><termEntry><langSet xml:lang="en"><ntig><termGrp><term>x</term></termGrp></ntig></langSet></termEntry></martif>`)
	now := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadList("a", "list", []byte(text))
		if err == nil {
			var entries []entry
			if entries, err = list.read(); err == nil {
				travel(t, good(entries, now), now)
			}
		}
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatal(err)
		}
	})
}

// good are the terms of a list that can be, tidied, each wording once.
func good(entries []entry, now time.Time) []Term {
	var terms []Term
	seen := map[string]bool{}
	for _, e := range entries {
		tidy := checkTerm(&e.refuse, e.term, now)
		key := wordingKey(tidy.Lang, tidy.Wording)
		if e.refuse.Err() == nil && !seen[key] {
			seen[key] = true
			terms = append(terms, tidy)
		}
	}
	return terms
}

func travel(t *testing.T, terms []Term, now time.Time) {
	t.Helper()
	var table, file bytes.Buffer
	if err := WriteCSV(&table, terms); err != nil {
		t.Fatal(err)
	}
	if err := WriteTBX(&file, terms); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{"csv": table.String(), "tbx": file.String()} {
		if len(terms) == 0 {
			return
		}
		entries, err := List{Body: body}.read()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, body)
		}
		again := good(entries, now)
		if said(again) != said(terms) {
			t.Fatalf("%s:\n%s\nwas\n%s\nin\n%s", name, said(again), said(terms), body)
		}
	}
}

// said is what terms say; the lines of a note run on in one of the formats.
func said(terms []Term) string {
	var b strings.Builder
	for _, t := range terms {
		t.Note = strings.Join(strings.Fields(t.Note), " ")
		fmt.Fprintf(&b, "%q %q %q %q %q %v %v %v %v %v\n", t.Lang, t.Wording, t.Variants, t.Renderings, t.Note, t.Basis, t.From, t.To, t.Locked, t.Agency)
	}
	return b.String()
}
