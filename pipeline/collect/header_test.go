package collect_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
)

// message is what Open says of a mail with these header fields.
func message(t *testing.T, r collect.Reader, fields ...string) *collect.Message {
	t.Helper()
	items := r.Open("a.eml", []byte(strings.Join(fields, "\r\n")+"\r\n\r\nbody\r\n"))
	if items[0].Message == nil {
		t.Fatal("no message")
	}
	return items[0].Message
}

func TestAuthenticated(t *testing.T) {
	const us = "Authentication-Results: mx.daknong.example; "
	tests := map[string]struct {
		want   bool
		fields []string
	}{
		"dmarc":                       {true, []string{us + "dmarc=pass header.from=daknong.example"}},
		"dmarc, letter case":          {true, []string{"authentication-results: MX.daknong.example; DMARC=Pass Header.From=DakNong.example"}},
		"dmarc of another domain":     {false, []string{us + "dmarc=pass header.from=evil.example"}},
		"dmarc of the parent":         {false, []string{us + "dmarc=pass header.from=example"}},
		"dmarc of nobody":             {false, []string{us + "dmarc=pass"}},
		"dkim by d":                   {true, []string{us + "dkim=pass header.d=daknong.example"}},
		"dkim by i":                   {true, []string{us + "dkim=pass header.i=@mail.daknong.example"}},
		"dkim of another domain":      {false, []string{us + "dkim=pass header.d=evil.example"}},
		"dkim of a lookalike":         {false, []string{us + "dkim=pass header.d=notdaknong.example"}},
		"dkim of a whole country":     {false, []string{us + "dkim=pass header.d=example"}},
		"d counts before i":           {false, []string{us + "dkim=pass header.d=evil.example header.i=@daknong.example"}},
		"dkim fails":                  {false, []string{us + "dkim=fail header.d=daknong.example"}},
		"second signature":            {true, []string{us + "dkim=fail header.d=daknong.example; dkim=pass header.d=daknong.example"}},
		"spf":                         {true, []string{us + "spf=pass smtp.mailfrom=snv@daknong.example"}},
		"spf of another domain":       {false, []string{us + "spf=pass smtp.mailfrom=snv@evil.example"}},
		"spf of the greeting":         {false, []string{us + "spf=pass smtp.helo=daknong.example"}},
		"softfail":                    {false, []string{us + "spf=softfail smtp.mailfrom=daknong.example"}},
		"dmarc outweighs":             {false, []string{us + "dmarc=fail header.from=daknong.example; dkim=pass header.d=daknong.example"}},
		"none":                        {false, []string{us + "none"}},
		"other methods":               {false, []string{us + "auth=pass smtp.auth=snv@daknong.example; iprev=pass policy.iprev=192.0.2.1"}},
		"no field":                    {false, nil},
		"foreign server":              {false, []string{"Authentication-Results: mx.evil.example; dmarc=pass header.from=daknong.example"}},
		"server of a similar name":    {false, []string{"Authentication-Results: mx.daknong.example.evil.example; dmarc=pass header.from=daknong.example"}},
		"only the topmost":            {false, []string{us + "none", us + "dmarc=pass header.from=daknong.example"}},
		"below a foreign one":         {false, []string{"Authentication-Results: mx.evil.example; none", us + "dmarc=pass header.from=daknong.example"}},
		"version":                     {true, []string{"Authentication-Results: mx.daknong.example 1; dmarc=pass header.from=daknong.example"}},
		"unknown version":             {false, []string{"Authentication-Results: mx.daknong.example 2; dmarc=pass header.from=daknong.example"}},
		"comments":                    {true, []string{us + "(x; dmarc=fail (nested) ) dmarc (a) = (b) pass (p=none; dis=none) header.from = (c) daknong.example"}},
		"pass within a comment":       {false, []string{us + "spf=none (dmarc=pass header.from=daknong.example; dkim=pass header.d=daknong.example)"}},
		"open comment":                {false, []string{us + "dmarc=pass header.from=daknong.example; spf=fail (never closed"}},
		"quotation":                   {true, []string{us + `dkim=pass reason="good; signature" header.d="daknong.example"`}},
		"pass within a quotation":     {false, []string{us + `spf=pass smtp.mailfrom="a; dkim=pass header.d=daknong.example "@evil.example`}},
		"escaped quote":               {false, []string{us + `spf=pass smtp.mailfrom="\"; dkim=pass header.d=daknong.example; x=\""@evil.example`}},
		"half a result":               {false, []string{us + "dmarc=pass header.from=daknong.example; nonsense"}},
		"folded":                      {true, []string{"Authentication-Results: mx.daknong.example;", "\tdmarc=pass", " header.from=daknong.example"}},
		"domain in a quoted mailbox":  {false, []string{us + `dmarc=pass header.from=daknong.example`, `From: "a@daknong.example"@evil.example`}},
		"neither From nor its domain": {false, []string{us + "dmarc=pass", "From: undisclosed:;"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			fields := tt.fields
			if !strings.Contains(strings.Join(fields, "\n"), "\nFrom:") {
				fields = append(fields, "From: snv@daknong.example")
			}
			if got := message(t, border, fields...).Authenticated; got != tt.want {
				t.Errorf("authenticated: got %v, want %v", got, tt.want)
			}
			if message(t, collect.Reader{}, fields...).Authenticated {
				t.Error("a reader without a server's name vouches for a sender")
			}
		})
	}
}

