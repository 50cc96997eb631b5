package parse

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/kanbao/kanbao/index/parse/source"
	"go.yaml.in/yaml/v3"
)

// A nav is the table of contents that a folder has for another generator: the order
// of its files and what the parts are called.
type nav struct {
	rank    map[string]int    // by file, relative to the content
	section map[string]string // the part that it is in, if it has a name
	// What MkDocs does not publish, or only for those who write.
	docs             string
	excluded, drafts []string
}

func (n *nav) add(file, section string) {
	if _, ok := n.rank[file]; ok || file == "" || strings.HasPrefix(file, "../") {
		return
	}
	n.rank[file] = len(n.rank)
	if section != "" {
		n.section[file] = section
	}
}

// The files that a table of contents is in: mdBook's and GitBook's, Docsify's,
// MkDocs's.
var navFiles = []string{"SUMMARY.md", "_sidebar.md", "mkdocs.yml"}

// loadNav reads the first table of contents that a folder has; dir is its name. It
// answers nil if there is none that can be read: then names decide.
func loadNav(root, dir string, most int64) *nav {
	for _, name := range navFiles {
		data, err := source.Read(root, path.Join(dir, name), most)
		if err != nil {
			continue
		}
		n := &nav{rank: make(map[string]int), section: make(map[string]string)}
		if path.Ext(name) == ".yml" {
			n.readMkDocs(dir, data)
		} else {
			n.readList(dir, string(data))
		}
		if len(n.rank)+len(n.excluded)+len(n.drafts) > 0 {
			return n
		}
	}
	return nil
}

// listLine matches a heading, or an item of a list, with or without a link.
var (
	listHead = regexp.MustCompile(`^#{1,6}\s+(.+)$`)
	listItem = regexp.MustCompile(`^(\s*)(?:[-*+]|\d+\.)\s+(.*)$`)
	listLink = regexp.MustCompile(`\[([^\]]*)\]\(<?([^)\s>]+)>?[^)]*\)`)
)

// readList reads a list of links. A heading, and an item with a list below it,
// names the part.
func (n *nav) readList(dir, text string) {
	heading, part := "", ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := listHead.FindStringSubmatch(line); m != nil {
			heading, part = strings.TrimSpace(m[1]), ""
			if strings.EqualFold(heading, "summary") || heading == "目录" {
				heading = ""
			}
			continue
		}
		item := listItem.FindStringSubmatch(line)
		link := listLink.FindStringSubmatch(line)
		top := item != nil && item[1] == ""
		name := ""
		if top && link != nil {
			name = link[1]
		} else if top {
			name = strings.Trim(strings.TrimSpace(item[2]), "*_ ")
		}
		if top {
			part = ""
		}
		if link != nil {
			n.add(navTarget(dir, link[2]), cmp.Or(part, heading))
		}
		if top {
			part = name
		}
	}
}

// navTarget returns the file that a link of a table of contents means.
func navTarget(dir, target string) string {
	target, _, _ = strings.Cut(target, "#")
	if target == "" || strings.Contains(target, "://") {
		return ""
	}
	target = strings.TrimPrefix(target, "/")
	if target == "" || strings.HasSuffix(target, "/") {
		target += "README.md"
	}
	if path.Ext(target) == "" {
		target += ".md"
	}
	return path.Join(dir, target)
}

func (n *nav) readMkDocs(dir string, data []byte) {
	var site struct {
		Docs string    `yaml:"docs_dir"`
		Nav  yaml.Node `yaml:"nav"`

		Excluded string `yaml:"exclude_docs"`
		Drafts   string `yaml:"draft_docs"`
	}
	// Its other keys may have tags of Python, which are nobody's business here.
	if yaml.Unmarshal(data, &site) != nil {
		return
	}
	if site.Docs == "" {
		site.Docs = "docs"
	}
	n.docs = path.Join(dir, site.Docs)
	n.excluded, n.drafts = strings.Fields(site.Excluded), strings.Fields(site.Drafts)
	n.readNode(n.docs, "", &site.Nav, 0)
}

// isExcluded reports whether MkDocs does not publish a file, and isDraft whether it
// does so only for those who write.
func (n *nav) isExcluded(file string) bool { return n != nil && n.means(n.excluded, file) }

func (n *nav) isDraft(file string) bool { return n != nil && n.means(n.drafts, file) }

// means reports whether patterns as those of .gitignore mean a file.
func (n *nav) means(patterns []string, file string) (hit bool) {
	name, below := strings.CutPrefix(file, n.docs+"/")
	if !below {
		return false
	}
	for _, p := range patterns {
		p, not := strings.CutPrefix(p, "!")
		anchored := strings.Contains(strings.TrimSuffix(p, "/"), "/")
		p = strings.Trim(p, "/")
		for at := name; at != "."; at = path.Dir(at) {
			what := at
			if !anchored {
				what = path.Base(at)
			}
			if doublestar.MatchUnvalidated(p, what) {
				hit = !not
			}
		}
	}
	return hit
}

func (n *nav) readNode(dir, section string, node *yaml.Node, depth int) {
	if depth > 20 {
		return
	}
	switch node.Kind {
	case yaml.ScalarNode:
		if !strings.Contains(node.Value, "://") {
			n.add(path.Join(dir, node.Value), section)
		}
	case yaml.SequenceNode:
		for _, e := range node.Content {
			n.readNode(dir, section, e, depth+1)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			below := section
			if node.Content[i+1].Kind == yaml.SequenceNode {
				below = cmp.Or(section, node.Content[i].Value)
			}
			n.readNode(dir, below, node.Content[i+1], depth+1)
		}
	}
}
