package write

import "slices"

// mostRepeated is how often a word of the heaviest line counts. The formula
// saturates long before.
const mostRepeated = 100

// weighted takes a line whose words count more than others, each as if it stood there
// the square of the weight times, or less: then each counts once in the field, however
// often it stands in such lines. The length of the field is what it is.
func (x *analysis) weighted(field int, text string, weight float64) {
	from := len(x.bigrams)
	x.line(field, text)
	line := x.bigrams[from:]
	switch {
	case weight == 0 || weight == 1:
	case weight < 1:
		x.light = append(x.light, line...)
		x.bigrams = x.bigrams[:from]
	default:
		line = slices.Clone(line)
		for range min(int(weight*weight+0.5), mostRepeated) - 1 {
			x.bigrams = append(x.bigrams, line...)
		}
	}
}

// addLight adds the bigrams of light lines that no other line has.
func (x *analysis) addLight() {
	if len(x.light) == 0 {
		return
	}
	have := make(map[uint64]bool, len(x.bigrams))
	for _, key := range x.bigrams {
		have[key] = true
	}
	for _, key := range x.light {
		if !have[key] {
			have[key] = true
			x.bigrams = append(x.bigrams, key)
		}
	}
}
