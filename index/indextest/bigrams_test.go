package indextest

import (
	"strings"
	"testing"

	"github.com/kanbao/kanbao/index/analyze"
)

func TestBigramAnalyzerTokensKnowTheirBytes(t *testing.T) {
	in := []byte("ＧＰＳ 定位\n𠮷")
	var terms []string
	for _, token := range (BigramAnalyzer{}).Analyze(in) {
		terms = append(terms, strings.TrimRight(string(token.Term), "\x00"))
		// Folding by itself leaves out a space at either end.
		want := strings.TrimSpace(terms[len(terms)-1])
		if got := (analyze.Folder{}).Fold(string(in[token.Start:token.End])).String(); got != want {
			t.Errorf("term %q is from bytes %q", token.Term, in[token.Start:token.End])
		}
	}
	if got, want := strings.Join(terms, "|"), "gp|ps|s定|定位|位|𠮷"; got != want {
		t.Errorf("terms %s, want %s", got, want)
	}
}
