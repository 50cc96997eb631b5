//go:build !js

package chunk

// turns is for the browser, which has one thread for all.
type turns struct{}

func (turns) give() {}
