package main

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/locales"
)

// explain turns a refusal of the newsroom into the sentences that its forms
// would show, in English as everything on the command line.
func explain(err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	words, loadErr := locale.Load(locales.FS)
	if loadErr != nil {
		return errors.Join(err, loadErr)
	}
	p := words.Printer("desk", "en")
	lines := []string{p.Message(f.Message)}
	for _, field := range slices.Sorted(maps.Keys(f.Fields)) {
		lines = append(lines, "  "+field+": "+p.Message(f.Fields[field]))
	}
	return errors.New(strings.Join(lines, "\n"))
}
