package agency

// ID is an agency's or a group's lasting name: lower-case ASCII, groups with
// the prefix "g-".
type ID string

// Data is the directory as an office writes it, templates/agencies.yaml.
type Data struct {
	Agencies []Agency `yaml:"agencies" json:"agencies,omitzero"`
	Groups   []Group  `yaml:"groups" json:"groups,omitzero"`
}

// Agency is one cơ quan, đơn vị.
type Agency struct {
	ID        ID        `yaml:"id" json:"id,omitzero"`
	Names     []Name    `yaml:"names" json:"names,omitzero"`         // official names, one at a time
	Aliases   []string  `yaml:"aliases" json:"aliases,omitzero"`     // what else people type
	Symbols   []string  `yaml:"symbols" json:"symbols,omitzero"`     // the end of its documents' symbol: "SNV" in 45/BC-SNV
	Addresses []string  `yaml:"addresses" json:"addresses,omitzero"` // mail addresses, or whole domains as "@so.example"
	Contacts  []Contact `yaml:"contacts" json:"contacts,omitzero"`   // persons to whom letters go, besides Addresses
	Answers   ID        `yaml:"answers" json:"answers,omitzero"`     // the agency that answers for it; empty: itself
	From      Day       `yaml:"from" json:"from,omitzero"`           // existed from; zero: always
	Until     Day       `yaml:"until" json:"until,omitzero"`         // existed until, inclusive; zero: still does
	Successor ID        `yaml:"successor" json:"successor,omitzero"` // who took its tasks over
}

// Contact is a person of an agency who gets letters. What comes from a contact's
// address is not the agency's for that.
type Contact struct {
	Role    Role   `yaml:"role" json:"role,omitzero"`
	Address string `yaml:"address" json:"address,omitzero"`
	Name    string `yaml:"name" json:"name,omitzero"` // empty: not known
}

// Role is what a contact is to the agency's reports.
type Role string

// The roles of contacts.
const (
	SecondContact Role = "second" // stands in for who reports
	Head          Role = "head"   // thủ trưởng cơ quan
)

// Name is an official name and when it was borne.
type Name struct {
	Name  string `yaml:"name" json:"name,omitzero"`
	Short string `yaml:"short" json:"short,omitzero"` // for narrow columns: "Sở NV"
	From  Day    `yaml:"from" json:"from,omitzero"`
	Until Day    `yaml:"until" json:"until,omitzero"`
}

// Group is a set of agencies that a plan names as one, such as "các sở, ban,
// ngành".
type Group struct {
	ID      ID       `yaml:"id" json:"id,omitzero"`
	Name    string   `yaml:"name" json:"name,omitzero"`
	Aliases []string `yaml:"aliases" json:"aliases,omitzero"`
	Members []Member `yaml:"members" json:"members,omitzero"` // who is expected to answer; none for open groups
}

// Member is one agency's membership in a group, and when.
type Member struct {
	ID    ID  `yaml:"id" json:"id,omitzero"`
	From  Day `yaml:"from" json:"from,omitzero"`
	Until Day `yaml:"until" json:"until,omitzero"`
}
