package pipeline

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

func TestReasonOf(t *testing.T) {
	for _, c := range []struct{ said, want string }{
		{"Sở đính chính", "Sở đính chính"},
		{" Sở\tđính\r\n\x1b[31mchính ", "Sở đính [31mchính"},
	} {
		if got, err := reasonOf(c.said); got != c.want || err != nil {
			t.Errorf("%q: got %q, %v, want %q", c.said, got, err, c.want)
		}
	}
	for _, said := range []string{"", " \n", "\u200b", "\u202e\x00"} {
		if _, err := reasonOf(said); !errors.Is(err, ErrNoReason) {
			t.Errorf("%q: got %v, want %v", said, err, ErrNoReason)
		}
	}
	if _, err := reasonOf(strings.Repeat("ầ", maxReason+1)); err == nil {
		t.Error("too long a reason: got no error")
	}
}

func TestItemID(t *testing.T) {
	for _, c := range []struct {
		said string
		want itemID
	}{
		{"3f2a91c0", itemID{hash: "3f2a91c0"}},
		{"3f2a91c0:18", itemID{"3f2a91c0", "", 18}},
		{"3f2a91c0:Biểu: 2:18", itemID{"3f2a91c0", "Biểu: 2", 18}},
		{"3F2A91C0", itemID{hash: "3f2a91c0"}},
	} {
		got, err := parseItemID(c.said)
		if err != nil || got != c.want {
			t.Errorf("%q: got %+v, %v, want %+v", c.said, got, err, c.want)
		}
	}
	for _, said := range []string{"", "3f2", "../../x", "3f2a91c0:", "3f2a91c0:0", "3f2a91c0:-1", "3f2a91c0:18abc", "3f2a91c0:99999999999999999999"} {
		if got, err := parseItemID(said); err == nil {
			t.Errorf("%q: got %+v, want an error", said, got)
		}
	}
}

// A term waits for the agency that was given the most time; of several extensions
// of one agency the last one holds, also when it is shorter.
func TestLastLock(t *testing.T) {
	of := plan.Period{Year: 2018, Part: plan.Q1}
	day := func(d int) agency.Day { return agency.NewDay(2018, 3, d) }
	extend := func(id string, a agency.ID, until agency.Day) reconcile.Ruling {
		return reconcile.Ruling{ID: id, Kind: reconcile.Extend, Period: of, Agency: a, Until: until}
	}
	rulings := []reconcile.Ruling{
		extend("r1", "cujut", day(30)), extend("r2", "syt", day(26)),
		{ID: "r3", Kind: reconcile.WaiveRule, Period: of, Agency: "cujut", Until: day(31)}, extend("r10", "cujut", day(21)),
	}
	term := plan.Term{Period: of, Due: day(15), Grace: day(19), Lock: day(22)}
	if got := lastLock(term, rulings); got != day(26) {
		t.Errorf("got %s, want %s", got, day(26))
	}
	for _, c := range []struct {
		agency agency.ID
		on     agency.Day
		late   bool
	}{{"cujut", day(22), false}, {"cujut", day(23), true}, {"syt", day(26), false}, {"syt", day(27), true}, {"stp", day(23), true}} {
		if got := tooLate(form.Submission{Agency: c.agency, Arrived: lastSecond(c.on)}, term, rulings); got != c.late {
			t.Errorf("%s on %s: too late %v, want %v", c.agency, c.on, got, c.late)
		}
	}
}

// Two documents whose hashes begin alike get as many digits as tell them apart.
func TestShortNames(t *testing.T) {
	names := shortNames{"3f2a91c000aa", "3f2a91c00111", "3f2a91c1ffff", "b000000000aa"}
	for sha, want := range map[string]string{
		"3f2a91c000aa": "3f2a91c000", "3f2a91c00111": "3f2a91c001", "3f2a91c1ffff": "3f2a91c1", "b000000000aa": "b0000000",
		"b0000000ffff": "b0000000f", "77": "77",
	} {
		if got := names.of(sha); got != want {
			t.Errorf("%s: got %s, want %s", sha, got, want)
		}
	}
	if got := (shortNames)(nil).of("3f2a91c000aa"); got != "3f2a91c0" {
		t.Errorf("nothing known: got %s", got)
	}
}

