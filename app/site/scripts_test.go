package site

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/kanbao/kanbao/app/text"
	"github.com/kanbao/kanbao/web"
)

// finished returns scripts as a site has them.
func finished(t *testing.T, more map[string]string) (map[string]string, error) {
	t.Helper()
	all := map[string][]byte{
		firstName: {}, loaderName: []byte(placeholderOfWords + "\n"), workerName: {}, liveName: []byte(placeholderOfWords + "\n"), settingsName: []byte(placeholderOfWords + "\n"), listenName: []byte(placeholderOfWords + "\n"), offlineScript: []byte(placeholderOfWords + "\n"), moduleName: []byte(placeholderOfWords + "\n"),
		diagnosisName: []byte(placeholderOfWords + "\n"), articleName: []byte(placeholderOfWords + "\n"), findName: []byte(placeholderOfWords + "\n"), languageName: []byte(placeholderOfWords + "\n"),
	}
	for name, script := range more {
		all[name] = []byte(script)
	}
	err := finishScripts(all)
	texts := make(map[string]string)
	for name, script := range all {
		texts[name] = regexp.MustCompile(`(?m)^const WORDS = .*\n`).ReplaceAllString(string(script), "")
	}
	return texts, err
}

func TestPartsStandInTheScriptsThatImportThem(t *testing.T) {
	got, err := finished(t, map[string]string{
		"packing.js":    "// packs\nexport const a = 1;\nexport async function b() {}\nconst c = 2;\n",
		"connection.js": "import { a } from \"./packing.js\";\n/** @param {string} x */\nexport class C {\n  /**\n   * @returns {string}\n   */\n  m() { return /** @type {any} */ (a); }\n}\n/** @type {any} */ (C).n = 1;\n",
		"kanbao.js":     "// the API\nimport { C } from \"./connection.js\";\nimport { a, b } from \"./packing.js\";\n" + placeholderOfWords + "\nexport const d = new C(a, b);\n",
		"engine.js":     "import { b } from \"./packing.js\";\nimport { x } from \"./other.js\";\nexport const e = b;\n",
		"other.js":      "export const x = 1;\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	packing := "// packs\nconst a = 1;\nasync function b() {}\nconst c = 2;\n"
	for name, want := range map[string]string{
		"kanbao.js": packing + "class C {\n  m() { return /** @type {any} */ (a); }\n}\n/** @type {any} */ (C).n = 1;\n// the API\nexport const d = new C(a, b);\n",
		"engine.js": packing + "import { x } from \"./other.js\";\nexport const e = b;\n",
		"other.js":  "export const x = 1;\n",
	} {
		if got[name] != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], want)
		}
	}
	if _, ok := got["packing.js"]; ok {
		t.Error("a part is a script of the site as well")
	}
}

func TestScriptsThatCannotBeJoinedAreAnError(t *testing.T) {
	for about, c := range map[string]struct {
		script, want string
	}{
		"several lines":   {"import {\n  a,\n} from \"./packing.js\";\n", "kanbao.js:3:"},
		"all of it":       {"import * as p from \"./packing.js\";\n", "kanbao.js:1:"},
		"later":           {"\nconst p = import(\"./packing.js\");\n", "kanbao.js:2:"},
		"not there":       {"import { a } from \"./element.js\";\n", "element.js, which is missing"},
		"not exported":    {"import { a, c } from \"./packing.js\";\n", "imports c of packing.js"},
		"the same name":   {"import { a } from \"./packing.js\";\nfunction c() {}\n", "declares c"},
		"no words":        {"", placeholderOfWords},
		"words twice":     {placeholderOfWords + placeholderOfWords, placeholderOfWords},
		"a name imported": {"import { a } from \"./packing.js\";\nexport const a = 2;\n", "declares a"},
	} {
		script := c.script
		if c.want != placeholderOfWords {
			script += placeholderOfWords
		}
		_, err := finished(t, map[string]string{"packing.js": "export const a = 1;\nconst c = 2;\n", "kanbao.js": script})
		if err == nil || !strings.Contains(err.Error(), "kanbao.js") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want one about kanbao.js with %q", about, err, c.want)
		}
	}
}

func TestNamesInScriptsBecomePathsOfTheSite(t *testing.T) {
	a := &assets{paths: map[string]string{"a.js": "kanbao/a-1.js", "sw.js": "sw.js"}}
	for script, want := range map[string]string{
		`import "./a.js";`:               `import "./a-1.js";`,
		"import('./a.js', `./sw.js`)":    "import('./a-1.js', `../sw.js`)",
		`"./a.js""./a.js"`:               `"./a-1.js""./a-1.js"`,
		`"./b.js" "x/./a.js" ./a.js "./`: `"./b.js" "x/./a.js" ./a.js "./`,
		`"./a.js`:                        `"./a.js`,
	} {
		if got := string(a.link([]byte(script), "kanbao/")); got != want {
			t.Errorf("%s becomes %s, want %s", script, got, want)
		}
	}
}

// scriptSources are all scripts that a site or `kanbao serve` sends.
func scriptSources(t *testing.T) map[string]string {
	all := make(map[string]string)
	names, err := fs.Glob(web.Files(), "*.js")
	if err != nil || len(names) < 6 {
		t.Fatalf("the scripts are %q, %v", names, err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(web.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	reload, err := os.ReadFile("../serve/reload.js")
	if err != nil {
		t.Fatal(err)
	}
	all["reload.js"] = string(reload)
	return all
}

// TestScriptsHaveNoWordsOfTheirOwn keeps every word of the interface in app/text.
func TestScriptsHaveNoWordsOfTheirOwn(t *testing.T) {
	for name, script := range scriptSources(t) {
		for i, line := range strings.Split(script, "\n") {
			if at := strings.IndexFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) }); at >= 0 {
				t.Errorf("web/%s:%d: Chinese at byte %d; words belong in app/text/scripts.go", name, i+1, at)
			}
		}
	}
}

