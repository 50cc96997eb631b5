package worker

import (
	"reflect"
	"syscall/js"

	"github.com/kanbao/kanbao/index/query/encode"
	"github.com/kanbao/kanbao/wasm/protocol"
)

// requestOf reads a request as JavaScript sends it. What is missing or of another
// type is zero.
func requestOf(v js.Value) (r protocol.Request) {
	read(v, reflect.ValueOf(&r).Elem())
	return r
}

// read puts what JavaScript has into a value of Go, fields by their names in JSON. It
// reports whether v is of the right type; an element of a list that is not is left out.
func read(v js.Value, into reflect.Value) bool {
	is := v.Type()
	switch into.Kind() {
	case reflect.String:
		if is == js.TypeString {
			into.SetString(v.String())
		}
		return is == js.TypeString
	case reflect.Int:
		if is == js.TypeNumber {
			into.SetInt(int64(v.Int()))
		}
		return is == js.TypeNumber
	case reflect.Bool:
		into.SetBool(v.Truthy())
		return true
	case reflect.Struct:
		if is == js.TypeObject {
			readFields(v, into)
		}
		return is == js.TypeObject
	case reflect.Slice:
		if is != js.TypeObject || v.Get("length").Type() != js.TypeNumber {
			return false
		}
		// reflect.New and reflect.Append would make the engine 175 kB larger.
		for i, n := 0, v.Length(); i < n; i++ {
			have := into.Len()
			into.Grow(1)
			into.SetLen(have + 1)
			if !read(v.Index(i), into.Index(have)) {
				into.SetLen(have)
			}
		}
		return true
	}
	panic("a request has a field of a type that cannot be read")
}

func readFields(v js.Value, into reflect.Value) {
	t := into.Type()
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous {
			readFields(v, into.Field(i))
		} else {
			read(v.Get(encode.Name(f)), into.Field(i))
		}
	}
}