func TestSamePerson(t *testing.T) {
	const name = "Nguyễn Thị Mẫu"
	for _, other := range []string{"NGUYỄN THỊ MẪU", "Nguyễn  Thị\u00a0Mẫu ", "Nguyễn Thị Mẫu\u200b", "Nguye\u0302\u0303n Thi\u0323 Ma\u0302\u0303u", "Nguyen Thi Mau"} {
		if !samePerson(name, other) {
			t.Errorf("%+q: taken for another person", other)
		}
	}
	if samePerson(name, "Trần Văn Mẫu") {
		t.Error("two persons taken for one")
	}
}

func TestIssueFacts(t *testing.T) {
	on := agency.NewDay(2018, 3, 22)
	for _, good := range []IssueFacts{{}, {Number: "15/BC-SNV", Date: on}, {Signed: []byte("%PDF"), SignedExt: ".pdf"}} {
		if err := good.Check(); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	for _, bad := range []IssueFacts{
		{Number: "15/BC-SNV"}, {Date: on}, {Number: "15\n\x1b[31m", Date: on}, {Number: strings.Repeat("1", maxNumber+1), Date: on},
		{Signed: []byte{}, SignedExt: ".pdf"}, {Signed: []byte("x")}, {Signed: []byte("x"), SignedExt: ".p7$s"},
		{Signed: []byte("PK\x03\x04"), SignedExt: ".pdf"}, {Signed: []byte("%PDF-1.7"), SignedExt: ".txt"},
	} {
		if err := bad.Check(); err == nil {
			t.Errorf("%+v: got no error", bad)
		}
	}
}

// An assignment stores what the clerk said and no more: the agency alone leaves the
// period to the document, and the period alone the agency.
func TestAssignWhatWasSaid(t *testing.T) {
	ctx, o := t.Context(), newOffice(t)
	who := store.Actor{Name: "Lan", Via: "cli", At: o.now}
	o.receive(t, "first", mailing{from: "stp@daknong.example", subject: "Báo cáo quý I", name: "stp.xlsx",
		data: workbook(t, "Sở Tư pháp", "Báo cáo quý I năm 2018", good()...)})
	q1, half := plan.Period{Year: 2018, Part: plan.Q1}, plan.Period{Year: 2018, Part: plan.Half}
	made, err := o.AsNow(ctx, q1)
	if err != nil {
		t.Fatal(err)
	}
	sha := made.Inputs.Submissions[0].SHA256
	for _, c := range []struct {
		said   Assignment
		enters plan.Period
		want   form.Rulings
	}{
		{Assignment{Agency: "syt"}, q1, form.Rulings{Agency: "syt"}},
		{Assignment{Period: half}, half, form.Rulings{Agency: "syt", Period: half}},
		{Assignment{Agency: "stp"}, half, form.Rulings{Agency: "stp", Period: half}},
		{Assignment{Period: q1}, q1, form.Rulings{Agency: "stp", Period: q1}},
		{Assignment{Agency: "syt"}, q1, form.Rulings{Agency: "syt", Period: q1}},
	} {
		kept, err := o.Decide(ctx, sha[:8], Decision{Assign: &c.said, Reason: "x"}, who)
		if err != nil {
			t.Fatal(err)
		}
		if kept[0].Period != c.enters || kept[0].Meant != c.said.Period || kept[0].Agency != c.said.Agency {
			t.Errorf("%+v: kept %+v, want it to enter %s", c.said, kept[0], c.enters)
		}
		rulings, err := o.readingRulings(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, rulings.documents[sha]); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.said, diff)
		}
		if _, err := o.Collect(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// A document is given a period, then an agency, and then the first is undone: the
// second stands in the statement of the period that the document falls to.
func TestUndoInAnyOrder(t *testing.T) {
	ctx, o := t.Context(), newOffice(t)
	who := store.Actor{Name: "Lan", Via: "cli", At: o.now}
	o.receive(t, "first", mailing{from: "stp@daknong.example", subject: "Báo cáo quý I", name: "stp.xlsx",
		data: workbook(t, "Sở Tư pháp", "Báo cáo quý I năm 2018", good()...)})
	q1, half := plan.Period{Year: 2018, Part: plan.Q1}, plan.Period{Year: 2018, Part: plan.Half}
	standing := func(of plan.Period) (documents int, rulings []string) {
		t.Helper()
		if _, err := o.Collect(ctx); err != nil {
			t.Fatal(err)
		}
		made, err := o.AsNow(ctx, of)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range made.Inputs.Rulings {
			rulings = append(rulings, r.ID+" "+string(r.Agency)+r.Meant.String())
		}
		return len(made.Inputs.Submissions), rulings
	}
	made, err := o.AsNow(ctx, q1)
	if err != nil {
		t.Fatal(err)
	}
	item := made.Inputs.Submissions[0].SHA256[:8]
	for _, said := range []Assignment{{Period: half}, {Agency: "syt"}} {
		if _, err := o.Decide(ctx, item, Decision{Assign: &said, Reason: "x"}, who); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Collect(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if n, rulings := standing(half); n != 1 || !slices.Equal(rulings, []string{"r1 2018-6M", "r2 syt"}) {
		t.Errorf("ruled twice: %d documents, %q", n, rulings)
	}
	if _, err := o.Undo(ctx, "r1", "x", who); err != nil {
		t.Fatal(err)
	}
	if n, rulings := standing(q1); n != 1 || !slices.Equal(rulings, []string{"r2 syt"}) {
		t.Errorf("the first undone: %d documents, %q; want it back, as the other agency's", n, rulings)
	}
	if n, rulings := standing(half); n != 0 || rulings != nil {
		t.Errorf("the period it left: %d documents, %q; want none", n, rulings)
	}

	gaps, err := o.IssueGaps(ctx, q1, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, g := range gaps {
		ids = append(ids, g.ID)
	}
	if kept, err := o.Waive(ctx, q1, ids, "x", who); err != nil || len(kept) != len(ids) {
		t.Fatalf("waived %d of %d: %v", len(kept), len(ids), err)
	}
	if _, _, err := o.Issue(ctx, q1, time.Time{}, who); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Undo(ctx, "r2", "x", who); !errors.Is(err, store.ErrClosed) {
		t.Errorf("undone under an issued report: %v", err)
	}
}

// What a newer program has frozen is refused, and not read as if it said less.
func TestFrozenByANewerProgram(t *testing.T) {
	o := newOffice(t)
	sha, err := o.freezeInputs(reconcile.Inputs{Format: reconcile.InputsFormat + 1})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.frozenInputs(store.Issue{Inputs: sha, Program: "9.9"})
	if err == nil || !strings.Contains(err.Error(), "use the baocao of version 9.9 that issued it, or a newer one") {
		t.Errorf("got %v", err)
	}
}

// Before there was Meant, an assignment of a period alone said its Period.
func TestMeantPeriod(t *testing.T) {
	q1, half := plan.Period{Year: 2018, Part: plan.Q1}, plan.Period{Year: 2018, Part: plan.Half}
	for _, c := range []struct {
		ruling reconcile.Ruling
		want   plan.Period
	}{
		{reconcile.Ruling{Kind: reconcile.Assign, Period: q1, Meant: q1}, q1},
		{reconcile.Ruling{Kind: reconcile.Assign, Period: half, Agency: "syt"}, plan.Period{}},
		{reconcile.Ruling{Kind: reconcile.Assign, Period: half, Activity: "1.1.1"}, plan.Period{}},
		{reconcile.Ruling{Kind: reconcile.Assign, Period: q1}, q1},
		{reconcile.Ruling{Kind: reconcile.Release, Period: q1}, plan.Period{}},
	} {
		if got := c.ruling.MeantPeriod(); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.ruling, got, c.want)
		}
	}
}
