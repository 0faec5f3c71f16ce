package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect"
)

// version is set by release builds with -ldflags "-X main.version=...".
var version = ""

// programVersion identifies the collector in the header of every part.
func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.json {
				return a.printJSON(map[string]any{"version": programVersion(), "go": runtime.Version(),
					"platform": runtime.GOOS + "/" + runtime.GOARCH, "key_schema": collect.SchemaVersion})
			}
			_, err := fmt.Fprintf(a.stdout, "irondrift %s (key schema %d, %s, %s/%s)\n",
				programVersion(), collect.SchemaVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
