package protocol

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/query"
	"github.com/kanbao/kanbao/index/query/encode"
)

// TestEveryFieldTravels gives each field of what is asked and answered a value of
// its own and holds all that writes, reads and declares fields to them. A field that
// is new in a type is missing where this test fails, and nowhere else but in
// app/command (TestEveryFieldOfAQueryHasAFlag) and wasm/worker
// (TestEveryFieldOfARequestIsRead), which have tests of their own.
func TestEveryFieldTravels(t *testing.T) {
	for _, v := range []any{new(query.Result), new([]query.Suggestion), new(query.Document), new(query.Article), new(Stats), new(Error)} {
		fill(reflect.ValueOf(v).Elem(), new(int))
		back := reflect.New(reflect.TypeOf(v).Elem()).Interface()
		decode(t, encode.Append(nil, v, encode.Spans), back)
		if !reflect.DeepEqual(back, v) {
			t.Errorf("%T arrives as\n%+v\nwant\n%+v", v, back, v)
		}
	}
	var asked, heard Request
	fill(reflect.ValueOf(&asked).Elem(), new(int))
	text, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	if decode(t, text, &heard); !reflect.DeepEqual(heard, asked) {
		t.Errorf("a request arrives as\n%+v\nwant\n%+v", heard, asked)
	}
}

// TestAPIIsDeclared holds the JavaScript API to its declarations and to its manual.
func TestAPIIsDeclared(t *testing.T) {
	d := readDeclarations(t)
	// What kanbao.js adds to an answer of the engine.
	added := map[string][]string{"Hit": {"excerpt"}, "Failed": {"base"}}
	for name, v := range map[string]any{
		"SearchResult": new(query.Result), "Suggestion[]": new([]query.Suggestion), "EngineStats": new(Stats), "Article": new(query.Article),
	} {
		fill(reflect.ValueOf(v).Elem(), new(int))
		var answer any
		decode(t, encode.Append(nil, v, encode.API), &answer)
		d.check(t, "the answer", name, answer, added)
	}
	var options []string
	for i := range reflect.TypeFor[query.Query]().NumField() {
		options = append(options, encode.Name(reflect.TypeFor[query.Query]().Field(i)))
	}
	// The text is the first argument, and kanbao.js asks for IDs by the limit.
	options = slices.DeleteFunc(options, func(name string) bool { return name == "text" || name == "idsOnly" })
	if got, want := keys(d.interfaces["SearchOptions"]), sorted(append(options, "signal")); !slices.Equal(got, want) {
		t.Errorf("SearchOptions has %q, a query has %q", got, want)
	}
	var fields []string
	for _, f := range query.Fields() {
		fields = append(fields, string(f))
	}
	if got := sorted(d.literals("Field")); !slices.Equal(got, sorted(fields)) {
		t.Errorf("Field is one of %q, want %q", got, fields)
	}
	for alias, want := range map[string][]string{
		"Sort": {string(query.Relevance), string(query.Newest), string(query.Oldest)},
		"ErrorKind": {string(Cancelled), string(NotFound), string(Unreachable), string(Outdated), string(Damaged), string(TooLong), string(TooLarge), string(Invalid), string(Crashed), // and what kanbao.js itself tells:
			"usage", "unsupported", "policy", "cors", "no-index", "refused", "page"},
	} {
		if got := sorted(d.literals(alias)); !slices.Equal(got, sorted(want)) {
			t.Errorf("%s is one of %q, want %q", alias, got, want)
		}
	}

	manual := read(t, "../../docs/embedding.md")
	for _, name := range []string{"SearchOptions", "SearchResult", "Reading", "Facet", "FacetValue", "Correction", "Without", "Filter", "Hit", "Passage", "Failed", "Article", "Byline", "Section", "Block", "ArticleOptions", "FacetsOptions", "Suggestion"} {
		for field := range d.interfaces[name] {
			if field == "query" || field == "excerpt" {
				continue // the text that was given, and a name of before
			}
			if !regexp.MustCompile("`[^`\n]*\\b" + field + "\\b[^`\n]*`").MatchString(manual) {
				t.Errorf("docs/embedding.md says nothing of %s.%s", name, field)
			}
		}
	}
}

