package deliver_test

import (
	"bytes"
	"encoding/json"
	"net/mail"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"

	"baocao/pipeline/deliver"
)

var date = time.Date(2018, 3, 14, 9, 31, 55, 0, time.FixedZone("", 7*3600))

func letter() deliver.Letter {
	return deliver.Letter{
		Office: "daknong", Kind: deliver.Receipt, Key: "receipt:1",
		From:    mail.Address{Name: "Sở Nội vụ tỉnh Đắk Nông", Address: "snv@daknong.example"},
		To:      []mail.Address{{Name: "Sở Tư pháp", Address: "stp@daknong.example"}},
		Subject: "[BC 2018-Q1 STP 7f3a91] Xác nhận đã tiếp nhận báo cáo CCHC quý I năm 2018 của Sở Tư pháp",
		Text:    "Kính gửi: Sở Tư pháp\n\nĐã nhận.\n- một\n- hai <b>& ba</b>\n\n.\nTrân trọng./.\n",
		Attachments: []deliver.Attachment{
			{Name: "Biểu số 1 – Sở Tư pháp (bản rà soát quý I năm 2018).xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: bytes.Repeat([]byte{0, 1, 2, 0xff}, 100)},
			{Name: "giay-xac-nhan.pdf", Type: "application/pdf", Data: []byte("%PDF-1.4")},
		},
		InReplyTo:  "2018.0428@daknong.example",
		References: []string{"first@daknong.example"},
	}
}

func compose(t *testing.T, l deliver.Letter) []byte {
	t.Helper()
	eml, err := deliver.Compose(l, date)
	if err != nil {
		t.Fatal(err)
	}
	return eml
}

// What a letter says is what three readers of mail find in it.
func TestComposedLetterIsReadBack(t *testing.T) {
	l := letter()
	eml := compose(t, l)
	e, err := enmime.ReadEnvelope(bytes.NewReader(eml))
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Errors) > 0 {
		t.Errorf("enmime complains: %v", e.Errors)
	}
	got := map[string]string{
		"subject": e.GetHeader("Subject"), "from": e.GetHeader("From"), "to": e.GetHeader("To"),
		"text": strings.ReplaceAll(e.Text, "\r\n", "\n"), "auto": e.GetHeader("Auto-Submitted"),
		"suppress": e.GetHeader("X-Auto-Response-Suppress"), "reply": e.GetHeader("In-Reply-To"),
		"refs": e.GetHeader("References"), "id": e.GetHeader("Message-ID"), "date": e.GetHeader("Date"),
	}
	want := map[string]string{
		"subject": l.Subject, "from": "Sở Nội vụ tỉnh Đắk Nông <snv@daknong.example>",
		"to": "Sở Tư pháp <stp@daknong.example>", "text": l.Text, "auto": "auto-replied", "suppress": "All",
		"reply": "<2018.0428@daknong.example>", "refs": "<first@daknong.example> <2018.0428@daknong.example>",
		"id": "<" + l.MessageID() + ">", "date": "Wed, 14 Mar 2018 09:31:55 +0700",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("enmime (-want +got):\n%s", diff)
	}
	for i, a := range e.Attachments {
		if a.FileName != l.Attachments[i].Name || !bytes.Equal(a.Content, l.Attachments[i].Data) {
			t.Errorf("attachment %d: got %q with %d bytes, want %q", i, a.FileName, len(a.Content), l.Attachments[i].Name)
		}
	}
	if !strings.Contains(e.HTML, "hai &lt;b&gt;&amp; ba&lt;/b&gt;</li>") {
		t.Errorf("the HTML does not show the text as text:\n%s", e.HTML)
	}

	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || *to[0] != l.To[0] {
		t.Errorf("net/mail: to %v, %v, want %v", to, err, l.To)
	}
	for i, line := range strings.Split(string(eml), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("line %d has %d bytes or a bare line break", i+1, len(line))
		}
	}
}

// Python's program prints what its email library finds, as JSON.
const readInPython = `
import email, email.policy, json, sys
raw = sys.stdin.buffer.read()
old = email.message_from_bytes(raw)
new = email.message_from_bytes(raw, policy=email.policy.default)
print(json.dumps({
  "subject": str(new["subject"]), "to": str(new["to"]),
  "text": new.get_body(("plain",)).get_content(),
  "names": [p.get_filename() for p in new.iter_attachments()],
  "old_names": [email.header.Header(p.get_filename()).encode() and p.get_filename() for p in old.walk() if p.get_filename()],
  "outlook_names": [str(email.header.make_header(email.header.decode_header(p.get_param("name")))) for p in old.walk() if p.get_param("name")],
  "sizes": [len(p.get_content()) for p in new.iter_attachments()],
  "defects": [str(d) for p in new.walk() for d in p.defects],
}))`

func TestComposedLetterIsReadByPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	l := letter()
	cmd := exec.CommandContext(t.Context(), python, "-c", readInPython)
	cmd.Stdin = bytes.NewReader(compose(t, l))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Subject, To, Text string
		Names, Defects    []string
		OldNames          []string `json:"old_names"`
		OutlookNames      []string `json:"outlook_names"`
		Sizes             []int
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	names := []string{l.Attachments[0].Name, l.Attachments[1].Name}
	for what, found := range map[string][]string{"RFC 2231": got.Names, "old policy": got.OldNames, "RFC 2047": got.OutlookNames} {
		if diff := cmp.Diff(names, found); diff != "" {
			t.Errorf("%s names (-want +got):\n%s", what, diff)
		}
	}
	if got.Subject != l.Subject || strings.ReplaceAll(got.Text, "\r\n", "\n") != l.Text {
		t.Errorf("got %q %q, want %q %q", got.Subject, got.Text, l.Subject, l.Text)
	}
	if len(got.Defects) > 0 || !cmp.Equal(got.Sizes, []int{400, 8}) {
		t.Errorf("defects %q, sizes %v", got.Defects, got.Sizes)
	}
}

func TestSameLetterSameBytes(t *testing.T) {
	if a, b := compose(t, letter()), compose(t, letter()); !bytes.Equal(a, b) {
		t.Error("the same letter was composed differently")
	}
	other := letter()
	other.Key = "receipt:2"
	if other.ID() == letter().ID() || other.MessageID() == letter().MessageID() {
		t.Error("two letters have one id")
	}
	later := letter()
	later.Subject, later.Text = "khác", "khác"
	if later.MessageID() != letter().MessageID() {
		t.Error("the same letter in other words has another Message-ID")
	}
}

// Nothing that comes from outside adds a field or a recipient.
func TestNoHeaderIsInjected(t *testing.T) {
	const evil = "x\r\nBcc: evil@elsewhere.example\r\n\r\n<script>"
	for name, change := range map[string]func(*deliver.Letter){
		"subject":       func(l *deliver.Letter) { l.Subject = evil },
		"encoded word":  func(l *deliver.Letter) { l.Subject = "=?utf-8?q?a=0D=0ABcc:_evil@elsewhere.example?=" },
		"bidi":          func(l *deliver.Letter) { l.Subject = "a\u202Eb\u0000c" },
		"name":          func(l *deliver.Letter) { l.To[0].Name = evil },
		"from name":     func(l *deliver.Letter) { l.From.Name = evil },
		"file name":     func(l *deliver.Letter) { l.Attachments[0].Name = evil + `";x="../../a` },
		"file type":     func(l *deliver.Letter) { l.Attachments[0].Type = "text/plain\r\nBcc: evil@elsewhere.example" },
		"in-reply-to":   func(l *deliver.Letter) { l.InReplyTo = evil },
		"references":    func(l *deliver.Letter) { l.References = []string{evil, "a b", "<ok@x>", strings.Repeat("a", 999)} },
		"text":          func(l *deliver.Letter) { l.Text = "a\r\n.\r\nMAIL FROM:<evil@elsewhere.example>\r\n--=_text" },
		"long name":     func(l *deliver.Letter) { l.Attachments[0].Name = strings.Repeat("ệ", 3000) + ".xlsx" },
		"long subject":  func(l *deliver.Letter) { l.Subject = strings.Repeat("ệ", 60000) },
		"endless token": func(l *deliver.Letter) { l.Subject = strings.Repeat("a", 60000) },
		"empty name":    func(l *deliver.Letter) { l.Attachments[0].Name = "..\x00/" },
	} {
		t.Run(name, func(t *testing.T) {
			l := letter()
			change(&l)
			eml := compose(t, l)
			e, err := enmime.ReadEnvelope(bytes.NewReader(eml))
			if err != nil {
				t.Fatal(err)
			}
			head, _, _ := strings.Cut(string(eml), "\r\n\r\n")
			known := strings.Fields("Date From To Subject Message-ID In-Reply-To References Auto-Submitted X-Auto-Response-Suppress MIME-Version Content-Type")
			for line := range strings.SplitSeq(head, "\r\n") {
				if strings.HasPrefix(line, " ") {
					continue
				}
				field, _, _ := strings.Cut(line, ":")
				if !strings.Contains(" "+strings.Join(known, " ")+" ", " "+field+" ") {
					t.Errorf("field %q in the head", line)
				}
			}
			if len(e.Attachments) != 2 || e.GetHeader("Bcc") != "" || strings.ContainsAny(e.GetHeader("Subject"), "\r\n\x00\u202e") {
				t.Errorf("got %d attachments, Bcc %q, subject %q", len(e.Attachments), e.GetHeader("Bcc"), e.GetHeader("Subject"))
			}
			for i, a := range e.Attachments {
				if !bytes.Equal(a.Content, l.Attachments[i].Data) || strings.ContainsAny(a.FileName, "/\\\r\n") || a.FileName == "" {
					t.Errorf("attachment %q of %d bytes", a.FileName, len(a.Content))
				}
			}
			for _, line := range strings.Split(string(eml), "\r\n") {
				if len(line) > 998 {
					t.Errorf("a line of %d bytes", len(line))
				}
			}
		})
	}
}

