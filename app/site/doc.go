// Package site makes the static site: every page as complete HTML, the index
// beside it, and the files that the browser needs to search. Build reads the
// content twice. The first reading (survey) learns which articles there are, so
// that links, neighbours and lists are known; the second writes each page as
// its article goes by and gives the article to the index. Only a few lines of
// each article stay in memory. Where little is new, that is held from the first
// reading, and there is no second.
//
// Over a site that is there already, Build makes only what would come out
// differently (see inventory), and the result is byte for byte that of a build
// from nothing, but for the segments of the index.
//
// The bytes of an article's page depend on the article, its neighbours, the
// settings and the hashes of the assets, and on nothing else: not on the time,
// the machine or the number of cores.
//
// # Assets
//
// Scripts are served under names that hold a hash of what is in them. A script
// of web/ names another file of the site by a quoted path that begins with
// "./" and goes by the file's plain name, wherever it lies in web/:
//
//	import "./wasm_exec.js";
//	new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
//	fetch(new URL("./engine.wasm", import.meta.url));
//
// The generator puts the right path in its place ("./engine-3f9c1b2a.wasm", or
// "./kanbao/engine-3f9c1b2a.wasm" in kanbao.js, which lies at the root under a
// name that stays). In sw.js it puts what belongs to this build in the place of the
// line that defines BUILD; in kanbao.js and live.js the words of the interface in the
// place of the line that defines WORDS (scripts.go).
//
// Some files of web/ are parts of several scripts. A script imports them by a line
// such as
//
//	import { smallest } from "./packing.js";
//
// and the generator puts them there, so that kanbao.js is one file that works on
// other pages. Comments for the type checker are left out.
//
// The package never runs any of it, and it never trusts content: what an
// article brings as HTML is cleaned once more before it is written.
package site
