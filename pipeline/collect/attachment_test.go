package collect_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// attached is names and contents of what a mail of these parts brings.
func attached(t *testing.T, parts ...string) [][2]string {
	t.Helper()
	raw := "From: a@daknong.example\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n--b 1\r\n" +
		strings.Join(parts, "\r\n--b 1\r\n") + "\r\n--b 1--\r\n"
	var got [][2]string
	for _, i := range border.Open("a.eml", []byte(raw)) {
		if i.Data != nil && i.Name != "nội dung thư.html" {
			got = append(got, [2]string{i.Name, string(i.Data)})
		}
	}
	return got
}

func TestAttachmentName(t *testing.T) {
	const disposition = "Content-Disposition: attachment; "
	const kind = "Content-Type: application/pdf; "
	tests := map[string]string{
		disposition + "filename=a.pdf":                                               "a.pdf",
		disposition + `filename="Báo cáo.pdf"`:                                       "Báo cáo.pdf",
		disposition + "filename=Báo cáo quý I.pdf":                                   "Báo cáo quý I.pdf",
		disposition + "filename=\"B\xe1o c\xe1o.pdf\"":                               "Báo cáo.pdf",
		disposition + `filename="=?UTF-8?B?QsOhby5wZGY=?="`:                          "Báo.pdf",
		disposition + "filename==?UTF-8?B?QsOhby5wZGY=?=":                            "Báo.pdf",
		disposition + `filename="=?windows-1258?Q?B=E1o.pdf?="`:                      "Báo.pdf",
		disposition + "filename*=UTF-8''B%C3%A1o.pdf":                                "Báo.pdf",
		disposition + "filename*=\"UTF-8''B%C3%A1o.pdf\"":                            "Báo.pdf",
		disposition + "filename*=windows-1258'vi'B%E1o.pdf":                          "Báo.pdf",
		disposition + "filename*=B%C3%A1o.pdf":                                       "Báo.pdf",
		disposition + "filename=x.pdf; filename*=utf-8''B%C3%A1o.pdf":                "Báo.pdf",
		disposition + "filename*0*=utf-8''B%C3%A1; filename*1=o; filename*2*=%2Epdf": "Báo.pdf",
		disposition + "filename*0=Bao; filename*1=.pdf":                              "Bao.pdf",
		disposition + "filename*0=\"=?UTF-8?B?QsOh\"; filename*1=\"by5wZGY=?=\"":     "Báo.pdf",
		disposition + `filename="a;b.pdf"; size=3`:                                   "a;b.pdf",
		disposition + `filename="a \"b\".pdf"`:                                       `a "b".pdf`,
		disposition + `filename="C:\Users\mau\Bao cao.pdf"`:                          "Bao cao.pdf",
		disposition + `filename="../../etc/passwd"`:                                  "passwd",
		disposition + `filename=".."`:                                                "part-1",
		disposition + "filename=\"a\x00b\u202efdp.exe\"":                             "abfdp.exe",
		disposition + "filename=\"unclosed.pdf":                                      "unclosed.pdf",
		disposition + "creation; filename=a.pdf":                                     "a.pdf",
		kind + "name=a.pdf":                                                          "a.pdf",
		kind + `name="=?utf-8?Q?B=C3=A1o.pdf?="`:                                     "Báo.pdf",
		kind + "name=a.pdf\r\n" + disposition + "filename=b.pdf":                     "b.pdf",
		kind + "name=a.pdf\r\nContent-Disposition: inline":                           "a.pdf",
		"Content-Type: application/pdf\r\nContent-Disposition: attachment":           "part-1.pdf",
		"Content-Type: application/octet-stream":                                     "part-1",
		disposition + `filename="` + strings.Repeat("á", 300) + `.pdf"`:              strings.Repeat("á", 200),
	}
	for header, want := range tests {
		got := attached(t, header+"\r\n\r\nx")
		if diff := cmp.Diff([][2]string{{want, "x"}}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", header, diff)
		}
	}
}

