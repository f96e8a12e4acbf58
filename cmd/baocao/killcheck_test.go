//go:build unix

package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/deliver"
)

// tables are what of the database must be the same however often the program
// was killed: all but the moments at which it did its work.
var tables = map[string]string{
	"mailbox":  `SELECT folder, highest, refusals, login_at FROM mailbox`,
	"mail":     `SELECT uid, message_id, size, received, sender, subject, sha256, marked, attempts, next_try, attention, problem FROM mail`,
	"original": `SELECT sha256 FROM original`,
	"arrival":  `SELECT sha256, file, name, message, arrived, sender FROM arrival`,
	"reading":  `SELECT sha256, rules, period, agency, outcome, arrived, submission FROM reading`,
	"plan":     `SELECT year, version, sha256, number, name, plan FROM plan`,
	"letter":   `SELECT key, id, kind, sender FROM letter`,
	"address":  `SELECT key, address, owner, lease FROM letter_recipient`,
}

// database opens the story's database with the program that every office has.
func (s *story) database() *sql.DB {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file://"+s.file("office/out/baocao.db")+"?mode=rw")
	if err != nil {
		s.t.Fatal(err)
	}
	return db
}

// dump is the rows of the tables, and the files kept.
func (s *story) dump() map[string][]string {
	s.t.Helper()
	db := s.database()
	defer db.Close()
	d := map[string][]string{}
	for name, query := range tables {
		d[name] = s.rows(db, query)
	}
	for _, dir := range []string{"inbox", "out/archive"} {
		for name := range s.tree("office/" + dir) {
			d[dir] = append(d[dir], name)
		}
		slices.Sort(d[dir])
	}
	return d
}

