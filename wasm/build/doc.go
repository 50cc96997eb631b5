// Command build makes the wasm programs: app.wasm, the reader, and
// engine.wasm, the engine. ./build.sh runs it; by hand, from the root of the
// repository:
//
//	go run ./wasm/build                   app.wasm, engine.wasm and wasm_exec.js into web/built
//	go run ./wasm/build -o DIR            into another folder
//	go run ./wasm/build -stock-std        on Go's own library as it is
//	go run ./wasm/build -traces           with stack traces
//	go run ./wasm/build sizes engine      which packages the bytes of a program come from
//	go run ./wasm/build go ARGS...        run go as the build does: vet, list -deps, test
//	go run ./wasm/build profile SITE...   find out what of the engine a first search calls, write wasm/engine/deferred.txt
//	go run ./wasm/build table             measure each change, write the table of wasm/README.md
//
// What is changed in other modules and in Go's library is in wasm/patch. The patched
// copies lie in build/wasm. It uses the Go that go.mod names (toolchain), whichever Go
// runs it, so that everybody builds the same bytes; Go fetches that one if need be.
package main
