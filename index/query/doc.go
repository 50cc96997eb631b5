// Package query is all that a reader knows about search: what is asked, what
// is answered and the interface between the two. It has plain types only; it
// never reads an index.
//
// The types are the schema, once. Their json tags name the fields wherever they
// travel: between page and worker, in `kanbao query --json`, in the JavaScript API
// and in web/kanbao.d.ts. The api tag says how the JavaScript API has a field, see
// package encode. A test in wasm/protocol fails when a field is missing anywhere.
package query
