package wording_test

import (
	"maps"
	"slices"
	"testing"

	"doingoai/app/wording"
)

func TestThingsAreKnownByTheirNames(t *testing.T) {
	all := []wording.Called{
		{"a", "so-ct", map[string]string{"vi": "Sở Công Thương", "en": "Department of Industry and Trade"}},
		{"b", "dong-phu", map[string]string{"vi": "Đồng Phú"}},
		{"c", "dong-phu-cu", map[string]string{"vi": "Đồng Phú"}},
		{"d", "hai-ten", map[string]string{"vi": "Một; hai"}},
	}
	known := wording.Known(all, []string{"so cong thuong", "SO-CT", "so-ct", "a", "Đồng phú", "không có"})
	want := map[string][]string{"so cong thuong": {"a"}, "so-ct": {"a"}, "a": {"a"}, "Đồng phú": {"b", "c"}}
	if !maps.EqualFunc(known, want, slices.Equal) {
		t.Errorf("%v", known)
	}
	named := wording.Named(all, []string{"a", "b", "d", "x"}, "en")
	if !maps.Equal(named, map[string]string{"a": "Department of Industry and Trade", "b": "dong-phu", "d": "hai-ten"}) {
		t.Errorf("%v", named)
	}
}
