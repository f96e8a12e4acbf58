package pipeline

import (
	"context"
	"strings"
	"testing"

	"baocao/pipeline/store"
)

// TestAskForCorrection asks an agency about one row: one letter, written once,
// which tells place, what was found and the clerk's words; and the audit has it.
func TestAskForCorrection(t *testing.T) {
	ctx, o := context.Background(), newOffice(t)
	o.receive(t, "sent", mailing{from: "stp@daknong.example", subject: "Báo cáo quý I", name: "stp.xlsx",
		data: workbook(t, "SỞ TƯ PHÁP", quarter, good()[0], []any{"2.1.2", "Đang thực hiện", "Đang rà soát", 40, "khoảng năm triệu"})})
	originals, err := o.Store.Originals(ctx)
	if err != nil {
		t.Fatal(err)
	}
	item := originals[0].SHA256[:8] + ":6"
	who := store.Actor{Name: "Chị Lan", Via: "cli", At: o.now}
	const words = "Đề nghị ghi kinh phí bằng số."
	asked, err := o.Ask(ctx, item, words, "", who)
	if err != nil {
		t.Fatal(err)
	}
	if len(asked.Letters) != 1 || asked.Letters[0].To[0] != "stp@daknong.example" {
		t.Fatalf("letters: %+v", asked)
	}
	letter := strings.Join(strings.Fields(read(t, asked.Letters[0].File).Text), " ")
	for _, want := range []string{"Kính gửi: Sở Tư pháp", "“stp.xlsx”, trang tính “Sheet1”, dòng 6", words, "khoảng năm triệu", "quý I năm 2018"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter does not say %q:\n%s", want, letter)
		}
	}
	again, err := o.Ask(ctx, item, "  Đề nghị ghi kinh phí  bằng số.", "", who)
	if err != nil || len(again.Letters) != 0 || again.Known != 1 {
		t.Errorf("asked again: %+v, %v; want no second letter", again, err)
	}
	trail, err := o.Audit(ctx, AuditQuery{Action: ActionAsk})
	if err != nil || len(trail) != 1 || trail[0].Who != "Chị Lan" || trail[0].Reason != words {
		t.Errorf("audit: %+v, %v", trail, err)
	}
	if _, err := o.Ask(ctx, item, " ", "", who); err == nil {
		t.Error("a question without words was asked")
	}
}