// TestScriptsDeclareTheirWords holds the types in the scripts to those in app/text.
func TestScriptsDeclareTheirWords(t *testing.T) {
	scripts := scriptSources(t)
	for name, words := range map[string]reflect.Type{"words.js": reflect.TypeFor[text.Widget](), "diagnosis.js": reflect.TypeFor[text.Advice](), "live.js": reflect.TypeFor[text.Loader](), "early.js": reflect.TypeFor[text.Early](), "offline.js": reflect.TypeFor[text.Offline](), "settings.js": reflect.TypeFor[text.Settings](), "listen.js": reflect.TypeFor[text.Listen](), "language.js": reflect.TypeFor[text.Page]()} {
		kinds := map[string]string{"string": "string", "[2]string": "[string, string]", "[3]string": "[string, string, string]", "text.Early": `import("./early.js").Words`, "map[string]string": "Record<string, string>", "[]string": "string[]"}
		var want, got []string
		for i := range words.NumField() {
			want = append(want, kinds[words.Field(i).Type.String()]+" "+words.Field(i).Tag.Get("json"))
		}
		for _, m := range regexp.MustCompile(`@property \{(.+)\} ([\w-]+)`).FindAllStringSubmatch(scripts[name], -1) {
			got = append(got, m[1]+" "+m[2])
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("web/%s declares %q, %s has %q", name, got, words, want)
		}
	}
}

func TestWordsAreInTheScripts(t *testing.T) {
	site := paper().build(t)
	for _, lang := range text.Languages() {
		if module := site.read(moduleName); !strings.Contains(module, text.WidgetFor(lang).None) {
			t.Errorf("%s does not have the words of %s", moduleName, lang)
		}
		found := false
		for _, name := range site.files() {
			found = found || strings.HasPrefix(name, "kanbao/live-") && strings.Contains(site.read(name), text.LoaderFor(lang).Old)
		}
		if !found {
			t.Errorf("%s does not have the words of %s", liveName, lang)
		}
	}
	if site.read(typesName) == "" || !strings.Contains(site.read(typesName), "export function open") {
		t.Errorf("%s does not lie beside %s", typesName, moduleName)
	}
}

// TestScriptBeforeTheFirstPaintIsSmall: every page waits for it.
func TestScriptBeforeTheFirstPaintIsSmall(t *testing.T) {
	site := paper().build(t)
	for _, name := range site.files() {
		if strings.HasPrefix(name, "kanbao/first-") && strings.HasSuffix(name, ".js") {
			if n := len(site.read(name)); n > 1000 {
				t.Errorf("%s has %d bytes, want at most 1000", name, n)
			}
			if page := site.read("index.html"); !regexp.MustCompile(`<script src="[./]*` + name + `"></script>`).MatchString(page) {
				t.Errorf("index.html does not wait for %s", name)
			}
			return
		}
	}
	t.Errorf("there is no first.js in %q", site.files())
}

// The package for bundlers has all that it names, and the types of the module.
func TestPackageIsWhole(t *testing.T) {
	site := paper().build(t)
	var described struct {
		Type    string
		Types   string
		Files   []string
		Exports map[string]map[string]string
	}
	if err := json.Unmarshal([]byte(site.read(packageFolder+"package.json")), &described); err != nil {
		t.Fatal(err)
	}
	if described.Type != "module" || len(described.Exports["."]) != 2 {
		t.Errorf("package.json says %+v", described)
	}
	names := append(described.Files, described.Types)
	for _, to := range described.Exports["."] {
		names = append(names, to)
	}
	for _, name := range names {
		if !site.has(packageFolder + path.Clean(name)) {
			t.Errorf("package.json names %s, which is not there", name)
		}
	}
	if site.read(packageFolder+typesName) != site.read(typesName) {
		t.Error("its types are not those of the module")
	}
}

func TestScriptsAreFetchedWithoutRemarks(t *testing.T) {
	for source, want := range map[string]string{
		"// all of it\n  // and this\nlet a = 1;\n":                                      "let a = 1;\n",
		"f(() => {\n\n  g();\n});\n":                                                     "f(() => {\ng();\n});\n",
		"let a = `\n\n  b // c\n`;\n  f(`d`);\n":                                         "let a = `\n\n  b // c\n`;\nf(`d`);\n",
		"let a = 1; // what a is\nlet b;\n":                                              "let a = 1;\nlet b;\n",
		"const f = (/** @type {any} */ x) => /** @type {{ a: string }[]} */ (x); // f\n": "const f = (x) => (x);\n",
		"let a = \"x; // no remark\";\n":                                                 "let a = \"x; // no remark\";\n",
		"let a = `https://x`; // the site's\n":                                           "let a = `https://x`; // the site's\n",
		"f(); // a host's, and more; // of it\n":                                         "f(); // a host's, and more;\n",
	} {
		if got := string(withoutRemarks([]byte(source))); got != want {
			t.Errorf("of\n%s\nthere is\n%s\nwant\n%s", source, got, want)
		}
	}
}
