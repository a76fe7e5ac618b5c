package figure

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Value is an exact number: n·10^e, over d for the few that are fractions.
// Equal numbers are equal by ==. The zero Value is no number at all.
type Value struct {
	n, d int64
	e    int
}

// decimal answers n·10^e.
func decimal(n int64, e int) Value {
	if n == 0 {
		return Value{d: 1}
	}
	for n%10 == 0 {
		n, e = n/10, e+1
	}
	return Value{n: n, d: 1, e: e}
}

// fraction answers a/b, which is a decimal where it can be one.
func fraction(a, b int64) Value {
	g := gcd(a, b)
	a, b = a/g, b/g
	e := 0
	for _, f := range []struct{ in, up int64 }{{10, 1}, {5, 2}, {2, 5}} {
		for b%f.in == 0 {
			a, b, e = a*f.up, b/f.in, e-1
		}
	}
	v := decimal(a, e)
	v.d = b
	return v
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, 1)
}

// Known tells whether there is a number.
func (v Value) Known() bool { return v.d != 0 }

// Rat answers the number exactly.
func (v Value) Rat() *big.Rat {
	if !v.Known() {
		return new(big.Rat)
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(v.e, -v.e))), nil)
	r := big.NewRat(v.n, v.d)
	if v.e < 0 {
		return r.Quo(r, new(big.Rat).SetInt(ten))
	}
	return r.Mul(r, new(big.Rat).SetInt(ten))
}

// String answers the number in digits with a decimal point: "23530000000", "0.5", "2/3".
func (v Value) String() string {
	switch {
	case !v.Known():
		return ""
	case v.d != 1:
		return v.Rat().RatString()
	case v.e >= 0:
		return strconv.FormatInt(v.n, 10) + strings.Repeat("0", v.e)
	}
	return v.Rat().FloatString(-v.e)
}

func (v Value) float() float64 {
	if !v.Known() {
		return 0
	}
	return float64(v.n) / float64(v.d) * math.Pow10(v.e)
}

func (v Value) whole() bool { return v.d == 1 && v.e >= 0 }

// shift answers v·10^by.
func (v Value) shift(by int) Value {
	if v.n != 0 {
		v.e += by
	}
	return v
}

// times answers v·k, or no number where that is too long to hold.
func (v Value) times(k int64) Value {
	if v.n != 0 && k > math.MaxInt64/max(v.n, 1) {
		return Value{}
	}
	p := decimal(v.n*k, v.e)
	p.d = v.d
	return p
}

// plus answers v+w, or no number where one cannot be had.
func (v Value) plus(w Value) Value {
	if v.e < w.e {
		v, w = w, v
	}
	if v.d != 1 || w.d != 1 || v.n != 0 && v.e-w.e > 17 {
		return Value{}
	}
	up := int64(math.Pow10(v.e - w.e))
	if v.n == 0 {
		return w
	}
	if v.n > math.MaxInt64/2/up || w.n > math.MaxInt64/2 {
		return Value{}
	}
	return decimal(v.n*up+w.n, w.e)
}

// sum gathers a number that is said in parts: 235 亿 3000 万, hai nghìn ba
// trăm tỷ. A multiplier takes with it all smaller parts before it.
type sum struct {
	parts []Value
}

func (s *sum) push(v Value) { s.parts = append(s.parts, v) }

func (s *sum) scale(by int) {
	last := len(s.parts) - 1
	total := s.parts[last]
	for last--; last >= 0 && s.parts[last].float() < math.Pow10(by); last-- {
		total = total.plus(s.parts[last])
	}
	s.parts = append(s.parts[:last+1], total.shift(by))
}

func (s *sum) total() Value {
	total := s.parts[0]
	for _, p := range s.parts[1:] {
		total = total.plus(p)
	}
	return total
}
