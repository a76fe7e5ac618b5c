package account

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Argon is the work that one password hash costs.
type Argon struct {
	Memory  uint32 // KiB
	Time    uint32 // passes over the memory
	Threads uint8
}

// DefaultArgon is somewhat above the least that OWASP recommends (19 MiB and
// two passes): some 70 ms of one core in 2026.
func DefaultArgon() Argon { return Argon{Memory: 32 * 1024, Time: 3, Threads: 1} }

// LightArgon protects nothing and is quick: for tests and demo accounts.
func LightArgon() Argon { return Argon{Memory: 64, Time: 1, Threads: 1} }

// The sizes of what we make, and the limits of what we read: a string that
// asks for more than these would be an attack by way of the database.
const (
	saltBytes, keyBytes = 16, 32

	maxMemory  = 1 << 20 // KiB: 1 GiB
	maxTime    = 64
	maxThreads = 64
	maxBytes   = 64
)

// phc is a password hash in the form of the password hashing competition,
// "$argon2id$v=19$m=32768,t=3,p=1$salt$key" with base64 without padding.
type phc struct {
	Argon
	salt, key []byte
}

var errPHC = errors.New("not an argon2id hash in PHC form")

// parsePHC reads what String writes, and nothing that is written otherwise.
func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v=19" {
		return phc{}, errPHC
	}
	numbers := strings.Split(parts[3], ",")
	if len(numbers) != 3 {
		return phc{}, errPHC
	}
	memory := readNumber(numbers[0], "m=", maxMemory)
	time := readNumber(numbers[1], "t=", maxTime)
	threads := readNumber(numbers[2], "p=", maxThreads)
	salt, key := readBytes(parts[4], 8), readBytes(parts[5], 16)
	if memory < 8*threads || time == 0 || threads == 0 || salt == nil || key == nil {
		return phc{}, errPHC
	}
	return phc{Argon{memory, time, uint8(threads)}, salt, key}, nil
}

// readNumber answers 0, which no field may be, for what it refuses.
func readNumber(s, name string, most uint32) uint32 {
	digits, ok := strings.CutPrefix(s, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	if !ok || err != nil || uint32(n) > most || strconv.FormatUint(n, 10) != digits {
		return 0
	}
	return uint32(n)
}

func readBytes(s string, least int) []byte {
	if strings.ContainsAny(s, "\r\n") { // the decoder would skip them
		return nil
	}
	b, err := base64.RawStdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) < least || len(b) > maxBytes {
		return nil
	}
	return b
}

// String is the form that is stored.
func (h phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
		h.Memory, h.Time, h.Threads, b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}
