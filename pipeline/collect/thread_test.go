package collect_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/collect"
)

// A mail tells what it answers, the nearest first; what is too long or too many
// is left out, and the end of a field is nearer than its beginning.
func TestThread(t *testing.T) {
	var many, want []string
	for i := range 50 {
		many = append(many, fmt.Sprintf("<%d@x.example>", i))
	}
	for i := range 20 {
		want = append(want, fmt.Sprintf("%d@x.example", 49-i))
	}
	long := "<" + strings.Repeat("a", 1000) + "@x.example>"
	for name, tt := range map[string]struct {
		header string
		want   []string
	}{
		"none":               {"", nil},
		"reply":              {"In-Reply-To: <a@x.example>\r\n", []string{"a@x.example"}},
		"with words":         {"In-Reply-To: Message of Mon <a@x.example> from x\r\n", []string{"a@x.example"}},
		"reply and earlier":  {"References: <c@x.example> <b@x.example> <a@x.example>\r\nIn-Reply-To: <a@x.example>\r\n", []string{"a@x.example", "b@x.example", "c@x.example"}},
		"no blanks":          {"References: <b@x.example><a@x.example>\r\n", []string{"a@x.example", "b@x.example"}},
		"folded":             {"References: <b@x.\r\n example>\r\n\t<a@x.example>\r\n", []string{"a@x.example", "b@x.example"}},
		"no brackets":        {"In-Reply-To: a@x.example\r\n", nil},
		"too long":           {"In-Reply-To: " + long + "\r\nReferences: <a@x.example>\r\n", []string{"a@x.example"}},
		"many":               {"References: " + strings.Join(many, "\r\n ") + "\r\n", want},
		"turned and control": {"In-Reply-To: <a\u202e@x.example> <b@x.example>\r\n", []string{"b@x.example"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := collect.Reader{}.Open("a.eml", []byte("From: a@x.example\r\n"+tt.header+"\r\nbody\r\n"))[0].Message.Thread
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("thread (-want +got):\n%s", diff)
			}
		})
	}
}
