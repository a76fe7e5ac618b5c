package account

import (
	"strings"
	"testing"
)

func TestPHCForm(t *testing.T) {
	const salt, key = "c2FsdHNhbHRzYWx0c2FsdA", "a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2U"
	good := "$argon2id$v=19$m=32768,t=3,p=1$" + salt + "$" + key
	h, err := parsePHC(good)
	if err != nil || h.Argon != DefaultArgon() || string(h.salt) != "saltsaltsaltsalt" || h.String() != good {
		t.Fatalf("%+v %v", h, err)
	}
	for name, bad := range map[string]string{
		"empty":              "",
		"argon2i":            strings.Replace(good, "argon2id", "argon2i", 1),
		"version 16":         strings.Replace(good, "v=19", "v=16", 1),
		"no version":         strings.Replace(good, "v=19$", "", 1),
		"other order":        strings.Replace(good, "m=32768,t=3", "t=3,m=32768", 1),
		"leading zero":       strings.Replace(good, "t=3", "t=03", 1),
		"plus sign":          strings.Replace(good, "t=3", "t=+3", 1),
		"no pass":            strings.Replace(good, "t=3", "t=0", 1),
		"no thread":          strings.Replace(good, "p=1", "p=0", 1),
		"threads over 255":   strings.Replace(good, "p=1", "p=257", 1),
		"too little memory":  strings.Replace(good, "m=32768", "m=7", 1),
		"memory of a bomb":   strings.Replace(good, "m=32768", "m=4294967295", 1),
		"passes of a bomb":   strings.Replace(good, "t=3", "t=4294967295", 1),
		"padding":            good + "=",
		"line break":         good[:len(good)-4] + "\n" + good[len(good)-4:],
		"short salt":         strings.Replace(good, salt, "c2FsdA", 1),
		"short key":          strings.Replace(good, key, "a2V5", 1),
		"empty key":          strings.Replace(good, key, "", 1),
		"something after it": good + "$",
		"bcrypt":             "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
	} {
		if h, err := parsePHC(bad); err == nil {
			t.Errorf("%s: taken as %+v", name, h)
		}
	}
}

// FuzzPHC holds that only one string stands for one hash, and that none that
// is read asks for more memory or time than the limits.
func FuzzPHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=32768,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2V5a2U")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5a2V5aw")
	f.Add("$argon2id$v=19$m=64,t=1,p=257$c2FsdHNhbHQ$a2V5")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parsePHC(s)
		if err != nil {
			return
		}
		if h.String() != s {
			t.Errorf("%q is read as %q", s, h)
		}
		if h.Memory > maxMemory || h.Memory < 8*uint32(h.Threads) || h.Time > maxTime || h.Time == 0 || h.Threads > maxThreads ||
			h.Threads == 0 || len(h.salt) > maxBytes || len(h.key) > maxBytes || len(h.key) < 16 {
			t.Errorf("%q is out of bounds", s)
		}
	})
}
