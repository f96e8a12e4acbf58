package pipeline

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io/fs"
	"log/slog"
	"mime"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/templates"
)

// noon is when the mails of these tests are answered.
var noon = time.Date(2018, 3, 15, 12, 0, 0, 0, agency.Zone)

// mailing is a mail that an agency sends.
type mailing struct {
	from, subject, text string
	to                  string
	at                  time.Time
	unvouched           bool
	header              string // further lines
	name                string
	data                []byte
}

func (m mailing) eml() []byte {
	var b bytes.Buffer
	result := "pass"
	if m.unvouched {
		result = "fail"
	}
	if m.to == "" {
		m.to = "snv@daknong.example"
	}
	at := m.at.In(agency.Zone).Format("Mon, 02 Jan 2006 15:04:05 -0700")
	fmt.Fprintf(&b, "Received: from mta.daknong.example by mx.daknong.example with ESMTPS id 1\r\n\tfor <snv@daknong.example>; %s\r\n", at)
	fmt.Fprintf(&b, "Authentication-Results: mx.daknong.example; dmarc=%s header.from=daknong.example\r\n%s", result, m.header)
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%d.%s>\r\nMIME-Version: 1.0\r\n",
		m.from, m.to, mime.BEncoding.Encode("utf-8", m.subject), at, m.at.Unix(), m.from)
	b.WriteString("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + m.text + "\r\n")
	if m.data != nil {
		fmt.Fprintf(&b, "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=%q\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n",
			m.name, base64.StdEncoding.EncodeToString(m.data))
	}
	b.WriteString("--b--\r\n")
	return b.Bytes()
}

