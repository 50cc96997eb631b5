package patch

import "slices"

// A Change is one thing that the wasm programs do without or have of ours.
type Change struct {
	// Name is that of its line in the table of wasm/README.md, and is in errors.
	Name string
	// Why says why no reader misses it.
	Why string
	// Std says that it is a change to Go's own library.
	Std bool
	// Only is what has it: "page", "engine", "test", or "" for all (Overlays).
	Only string
	// Traces says that a panic shows no stack trace with it.
	Traces bool
	// Measure is the program on which the table measures it, "" if it is in none.
	Measure string
	// Before is the name of a change that cannot be made without this one, or "": the
	// table measures this one where neither of them has that.
	Before string

	// Rules alter packages, and Modules puts folders below stub/ in the place of
	// whole modules, by their import paths.
	Rules   []Rule
	Modules map[string]string
}

// ownFormat is the name of the last change, which takes from Go's library what others
// need as long as they are there.
const ownFormat = "fmt and encoding/json of our own"

const (
	bleve    = "github.com/blevesearch/bleve/v2"
	indexAPI = "github.com/blevesearch/bleve_index_api"
	goApp    = "github.com/maxence-charriere/go-app/v10"
)

// Changes returns all changes, in the order in which they are applied. A package
// that moves in a newer version is named by its import path here and nowhere else.
func Changes() []Change { return slices.Concat(ofModules(), ofStd()) }

func ofModules() []Change {
	const searcher = bleve + "/search/searcher"
	return []Change{
		{
			Name: "go-app's server and encryption", Measure: "app",
			Why: "In the browser nothing is served and nothing is kept encrypted; net/http and crypto would be linked. Addresses that begin with web/ stay as they are.",
			Rules: []Rule{
				replaceFile{goApp + "/pkg/app", "go-app/pkg/app/crypto.go"},
				replaceFile{goApp + "/pkg/app", "go-app/pkg/app/http.go"},
				replaceFile{goApp + "/pkg/app", "go-app/pkg/app/resource.go"},
			},
		},
		{
			Name: "go-app's routes", Measure: "app",
			Why:   "The reader is one component at all addresses. An expression for all of them brings regexp and unicode's tables, which are made when the program starts.",
			Rules: []Rule{replaceFile{goApp + "/pkg/app", "go-app/pkg/app/route.go"}},
		},
		{
			Name: "go-app draws at once (for speed)", Measure: "app",
			Why: "It waits 8 ms after an event before it draws what that has changed. Hits are drawn within the frame in which they come.",
			Rules: []Rule{edit{
				pkg: goApp + "/pkg/app",
				old: `^(\t+)dispatch\(\)\n\n(\t+case <-frames\.C:)$`,
				new: "${1}dispatch()\n${1}if len(e.dispatches) == 0 {\n${1}\te.processFrame()\n${1}}\n\n${2}",
			}},
		},
		{
			Name: "uuid", Measure: "app",
			Why:     "go-app names broadcast channels and devices with it, which the reader has none of; it brings hashes and database/sql/driver.",
			Modules: map[string]string{"github.com/google/uuid": "uuid"},
		},
		{
			Name: "bleve's geometry, ranges, regular expressions and vectors", Measure: "engine", Before: ownFormat,
			Why: "No field of an article is a place, an address, a number that a range is asked of, or a vector.",
			Rules: []Rule{
				replacePackage{bleve + "/geo", "bleve/geo/geo.go"},
				remove{searcher, []string{
					"search_geoboundingbox.go", "search_geopointdistance.go", "search_geopolygon.go", "search_geoshape.go",
					"search_ip_range.go", "search_numeric_range.go", "search_regexp.go", "search_knn.go", "optimize_knn.go",
				}},
				remove{bleve + "/search/collector", []string{"knn.go"}},
			},
			Modules: map[string]string{"github.com/blevesearch/geo": "geo"},
		},
		{
			Name: "bleve's JSON", Measure: "engine", Before: ownFormat,
			Why: "The engine writes its own (wasm/protocol) and does not ask for explanations of scores.",
			Rules: []Rule{
				replaceFile{bleve + "/search", "bleve/search/explanation.go"},
				replaceFile{bleve + "/util", "bleve/util/json.go"},
			},
		},
		{
			Name: "bleve's sizes of types by unsafe", Measure: "engine",
			Why:   "bleve asks reflect for the size of each of its types when it starts, and so keeps the linker from leaving out any of them. unsafe knows the sizes too.",
			Rules: sizesByUnsafe(indexAPI, bleve+"/size", bleve+"/search", bleve+"/search/collector", bleve+"/search/scorer", searcher),
		},
		{
			Name: "bleve's synonyms", Measure: "engine",
			Why: "Synonyms are forms of a word here (index/search); bleve's bring its disjunctions.",
			Rules: []Rule{edit{
				pkg: searcher,
				old: `if s, found := (ts\[.*\]; found \{\n\s*)return NewSynonymSearcher\(.*\)$`,
				new: `if _, found := ${1}return nil, fmt.Errorf("bleve has no synonyms here")`,
			}},
		},
		{
			Name: "addresses of hosts in bleve's interface", Measure: "engine",
			Why:   "No field of an article is an IP address; net would be linked.",
			Rules: []Rule{edit{pkg: indexAPI, old: `\bnet\.IP\b`, new: "[]byte", drops: "net"}},
		},
	}
}

