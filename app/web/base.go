package web

import (
	"html/template"
	"strings"
	"time"

	"doingoai/app/locale"
)

// Base is what every page has: a printer for its language and its own address.
type Base struct {
	P     *locale.Printer
	Path  string
	Title string
	now   time.Time
}

// NewBase begins a page.
func NewBase(p *locale.Printer, path string) Base {
	return Base{P: p, Path: strings.Clone(path), now: time.Now()}
}

// At is the page as it is made at another moment.
func (b Base) At(now time.Time) Base {
	b.now = now
	return b
}

// T is a sentence in the page's language.
func (b Base) T(key string, args ...any) string { return b.P.T(key, args...) }

// Lang is the page's language.
func (b Base) Lang() string { return b.P.Lang() }

// Date writes a day.
func (b Base) Date(t time.Time) string { return b.P.Date(t) }

// DateTime writes a moment.
func (b Base) DateTime(t time.Time) string { return b.P.DateTime(t) }

// Now is the moment the page is made, by the program's clock.
func (b Base) Now() time.Time { return b.now }

// Ago writes a moment as people say it.
func (b Base) Ago(t time.Time) string { return b.P.Ago(t, b.now) }

// Funcs are what templates of every theme may call.
func Funcs() template.FuncMap {
	return template.FuncMap{
		"language": locale.LanguageName,
		"add":      func(a, b int) int { return a + b }, // people count from one
	}
}
