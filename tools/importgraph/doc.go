// Package importgraph has the tests that keep imports pointing one way. It has
// no code of its own: what the rules are stands in importgraph_test.go.
package importgraph
