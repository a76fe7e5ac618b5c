package newsstand

import (
	"hash/maphash"
	"strconv"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/singleflight"
)

// cache keeps ready answers by key. An answer is valid in the epoch in which
// it was made; one number instead of knowing what depends on what. Memory is
// bounded for all shards together; a shard goes round its answers like the
// hand of a clock and drops those that were not asked for since it last came
// by.
type cache struct {
	seed    maphash.Seed
	shards  [shards]shard
	most    int64 // bytes
	bytes   atomic.Int64
	renders atomic.Uint64
	flight  singleflight.Group
}

const shards = 16

type shard struct {
	mu    sync.RWMutex
	slots map[string]*slot
	ring  []*slot
	hand  int
}

type slot struct {
	key   string
	entry *Entry
	used  atomic.Bool
}

func (s *slot) size() int64 { return s.entry.size() + int64(len(s.key)) }

// CacheStatus is how full the page cache is.
type CacheStatus struct {
	Entries int
	Bytes   int64  // an upper bound, compressed forms included
	Renders uint64 // pages made since the start
}

func newCache(most int64) *cache {
	c := &cache{seed: maphash.MakeSeed(), most: most}
	for i := range c.shards {
		c.shards[i].slots = map[string]*slot{}
	}
	return c
}

// get answers an entry made in this epoch, nil for none. It does not allocate.
func (c *cache) get(key []byte, epoch uint64) *Entry {
	s := &c.shards[maphash.Bytes(c.seed, key)%shards]
	s.mu.RLock()
	found := s.slots[string(key)]
	var e *Entry
	if found != nil {
		e = found.entry
	}
	s.mu.RUnlock()
	if e == nil || e.epoch != epoch {
		return nil
	}
	if !found.used.Load() {
		found.used.Store(true)
	}
	return e
}

// put keeps an entry. One that would take a great part of all memory is not
// kept. When a page came out as it was, its bytes and their compressed forms
// are used again.
func (c *cache) put(key string, e *Entry) {
	if e.size() > c.most/8 {
		return
	}
	n := maphash.String(c.seed, key) % shards
	c.bytes.Add(c.shards[n].put(key, e))
	// Each shard gives in turn, so that none is emptied for the others.
	for ; c.bytes.Load() > c.most; n++ {
		c.bytes.Add(-c.shards[n%shards].evict())
	}
}

// put answers by how many bytes the shard has grown.
func (s *shard) put(key string, e *Entry) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.slots[key]
	if old == nil {
		added := &slot{key: key, entry: e}
		added.used.Store(true) // it is being asked for
		s.slots[key] = added
		s.ring = append(s.ring, added)
		return added.size()
	}
	if old.entry.epoch > e.epoch {
		return 0 // a slow render of an earlier epoch
	}
	before := old.size()
	e.inherit(old.entry)
	old.entry = e
	return old.size() - before
}

// evict drops one answer and says how many bytes that gives back.
func (s *shard) evict() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.ring) > 0 {
		s.hand %= len(s.ring)
		candidate := s.ring[s.hand]
		if candidate.used.Swap(false) {
			s.hand++
			continue
		}
		last := len(s.ring) - 1
		s.ring[s.hand] = s.ring[last]
		s.ring[last] = nil
		s.ring = s.ring[:last]
		delete(s.slots, candidate.key)
		return candidate.size()
	}
	return 0
}

func (c *cache) status() CacheStatus {
	st := CacheStatus{Bytes: c.bytes.Load(), Renders: c.renders.Load()}
	for i := range c.shards {
		s := &c.shards[i]
		s.mu.RLock()
		st.Entries += len(s.slots)
		s.mu.RUnlock()
	}
	return st
}

// Cached answers a ready page of this moment, nil when it must be made. The
// key is not kept.
func (s *Stand) Cached(key []byte) *Entry { return s.cache.get(key, s.Epoch()) }

// Page answers a page from the cache, or has it made: once, however many ask
// at the same time. What render answers belongs to the cache; an error is not
// kept.
func (s *Stand) Page(key string, render func() (*Entry, error)) (*Entry, error) {
	// The epoch is read before the data: what changes meanwhile outdates the page.
	epoch := s.Epoch()
	if e := s.cache.get([]byte(key), epoch); e != nil {
		return e, nil
	}
	made, err, _ := s.cache.flight.Do(strconv.FormatUint(epoch, 36)+" "+key, func() (any, error) {
		if e := s.cache.get([]byte(key), epoch); e != nil {
			return e, nil // made between the question and its turn
		}
		e, err := render()
		if err != nil {
			return nil, err
		}
		s.cache.renders.Add(1)
		e.epoch = epoch
		s.cache.put(key, e)
		return e, nil
	})
	if err != nil {
		return nil, err
	}
	return made.(*Entry), nil
}
