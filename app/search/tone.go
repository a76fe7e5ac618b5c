package search

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// oneSpelling moves the tone mark behind the syllable, because two rules for
// its place are in use: "hòa" and "hoà" are one word.
func oneSpelling(syllable string) string {
	var letters, tone strings.Builder
	for _, r := range norm.NFD.String(syllable) {
		if isTone(r) {
			tone.WriteRune(r)
			continue
		}
		letters.WriteRune(r)
	}
	return letters.String() + tone.String()
}

// isTone tells the five tone marks of Vietnamese: huyền, sắc, ngã, hỏi, nặng.
func isTone(r rune) bool {
	switch r {
	case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323:
		return true
	}
	return false
}