// The findings say who it claims to be from and why nobody vouches for it.
func TestNotAuthenticatedFinding(t *testing.T) {
	items := border.Open("mail/a.eml", []byte("Authentication-Results: mx.daknong.example; spf=fail smtp.mailfrom=evil.example; dkim=none\r\n"+
		"From: snv@daknong.example\r\n\r\nbody\r\n"))
	place := finding.Place{File: "a.eml"}
	want := []finding.Finding{
		{Code: "sender-not-authenticated", Level: finding.Warning, Place: place, Got: "snv@daknong.example"},
		{Code: "sender-verdict-failed", Level: finding.Note, Place: place, Got: "spf=fail evil.example, dkim=none", Want: "mx.daknong.example"},
	}
	if diff := cmp.Diff(want, items[0].Findings[len(items[0].Findings)-2:]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFrom(t *testing.T) {
	tests := map[string]string{
		"snv@daknong.example":                                  "snv@daknong.example",
		"SNV@DakNong.example":                                  "snv@daknong.example",
		`"Sở Nội vụ" <snv@daknong.example>`:                    "snv@daknong.example",
		`"stc@daknong.example" <snv@daknong.example>`:          "snv@daknong.example",
		"=?windows-1258?Q?S=FD?= <snv@daknong.example>":        "snv@daknong.example",
		"=?utf-8?Q?a@daknong.example,?= <snv@daknong.example>": "",
		"S\xf4\xec N\xf4\xf2i v <snv@daknong.example>":         "snv@daknong.example",
		"Sở Nội vụ (Phòng CCHC, tầng 2) <snv@daknong.example>": "snv@daknong.example",
		"Nguyễn Văn Mẫu, PGĐ <snv@daknong.example>":            "snv@daknong.example",
		"snv@daknong.example, stc@daknong.example":             "",
		"a <snv@daknong.example> b <stc@daknong.example>":      "",
		"undisclosed-recipients:;":                             "",
		"Sở Nội vụ":                                            "",
		"":                                                     "",
		"=?utf-8?Q?snv@daknong.example?=":                      "",
		strings.Repeat("(c) ", 20_000) + "snv@daknong.example": "",
	}
	for from, want := range tests {
		if got := message(t, border, "Subject: x", "From: "+from).From; got != want {
			t.Errorf("From %.80q: got %q, want %q", from, got, want)
		}
	}
	if got := message(t, border, "From: snv@daknong.example", "From: snv@daknong.example").From; got != "" {
		t.Errorf("two From fields: got %q, want none", got)
	}
}

func TestAutoReply(t *testing.T) {
	tests := map[string]bool{
		"X: y":                                   false,
		"Auto-Submitted: no":                     false,
		"Auto-Submitted: NO (human)":             false,
		"Auto-Submitted: auto-replied":           true,
		"Auto-Submitted: auto-generated; x=y":    true,
		"Return-Path: <>":                        true,
		"Return-Path: <snv@daknong.example>":     false,
		"Precedence: bulk":                       true,
		"Precedence: List":                       true,
		"Precedence: junk":                       true,
		"Precedence: first-class":                false,
		"List-Id: CCHC <cchc.daknong.example>":   true,
		"List-Unsubscribe: <mailto:x@y.example>": true,
		"X-Autoreply: yes":                       true,
		"X-Autoreply: no":                        false,
		"X-Autorespond: Vacation":                true,
		"X-Auto-Response-Suppress: All":          false,
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b": true,
		"Content-Type: multipart/mixed; boundary=b":                               false,
	}
	for field, want := range tests {
		if got := message(t, border, field, "From: snv@daknong.example").AutoReply; got != want {
			t.Errorf("%s: got %v, want %v", field, got, want)
		}
	}
	for subject, want := range map[string]bool{
		"Trả lời tự động: Đôn đốc":     true,
		"Tra loi tu dong: Don doc":     true,
		"Automatic reply: Đôn đốc":     true,
		"Out of Office: Đôn đốc":       true,
		"Vắng mặt tại cơ quan":         true,
		"Đã đọc: Đôn đốc":              true,
		"Re: Trả lời tự động: Đôn đốc": false,
		"Báo cáo": false,
		"Nội dung trả lời tự động của hệ thống": false,
	} {
		if got := message(t, border, "Subject: "+subject, "From: snv@daknong.example").AutoReply; got != want {
			t.Errorf("%s: got %v, want %v", subject, got, want)
		}
	}
	report := "Content-Type: application/pdf; name=a.pdf"
	if message(t, border, "Subject: Automatic reply: a", report, "From: snv@daknong.example").AutoReply {
		t.Error("a mail with a document is taken for a program's by its subject")
	}
	if !message(t, border, "From: MAILER-DAEMON@mx.daknong.example").AutoReply {
		t.Error("a mailer daemon's mail is taken for a person's")
	}
}

// What came through a list is told from what a program answered.
func TestList(t *testing.T) {
	tests := map[string]bool{
		"X: y":                                 false,
		"Precedence: bulk":                     true,
		"List-Id: CCHC <cchc.daknong.example>": true,
		"Auto-Submitted: auto-replied":         false,
		"Auto-Submitted: auto-replied\r\nPrecedence: bulk": false,
	}
	for field, want := range tests {
		if got := message(t, border, field, "From: snv@daknong.example").List; got != want {
			t.Errorf("%s: got %v, want %v", field, got, want)
		}
	}
}

func TestSubject(t *testing.T) {
	tests := map[string]string{
		"=?UTF-8?B?QsOhbyBjw6Fv?=":                      "Báo cáo",
		"=?utf-8*vi?q?B=C3=A1o_c=C3=A1o?=":              "Báo cáo",
		"=?UTF-8?B?QsOh?=\r\n =?UTF-8?B?byBjw6Fv?=":     "Báo cáo",
		"=?UTF-8?B?QsM=?= =?UTF-8?B?oW8=?=":             "Báo", // one letter in two words
		"=?windows-1258?Q?B=E1o_c=E1o_s=F4=EC?=":        "Báo cáo số",
		"=?WINDOWS-1258?B?QuFv?= =?utf-8?Q?_c=C3=A1o?=": "Báo cáo",
		"Re: =?UTF-8?Q?B=C3=A1o?= (2)":                  "Re: Báo (2)",
		"=?iso-8859-1?Q?B=C3=A1o?=":                     "Báo", // UTF-8 under a wrong label
		"=?x-unknown?Q?B=C3=A1o?=":                      "Báo",
		"=?UTF-8?Q?bad =XX words?=":                     "bad =XX words",
		"=?UTF-8?B?QsOhbyBjw6Fv":                        "=?UTF-8?B?QsOhbyBjw6Fv",
		"B\xe1o c\xe1o":                                 "Báo cáo",
		"Báo cáo":                                       "Báo cáo",
		"Ba\u0301o ca\u0301o":                           "Báo cáo", // NFD
		"=?UTF-8?Q?a=0D=0ABcc:_x=1B[31m=E2=80=AEb?=":    "a Bcc: x[31mb",
		strings.Repeat("=?UTF-8?Q?=C3=A1?= ", 3000):     strings.Repeat("á", 500),
		"   ": "",
	}
	for field, want := range tests {
		if got := message(t, border, "From: a@daknong.example", "Subject: "+field).Subject; got != want {
			t.Errorf("Subject %.60q: got %.80q, want %.80q", field, got, want)
		}
	}
}
