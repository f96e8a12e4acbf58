package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"baocao/pipeline/agency"
)

// simPost is the mail server that takes the letters of the simulated year.
type simPost struct {
	sync.Mutex
	now     func() time.Time
	letters []simLetter
	refused map[string]bool // addresses that it knows of no more
	down    bool            // it takes nothing
	taken   func()          // called under the lock when it has a letter, before it says so; may be nil
}

// simLetter is a letter that was taken over for one recipient.
type simLetter struct {
	at           time.Time
	to           string
	id           string // its Message-ID
	kind, period string
	raw          []byte
}

func (l simLetter) String() string {
	return fmt.Sprintf("%s | %s", l.at.In(agency.Zone).Format("2006-01-02 15:04"), l.said())
}

// said is the letter without the moment at which it was taken over.
func (l simLetter) said() string { return fmt.Sprintf("%s | %s | %s", l.kind, l.period, l.to) }

func (p *simPost) NewSession(*smtp.Conn) (smtp.Session, error) {
	p.Lock()
	defer p.Unlock()
	if p.down {
		return nil, &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "closed for a while"}
	}
	return &simSession{post: p}, nil
}

type simSession struct {
	post *simPost
	to   string
}

func (s *simSession) Reset()                               { s.to = "" }
func (s *simSession) Logout() error                        { return nil }
func (s *simSession) Mail(string, *smtp.MailOptions) error { return nil }

func (s *simSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.post.Lock()
	defer s.post.Unlock()
	if s.post.refused[to] {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	s.to = to
	return nil
}

func (s *simSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	letter, err := readSimLetter(raw)
	if err != nil {
		return err
	}
	s.post.Lock()
	defer s.post.Unlock()
	letter.at, letter.to = s.post.now(), s.to
	s.post.letters = append(s.post.letters, letter)
	if s.post.taken != nil {
		s.post.taken()
	}
	return nil
}

// to are the letters that an address got, in the order in which they came.
func (p *simPost) to(address string) []simLetter {
	return slices.DeleteFunc(p.all(), func(l simLetter) bool { return l.to != address })
}

// newest is the last letter of a kind that an address got in a period.
func (p *simPost) newest(to, period, kind string) (simLetter, bool) {
	for _, l := range slices.Backward(p.to(to)) {
		if l.period == period && l.kind == kind {
			return l, true
		}
	}
	return simLetter{}, false
}

// all are the letters, in the order in which they came.
func (p *simPost) all() []simLetter {
	p.Lock()
	defer p.Unlock()
	return slices.Clone(p.letters)
}

// simPeriods are the periods as letters name them.
var simPeriods = map[string]string{
	"quý I năm 2018": "2018-Q1", "6 tháng đầu năm 2018": "2018-6M", "quý III năm 2018": "2018-Q3", "năm 2018": "2018",
}

// simJobs are the jobs as letters name them.
var simJobs = map[string]string{
	"gửi biểu mẫu báo cáo": "forms", "đôn đốc gửi báo cáo": "remind", "lập dự thảo báo cáo": "draft",
	"gửi báo cáo đến nơi nhận": "deliver", "lấy thư, đọc tài liệu và trả lời": "collect",
}

// simSubjects tell the kinds of letters by their subjects, as a reader would.
var simSubjects = []struct {
	kind string
	form *regexp.Regexp
}{
	{"form", regexp.MustCompile(`^Biểu báo cáo kết quả thực hiện Kế hoạch CCHC (?P<period>.+) của .+$`)},
	{"before", regexp.MustCompile(`^Nhắc gửi báo cáo CCHC (?P<period>.+) trước ngày .+$`)},
	{"due", regexp.MustCompile(`^Hôm nay hết hạn gửi báo cáo CCHC (?P<period>.+): .+$`)},
	{"after", regexp.MustCompile(`^Đôn đốc báo cáo CCHC (?P<period>.+) đã quá hạn: .+$`)},
	{"escalate", regexp.MustCompile(`^Đề nghị chỉ đạo gửi báo cáo CCHC (?P<period>.+) đã quá hạn \d+ ngày: .+$`)},
	{"accepted", regexp.MustCompile(`^\[BC .+\] Xác nhận đã tiếp nhận báo cáo CCHC (?P<period>.+) của .+$`)},
	{"partly", regexp.MustCompile(`^\[BC .+\] Đã tiếp nhận một phần báo cáo CCHC (?P<period>.+) của .+$`)},
	{"nil", regexp.MustCompile(`^\[BC .+\] Xác nhận không phát sinh nội dung báo cáo CCHC (?P<period>.+) của .+$`)},
	{"rejected", regexp.MustCompile(`^\[BC .+\] Đề nghị gửi lại báo cáo CCHC (?P<period>.+) của .+$`)},
	{"held", regexp.MustCompile(`^\[BC .+\] Đã nhận báo cáo CCHC (?P<period>.+) của .+, đang chờ xem xét$`)},
	{"check", regexp.MustCompile(`^\[BC (?P<name>\S+) .+\] Kết quả kiểm tra thử biểu báo cáo của .+$`)},
	{"draft", regexp.MustCompile(`^\[DỰ THẢO\] Báo cáo CCHC (?P<period>.+): (?P<more>\d+/\d+) cơ quan đã báo cáo$`)},
	{"delivery r1", regexp.MustCompile(`^Báo cáo kết quả thực hiện Kế hoạch cải cách hành chính (?P<period>[^–(]+)$`)},
	{"delivery r2", regexp.MustCompile(`^Báo cáo kết quả thực hiện Kế hoạch cải cách hành chính (?P<period>[^–(]+) – bản thay thế lần 1$`)},
	{"job-letters:", regexp.MustCompile(`^\[LỖI\] Việc theo lịch “(?P<job>.+)”, (?P<period>.+): có nơi chưa nhận được thư$`)},
	{"job-missed:", regexp.MustCompile(`^\[LỖI\] Việc theo lịch “(?P<job>.+)”, (?P<period>.+): đã bị lỡ$`)},
	{"job-waiting:", regexp.MustCompile(`^\[CẦN XỬ LÝ\] Việc theo lịch “(?P<job>.+)”, (?P<period>.+): đang chờ$`)},
}

// readSimLetter tells what a letter is from what its reader sees.
func readSimLetter(raw []byte) (simLetter, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return simLetter{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return simLetter{}, err
	}
	l := simLetter{raw: raw, id: strings.Trim(m.Header.Get("Message-ID"), "<>"), kind: "unknown: " + subject}
	if l.id == "" {
		return l, errors.New("a letter without a Message-ID")
	}
	for _, s := range simSubjects {
		found := s.form.FindStringSubmatch(subject)
		if found == nil {
			continue
		}
		l.kind = s.kind
		for i, group := range s.form.SubexpNames() {
			switch group {
			case "period":
				l.period = simPeriods[found[i]]
			case "name":
				l.period = found[i]
			case "more":
				l.kind += " " + found[i]
			case "job":
				l.kind += simJobs[found[i]]
			}
		}
		return l, nil
	}
	return l, nil
}

// listen starts the server on loopback.
func (p *simPost) listen(t *testing.T) (addr string) {
	t.Helper()
	server := smtp.NewServer(p)
	server.Domain = "mx.daknong.example"
	server.MaxMessageBytes = mostLetter
	server.ErrorLog = log.New(io.Discard, "", 0)
	l, err := serveLoopback(server.Serve)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.stop)
	return l.Addr().String()
}
