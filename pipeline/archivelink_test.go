package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/store"
)

// sourceLinks are where the documents' names in a workbook lead.
func sourceLinks(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Nguồn số liệu")
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for i := range rows {
		cell, _ := excelize.CoordinatesToCellName(6, i+1)
		if linked, to, err := f.GetCellHyperLink("Nguồn số liệu", cell); err != nil {
			t.Fatal(err)
		} else if linked {
			links = append(links, to)
		}
	}
	return links
}

// TestLinksLeadToTheArchive follows the links of a workbook to the originals,
// wherever database and archive stand in the office's folder; outside of it there
// are none.
func TestLinksLeadToTheArchive(t *testing.T) {
	for _, c := range []struct {
		name   string
		state  func(folder string) string
		linked bool
	}{
		{"beside the reports", func(folder string) string { return filepath.Join(folder, "out") }, true},
		{"in a folder of its own", func(folder string) string { return filepath.Join(folder, "data", "state") }, true},
		{"on another disk", func(string) string { return t.TempDir() }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := samplePipeline(t)
			folder := t.TempDir()
			p.Out = filepath.Join(folder, "out")
			s, err := store.Open(t.Context(), c.state(folder), "local")
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			p.Store = s
			if _, err := p.Collect(t.Context()); err != nil {
				t.Fatal(err)
			}
			made, err := p.Statement(t.Context(), period(t, "2018-Q1"), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			files, err := p.Report(t.Context(), made)
			if err != nil {
				t.Fatal(err)
			}
			workbook := files[1].Path
			if !strings.HasSuffix(workbook, ".xlsx") {
				t.Fatalf("the second file is %s, want the workbook", workbook)
			}
			links := sourceLinks(t, workbook)
			if c.linked != (len(links) > 0) {
				t.Errorf("got %d links, want some: %v", len(links), c.linked)
			}
			for _, l := range links {
				if _, err := os.Stat(filepath.Join(filepath.Dir(workbook), filepath.FromSlash(l))); err != nil {
					t.Errorf("link %s: %v", l, err)
				}
			}
		})
	}
}
