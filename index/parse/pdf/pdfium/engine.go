package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Limits on what one file may cost.
const (
	// pageTime is how long PDFium may take over one page, or to open a file.
	pageTime = 30 * time.Second
	// memoryPages is how much memory an instance may take, in pages of 64 KiB.
	memoryPages = 6144 // 384 MiB
	// pagesAnInstance is how many pages an instance reads before another takes
	// its place: WebAssembly gives no memory back.
	pagesAnInstance = 24
	// mostInstances read side by side.
	mostInstances = 3
)

// An Engine holds PDFium. It starts with the first file that is opened and not
// before. It may be used by several goroutines.
type Engine struct {
	// Cache is the folder in which the compiled code is kept, so that only the
	// first start on a machine compiles; by default "kanbao" in the user's cache
	// folder.
	Cache string

	start sync.Once
	pool  pdfium.Pool
	cache wazero.CompilationCache
	err   error
}

// instances is how many instances there may be at a time.
func instances() int { return max(1, min(mostInstances, runtime.GOMAXPROCS(0))) }

// Close ends PDFium, if it was started.
func (e *Engine) Close() error {
	e.start.Do(func() { e.err = errors.New("PDFium is closed") })
	if e.pool == nil {
		return nil
	}
	err := e.pool.Close()
	if e.cache != nil {
		err = errors.Join(err, e.cache.Close(context.Background()))
	}
	return err
}

func (e *Engine) started() error {
	e.start.Do(func() {
		config := wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(memoryPages).
			WithCloseOnContextDone(true)
		e.cache = compilationCache(e.Cache)
		if e.cache != nil {
			config = config.WithCompilationCache(e.cache)
		}
		e.pool, e.err = webassembly.Init(webassembly.Config{
			Context:  withMemory(context.Background()),
			MaxTotal: instances(), MaxIdle: instances(),
			// An empty set of folders: the default would be all of them.
			FSConfig:      wazero.NewFSConfig(),
			RuntimeConfig: config,
			Stdout:        io.Discard, Stderr: io.Discard,
		})
		if e.err != nil {
			e.err = fmt.Errorf("PDFium cannot be started: %w", e.err)
		}
	})
	return e.err
}

// compilationCache opens the folder for compiled code. Where there can be none
// the code is compiled anew, which takes seconds but is no fault.
func compilationCache(dir string) wazero.CompilationCache {
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(user, "kanbao")
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "pdfium"))
	if err != nil {
		return nil
	}
	return cache
}

// errTime is the error of a page over which PDFium took too long.
var errTime = fmt.Errorf("PDFium took longer than %v", pageTime)

// within calls f, which uses the instance through lib, and has its calls fail if f
// does not come back in time. It returns when none of them runs any more.
func within(ctx context.Context, lib *library, f func() error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, pageTime, errTime)
	defer cancel()
	lib.ctx = ctx
	err := guarded(f)
	if lib.err != nil {
		err = lib.err
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return err
}

func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("PDFium failed: %v", p)
		}
	}()
	return f()
}
