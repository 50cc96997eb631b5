package text

import (
	"regexp"
	"slices"
	"testing"
)

// TestPagesSayTheSameInEachLanguage: the script that changes the language of a page
// finds a message by its place.
func TestPagesSayTheSameInEachLanguage(t *testing.T) {
	room := regexp.MustCompile(`\{\w+\}`)
	hans := PageFor(Hans)
	for _, from := range Languages() {
		of := PageFor(from)
		if len(of.Months) != 12 || len(of.Days) != 7 || len(of.Messages) != len(hans.Messages) {
			t.Fatalf("%s has %d months, %d days and %d messages; %s has %d messages", from, len(of.Months), len(of.Days), len(of.Messages), Hans, len(hans.Messages))
		}
		for i, m := range of.Messages {
			a, b := room.FindAllString(hans.Messages[i], -1), room.FindAllString(m, -1)
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(a, b) {
				t.Errorf("%s: %q stands for %q", from, m, hans.Messages[i])
			}
		}
	}
}

// TestAMessageMeansOneThing: what reads the same in one language has to do so in the
// others, for a page says nothing of a message but how it reads.
func TestAMessageMeansOneThing(t *testing.T) {
	for _, from := range Languages() {
		for _, to := range Languages() {
			seen := make(map[string]string)
			for i, m := range PageFor(from).Messages {
				other := PageFor(to).Messages[i]
				if before, ok := seen[m]; ok && before != other {
					t.Errorf("%s: %q is %q and %q in %s", from, m, before, other, to)
				}
				seen[m] = other
			}
		}
	}
}
