#!/usr/bin/env bash
# Builds, tests, measures and shows Kanbao. Each step says what it does.
# Everything that it makes lies in build/ and web/built/, which git ignores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
	cat <<'TEXT'
usage: ./build.sh [COMMAND]

  (none)            build everything, serve the sample edition at http://127.0.0.1:8080
  site              build the command, the wasm and the sample site in build/site
  wasm              build the wasm files in web/built only
  test              check and test everything, in Go, in wasm and in Chromium
  fuzz [SECONDS [PACKAGE...]]
                    look for inputs that break a decoder or parser: every fuzz target,
                    one after another, for a minute or so many seconds each
  soak [MINUTES]    one tab for ten minutes or so many: 200 pages, 500 searches, the network
                    gone and back, three builds; memory at the end as at the beginning
  shots             screenshots of the sample site in build/shots
  bench             measure sizes, speed and recall, and write docs/benchmarks.md
  bench large       100,000 articles, and what a day's articles cost (needs ../shared/corpora)
  bench peers       the same corpus beside other search engines (needs ../shared/peers),
                    which takes most of an hour; with brief, ten minutes
  bench reader      what a reader waits for on a slow line, and what an update of a stored
                    site fetches (needs ../shared/corpora)
  bench relevance   MRR@10 and recall@10 of known items (needs ../shared/corpora)
  help              this text

The command is left at build/kanbao. Set ADDR to serve at another address.
TEXT
}

axe_version=4.14.1
typescript_version=7.0.2

# Not ./..., which would look into build/ as well.
packages=(. ./app/... ./index/... ./tools/... ./wasm/build ./wasm/module ./wasm/opcode ./wasm/patch ./wasm/peephole ./wasm/protocol ./wasm/resume ./wasm/warmup ./wasm/split ./wasm/strip ./web/...)

