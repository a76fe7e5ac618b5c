package newsroomapi

import (
	"reflect"
	"testing"

	"doingoai/app/newsroom"
)

func TestATextLosesNothingOnItsWay(t *testing.T) {
	alone(func(name string, c newsroom.Content) {
		if back := textOf(c).content(); name != "Sample" && !reflect.DeepEqual(back, c) {
			t.Errorf("%s is lost", name)
		}
	})
}

func TestEveryFieldOfATextIsCompared(t *testing.T) {
	alone(func(name string, only text) {
		changes := differences(text{}, only)
		if len(changes) != 1 || len(changes[0].Pieces) != 1 || changes[0].Pieces[0].Op != added {
			t.Errorf("that %s was added is told as %+v", name, changes)
		}
		if same := differences(only, only); len(same) != 0 {
			t.Errorf("%s differs from itself", name)
		}
	})
}
