package main

import (
	"os"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// The code pages stand in help, in the configuration that init writes and in the
// documentation, and each of these names all that are built in.
func TestCodePagesAreNamed(t *testing.T) {
	list := strings.Join(collect.CodePages(), ", ")
	if list != "037, 1047, 1140, 273, 1141, 500, 1148" {
		t.Errorf("code pages %s: add new ones here too", list)
	}
	docs, err := os.ReadFile("../../docs/ibmi.md")
	if err != nil {
		t.Fatal(err)
	}
	a := &app{}
	for where, text := range map[string]string{
		"collect --help":    a.collectCommand().Flag("code-page").Usage,
		"scrub --help":      a.scrubDirectoryCommand().Flag("code-page").Usage,
		"zert query --help": a.zertQueryCommand().Flag("code-page").Usage,
		"init.yaml":         string(initConfig),
		"docs/ibmi.md":      string(docs),
	} {
		if !strings.Contains(text, list) {
			t.Errorf("%s does not name %s", where, list)
		}
	}
}

// A code page that is not built in is refused before anything is read, with those
// that are.
func TestCodePageIsChecked(t *testing.T) {
	_, err := parseConfig([]byte(`
systems:
  - {id: A, platform: ibmi, sources: [{source: ibmi-sk, files: x, code_page: "290"}]}
`))
	if err == nil || !strings.Contains(err.Error(), `source ibmi-sk: code page "290" is not one of 037, 1047`) {
		t.Errorf("configuration: %v", err)
	}
	_, err = (&collectOptions{codePage: "290"}).options(&app{}, &progress{})
	if err == nil || !strings.Contains(err.Error(), `--code-page: code page "290" is not one of 037`) {
		t.Errorf("command: %v", err)
	}
	if err := collect.CheckCodePage("37"); err != nil {
		t.Errorf("CCSID 37: %v", err)
	}
}
