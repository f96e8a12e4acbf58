package collect_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
)

var border = collect.Reader{AuthservID: "mx.daknong.example"}

// mail is what the test table asks of a message and its items.
type mail struct {
	From          string
	Subject       string
	Text          string
	Authenticated bool
	AutoReply     bool
	Items         []doc
}

type doc struct {
	Name  string
	Data  string // "workbook" and "table" for the two that the samples carry
	Codes []string
}

func TestOpenSamples(t *testing.T) {
	const snv = "snv@daknong.example"
	workbook := func(name string, codes ...string) doc { return doc{name, "workbook", codes} }
	tests := map[string]mail{
		"plain": {snv, "Báo cáo cải cách hành chính quý I năm 2018", "Kính gửi báo cáo quý I.", true, false,
			[]doc{workbook("Báo cáo quý I.xlsx")}},
		"encoded-words": {snv, "Báo cáo quý I", "Gửi kèm.", true, false,
			[]doc{workbook("Báo cáo số 45.xlsx")}},
		"code-page": {snv, "Báo cáo số 12", "Xin kính gửi", true, false,
			[]doc{{"Bảng.csv", "table", nil}, {"Bảng hai.csv", "table", nil}}},
		"forged": {snv, "Báo cáo", "Kính gửi.", false, false,
			[]doc{workbook("bao-cao.xlsx", "sender-not-authenticated", "sender-verdict-failed")}},
		"foreign-authserv": {snv, "Báo cáo", "Gui kem.", false, false,
			[]doc{workbook("bao-cao.xlsx", "sender-not-authenticated", "sender-verdict-foreign")}},
		"forwarded": {snv, "Fwd: Fwd: Bản gốc", "Xem thu kem.", true, false,
			[]doc{workbook("goc.xlsx", "attachment-forwarded")}},
		"auto-reply": {snv, "Trả lời tự động: Đôn đốc báo cáo", "Toi di cong tac den het thang.", true, true,
			[]doc{{"", "", []string{"mail-without-attachment"}}}},
		"bounce": {"mailer-daemon@mx.daknong.example", "Undelivered Mail Returned to Sender",
			"Khong chuyen duoc thu.", true, true,
			[]doc{workbook("bieu-mau.xlsx", "attachment-forwarded")}},
		"signature-image": {snv, "Không phát sinh", "Đơn vị không phát sinh.\nSố TT\t1 < 2", true, false,
			[]doc{{"nội dung thư.html", "body", []string{"mail-without-attachment"}}}},
		"no-types": {snv, "Báo cáo", "Gửi kèm.", true, false,
			[]doc{workbook("Báo cáo.xlsx", "mail-cut-short"), {"part-2.xlsx", "workbook+second", []string{"mail-cut-short"}}}},
		"damaged": {snv, "Báo cáo", "", true, false,
			[]doc{workbook("la.xls", "attachment-damaged"), {"cut.xls", "cut workbook", []string{"attachment-damaged"}},
				{"", "", []string{"file-empty", "mail-part-unreadable"}}}},
		"uuencoded": {"syt@daknong.example", "bao cao", "*", false, false,
			[]doc{workbook("quy1.xls", "sender-not-authenticated", "sender-verdict-missing")}},
		"two-senders": {"", "Báo cáo", "", false, false,
			[]doc{{"bc.pdf", "%PDF-1.4", []string{"sender-not-authenticated", "sender-not-single"}}}},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata", name+".eml")
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := summary(t, border.Open(file, raw), raw)
			if want.Text == "*" {
				got.Text = "*"
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The documents that testdata/generate.py attaches.
var (
	workbookData = func() string {
		data := []byte("PK\x03\x04")
		for i := range 256 {
			data = append(data, byte(i))
		}
		return string(data) + "\r\nend\n"
	}()
	tableData = "STT;N\xf4\xf2i dung;Kinh ph\xed\r\n1;T\xe2\xf2p hu\xe2\xecn;14,5\r\n"
)

// summary is what the items say; they must agree about the message.
func summary(t *testing.T, items []collect.Item, raw []byte) mail {
	t.Helper()
	var m mail
	for _, i := range items {
		if i.Message == nil || !bytes.Equal(i.Message.Raw, raw) {
			t.Fatalf("%q: the message does not hold the whole mail", i.Name)
		}
		m.From, m.Subject, m.Text = i.Message.From, i.Message.Subject, i.Message.Text
		m.Authenticated, m.AutoReply = i.Message.Authenticated, i.Message.AutoReply
		data := string(i.Data)
		switch {
		case i.Name == "nội dung thư.html":
			data = "body"
		case data == tableData:
			data = "table"
		case strings.HasPrefix(data, workbookData):
			data = strings.Replace(data, workbookData, "workbook+", 1)
			data = strings.TrimSuffix(data, "+")
		case data != "" && strings.HasPrefix(workbookData, data):
			data = "cut workbook"
		}
		m.Items = append(m.Items, doc{i.Name, data, codes(i)})
	}
	return m
}

func TestOpenArrival(t *testing.T) {
	const received = "Received: from a by mx.daknong.example; "
	tests := map[string]struct {
		name, header string
		want         string // RFC 3339, and how it is known
	}{
		"topmost of two":           {"a.eml", received + "Fri, 16 Mar 2018 09:30:05 +0700\r\n" + received + "Thu, 15 Mar 2018 09:00:00 +0700\r\n", "2018-03-16T02:30:05Z received"},
		"before the day folder":    {"2018-03-20/a.eml", received + "16 Mar 2018 09:30 +0700 (ICT)\r\n", "2018-03-16T02:30:00Z received"},
		"before what the day says": {"a.eml", "Date: Mon, 01 Jan 2018 00:00:00 +0000\r\n" + received + "Fri, 16 Mar 18 02:30:05 GMT\r\n", "2018-03-16T02:30:05Z received"},
		"zone by name":             {"a.eml", received + "Fri, 16-Mar-2018 09:30:05.123 ICT\r\n", "2018-03-16T02:30:05Z received"},
		"no zone":                  {"a.eml", received + "Fri Mar, 16 march 2018 9:30:05\r\n", "2018-03-16T02:30:05Z received"},
		"no semicolon":             {"a.eml", "Received: by mx.daknong.example on 16 Mar 2018 09:30:05 -0130\r\n", "2018-03-16T11:00:05Z received"},
		"comment with a semicolon": {"a.eml", received + "Fri, 16 Mar 2018 09:30:05 +0700 (Indochina; summer)\r\n", "2018-03-16T02:30:05Z received"},
		"no such day":              {"2018-03-20/a.eml", received + "30 Feb 2018 09:30:05 +0700\r\n", "2018-03-20T05:00:00Z folder"},
		"no such hour":             {"a.eml", received + "16 Mar 2018 25:30:05 +0700\r\n", ""},
		"only Date":                {"a.eml", "Date: Fri, 16 Mar 2018 09:30:05 +0700\r\n", ""},
		"only the day folder":      {"in/2018-03-20/b/a.eml", "", "2018-03-20T05:00:00Z folder"},
		"nothing":                  {"a.eml", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			raw := tt.header + "From: a@daknong.example\r\n\r\nbody\r\n"
			item := border.Open(filepath.FromSlash(tt.name), []byte(raw))[0]
			got := ""
			if !item.Arrived.IsZero() {
				got = item.Arrived.Format(time.RFC3339) + " " + string(item.Basis)
			}
			if got != tt.want {
				t.Errorf("arrived: got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestOpenUnreadable(t *testing.T) {
	for name, data := range map[string]string{
		"workbook named .eml": "PK\x03\x04 no header here",
		"text named .eml":     "just some words\nand more\n",
		"huge header":         "From: a@daknong.example\nX: " + strings.Repeat("x", 2<<20),
	} {
		t.Run(name, func(t *testing.T) {
			got := border.Open("a.eml", []byte(data))
			if len(got) != 1 || got[0].Data != nil || got[0].Message == nil || got[0].Message.SHA256 == "" {
				t.Fatalf("got %+v, want one item with its message and without data", got)
			}
			if diff := cmp.Diff([]string{"mail-unreadable"}, codes(got[0])); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenEmpty(t *testing.T) {
	for _, name := range []string{"a.xlsx", "a.eml"} {
		got := border.Open(name, nil)
		if len(got) != 1 {
			t.Fatalf("%s: got %d items, want 1", name, len(got))
		}
		if diff := cmp.Diff([]string{"file-empty"}, codes(got[0])); diff != "" {
			t.Errorf("%s: codes (-want +got):\n%s", name, diff)
		}
	}
}

// Mails made to hurt are answered within the limits, and what is within them
// is still read.
func TestOpenLimits(t *testing.T) {
	part := func(name, body string) string {
		return "--b\nContent-Disposition: attachment; filename=" + name + "\n\n" + body + "\n"
	}
	head := "From: a@daknong.example\nContent-Type: multipart/mixed; boundary=b\n\n"
	nested := func(n int) string {
		var b strings.Builder
		b.WriteString("From: a@daknong.example\n")
		for i := range n {
			s := strconv.Itoa(i)
			b.WriteString("Content-Type: multipart/mixed; boundary=\"x" + s + "x\"\n\n--x" + s + "x\n")
		}
		return b.String() + "Content-Disposition: attachment; filename=deep.xlsx\n\ndeep\n"
	}
	attached := func(n int) string {
		mail := "From: a@daknong.example\nContent-Disposition: attachment; filename=deep.xlsx\n\ndeep"
		for range n {
			mail = "From: a@daknong.example\nContent-Type: message/rfc822\n\n" + mail
		}
		return mail
	}
	r := border
	r.Limits = collect.Limits{File: 100}
	tests := map[string]struct {
		raw   string
		items int
		want  string // code of the last item's first finding
		name  string // of the first item
	}{
		"21 attachments":   {head + strings.Repeat(part("a.xlsx", "x"), 21), 21, "mail-too-many-attachments", "a.xlsx"},
		"10 000 parts":     {head + strings.Repeat(part("a.xlsx", "x"), 10_000), 21, "mail-too-many-parts", "a.xlsx"},
		"big attachment":   {head + part("a.xlsx", "x") + part("big.xlsx", strings.Repeat("x", 101)), 2, "file-too-large", "a.xlsx"},
		"15 deep":          {nested(15), 1, "mail-cut-short", "deep.xlsx"},
		"300 deep":         {nested(300), 1, "mail-too-deep", ""},
		"15 mails in turn": {attached(15), 1, "attachment-forwarded", "deep.xlsx"},
		"21 mails in turn": {attached(21), 1, "mail-too-deep", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := r.Open("a.eml", []byte(tt.raw))
			if len(got) != tt.items {
				t.Fatalf("got %d items, want %d", len(got), tt.items)
			}
			if got[0].Name != tt.name {
				t.Errorf("first name: got %q, want %q", got[0].Name, tt.name)
			}
			if last := codes(got[len(got)-1]); last[0] != tt.want {
				t.Errorf("last codes: got %q, want %q first", last, tt.want)
			}
		})
	}
}
