package parallel

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// covers checks that each old and each new paragraph is in exactly one fate,
// and that the fates are what they say.
func covers(t *testing.T, old, new []string) {
	t.Helper()
	olds, news := make([]int, len(old)), make([]int, len(new))
	last := -1
	for _, f := range Match(old, new) {
		for _, i := range f.Old {
			olds[i]++
		}
		for _, j := range f.New {
			news[j]++
		}
		if !slices.IsSorted(f.Old) || !slices.IsSorted(f.New) {
			t.Errorf("%+v is not in order", f)
		}
		if len(f.New) > 0 {
			if f.New[0] <= last {
				t.Errorf("%+v does not stand in the order of the new text", f)
			}
			last = f.New[0]
		}
		one, other := len(f.Old) == 1, len(f.New) == 1
		ok := map[What]bool{
			Same: one && other, Edited: one && other, Split: one && len(f.New) > 1, Merged: other && len(f.Old) > 1,
			Gone: one && len(f.New) == 0, Added: other && len(f.Old) == 0, Unsure: len(f.Old) > 0 && len(f.New) > 0,
		}
		if !ok[f.What] {
			t.Errorf("%+v", f)
		}
		if f.What == Same && tidy(old[f.Old[0]]) != tidy(new[f.New[0]]) {
			t.Errorf("%q is told to be the same as %q", old[f.Old[0]], new[f.New[0]])
		}
	}
	for side, counts := range map[string][]int{"old": olds, "new": news} {
		for i, n := range counts {
			if n != 1 {
				t.Errorf("the %s paragraph %d is in %d fates: %q, %q", side, i, n, old, new)
			}
		}
	}
}

func FuzzMatchCoversEachOnce(f *testing.F) {
	f.Add("a b c\nd e f\na b c", "d e f\na b\nc")
	f.Add("x\nx\nx", "x\nx")
	f.Add("một hai ba bốn năm\nsáu bảy tám chín mười", "một hai ba bốn năm sáu bảy tám chín mười")
	f.Fuzz(func(t *testing.T, old, new string) {
		covers(t, strings.Split(old, "\n"), strings.Split(new, "\n"))
	})
}

// shuffled does to a text what editors do, at random; what they put in may be
// copies.
func shuffled(r *rand.Rand, text []string, copies bool) []string {
	list := slices.Clone(text)
	for range r.IntN(8) {
		i := r.IntN(len(list))
		words := strings.Fields(list[i])
		switch r.IntN(6) {
		case 0:
			list = slices.Delete(list, i, i+1)
		case 1:
			put := numbered(1, r.Uint64())[0]
			if copies {
				put = list[r.IntN(len(list))]
			}
			list = slices.Insert(list, i, put)
		case 2:
			half := len(words) / 2
			list = slices.Replace(list, i, i+1, strings.Join(words[:half], " "), strings.Join(words[half:], " "))
		case 3:
			if i > 0 {
				list = slices.Replace(list, i-1, i+1, list[i-1]+" "+list[i])
			}
		case 4:
			j := r.IntN(len(list))
			list[i], list[j] = list[j], list[i]
		case 5:
			if len(words) > 0 {
				words[r.IntN(len(words))] = "khác"
			}
			list[i] = strings.Join(words, " ")
		}
		if len(list) == 0 {
			return list
		}
	}
	return list
}

func TestMatchCoversEachOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 3000 {
		old := numbered(1+r.IntN(12), r.Uint64())
		covers(t, old, shuffled(r, old, true))
	}
}

// Whatever order paragraphs are brought into, each is found again.
func TestMatchFindsPermutations(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		old := numbered(1+r.IntN(40), r.Uint64())
		new := slices.Clone(old)
		r.Shuffle(len(new), func(i, j int) { new[i], new[j] = new[j], new[i] })
		for _, f := range Match(old, new) {
			if f.What != Same || old[f.Old[0]] != new[f.New[0]] {
				t.Fatalf("%+v", f)
			}
		}
	}
}

// Cut anywhere, or put together anywhere, paragraphs are found again.
func TestMatchFindsWhatWasSplitAndMerged(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		whole := numbered(3+r.IntN(10), r.Uint64())
		k := r.IntN(len(whole))
		words := strings.Fields(whole[k])
		at := 1 + r.IntN(len(words)-1)
		parts := slices.Replace(slices.Clone(whole), k, k+1, strings.Join(words[:at], " "), strings.Join(words[at:], " "))
		for _, f := range Match(whole, parts) {
			if want := map[bool]What{true: Split, false: Same}[f.Old[0] == k]; f.What != want || f.Moved {
				t.Fatalf("cut before word %d: %+v", at, f)
			}
		}
		for _, f := range Match(parts, whole) {
			if want := map[bool]What{true: Merged, false: Same}[f.New[0] == k]; f.What != want || f.Moved {
				t.Fatalf("put together before word %d: %+v", at, f)
			}
		}
	}
}

// laborious are pairs of texts that want much work.
func laborious() map[string][2][]string {
	long := numbered(2000, 1)
	map2 := func(change func(i int, p string) string) []string {
		list := slices.Clone(long)
		for i, p := range list {
			list[i] = change(i, p)
		}
		return list
	}
	edited := map2(func(i int, p string) string { return p + " thêm" })
	reversed := slices.Clone(edited)
	slices.Reverse(reversed)
	alike := map2(func(i int, p string) string {
		return strings.Repeat("xã có dự án đầu tư ", 6) + strconv.Itoa(i)
	})
	alikeElsewhere := map2(func(i int, p string) string {
		return strings.Repeat("xã có dự án đầu tư ", 6) + "số " + strconv.Itoa(i)
	})
	slices.Reverse(alikeElsewhere)
	same := map2(func(i int, p string) string { return long[i%2] })
	halves := make([]string, 0, 4000)
	for _, p := range long {
		words := strings.Fields(p)
		halves = append(halves, strings.Join(words[:20], " "), strings.Join(words[20:], " "))
	}
	few := slices.Clone(long)
	for i := 0; i < len(few); i += 50 {
		few[i] += " thêm"
	}
	return map[string][2][]string{
		"few edited":                   {long, few},
		"all edited":                   {long, edited},
		"all edited and reversed":      {long, reversed},
		"all like all others":          {alike, alikeElsewhere},
		"two paragraphs all over":      {same, same[3:]},
		"all split":                    {long, halves},
		"all merged":                   {halves, long},
		"nothing in common":            {long, numbered(2000, 2)},
		"prefixes of each other":       {prefixes(1000), prefixes(1001)[1:]},
		"letters":                      {letters(60_000, 2), letters(60_000, 3)},
		"lines with one number each":   {lines(12_000, 0), lines(12_000, 20_000)},
		"from one paragraph of 200 kB": {[]string{strings.Repeat(long[0], 800)}, []string{strings.Repeat(long[1], 800)}},
	}
}

// prefixes are so many beginnings of one text.
func prefixes(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = strings.Repeat("tin ", i+1) + "."
	}
	return list
}

// letters are so many paragraphs of one letter each.
func letters(n, sorts int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = string(rune('a' + i*i%sorts))
	}
	return list
}

// lines are so many that differ in their number.
func lines(n, from int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "Xã Tân Hưng có " + strconv.Itoa(from+i)
	}
	return list
}

// The work grows with the texts, not with the square of them: each of these
// takes a fraction of a second, and would take minutes otherwise.
func TestMatchIsBounded(t *testing.T) {
	for name, c := range laborious() {
		begun := time.Now()
		covers(t, c[0], c[1])
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	for name, c := range laborious() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Match(c[0], c[1])
			}
		})
	}
}
