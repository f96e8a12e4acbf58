package collect_test

import (
	"testing"

	"baocao/pipeline/collect"
)

// A mail asks for a mere check by its subject, or by going to the address for
// that and no other address of the office.
func TestCheckOnly(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
	}{
		{"mark", "Subject: [KIEM TRA] quy I", true},
		{"mark with marks", "Subject: =?utf-8?b?UmU6IFtLaeG7g20gIHRyYV0gcXXDvSBJ?=", true},
		{"mark with blanks", "Subject: [ kiem tra ] quy I", true},
		{"the words alone", "Subject: kiem tra quy I", false},
		{"address", "To: <KiemTra@daknong.example>", true},
		{"address among strangers", "To: kiemtra@daknong.example, Someone <a@other.example>", true},
		{"beside the office", "To: kiemtra@daknong.example, snv@daknong.example", false},
		{"in the copy", "To: snv@daknong.example\r\nCc: kiemtra@daknong.example", false},
		{"name only", `To: "kiemtra@daknong.example" <snv@daknong.example>`, false},
		{"broken", "To: <<kiemtra@daknong.example", false},
		{"nothing", "X-A: b", false},
	} {
		r := collect.Reader{CheckAddress: "kiemtra@daknong.example"}
		items := r.Open("a.eml", []byte(c.head+"\r\nFrom: a@b.example\r\n\r\nText\r\n"))
		if got := items[0].Message.CheckOnly; got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	items := collect.Reader{}.Open("a.eml", []byte("To: kiemtra@daknong.example\r\n\r\nText\r\n"))
	if items[0].Message.CheckOnly {
		t.Error("an office without such an address checks only")
	}
}
