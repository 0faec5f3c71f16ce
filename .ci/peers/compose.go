// Command compose writes the QAUDITSK file that bench-peers measures on.
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/irondrift/irondrift/testdata/compose"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: compose FILE ROWS SERVICES")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "compose:", err)
		os.Exit(1)
	}
}

func write(name, rowsText, servicesText string) error {
	rows, err := strconv.Atoi(rowsText)
	if err != nil {
		return err
	}
	services, err := strconv.Atoi(servicesText)
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := compose.WriteLargeQAUDITSK(f, rows, services, 1); err != nil {
		return err
	}
	return f.Close()
}
