package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/corpusctl/corpusctl/arabic"
)

// version is set by a release build: -ldflags "-X main.version=v1.2.3".
var version = ""

// programVersion is the version of the release, or of the module, or "devel".
func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

func newVersion(env environment) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of the folding",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(env.out, "corpusctl %s (folding %s, %s, %s/%s)\n", programVersion(), arabic.FoldVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
