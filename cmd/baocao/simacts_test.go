package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"baocao/pipeline"
)

const (
	simClerk = "Cán bộ mẫu"
	simHead  = "Lãnh đạo mẫu"
)

// do does what a line of the story says.
func (o *simOffice) do(a simAct) {
	o.t.Helper()
	switch a.who {
	case "clerk", "head":
		o.rule(a)
	case "server":
		o.post.Lock()
		defer o.post.Unlock()
		switch a.what {
		case "refuse", "admit":
			o.post.refused[simAddress(a.detail)] = a.what == "refuse"
		default:
			o.post.down = a.what == "down"
		}
	default:
		o.arrive(a, o.mail(a))
	}
}

func simAddress(id string) string { return id + "@daknong.example" }

// mail is what an agency sends.
func (o *simOffice) mail(a simAct) []byte {
	o.t.Helper()
	key := a.who + " " + a.period
	m := simMail{from: simAddress(a.who), subject: "Báo cáo cải cách hành chính", body: "Kính gửi Sở Nội vụ."}
	switch a.what {
	case "bounce":
		return a.simBounce(o.letter(a, "form"))
	case "away":
		m.subject, m.body = "Trả lời tự động: vắng mặt", "Tôi đi công tác đến hết tuần."
		m.head = map[string]string{"Auto-Submitted": "auto-replied", "In-Reply-To": "<" + o.letter(a, "form").id + ">"}
	case "own":
		m.name, m.data = "bao-cao.xlsx", ownWorkbook(o.t, o.plan2018(), a.who, a.period)
	case "blank":
		m.name, m.data = attachedForm(o.t, o.letter(a, "form"))
	case "again":
		m = o.last[key]
		m.body = "Gửi lại để Quý Sở tiện theo dõi."
	case "nil":
		m.subject, m.body = "Re: báo cáo "+simPeriodName(a.period), "Không phát sinh."
		m.head = map[string]string{"In-Reply-To": "<" + o.letter(a, "form").id + ">"}
	case "mend", "change":
		kind, more := "rejected", 0
		if a.what == "change" {
			kind, more = "accepted", 3
		}
		receipt := o.letter(a, kind)
		m.name, m.data = o.form(a, more)
		m.subject, m.head = "Re: xác nhận", map[string]string{"In-Reply-To": "<" + receipt.id + ">"}
	case "forged": // with figures that its agency never sent
		m.name, m.data = o.form(a, 10)
		m.verdict = "fail"
	default: // form, zip, check, stranger
		m.name, m.data = o.form(a, 0)
		m.head = map[string]string{"In-Reply-To": "<" + o.letter(a, "form").id + ">"}
		o.disguise(a.what, &m)
	}
	o.last[key] = m
	return a.compose(m)
}

// disguise makes the mail with a filled form one of an odd kind.
func (o *simOffice) disguise(what string, m *simMail) {
	o.t.Helper()
	switch what {
	case "zip":
		data, err := zipped(m.name, m.data)
		if err != nil {
			o.t.Fatal(err)
		}
		m.name, m.data = "bao-cao.zip", data
	case "check":
		m.subject = "[KIEM TRA] " + m.subject
	case "stranger":
		m.from, m.head = "nguoi.lam.bao.cao@thu-rieng.example", nil
	}
}

func simPeriodName(period string) string {
	for name, p := range simPeriods {
		if p == period {
			return name
		}
	}
	return period
}

// letter is the newest one of a kind that an agency has got.
func (o *simOffice) letter(a simAct, kind string) simLetter {
	o.t.Helper()
	l, ok := o.post.newest(simAddress(a.who), a.period, kind)
	if !ok {
		o.t.Fatalf("%s: %s cannot %s: it got no letter %q of %s, but %v", a.at, a.who, a.what, kind, a.period, o.post.to(simAddress(a.who)))
	}
	return l
}

// form is the form that was mailed to the agency, filled in; more is added to each
// percentage.
func (o *simOffice) form(a simAct, more int) (name string, data []byte) {
	o.t.Helper()
	name, blank := attachedForm(o.t, o.letter(a, "form"))
	answer := simAnswers[a.period]
	answer.percent += more
	return name, filledForm(o.t, blank, answer)
}

// rule does what the clerk, or the head, does.
func (o *simOffice) rule(a simAct) {
	o.t.Helper()
	who := []string{"--user", simClerk}
	if a.who == "head" {
		who[1] = simHead
	}
	why := append(who, "--reason", "Theo kịch bản")
	switch a.what {
	case "waive":
		if a.detail != "" {
			o.must(append(append([]string{"waive", a.period}, strings.Fields(a.detail)...), why...)...)
		}
	case "extend":
		agency, until, _ := strings.Cut(a.detail, " ")
		o.must(append([]string{"extend", a.period, agency, "--until", until}, why...)...)
	case "release", "set-aside":
		o.must(append([]string{"decide", o.held(a), "--" + a.what}, why...)...)
	case "issue", "approve":
		o.must(append([]string{a.what, a.period}, who...)...)
	case "reopen":
		o.must(append([]string{"reopen", a.period}, why...)...)
	case "deliver":
		o.must("deliver", a.period)
	case "send-forms":
		o.must("form", "send", a.period)
	case "post-again":
		o.must(append([]string{"deliver", "--again", o.posted("form:" + a.period + ":" + a.detail)}, who...)...)
	case "drop":
		o.drop(a)
	default:
		o.t.Fatalf("act %q", a.what)
	}
}

// held is the document of an agency that waits for the clerk.
func (o *simOffice) held(a simAct) string {
	o.t.Helper()
	var items []pipeline.HeldItem
	if err := json.Unmarshal([]byte(o.must("held", a.period, "--json")), &items); err != nil {
		o.t.Fatal(err)
	}
	for _, it := range items {
		if it.Agency != nil && string(*it.Agency) == a.detail {
			return it.ID
		}
	}
	o.t.Fatalf("%s: nothing of %s waits for the clerk: %+v", a.at, a.detail, items)
	return ""
}

// posted is the ID of the letter with that key.
func (o *simOffice) posted(key string) string {
	o.t.Helper()
	letters, err := o.service.Letters(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	for _, l := range letters {
		if l.Key == key {
			return l.ID
		}
	}
	o.t.Fatalf("there is no letter %s", key)
	return ""
}

// drop puts the report of an agency that has no mail into the inbox.
func (o *simOffice) drop(a simAct) {
	o.t.Helper()
	made := o.t.TempDir()
	o.must("form", "make", a.period, "--agency", a.detail, "--to", made)
	name := fmt.Sprintf("bieu-bao-cao-%s-%s.xlsx", a.period, a.detail)
	blank, err := os.ReadFile(filepath.Join(made, name))
	if err != nil {
		o.t.Fatal(err)
	}
	folder := o.file("inbox/" + a.at.Format("2006-01-02"))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), filledForm(o.t, blank, simAnswers[a.period]), 0o644); err != nil {
		o.t.Fatal(err)
	}
}
