package newsroomapi

import (
	"encoding/json"
	"reflect"
	"testing"
	"unicode/utf8"

	"doingoai/app/fault"
)

// Whatever is sent is read as it stands or refused as unreadable, and what was
// read means the same when it is written again.
func FuzzARequestIsReadOrRefused(f *testing.F) {
	for _, body := range []string{
		`{"base":1,"text":{"headline":"Một tin","outlets":["a","b"]}}`, `{"base":1,"text":{}}{}`, `{"base":"1"}`, `{"base":1e400}`,
		`{"text":{"headline":"\ud800"}}`, "{\"text\":{\"headline\":\"\xff\"}}", `null`, `[]`, ``, `{"Base":2,"base":3}`, `{"text":null}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var read newText
		if err := decode(body, &read); err != nil {
			if fault.KindOf(err) != fault.Malformed {
				t.Fatalf("refused as %q: %v", fault.KindOf(err), err)
			}
			return
		}
		written, err := json.Marshal(read)
		if err != nil || !utf8.Valid(written) {
			t.Fatalf("%q: %v", written, err)
		}
		var again newText
		if err := decode(written, &again); err != nil {
			t.Fatalf("%s is refused: %v", written, err)
		}
		if twice, err := json.Marshal(again); err != nil || !reflect.DeepEqual(written, twice) {
			t.Fatalf("%s became %s (%v)", written, twice, err)
		}
	})
}
