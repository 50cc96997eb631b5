// Package pdfium reads PDF files: what is printed on each page, as a
// layout.Sheet, and pages as pictures. It runs PDFium, compiled to WebAssembly,
// within this process; no tool and no cgo is needed, and a file cannot reach
// the disk or the network through it. It knows nothing of articles.
package pdfium
