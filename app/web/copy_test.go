package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// borrowed are the methods of *fiber.Ctx that answer memory of the request.
var borrowed = map[string]bool{
	"Params": true, "AllParams": true, "Query": true, "Queries": true, "Path": true, "OriginalURL": true, "BaseURL": true,
	"Get": true, "GetReqHeaders": true, "Cookies": true, "Hostname": true, "Host": true, "Subdomains": true, "IP": true, "IPs": true,
	"FormValue": true, "Body": true, "BodyRaw": true, "Protocol": true,
}

// returned are functions that were read and found to keep nothing of what they
// are given: they compare it, look it up, make another text of it, or copy it.
var returned = map[string]bool{
	"strings.Clone": true, "strings.HasPrefix": true, "strings.HasSuffix": true,
	"strconv.Atoi": true, "strconv.ParseInt": true, "url.QueryEscape": true, "utf8.ValidString": true, "[]byte": true, "string": true,
	"slog.Error": true, "slog.Info": true, "logged": true, // written before they return
	"bytes.Count": true, "has": true, "matches": true, "decode": true, // compare, copy or make anew
	"NewBase": true, "web.NewBase": true, "localPath": true, // copy
	"isUnder": true, "siteFormID": true, "parse": true, "without": true, "bearer": true, "web.Bearer": true, "web.Moment": true, "bySelf": true, "Ticket": true, "SetPassword": true, "ClaimFirst": true, "Revoke": true, // hash or look up
	"Match": true, "Choose": true, "OutletByHost": true, "showBook": true, "Open": true, "readJSON": true, // look up or make anew
}

// reviewed are the places where it is given a name, and where that name was
// followed to the end of the handler.
var reviewed = map[string]bool{
	"api/exchange.go BodyRaw":           true, // decoded, which copies
	"desk/here.go Path":                 true, // joined anew
	"desk/page.go Query":                true, // looked up, made into another text
	"desk/uploads.go BodyRaw":           true, // put into the store before it answers
	"newsroomapi/bind.go BodyRaw":       true, // read by the handler
	"newsroomapi/replay.go BodyRaw":     true, // hashed, and the next two likewise
	"newsroomapi/replay.go Get":         true,
	"newsroomapi/replay.go OriginalURL": true,
	"public/letter.go Query":            true, // cloned where it is kept
}

// TestNothingBorrowedIsKept reads the handlers of every site and asks that
// what fiber lends is used on the spot: compared, cloned, or given to a function
// that is known not to keep it. Anything else would change under whoever kept
// it, at the next request.
func TestNothingBorrowedIsKept(t *testing.T) {
	files := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		for _, call := range keptIn(file) {
			method := call.Fun.(*ast.SelectorExpr).Sel.Name
			if !reviewed[filepath.ToSlash(path)+" "+method] {
				t.Errorf("%s: what c.%s lends is kept or passed on; copy it with strings.Clone or web.Param, or add it to a list above after reading where it goes",
					files.Position(call.Pos()), method)
			}
		}
		return nil
	})
	must(t, err)
}

// keptIn finds the calls whose borrowed answer is not used on the spot.
func keptIn(file *ast.File) []*ast.CallExpr {
	var kept []*ast.CallExpr
	var path []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		if call, ok := n.(*ast.CallExpr); ok && isBorrowing(call) && !usedOnTheSpot(path) {
			kept = append(kept, call)
		}
		path = append(path, n)
		return true
	})
	return kept
}

// isBorrowing tells a call such as c.Params("id") or r.c.Path().
func isBorrowing(call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !borrowed[method.Sel.Name] {
		return false
	}
	switch on := method.X.(type) {
	case *ast.Ident:
		return on.Name == "c"
	case *ast.SelectorExpr:
		return on.Sel.Name == "c"
	}
	return false
}

// usedOnTheSpot looks at what a borrowed text stands in.
func usedOnTheSpot(path []ast.Node) bool {
	switch parent := path[len(path)-1].(type) {
	case *ast.BinaryExpr:
		return parent.Op != token.ADD // a sum with nothing is the text itself
	case *ast.SwitchStmt, *ast.IndexExpr:
		return true
	case *ast.CallExpr:
		return returned[nameOf(parent.Fun)]
	}
	return false
}

func nameOf(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.ArrayType:
		return "[]byte"
	case *ast.SelectorExpr:
		if on, ok := f.X.(*ast.Ident); ok && returned[on.Name+"."+f.Sel.Name] {
			return on.Name + "." + f.Sel.Name
		}
		return f.Sel.Name
	}
	return ""
}