// fill gives every field in v a value that no other field has.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("<%d>", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("json") != "-" { // what does not travel
				fill(v.Field(i), n)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]int64{fmt.Sprint(*n): int64(*n)}))
	default:
		panic("no value for a " + v.Type().String())
	}
}

func decode(t *testing.T, text []byte, into any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(text)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// declarations are what web/kanbao.d.ts declares.
type declarations struct {
	interfaces map[string]map[string]string // the types of fields, by interface
	aliases    map[string]string
}

func readDeclarations(t *testing.T) declarations {
	d := declarations{make(map[string]map[string]string), make(map[string]string)}
	text := regexp.MustCompile(`/\*(?s:.*?)\*/|(?m)^\s*//.*$`).ReplaceAllString(read(t, "../../web/kanbao.d.ts"), "")
	for _, m := range regexp.MustCompile(`export type (\w+) = ([^;]+);`).FindAllStringSubmatch(text, -1) {
		d.aliases[m[1]] = m[2]
	}
	field := regexp.MustCompile(`(?m)^\s*(\w+)\??: ([^;]+);`)
	for _, m := range regexp.MustCompile(`(?s)export interface (\w+)(?: extends (\w+))? \{(.*?)\}`).FindAllStringSubmatch(text, -1) {
		fields := make(map[string]string)
		for name, is := range d.interfaces[m[2]] {
			fields[name] = is
		}
		for _, f := range field.FindAllStringSubmatch(m[3], -1) {
			fields[f[1]] = f[2]
		}
		d.interfaces[m[1]] = fields
	}
	return d
}

// literals returns the strings that a type is one of.
func (d declarations) literals(alias string) []string {
	var all []string
	for _, l := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(d.aliases[alias], -1) {
		all = append(all, l[1])
	}
	return all
}

// check reports what of a value of JSON is not as a type of TypeScript has it, and
// what a type has that the value has not.
func (d declarations) check(t *testing.T, about, is string, value any, added map[string][]string) {
	t.Helper()
	if of, ok := d.aliases[is]; ok {
		is = of
	}
	is = strings.TrimSuffix(is, " | null") // every pointer has been filled
	switch value := value.(type) {
	case string:
		if is != "string" && !strings.HasPrefix(is, `"`) {
			t.Errorf("%s is a string, declared as %s", about, is)
		}
	case bool:
		if is != "boolean" {
			t.Errorf("%s is a boolean, declared as %s", about, is)
		}
	case float64:
		if is != "number" {
			t.Errorf("%s is a number, declared as %s", about, is)
		}
	case []any:
		element, ok := strings.CutSuffix(is, "[]")
		if !ok {
			t.Errorf("%s is a list, declared as %s", about, is)
			return
		}
		for i, v := range value {
			d.check(t, fmt.Sprintf("%s[%d]", about, i), element, v, added)
		}
	case map[string]any:
		if is == "Record<string, number>" {
			return
		}
		fields := d.interfaces[is]
		for name, v := range value {
			if fields[name] == "" {
				t.Errorf("%s.%s: %s in web/kanbao.d.ts does not have it", about, name, is)
			} else {
				d.check(t, about+"."+name, fields[name], v, added)
			}
		}
		for name := range fields {
			if _, ok := value[name]; !ok && !slices.Contains(added[is], name) {
				t.Errorf("%s.%s: %s in web/kanbao.d.ts has it, the answer has not", about, name, is)
			}
		}
	default:
		t.Errorf("%s is %v", about, value)
	}
}

func keys(m map[string]string) []string {
	var all []string
	for name := range m {
		all = append(all, name)
	}
	return sorted(all)
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}
