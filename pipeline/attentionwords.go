package pipeline

import (
	"fmt"
	"regexp"
	"slices"

	"baocao/pipeline/agency"
)

// attentionWords are the sentences of templates/attention.yaml.
type attentionWords map[AttentionKind]attentionText

type attentionText struct {
	Message string `yaml:"message"`
	Advice  string `yaml:"advice"`
}

// attentionNames are the names that a sentence may use.
var attentionNames = []string{"{who}", "{subject}", "{file}", "{since}", "{tries}", "{next}", "{detail}", "{reference}"}

// check looks for what is missing and for names that are not ours.
func (w attentionWords) check() error {
	for _, kind := range attentionKinds {
		if w[kind].Message == "" || w[kind].Advice == "" {
			return fmt.Errorf("%s: message or advice says nothing", kind)
		}
	}
	for kind, text := range w {
		if !slices.Contains(attentionKinds, kind) {
			return fmt.Errorf("%s: no such kind, known are %q", kind, attentionKinds)
		}
		for _, n := range markName.FindAllString(text.Message+text.Advice, -1) {
			if !slices.Contains(attentionNames, n) {
				return fmt.Errorf("%s: unknown name %s, known are %q", kind, n, attentionNames)
			}
		}
	}
	return nil
}

// optionalPart is said only when every name in it has a value.
var optionalPart = regexp.MustCompile(`\[\[.*?\]\]`)

// say fills in what there is to say of a.
func (w attentionWords) say(a *Attention) {
	next := ""
	if a.NextTry != nil {
		next = printedTime(*a.NextTry)
	}
	values := map[string]string{
		"{who}": a.Who, "{subject}": a.Subject, "{file}": a.File, "{since}": printedTime(a.Since),
		"{tries}": fmt.Sprint(a.Tries), "{next}": next, "{detail}": a.Detail, "{reference}": a.Reference,
	}
	fill := func(s string) string {
		s = optionalPart.ReplaceAllStringFunc(s, func(part string) string {
			for _, n := range markName.FindAllString(part, -1) {
				if values[n] == "" {
					return ""
				}
			}
			return part[2 : len(part)-2]
		})
		return markName.ReplaceAllStringFunc(s, func(n string) string { return shown(values[n]) })
	}
	a.Message, a.Advice = fill(w[a.Kind].Message), fill(w[a.Kind].Advice)
	a.Since = a.Since.In(agency.Zone)
}
