package collect_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
)

// TestMailbox runs the same story against two servers: one in memory and
// Dovecot.
func TestMailbox(t *testing.T) {
	for name, start := range map[string]func(testing.TB) server{
		"memory":  func(t testing.TB) server { return memory(t, hooks{}) },
		"dovecot": dovecot,
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			for _, c := range []struct {
				name string
				test func(*testing.T, server, admin, string)
			}{
				{"stores, then marks", storesThenMarks},
				{"kill between the steps", killBetween},
				{"numbers begin anew", numbersAnew},
				{"duplicates and readers", duplicates},
				{"removed meanwhile", removed},
				{"moves", moves},
				{"database lost", databaseLost},
				{"since", since},
				{"many, with a cut", manyWithCut},
			} {
				t.Run(c.name, func(t *testing.T) {
					a := s.admin(t)
					folder := "Báo cáo " + c.name // IMAP has a way of its own to write it
					a.check(a.Create(folder, nil).Wait())
					c.test(t, s, a, folder)
				})
			}
		})
	}
}

func (s server) office(t testing.TB, folder string) *office {
	o := newOffice(t, s.addr)
	o.Folder = folder
	return o
}

func storesThenMarks(t *testing.T, s server, a admin, folder string) {
	o := s.office(t, folder)
	if got, want := o.fetch(t), (collect.Fetched{Warnings: []string{}}); !cmp.Equal(got, want) {
		t.Errorf("empty folder: got %+v, want %+v", got, want)
	}
	a.put(folder, letters(1, 3)...)
	if got, want := o.fetch(t), (collect.Fetched{Stored: 3, Warnings: []string{}}); !cmp.Equal(got, want) {
		t.Errorf("first: got %+v, want %+v", got, want)
	}
	o.holds(t, letters(1, 3)...)
	want := map[uint32][]string{1: {"$baocaostored"}, 2: {"$baocaostored"}, 3: {"$baocaostored"}}
	if diff := cmp.Diff(want, a.flags(folder)); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	a.put(folder, letter(4))
	if got, want := o.fetch(t), (collect.Fetched{Stored: 1, Warnings: []string{}}); !cmp.Equal(got, want) {
		t.Errorf("one more: got %+v, want %+v", got, want)
	}
	if got := o.fetch(t); got.Stored != 0 {
		t.Errorf("nothing new: got %+v", got)
	}
	o.holds(t, letters(1, 4)...)
	arrives(t, o, letter(2), clock.Add(time.Minute))
}

// arrives checks when a stored mail is said to have arrived, where the documents
// of the inbox are read.
func arrives(t *testing.T, o *office, mail string, want time.Time) {
	t.Helper()
	inbox := os.DirFS(filepath.Dir(o.Dir))
	for item, err := range (collect.Reader{}).Items(inbox) {
		if err != nil {
			t.Error(err)
		} else if item.Message != nil && string(item.Message.Raw) == mail {
			if !item.Arrived.Equal(want) || item.Basis != collect.Received {
				t.Errorf("arrival: got %v by %q, want %v by %q", item.Arrived, item.Basis, want, collect.Received)
			}
			return
		}
	}
	t.Error("the mail is not among the items")
}

// failingLedger is a ledger whose commits or marks fail, as when the process is killed
// before them.
type failingLedger struct {
	collect.Ledger
	record, mark bool
}

var errKilled = errors.New("killed")

func (l failingLedger) RecordMail(ctx context.Context, at collect.MailPlace, s collect.MailState, rows []collect.MailRow) error {
	if l.record && len(rows) > 0 {
		return errKilled
	}
	return l.Ledger.RecordMail(ctx, at, s, rows)
}

func (l failingLedger) MarkedMail(ctx context.Context, at collect.MailPlace, v uint32, uids []uint32) error {
	if l.mark {
		return errKilled
	}
	return l.Ledger.MarkedMail(ctx, at, v, uids)
}

