package desk_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

func TestSavingKeepsEveryField(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		ref := p.write(w.article("Bài"))
		form := formOf(p.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
		for name, value := range map[string]string{
			"kicker": "Đối ngoại", "headline": "Khuynh hướng nghiêng ngả", "standfirst": "Một câu.", "body": "## Mục\n\nMột đoạn.",
			"section": w.culture, "byline": "Phòng Tin", "source_name": "TTXVN", "source_url": "https://example.vn/a", "slug": "khuynh-huong",
			"format": "interview", "info_kind": "clarification", "origin": "partner", "source_at": "2026-06-01T08:30",
			"sources": "Cục Thống kê | https://so.example | 2026-05-01\nPhỏng vấn", "claim_url": "https://sai.example/x", "claim_text": "Điều sai.",
			"claim_body": "Sở Ngoại vụ", "ai_image": "yes", "ai_translation": "yes",
		} {
			form.Set(name, value)
		}
		form["outlets"] = []string{w.paperOutlet, w.portalOutlet}
		p.send(pathOf(ref), form).Is(http.StatusSeeOther).LeadsTo(pathOf(ref) + "?done=saved")
		again := formOf(p.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
		for name := range form {
			switch name {
			case "csrf", "base", "hash", "lead_media":
			default:
				if fmt.Sprint(again[name]) != fmt.Sprint(form[name]) && name != "outlets" {
					t.Errorf("%s was saved as %q, %q was sent", name, again[name], form[name])
				}
			}
		}
		if len(again["outlets"]) != 2 || again.Get("base") != "2" {
			t.Errorf("outlets %q, base %q", again["outlets"], again.Get("base"))
		}
	})
}

func TestARefusedSaveKeepsWhatWasTyped(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		ref := p.write(w.article("Bài"))
		const vi, en = 0, 1
		tooLong := func(max int) [2]string {
			return [2]string{fmt.Sprintf("Nội dung quá dài, tối đa %d ký tự.", max), fmt.Sprintf("Too long: at most %d characters.", max)}
		}
		for _, c := range []struct {
			field, value string
			want         [2]string
		}{
			{"headline", " ", [2]string{"Hãy điền mục này.", "Fill in this field."}},
			{"headline", strings.Repeat("ữ", newsroom.MaxHeadline+1), tooLong(newsroom.MaxHeadline)},
			{"kicker", strings.Repeat("ữ", newsroom.MaxKicker+1), tooLong(newsroom.MaxKicker)},
			{"standfirst", strings.Repeat("ữ", newsroom.MaxStandfirst+1), tooLong(newsroom.MaxStandfirst)},
			{"byline", strings.Repeat("ữ", newsroom.MaxByline+1), tooLong(newsroom.MaxByline)},
			{"source_name", strings.Repeat("ữ", newsroom.MaxSourceName+1), tooLong(newsroom.MaxSourceName)},
			{"lead_alt", strings.Repeat("ữ", newsroom.MaxAlt+1), tooLong(newsroom.MaxAlt)},
			{"lead_caption", strings.Repeat("ữ", newsroom.MaxCaption+1), tooLong(newsroom.MaxCaption)},
			{"lead_credit", strings.Repeat("ữ", newsroom.MaxCredit+1), tooLong(newsroom.MaxCredit)},
			{"body", "B\xe0i vi\xebt", [2]string{
				"Văn bản này dùng bảng mã không đọc được. Hãy chuyển sang Unicode (UTF-8) rồi gửi lại.",
				"This text is in an encoding that cannot be read. Convert it to Unicode (UTF-8) and send it again."}},
			{"source_url", "javascript:alert(1)", [2]string{
				"Địa chỉ trang web chưa đúng. Địa chỉ phải bắt đầu bằng https:// hoặc http://.", "This web address is not right. It must start with https:// or http://."}},
			{"sources", "Cục Thống kê\n | https://so.example", [2]string{
				"Dòng 2: viết Tên | https://… | ngày, chỉ tên là bắt buộc.", "Line 2: write Name | https://… | date; only the name is required."}},
			{"section", "atlantis", [2]string{"Không có chuyên mục này.", "There is no such section."}},
			{"lead_media", strings.Repeat("0", 64), [2]string{"Tệp này không có trong kho.", "This file is not in the library."}},
		} {
			for lang, code := range map[int]string{vi: "vi", en: "en"} {
				w.must(w.accounts.SetLocale(ctx, p.actor, code))
				form := formOf(p.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
				form.Set("body", "Câu vừa gõ, không được mất.")
				form.Set("standfirst", "Tóm tắt vừa gõ.")
				form.Set(c.field, c.value)
				page := p.send(pathOf(ref), form).Is(http.StatusUnprocessableEntity)
				if got := fieldMessage(page, c.field); got != c.want[lang] {
					t.Errorf("%s (%s): %q, want %q", c.field, code, got, c.want[lang])
				}
				shown := formOf(page, "#editor")
				for _, name := range []string{"headline", "standfirst", "body", c.field} {
					if want := strings.ToValidUTF8(form.Get(name), "�"); c.field != "section" && strings.TrimSpace(shown.Get(name)) != strings.TrimSpace(want) {
						t.Errorf("%s refused: %s is now %.60q", c.field, name, shown.Get(name))
					}
				}
			}
		}
		if head := p.open(ref).Head; head != 1 {
			t.Errorf("revision %d was made", head)
		}
	})
}

