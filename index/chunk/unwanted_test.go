package chunk

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestLoadThatNobodyWaitsForEnds, unless somebody asks again soon.
func TestLoadThatNobodyWaitsForEnds(t *testing.T) {
	for name, test := range map[string]struct {
		again time.Duration // after which somebody else asks
		loads int
	}{"asked again soon": {unwanted / 2, 1}, "asked again late": {unwanted * 2, 2}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				loads, ended := 0, 0
				c := NewCache(100, func(ctx context.Context, _ ID) (string, int, error) {
					loads++
					select {
					case <-time.After(10 * unwanted):
						return "text", 4, nil
					case <-ctx.Done():
						ended++
						return "", 0, ctx.Err()
					}
				})
				ctx, cancel := context.WithTimeout(t.Context(), unwanted)
				defer cancel()
				if _, err := c.Get(ctx, ID{1}); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("who waits no more gets %v", err)
				}
				time.Sleep(test.again)
				if v, err := c.Get(t.Context(), ID{1}); v != "text" || err != nil {
					t.Errorf("who asks again gets %q, %v", v, err)
				}
				if loads != test.loads || ended != test.loads-1 {
					t.Errorf("%d loads, of which %d were ended; want %d", loads, ended, test.loads)
				}
			})
		})
	}
}
