package spreadsheet

import "testing"

func TestNothingThatWasTypedIsReckonedWith(t *testing.T) {
	for cell, want := range map[string]string{
		"":            "",
		"bình thường": "bình thường",
		"3 - 2":       "3 - 2",
		"=1+1":        "'=1+1",
		"x;=1+1;y":    "x;'=1+1;y",
		"a\t@SUM(1)":  "a\t'@SUM(1)",
		"a\n -1":      "a\n '-1",
		"\u200b＝1":    "\u200b'＝1",
	} {
		got := Text(cell)
		if got != want {
			t.Errorf("%q becomes %q, not %q", cell, got, want)
		}
		if back := Plain(got); back != cell {
			t.Errorf("%q comes back as %q", cell, back)
		}
	}
}
