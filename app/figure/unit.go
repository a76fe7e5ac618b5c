package figure

import "strings"

// measures brings the units of one dimension to its smallest, exactly. A unit
// that is not listed is a dimension of its own.
var measures = map[string]struct {
	of    string
	times int64
	shift int
}{
	"km2": {"m2", 1, 6}, "ha": {"m2", 1, 4}, "cm2": {"m2", 1, -4}, "m2": {"m2", 1, 0},
	"km": {"m", 1, 3}, "m": {"m", 1, 0}, "cm": {"m", 1, -2}, "mm": {"m", 1, -3},
	"km/h": {"m", 1, 3}, "mi/h": {"mi", 1, 0}, // 85 dặm says the hour elsewhere
	"t": {"kg", 1, 3}, "q": {"kg", 1, 2}, "kg": {"kg", 1, 0}, "g": {"kg", 1, -3}, "mg": {"kg", 1, -6}, "jin": {"kg", 5, -1},
	"m3": {"l", 1, 3}, "l": {"l", 1, 0}, "ml": {"l", 1, -3},
	"W": {"W", 1, 0}, "kW": {"W", 1, 3}, "MW": {"W", 1, 6}, "GW": {"W", 1, 9},
	"kWh": {"Wh", 1, 3}, "MWh": {"Wh", 1, 6}, "GWh": {"Wh", 1, 9}, "TWh": {"Wh", 1, 12},
	"kWp": {"Wp", 1, 3}, "MWp": {"Wp", 1, 6}, "kVA": {"VA", 1, 3}, "MVA": {"VA", 1, 6}, "V": {"V", 1, 0}, "kV": {"V", 1, 3},
	"second": {"s", 1, 0}, "minute": {"s", 60, 0}, "hour": {"s", 3600, 0}, "day": {"s", 86400, 0}, "week": {"s", 7 * 86400, 0},
	"month": {"month", 1, 0}, "year": {"month", 12, 0}, "decade": {"month", 12, 1}, "century": {"month", 12, 2},
}

// loose are words for more than one unit, the likeliest first.
var loose = map[string][]string{
	"°": {"°", "°C", "°F"},
	"$": {"USD", "AUD", "CAD", "SGD", "HKD", "NZD", "TWD"},
	"¥": {"CNY", "JPY", "USD", "HKD", "TWD", "SGD"},
}

// meaningOf answers what a value with a unit may mean, the likeliest first.
func meaningOf(v Value, unit string) []Meaning {
	if unit == "" {
		return []Meaning{{Kind: Number, Value: v}}
	}
	var all []Meaning
	for u := range strings.FieldsSeq(unit) {
		units := loose[u]
		if units == nil {
			units = []string{u}
		}
		for _, u := range units {
			all = append(all, Meaning{Kind: kindOf(u), Value: v, Unit: u})
		}
	}
	return all
}

func kindOf(unit string) Kind {
	switch {
	case unit == "%" || unit == "pp":
		return Percent
	case isMoney(unit):
		return Money
	}
	return Quantity
}

// isMoney tells the codes of ISO 4217 from the signs of quantities.
func isMoney(unit string) bool {
	unit = strings.TrimSuffix(unit, "?")
	if unit == "$" || unit == "¥" {
		return true
	}
	return len(unit) == 3 && unit == strings.ToUpper(unit) && unit != "TEU" && unit != "MVA"
}

// isSpan tells the units that are also words of dates.
func isSpan(unit string) bool { return unit == "day" || unit == "month" || unit == "year" }

// measured brings a meaning to the smallest unit of its dimension.
func measured(m Meaning) Meaning {
	if by, ok := measures[m.Unit]; ok {
		if v := m.Value.times(by.times).shift(by.shift); v.Known() {
			m.Value, m.Unit = v, by.of
		}
	}
	return m
}
