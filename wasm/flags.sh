# Sourced by build.sh, from the root of the repository: what the wasm programs
# are and how they are built. Nothing here runs by itself.
#
#   wasm_build DIR    builds app.wasm and engine.wasm into DIR, without stack
#                     traces unless WASM_TRACES is set
#   wasm_go ARGS...   runs go as the wasm build does
#
# What other modules bring that no reader needs is left out here, see
# wasm/README.md for what each is worth. Go refuses an overlay over its module
# cache, so the build has a workspace of its own, build/wasm/go.work, in which
# copies with some files less stand for three modules; an overlay over the
# standard library it does allow. All other builds and the
# tests see the modules as they are.

wasm_flags=(-trimpath -ldflags "-s -w")

# The garbage collector of Go 1.25 is smaller than the newer one, which is for
# many cores. Where Go does not offer the choice any more, so be it.
wasm_experiment=nogreenteagc
GOEXPERIMENT=$wasm_experiment go env GOROOT >/dev/null 2>&1 || wasm_experiment=

# wasm_copy MODULE DIR PACKAGE... copies packages of a module, without tests.
wasm_copy() {
	local from to="build/wasm/$2" package
	from="$(go list -m -f '{{.Dir}}' "$1")"
	if [ -z "$from" ]; then
		go mod download "$1" || return
		from="$(go list -m -f '{{.Dir}}' "$1")"
	fi
	rm -rf "$to"
	shift 2
	for package in "$@"; do
		mkdir -p "$to/$package"
		cp "$from/$package"/*.go "$to/$package/" || return
	done
	cp "$from/go.mod" "$to/"
	chmod -R u+w "$to"
	rm -f "$to"/*_test.go "$to"/*/*_test.go "$to"/*/*/*_test.go
}

# wasm_stub DIR puts what lies in wasm/without/DIR into the copy. The files end
# in .txt because they are no packages where they lie.
wasm_stub() {
	local stub
	(cd "wasm/without/$1" && find . -name '*.go.txt') | while read -r stub; do
		mkdir -p "build/wasm/$1/$(dirname "$stub")"
		cp "wasm/without/$1/$stub" "build/wasm/$1/${stub%.txt}"
	done
}

# wasm_patch PACKAGE DIR leaves in DIR the files of a package of the standard library
# that its sed script changes. The runtime defines its settings in runtime1.go, and
# sets some for the tracer in trace.go.
wasm_patch() {
	local file to="$2"
	rm -rf "$to"
	mkdir -p "$to"
	for file in "$(go env GOROOT)/src/$1"/*.go; do
		case "$file" in *_test.go | */runtime1.go | */trace.go) continue ;; esac
		sed -E -f "wasm/without/std/$1.sed" "$file" >"$to/${file##*/}" || return
		! cmp -s "$file" "$to/${file##*/}" || rm "$to/${file##*/}"
	done
}

