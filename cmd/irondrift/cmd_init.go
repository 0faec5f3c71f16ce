package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

//go:embed init.yaml
var initConfig []byte

func (a *app) initCommand() *cobra.Command {
	var print bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a commented configuration file",
		Long: `Init writes irondrift.yaml, or the file named with --config, with every setting
and its meaning. It never overwrites one.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if print {
				_, err := a.stdout.Write(initConfig)
				return err
			}
			f, err := os.OpenFile(a.config, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if errors.Is(err, os.ErrExist) {
				return usageError(`see the settings with "irondrift init --print"`, "%q exists already", a.config)
			}
			if err != nil {
				return withStatus(exitUsage, err)
			}
			if _, err := f.Write(initConfig); err != nil {
				f.Close()
				os.Remove(a.config)
				return withStatus(exitUsage, err)
			}
			if err := f.Close(); err != nil {
				return withStatus(exitUsage, err)
			}
			_, err = fmt.Fprintf(a.stdout, "%s written: name your systems and extracts in it, then run \"irondrift run\"\n", a.config)
			return err
		},
	}
	cmd.Flags().BoolVar(&print, "print", false, "print it instead of writing a file")
	return cmd
}
