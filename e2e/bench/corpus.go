package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// A corpus is articles with queries for them.
type corpus struct {
	name    string
	content string // what kanbao build is given
	docs    []doc
	folded  [][]string // the fields of docs, once they were needed
	// latency are queries as people type them, for times only.
	latency []string
	// substrings are pieces of the text, for recall and precision.
	substrings []string
	// known are queries that were made from one article, by kind.
	known map[string][]known
}

type doc struct {
	id     string
	fields []string // title, subtitle and blocks: what a piece must stand in
}

type known struct {
	query string
	id    string
}

// gzipped returns the size of all the text as one gzip, which index sizes are
// given as a multiple of.
func (c *corpus) gzipped() int64 {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	for _, d := range c.docs {
		fmt.Fprintln(w, strings.Join(d.fields, "\n"))
	}
	if err := w.Close(); err != nil {
		panic(err) // a buffer takes everything
	}
	return int64(b.Len())
}

func (c *corpus) characters() int {
	n := 0
	for _, d := range c.docs {
		for _, f := range d.fields {
			n += len([]rune(f))
		}
	}
	return n
}

// containing returns the articles that have the piece in one field, full width
// and half width, capital and small letters taken for the same. A space between Han
// characters parts no words: who looks for 海堤工程 finds 海 堤 工 程.
func (c *corpus) containing(piece string) map[string]bool {
	if c.folded == nil {
		c.folded = make([][]string, len(c.docs))
		for i, d := range c.docs {
			for _, f := range d.fields {
				c.folded[i] = append(c.folded[i], fold(f))
			}
		}
	}
	piece = fold(piece)
	ids := map[string]bool{}
	for i, d := range c.docs {
		if slices.ContainsFunc(c.folded[i], func(f string) bool { return strings.Contains(f, piece) }) {
			ids[d.id] = true
		}
	}
	return ids
}

// hanSpace matches white space that has Han characters, or full-width marks, about it.
var hanSpace = regexp.MustCompile(`([\p{Han}、-〿！-～])[\s\p{Z}]+([\p{Han}、-〿！-～])`)

func fold(s string) string {
	for hanSpace.MatchString(s) { // twice, where a character has a space on both sides
		s = hanSpace.ReplaceAllString(s, "$1$2")
	}
	return strings.ToLower(width.Fold.String(s))
}

// sampleCorpus is the sample edition, with pieces cut out of it at even steps.
func sampleCorpus() (*corpus, error) {
	c := &corpus{name: "sample", content: "testdata/sample"}
	out, err := exec.Command(command, "articles", c.content, "--json").Output()
	if err != nil {
		return nil, fmt.Errorf("%s articles: %w", command, err)
	}
	var list []struct {
		ID, Title, Subtitle string
		Sections            []struct {
			Heading              string
			Paragraphs, Captions []string
		}
	}
	if err := json.Unmarshal(out, &list); err != nil {
		return nil, err
	}
	for _, a := range list {
		d := doc{id: a.ID, fields: []string{a.Title, a.Subtitle}}
		for _, s := range a.Sections {
			d.fields = append(append(append(d.fields, s.Heading), s.Paragraphs...), s.Captions...)
		}
		c.docs = append(c.docs, d)
		for i, f := range d.fields {
			runes := []rune(f)
			if len(runes) < 12 {
				continue
			}
			at := (i * 7) % (len(runes) - 8)
			for _, n := range []int{2, 3, 8} {
				// A quotation mark would end the phrase in the quoted form.
				if piece := string(runes[at : at+n]); !strings.Contains(piece, `"`) {
					c.substrings = append(c.substrings, piece)
				}
			}
			c.latency = append(c.latency, string(runes[at:at+2])+" "+string(runes[at+4:at+6]))
		}
	}
	return c, nil
}

// newsCorpus is the 10,000 articles, or nil where they are not at hand.
func newsCorpus() (*corpus, error) {
	c := &corpus{name: "news-10k", content: filepath.Join(corpora, "news")}
	err := c.readJSONL(filepath.Join(corpora, "news", "news-10k.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Printf("%s is not here: news-10k is left out\n", c.content)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c.known = map[string][]known{}
	err = readTSV(filepath.Join(corpora, "news", "queries.tsv"), 3, func(f []string) {
		if f[0] == "words2" {
			c.latency = append(c.latency, f[1])
		} else {
			c.known[f[0]] = append(c.known[f[0]], known{f[1], f[2]})
		}
	})
	if err != nil {
		return nil, err
	}
	err = readTSV(filepath.Join(corpora, "news", "substrings.tsv"), 4, func(f []string) {
		c.substrings = append(c.substrings, f[1])
	})
	return c, err
}

// cmrcCorpus is paragraphs of an encyclopedia with questions about them.
func cmrcCorpus() (*corpus, error) {
	c := &corpus{name: "cmrc", content: filepath.Join(corpora, "cmrc"), known: map[string][]known{}}
	if err := c.readJSONL(filepath.Join(corpora, "cmrc", "paragraphs.jsonl")); err != nil {
		return nil, err
	}
	err := readTSV(filepath.Join(corpora, "cmrc", "questions.tsv"), 3, func(f []string) {
		c.known["question"] = append(c.known["question"], known{f[0], f[1]})
	})
	return c, err
}

func (c *corpus) readJSONL(name string) error {
	return lines(name, func(line string) error {
		var a struct {
			ID, Title string
			Text      []string
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			return err
		}
		c.docs = append(c.docs, doc{a.ID, append([]string{a.Title}, a.Text...)})
		return nil
	})
}

func readTSV(name string, columns int, row func([]string)) error {
	return lines(name, func(line string) error {
		f := strings.Split(line, "\t")
		if len(f) < columns {
			return fmt.Errorf("%d columns, expected %d", len(f), columns)
		}
		row(f)
		return nil
	})
}

// lines calls f with each line of a file.
func lines(name string, f func(string) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 16<<20)
	for n := 1; s.Scan(); n++ {
		if err := f(s.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return s.Err()
}
