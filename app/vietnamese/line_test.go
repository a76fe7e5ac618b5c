package vietnamese_test

import (
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/vietnamese"
)

func TestLine(t *testing.T) {
	for _, c := range []struct{ s, want, refused string }{
		{"", "", ""},
		{"  Khu công nghiệp\r\n\tBecamex ", "Khu công nghiệp Becamex", ""},
		{"Bình Phu\u031bo\u031b\u0301c", "Bình Phước", ""},
		{"a\x00b", "ab", ""},
		{strings.Repeat("ệ", 30), strings.Repeat("ệ", 30), ""},
		{strings.Repeat("ệ", 31), strings.Repeat("ệ", 31), "error.too_long"},
		{"\xff", "", "error.not_utf8"},
	} {
		var form fault.Form
		got := vietnamese.Line(&form, "name", c.s, 30)
		key := ""
		if err, ok := fault.As(form.Err()); ok {
			key = err.Fields["name"].Key
		}
		if got != c.want || key != c.refused {
			t.Errorf("%q: %q, %q; want %q, %q", c.s, got, key, c.want, c.refused)
		}
	}
}
