// Package worker runs the engine where JavaScript has put it: in a Web Worker,
// or on the main thread where no worker can be had. It joins a protocol.Server
// to a port and does nothing else. It compiles for js/wasm only.
package worker
