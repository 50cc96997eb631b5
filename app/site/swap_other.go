//go:build !linux

package site

import "errors"

// swapNames cannot be done in one step here; the caller does it in two.
func swapNames(a, b string) error { return errors.ErrUnsupported }
