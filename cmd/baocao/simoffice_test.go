package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/templates"
)

// simFolder holds the stories of the simulated year and the letters that must come
// of them; its README tells how they were made.
const simFolder = "testdata/simyear"

// simAct is something that somebody does in the year.
type simAct struct {
	at                        time.Time
	who, what, period, detail string
}

// readSimTable reads lines of fields behind a moment.
func readSimTable(t *testing.T, name string) (lines []string, rows []simAct) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(simFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		fields := append(strings.Split(line, "|"), "", "", "")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", fields[0], agency.Zone)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		lines = append(lines, line)
		rows = append(rows, simAct{at, fields[1], fields[2], fields[3], fields[4]})
	}
	return lines, rows
}

// simOffice is an office through whose year its clock is stepped, with real mail
// servers in memory.
type simOffice struct {
	t       *testing.T
	folder  string
	now     time.Time
	mailbox *imapmemserver.User
	post    *simPost
	log     bytes.Buffer
	service *pipeline.Service

	tick func()             // does what is due now
	also map[int64]bool     // moments at which it is looked at the schedule besides
	each bool               // it is looked at in each quarter of an hour of the busy weeks
	last map[string]simMail // what each agency sent last in each period
	step int                // ticks
}

// newSimOffice sets the office up: the shipped templates, but for addresses of
// contacts and an agency that has none.
func newSimOffice(t *testing.T) *simOffice {
	t.Helper()
	user, addr, stop, err := startMail()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	o := &simOffice{t: t, folder: t.TempDir(), mailbox: user, last: map[string]simMail{}}
	o.post = &simPost{now: func() time.Time { return o.now }, refused: map[string]bool{}}
	directory, err := templates.FS.ReadFile("agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	config := fmt.Sprintf(`office: daknong
approval: two
clerk: Cán bộ mẫu <canbo@daknong.example>
recipients:
  - to: [Văn thư UBND tỉnh <vanthu@ubnd.example>]
  - {to: [cchc@bonoivu.example], parts: [6M, Y]}
mailbox: {server: %q, security: plain, user: %s, password_file: password}
smtp: {server: %q, security: plain, from: Sở Nội vụ <%s>}
`, addr, mailUser, o.post.listen(t), mailUser)
	for name, data := range map[string]string{
		configName: config, "password": "secret", "inbox/README": "", "templates/agencies.yaml": simDirectory(string(directory)),
	} {
		if err := os.MkdirAll(filepath.Dir(o.file(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(o.file(name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// simDirectory is the shipped directory with persons above some agencies, and
// without an address of one.
func simDirectory(shipped string) string {
	address := func(id string) string { return `    addresses: ["` + id + `@daknong.example"]` + "\n" }
	change := []string{address("baodn"), ""}
	for id, above := range map[string][]string{
		"sldtbxh": {"{role: second, address: sldtbxh.phongcchc@daknong.example}", "{role: head, address: sldtbxh.giamdoc@daknong.example}"},
		"bqlkcn":  {"{role: head, address: bqlkcn.truongban@daknong.example}"},
		"skhcn":   {"{role: head, address: skhcn.giamdoc@daknong.example}"},
	} {
		change = append(change, address(id), address(id)+"    contacts: ["+strings.Join(above, ", ")+"]\n")
	}
	return strings.NewReplacer(change...).Replace(shipped)
}

func (o *simOffice) file(name string) string {
	return filepath.Join(o.folder, filepath.FromSlash(name))
}

// must runs a command of the clerk's beside the service, and gives what it
// printed.
func (o *simOffice) must(args ...string) string {
	o.t.Helper()
	var out, said bytes.Buffer
	args = append(args, "--config", o.file(configName))
	if code := Main(o.t.Context(), args, &out, &said, func() time.Time { return o.now }); code != exitDone {
		o.t.Fatalf("%s baocao %q ended %d:\n%s%s", o.now.In(agency.Zone), args, code, out.Bytes(), said.Bytes())
	}
	return out.String()
}

// quarterHour is how often the schedule collects.
const quarterHour = 15 * time.Minute

// live plays the acts from one moment to another. As baocao serve does, it looks
// at the schedule when something is due, but for most of the quarter hours in which
// there is no mail.
func (o *simOffice) live(acts []simAct, from, until time.Time) {
	o.t.Helper()
	a := &app{stdout: io.Discard, stderr: &o.log, now: func() time.Time { return o.now }, configFile: o.file(configName)}
	o.now = from
	err := a.withService(o.t.Context(), func(s *pipeline.Service) error {
		o.service = s
		busy, err := o.busy(until)
		if err != nil {
			return err
		}
		on, again := true, true
		for at := from; !at.After(until); at = at.Add(quarterHour) {
			for len(acts) > 0 && !acts[0].at.After(at) {
				o.now = acts[0].at
				switch acts[0].what {
				case "on", "off":
					on = acts[0].what == "on"
				default:
					o.do(acts[0])
				}
				acts, again = acts[1:], true
			}
			o.now = at
			if on && (again || busy[at.Unix()] || o.also[at.Unix()] || o.each && at.Month()%3 == 0 && at.Day() > 12 && at.Day() < 22) {
				o.step++
				o.tick()
				again = o.waits()
			}
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// busy are the moments of the schedule but those that only look for mail, and a
// noon each month.
func (o *simOffice) busy(until time.Time) (map[int64]bool, error) {
	busy := map[int64]bool{}
	next, err := o.service.Next(40000)
	for _, e := range next {
		if e.At.After(until) {
			break
		}
		if e.Job != "collect" || e.At.Format("2 15:04") == "1 12:00" {
			busy[e.At.Unix()] = true
		}
	}
	return busy, err
}

// once is a tick in this process.
func (o *simOffice) once() []pipeline.RunView {
	o.t.Helper()
	runs, err := o.service.TickOnce(o.t.Context())
	if err != nil {
		o.t.Fatalf("%s: %v\n%s", o.now.In(agency.Zone), err, tailOf(o.log.Bytes()))
	}
	return runs
}

func tailOf(b []byte) []byte { return b[max(0, len(b)-4000):] }

// waits reports whether a job, or a letter, is to be looked at again.
func (o *simOffice) waits() bool {
	o.t.Helper()
	open, err := o.service.Store.OpenRuns(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	letters, err := o.service.Letters(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return len(open) > 0 || slices.ContainsFunc(letters, func(l pipeline.PostedView) bool { return l.NextTry != nil })
}

// arrive puts a mail into the mailbox.
func (o *simOffice) arrive(a simAct, eml []byte) {
	o.t.Helper()
	if _, err := o.mailbox.Append("INBOX", demoLiteral{bytes.NewReader(eml)}, &imap.AppendOptions{Time: a.at}); err != nil {
		o.t.Fatal(err)
	}
}

// plan2018 is the plan as the office knows it.
func (o *simOffice) plan2018() *plan.Plan {
	o.t.Helper()
	p, _, err := o.service.Plan(o.t.Context(), 2018)
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}