func (s *story) rows(db *sql.DB, query string) []string {
	s.t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		s.t.Fatal(err)
	}
	all := []string{}
	for rows.Next() {
		values := make([]string, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			s.t.Fatal(err)
		}
		all = append(all, strings.Join(values, " | "))
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// tree is the hash of each file below a folder of the story.
func (s *story) tree(dir string) map[string]string {
	s.t.Helper()
	files := map[string]string{}
	root := s.file(dir)
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == root {
			return err
		}
		short, err := filepath.Rel(root, name)
		if err != nil || d.IsDir() {
			files[short+"/"] = ""
			return err
		}
		data, err := os.ReadFile(name)
		files[short] = sumOf(string(data))
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return files
}

// check makes sure that the finished story is whole: want is what a program that
// was never killed leaves.
func (s *story) check(want map[string][]string) {
	s.t.Helper()
	s.checkMails()
	s.checkFiles()
	db := s.database()
	if got, want := s.rows(db, "PRAGMA integrity_check"), []string{"ok"}; !slices.Equal(got, want) {
		s.t.Errorf("integrity_check: got %q, want %q", got, want)
	}
	if got := s.rows(db, "PRAGMA foreign_key_check"); len(got) > 0 {
		s.t.Errorf("foreign_key_check: got %q, want nothing", got)
	}
	if err := db.Close(); err != nil {
		s.t.Error(err)
	}
	if diff := cmp.Diff(want, s.dump()); diff != "" {
		s.t.Errorf("what is kept (-never killed +killed):\n%.5000s", diff)
	}
}

// checkMails makes sure that each mail is stored once, whole, and has one row.
func (s *story) checkMails() {
	s.t.Helper()
	want := map[string]string{"README": sumOf("")}
	for _, m := range s.mails {
		want[m.sha()+".eml"] = m.sha()
	}
	got := s.tree("office/inbox/mail")
	for name := range got {
		if sha, ok := strings.CutSuffix(name, ".json"); ok && got[sha+".eml"] != "" {
			delete(got, name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Errorf("stored mails (-want +got):\n%.3000s", diff)
	}
	db := s.database()
	defer db.Close()
	rows := s.rows(db, "SELECT count(*), count(DISTINCT uid), count(DISTINCT sha256), sum(marked) FROM mail")
	if want := fmt.Sprintf("%d | %[1]d | %[1]d | %[1]d", len(s.mails)); rows[0] != want {
		s.t.Errorf("rows of mail, UIDs, hashes, marked: got %s, want %s", rows[0], want)
	}
	documents := map[string]bool{}
	for _, m := range s.mails {
		if len(m.documents) == 0 {
			documents[m.sha()] = true
		}
		for _, sha := range m.documents {
			documents[sha] = true
		}
	}
	read := s.rows(db, "SELECT sha256 FROM reading")
	if len(read) != len(documents) {
		s.t.Errorf("readings: got %d, want %d", len(read), len(documents))
	}
	for _, m := range s.mails {
		for _, sha := range m.documents {
			if !slices.Contains(read, sha) {
				s.t.Errorf("document %s of mail %s has not been read", sha, m.id)
			}
		}
	}
}

// checkFiles makes sure that nothing half-done lies about.
func (s *story) checkFiles() {
	s.t.Helper()
	for name := range s.tree("office") {
		for _, part := range []string{".baocao-tmp-", ".db-"} {
			if strings.Contains(name, part) {
				s.t.Errorf("there is a file %s", name)
			}
		}
	}
	for name, sha := range s.tree("tmp") {
		if name != "README" && sha != "" { // see package apart for empty folders
			s.t.Errorf("there is a temporary %s", name)
		}
	}
	for name, sha := range s.tree("office/out/archive") {
		base := filepath.Base(name)
		if ext := filepath.Ext(base); sha != "" && ext != ".json" && strings.TrimSuffix(base, ext) != sha {
			s.t.Errorf("%s holds bytes with the hash %s", name, sha)
		}
	}
}

// checkLetters makes sure that each mail that is to be answered has one letter,
// and that it went out once, unless a doubt is recorded; and that a letter waits,
// if any may. It gives the number of letters sent twice.
func (s *story) checkLetters(mayWait bool) (twice int) {
	s.t.Helper()
	if len(s.sink.twins) > 0 {
		s.t.Errorf("letters sent again with other bytes: %q", s.sink.twins)
	}
	known, want := map[string]bool{}, 0
	for _, m := range s.mails {
		if m.answered {
			want++
			known["receipt:"+m.sha()] = true
		}
	}
	postings, err := filepath.Glob(s.file("office/out/outbox/*.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	total := 0
	for _, name := range postings {
		var p deliver.Posting
		data, err := os.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(data, &p)
		}
		if err != nil {
			s.t.Fatal(err)
		}
		if !known[p.Key] || len(p.Recipients) != 1 {
			s.t.Errorf("letter %s %s: it answers no mail, or not its sender alone", p.Kind, p.Key)
			continue
		}
		r := p.Recipients[0]
		n := s.sink.count(p.MessageID, r.Address)
		total += n
		if n > 1 {
			twice++
		}
		s.checkLetter(p.Key, r, n, mayWait)
	}
	if len(postings) != want {
		s.t.Errorf("letters: got %d, want %d", len(postings), want)
	}
	if got := s.sink.all(); got != total {
		s.t.Errorf("letters that the server took over: got %d, want the %d of the outbox", got, total)
	}
	return twice
}

// checkLetter compares what is recorded of a letter with how often the server
// took it over.
func (s *story) checkLetter(key string, r deliver.Recipient, n int, mayWait bool) {
	s.t.Helper()
	ok := false
	switch r.State {
	case deliver.Sent:
		ok = n >= 1 && n <= 1+r.Doubts
	case deliver.MaybeSent:
		ok = n <= r.Doubts && (mayWait || r.Doubts > 1)
	case deliver.Queued:
		ok = n == 0 && r.Doubts == 0 && mayWait
	}
	if !ok || n > 2 || r.Doubts > 2 {
		s.t.Errorf("letter %s: it is %q after %d tries with %d doubts (%s), and the server took it over %d times",
			key, r.State, r.Attempts, r.Doubts, r.Answer, n)
	}
}
