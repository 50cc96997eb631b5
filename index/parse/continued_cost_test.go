package parse

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// A page that says of each of its articles that it goes on elsewhere costs what its
// size is.
func TestCostOfContinuedArticles(t *testing.T) {
	for _, article := range []string{"## 甲\n\n(下转A02版)\n\n", "## 甲\n\n(上接A02版)文(下转A01版)\n\n", "## 甲\n\n(上接A01版)文(下转A01版)\n\n"} {
		var last uint64
		for _, size := range []int{5_000, 20_000, 80_000} {
			root := folder(t, map[string]string{"潮报-20240905-A01版-要闻.md": strings.Repeat(article, size/len(article))})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got, _ := read(t, root)
			runtime.ReadMemStats(&after)
			c := after.Mallocs - before.Mallocs
			if last > 0 && c > 6*last {
				t.Errorf("%s: %d objects for %d bytes, %d for a quarter of it", fmt.Sprintf("%.20q", article), c, size, last)
			}
			last = c
			if len(got) == 0 {
				t.Error("no article")
			}
		}
	}
}
