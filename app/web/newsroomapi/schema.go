package newsroomapi

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/term"
)

// object is a piece of the document.
type object = map[string]any

// enums are the types of text that have a few values only.
var enums = map[reflect.Type][]string{
	reflect.TypeFor[kind.Kind]():      texts(kind.All()),
	reflect.TypeFor[newsroom.State](): texts(newsroom.States),
	// What waits may be an outlet's business, which is done with a placement.
	reflect.TypeFor[newsroom.Verb]():      texts(append(newsroom.Verbs(), newsroom.Carry, newsroom.Recheck)),
	reflect.TypeFor[newsroom.Placing]():   texts(newsroom.Placings),
	reflect.TypeFor[newsroom.PlaceVerb](): texts(newsroom.PlaceVerbs()),
	reflect.TypeFor[newsroom.Live]():      texts([]newsroom.Live{newsroom.NeverLive, newsroom.IsLive, newsroom.WasLive}),
	reflect.TypeFor[newsroom.Answer]():    texts([]newsroom.Answer{newsroom.Checked, newsroom.DoesNotApply}),
	reflect.TypeFor[pieceOp]():            texts([]pieceOp{same, removed, added}),
	reflect.TypeFor[account.Role]():       texts(account.Roles),
	reflect.TypeFor[account.Scope]():      texts(account.AllScopes),
	reflect.TypeFor[notice.Sort]():        texts(notice.Sorts),
	reflect.TypeFor[term.Standing]():      texts(term.Standings),
	reflect.TypeFor[term.Outcome]():       texts(term.Outcomes),
	reflect.TypeFor[fault.Kind](): texts([]fault.Kind{
		fault.Invalid, fault.Malformed, fault.SignedOut, fault.Forbidden, fault.NotFound, fault.Gone,
		fault.Conflict, fault.NotPossible, fault.TooLarge, fault.TooMany, fault.Unavailable, fault.Internal,
	}),
}

func texts[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, one := range list {
		all[i] = string(one)
	}
	return all
}

// schemas makes JSON Schemas of Go types. Structs with a name become components
// of the document under it; asked marks those that are read, in which nothing
// unknown is taken.
type schemas struct {
	components object
	asked      bool
}

func (s *schemas) of(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[kind.Facts]():
		return factsSchema()
	case t == reflect.TypeFor[[]byte]():
		return object{"type": "string", "contentEncoding": "base64"}
	case t.Kind() == reflect.Pointer:
		return s.of(t.Elem())
	case t.Kind() == reflect.Struct && t.Name() != "" && !strings.Contains(t.Name(), "["):
		return s.component(t)
	}
	switch t.Kind() {
	case reflect.String:
		if values, ok := enums[t]; ok {
			return object{"type": "string", "enum": values}
		}
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		schema := object{"type": "object", "additionalProperties": s.of(t.Elem())}
		if values, ok := enums[t.Key()]; ok {
			schema["propertyNames"] = object{"enum": values}
		}
		return schema
	case reflect.Struct:
		return s.fields(t)
	}
	panic(fmt.Sprintf("newsroomapi: %v has no schema", t))
}

// factsSchema is made of the table of kinds.
func factsSchema() object {
	properties := object{}
	for _, in := range kind.Inputs() {
		schema := object{"type": "string"}
		if in.Type == kind.Choice {
			schema["enum"] = in.Choices
		}
		var of []string
		for _, k := range kind.All() {
			if slices.ContainsFunc(k.Inputs(), func(had kind.Input) bool { return had.Key == in.Key }) {
				of = append(of, string(k))
			}
		}
		schema["description"] = "Of " + strings.Join(of, ", ") + ": " + string(in.Type) + "."
		properties[in.Key] = schema
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// component refers to a named struct. One that is both read and answered has
// two schemas, for what is read is looked at more strictly.
func (s *schemas) component(t reflect.Type) object {
	name := strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
	if s.asked {
		name += "Request"
	}
	if s.components[name] == nil {
		s.components[name] = object{} // a type may hold itself
		s.components[name] = s.fields(t)
	}
	return object{"$ref": "#/components/schemas/" + name}
}

func (s *schemas) fields(t reflect.Type) object {
	properties, required := object{}, []string{}
	for _, field := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || name == "" {
			continue
		}
		properties[name] = described(s.of(field.Type), field.Tag)
		if !strings.HasPrefix(options, "omit") {
			required = append(required, name)
		}
	}
	schema := object{"type": "object", "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	if s.asked {
		schema["additionalProperties"] = false
	}
	return schema
}

// described adds what the tags of a field say.
func described(schema object, tag reflect.StructTag) object {
	if doc := tag.Get("doc"); doc != "" {
		schema["description"] = doc
	}
	return limited(schema, tag)
}

// limited adds the tags min and max: of a number its bounds, of a text its length.
func limited(schema object, tag reflect.StructTag) object {
	words := map[string]string{"max": "maxLength"}
	if schema["type"] == "integer" {
		words = map[string]string{"min": "minimum", "max": "maximum"}
	}
	for name, word := range words {
		if limit, err := strconv.Atoi(tag.Get(name)); err == nil {
			schema[word] = limit
		}
	}
	return schema
}