// fieldMessage is the message that stands at a field of the editor.
func fieldMessage(page *apptest.Answer, field string) string {
	for _, selector := range []string{".field:has(#f-" + field + ") .wrong", `input[name="` + field + `"] + .wrong`} {
		if page.Has(selector) {
			return page.Text(selector)
		}
	}
	return ""
}

// inPageOrder checks that the summary of a refused form leads to fields of the
// page, in the order in which they stand there. Every form that is sent is
// checked so.
func inPageOrder(t testing.TB, page *apptest.Answer) {
	t.Helper()
	last := 0
	for _, link := range page.All(".errors li a") {
		id := strings.TrimPrefix(apptest.Attr(link, "href"), "#")
		at := strings.Index(page.Body, ` id="`+id+`"`)
		if at < last {
			t.Errorf("%s is named too late, or does not stand on the page", id)
		}
		last = at
	}
}

func TestSubmittingAnUnfinishedTextSaysWhatIsMissing(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		ref := p.write(newsroom.Content{Headline: "Chỉ có tít"})
		page := p.press(ref, newsroom.Submit, url.Values{"headline": {"Tít đã sửa"}}).Is(http.StatusUnprocessableEntity)
		for field, want := range map[string]string{
			"standfirst": "Hãy viết sapo: đây là phần mô tả mà Thông tư 24/2011/TT-BTTTT buộc mọi bài đăng phải có, và là những gì máy tìm kiếm cho thấy.", "body": "Hãy điền mục này.", "section": "Hãy chọn chuyên mục.", "outlets": "Hãy chọn ít nhất một kênh đăng.",
		} {
			if !page.Has(`.errors a[href="#f-` + field + `"]`) {
				t.Errorf("the summary does not lead to %s", field)
			}
			if got := page.Text("#f-" + field + " ~ .wrong, #f-" + field + " .wrong"); got != want {
				t.Errorf("%s: %q, want %q", field, got, want)
			}
		}
		if sheet := p.open(ref); sheet.State != newsroom.Draft || sheet.Headline != "Tít đã sửa" {
			t.Errorf("the text is %s as %q: it must stay a draft, and saved", sheet.State, sheet.Headline)
		}
	})
}

