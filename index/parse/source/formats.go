package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// yamlFields answers nil where the block is no mapping, or not YAML: then it is
// read key by key.
func yamlFields(block string, line int) ([]field, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(block), &doc); err != nil || len(doc.Content) != 1 {
		return nil, nil
	}
	pairs := pairsOf(doc.Content[0])
	var fields []field
	budget := mostNodes
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := pairs[i], pairs[i+1]
		made := yamlValue(value, &budget, false)
		if key.Value == "<<" {
			several, ok := made.([]any)
			if !ok {
				several = []any{made}
			}
			for _, one := range several {
				if merged, ok := one.(map[string]any); ok {
					fields = append(fields, plainFields(merged, func(string) int { return line + key.Line - 1 })...)
				}
			}
			continue
		}
		fields = append(fields, field{key: keyOf(key.Value), line: line + key.Line - 1, value: made})
	}
	return fields, nil
}

// pairsOf returns the keys and values of a mapping, by turns, or of a list of mappings
// by mistake, one of whose keys is known.
func pairsOf(n *yaml.Node) (pairs []*yaml.Node) {
	if n.Kind == yaml.MappingNode {
		return n.Content
	}
	isKnown := false
	for _, one := range n.Content {
		if n.Kind != yaml.SequenceNode || one.Kind != yaml.MappingNode {
			return nil
		}
		for i := 0; i < len(one.Content); i += 2 {
			key := keyOf(one.Content[i].Value)
			isKnown = isKnown || slices.Contains(known, key) || ruleOf(key) != 0
		}
		pairs = append(pairs, one.Content...)
	}
	if !isKnown {
		return nil
	}
	return pairs
}

// mostNodes is how many nodes aliases may stand for: one of a few bytes may stand for
// many.
const mostNodes = 10000

// yamlValue returns a value. Of budget, nodes that stand in an alias are taken.
func yamlValue(n *yaml.Node, budget *int, inAlias bool) any {
	if inAlias {
		if *budget--; *budget < 0 {
			return nil
		}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return yamlValue(n.Alias, budget, true)
	case yaml.SequenceNode:
		list := []any{}
		for _, e := range n.Content {
			list = append(list, yamlValue(e, budget, inAlias))
		}
		return list
	case yaml.MappingNode:
		m := make(map[string]any)
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[strings.ToLower(n.Content[i].Value)] = yamlValue(n.Content[i+1], budget, inAlias)
		}
		return m
	}
	if n.ShortTag() == "!!null" {
		return nil
	}
	return n.Value
}

// tomlFields answers nil where the block is not TOML: then it is read key by key.
func tomlFields(block string, line int) ([]field, error) {
	var m map[string]any
	if err := toml.Unmarshal([]byte(block), &m); err != nil || len(m) == 0 {
		return nil, nil
	}
	return plainFields(m, func(key string) int { return line + lineOfKey(block, key) }), nil
}

func jsonFields(object string, line int) ([]field, error) {
	dec := json.NewDecoder(strings.NewReader(object))
	dec.UseNumber()
	var m map[string]any
	if err := dec.Decode(&m); err != nil {
		return nil, err
	}
	return plainFields(m, func(key string) int { return line + lineOfKey(object, key) }), nil
}

// plainFields are the fields of a decoded object as front matter has them.
func plainFields(m map[string]any, line func(key string) int) []field {
	fields := make([]field, 0, len(m))
	for key, v := range m {
		fields = append(fields, field{key: keyOf(key), line: line(key), value: plain(v)})
	}
	slices.SortFunc(fields, func(a, b field) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.key, b.key)
	})
	return fields
}

// plain makes a string of every scalar.
func plain(v any) any {
	switch v := v.(type) {
	case nil, string:
		return v
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = plain(e)
		}
		return list
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, e := range v {
			m[strings.ToLower(k)] = plain(e)
		}
		return m
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// lineOfKey returns the number, from 0, of the line on which a key is set.
func lineOfKey(block, key string) int {
	n := 0
	for line := range strings.Lines(block) {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t\"'{,"), key); ok {
			if rest = strings.TrimLeft(rest, " \t\"'"); strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "=") {
				return n
			}
		}
		n++
	}
	return 0
}

// plainFault is an error of a library without its name and its line, which counts
// from where the block begins.
func plainFault(err error) string {
	msg := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "yaml: "), "toml: ")
	return yamlLine.ReplaceAllString(msg, "")
}

var yamlLine = regexp.MustCompile(`line \d+: `)

func lineOfFault(err error, first int) int {
	var fault *toml.DecodeError
	if errors.As(err, &fault) {
		line, _ := fault.Position()
		return first + line - 1
	}
	return first
}
