package report

import (
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// plainTable is an annex with a table whose columns are all named here.
type plainTable struct {
	Label     string          `yaml:"label"`
	Title     text            `yaml:"title"`
	Reference text            `yaml:"reference"`
	Sheet     string          `yaml:"sheet"`
	Intro     text            `yaml:"intro"`
	None      text            `yaml:"none"`
	Columns   []outlineColumn `yaml:"columns"`
}

// innerTable is a further table of an annex, with a paragraph over it.
type innerTable struct {
	Intro   text            `yaml:"intro"`
	None    text            `yaml:"none"` // instead of a table without rows
	Columns []outlineColumn `yaml:"columns"`
}

type outlineColumn struct {
	Key   string      `yaml:"key"`
	Group string      `yaml:"group"`
	Title string      `yaml:"title"`
	Width int         `yaml:"width"`
	Align Align       `yaml:"align"`
	Only  []plan.Part `yaml:"only"` // the parts of the year whose reports have the column; none: all
}

// planTable is the decision's table with the columns of results.
type planTable struct {
	Label      string                   `yaml:"label"`
	Title      text                     `yaml:"title"`
	Reference  text                     `yaml:"reference"`
	Sheet      string                   `yaml:"sheet"`
	Columns    map[string]outlineColumn `yaml:"columns"` // the decision's own, by key
	Results    []outlineColumn          `yaml:"results"`
	Standing   text                     `yaml:"standing"` // progress, per cent and timing in one cell
	Target     text                     `yaml:"target"`   // how an activity stands to its indicator; under the timing unless it has a column
	Carried    text                     `yaml:"carried"`  // in place of a result, where only money is known, from an earlier period
	Total      string                   `yaml:"total"`
	GrandTotal string                   `yaml:"grand_total"`
	Words      text                     `yaml:"words"`
}

// statisticsTable are the sums of the fields, and those of earlier periods.
type statisticsTable struct {
	Table      plainTable `yaml:",inline"`
	Total      string     `yaml:"total"`
	Comparison innerTable `yaml:"comparison"`
}

type agenciesTable struct {
	Table   plainTable `yaml:",inline"`
	Ranking innerTable `yaml:"ranking"`
	Grade   text       `yaml:"grade"` // one grade in the rule of ranking
}

// notes are the annex that says how the figures were come by.
type notes struct {
	Label     string `yaml:"label"`
	Title     text   `yaml:"title"`
	Reference text   `yaml:"reference"`
	Sheet     string `yaml:"sheet"`

	Plan           text `yaml:"plan"`
	Rule           text `yaml:"rule"` // of cumulative figures
	Carried        text `yaml:"carried"`
	NothingCarried text `yaml:"nothing_carried"`
	Persons        text `yaml:"persons"`

	Rulings innerTable `yaml:"rulings"`
	Ground  text       `yaml:"ground"` // source and reason of a ruling
	Signed  text       `yaml:"signed"` // who ruled, and when
	Unsaid  string     `yaml:"unsaid"` // a corrected figure that was not told
	Waived  innerTable `yaml:"waived"`

	Unprintable struct { // characters that paper shows another sign for
		Table innerTable `yaml:",inline"`
		At    text       `yaml:"at"`   // where one stands
		Most  int        `yaml:"most"` // places of one; 0: all
		More  text       `yaml:"more"` // the number of those left out

		Characters int  `yaml:"characters"` // characters listed; 0: all
		Others     text `yaml:"others"`     // the number of those left out
	} `yaml:"unprintable"`

	Reason  text `yaml:"reason"` // for which the period was opened again
	Place   text `yaml:"place"`  // where a figure was read
	Changes struct {
		Table   innerTable `yaml:",inline"`
		Most    int        `yaml:"most"`    // of changes on paper
		Longest int        `yaml:"longest"` // text on paper, in letters
		More    text       `yaml:"more"`

		Added     string `yaml:"added"` // an agency's answers on what it was silent on
		AddedText text   `yaml:"added_text"`

		Groups struct {
			Province  string `yaml:"province"`
			Agencies  string `yaml:"agencies"`
			Reporting string `yaml:"reporting"`
		} `yaml:"groups"`
	} `yaml:"changes"`
}

// rulingKind is how one kind of ruling is called, and the sentence about one.
type rulingKind struct {
	Name string `yaml:"name"`
	Text text   `yaml:"text"`
}

// sourcesTable says where each figure was read; the texts are about cumulative
// money and corrected figures.
type sourcesTable struct {
	Table     plainTable `yaml:",inline"`
	Told      text       `yaml:"told"`
	Term      text       `yaml:"term"`
	Added     text       `yaml:"added"`
	Carried   text       `yaml:"carried"`
	Corrected text       `yaml:"corrected"`
}

type controlTable struct {
	Table      plainTable `yaml:",inline"`
	Documents  string     `yaml:"documents"`
	Read       string     `yaml:"read"`
	Corrected  string     `yaml:"corrected"`
	Used       string     `yaml:"used"`
	Aside      text       `yaml:"aside"`
	ByDocument innerTable `yaml:"by_document"`
}

// manifestTable lists what a report was made from.
type manifestTable struct {
	Table    plainTable              `yaml:",inline"`
	Version  text                    `yaml:"version"`  // of the plan
	Document text                    `yaml:"document"` // whose, and what became of it
	Compared text                    `yaml:"compared"`
	Outcome  map[form.Outcome]string `yaml:"outcome"`
	Words    struct {
		Report    string `yaml:"report"`
		Period    string `yaml:"period"`
		Edition   string `yaml:"edition"`
		Revision  string `yaml:"revision"`
		AsOf      string `yaml:"as_of"`
		Inputs    string `yaml:"inputs"`
		Prepared  string `yaml:"prepared"`
		Approved  string `yaml:"approved"`
		Program   string `yaml:"program"`
		Layout    string `yaml:"layout"`
		Plan      string `yaml:"plan"`
		Templates string `yaml:"templates"`
		Documents string `yaml:"documents"`
		Earlier   string `yaml:"earlier"`
		Rulings   string `yaml:"rulings"`
		Count     string `yaml:"count"`
	} `yaml:"words"`
}

type auditTable struct {
	Label  string     `yaml:"label"`
	Title  text       `yaml:"title"`
	Sheet  string     `yaml:"sheet"`
	Footer text       `yaml:"footer"`
	Table  innerTable `yaml:",inline"`
}
