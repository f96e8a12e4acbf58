package pipeline

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"baocao/templates"
)

// TestEveryFindingHasASentence holds the codes that the stations raise against
// templates/findings.yaml: each has its sentence, and no sentence is dead.
func TestEveryFindingHasASentence(t *testing.T) {
	p := &Pipeline{Templates: templates.FS}
	var file struct {
		Places    map[string]string `yaml:"places"`
		Sentences map[string]string `yaml:"findings"`
	}
	if _, err := p.template("findings.yaml", &file); err != nil {
		t.Fatal(err)
	}
	raised, written := map[string]string{}, map[string]bool{}
	for _, station := range []string{"collect", "sheet", "apart", "form", "reconcile", "."} {
		files, err := filepath.Glob(filepath.Join(station, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				codes, all := codesIn(t, name)
				for _, code := range codes {
					raised[code] = name
				}
				for _, code := range all {
					written[code] = true
				}
			}
		}
	}
	for code, name := range raised {
		if file.Sentences[code] == "" {
			t.Errorf("%s raises %q, which has no sentence in templates/findings.yaml", name, code)
		}
	}
	for code := range file.Sentences {
		if !written[code] {
			t.Errorf("templates/findings.yaml has a sentence for %q, which nothing raises", code)
		}
	}
}

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`)

// raisers are the functions whose arguments are codes.
var raisers = []string{"note", "hold", "reject", "find", "refuse", "add", "raise", "report", "fault", "unreadable"}

// codesIn are the string literals in name that are certainly codes, as the value
// of a field or constant Code or an argument of a function that raises findings,
// and all that may be one.
func codesIn(t *testing.T, name string) (codes, all []string) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
	if err != nil {
		t.Fatal(err)
	}
	literal := func(e ast.Expr) {
		lit, ok := e.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return
		}
		if s, err := strconv.Unquote(lit.Value); err == nil && codeForm.MatchString(s) {
			codes = append(codes, s)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s, err := strconv.Unquote(n.Value); err == nil {
				all = append(all, s)
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
				literal(n.Value)
			}
		case *ast.ValueSpec:
			for i, v := range n.Values {
				if strings.HasPrefix(n.Names[i].Name, "code") {
					literal(v)
				}
			}
		case *ast.CallExpr:
			called := ""
			switch f := n.Fun.(type) {
			case *ast.Ident:
				called = f.Name
			case *ast.SelectorExpr:
				called = f.Sel.Name
			}
			if slices.Contains(raisers, called) {
				for _, arg := range n.Args {
					literal(arg)
				}
			}
		}
		return true
	})
	return codes, all
}