step() { printf '\n==> %s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# go needs a place for its caches also where there is no home.
if [ -z "${HOME:-}" ]; then
	export HOME="$PWD/build/home"
	mkdir -p "$HOME"
fi
command -v go >/dev/null || {
	[ -x /usr/local/go/bin/go ] || fail "Go is missing: install it from https://go.dev/dl/"
	export PATH="$PATH:/usr/local/go/bin"
}

# need COMMAND PACKAGE... makes sure that COMMAND is there. As root it installs
# the Debian packages that have it, otherwise it names the one command to run.
missing=()
need() {
	local command="$1"
	shift
	command -v "$command" >/dev/null || missing+=("$@")
}
# wish is need for what makes something better and is not missed where it cannot
# be installed without asking.
wish() {
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then need "$@"; fi
}
need_font() {
	[ -n "$(find /usr/share/fonts -iname '*CJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
}
install_missing() {
	[ ${#missing[@]} -gt 0 ] || return 0
	local install="apt-get install -y --no-install-recommends ${missing[*]}"
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		fail "${missing[*]}: not installed; run: sudo apt-get update && sudo $install"
	fi
	step "install ${missing[*]}"
	apt-get update -q
	DEBIAN_FRONTEND=noninteractive $install
	missing=()
}

# in_node runs a command with the few variables that Go's wasm runner has room
# for: it refuses an environment of more than 8 kB.
in_node() {
	env -i PATH="$PATH" HOME="$HOME" GOPROXY="$(go env GOPROXY)" GOFLAGS="$(go env GOFLAGS)" \
		GOCACHE="$(go env GOCACHE)" GOMODCACHE="$(go env GOMODCACHE)" GOOS=js GOARCH=wasm "$@"
}

# beside NAME COMMAND... runs a command while others run, with its output in
# build/NAME.log. await prints what all of them have said and fails if one did.
# Each has a process group of its own, so that nothing goes on when the script ends early.
jobs_beside=()
in_memory=
at_end() {
	local job
	# What the + is for: bash before 4.4 takes an empty list for an unset one.
	for job in ${jobs_beside[@]+"${jobs_beside[@]}"}; do kill -- "-${job#*:}" 2>/dev/null || true; done
	[ -z "$in_memory" ] || rm -rf "$in_memory"
}
trap at_end EXIT
beside() {
	mkdir -p build
	step "beside what follows, as build/$1.log: ${*:2}"
	rm -f "build/$1.passed"
	set -m
	("${@:2}"; touch "build/$1.passed") >"build/$1.log" 2>&1 &
	set +m
	jobs_beside+=("$1:$!")
}
# behind runs a command that leaves the processor to what waits for a page.
behind() {
	renice -n "$(($(nice) + 10))" -p "$BASHPID" >/dev/null 2>&1 || true
	"$@"
}
await() {
	local job failed=()
	for job in "${jobs_beside[@]}"; do
		# Of one that ended long ago the shell may have forgotten the status.
		wait "${job#*:}" 2>/dev/null || true
		job="build/${job%:*}"
		[ -f "$job.passed" ] || failed+=("$job.log")
		cat "$job.log"
	done
	jobs_beside=()
	[ ${#failed[@]} -eq 0 ] || fail "failed, see above or ${failed[*]}"
}

# wasm_go runs the command that builds the wasm programs; wasm/build/doc.go says how.
wasm_go() { go run ./wasm/build "$@"; }

# build_wasm [-quick] leaves web/built as the command embeds it.
build_wasm() {
	if [ "${1:-}" != -quick ]; then
		wish libdeflate-gzip libdeflate-tools
		install_missing
	fi
	step "build the wasm files into web/built"
	wasm_go ${WASM_TRACES:+-traces}
	if [ "${1:-}" = -quick ]; then
		step "compress them quickly: a site that is published has them smaller"
	else
		step "compress them (brotli 11 takes half a minute when they have changed)"
	fi
	go run ./tools/precompress "$@" web/built/*.wasm
}

build_command() {
	step "build the command into build/kanbao"
	mkdir -p build
	go build -trimpath -o build/kanbao .
}

build_site() {
	step "build the sample site into build/site"
	build/kanbao build testdata/sample -o build/site
}

check() {
	step "gofmt"
	local unformatted
	unformatted="$(find . -name '*.go' -not -path './build/*' -not -path '*/node_modules/*' -print0 | xargs -0 gofmt -l)"
	[ -z "$unformatted" ] || fail "not formatted, run gofmt -w on: $unformatted"
	step "go vet, natively and for wasm"
	go vet "${packages[@]}" ./e2e/...
	GOOS=js GOARCH=wasm go vet ./index/...
	# What only the wasm build has is looked at as that compiles it, and so is
	# not compiled once more.
	wasm_go go vet ./app/reader ./wasm/...
}

# check_scripts looks at what is not Go. The types of web/ are in its comments.
check_scripts() {
	step "shellcheck"
	find . -name '*.sh' -not -path './build/*' -not -path '*/node_modules/*' -print0 | xargs -0 shellcheck -x -s bash .ci/run
	get_npm typescript "$typescript_version"
	step "the types of web/, for pages and for workers"
	build/typescript/node_modules/.bin/tsc -p web/tsconfig.json
	build/typescript/node_modules/.bin/tsc -p web/types/tsconfig.json
}

# The first run of a test is as thorough as it gets. Once more, with the race detector
# or as wasm, which take five to twenty times as long, it is -short: the same test
# with a quarter of what is tried at random.
# Whatever tests run below, go vet has seen the same packages with more checks.
go_test() { go test -vet=off -timeout 60m "$@"; }

# A package whose code or tests start goroutines has a line like this. The others
# have nothing that the race detector, which runs ten times as long, could find.
goroutine='^[[:space:]]*go (func)?[A-Za-z_.]*\(|\.(Go|Async|AfterFunc|Parallel)\('

# Every build of a site starts the same goroutines. So of app/site the tests in these files
# run with the race detector: builds over a site and beside another build, of pictures,
# of printed pages, and of pages that others made.
builds=(app/site/{again,figures,keeping,output,pageindex,prints}_test.go)

# tests_in prints the names of the tests in files of Go.
tests_in() { sed -n 's/^func \(Test[A-Z][A-Za-z0-9]*\)(t .*/\1/p' "$@"; }

# one_of prints an expression for the names that it reads, and no others.
one_of() { printf '^(%s)$' "$(paste -sd '|')"; }

test_native() {
	local dir dirs racing=()
	dirs="$(go list -f '{{.Dir}}' "${packages[@]}")"
	while read -r dir; do
		if [ "$dir" != "$PWD/app/site" ] && grep -qE "$goroutine" "$dir"/*.go; then racing+=("$dir"); fi
	done <<<"$dirs"
	step "tests, natively"
	go_test "${packages[@]}"
	if [ "$(go env CGO_ENABLED)" = 1 ] && command -v "$(go env CC)" >/dev/null; then
		step "tests of what starts goroutines once more, with the race detector"
		go_test -short -race "${racing[@]}"
		go_test -short -race ./app/site -run "$(tests_in "${builds[@]}" | one_of)"
	else
		step "no C compiler, so there is no run with the race detector"
	fi
}

test_wasm() {
	local package others=()
	while read -r package; do
		# Parsers run at build time alone, and no wasm program links one.
		case "$package" in */index/search | */index/search/* | */index/parse | */index/parse/*) ;; *) others+=("$package") ;; esac
	done < <(go list ./index/...)
	step "the tests of index again, and those of the worker, as wasm under Node $(node --version)"
	in_node go test -short -vet=off -timeout 60m -exec "$(go env GOROOT)/lib/wasm/go_js_wasm_exec" "${others[@]}" ./wasm/worker
	step "those of index/search on the modules and the library that the browser has"
	wasm_go go test -short -vet=off -timeout 60m ./index/search/...
}

# get_npm PACKAGE VERSION leaves a package of npm in build/PACKAGE, of that version.
get_npm() {
	grep -qs "\"version\": \"$2\"" "build/$1/node_modules/$1/package.json" && return 0
	step "fetch $1 $2"
	mkdir -p "build/$1"
	npm install --prefix "build/$1" --no-save --no-audit --no-fund --ignore-scripts "$1@$2"
}

# in_e2e runs the tests in Chromium, once compiled, where their files are.
in_e2e() {
	local begun=$SECONDS
	(cd e2e && ../build/e2e.test -test.timeout 60m "$@") && echo "ok e2e $((SECONDS - begun)) s"
}

# test_browser runs the tests in two browsers side by side, since a page waits more than
# it computes: every other test in one, and in the other what is left.
test_browser() {
	local half
	get_npm axe-core "$axe_version" # which checks accessibility
	step "compile the tests in Chromium"
	go test -vet=off -c -o build/e2e.test ./e2e
	half="$(tests_in e2e/*_test.go | sed -n 'p;n' | one_of)"
	beside chromium1 in_e2e -test.run "$half"
	beside chromium2 in_e2e -test.skip "$half"
	step "tests of what the tests in Chromium are made of"
	go_test -count=1 ./e2e/*/
}

# fuzz_targets prints a package and a target a line. go test lists a package's targets
# before the line that says that the package is ok.
fuzz_targets() {
	local listed line targets=()
	listed="$(go test -vet=off -list '^Fuzz' "$@")" || { echo "$listed" >&2; return 1; }
	while read -r line; do
		case "$line" in
		Fuzz*) targets+=("$line") ;;
		ok*)
			line="${line#ok}"
			read -r line _ <<<"$line"
			[ ${#targets[@]} -eq 0 ] || printf "$line %s\n" "${targets[@]}"
			targets=()
			;;
		esac
	done <<<"$listed"
}

# only_late LOG reports whether all that go has against a target is that its time is over.
only_late() {
	grep -q '^ *context deadline exceeded$' "$1" && ! grep -qE 'Failing input|fuzzing process|^panic|_test\.go:' "$1"
}

# fuzz SECONDS PACKAGE... runs each target for so long. What breaks one is left as a
# seed below its testdata/fuzz, for every test run from then on, and the others still run.
# Of a target that has been looked at until its time was over, go may say that it failed
# with "context deadline exceeded" and nothing else: two of its goroutines then saw the
# end in an order that it does not expect, as happens on a busy machine.
fuzz() {
	local seconds="$1" package target targets log tried failed=()
	step "list the fuzz targets"
	targets="$(fuzz_targets "${@:2}")"
	[ -n "$targets" ] || fail "no fuzz targets in ${*:2}"
	mkdir -p build/fuzz
	step "fuzz $(wc -l <<<"$targets") targets, $seconds s each; what they say is in build/fuzz"
	while read -r package target; do
		log="build/fuzz/${package##*/}-$target.log"
		if go test -vet=off -run '^$' -fuzz "^$target\$" -fuzztime "${seconds}s" -fuzzminimizetime 10s \
			-timeout "$((seconds + 600))s" "$package" >"$log" 2>&1 </dev/null || only_late "$log"; then
			tried="$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' "$log" | tail -1)"
			printf 'ok    %s %s: %s inputs\n' "$package" "$target" "${tried:-no}"
		else
			failed+=("$package $target")
			printf 'FAIL  %s %s: %s\n' "$package" "$target" "$(sed -n 's/^ *Failing input written to /keep /p' "$log")"
			cat "$log"
		fi
	done <<<"$targets"
	[ ${#failed[@]} -eq 0 ] || fail "${#failed[@]} fuzz targets failed: mend them and commit their seeds: $(printf '\n  %s' "${failed[@]}")"
	step "no fuzz target failed"
}

# temporary_in_memory has tests make their files in memory, where there is room and
# programs may be run: some make tens of thousands, which a disk takes longer for than
# they do for all the rest.
temporary_in_memory() {
	local room
	room="$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')"
	[ "${room:-0}" -gt 4000000 ] || return 0
	in_memory="$(mktemp -d /dev/shm/kanbao-XXXXXX)"
	cp /bin/true "$in_memory/" && "$in_memory/true" || return 0
	export GOTMPDIR="${GOTMPDIR:-${TMPDIR:-/tmp}}" TMPDIR="$in_memory"
}

test_all() {
	need node nodejs
	need npm npm
	need shellcheck shellcheck
	need chromium chromium
	need_font
	install_missing
	build_wasm -quick
	check
	check_scripts
	temporary_in_memory
	# Tests have memory enough, and collecting garbage takes a fifth of their time.
	export GOGC="${GOGC:-400}"
	beside node behind test_wasm
	beside native behind test_native
	test_browser
	await
	step "all tests passed"
}

case "${1:-}" in
'')
	build_wasm
	build_command
	step "serve the sample edition; stop with Ctrl-C"
	exec build/kanbao serve testdata/sample --addr "${ADDR:-127.0.0.1:8080}"
	;;
site) build_wasm && build_command && build_site ;;
wasm) build_wasm ;;
test) test_all ;;
fuzz)
	shift
	seconds="${1:-60}"
	[[ "$seconds" =~ ^[1-9][0-9]*$ ]] || fail "fuzz $seconds: want a number of seconds"
	if [ $# -gt 1 ]; then packages=("${@:2}"); fi
	fuzz "$seconds" "${packages[@]}"
	;;
soak)
	shift
	minutes="${1:-10}"
	[[ "$minutes" =~ ^[1-9][0-9]*$ ]] || fail "soak $minutes: want a number of minutes"
	need chromium chromium
	install_missing
	build_wasm
	build_command
	step "a reader in one tab for $minutes minutes"
	go run ./e2e/soak build/kanbao testdata/sample "$minutes"
	;;
shots)
	need chromium chromium
	need_font
	install_missing
	build_wasm
	build_command
	build_site
	step "screenshots into build/shots"
	go run ./e2e/shots build/site build/shots
	;;
bench)
	shift
	need chromium chromium
	install_missing
	build_wasm
	build_command
	build_site
	step "measure ${1:-everything}"
	go run ./e2e/bench "$@"
	;;
help | -h | --help) usage ;;
*)
	usage >&2
	exit 2
	;;
esac
