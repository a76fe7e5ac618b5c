package public

// Targets is how many sorts of addresses there are.
const Targets = targets

// TargetOf says which of them an address is.
func TargetOf(path string) int {
	a, _ := parse(path)
	return int(a.kind)
}
