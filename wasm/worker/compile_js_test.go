package worker

import (
	"encoding/json"
	"testing"

	"github.com/kanbao/kanbao/index/search"
)

func TestCompileSearchGoesAsFarAsToAnAnswer(t *testing.T) {
	answers := make(chan string, 1)
	compileSearch(func(answer string) { answers <- answer })
	text := <-answers
	var answer struct {
		Result struct {
			Total int   `json:"total"`
			Hits  []any `json:"hits"`
		} `json:"result"`
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Result.Hits) != search.DefaultLimit || answer.Result.Total <= search.DefaultLimit {
		t.Errorf("%d hits of %d articles, so not all that a search does was done: %s", len(answer.Result.Hits), answer.Result.Total, text)
	}
}
