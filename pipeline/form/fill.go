package form

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// Blank is what one agency's form for one period says and asks.
type Blank struct {
	Agency agency.ID
	Name   string // official, on the day the period closes
	Short  string
	Symbol string // the end of its documents' symbol; empty: not known
	Parent string // tên cơ quan chủ quản; empty: none
	Place  string // địa danh

	Plan        *plan.Plan
	PlanVersion int
	Term        plan.Term
	Year        plan.Term // of the whole year: within it lie the days on which something was done
	PeriodName  string    // "quý I năm 2018"
	Previous    string    // name of the period whose answers stand beside; empty: none
	ReplyTo     string    // the address to which the form goes back; empty: the template's words for it

	Asked   []Asked // what the agency leads, itself or in a group
	Partner []Asked // what it cooperates in
}

// Asked is one activity of a form, with what the agency said of it last.
type Asked struct {
	Activity *plan.Activity
	Status   Progress
	Percent  *plan.Percent
	Used     *plan.Dong // since the beginning of the year
	Text     string
}

// Fill writes the blank form of one agency as a workbook: its activities with the
// plan's cells locked, room for the answers, lists to choose from, a sheet that
// explains, and a hidden one that tells package form again whose form it is. The
// same blank gives the same bytes.
func Fill(w io.Writer, t *Template, b Blank) error {
	f := excelize.NewFile()
	defer f.Close() // nothing of it lies on disk
	book := formBook{file: f, t: t, blank: b, styles: map[cellLook]int{}}
	err := book.write()
	if err == nil {
		err = book.pack(w)
	}
	if err != nil {
		return fmt.Errorf("form of %s for %s: %w", b.Agency, b.Term.Period, err)
	}
	return nil
}

// formBook is a form while it is written.
type formBook struct {
	file   *excelize.File
	t      *Template
	blank  Blank
	styles map[cellLook]int
	grow   map[string][]int // rows, by sheet, whose height follows what is typed
}

func (b *formBook) write() error {
	if err := b.file.SetDefaultFont(b.t.Font); err != nil {
		return err
	}
	b.grow = map[string][]int{}
	if err := b.file.SetSheetName("Sheet1", b.t.Sheets.Asked); err != nil {
		return err
	}
	tables := []*formTable{b.table(b.t.Sheets.Asked, b.t.Titles.Asked, b.blank.Asked)}
	if len(b.blank.Partner) > 0 {
		tables = append(tables, b.table(b.t.Sheets.Partner, b.t.Titles.Partner, b.blank.Partner))
	}
	for i, t := range tables {
		if i > 0 {
			if _, err := b.file.NewSheet(t.sheet); err != nil {
				return err
			}
		}
		if err := t.write(); err != nil {
			return fmt.Errorf("sheet %q: %w", t.sheet, err)
		}
	}
	if err := b.howTo(); err != nil {
		return fmt.Errorf("sheet %q: %w", b.t.Sheets.HowTo, err)
	}
	if err := b.identity(tables); err != nil {
		return err
	}
	return b.properties()
}

// properties are what the file says about itself; it is dated the day on which the
// period closes, so that bytes repeat.
func (b *formBook) properties() error {
	day := b.blank.Term.Closes.Start().UTC().Format("2006-01-02T15:04:05Z")
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: b.fill(b.t.Titles.File), Creator: b.t.Author, LastModifiedBy: b.t.Author,
		Language: "vi-VN", Created: day, Modified: day,
	}); err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: "baocao"})
}

// fill puts what is known of the form into a text of the template.
func (b *formBook) fill(s string) string {
	closes, due := b.blank.Term.Closes, b.blank.Term.Due
	return strings.NewReplacer(
		"{agency}", b.blank.Name, "{AGENCY}", strings.ToUpper(b.blank.Name), "{short}", b.blank.Short,
		"{parent}", b.blank.Parent, "{symbol}", b.blank.Symbol, "{place}", b.blank.Place,
		"{period}", b.blank.PeriodName, "{PERIOD}", strings.ToUpper(b.blank.PeriodName), "{previous}", b.blank.Previous,
		"{year}", fmt.Sprint(b.blank.Term.Period.Year), "{plan}", b.blank.Plan.Number, "{signed}", sayOfficialDay(b.blank.Plan.Signed),
		"{from}", sayOfficialDay(b.blank.Term.From), "{closes}", sayOfficialDay(closes), "{due}", sayOfficialDay(due),
		"{reply}", cmp.Or(b.blank.ReplyTo, b.t.NoReply),
	).Replace(s)
}

// sayOfficialDay is a day as official documents write it (NĐ 30/2020/NĐ-CP, PL I):
// two digits for the day, and for January and February. The zero day is empty.
func sayOfficialDay(d agency.Day) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month < 3:
		return fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year)
	}
	return fmt.Sprintf("%02d/%d/%d", d.Day, d.Month, d.Year)
}

// before is what the agency said of an activity last, in few words; empty when it
// said nothing.
func (b *formBook) before(a Asked) string {
	var lines []string
	said := b.t.Statuses[a.Status]
	if a.Percent != nil {
		said = strings.TrimPrefix(said+", "+viet.FormatNumber(a.Percent.Decimal())+"%", ", ")
	}
	if said != "" {
		lines = append(lines, said)
	}
	if a.Used != nil {
		lines = append(lines, strings.ReplaceAll(b.t.BeforeMoney, "{money}", viet.FormatNumber(a.Used.Millions())))
	}
	if a.Text != "" {
		lines = append(lines, shortened(a.Text, longestBefore))
	}
	return strings.Join(lines, "\n")
}

// longestBefore is how many letters of an earlier answer stand beside the new one.
const longestBefore = 160

// shortened is the beginning of a text of more than so many letters, up to a word.
func shortened(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	s = string(runes[:most-1])
	if at := strings.LastIndexByte(s, ' '); at > len(s)/2 {
		s = s[:at]
	}
	return strings.TrimRight(s, " ,;.") + "…"
}
