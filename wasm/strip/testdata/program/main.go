// Command program does what depends on the tables that strip edits: it grows and
// scans stacks, panics and recovers, calls through reflect, and walks its own
// stack. With the argument panic it ends in one that nobody recovers from.
package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "panic" {
		fall(40)
	}
	fmt.Println("deep", deep(20000, []int{1, 2, 3}))
	fmt.Println("recovered", recovered(3), recovered(0))
	fmt.Println("deferred", deferred())
	fmt.Println("reflected", reflected())
	fmt.Println("together", together(50))
	fmt.Println("collected", collected())
	fmt.Println("frames", frames() > 2)
}

func fall(n int) {
	if n == 0 {
		var none []int
		none[n] = 1
	}
	fall(n - 1)
}

// deep grows the stack over and over, with pointers in every frame, while the
// collector runs.
func deep(n int, held []int) int {
	if n%5000 == 0 {
		runtime.GC()
	}
	if n == 0 {
		return held[2]
	}
	mine := []int{n, n + 1, held[2] + 1}
	return deep(n-1, mine) + mine[0] - n
}

//go:noinline
func divide(a, b int) int { return a / b }

func recovered(by int) (said string) {
	defer func() {
		if r := recover(); r != nil {
			var fault runtime.Error
			said = fmt.Sprint(r, errors.As(r.(error), &fault))
		}
	}()
	return fmt.Sprint(divide(12, by))
}

func deferred() string {
	var b strings.Builder
	func() {
		defer func() { recover() }()
		for i := range 3 {
			defer func() { fmt.Fprint(&b, i) }()
		}
		defer b.WriteString("first ")
		panic("x")
	}()
	return b.String()
}

// reflected makes functions by reflect whose arguments are all that holds what
// they point to.
func reflected() string {
	text := func(s string) *string { s = strings.Clone(s); return &s }
	made := reflect.MakeFunc(reflect.TypeOf(func(*string, []*string) string { return "" }), func(args []reflect.Value) []reflect.Value {
		grow(2000)
		runtime.GC()
		s := *args[0].Interface().(*string)
		for _, more := range args[1].Interface().([]*string) {
			s += *more
		}
		return []reflect.Value{reflect.ValueOf(s)}
	}).Interface().(func(*string, []*string) string)
	bound := reflect.ValueOf(Bound{text("c"), text("d")}).Method(0).Interface().(func(*string) string)
	return made(text("a"), []*string{text("b")}) + bound(text("e"))
}

// Bound has a method that is called through reflect.
type Bound struct{ left, right *string }

// Join joins its texts after a collection.
func (b Bound) Join(more *string) string {
	grow(2000)
	runtime.GC()
	return *b.left + *b.right + *more
}

//go:noinline
func grow(n int) int {
	var room [64]byte
	if n == 0 {
		return len(room)
	}
	return grow(n-1) + int(room[n%64])
}

func together(n int) int {
	results := make(chan int)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			time.Sleep(time.Microsecond)
			results <- deep(100, []int{0, 0, i})
		})
	}
	go func() { wait.Wait(); close(results) }()
	sum := 0
	for r := range results {
		sum += r
	}
	return sum
}

func collected() bool {
	done := make(chan bool, 1)
	func() {
		p := &Bound{}
		runtime.AddCleanup(p, func(int) { done <- true }, 0)
	}()
	for {
		runtime.GC()
		select {
		case ok := <-done:
			return ok
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

func frames() int {
	var counters [20]uintptr
	walk := runtime.CallersFrames(counters[:runtime.Callers(0, counters[:])])
	for n := 1; ; n++ {
		if _, more := walk.Next(); !more {
			return n
		}
	}
}
