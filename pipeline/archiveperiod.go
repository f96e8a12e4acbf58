package pipeline

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// Archived is what an ArchivePeriod wrote.
type Archived struct {
	Documents int `json:"documents"`
	Mails     int `json:"mails"`
	Revisions int `json:"revisions"`
	Files     int `json:"files"`
}

// ArchivePeriod writes one zip of all that belongs to a period: the originals
// in folders by what became of them, the mails that brought them, every issued
// revision with its manifest and the signed copy, the rulings, and an index
// that a spreadsheet program opens. The same state gives the same bytes.
func (p *Pipeline) ArchivePeriod(ctx context.Context, period plan.Period, w io.Writer) (Archived, error) {
	a := archiver{Pipeline: p, period: period, zip: zip.NewWriter(w), mails: map[string]string{}, used: map[string]bool{}}
	err := a.write(ctx)
	if err == nil {
		err = a.zip.Close()
	}
	if err != nil {
		return a.done, fmt.Errorf("archive %s: %w", period, err)
	}
	return a.done, nil
}

type archiver struct {
	*Pipeline
	period plan.Period
	zip    *zip.Writer
	names  shortNames        // of documents
	mails  map[string]string // names in the archive, by hash
	used   map[string]bool
	done   Archived
	index  [][]string
}

func (a *archiver) words() archiveWords { return a.office.archive }

func (a *archiver) write(ctx context.Context) error {
	made, err := a.Statement(ctx, a.period, lastSecond(agency.DayOf(a.Now())))
	if err != nil {
		return err
	}
	a.names = made.names
	for _, s := range made.Inputs.Submissions {
		if err := a.document(ctx, s); err != nil {
			return err
		}
	}
	issues, err := a.Store.Issues(ctx, a.period)
	if err != nil {
		return err
	}
	for _, i := range issues {
		if i.State != store.Prepared {
			if err := a.revision(i); err != nil {
				return err
			}
		}
	}
	rulings, err := json.MarshalIndent(list(made.Inputs.Rulings), "", "  ")
	if err != nil {
		return err
	}
	if err := a.put(a.words().Rulings, append(rulings, '\n')); err != nil {
		return err
	}
	return a.writeIndex()
}

// document adds an original and the mail that brought it.
func (a *archiver) document(ctx context.Context, s form.Submission) error {
	folder := path.Join(a.words().Folders[s.Outcome], cmp.Or(string(s.Agency), a.words().Unknown))
	data, err := a.Store.Data(s.SHA256)
	if err != nil {
		return err
	}
	file := ""
	if data != nil {
		file = path.Join(folder, a.names.of(s.SHA256)+"-"+cmp.Or(fileName(s.File), a.words().Unnamed))
		if err := a.put(file, data); err != nil {
			return err
		}
		a.done.Documents++
	}
	mail := ""
	original, err := a.Store.Original(ctx, s.SHA256)
	if err != nil {
		return err
	}
	if m := original.Arrival.Message; m != nil {
		if mail, err = a.mail(m.SHA256); err != nil {
			return err
		}
	}
	name := ""
	if s.Agency != "" {
		name = a.office.directory.Name(s.Agency, agency.DayOf(s.Arrived))
	}
	a.index = append(a.index, []string{
		a.words().Outcomes[s.Outcome], string(s.Agency), name,
		s.Arrived.In(agency.Zone).Format("2006-01-02 15:04:05"), s.Sender, s.File, s.Ref, file, mail, s.SHA256,
	})
	return nil
}

// mail adds the mail with that hash once, and gives its name in the archive.
func (a *archiver) mail(sha string) (string, error) {
	if name, ok := a.mails[sha]; ok {
		return name, nil
	}
	raw, err := a.Store.Mail(sha)
	if err != nil {
		return "", err
	}
	name := path.Join(a.words().Mails, sha[:shortHash]+".eml")
	if a.used[name] { // another mail's hash begins so
		name = path.Join(a.words().Mails, sha+".eml")
	}
	a.mails[sha] = name
	a.done.Mails++
	return name, a.put(name, raw)
}

// revision adds the files of an issue as they were issued.
func (a *archiver) revision(i store.Issue) error {
	folder := strings.ReplaceAll(a.words().Reports, "{revision}", strconv.Itoa(i.Revision))
	put := func(name, sha, ext string) error {
		if sha == "" {
			return nil
		}
		data, err := a.Store.Frozen(sha, ext)
		if err != nil {
			return err
		}
		return a.put(path.Join(folder, name), data)
	}
	for _, f := range i.Files {
		if err := put(f.Name, f.SHA256, f.Ext); err != nil {
			return err
		}
	}
	if err := put(manifestName(i.Revision), i.Manifest, store.ManifestExt); err != nil {
		return err
	}
	if err := put(a.words().Figures, i.Inputs, store.InputsExt); err != nil {
		return err
	}
	a.done.Revisions++
	return put(a.words().Signed+i.SignedExt, i.Signed, i.SignedExt)
}

// put adds a file. Times would make each archive different, so all are the
// earliest that the format has.
func (a *archiver) put(name string, data []byte) error {
	if a.used[name] {
		return nil
	}
	a.used[name] = true
	f, err := a.zip.CreateHeader(&zip.FileHeader{
		Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		return err
	}
	a.done.Files++
	_, err = f.Write(data)
	return err
}

// writeIndex lists the documents, for a spreadsheet program: a mark at the
// beginning says that it is UTF-8, and what looks like a formula is text.
func (a *archiver) writeIndex() error {
	var b strings.Builder
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	rows := append([][]string{slices.Clone(a.words().Columns)}, a.index...)
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return a.put(a.words().Index, []byte(b.String()))
}

// fileName is a sender's name for a file as it may stand in an archive: no
// folder, nothing that a system takes for something else. It may be empty.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, shown(path.Base(strings.ReplaceAll(name, `\`, "/"))))
	name = strings.Trim(name, ". ")
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[len(runes)-100:])
	}
	return name
}
