package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

const document = "docs/benchmarks.md"

const preface = `# Benchmarks

Each section says which command wrote it; run that command and it is written
again. What stands outside of the marked sections is written by hand and kept.
`

// record prints a section and replaces it in the document, between two marks
// that nobody sees when it is rendered.
func record(section, text string) error {
	text = fmt.Sprintf("%s\n\n%s, %s, %d cores%s.\n", strings.TrimSpace(text),
		time.Now().Format(time.DateOnly), runtime.Version(), runtime.NumCPU(), chromiumVersion())
	fmt.Println("\n" + text)
	begin, end := "<!-- "+section+": begin -->\n", "<!-- "+section+": end -->\n"
	old, err := os.ReadFile(document)
	if errors.Is(err, fs.ErrNotExist) {
		old, err = []byte(preface), nil
	}
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(old), begin)
	_, after, closed := strings.Cut(rest, end)
	switch {
	case !found:
		before, after = strings.TrimRight(before, "\n")+"\n\n", ""
	case !closed:
		return fmt.Errorf("%s: %q has no %q after it", document, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	if err := os.WriteFile(document, []byte(before+begin+text+end+after), 0o644); err != nil {
		return err
	}
	fmt.Printf("written to %s\n", document)
	return nil
}

func chromiumVersion() string {
	out, err := exec.Command("chromium", "--version").Output()
	if err != nil {
		return ""
	}
	fields := strings.Fields(string(out))
	return ", " + strings.Join(fields[:min(2, len(fields))], " ")
}

// table formats rows of Markdown; the first is the head.
func table(rows ...[]string) string {
	var b strings.Builder
	for i, r := range rows {
		b.WriteString("| " + strings.Join(r, " | ") + " |\n")
		if i == 0 {
			b.WriteString("| ---" + strings.Repeat(" | ---:", len(r)-1) + " |\n")
		}
	}
	return b.String()
}
