package markup

import (
	"strings"
	"testing"
)

func TestBlocks(t *testing.T) {
	r, err := New().Article("## Mục\n\nMột **hai**\nba.\n\n- bốn\n\n  năm\n- sáu\n\n> bảy\n\n| a | b |\n|---|---|\n| c |  |\n\n![Cây cầu](media:" + strings.Repeat("ab", 32) + " \"Cầu\")\n\n    mã")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range Blocks(r.HTML) {
		got = append(got, b.Kind+":"+b.Text)
	}
	want := "h2:Mục p:Một hai ba. li:bốn li:năm li:sáu quote:bảy row:a | b row:c |  picture:Cây cầu caption:Cầu pre:mã"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %q\nwant %q", strings.Join(got, " "), want)
	}
	bold := Blocks("<p>Một <strong>hai</strong></p>")
	plain := Blocks("<p>Một hai</p>")
	if bold[0].Text != plain[0].Text || bold[0].Form == plain[0].Form {
		t.Errorf("bold %+v, plain %+v", bold, plain)
	}
}
