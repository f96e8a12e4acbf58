package main

import (
	"fmt"
	"io/fs"
	"net/mail"
	"time"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
)

// demoStory is templates/demo.yaml: the made-up mails of a demo and the moment
// at which it plays.
type demoStory struct {
	Now      string                   `yaml:"now"` // RFC 3339
	Period   plan.Period              `yaml:"period"`
	Office   demoAddress              `yaml:"office"`
	Workbook demoForm                 `yaml:"workbook"`
	Answers  map[plan.Code]demoAnswer `yaml:"answers"` // what any agency says that is asked
	Mails    []demoMail               `yaml:"mails"`
	Delivery demoDelivery             `yaml:"delivery"`

	now       time.Time
	directory *agency.Directory
	plan      *plan.Plan
}

type demoAddress struct {
	Name    string `yaml:"name"`
	Address string `yaml:"address"`
}

func (a demoAddress) mail() mail.Address { return mail.Address{Name: a.Name, Address: a.Address} }

// demoAnswer is what an agency writes about an activity. Money is in million
// đồng, or whatever else somebody wrote there.
type demoAnswer struct {
	Text    string `yaml:"text"`
	Status  string `yaml:"status"`
	Percent *int   `yaml:"percent"`
	Spent   string `yaml:"spent"`
}

// demoMail is one made-up mail.
type demoMail struct {
	About   string            `yaml:"about"` // what is special, in English
	At      string            `yaml:"at"`    // when it reached the mailbox, RFC 3339
	From    string            `yaml:"from"`
	Name    string            `yaml:"name"`
	Verdict string            `yaml:"verdict"` // of our mail server on the sender; default pass
	Head    map[string]string `yaml:"head"`    // further header fields, in ASCII
	Subject string            `yaml:"subject"`
	Body    string            `yaml:"body"`
	File    string            `yaml:"file"` // the attached workbook; none without Report
	Zip     string            `yaml:"zip"`  // the archive that it is packed into; empty: none
	Report  *demoReport       `yaml:"report"`

	at time.Time
}

// demoReport is what stands in an attached workbook.
type demoReport struct {
	Agency  agency.ID                `yaml:"agency"`
	Ref     string                   `yaml:"ref"`
	Nothing string                   `yaml:"nothing"` // written instead of all rows
	Blank   bool                     `yaml:"blank"`   // rows without answers
	Change  map[plan.Code]demoChange `yaml:"change"`  // what differs from the answers
}

// demoChange replaces what is not empty.
type demoChange struct {
	Code    string `yaml:"code"`
	Status  string `yaml:"status"`
	Percent *int   `yaml:"percent"`
	Spent   string `yaml:"spent"`
	Absent  bool   `yaml:"absent"`
}

// demoDelivery is the letter that the finished report goes out with.
type demoDelivery struct {
	To   []string `yaml:"to"`
	Text string   `yaml:"text"` // subject and body, as in templates/letter
}

// readStory reads the story that ships.
func readStory(shipped fs.FS) (*demoStory, error) {
	s := &demoStory{}
	var agencies agency.Data
	for _, t := range []struct {
		name string
		into any
	}{{"demo.yaml", s}, {"agencies.yaml", &agencies}} {
		data, err := fs.ReadFile(shipped, t.name)
		if err == nil {
			err = pipeline.DecodeYAML(data, t.into)
		}
		if err != nil {
			return nil, fmt.Errorf("templates/%s: %w", t.name, err)
		}
	}
	var err error
	if s.directory, err = agency.New(agencies); err != nil {
		return nil, fmt.Errorf("templates/agencies.yaml: %w", err)
	}
	if s.now, err = time.Parse(time.RFC3339, s.Now); err != nil {
		return nil, fmt.Errorf("templates/demo.yaml: now: %w", err)
	}
	for i := range s.Mails {
		if s.Mails[i].at, err = time.Parse(time.RFC3339, s.Mails[i].At); err != nil {
			return nil, fmt.Errorf("templates/demo.yaml: mail from %s: at: %w", s.Mails[i].From, err)
		}
	}
	return s, nil
}

// letter is the one that the report goes out with, its files attached.
func (s *demoStory) letter(office string, files []deliver.Attachment) (deliver.Letter, error) {
	text, err := deliver.ParseText("templates/demo.yaml", s.Delivery.Text, "", "")
	if err != nil {
		return deliver.Letter{}, err
	}
	l := deliver.Letter{
		Office: office, Kind: "report", Key: "report:" + s.Period.String(), From: s.Office.mail(), Attachments: files,
	}
	for _, to := range s.Delivery.To {
		l.To = append(l.To, mail.Address{Address: to})
	}
	l.Subject, l.Text, err = text.Fill(nil)
	return l, err
}
