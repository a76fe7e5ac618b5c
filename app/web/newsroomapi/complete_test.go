package newsroomapi

import (
	"reflect"
	"testing"
	"time"

	"doingoai/app/newsroom"
)

// What the newsroom knows of an edition, and what it takes with a verb, is
// told and taken here as well: these tests fail when a field is added there
// and forgotten here.

// alone calls f for each exported field of a struct, in a struct that has
// nothing but this field.
func alone[T any](f func(name string, only T)) {
	var each func(path []int, t reflect.Type)
	each = func(path []int, t reflect.Type) {
		for i := range t.NumField() {
			field, at := t.Field(i), append(path[:len(path):len(path)], i)
			switch {
			case !field.IsExported():
			case field.Type.Kind() == reflect.Struct && field.Type != reflect.TypeFor[time.Time]():
				each(at, field.Type)
			default:
				var only T
				v := reflect.ValueOf(&only).Elem()
				setSomething(v.FieldByIndex(at))
				f(field.Name, only)
			}
		}
	}
	each(nil, reflect.TypeFor[T]())
}

func setSomething(v reflect.Value) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(1, 0).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			setSomething(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		setSomething(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		setSomething(key)
		setSomething(value)
		v.SetMapIndex(key, value)
	default:
		panic("no value for " + v.Type().String())
	}
}

func TestEverythingOfAnEditionIsTold(t *testing.T) {
	alone(func(name string, e newsroom.Edition) {
		if editionOf(e) == (edition{}) {
			t.Errorf("%s of an edition is not told", name)
		}
	})
}

func TestEverythingOfARevisionIsTold(t *testing.T) {
	told := revisionOf(newsroom.Revision{})
	alone(func(name string, r newsroom.Revision) {
		switch name {
		case "Item", "Lang": // the address has them
		case "Sample": // a label of demo content, nobody's business
		default:
			if reflect.DeepEqual(revisionOf(r), told) {
				t.Errorf("%s of a revision is not told", name)
			}
		}
	})
}

func TestEverythingCanBeAskedWithAVerb(t *testing.T) {
	asked := map[string]bool{}
	alone(func(name string, a act) {
		alone(func(field string, only newsroom.Ask) {
			if reflect.DeepEqual(a.ask(), only) {
				asked[field] = true
			}
		})
	})
	alone(func(field string, _ newsroom.Ask) {
		if !asked[field] {
			t.Errorf("%s cannot be asked with a verb", field)
		}
	})
}
