//go:build !js

package words

const part = 1
