package newsroomapi

// Waiting is how many requests wait for changes.
func (a *API) Waiting() int {
	a.waiting.mu.Lock()
	defer a.waiting.mu.Unlock()
	n := 0
	for _, taken := range a.waiting.taken {
		n += taken
	}
	return n
}
