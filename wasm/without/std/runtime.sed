# What the runtime of the wasm programs does not have. A line that another version of
# Go writes otherwise stays as it is, and the program is larger by what it does.

# The execution tracer: nobody can ask for a trace in a browser.
s/^	return trace\.(enabled|enabledWithAllocFree|shutdown\.Load\(\))$/	return false/

# What GODEBUG can ask for: reports of the collector and the scheduler, and checks.
s/\bdebug\.(checkfinalizers|clobberfree|dontfreezetheworld|gccheckmark|gcpacertrace|gcstoptheworld|gctrace|inittrace|sbrk|scavtrace|scheddetail|schedtrace|tracebackancestors)\b/0/g
s/\bdebug\.malloc\b/false/g

# Stacks begin with 16 kB and stay as large as they have grown: a query has a dozen
# goroutines, and copying the stack of each four times is a fifteenth of its time.
s/^var startingStackSize uint32 = fixedStack$/var startingStackSize uint32 = 16 << 10/
s/\bdebug\.gcshrinkstackoff\b/1/
s/\bdebug\.adaptivestackstart\b/0/

# Profiles of memory.
s/\bif c\.nextSample < 0 \|\| MemProfileRate != c\.memProfRate \{/if false {/

# Stack traces, whose names and lines wasm/strip takes out, and dumps of damaged
# memory; of a panic with a value of one's own type, only that there was one. Also two
# looks at the linker's tables that find what they must, as there is one module.
/^func (checkFinalizersAndCleanups|gcDumpObject|goroutineheader|moduledataverify1|printAncestorTraceback|printanycustomtype|printcreatedby|schedtrace|traceback1|tracebackHexdump|tracebackothers|tracebacksomeothers|typelinksinit|\(s \*mspan\) reportZombies)\(.*\{$/a\
	return
