// Package encode writes queries' answers as JSON, by the json tags of their types.
//
// The engine that every visitor loads writes JSON and reads none, and encoding/json
// is about 100 kB of it once compressed. This package takes 3 kB, and is the only
// place that turns a field into JSON: what `kanbao query --json` prints and what
// kanbao.js answers is the same text. It never reads JSON.
package encode
