package main

import (
	"bytes"
	"fmt"
	"maps"
	"mime"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/templates"
)

// simMail is what somebody sends to the office.
type simMail struct {
	from, subject, body string
	verdict             string            // of the office's mail server; empty: pass
	head                map[string]string // further header fields
	name                string            // of the attachment; empty: none
	data                []byte
}

// compose is the mail as it lies in the mailbox; the same act always gives the
// same bytes.
func (a simAct) compose(m simMail) []byte {
	var b bytes.Buffer
	verdict := m.verdict
	if verdict == "" {
		verdict = "pass"
	}
	domain := m.from[strings.LastIndexByte(m.from, '@')+1:]
	at := a.at.In(agency.Zone)
	for _, field := range [][2]string{
		{"Return-Path", "<" + m.from + ">"},
		{"Authentication-Results", fmt.Sprintf("mx.daknong.example; dmarc=%s header.from=%s", verdict, domain)},
		{"From", "<" + m.from + ">"}, {"To", "<" + mailUser + ">"},
		{"Subject", mime.BEncoding.Encode("utf-8", m.subject)},
		{"Date", at.Format(mailStamp)},
		{"Message-ID", fmt.Sprintf("<%s.%s@%s>", a.at.UTC().Format("20060102T1504"), a.what, m.from)},
		{"MIME-Version", "1.0"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", field[0], field[1])
	}
	for _, name := range slices.Sorted(maps.Keys(m.head)) {
		fmt.Fprintf(&b, "%s: %s\r\n", name, m.head[name])
	}
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary("bien") // it may stand there
	b.WriteString("Content-Type: multipart/mixed; boundary=bien\r\n\r\n")
	simPart(w, textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}}, []byte(m.body))
	if m.name != "" {
		simPart(w, textproto.MIMEHeader{
			"Content-Type":        {"application/octet-stream"},
			"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": m.name})},
		}, m.data)
	}
	_ = w.Close() // into memory
	return b.Bytes()
}

func simPart(w *multipart.Writer, head textproto.MIMEHeader, data []byte) {
	head.Set("Content-Transfer-Encoding", "base64")
	p, err := w.CreatePart(head)
	if err == nil {
		_, err = p.Write(lines64(data))
	}
	if err != nil { // into memory
		panic(err)
	}
}

// simBounce is what a mail server sends back about a letter.
func (a simAct) simBounce(l simLetter) []byte {
	return fmt.Appendf(nil, strings.ReplaceAll(`Return-Path: <>
From: <MAILER-DAEMON@mx.daknong.example>
To: <%s>
Subject: Undelivered Mail Returned to Sender
Date: %s
Message-ID: <%s.bounce@mx.daknong.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=bien

--bien
Content-Type: text/plain

The mail could not be delivered.
--bien
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.daknong.example

Final-Recipient: rfc822; %s
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

--bien
Content-Type: text/rfc822-headers

Message-ID: <%s>

--bien--
`, "\n", "\r\n"), mailUser, a.at.In(agency.Zone).Format(mailStamp), a.at.UTC().Format("20060102T1504"), l.to, l.id)
}

// attachedForm is the workbook that came with a letter.
func attachedForm(t *testing.T, l simLetter) (name string, data []byte) {
	t.Helper()
	e, err := enmime.ReadEnvelope(bytes.NewReader(l.raw))
	if err != nil || len(e.Attachments) != 1 {
		t.Fatalf("letter %s: %v, want one attachment", l, err)
	}
	return e.Attachments[0].FileName, e.Attachments[0].Content
}

// simAnswer is what an agency says of each activity: how far it is, and what it has
// spent since the year, or the quarter, began.
type simAnswer struct {
	text, status string
	percent      int
	spent        float64
}

// simAnswers are those of a period.
var simAnswers = map[string]simAnswer{
	"2018-Q1": {simDoing, "Đang thực hiện", 25, 1}, "2018-6M": {simDoing, "Đang thực hiện", 50, 2},
	"2018-Q3": {simDoing, "Đang thực hiện", 70, 0.5}, "2018": {simDoing, "Đang thực hiện", 90, 4},
}

const simDoing = "Đang triển khai theo Kế hoạch"

// filledForm is the blank form with the answer in each row that asks for one.
func filledForm(t *testing.T, blank []byte, answer simAnswer) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(blank))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const sheet = "Báo cáo"
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	columns, filled := map[int]any{}, 0
	for i, row := range rows {
		if len(row) > 0 && row[0] == "Mã hoạt động" {
			for c, title := range row {
				switch {
				case title == "Kết quả thực hiện":
					columns[c+1] = answer.text
				case title == "Tình trạng":
					columns[c+1] = answer.status
				case title == "Tỷ lệ hoàn thành (%)":
					columns[c+1] = answer.percent
				case strings.HasPrefix(title, "Kinh phí đã thực hiện"):
					columns[c+1] = answer.spent
				}
			}
		}
		if len(row) == 0 || strings.Count(row[0], ".") != 2 {
			continue
		}
		for c, v := range columns {
			cell, err := excelize.CoordinatesToCellName(c, i+1)
			if err == nil {
				err = f.SetCellValue(sheet, cell, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		filled++
	}
	if len(columns) != 4 || filled == 0 {
		t.Fatalf("the form has %d of the 4 columns and %d rows", len(columns), filled)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ownWorkbook is a report in a layout that the agency made itself.
func ownWorkbook(t *testing.T, y2018 *plan.Plan, id, period string) []byte {
	t.Helper()
	s, err := readStory(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	s.plan = y2018
	for name, p := range simPeriods {
		if p == period {
			s.Workbook.Period = "Kỳ báo cáo: " + name
		}
	}
	answer := simAnswers[period]
	for a := range y2018.Activities() {
		s.Answers[a.Code] = demoAnswer{Text: answer.text, Status: answer.status, Percent: &answer.percent}
	}
	data, err := s.workbook(&demoReport{Agency: agency.ID(id)})
	if err != nil {
		t.Fatal(err)
	}
	return data
}
