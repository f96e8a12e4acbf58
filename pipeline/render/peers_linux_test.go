package render

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// peerLimit ends a peer that takes too long for a table.
const peerLimit = 5 * time.Minute

// peer is a program that makes a table into a file: its command, or why there is
// none here.
type peer struct {
	name    string
	command func(table, out string) ([]string, error)
}

// BenchmarkPeers has a plan's table of 16 columns made into a PDF by this package
// and by others, in the same type, on A4 with the head on every page. All are
// whole processes, start and reading of the table included. For each it tells
// the processor time, which depends less than the other on what else a machine
// does; the most memory that a process held; and the processor time as a multiple
// of this package's, for its whole official report and for the bare table.
//
// A peer that is not installed is skipped: reportlab and weasyprint for Debian's
// python3, LibreOffice (which converts our workbook), typst and pdfmake for node,
// with NODE_PATH naming the node_modules of a folder where
//
//	npm install @myriaddreamin/typst-ts-node-compiler pdfmake
//
// was run, and maroto and gopdf, which the go command fetches and builds.
// BAOCAO_LONG=1 adds tables of 5,200 and 52,000 rows; a peer that needs more than
// five minutes for one is stopped.
func BenchmarkPeers(b *testing.B) {
	folder := b.TempDir()
	sizes := []int{52, 520}
	if os.Getenv("BAOCAO_LONG") != "" {
		sizes = append(sizes, 5200, 52000)
	}
	all := peers(folder)
	for _, rows := range sizes {
		table := writePeerTable(b, folder, rows)
		ours := map[string]float64{} // milliseconds
		for _, p := range all {
			b.Run(fmt.Sprintf("%d/%s", rows, p.name), func(b *testing.B) {
				out := filepath.Join(folder, p.name+".pdf")
				ours[p.name] = runPeer(b, p, table, out)
				for _, one := range []string{"report", "table"} {
					if known := ours[one]; known > 0 {
						b.ReportMetric(ours[p.name]/known, "x-"+one)
					}
				}
				if p.name != "workbook" {
					checkPeer(b, out, rows)
				}
			})
		}
	}
}

// runPeer runs a peer as often as the benchmark wants and gives the milliseconds
// of processor time that it took each time.
func runPeer(b *testing.B, p peer, table, out string) float64 {
	args, err := p.command(table, out)
	if err != nil {
		b.Skip(err)
	}
	most, runs, used := 0.0, 0, time.Duration(0)
	for b.Loop() {
		ctx, cancel := context.WithTimeout(context.Background(), peerLimit)
		cmd := exec.CommandContext(ctx, args[0], args[1:]...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // some of them are several processes
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
		said, err := cmd.CombinedOutput()
		late := ctx.Err() != nil
		cancel()
		if late {
			b.Skipf("not done in %v", peerLimit)
		}
		if err != nil {
			b.Skipf("%v: %.300s", err, said)
		}
		used += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		most = max(most, float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024)
		runs++
	}
	each := used.Seconds() * 1000 / float64(runs)
	b.ReportMetric(each, "cpu-ms")
	b.ReportMetric(most, "MB")
	return each
}

// peers are those that the benchmark compares, ourselves first.
func peers(folder string) []peer {
	return []peer{
		{"report", ourPeer("report")},
		{"table", ourPeer("table")},
		{"workbook", ourPeer("workbook")},
		{"maroto", goPeer(folder, "maroto")},
		{"gopdf", goPeer(folder, "gopdf")},
		{"reportlab", scriptPeer("/usr/bin/python3", "reportlab_table.py")},
		{"weasyprint", scriptPeer("/usr/bin/python3", "weasyprint_table.py")},
		{"libreoffice", officePeer(folder)},
		{"typst", scriptPeer("node", "typst.js")},
		{"pdfmake", scriptPeer("node", "pdfmake.js")},
	}
}

// ourPeer is this package in a process of its own.
func ourPeer(what string) func(table, out string) ([]string, error) {
	return func(table, out string) ([]string, error) {
		return []string{os.Args[0], "-test.run", "^TestPeerProcess$", "-peer", what, "-peer-table", table, "-peer-out", out}, nil
	}
}

func scriptPeer(program, script string) func(table, out string) ([]string, error) {
	return func(table, out string) ([]string, error) {
		path, err := exec.LookPath(program)
		return []string{path, filepath.Join("testdata", "peers", script), table, out}, err
	}
}

// goPeer is a program of the peers' own module, built when first asked for.
func goPeer(folder, name string) func(table, out string) ([]string, error) {
	program := filepath.Join(folder, "peer-"+name)
	build := sync.OnceValue(func() error {
		cmd := exec.Command("go", "build", "-o", program, "./"+name)
		cmd.Dir = filepath.Join("testdata", "peers", "go")
		if said, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w: %.300s", name, err, said)
		}
		return nil
	})
	return func(table, out string) ([]string, error) {
		return []string{program, table, out}, build()
	}
}

// officePeer is LibreOffice converting our workbook, whose making is not counted.
func officePeer(folder string) func(table, out string) ([]string, error) {
	return func(table, out string) ([]string, error) {
		path, err := exec.LookPath("soffice")
		if err != nil {
			return nil, err
		}
		book := strings.TrimSuffix(out, ".pdf") + ".xlsx"
		ours, _ := ourPeer("workbook")(table, book)
		if said, err := exec.Command(ours[0], ours[1:]...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("workbook: %w: %.300s", err, said)
		}
		return []string{
			path, "-env:UserInstallation=file://" + filepath.Join(folder, "office"), "--headless",
			"--convert-to", "pdf", "--outdir", folder, book,
		}, nil
	}
}

// withoutHead is how many pages the main text of our report may take: they show no
// table.
const withoutHead = 3

// checkPeer fails if a row is not in a peer's file, each has a number that stands
// nowhere else, or the head not on its pages.
func checkPeer(b *testing.B, out string, rows int) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return
	}
	text, err := exec.Command("pdftotext", "-raw", out, "-").Output()
	if err != nil {
		b.Fatalf("%s: %v", filepath.Base(out), err)
	}
	seen := map[string]bool{}
	for _, number := range peerNumber.FindAllString(string(text), -1) {
		seen[number] = true
	}
	pages := bytes.Count(text, []byte("\f"))
	if heads := bytes.Count(text, []byte(peerHead)); len(seen) != rows || heads < pages-withoutHead {
		b.Fatalf("%s: %d rows of %d, %d heads on %d pages", filepath.Base(out), len(seen), rows, heads, pages)
	}
}