func TestSavingOverSomebodyElsesTextShowsBoth(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Cửa khẩu"))
		s.carry(ref, newsroom.Editing)
		mine := formOf(s.editor.Get(pathOf(ref)), "#editor")
		theirs := w.article("Cửa khẩu Hoa Lư")
		theirs.Body = "Chữ của thư ký."
		_, err := w.newsroom.Save(ctx, s.managing.actor, ref, 1, theirs)
		w.must(err)

		mine.Set("body", "Chữ của biên tập.")
		merge := s.editor.send(pathOf(ref), mine).Is(http.StatusConflict)
		if got := merge.Text("h1"); got != "Hai người cùng sửa một bài" {
			t.Errorf("heading %q", got)
		}
		for _, want := range []string{"Thư ký Chi", "Chữ của thư ký.", "Chữ của biên tập."} {
			if !strings.Contains(merge.Text("main"), want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if got := s.editor.open(ref).Head; got != 2 {
			t.Fatalf("revision %d: something was saved", got)
		}
		result := formOf(merge, "main form")
		if result.Get("base") != "2" || result.Get("body") != "Chữ của biên tập." || result.Get("standfirst") != theirs.Standfirst && result.Get("standfirst") != mine.Get("standfirst") {
			t.Errorf("the form would save %q over %s", result.Get("body"), result.Get("base"))
		}
		result.Set("body", "Chữ của cả hai.")
		s.editor.send(pathOf(ref), result).Is(http.StatusSeeOther)
		saved := s.editor.open(ref).Revision
		if saved.Number != 3 || saved.Content.Body != "Chữ của cả hai." || saved.Content.Section != w.economy || len(saved.Content.Outlets) != 1 {
			t.Errorf("saved as %+v", saved)
		}
	})
}

// typing is what script sends.
func (p *person) typing(ref newsroom.Ref, fields map[string]any) *apptest.Answer {
	p.w.t.Helper()
	body, err := json.Marshal(fields)
	p.w.must(err)
	r := httptest.NewRequest(http.MethodPost, origin+pathOf(ref)+"/autosave", bytes.NewReader(body))
	return p.Do(r, "Content-Type", "application/json", "Accept", "application/json", "X-CSRF-Token", p.csrf())
}

func TestWhatIsTypedIsKeptAndOffered(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		colleague := w.hire(w.portal, account.Reporter)
		ref := p.write(w.article("Bài"))
		w.clock.Advance(5 * time.Minute)
		typed := map[string]any{"base": "1", "headline": "", "body": "Chưa xong câu này", "outlets": []string{w.portalOutlet}}
		var answer struct{ Saved string }
		w.must(json.Unmarshal([]byte(p.typing(ref, typed).Is(http.StatusOK).Body), &answer))
		if answer.Saved != "Đã lưu tạm lúc 08:05" {
			t.Errorf("script may say %q", answer.Saved)
		}
		page := p.Get(pathOf(ref)).Is(http.StatusOK)
		if got := page.Text(".unsaved"); !strings.HasPrefix(got, "Bạn có nội dung chưa lưu, gõ lúc 08:05, 01/07/2026.") {
			t.Errorf("the page offers %q", got)
		}
		if got := formOf(page, "#editor").Get("body"); got != w.article("Bài").Body {
			t.Errorf("the form holds %q before it was asked for", got)
		}
		if colleague.Get(pathOf(ref)).Has(`.unsaved a[href="?restore=1"]`) {
			t.Error("a colleague is offered it")
		}
		restored := formOf(p.Get(pathOf(ref)+"?restore=1").Is(http.StatusOK), "#editor")
		if restored.Get("body") != "Chưa xong câu này" || restored.Get("base") != "1" {
			t.Errorf("restored %q over %s", restored.Get("body"), restored.Get("base"))
		}
		p.send(page.Attr(`form[action$="/discard"]`, "action"), nil).Is(http.StatusSeeOther).LeadsTo(pathOf(ref) + "?done=discarded")
		if p.Get(pathOf(ref)).Has(`form[action$="/discard"]`) {
			t.Error("it is still there")
		}
		p.typing(ref, typed).Is(http.StatusOK)
		form := formOf(p.Get(pathOf(ref)), "#editor")
		form.Set("body", "Xong.")
		p.send(pathOf(ref), form).Is(http.StatusSeeOther)
		if p.Get(pathOf(ref)).Has(`form[action$="/discard"]`) {
			t.Error("a saved text is still offered as unsaved")
		}
	})
}