func TestComposeRefuses(t *testing.T) {
	for name, change := range map[string]func(*deliver.Letter){
		"address with line break": func(l *deliver.Letter) { l.To[0].Address = "a@b.example\r\nRCPT TO:<c@d.example>" },
		"two addresses":           func(l *deliver.Letter) { l.To[0].Address = "a@b.example, c@d.example" },
		"angle brackets":          func(l *deliver.Letter) { l.To[0].Address = "<a@b.example>" },
		"no domain":               func(l *deliver.Letter) { l.To[0].Address = "a" },
		"quoted":                  func(l *deliver.Letter) { l.To[0].Address = `"a b"@b.example` },
		"marks":                   func(l *deliver.Letter) { l.To[0].Address = "sở@b.example" },
		"from":                    func(l *deliver.Letter) { l.From.Address = "a b@c.example" },
		"nobody":                  func(l *deliver.Letter) { l.To = nil },
		"twice":                   func(l *deliver.Letter) { l.To = append(l.To, mail.Address{Address: "STP@daknong.example"}) },
		"no key":                  func(l *deliver.Letter) { l.Key = "" },
		"own field":               func(l *deliver.Letter) { l.Headers = map[string]string{"bcc": "a@b.example"} },
		"field with line break":   func(l *deliver.Letter) { l.Headers = map[string]string{"X-A": "a\r\nBcc: b"} },
		"name of a field":         func(l *deliver.Letter) { l.Headers = map[string]string{"X-A: b\r\nBcc": "c"} },
	} {
		l := letter()
		change(&l)
		if eml, err := deliver.Compose(l, date); err == nil {
			t.Errorf("%s: composed\n%s", name, eml)
		}
	}
}

func TestTextOfALetter(t *testing.T) {
	text, err := deliver.ParseText("a.txt", "Chủ đề: {{.A}}\n\nMột {{.A}}\n\n\n{{if .B}}hai{{end}}\n\nba\n", "shared.txt", "")
	if err != nil {
		t.Fatal(err)
	}
	subject, body, err := text.Fill(struct {
		A string
		B bool
	}{"x\ny", false})
	if err != nil || subject != "x y" || body != "Một x\ny\n\nba\n" {
		t.Errorf("got %q %q %v", subject, body, err)
	}
}

// A slip in an office's text is told with file and line.
func TestFaultOfATextNamesItsLine(t *testing.T) {
	data := struct{ A string }{}
	for _, c := range []struct{ source, want string }{
		{"Subject: a\n\nb", "a.txt:1:"},
		{"Chủ đề: a\nb", "a.txt:2:"},
		{"Chủ đề: a\n\nb\nc {{.B}}\n", "a.txt:4:"},
		{"Chủ đề: {{.B}}\n\nb\n", "a.txt:1:"},
		{"Chủ đề: a\n\n{{if .A}}\n", "a.txt:"},
		{"Chủ đề: a\n\n\n\n{{nope .A}}\n", "a.txt:5:"},
		{"Chủ đề: a\n\n{{template \"p\" .}}\n", "shared.txt:2:"},
	} {
		text, err := deliver.ParseText("a.txt", c.source, "shared.txt", "{{define \"p\"}}\n{{.C}}{{end}}")
		if err == nil {
			err = text.Check(data)
		}
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %s…", c.source, err, c.want)
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	l := letter()
	l.Attachments[0].Data = bytes.Repeat([]byte("workbook"), 1<<16)
	for b.Loop() {
		if _, err := deliver.Compose(l, date); err != nil {
			b.Fatal(err)
		}
	}
}
