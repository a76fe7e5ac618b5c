package locale

import (
	"fmt"
	"time"

	"doingoai/app/fault"
)

// Printer speaks one language. It does not change and may be shared.
type Printer struct {
	lang  string
	chain []*book // where to look for a key, nearest first
	style style
}

// Lang is the language's code, for the lang attribute of what was printed.
func (p *Printer) Lang() string { return p.lang }

// Has tells whether T would find the key, here or in what it falls back to.
func (p *Printer) Has(key string) bool {
	_, m := p.find(key)
	return m != nil
}

func (p *Printer) find(key string) (*book, *message) {
	for _, b := range p.chain {
		if m := b.messages[key]; m != nil {
			return b, m
		}
	}
	return nil, nil
}

// T is the sentence of a key. Arguments come in pairs, name and value, for its
// placeholders. An argument named "count" selects the plural form and is
// printed the way the language writes numbers, as is any whole number from
// 10,000 on (below may be years). A moment is printed as DateTime, a language by its name in the books' language.… . A placeholder without its argument becomes
// "…"; a key nobody knows stands in ⟦brackets⟧.
//
// The answer is text: a template must escape it like any other.
func (p *Printer) T(key string, args ...any) string {
	b, m := p.find(key)
	if m == nil {
		return "⟦" + key + "⟧"
	}
	if m.isPlain {
		return m.plain
	}
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	return p.fill(b, key, m, data)
}

// Message is T for the message of a fault.
func (p *Printer) Message(msg fault.Message) string {
	b, m := p.find(msg.Key)
	if m == nil {
		return "⟦" + msg.Key + "⟧"
	}
	if m.isPlain {
		return m.plain
	}
	data := make(map[string]any, len(msg.Args))
	for name, value := range msg.Args {
		data[name] = value
	}
	return p.fill(b, msg.Key, m, data)
}

// fill owns data and may complete it.
func (p *Printer) fill(b *book, key string, m *message, data map[string]any) string {
	for _, name := range m.placeholders {
		if _, given := data[name]; !given {
			data[name] = "…"
		}
	}
	var count any // nil selects the form "other"
	for name, value := range data {
		if at, ok := value.(time.Time); ok {
			data[name] = p.DateTime(at)
			continue
		}
		if lang, ok := value.(fault.Language); ok {
			data[name] = p.T("language." + string(lang))
			continue
		}
		n, ok := wholeNumber(value)
		if !ok {
			continue
		}
		if name == "count" {
			count = n
		}
		if name == "count" || n >= 10_000 || n <= -10_000 {
			data[name] = p.Number(float64(n), 0)
		}
	}
	return b.say(key, m, data, count)
}

func wholeNumber(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	case uint32:
		return int64(n), true
	case uint64:
		return int64(min(n, 1<<62)), true
	}
	return 0, false
}