func TestScriptIsToldWhyTypingWasNotKept(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.carry(ref, newsroom.Submitted)
	for name, c := range map[string]struct {
		answer *apptest.Answer
		status int
		want   string
	}{
		"the state":    {s.reporter.typing(ref, map[string]any{"body": "x"}), 409, "Bài đang chờ biên tập. Biên tập viên cần nhận bài trước khi sửa."},
		"no article":   {s.reporter.typing(newsroom.Ref{Item: "none", Lang: "vi"}, map[string]any{"headline": "x"}), 404, "Không tìm thấy bài này"},
		"a text apart": {s.reporter.typing(ref, map[string]any{"body": map[string]any{"a": 1}}), 400, "Yêu cầu không hợp lệ"},
		"endless":      {s.reporter.typing(ref, map[string]any{"headline": strings.Repeat("a", 400_001)}), 422, "Chưa lưu được. Hãy xem lại những chỗ được đánh dấu bên dưới."},
	} {
		var said struct{ Error string }
		w.must(json.Unmarshal([]byte(c.answer.Is(c.status).Body), &said))
		if said.Error != c.want {
			t.Errorf("%s: %q, want %q", name, said.Error, c.want)
		}
	}
}

// withFile is the editor's form with a file, as a browser sends it.
func (p *person) withFile(ref newsroom.Ref, fields url.Values, name string, file []byte) *apptest.Answer {
	p.w.t.Helper()
	return p.upload(pathOf(ref), fields, "lead_file", name, file)
}

// upload sends a form with a file to an address, as a browser does.
func (p *person) upload(path string, fields url.Values, input, name string, file []byte) *apptest.Answer {
	p.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, values := range fields {
		for _, value := range values {
			p.w.must(form.WriteField(field, value))
		}
	}
	part, err := form.CreateFormFile(input, name)
	p.w.must(err)
	_, err = part.Write(file)
	p.w.must(err)
	p.w.must(form.Close())
	r := httptest.NewRequest(http.MethodPost, origin+path, &body)
	return p.Do(r, "Content-Type", form.FormDataContentType(), "X-CSRF-Token", p.csrf())
}

func TestAPictureComesWithTheText(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		ref := p.write(w.article("Bài"))
		var file bytes.Buffer
		w.must(png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 64, 48))))
		fields := formOf(p.Get(pathOf(ref)), "#editor")
		fields.Set("lead_alt", "Cây cầu")
		p.withFile(ref, fields, "cầu mới.png", file.Bytes()).Is(http.StatusSeeOther)
		page := p.Get(pathOf(ref)).Is(http.StatusOK)
		if got := page.Attr("img.lead", "alt"); got != "Cây cầu" {
			t.Errorf("alt %q", got)
		}
		p.Get(page.Attr("img.lead", "src")).Is(http.StatusOK)
		w.visitor().Get(page.Attr("img.lead", "src")).Is(http.StatusUnauthorized) // nobody outside sees it

		fields = formOf(page, "#editor")
		fields.Set("body", "Câu vừa gõ.")
		refused := p.withFile(ref, fields, "thư.docx", []byte("PK\x03\x04 đây là Word")).Is(http.StatusUnprocessableEntity)
		if got := fieldMessage(refused, "lead_file"); got != "Tệp này không phải là ảnh. Hãy chọn ảnh JPEG, PNG, GIF hoặc WebP." {
			t.Errorf("the field says %q", got)
		}
		if got := formOf(refused, "#editor"); got.Get("body") != "Câu vừa gõ." || got.Get("lead_media") != fields.Get("lead_media") {
			t.Error("what was typed, or the picture before, is gone")
		}
		fields.Set("lead_remove", "1")
		p.send(pathOf(ref), fields).Is(http.StatusSeeOther)
		if p.open(ref).Revision.Content.Lead.Media != "" {
			t.Error("the picture was not removed")
		}
	})
}

func TestTheEditorWithoutScriptIsWhole(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	ref := p.write(w.article("Bài"))
	page := p.Get(pathOf(ref)).Is(http.StatusOK)
	for _, field := range []string{"headline", "standfirst", "body", "section", "slug", "byline", "source_name", "source_url", "lead_file", "lead_alt", "lead_caption", "lead_credit"} {
		if !page.Has(`#editor [name="`+field+`"]`) || !page.Has(`label[for="f-`+field+`"]`) {
			t.Errorf("the field %s, or its label, is missing", field)
		}
	}
	if page.Attr("#f-body", "lang") != "vi" || len(page.All("script:not([src])")) != 0 || len(page.All("[style], [onclick]")) != 0 {
		t.Error("the text's language is not said, or something is written into the page that the policy forbids")
	}
}