func TestAttachmentData(t *testing.T) {
	const head = "Content-Disposition: attachment; filename=a\r\nContent-Transfer-Encoding: "
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	tests := map[string]struct{ part, want string }{
		"8bit":             {"8bit\r\n\r\n" + string(every[0x80:]) + "\r\n \r\n", string(every[0x80:]) + "\r\n \r\n"},
		"bare line feeds":  {"7bit\r\n\r\na\nb\n", "a\nb\n"},
		"unknown encoding": {"x-zip\r\n\r\nraw", "raw"},
		"base64":           {"base64\r\n\r\nAAEC\r\nAwQF", "\x00\x01\x02\x03\x04\x05"},
		"base64, comment":  {"Base64 ; x\r\n\r\n  AAEC AwQ=\r\n", "\x00\x01\x02\x03\x04"},
		"no padding":       {"base64\r\n\r\nAAECAw", "\x00\x01\x02\x03"},
		"after padding":    {"base64\r\n\r\nAAECAw==\r\n-- \r\nlist footer", "\x00\x01\x02\x03"},
		"quoted-printable": {"quoted-printable\r\n\r\na=3Db =\r\nc\t \r\n=e1=C3=A1=XY=\r\n", "a=b c\r\n\xe1\xc3\xa1=XY"},
		"quoted binary":    {"quoted-printable\r\n\r\n=00=0D=0A=0A=FF=", "\x00\r\n\n\xff"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := attached(t, head+tt.part)
			if diff := cmp.Diff([][2]string{{"a", tt.want}}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Which parts of a mail are documents.
func TestAttachmentKinds(t *testing.T) {
	tests := map[string]bool{ // header: whether the part is an item
		"Content-Type: text/plain":                               false,
		"Content-Type: text/html\r\nContent-Disposition: inline": false,
		"X: y":                                 false,
		"Content-Type: text/plain; name=a.csv": true,
		"Content-Type: text/html\r\nContent-Disposition: attachment":                                    true,
		"Content-Type: application/octet-stream\r\nContent-Disposition: inline":                         true,
		"Content-Type: application/pdf\r\nContent-ID: <a>\r\nContent-Disposition: inline":               true,
		"Content-Type: image/png\r\nContent-ID: <a>\r\nContent-Disposition: inline; filename=a.png":     false,
		"Content-Type: image/png\r\nContent-ID: <a>":                                                    false,
		"Content-Type: image/png\r\nContent-ID: <a>\r\nContent-Disposition: attachment; filename=a.png": true,
		"Content-Type: image/jpeg; name=scan.jpg\r\nContent-Disposition: inline":                        true,
		"Content-Type: text/calendar; method=REQUEST; name=invite.ics":                                  false,
		"Content-Type: application/pkcs7-signature; name=smime.p7s":                                     false,
		"Content-Type: application/pkcs7-mime; name=smime.p7m":                                          true,
		"Content-Type: application/ms-tnef; name=winmail.dat":                                           true,
		"Content-Type: message/external-body; access-type=URL; URL=\"http://a.example/x\"; name=a.xlsx": false,
	}
	for header, want := range tests {
		if got := len(attached(t, header+"\r\n\r\nx")) == 1; got != want {
			t.Errorf("%s: got %v, want %v", header, got, want)
		}
	}
}

// A mail without multipart may be an attachment itself, or an .eml within an
// .eml by its name only.
func TestAttachmentAlone(t *testing.T) {
	alone := "From: a@daknong.example\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nx"
	items := border.Open("a.eml", []byte(alone))
	if len(items) != 1 || items[0].Name != "a.pdf" || string(items[0].Data) != "x" {
		t.Errorf("got %+v, want the one PDF", items)
	}
	if got := attached(t, "", "Content-Type: text/plain", "--b 10"); len(got) != 0 {
		t.Errorf("parts without content: got %v, want none", got)
	}
	got := attached(t, "Content-Type: application/octet-stream; name=thu.eml\r\n\r\n"+alone)
	if diff := cmp.Diff([][2]string{{"a.pdf", "x"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
