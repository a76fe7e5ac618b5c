package account

import (
	"strings"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/vietnamese"
)

// The bounds of a password in characters. Length is the only thing that is
// asked for: rules about digits and signs make people write "Matkhau@123".
const (
	minPassword = 10
	maxPassword = 200
)

// common are passwords of allowed length that are tried first, in the form
// plain makes of them. Shorter ones are refused by their length.
var common = map[string]bool{
	"0123456789": true, "0987654321": true, "1234567890": true, "12345678910": true, "123456789a": true,
	"9876543210": true, "1q2w3e4r5t": true, "1q2w3e4r5t6y": true, "1qaz2wsx3edc": true, "qwerty123456": true,
	"qwertyuiop": true, "qwerty12345": true, "asdfghjkl123": true, "abc123456789": true, "abcd123456": true, "abcdefghij": true,
	"password12": true, "password123": true, "password1234": true, "passw0rd123": true, "mypassword": true,
	"iloveyou123": true, "letmein123": true, "welcome123": true, "changeme123": true, "administrator": true,
	"admin12345": true, "admin123456": true, "admin@123456": true, "p@ssw0rd123": true,
	"matkhau123": true, "matkhau1234": true, "matkhau12345": true, "matkhau@123": true, "matkhaumoi": true,
	"matkhaucuatoi": true, "khongcomatkhau": true, "quanmatkhau": true, "anhyeuem123": true, "emyeuanh123": true,
	"toiyeuvietnam": true, "yeuvietnam": true, "vietnam123": true, "vietnam1234": true, "vietnam2025": true,
	"vietnam2026": true, "vietnamvodich": true, "hochiminh123": true, "saigon123456": true, "hanoi123456": true,
	"binhphuoc123": true, "dongnai123": true, "dongxoai123": true, "doingoai123": true, "thongtindoingoai": true,
	"phongvien123": true, "bientapvien": true, "tongbientap": true, "toasoan123": true, "congtacvien": true,
}

// checkPassword notes at a field of the form why a password cannot be taken.
// Whoever guesses starts with the person's own name and address.
func checkPassword(form *fault.Form, field, password string, p NewPerson) {
	length := utf8.RuneCountInString(vietnamese.NFC(password))
	bare := plain(password)
	mailbox, _, _ := strings.Cut(p.Email, "@")
	switch {
	case !utf8.ValidString(password):
		form.Refuse(field, "error.not_utf8")
	case length == 0:
		form.Refuse(field, "error.required")
	case length < minPassword:
		form.Refuse(field, "error.password.short", "Min", minPassword)
	case length > maxPassword:
		form.Refuse(field, "error.password.long", "Max", maxPassword)
	case bare == plain(p.Email), bare == plain(mailbox), bare == plain(p.Name):
		form.Refuse(field, "error.password.own")
	case common[bare], letterKinds(bare) < 4:
		form.Refuse(field, "error.password.common")
	}
}

// plain makes "Mật khẩu 123" and "matkhau123" the same.
func plain(s string) string {
	return strings.Join(strings.Fields(vietnamese.Fold(vietnamese.NFC(s))), "")
}

func letterKinds(s string) int {
	kinds := map[rune]bool{}
	for _, r := range s {
		kinds[r] = true
	}
	return len(kinds)
}