func sizesByUnsafe(packages ...string) []Rule {
	var rules []Rule
	for _, pkg := range packages {
		rules = append(rules, edit{pkg: pkg, old: `reflect\.TypeOf\((\w*)\)\.Size\(\)`, new: "unsafe.Sizeof($1)", drops: "reflect", adds: "unsafe"})
	}
	return rules
}

func ofStd() []Change {
	// The runtime defines its settings in runtime1.go and sets some in trace.go.
	defined := []string{"runtime1.go", "trace.go"}
	return []Change{
		{
			Name: "SHA-256 alone", Std: true, Measure: "engine",
			Why:   "crypto/sha256 brings AES, SHA-3 and a random number generator with 33 MB of memory.",
			Rules: []Rule{replacePackage{"crypto/sha256", "std/crypto/sha256/sha256.go"}},
		},
		{
			Name: "SHA-256 as a hash, for tests", Std: true, Only: "test",
			Why:   "Tests link packages that no program has, which write to one.",
			Rules: []Rule{addFile{"crypto/sha256", "std/crypto/sha256/new.go"}},
		},
		{
			Name: "the runtime's settings, tracer, reports and profiles", Std: true, Traces: true, Measure: "engine",
			Why: "Nobody can set GODEBUG or ask for a trace in a browser, wasm/strip takes out what a stack trace prints, and no profile is read. Two looks at the linker's tables find what they must, as there is one module.",
			Rules: slices.Concat(
				[]Rule{replacePackage{"internal/godebug", "std/internal/godebug/godebug.go"}},
				constants("runtime", defined, "0",
					"debug.checkfinalizers", "debug.clobberfree", "debug.dontfreezetheworld", "debug.gccheckmark", "debug.gcpacertrace",
					"debug.gcstoptheworld", "debug.gctrace", "debug.inittrace", "debug.sbrk", "debug.scavtrace", "debug.scheddetail",
					"debug.schedtrace", "debug.tracebackancestors"),
				constants("runtime", defined, "false", "debug.malloc"),
				[]Rule{
					edit{pkg: "runtime", old: `^	return trace\.enabled$`, new: "	return false"},
					edit{pkg: "runtime", old: `^	return trace\.enabledWithAllocFree$`, new: "	return false"},
					edit{pkg: "runtime", old: `^	return trace\.shutdown\.Load\(\)$`, new: "	return false"},
					edit{pkg: "runtime", old: `\bif c\.nextSample < 0 \|\| MemProfileRate != c\.memProfRate \{`, new: "if false {"},
				},
				returnAtOnce("runtime",
					"checkFinalizersAndCleanups", "gcDumpObject", "goroutineheader", "moduledataverify1", "printAncestorTraceback",
					"printanycustomtype", "printcreatedby", "reportZombies", "schedtrace", "traceback1", "tracebackHexdump",
					"tracebackothers", "tracebacksomeothers", "typelinksinit"),
			),
		},
		{
			Name: "stacks of 32 kB (for speed)", Std: true, Measure: "engine",
			Why: "Go begins with 2 kB and copies a stack to twice as much when it grows. A query has a dozen goroutines, and copying took 7 % of its time. A first search that copies none needs no tables of functions.",
			Rules: slices.Concat(
				[]Rule{
					edit{pkg: "runtime", old: `^var startingStackSize uint32 = fixedStack$`, new: "var startingStackSize uint32 = 32 << 10"},
					edit{pkg: "runtime", old: `^		newg = malg\(stackMin\)$`, new: "		newg = malg(int32(startingStackSize))"},
				},
				constants("runtime", defined, "1", "debug.gcshrinkstackoff"),
				constants("runtime", defined, "0", "debug.adaptivestackstart"),
			),
		},
		{
			Name: "tables that are not read at the start", Std: true, Only: "engine", Measure: "engine",
			Why: "They come with the engine's deferred part, and what reads them is a function of its own, which brings it (strip.Tables). Go looks for the function of each goroutine when it starts, to count its own ones apart in NumGoroutine, which nobody asks for.",
			Rules: []Rule{
				edit{pkg: "runtime", old: `^	if isSystemGoroutine\(newg, false\) \{$`, new: "	if false {"},
				edit{pkg: "runtime", old: `^	if isSystemGoroutine\(gp, false\) \{\n		sched\.ngsys\.Add`, new: "	if false {\n		sched.ngsys.Add"},
				edit{pkg: "runtime", old: `^func init\(\) \{\n	f := findfunc\(abi\.FuncPCABI0\(asyncPreempt\)\)$`, new: "func init() {\n	return\n	f := findfunc(abi.FuncPCABI0(asyncPreempt))"},
				edit{pkg: "runtime", old: `^func findfunc\(`, new: "//go:noinline\nfunc findfunc("},
				edit{pkg: "runtime", old: `^func \(t rtype\) string\(\)`, new: "//go:noinline\n$0"},
				edit{pkg: "reflect", old: `^func \(t \*rtype\) String\(\)`, new: "//go:noinline\n$0"},
				edit{pkg: "internal/reflectlite", old: `^func \(t rtype\) String\(\)`, new: "//go:noinline\n$0"},
				edit{pkg: "internal/strconv", old: `^func pow10\(`, new: "//go:noinline\nfunc pow10("},
			},
		},
		{
			Name: "settings and checks at the start", Std: true, Only: "engine", Measure: "engine",
			Why: "Nobody sets GODEBUG, Go's arithmetic need not be tried out at each start, and no file is closed when it is garbage.",
			Rules: slices.Concat(
				returnAtOnce("runtime", "parsegodebug"),
				returnAtOnce("internal/cpu", "processOptions"),
				[]Rule{
					edit{pkg: "runtime", old: `^func check\(\) \{$`, new: "$0\n	return"}, // timers have a check, too
					edit{pkg: "os", old: `^	runtime\.SetFinalizer\(f\.file, .*\n`, new: ""},
				},
			),
		},
		{
			Name: "errors of files", Std: true, Only: "engine", Measure: "engine",
			Why: "A browser has no files, and what stands for them knows one error. Go makes a table of a hundred when a program starts: what is fetched at first is 4 kB of gzip smaller without.",
			Rules: []Rule{
				edit{pkg: "syscall", old: `^var errorstr = \[\.\.\.\]string\{\n(?:	.*\n)+\}$`, new: "var errorstr = [...]string{ENOSYS: \"not implemented on \" + runtime.GOOS}"},
				edit{pkg: "syscall", old: `^var errnoByCode = map\[string\]Errno\{\n(?:	.*\n)+\}$`, new: "var errnoByCode = map[string]Errno{\"ENOSYS\": ENOSYS}"},
			},
		},
		{
			Name: "a start in pieces (for speed)", Std: true, Only: "page", Measure: "app",
			Why: "The browser compiles what is called for the first time, so packages take long to initialize. The page has its turn every 10 ms meanwhile.",
			Rules: []Rule{edit{
				pkg: "runtime",
				old: `^	for _, t := range ts \{\n		doInit1\(t\)$`,
				new: "	began := nanotime()\n$0\n		if eventHandler != nil && nanotime()-began > 10e6 {\n			timeSleep(1)\n			began = nanotime()\n		}",
			}},
		},
		{
			Name: ownFormat, Std: true, Only: "engine", Measure: "engine",
			Why: "The engine prints messages of errors, which need no reflection, and reads no JSON. The page prints values of every kind, and has Go's.",
			Rules: []Rule{
				replacePackage{"fmt", "std/fmt/fmt.go"},
				replacePackage{"encoding/json", "std/encoding/json/json.go"},
			},
		},
	}
}
