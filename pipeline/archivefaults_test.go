package pipeline

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"baocao/pipeline/finding"
)

// zipOf is an archive with entries of these names.
func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte("x"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A receipt has a line for each entry of an archive that could not be taken; of
// very many it tells the first, and how many more there are.
func TestArchiveFaultsAreTold(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "a", mailing{from: "stp@daknong.example", subject: "Báo cáo", name: "bao-cao.zip",
		data: zipOf(t, "../mot.xlsx", "../hai.xlsx", "../ba.xlsx")})
	text := read(t, o.answerAll(t).Queued[0].File).Text
	for _, name := range []string{"../mot.xlsx", "../hai.xlsx", "../ba.xlsx"} {
		if strings.Count(text, name) != 1 {
			t.Errorf("the receipt does not tell of %s once:\n%s", name, text)
		}
	}
	var many []string
	for i := range 80 {
		many = append(many, fmt.Sprintf("../%d.xlsx", i))
	}
	checked, err := o.Check(context.Background(), "nhieu.zip", zipOf(t, many...), CheckOptions{})
	if err != nil || len(checked) != 1 {
		t.Fatalf("got %d documents, %v, want the archive itself", len(checked), err)
	}
	told := 0
	var more finding.Finding
	for _, f := range checked[0].Submission.Findings {
		switch f.Code {
		case "archive-unsafe-name":
			told++
		case "more-of-the-same":
			more = f
		}
	}
	if told != 50 || more.Got != "30" {
		t.Errorf("told of %d entries and of %q more, want 50 and 30", told, more.Got)
	}
}
