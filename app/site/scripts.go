package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/kanbao/kanbao/app/text"
)

// scriptParts are the files of web/ that are no scripts of a site. Each stands in the
// scripts that import it.
var scriptParts = []string{
	"address.js", "attributes.js", "connection.js", "element.js", "encoding.js", "fault.js", "fill.js", "hits.js", "look.js", "packing.js", "toplayer.js", "usage.js", "words.js",
	"build.js", "compiling.js", "copies.js", "deferred.js", "program.js", "sound.js",
	"author.js", "interface.js", "buttons.js", "choices.js", "down.js", "early.js", "room.js", "panel.js", "phrases.js", "sheet.js", "written.js", "sentences.js", "spoken.js", "typing.js", "unfold.js",
}

// placeholderOfWords is the line of a script that its words take the place of.
const placeholderOfWords = "const WORDS = {};"

// placeholderOfKeep is the line of engine.js that says how the hits are shown.
const placeholderOfKeep = "const keep = false;"

// wordsOf returns what each script says, by language.
func wordsOf() map[string]any {
	widget, live, loader := make(map[string]text.Widget), make(map[string]text.Loader), make(map[string]string)
	settings, listen := make(map[string]text.Settings), make(map[string]text.Listen)
	offline := make(map[string]text.Offline)
	tools, find := make(map[string]text.Tools), make(map[string]text.Find)
	advice, page := make(map[string]text.Advice), make(map[string]text.Page)
	for _, lang := range text.Languages() {
		widget[lang], live[lang], loader[lang] = text.WidgetFor(lang), text.LoaderFor(lang), text.NotLoaded(lang)
		offline[lang] = text.OfflineFor(lang)
		tools[lang], find[lang] = text.ToolsFor(lang), text.FindFor(lang)
		advice[lang], page[lang] = text.AdviceFor(lang), text.PageFor(lang)
		settings[lang], listen[lang] = text.SettingsFor(lang), text.ListenFor(lang)
	}
	return map[string]any{
		moduleName: widget, liveName: live, loaderName: loader, settingsName: settings, listenName: listen,
		offlineScript: offline, articleName: tools, findName: find, diagnosisName: advice, languageName: page,
	}
}

// finishScripts makes the scripts of a site out of those of web/: with their parts
// and words in them, and without what is for the type checker alone.
func finishScripts(scripts map[string][]byte) error {
	for _, name := range []string{firstName, loaderName, liveName, settingsName, listenName, offlineScript, moduleName, diagnosisName, workerName, articleName, findName, languageName} {
		if scripts[name] == nil {
			return fmt.Errorf("site: the script %s is missing", name)
		}
	}
	read := make(map[string]*script, len(scripts))
	for name, source := range scripts {
		var err error
		if read[name], err = readScript(name, source); err != nil {
			return err
		}
	}
	whole := make(map[string][]byte)
	for name := range scripts {
		if slices.Contains(scriptParts, name) {
			continue
		}
		var err error
		if whole[name], _, err = joinParts(read, name, &[]string{}); err != nil {
			return err
		}
	}
	for name, words := range wordsOf() {
		if bytes.Count(whole[name], []byte(placeholderOfWords)) != 1 {
			return fmt.Errorf("site: %s must have the line %s once, in itself or a part; its words go there", name, placeholderOfWords)
		}
		data, err := json.Marshal(words)
		if err != nil {
			return err
		}
		whole[name] = bytes.Replace(whole[name], []byte(placeholderOfWords), slices.Concat([]byte("const WORDS = "), data, []byte(";")), 1)
	}
	clear(scripts)
	for name, script := range whole {
		scripts[name] = script
	}
	return nil
}