# wasm_overlay NAME FILE|PACKAGE... writes build/wasm/NAME.json, an overlay in which
# each file of ours stands for all of the package that it lies in, and of each
# package the patched files for their originals.
wasm_overlay() {
	local std what other comma=
	std="$(go env GOROOT)/src"
	{
		printf '{"Replace": {'
		for what in "${@:2}"; do
			case "$what" in
			*.go)
				printf '%s"%s/%s": "%s/wasm/without/std/%s.txt"' "$comma" "$std" "$what" "$PWD" "$what"
				for other in "$std/${what%/*}"/*.go; do
					case "$other" in *_test.go | "$std/$what") ;; *) printf ',"%s": ""' "$other" ;; esac
				done
				;;
			*)
				for other in "build/wasm/std/$what"/*.go; do
					printf '%s"%s/%s": "%s/%s"' "$comma" "$std" "${other#build/wasm/std/}" "$PWD" "$other"
					comma=,
				done
				;;
			esac
			comma=,
		done
		printf '}}\n'
	} >"build/wasm/$1.json"
}

wasm_workspace() {
	wasm_copy github.com/maxence-charriere/go-app/v10 go-app pkg/app pkg/errors || return
	wasm_stub go-app

	wasm_copy github.com/blevesearch/bleve/v2 bleve \
		analysis numeric search search/collector search/scorer search/searcher size util || return
	# Lists of words in files, of which there are none in a browser, would bring os.
	rm build/wasm/bleve/{analysis/tokenmap,util/extract}.go
	rm build/wasm/bleve/search/searcher/search_{geo*,ip_range,knn,numeric_range,regexp}.go \
		build/wasm/bleve/search/searcher/optimize_knn.go build/wasm/bleve/search/collector/knn.go
	# bleve asks reflect for the size of each of its types when it starts, and so
	# keeps the linker from leaving out any of them. unsafe knows the sizes too.
	wasm_copy github.com/blevesearch/bleve_index_api index-api . || return
	find build/wasm/bleve/{analysis,search,size} build/wasm/index-api -name '*.go' -exec sed -i \
		-e 's/^\(import \|\t\)"reflect"$/\1"unsafe"/' -e 's/reflect\.TypeOf(\(\w*\))\.Size()/unsafe.Sizeof(\1)/' {} +
	wasm_stub bleve
	# What bleve does for synonyms, which are forms of a word here, brings disjunctions.
	sed -i -e 's/if s, found := ts/if _, found := ts/' -e 's/return NewSynonymSearcher(.*)$/return nil, fmt.Errorf("bleve has no synonyms here")/' \
		build/wasm/bleve/search/searcher/search_term.go
	# No order is by a field that holds dates, and writing one brings all of time.
	sed -i -e '/^\t"time"$/d' -e 's/time\.Unix(0, i64)\.UTC()\.Format(time\.RFC3339Nano)/strconv.FormatInt(i64, 10)/' build/wasm/bleve/search/sort.go

	sed -i -e '/^\t"net"$/d' -e 's/net\.IP\b/[]byte/' build/wasm/index-api/document.go

	# The page prints values of every kind; the engine only messages of errors.
	local page=(crypto/sha256/sha256.go internal/godebug/godebug.go) engine=(fmt/fmt.go encoding/json/json.go)
	if [ -z "${WASM_TRACES:-}" ]; then
		wasm_patch runtime build/wasm/std/runtime && wasm_patch time build/wasm/std/time || return
		echo "module std // so that ./... does not look into it" >build/wasm/std/go.mod
		page+=(runtime) engine+=(time)
	fi
	wasm_overlay page "${page[@]}"
	wasm_overlay engine "${page[@]}" "${engine[@]}"

	cat >build/wasm/go.work <<-TEXT
		go $(go list -m -f '{{.GoVersion}}')

		use ../..

		replace (
			github.com/blevesearch/bleve/v2 => ./bleve
			github.com/blevesearch/bleve_index_api => ./index-api
			github.com/blevesearch/geo => ../../wasm/without/geo
			github.com/google/uuid => ../../wasm/without/uuid
			github.com/maxence-charriere/go-app/v10 => ./go-app
		)
	TEXT
}

wasm_go() { GOWORK="$PWD/build/wasm/go.work" GOFLAGS=-mod=readonly GOEXPERIMENT="$wasm_experiment" GOOS=js GOARCH=wasm go "$@"; }

wasm_build() {
	wasm_workspace || return
	wasm_go build "${wasm_flags[@]}" -overlay build/wasm/page.json -o "$1/app.wasm" ./wasm/page || return
	wasm_go build "${wasm_flags[@]}" -overlay build/wasm/engine.json -o "$1/engine.wasm" ./wasm/engine || return
	[ -n "${WASM_TRACES:-}" ] || go run ./wasm/strip "$1/app.wasm" "$1/engine.wasm"
}
