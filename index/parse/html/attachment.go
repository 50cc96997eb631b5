package html

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	attachedFile  = regexp.MustCompile(`(?i)\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|ceb|rtf|txt|csv|zip|rar|7z)(?:[?#]|$)`)
	attachedTitle = regexp.MustCompile(`^(?:相关|相關)?附件(?:下载|下載|列表)?[：:]?$`)
)

// longestAttachment is how many characters a list of attached files has at most.
const longestAttachment = 1000

// attachments returns what stands behind an article's container, up to three elements
// around it, and names the files that belong to the article: content systems keep those in
// a field of their own.
func attachments(container *html.Node) (found []*html.Node) {
	title := (*html.Node)(nil)
	at := container
	for range 3 {
		for n := at.NextSibling; n != nil; n = n.NextSibling {
			switch {
			case n.Type != html.ElementNode:
			case attachedTitle.MatchString(words(textOf(n))):
				title = n
			case namesFiles(n):
				if title != nil {
					found, title = append(found, title), nil
				}
				found = append(found, n)
			}
		}
		if at = at.Parent; at == nil {
			break
		}
	}
	return found
}

// namesFiles reports whether there are links in n, and all of them lead to files.
func namesFiles(n *html.Node) bool {
	files, others := 0, 0
	visit(n, func(d *html.Node) bool {
		if d.Type == html.ElementNode && d.Data == "a" && strings.TrimSpace(textOf(d)) != "" {
			if attachedFile.MatchString(attr(d, "href")) {
				files++
			} else {
				others++
			}
			return false
		}
		return others == 0
	})
	return files > 0 && others == 0 && visible(textOf(n)) <= longestAttachment
}
