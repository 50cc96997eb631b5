// Package pdftest makes PDF files for tests. Only tests import it.
package pdftest