// workbook is an agency's report with these rows below title and head.
func workbook(t testing.TB, who, title string, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	all := append([][]any{
		{who}, {title}, {},
		{"Mã hoạt động", "Tình trạng", "Kết quả thực hiện", "Tỷ lệ hoàn thành (%)", "Kinh phí đã thực hiện (triệu đồng)"},
	}, rows...)
	for i, row := range all {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// office is a pipeline on an inbox that mails are put into, at noon.
type testOffice struct {
	*Pipeline
	inbox fstest.MapFS
	now   time.Time
}

func newOffice(t testing.TB) *testOffice {
	t.Helper()
	o := &testOffice{inbox: fstest.MapFS{}, now: noon}
	p := samplePipeline(t)
	p.Inbox, p.Now = o.inbox, func() time.Time { return o.now }
	p.Collector.CheckAddress = "kiemtra@daknong.example"
	p.Outgoing = &Outgoing{
		From:   mail.Address{Name: "Sở Nội vụ tỉnh Đắk Nông", Address: "snv@daknong.example"},
		PerRun: 100, PerHour: 20, AnswerWithin: 7 * 24 * time.Hour,
	}
	o.Pipeline = withStore(t, p)
	return o
}

func (o *testOffice) receive(t testing.TB, name string, m mailing) {
	t.Helper()
	if m.at.IsZero() {
		m.at = o.now.Add(-time.Hour)
	}
	o.inbox["mail/"+name+".eml"] = &fstest.MapFile{Data: m.eml(), ModTime: m.at}
	if _, err := o.Collect(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (o *testOffice) answerAll(t testing.TB) Answered {
	t.Helper()
	a, err := o.Answer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// read is the letter that lies at file.
func read(t testing.TB, file string) *enmime.Envelope {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	e, err := enmime.ReadEnvelope(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// good are rows about activities of Sở Tư pháp.
func good() [][]any {
	return [][]any{
		{"2.1.1", "Đã hoàn thành", "Đã ban hành kế hoạch", 100, 14.5},
		{"2.1.2", "Đang thực hiện", "Đang rà soát văn bản", 40, 5},
	}
}

func faulty() [][]any {
	rows := good()
	for i := range 24 {
		rows = append(rows, []any{fmt.Sprintf("9.9.%d", i+1), "Đã hoàn thành", "Mã không có trong kế hoạch", 100, 1})
	}
	return rows
}

const quarter = "Báo cáo kết quả thực hiện Kế hoạch CCHC quý I năm 2018"

// TestReceipts holds the letters that agencies get against goldens that a
// person can read.
func TestReceipts(t *testing.T) {
	stp := func(name string, data []byte) mailing {
		return mailing{from: "stp@daknong.example", subject: "Báo cáo CCHC quý I", text: "Kính gửi Sở Nội vụ.", name: name, data: data}
	}
	for _, c := range []struct {
		name  string
		mails []mailing
	}{
		{"accepted", []mailing{stp("bao-cao-stp.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter, good()...))}},
		{"held", []mailing{stp("bao-cao-stp.xlsx", workbook(t, "SỞ TÀI CHÍNH", quarter, faulty()...))}},
		{"rejected", []mailing{stp("bao-cao-stp.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter))}},
		{"nil", []mailing{stp("bao-cao-stp.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter, []any{"", "", "Không phát sinh"}))}},
		{"partly", []mailing{stp("bao-cao-stp.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter, append(good()[:1],
			[]any{"2.1.2", "Đang thực hiện", "Đang rà soát văn bản", 40, "khoảng năm triệu"},
			[]any{"9.9.1", "Đã hoàn thành", "Mã không có trong kế hoạch", 100, 1})...))}},
		{"without-file", []mailing{stp("", nil)}},
		{"nothing", []mailing{stp("bao-cao-stp.pdf", []byte("%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"))}},
		{"check", []mailing{func() mailing {
			m := stp("bao-cao-stp.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter, faulty()...))
			m.subject = "[Kiểm  tra] báo cáo quý I"
			return m
		}()}},
		{"corrected", []mailing{
			func() mailing {
				m := stp("lan-1.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter, good()...))
				m.at = noon.Add(-5 * time.Hour)
				return m
			}(),
			stp("lan-2.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter,
				[]any{"2.1.1", "Đã hoàn thành", "Đã ban hành kế hoạch", 100, 16.25},
				[]any{"2.1.2", "Đã hoàn thành", "Đã rà soát xong", 100, 5})),
		}},
		{"corrected-in-part", []mailing{
			func() mailing {
				m := stp("lan-1.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter, good()...))
				m.at = noon.Add(-5 * time.Hour)
				return m
			}(),
			stp("lan-2.xlsx", workbook(t, "SỞ TƯ PHÁP", quarter, good()[1])),
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			for i, m := range c.mails {
				o.receive(t, fmt.Sprint(i), m)
			}
			a := o.answerAll(t)
			if len(a.Queued) != len(c.mails) {
				t.Fatalf("got %+v, want a letter for each of %d mails", a, len(c.mails))
			}
			e := read(t, a.Queued[len(c.mails)-1].File)
			var got strings.Builder
			for _, field := range []string{"From", "To", "Subject", "Auto-Submitted", "In-Reply-To"} {
				fmt.Fprintf(&got, "%s: %s\n", field, e.GetHeader(field))
			}
			for _, f := range e.Attachments {
				fmt.Fprintf(&got, "Attached: %s\n", f.FileName)
			}
			fmt.Fprintf(&got, "\n%s", strings.ReplaceAll(e.Text, "\r\n", "\n"))
			golden(t, "receipt-"+c.name+".txt", got.String())
			looked(t, c.name, e)
		})
	}
}

// golden holds text against a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "letter", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// looked writes what a person may want to look at, if told where.
func looked(t *testing.T, name string, e *enmime.Envelope) {
	t.Helper()
	pdf := e.Attachments[0].Content
	if dir := os.Getenv("BAOCAO_LOOK"); dir != "" {
		for ext, data := range map[string][]byte{".pdf": pdf, ".html": []byte(e.HTML)} {
			if err := os.WriteFile(filepath.Join(dir, name+ext), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	cmd := exec.CommandContext(t.Context(), pdftotext, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	number := strings.TrimSuffix(strings.TrimPrefix(e.Attachments[0].FileName, "giay-xac-nhan-"), ".pdf")
	for _, want := range []string{"GIẤY XÁC NHẬN", number, "Sở Tư pháp"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the PDF does not say %q:\n%s", want, out)
		}
	}
}

// Each mail is answered once, however often one tries.
func TestAnsweredOnce(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "1", mailing{from: "stp@daknong.example", subject: "a", name: "a.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	first := o.answerAll(t)
	o.now = o.now.Add(time.Hour)
	again := o.answerAll(t)
	if len(first.Queued) != 1 || len(again.Queued) != 0 || again.Known != 1 {
		t.Errorf("got %+v and %+v", first, again)
	}
}

// Nobody gets an answer who is not known to be an agency that sent a mail.
func TestNotAnswered(t *testing.T) {
	data := workbook(t, "SỞ TƯ PHÁP", quarter, good()...)
	for _, c := range []struct {
		name string
		mail mailing
		want SkipReason
	}{
		{"out of office", mailing{from: "stp@daknong.example", header: "Auto-Submitted: auto-replied\r\n"}, SkipAuto},
		{"list", mailing{from: "stp@daknong.example", header: "List-Id: <a.daknong.example>\r\n"}, SkipAuto},
		{"null sender", mailing{from: "stp@daknong.example", header: "Return-Path: <>\r\n"}, SkipAuto},
		{"bounce", mailing{from: "mailer-daemon@daknong.example"}, SkipAuto},
		{"stranger", mailing{from: "somebody@elsewhere.example"}, SkipUnknown},
		{"forged", mailing{from: "stp@daknong.example", unvouched: true}, SkipUnauthenticated},
		{"ourselves", mailing{from: "snv@daknong.example"}, SkipOwn},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			c.mail.subject, c.mail.name, c.mail.data = "Báo cáo quý I", "a.xlsx", data
			o.receive(t, "1", c.mail)
			a := o.answerAll(t)
			if len(a.Queued) != 0 || len(a.Skipped) != 1 || a.Skipped[0].Reason != c.want {
				t.Errorf("got %+v, want skipped: %s", a, c.want)
			}
		})
	}
}

// An answer goes to the sender and nowhere that a mail asks for.
func TestReplyToIsNotBelieved(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "1", mailing{from: "stp@daknong.example", subject: "a\u202E", header: "Reply-To: <evil@elsewhere.example>\r\n",
		name: "a.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	a := o.answerAll(t)
	if len(a.Queued) != 1 || a.Queued[0].To != "stp@daknong.example" {
		t.Fatalf("got %+v", a)
	}
	data, err := os.ReadFile(a.Queued[0].File)
	if err != nil || bytes.Contains(data, []byte("evil")) {
		t.Errorf("%v, the letter names the stranger:\n%s", err, data)
	}
}

// Our own letter that comes back, from whomever, is not answered.
func TestOwnLetterComesBack(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "1", mailing{from: "stp@daknong.example", subject: "a", name: "a.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	file := o.answerAll(t).Queued[0].File
	ours, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	back := bytes.Replace(ours, []byte("Auto-Submitted: auto-replied\r\n"), nil, 1)
	head := "Received: by mx.daknong.example; Thu, 15 Mar 2018 11:30:00 +0700\r\nAuthentication-Results: mx.daknong.example; dmarc=pass header.from=daknong.example\r\n"
	back = bytes.Replace(back, []byte("<snv@daknong.example>"), []byte("<stp@daknong.example>"), 1)
	o.inbox["mail/back.eml"] = &fstest.MapFile{Data: append([]byte(head), back...)}
	if _, err := o.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := o.answerAll(t)
	if len(a.Queued) != 0 || len(a.Skipped) != 1 || a.Skipped[0].Reason != SkipOwn {
		t.Errorf("got %+v", a)
	}
}

// A document that was only to be checked is in no report, until it is sent in
// earnest.
func TestCheckOnlyIsNoReport(t *testing.T) {
	o := newOffice(t)
	data := workbook(t, "SỞ TƯ PHÁP", quarter, good()...)
	reported := func() int {
		made, err := o.Statement(t.Context(), period(t, "2018-Q1"), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return made.Statement.Reporting.Received
	}
	o.receive(t, "1", mailing{from: "stp@daknong.example", to: "kiemtra@daknong.example", subject: "Báo cáo quý I", name: "a.xlsx", data: data})
	a := o.answerAll(t)
	if len(a.Queued) != 1 || a.Queued[0].Letter != letterCheck || reported() != 0 {
		t.Errorf("got %+v, %d reported, want a check and no report", a.Queued, reported())
	}
	o.receive(t, "2", mailing{from: "stp@daknong.example", subject: "Báo cáo quý I", name: "a.xlsx", data: data, at: noon.Add(-time.Minute)})
	a = o.answerAll(t)
	if len(a.Queued) != 1 || a.Queued[0].Letter != letterAccepted || reported() != 1 {
		t.Errorf("got %+v, %d reported, want a receipt and one report", a.Queued, reported())
	}
}

// A mail that we cannot work on is no fault of its sender, who is told so once,
// and gets his receipt later.
func TestFaultOfOurs(t *testing.T) {
	o := newOffice(t)
	var log bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	o.receive(t, "1", mailing{from: "stp@daknong.example", subject: "a", name: "a.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	var kept string
	err := filepath.WalkDir(filepath.Join(o.Out, "archive"), func(name string, d os.DirEntry, err error) error {
		if strings.HasSuffix(name, ".eml") {
			kept = name
		}
		return err
	})
	if err != nil || kept == "" {
		t.Fatal(kept, err)
	}
	if err := os.Rename(kept, kept+".away"); err != nil {
		t.Fatal(err)
	}
	for i := range 3 { // the second time it is not due yet
		if i == 2 {
			o.now = o.now.Add(2 * time.Minute)
		}
		a := o.answerAll(t)
		if len(a.Faults) != 1 || len(a.Queued) != 0 || !strings.HasPrefix(a.Faults[0].Ref, "LOI-") {
			t.Fatalf("got %+v", a)
		}
		if i == 0 {
			if e := read(t, a.Faults[0].File); !strings.Contains(e.Text, a.Faults[0].Ref) {
				t.Errorf("the letter does not say %s:\n%s", a.Faults[0].Ref, e.Text)
			}
		}
	}
	if letters, err := o.Store.Letters(t.Context()); err != nil || len(letters) != 1 || letters[0].Kind != deliver.Fault {
		t.Errorf("got %v %v, want one letter about the fault", letters, err)
	}
	listed := o.attentionOf(t)
	ref := faultReference(strings.TrimSuffix(filepath.Base(kept), ".eml"))
	if len(listed) != 1 || listed[0].Kind != AttentionFault || listed[0].Reference != ref || listed[0].Tries != 2 {
		t.Errorf("the clerk's list: %+v, want the fault %s, tried twice", listed, ref)
	}
	if !strings.Contains(log.String(), "ref="+ref) {
		t.Errorf("the log does not name %s:\n%s", ref, log.String())
	}
	if err := os.Rename(kept+".away", kept); err != nil {
		t.Fatal(err)
	}
	if a := o.answerAll(t); len(a.Queued) != 0 {
		t.Errorf("got %+v, want nothing before the next try is due", a)
	}
	if err := o.Retry(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := o.answerAll(t); len(a.Queued) != 1 || len(a.Faults) != 0 {
		t.Errorf("got %+v, want the receipt", a)
	}
	if listed := o.attentionOf(t); len(listed) != 0 {
		t.Errorf("after the receipt a clerk must still look: %+v", listed)
	}
}

// While letters go to one address only, they say to whom they would go.
func TestOnlyTo(t *testing.T) {
	o := newOffice(t)
	o.Outgoing.OnlyTo = "me@daknong.example"
	o.receive(t, "1", mailing{from: "stp@daknong.example", subject: "a", name: "a.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	e := read(t, o.answerAll(t).Queued[0].File)
	if to := e.GetHeader("To"); to != "<me@daknong.example>" || !strings.Contains(e.Text, "stp@daknong.example") ||
		!strings.HasPrefix(e.GetHeader("Subject"), "[GỬI THỬ]") {
		t.Errorf("got to %q, subject %q:\n%s", to, e.GetHeader("Subject"), e.Text)
	}
}

func TestPreviewAnswersNothing(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "1", mailing{from: "stp@daknong.example", subject: "a", name: "a.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	a, err := o.Preview(t.Context(), t.TempDir())
	if err != nil || len(a.Queued) != 1 {
		t.Fatalf("got %+v %v", a, err)
	}
	read(t, a.Queued[0].File)
	if again := o.answerAll(t); len(again.Queued) != 1 {
		t.Errorf("after a preview: %+v", again)
	}
}

// Old mails are not answered: an office may begin with a mailbox of years.
func TestOldMailIsNotAnswered(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "1", mailing{from: "stp@daknong.example", subject: "a", name: "a.xlsx", at: noon.Add(-8 * 24 * time.Hour), data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	if a := o.answerAll(t); len(a.Queued) != 0 || a.Old != 1 {
		t.Errorf("got %+v", a)
	}
}

// A slip in an office's letter is told at the start.
func TestLetterWithAnUnknownName(t *testing.T) {
	shipped := fstest.MapFS{}
	for _, name := range []string{letterHeld, letterOnlyTo, "shared"} {
		data, err := templates.FS.ReadFile("letter/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		shipped["letter/"+name+".txt"] = &fstest.MapFile{Data: append(slices.Clone(data), "{{.Nobody}}\n"...)}
	}
	for name := range shipped {
		p := samplePipeline(t)
		p.Templates = overFS{shipped, name}
		err := p.Open()
		if name == "letter/shared.txt" { // outside of its parts it says nothing to anybody
			continue
		}
		if err == nil || !strings.Contains(err.Error(), "templates/"+name+":") || !strings.Contains(err.Error(), "Nobody") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// overFS is the templates that ship with one file changed.
type overFS struct {
	own  fstest.MapFS
	name string
}

func (o overFS) Open(name string) (fs.File, error) {
	if name == o.name {
		return o.own.Open(name)
	}
	return templates.FS.Open(name)
}
