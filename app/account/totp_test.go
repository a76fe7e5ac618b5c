package account

import (
	"encoding/base32"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestCodesAreThoseOfTheStandard: the vectors of RFC 6238, appendix B (SHA-1),
// and of RFC 4226, appendix D.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := hotp(secret, uint64(stepAt(time.Unix(at, 0))), 8); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
	for counter, want := range []string{"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"} {
		if got := hotp(secret, uint64(counter), 6); got != want {
			t.Errorf("counter %d: %s, want %s", counter, got, want)
		}
	}
}

func TestACodeIsGoodForAStepEitherWayAndOnce(t *testing.T) {
	secret := []byte("12345678901234567890")
	now := time.Unix(1111111111, 0)
	step := stepAt(now)
	code := func(s int64) string { return hotp(secret, uint64(s), totpDigits) }
	for name, c := range map[string]struct {
		code string
		used int64
		want int64 // 0: refused
	}{
		"this step":                       {code(step), 0, step},
		"a step late":                     {code(step - 1), 0, step - 1},
		"a step early":                    {code(step + 1), 0, step + 1},
		"two steps late":                  {code(step - 2), 0, 0},
		"two steps early":                 {code(step + 2), 0, 0},
		"used":                            {code(step), step, 0},
		"older than the used one":         {code(step - 1), step, 0},
		"newer than the used one":         {code(step), step - 1, step},
		"used by a clock that ran ahead":  {code(step), step + 100_000, step},
		"the next one was used":           {code(step), step + 1, 0},
		"nothing":                         {"", 0, 0},
		"five digits":                     {code(step)[1:], 0, 0},
		"seven digits":                    {code(step) + "0", 0, 0},
		"digits of another script":        {"١٢٣٤٥٦", 0, 0},
		"the same number written shorter": {strings.TrimLeft(code(step), code(step)[:1]), 0, 0},
	} {
		got, ok := matchCode(secret, c.code, now, c.used)
		if got != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %d %v, want %d", name, got, ok, c.want)
		}
	}
}

func TestAnAppReadsTheAddressBack(t *testing.T) {
	secret := []byte("12345678901234567890")
	address := totpAddress("Đối Ngoại: tòa soạn", "an+tin@example.vn", secret)
	u, err := url.Parse(address)
	must(t, err)
	label, err := url.PathUnescape(strings.TrimPrefix(u.EscapedPath(), "/"))
	must(t, err)
	q := u.Query()
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(q.Get("secret"))
	must(t, err)
	if u.Scheme != "otpauth" || u.Host != "totp" || label != "Đối Ngoại: tòa soạn:an+tin@example.vn" || string(raw) != string(secret) ||
		q.Get("issuer") != "Đối Ngoại: tòa soạn" || q.Get("digits") != "6" || q.Get("period") != "30" || strings.Contains(address, "+tin") && strings.Contains(address, " ") {
		t.Error(address)
	}
}
