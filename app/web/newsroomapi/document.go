package newsroomapi

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"doingoai/app/account"
)

// document is the interface's OpenAPI description, made from the table and the
// types in it.
func document(table []operation) []byte {
	s := &schemas{components: object{}}
	paths := object{}
	for _, o := range table {
		at, _ := paths[o.path].(object)
		if at == nil {
			at = object{}
			paths[o.path] = at
		}
		at[strings.ToLower(o.method)] = s.describe(o)
	}
	problemSchema := s.of(reflect.TypeFor[problem]())
	text, err := json.Marshal(object{
		"openapi": "3.1.1",
		"info": object{
			"title": "Đối Ngoại: newsroom", "version": "1",
			"description": "Everything a person does at the desk, for programs. A token acts as its person, within its scopes. " +
				"A request that changes something may carry an Idempotency-Key: sent again within a day, it is answered with what was answered before.",
		},
		"servers": []object{{"url": Base}},
		"paths":   paths,
		"components": object{
			"schemas":         s.components,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer", "description": "dn_…, made at the desk under your account, or by an administrator for a service. Scopes: " + words(account.AllScopes) + "."}},
			"responses": object{"Problem": object{
				"description": "A refusal", "content": object{problemType: object{"schema": problemSchema}},
			}},
		},
	})
	if err != nil {
		panic(err) // texts, numbers and lists of them always have a JSON form
	}
	return text
}

// refusals are the statuses of problems that an operation may answer.
var refusals = []int{
	http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusRequestEntityTooLarge,
	http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
}

func (s *schemas) describe(o operation) object {
	described := object{"operationId": o.id, "summary": o.summary, "responses": s.answers(o)}
	if !o.open {
		described["security"] = []object{{"token": texts(o.scopes)}}
	}
	s.asked = true
	parameters, body := s.requests(o.in)
	s.asked = false
	if o.changes() {
		parameters = append(parameters, object{
			"name": "Idempotency-Key", "in": "header", "schema": object{"type": "string", "maxLength": maxKey},
			"description": "Names this request: sent again with the same key it is not carried out again.",
		})
	} else {
		parameters = append(parameters, object{"name": "If-None-Match", "in": "header", "schema": object{"type": "string"}})
	}
	described["parameters"] = parameters
	if body != nil {
		described["requestBody"] = body
	}
	return described
}

// requests describes what is read of a request; see bind.
func (s *schemas) requests(in reflect.Type) (parameters []object, body object) {
	for i := range in.NumField() {
		field := in.Field(i)
		if field.Anonymous {
			inner, _ := s.requests(field.Type)
			parameters = append(parameters, inner...)
			continue
		}
		switch field.Tag.Get("body") {
		case "json":
			body = object{"required": true, "content": object{"application/json": object{"schema": s.of(field.Type)}}}
			continue
		case "bytes":
			body = object{"required": true, "description": field.Tag.Get("doc"), "content": object{"*/*": object{"schema": object{}}}}
			continue
		}
		for _, place := range []string{"path", "query", "header"} {
			name := field.Tag.Get(place)
			if name == "" {
				continue
			}
			parameter := object{"name": name, "in": place, "schema": limited(s.of(field.Type), field.Tag)}
			if doc := field.Tag.Get("doc"); doc != "" {
				parameter["description"] = doc
			}
			if place == "path" || field.Tag.Get("required") == "true" {
				parameter["required"] = true
			}
			parameters = append(parameters, parameter)
		}
	}
	return parameters, body
}

func (s *schemas) answers(o operation) object {
	answer := object{"description": http.StatusText(o.status)}
	status := o.status
	switch o.out {
	case reflect.TypeFor[nothing]():
		status = http.StatusNoContent
		answer["description"] = "Done"
	case reflect.TypeFor[file]():
		answer["content"] = object{"*/*": object{"schema": object{}}}
	case reflect.TypeFor[raw]():
		answer["content"] = object{"application/json": object{"schema": object{"type": "object"}}}
	default:
		answer["content"] = object{"application/json": object{"schema": s.of(o.out)}}
	}
	if status == http.StatusCreated {
		answer["headers"] = object{"Location": object{"schema": object{"type": "string"}, "description": "Where what was made can be read."}}
	}
	all := object{strconv.Itoa(status): answer}
	for _, refusal := range refusals {
		all[strconv.Itoa(refusal)] = object{"$ref": "#/components/responses/Problem"}
	}
	if !o.changes() {
		all[strconv.Itoa(http.StatusNotModified)] = object{"description": "As it was when it was read with that tag"}
	}
	return all
}
