package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/templates"
)

// A check that never comes back is left alone when its time is over, and gives
// back what it opened.
func TestDoctorLeavesAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release, dropped := make(chan struct{}), false
		e := examination{"stuck", time.Minute, func(*Doctor, context.Context) verdict {
			<-release
			v := well("too late")
			v.take = func(*Doctor) { t.Error("taken over after its time") }
			v.drop = func() { dropped = true }
			return v
		}}
		began := time.Now()
		v := new(Doctor).examine(t.Context(), e)
		if v.ok || v.hint != hintSlow || !strings.Contains(v.detail, errNoAnswer.Error()) {
			t.Errorf("got %+v, want that it was slow", v)
		}
		if got, want := time.Since(began), time.Minute+time.Second; got != want {
			t.Errorf("got the answer after %s, want %s", got, want)
		}
		close(release)
		synctest.Wait()
		if !dropped {
			t.Error("what it opened is not given back")
		}
	})
}

func TestDoctorWordsOfTheOffice(t *testing.T) {
	d := &Doctor{Pipeline: &Pipeline{Templates: os.DirFS(t.TempDir())}, Shipped: templates.FS}
	words, err := d.words()
	if err != nil {
		t.Fatal(err)
	}
	if words.Failed != "KHÔNG ĐẠT" {
		t.Errorf("got %q, want the words that ship", words.Failed)
	}
	for name, spoil := range map[string]func(*DoctorWords){
		"a hint without words": func(w *DoctorWords) { w.Hints[hintIMAP] = "" },
		"a hint of nobody":     func(w *DoctorWords) { w.Hints["weather"] = "sun" },
		"no head":              func(w *DoctorWords) { w.Head = nil },
	} {
		w, err := d.words()
		if err != nil {
			t.Fatal(err)
		}
		spoil(&w)
		if w.check() == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestDetailOf(t *testing.T) {
	got := detailOf(errors.New("templates/a.yaml: [2:1] unknown field \"x\"\n   1 | a: b\n>  2 | x: y\n       ^\n"))
	if want := `templates/a.yaml: [2:1] unknown field "x"`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := detailOf(errors.New("a\n\x1b[31mb")), "a \uFFFD[31mb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The letters that fonts are asked for are those of the language: 12 vowels with
// 6 tones each, and 17 consonants.
func TestVietnameseLetters(t *testing.T) {
	count := map[rune]int{}
	for _, r := range vietnamese {
		count[r]++
	}
	if got, want := len(count), 12*6+17; got != want {
		t.Errorf("got %d letters, want %d", got, want)
	}
	for r, n := range count {
		if n > 1 {
			t.Errorf("%q stands there %d times", r, n)
		}
	}
	v := new(Doctor).fonts(t.Context())
	if diff := cmp.Diff(true, v.ok); diff != "" {
		t.Errorf("fonts (-want +got):\n%s%s", diff, v.detail)
	}
}

// What the doctor says of the process that serves the folder.
func TestDoctorServing(t *testing.T) {
	const seen = `"started": "2018-03-16T01:00:00Z", "seen": "2018-03-16T02:00:00Z"`
	for name, c := range map[string]struct {
		file, want, wrong string
	}{
		"never":      {want: "has never run here"},
		"stopped":    {file: `{` + seen + `, "stopped": "2018-03-16T02:00:00Z"}`, want: "is stopped since 2018-03-16 09:00"},
		"cut off":    {file: `{` + seen + `}`, wrong: "was cut off, last seen 2018-03-16 09:00"},
		"unreadable": {file: `{`, wrong: "serve.json"},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			if c.file != "" {
				if err := os.WriteFile(filepath.Join(out, healthName), []byte(c.file), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			d := &Doctor{Pipeline: &Pipeline{Out: out}}
			got, err := d.serving()
			switch {
			case c.wrong == "" && (err != nil || !strings.Contains(got, c.want)):
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("got %q, %v, want the error %q", got, err, c.wrong)
			}
		})
	}
}
