package account

import (
	"context"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"

	"golang.org/x/text/unicode/norm"
)

func TestPasswordRules(t *testing.T) {
	person := NewPerson{Email: "lan.nguyen.thi@binhphuoc.gov.vn", Name: "Nguyễn Thị Lan"}
	for _, c := range []struct{ password, key string }{
		{"", "error.required"},
		{"ngắn quá", "error.password.short"},
		{"chín ký t", "error.password.short"}, // 9 characters, but 13 bytes
		{"mười ký tự", ""},
		{norm.NFD.String("chín ký t"), "error.password.short"}, // marks of their own are no characters
		{strings.Repeat("đông ", 40), ""},
		{strings.Repeat("đông ", 40) + "x", "error.password.long"},
		{"không dấu\xff\xfe", "error.not_utf8"},
		{"lan.nguyen.thi@binhphuoc.gov.vn", "error.password.own"},
		{"LAN.NGUYEN.THI@binhphuoc.gov.vn", "error.password.own"},
		{"Lan.Nguyen.Thi", "error.password.own"},
		{"nguyễn thị lan", "error.password.own"},
		{"NguyenThiLan", "error.password.own"},
		{"nguyễn thị lan và mèo", ""},
		{"matkhau123", "error.password.common"},
		{"MatKhau 123", "error.password.common"},
		{"Mật khẩu 123", "error.password.common"},
		{"1234567890", "error.password.common"},
		{"Tôi yêu Việt Nam", "error.password.common"},
		{"password123", "error.password.common"},
		{"aaaaaaaaaaaa", "error.password.common"},
		{"121212121212", "error.password.common"},
		{"abcabcabcabc", "error.password.common"},
		{"abcdabcdabcd", ""},
		{goodPassword, ""},
	} {
		var form fault.Form
		checkPassword(&form, "password", c.password, person)
		if got := field(t, form.Err(), "password"); got != c.key {
			t.Errorf("%q: %q, want %q", c.password, got, c.key)
		}
	}
}

func TestCommonPasswordsCanBeMet(t *testing.T) {
	for password := range common {
		if plain(password) != password || len(password) < minPassword {
			t.Errorf("%q would never be compared", password)
		}
	}
}

func TestHashOfPassword(t *testing.T) {
	a := New(apptest.NewDatabase(t), Options{Argon: LightArgon()})
	ctx := t.Context()
	first, err := a.hash(ctx, goodPassword)
	must(t, err)
	second, err := a.hash(ctx, goodPassword)
	must(t, err)
	if first == second {
		t.Error("two hashes of one password are equal: no salt")
	}
	if !strings.HasPrefix(first, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("stored as %q", first)
	}
	for _, c := range []struct {
		name, stored, password string
		want                   bool
	}{
		{"the same", first, goodPassword, true},
		{"the same, typed in decomposed letters", first, norm.NFD.String(goodPassword), true},
		{"another", first, newPassword, false},
		{"other case", first, strings.ToUpper(goodPassword), false},
		{"cut", first, goodPassword[:len(goodPassword)-1], false},
		{"no password stored", "", goodPassword, false},
		{"nothing at all", "", "", false},
	} {
		if got, err := a.matches(ctx, c.stored, c.password); got != c.want || err != nil {
			t.Errorf("%s: %v %v", c.name, got, err)
		}
	}
	if _, err := a.matches(ctx, "plain text", "plain text"); err == nil {
		t.Error("a broken stored hash went unnoticed")
	}
}

func TestDecoyNeverMatches(t *testing.T) {
	a := New(apptest.NewDatabase(t), Options{Argon: LightArgon()})
	a.decoy.key = a.decoy.derive(goodPassword, keyBytes) // even if somebody knew it
	if same, err := a.matches(t.Context(), "", goodPassword); same || err != nil {
		t.Errorf("%v %v", same, err)
	}
}

func TestHashesWaitForSlot(t *testing.T) {
	a := New(apptest.NewDatabase(t), Options{Argon: LightArgon(), HashesAtOnce: 1})
	a.slots <- struct{}{} // somebody else is hashing
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := a.hash(ctx, goodPassword)
	expectKind(t, err, fault.Unavailable)
	<-a.slots
	_, err = a.hash(t.Context(), goodPassword)
	must(t, err)
}