func killBetween(t *testing.T, s server, a admin, folder string) {
	o := s.office(t, folder)
	a.put(folder, letters(1, 2)...)

	o.Ledger = failingLedger{Ledger: o.store, record: true}
	if _, err := o.Fetch(context.Background()); !errors.Is(err, errKilled) {
		t.Fatalf("killed before the commit: got error %v, want %v", err, errKilled)
	}
	if diff := cmp.Diff(map[uint32][]string{1: {}, 2: {}}, a.flags(folder)); diff != "" {
		t.Errorf("flags after a kill before the commit (-want +got):\n%s", diff)
	}

	o.Ledger = failingLedger{Ledger: o.store, mark: true}
	if _, err := o.Fetch(context.Background()); !errors.Is(err, errKilled) {
		t.Fatalf("killed after the marks: got error %v, want %v", err, errKilled)
	}

	a.check(a.Store(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.StoreFlags{Op: imap.StoreFlagsDel, Flags: []imap.Flag{"$BaocaoStored"}}, nil).Close())
	o.Ledger = o.store
	if got := o.fetch(t); got.Stored != 0 {
		t.Errorf("the next run: got %+v, want nothing fetched again", got)
	}
	if diff := cmp.Diff(map[uint32][]string{1: {"$baocaostored"}, 2: {"$baocaostored"}}, a.flags(folder)); diff != "" {
		t.Errorf("flags at last (-want +got):\n%s", diff)
	}
	o.holds(t, letters(1, 2)...)
}

func numbersAnew(t *testing.T, s server, a admin, folder string) {
	o := s.office(t, folder)
	noID := "From: a@daknong.example\r\nSubject: no Message-ID\r\n\r\ntext\r\n"
	a.put(folder, append(letters(1, 3), noID)...)
	o.fetch(t)
	a.check(a.Delete(folder).Wait())
	// Dovecot takes the new UIDVALIDITY from the clock, in seconds.
	a.check(a.Create(folder+" 2", nil).Wait())
	a.check(a.Create(folder, nil).Wait())
	a.put(folder, append(letters(1, 3), noID)...)
	a.put(folder, letter(4))
	got := o.fetch(t)
	if got.Known != 3 || got.Stored != 2 {
		t.Errorf("got %+v, want 3 known and 2 stored: the new one, and the one that only its bytes tell", got)
	}
	if len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "UIDVALIDITY") {
		t.Errorf("warnings: got %q, want one about UIDVALIDITY", got.Warnings)
	}
	o.holds(t, append(letters(1, 4), noID)...)
}

func duplicates(t *testing.T, s server, a admin, folder string) {
	o := s.office(t, folder)
	a.put(folder, letter(1), letter(1), letter(2))
	a.open(folder)
	for uid := range imap.UID(3) {
		a.set(uid+1, imap.FlagSeen) // a person has read all of them
	}
	if got := o.fetch(t); got.Stored != 3 {
		t.Errorf("got %+v, want 3 stored", got)
	}
	o.holds(t, letter(1), letter(2))
	var side struct {
		Deliveries []struct {
			UID      int
			Received time.Time
		}
	}
	data, err := os.ReadFile(filepath.Join(o.Dir, sumOf([]byte(letter(1)))+".json"))
	if err == nil {
		err = json.Unmarshal(data, &side)
	}
	if err != nil || len(side.Deliveries) != 2 || side.Deliveries[0].UID != 1 || side.Deliveries[1].UID != 2 {
		t.Errorf("sidecar: got %+v and error %v, want the deliveries 1 and 2", side, err)
	}
	arrives(t, o, letter(1), clock)
}

