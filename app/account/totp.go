package account

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// Codes of authenticator apps (RFC 6238): six digits of an HMAC over the number
// of half minutes since 1970. Apps know SHA-1 best, and it is safe in an HMAC.

const (
	totpStep   = 30 // seconds
	totpDigits = 6
	totpSecret = 20 // bytes, as RFC 4226 recommends
)

// hotp is the code of a counter (RFC 4226).
func hotp(secret []byte, counter uint64, digits int) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, counter))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0x0f
	number := binary.BigEndian.Uint32(sum[at:at+4]) & 0x7fffffff
	modulus := uint32(1)
	for range digits {
		modulus *= 10
	}
	return fmt.Sprintf("%0*d", digits, number%modulus)
}

func stepAt(now time.Time) int64 { return now.Unix() / totpStep }

// matchCode answers the step of a code that is right now, or one step early or
// late, and has not been used: used is the newest step whose code was taken.
// A used step that lies in the future was noted by a clock that has since been
// set back; it must not shut anybody out until then.
func matchCode(secret []byte, code string, now time.Time, used int64) (step int64, ok bool) {
	current := stepAt(now)
	if used > current+1 {
		used = 0
	}
	for s := current - 1; s <= current+1; s++ {
		same := subtle.ConstantTimeCompare([]byte(hotp(secret, uint64(s), totpDigits)), []byte(code)) == 1
		if same && s > used {
			step, ok = s, true
		}
	}
	return step, ok
}

var base32Text = base32.StdEncoding.WithPadding(base32.NoPadding)

// totpAddress is what the square picture says to an authenticator app.
func totpAddress(issuer, account string, secret []byte) string {
	// Apps show the label before anything else; it is a path, so a space is %20.
	label := url.PathEscape(issuer) + ":" + url.PathEscape(account)
	return fmt.Sprintf("otpauth://totp/%s?secret=%s&issuer=%s&digits=%d&period=%d",
		label, base32Text.EncodeToString(secret), url.PathEscape(issuer), totpDigits, totpStep)
}
