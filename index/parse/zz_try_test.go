package parse

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestTry(t *testing.T) {
	root := os.Getenv("KBROOT")
	if root == "" {
		return
	}
	cfg, err := LoadConfig(root)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for a, err := range Folder(context.Background(), root, cfg) {
		if err != nil {
			fmt.Println("ERR", err)
			continue
		}
		n++
		if os.Getenv("KBSHORT") != "" {
			fmt.Println(a.ID, "|", a.Title, "|", a.Date, "|", len(a.Sections))
			continue
		}
		b, _ := json.MarshalIndent(Describe(a), "", " ")
		fmt.Println(string(b))
	}
	fmt.Println(n)
}
