package collect

import (
	"path"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
)

// openMail is the attachments of the mail raw that lies at file, and the mail
// itself where that is all there is. For a mail that was taken out of archives
// u is what unpacked them, and told their faults; else it is nil.
func (r Reader) openMail(file string, raw []byte, u *unpacker, archives int) []Item {
	limits := r.Limits.orDefault()
	mail := opened{limits: limits, unpacker: u}
	if u == nil {
		mail.unpacker = &unpacker{limits: limits}
	}
	message := &Message{SHA256: hash(raw), Raw: raw}
	base := Item{File: file, SHA256: message.SHA256, Message: message}
	base.Arrived, base.Basis = folderArrival(file)
	place := finding.Place{File: path.Base(file)}

	root, err := readMail(raw)
	if err != nil {
		base.Findings = []finding.Finding{{
			Code: codeMailUnreadable, Level: finding.Error, Place: place,
		}}
		return []Item{base}
	}
	if t, basis := receivedArrival(root.header.Values("Received")); !t.IsZero() {
		base.Arrived, base.Basis = t, basis
	}
	mail.walk(root, spot{archives: archives})
	if u == nil {
		mail.faults = append(mail.faults, mail.unpacker.faults...)
	}
	r.describe(message, root)
	why := r.vouch(message, root)
	mail.weigh(message, root)
	return mail.items(base, place, mail.shared(message, place, why, r.AuthservID))
}

// shared are the findings about the mail as a whole.
func (m *opened) shared(message *Message, place finding.Place, why doubt, authserv string) []finding.Finding {
	var shared []finding.Finding
	if m.cutShort {
		shared = append(shared, finding.Finding{Code: codeMailCutShort, Level: finding.Warning, Place: place})
	}
	if message.List {
		shared = append(shared, finding.Finding{
			Code: codeThroughList, Level: finding.Warning, Place: place, Got: message.Subject,
		})
	}
	if !message.Authenticated {
		shared = append(shared, finding.Finding{
			Code: codeNotVouched, Level: finding.Warning, Place: place, Got: message.From,
		}, finding.Finding{
			Code: why.code, Level: finding.Note, Place: place, Got: why.got, Want: authserv,
		})
	}
	if m.signed != "" {
		shared = append(shared, finding.Finding{Code: codeSigned, Level: finding.Note, Place: place, Got: m.signed})
	}
	if m.link != "" && len(m.attachments) > 0 {
		shared = append(shared, finding.Finding{Code: codeWithLink, Level: finding.Note, Place: place, Got: m.link})
	}
	return shared
}

// describe fills in what the header says.
func (r Reader) describe(m *Message, root part) {
	header := root.header
	m.ID = strings.Trim(oneLine(decodeWords(header.Get("Message-Id"))), "<> ")
	m.Thread = threadOf(header)
	m.From = sender(header.Values("From"))
	m.Subject = oneLine(decodeWords(header.Get("Subject")))
	if runes := []rune(m.Subject); len(runes) > maxSubject {
		m.Subject = string(runes[:maxSubject])
	}
	m.Date = parseDate(cut(header.Get("Date"), maxField))
	auto, list := autoReply(header, root.kind, m.From), throughList(header)
	m.AutoReply, m.List = auto || list, list && !auto
	m.CheckOnly = r.checkOnly(header, m.Subject)
}

// vouch says whether the sender is vouched for, and if not, why not.
func (r Reader) vouch(m *Message, root part) (why doubt) {
	results := root.header.Values("Authentication-Results")
	if m.Authenticated, why = r.vouched(m.From, results); m.Authenticated || r.judged(results) {
		return why
	}
	v, err := r.signed(m)
	m.Unjudged = err
	if v != nil && v.Said != "" {
		m.Authenticated, why = v.Result == dkimPass, doubt{codeSignatureFailed, v.Said}
	}
	return why
}

// weigh fills in what is known of a message only when its parts are.
func (m *opened) weigh(message *Message, root part) {
	message.Text = m.body()
	message.Bounce = m.bounce(root.header, message)
	silent := autoSubject.MatchString(message.Subject) && m.files == 0
	if m.invites || message.Bounce != nil || silent {
		message.AutoReply, message.List = true, false
	}
	if m.link == "" {
		m.link = fileLink(message.Text + "\n" + m.html)
	}
}

// items is one item for each attachment and, when there is none or not all
// could be taken, one without Data for the mail itself. All carry the shared
// findings.
func (m *opened) items(base Item, place finding.Place, shared []finding.Finding) []Item {
	var items []Item
	for _, a := range m.attachments {
		item := base
		item.Name, item.Data, item.SHA256 = a.name, a.data, hash(a.data)
		item.Container = a.container
		item.Findings = append(a.findings, shared...)
		items = append(items, item)
	}
	faults := m.faults
	for i := range faults {
		if faults[i].Place.File == "" {
			faults[i].Place = place
		}
	}
	if m.files > m.limits.Attachments {
		faults = append(faults, finding.Finding{
			Code: codeTooManyFiles, Level: finding.Error, Place: place,
			Got: strconv.Itoa(m.files), Want: strconv.Itoa(m.limits.Attachments),
		})
	}
	if item, ok := m.bodyItem(base, place); ok {
		item.Findings = append(item.Findings, shared...)
		items = append(items, item)
	}
	if len(items) == 0 && m.link != "" {
		faults = append(faults, finding.Finding{Code: codeWithLink, Level: finding.Error, Place: place, Got: m.link})
	}
	if len(items) == 0 && len(faults) == 0 {
		faults = append(faults, finding.Finding{
			Code: codeNoAttachment, Level: finding.Warning, Place: place, Got: base.Message.Subject,
		})
	}
	if len(faults) > 0 {
		base.Findings = append(faults, shared...)
		items = append(items, base)
	}
	return items
}
