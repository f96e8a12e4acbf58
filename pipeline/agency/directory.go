package agency

// ID is an agency's or a group's lasting name: lower-case ASCII, groups with
// the prefix "g-".
type ID string

// Data is the directory as an office writes it, templates/agencies.yaml.
type Data struct {
	Agencies []Agency `yaml:"agencies"`
	Groups   []Group  `yaml:"groups"`
}

// Agency is one cơ quan, đơn vị.
type Agency struct {
	ID        ID       `yaml:"id"`
	Names     []Name   `yaml:"names"`     // official names, one at a time
	Aliases   []string `yaml:"aliases"`   // what else people type
	Symbols   []string `yaml:"symbols"`   // the end of its documents' symbol: "SNV" in 45/BC-SNV
	Addresses []string `yaml:"addresses"` // mail addresses, or whole domains as "@so.example"
	Answers   ID       `yaml:"answers"`   // the agency that answers for it; empty: itself
	From      Day      `yaml:"from"`      // existed from; zero: always
	Until     Day      `yaml:"until"`     // existed until, inclusive; zero: still does
	Successor ID       `yaml:"successor"` // who took its tasks over
}

// Name is an official name and when it was borne.
type Name struct {
	Name  string `yaml:"name"`
	Short string `yaml:"short"` // for narrow columns: "Sở NV"
	From  Day    `yaml:"from"`
	Until Day    `yaml:"until"`
}

// Group is a set of agencies that a plan names as one, such as "các sở, ban,
// ngành".
type Group struct {
	ID      ID       `yaml:"id"`
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"`
	Members []Member `yaml:"members"` // who is expected to answer; none for open groups
}

// Member is one agency's membership in a group, and when.
type Member struct {
	ID    ID  `yaml:"id"`
	From  Day `yaml:"from"`
	Until Day `yaml:"until"`
}
