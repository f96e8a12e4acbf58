package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"

	"baocao/pipeline/reconcile"
)

// checkRules refuses a table of rules that names what does not exist or does not
// add up, with the line of templates/rules.yaml.
func (p *Pipeline) checkRules(rules reconcile.Rules) error {
	err := rules.Check()
	var fault *reconcile.RulesFault
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &fault):
		return fmt.Errorf("templates/rules.yaml: %w", err)
	}
	data, readErr := fs.ReadFile(p.Templates, "rules.yaml")
	if readErr != nil {
		return fmt.Errorf("templates: %w", readErr)
	}
	if line := lineOf(data, fault.Path); line > 0 {
		return fmt.Errorf("templates/rules.yaml: line %d: %w", line, err)
	}
	return fmt.Errorf("templates/rules.yaml: %w", err)
}

// lineOf is the line of a YAML file on which the value at path stands, such as
// "rules[3].action"; where the file leaves that out, the line of what would hold
// it; 0 when that is not there either.
func lineOf(data []byte, path string) int {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	for ; path != ""; path = parent(path) {
		at, err := yaml.PathString("$." + path)
		if err != nil {
			return 0
		}
		if node, err := at.ReadNode(bytes.NewReader(data)); err == nil {
			return node.GetToken().Position.Line
		}
	}
	return 0
}

// parent is the path without its last key or index.
func parent(path string) string {
	for i := len(path) - 1; i > 0; i-- {
		if path[i] == '.' || path[i] == '[' {
			return path[:i]
		}
	}
	return ""
}
