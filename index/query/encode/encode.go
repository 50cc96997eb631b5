package encode

import (
	"bytes"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/kanbao/kanbao/index/query"
)

// A Form says how an answer is written.
type Form int

// The forms. In both, every field is there whatever its value is, and a list
// without elements is [], never null.
const (
	// Spans writes all fields, marked text as its spans. encoding/json reads it
	// back into the same types.
	Spans Form = iota
	// API is documented in docs/embedding.md. The api tag of a field says how it
	// differs: "text" is marked text without its marks, "html" is marked text with
	// them as <mark>, "-" is left out.
	API
)

// Append appends v as JSON to b. v may be made of booleans, numbers, strings,
// structs, slices, pointers, interfaces and maps from strings; it panics at anything
// else.
func Append(b []byte, v any, form Form) []byte {
	e := &encoder{b: b, form: form, fields: make(map[reflect.Type][]field)}
	e.value(reflect.ValueOf(v))
	return e.b
}

// Name returns the name that a field has in JSON.
func Name(f reflect.StructField) string {
	name, _, _ := strings.Cut(tag(f, "json"), ",")
	if name == "" {
		return f.Name
	}
	return name
}

// tag returns what a field's tag has for a key. It stands for StructTag.Get, which brings
// what unquotes any text: nothing in the tags of answers is escaped.
func tag(f reflect.StructField, key string) string {
	_, value, _ := strings.Cut(" "+string(f.Tag), " "+key+`:"`)
	value, _, _ = strings.Cut(value, `"`)
	return value
}

type encoder struct {
	b      []byte
	form   Form
	fields map[reflect.Type][]field // of the types that have come by
}

// A field is what the encoder has to know of a field of a struct.
type field struct {
	index int
	key   string // the name as JSON, with its colon
	api   string // the tag
}

func (e *encoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		e.string(v.String())
	case reflect.Bool:
		e.b = strconv.AppendBool(e.b, v.Bool())
	case reflect.Int, reflect.Int64:
		e.b = strconv.AppendInt(e.b, v.Int(), 10)
	case reflect.Uint8, reflect.Uint64:
		e.b = strconv.AppendUint(e.b, v.Uint(), 10)
	case reflect.Float64:
		e.float(v.Float())
	case reflect.Struct:
		e.object(v)
	case reflect.Slice:
		e.list(v)
	case reflect.Map:
		e.counts(v)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			e.b = append(e.b, "null"...)
		} else {
			e.value(v.Elem())
		}
	case reflect.Invalid: // a nil of no type
		e.b = append(e.b, "null"...)
	default:
		panic("encode: a value of a kind that nothing writes: " + v.Kind().String())
	}
}

func (e *encoder) object(v reflect.Value) {
	e.b = append(e.b, '{')
	first := true
	for _, f := range e.fieldsOf(v.Type()) {
		if !first {
			e.b = append(e.b, ',')
		}
		first = false
		e.b = append(e.b, f.key...)
		switch of := v.Field(f.index); f.api {
		case "text":
			e.string(marked(of).String())
		case "html":
			e.string(marked(of).HTML())
		default:
			e.value(of)
		}
	}
	e.b = append(e.b, '}')
}

// fieldsOf returns the fields of a struct that are to be written.
func (e *encoder) fieldsOf(t reflect.Type) []field {
	fields, ok := e.fields[t]
	if ok {
		return fields
	}
	for i := range t.NumField() {
		f := t.Field(i)
		api := ""
		if e.form == API {
			api = tag(f, "api")
		}
		if api != "-" && tag(f, "json") != "-" {
			fields = append(fields, field{i, `"` + Name(f) + `":`, api})
		}
	}
	e.fields[t] = fields
	return fields
}

func (e *encoder) list(v reflect.Value) {
	e.b = append(e.b, '[')
	for i := range v.Len() {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.value(v.Index(i))
	}
	e.b = append(e.b, ']')
}

func (e *encoder) counts(v reflect.Value) {
	if v.IsNil() {
		e.b = append(e.b, "null"...)
		return
	}
	e.b = append(e.b, '{')
	first := true
	for all := v.MapRange(); all.Next(); first = false {
		if !first {
			e.b = append(e.b, ',')
		}
		e.string(all.Key().String())
		e.b = append(e.b, ':')
		e.value(all.Value())
	}
	e.b = append(e.b, '}')
}

// marked copies marked text. reflect.Value.Interface, which would do without, makes
// the engine 130 kB larger.
func marked(v reflect.Value) query.Marked {
	m := make(query.Marked, v.Len())
	for i := range m {
		span := v.Index(i)
		m[i] = query.Span{Text: span.Field(0).String(), Mark: span.Field(1).Bool()}
	}
	return m
}

// float writes a number; what JSON has no number for is null, as in JavaScript.
func (e *encoder) float(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		e.b = append(e.b, "null"...)
		return
	}
	const parts = 1e9
	n := math.Round(math.Abs(f) * parts)
	if n >= 1<<53 || n/parts != math.Abs(f) || f == 0 && math.Signbit(f) {
		e.b = strconv.AppendFloat(e.b, f, 'g', -1, 64)
		return
	}
	e.decimal(f < 0, uint64(n)/parts, uint64(n)%parts)
}

// decimal writes a number of nine decimals or fewer, as scores are. They are written
// without strconv, whose tables of powers a first search would have to fetch.
func (e *encoder) decimal(negative bool, whole, billionths uint64) {
	if negative {
		e.b = append(e.b, '-')
	}
	e.b = strconv.AppendUint(e.b, whole, 10)
	if billionths == 0 {
		return
	}
	digits := strconv.AppendUint(nil, 1e9+billionths, 10)
	digits[0] = '.'
	e.b = append(e.b, bytes.TrimRight(digits, "0")...)
}

// string writes a string; what is not UTF-8 becomes U+FFFD.
func (e *encoder) string(s string) {
	const hex = "0123456789abcdef"
	e.b = append(e.b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			e.b = append(e.b, '\\', byte(r))
		case r < ' ':
			e.b = append(e.b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			e.b = utf8.AppendRune(e.b, r)
		}
	}
	e.b = append(e.b, '"')
}
