package pipeline

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the direction in which data flow: a package imports the packages
// whose values it takes, and never one that takes its own. Packages that come
// in a later step stand here already.
var mayImport = map[string][]string{
	"viet":      {},
	"agency":    {"viet"},
	"plan":      {"agency"},
	"finding":   {},
	"durable":   {},
	"collect":   {"finding", "durable"},
	"sheet":     {"viet", "finding"},
	"apart":     {"sheet", "finding"},
	"opc":       {}, // how office documents are packed
	"form":      {"viet", "agency", "plan", "finding", "sheet", "opc"},
	"reconcile": {"agency", "plan", "finding", "form"},
	"report":    {"viet", "agency", "plan", "finding", "reconcile", "form"},
	"render":    {"report", "opc"},
	"deliver":   {"agency", "plan", "finding", "durable"},
	"store":     {"agency", "plan", "finding", "collect", "form", "reconcile", "report", "deliver", "durable"},
	"schedule":  {"plan"},

	"collect/dovecottest": {}, // of tests alone
}

// owners are the libraries that stand in one package, so that they can be
// replaced in one folder.
var owners = map[string][]string{
	"golang.org/x/text":            {"viet", "collect", "render"}, // collect decodes charsets, render composes marks
	"github.com/xuri/excelize/v2":  {"sheet", "render", "form"},
	"github.com/robfig/cron":       {"schedule"},
	"github.com/go-pdf/fpdf":       {"render"},
	"github.com/jhillyerd/enmime":  {"collect"},
	"github.com/emersion":          {"collect"},
	"github.com/nwaples/rardecode": {"collect"},
	"github.com/ulikunitz/xz":      {"collect"},
	"modernc.org/sqlite":           {"store"},
	"github.com/pressly/goose":     {"store"},
	"database/sql":                 {"store"},
	"github.com/richardlehane":     {"sheet"},
	"golang.org/x/net":             {"sheet"},
	"github.com/goccy/go-yaml":     {""}, // the pipeline itself
}

func TestImportDirection(t *testing.T) {
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "testdata" {
			return fs.SkipDir // other programs that we are measured against
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		station := path.Dir(name)
		if station == "." {
			station = ""
		}
		allowed, known := mayImport[station]
		if station != "" && !known {
			t.Errorf("%s: package %q has no line in the table of imports", name, station)
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if ours, ok := strings.CutPrefix(imported, "baocao/"); ok && station != "" {
				if target, ok := strings.CutPrefix(ours, "pipeline/"); !ok || !slices.Contains(allowed, target) {
					t.Errorf("%s imports %s: %s may import only %v, so that data flow one way", name, imported, station, allowed)
				}
			}
			for library, stations := range owners {
				if strings.HasPrefix(imported, library) && !slices.Contains(stations, station) {
					t.Errorf("%s imports %s: that library belongs to %v", name, imported, stations)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
