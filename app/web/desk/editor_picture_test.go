package desk_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// paint writes a small picture file.
func paint(t *testing.T) string {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 640, 360))
	for x := range 640 {
		for y := range 360 {
			picture.Set(x, y, color.RGBA{uint8(x / 3), uint8(y / 2), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "Cửa khẩu.png")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAChosenPictureIsShownAndSaved(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	if s.text("[data-picture-preview]") != "" || run[bool](s, `() => document.querySelector("[data-picture-preview]").checkVisibility()`) {
		t.Error("a picture is shown before one was chosen")
	}
	s.w.must(chromedp.Do(s.limit(), chromedp.SetUploadFiles(chromedp.CSS("#f-lead_file"), []string{paint(t)})))
	s.until("the chosen picture", `() => { const i = document.querySelector("[data-picture-preview]"); return i.checkVisibility() && i.naturalWidth === 640 }`)
	s.do(`() => { document.getElementById("f-lead_alt").value = "Màu chuyển dần" }`)
	s.save()
	lead := p.open(ref).Revision.Content.Lead
	if lead.Media == "" || lead.Alt != "Màu chuyển dần" {
		t.Errorf("saved %+v", lead)
	}
	s.until("the saved picture", `() => { const i = document.querySelector("[data-picture-now]"); return i !== null && i.complete && i.naturalWidth > 0 }`)
	s.click("[name=lead_remove]")
	s.save()
	if got := p.open(ref).Revision.Content.Lead.Media; got != "" {
		t.Errorf("the picture is still %s", got)
	}
}