func removed(t *testing.T, s server, a admin, folder string) {
	a.put(folder, letters(1, 3)...)
	a.open(folder)
	a.set(2, imap.FlagDeleted)
	// Between the search and the list; then between the list and the bodies.
	for n, command := range []string{"RFC822.SIZE", "BODY.PEEK[]"} {
		if n == 1 {
			a.put(folder, letter(4))
			a.set(4, imap.FlagDeleted)
		}
		p := newProxy(t, s.addr)
		done := false
		p.client = func(_ int, chunk []byte) []byte {
			if !done && strings.Contains(string(chunk), command) {
				done = true
				a.check(a.Expunge().Close())
			}
			return chunk
		}
		o := s.office(t, folder)
		o.Server = p.addr()
		o.fetch(t)
		o.holds(t, letter(1), letter(3))
		if rows, err := o.store.AttentionMail(context.Background(), o.Place(), 10); err != nil || len(rows) > 0 {
			t.Errorf("needs attention: got %v and error %v, want none", rows, err)
		}
	}
}

func moves(t *testing.T, s server, a admin, folder string) {
	a.check(a.Create(folder+" đã nhận", nil).Wait())
	o := s.office(t, folder)
	o.After = collect.After{Seen: true, MoveTo: folder + " đã nhận"}
	a.put(folder, letters(1, 2)...)
	if got := o.fetch(t); got.Stored != 2 || len(got.Warnings) > 0 {
		t.Errorf("got %+v, want 2 stored", got)
	}
	if got := a.flags(folder); len(got) != 0 {
		t.Errorf("folder after the move: got %v, want it empty", got)
	}
	if diff := cmp.Diff(map[uint32][]string{1: {`\seen`}, 2: {`\seen`}}, a.flags(folder+" đã nhận")); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	o.After.MoveTo = "there is none"
	a.put(folder, letter(3))
	if got := o.fetch(t); got.Stored != 1 || len(got.Warnings) != 1 {
		t.Errorf("to a missing folder: got %+v, want 1 stored and a warning", got)
	}
	o.holds(t, letters(1, 3)...)
}

func databaseLost(t *testing.T, s server, a admin, folder string) {
	o := s.office(t, folder)
	a.put(folder, letters(1, 5)...)
	o.fetch(t)
	if err := o.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(o.state); err != nil {
		t.Fatal(err)
	}
	o.open(t)
	a.put(folder, letter(6))
	if got := o.fetch(t); got.Stored != 1 {
		t.Errorf("without the database: got %+v, want only the new message fetched", got)
	}
	o.holds(t, letters(1, 6)...)
}

func since(t *testing.T, s server, a admin, folder string) {
	o := s.office(t, folder)
	for n, age := range []int{400, 20, 1} {
		mail := letter(n)
		command := a.Append(folder, int64(len(mail)), &imap.AppendOptions{Time: clock.AddDate(0, 0, -age)})
		_, err := command.Write([]byte(mail))
		a.check(err)
		a.check(command.Close())
		_, err = command.Wait()
		a.check(err)
	}
	o.Since = clock.AddDate(0, 0, -30)
	o.fetch(t)
	o.holds(t, letter(1), letter(2))
}

func manyWithCut(t *testing.T, s server, a admin, folder string) {
	const many = 2000
	for n := range many {
		a.put(folder, letter(n))
	}
	p := newProxy(t, s.addr)
	sent, cuts := 0, 0
	p.server = func(_ int, chunk []byte) ([]byte, bool) {
		if sent += len(chunk); sent > 300_000 && cuts < 2 { // in the midst of bodies, twice
			sent, cuts = 0, cuts+1
			return nil, true
		}
		return chunk, false
	}
	o := s.office(t, folder)
	o.Server = p.addr()
	stored := 0
	for range 10 {
		got, err := o.Fetch(context.Background())
		if stored += got.Stored; err == nil && got.Failed == 0 && got.Stored == 0 {
			break
		}
		o.Now = later(o.Now, time.Hour)
	}
	if cuts != 2 || stored != many {
		t.Errorf("cuts %d, fetched %d; want 2 and %d: nothing twice", cuts, stored, many)
	}
	if got := len(o.mails(t)); got != many {
		t.Errorf("stored: got %d, want %d", got, many)
	}
}

func later(now func() time.Time, by time.Duration) func() time.Time {
	t := now().Add(by)
	return func() time.Time { return t }
}