// joinParts returns a script with the parts that it imports before it, each once, and
// the names that are declared in all of that. It adds to done the parts that are in it.
// What the parts export is for the script alone, and so all of their names are names of
// the script.
func joinParts(scripts map[string]*script, name string, done *[]string) (joined []byte, declared []string, err error) {
	own := scripts[name]
	for _, i := range own.imports {
		part := scripts[i.part]
		if part == nil {
			return nil, nil, fmt.Errorf("site: %s imports %s, which is missing", name, i.part)
		}
		for _, used := range i.names {
			if !slices.Contains(part.exported, used) {
				return nil, nil, fmt.Errorf("site: %s imports %s of %s, which does not export it", name, used, i.part)
			}
		}
		if slices.Contains(*done, i.part) {
			continue
		}
		*done = append(*done, i.part)
		text, names, err := joinParts(scripts, i.part, done)
		if err != nil {
			return nil, nil, err
		}
		joined, declared = append(joined, text...), append(declared, names...)
	}
	for _, n := range own.declared {
		if slices.Contains(declared, n) {
			return nil, nil, fmt.Errorf("site: %s declares %s, and so does a part that it imports", name, n)
		}
	}
	return append(joined, own.text...), append(declared, own.declared...), nil
}

// addScripts adds the scripts, each after those that it refers to, since the
// name of a script depends on the names in it.
func (a *assets) addScripts(web fs.FS, keep bool) error {
	scripts := make(map[string][]byte)
	for _, pattern := range []string{"*.js", "built/*.js"} {
		names, err := fs.Glob(web, pattern)
		if err != nil {
			return err
		}
		for _, name := range names {
			if scripts[path.Base(name)], err = fs.ReadFile(web, name); err != nil {
				return err
			}
		}
	}
	if err := finishScripts(scripts); err != nil {
		return err
	}
	// Comments are for who reads web/: a fifth of what every reader would fetch. Those of
	// others have their licence.
	own, err := fs.Glob(web, "*.js")
	if err != nil {
		return err
	}
	for _, name := range own {
		if script := scripts[name]; script != nil {
			scripts[name] = withoutRemarks(script)
		}
	}
	if keep {
		if !bytes.Contains(scripts[engineName], []byte(placeholderOfKeep)) {
			return fmt.Errorf("site: %s must have the line %s", engineName, placeholderOfKeep)
		}
		scripts[engineName] = bytes.Replace(scripts[engineName], []byte(placeholderOfKeep), []byte("const keep = true;"), 1)
	}
	a.sw = scripts[workerName]
	delete(scripts, workerName)
	s := &scriptOrder{assets: a, scripts: scripts, open: make(map[string]bool)}
	for _, name := range sortedKeys(scripts) {
		if err := s.add(name, nil); err != nil {
			return err
		}
	}
	return nil
}

type scriptOrder struct {
	*assets
	scripts map[string][]byte
	open    map[string]bool // those whose references are being followed
}

func (s *scriptOrder) add(name string, via []string) error {
	if s.paths[name] != "" {
		return nil
	}
	if s.open[name] {
		return fmt.Errorf("site: the scripts %s refer to each other in a circle, so none can be named by its hash first",
			strings.Join(append(via, name), " → "))
	}
	s.open[name] = true
	for ref := range references(s.scripts[name]) {
		used := ref.name
		if _, isScript := s.scripts[used]; isScript {
			if err := s.add(used, append(slices.Clone(via), name)); err != nil {
				return err
			}
		}
		if s.paths[used] != "" && !slices.Contains(s.uses[name], used) {
			s.uses[name] = append(s.uses[name], used)
		}
	}
	if name == moduleName {
		s.paths[name] = moduleName
		s.files[moduleName] = newAsset(s.link(s.scripts[name], ""))
		return nil
	}
	s.assets.add(name, newAsset(s.link(s.scripts[name], "kanbao/")))
	return nil
}

// link puts paths of the site in the place of plain names, seen from a folder.
func (a *assets) link(script []byte, folder string) []byte {
	var linked []byte
	done := 0
	for ref := range references(script) {
		site := a.paths[ref.name]
		switch {
		case site == "":
			continue
		case folder != "" && strings.HasPrefix(site, folder):
			site = "./" + strings.TrimPrefix(site, folder)
		case folder != "":
			site = "../" + site
		default:
			site = "./" + site
		}
		linked = append(linked, script[done:ref.start+1]...)
		linked = append(linked, site...)
		done = ref.end - 1
	}
	return append(linked, script[done:]...)
}
