// Package suggest offers queries: what completes the one that is being typed, and what
// may have been meant by one that finds few articles. It never changes what was asked.
package suggest
