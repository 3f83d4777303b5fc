package main

import (
	"fmt"
	"os"
	"runtime/pprof"

	"github.com/spf13/cobra"
)

// profile is the hidden flag --cpuprofile FILE.
type profile struct {
	file string
	stop func()
}

func (p *profile) define(root *cobra.Command) {
	root.PersistentFlags().StringVar(&p.file, "cpuprofile", "", "write a CPU profile to this file")
	root.PersistentFlags().Lookup("cpuprofile").Hidden = true
	root.PersistentPreRunE = func(*cobra.Command, []string) (err error) {
		if p.file != "" {
			p.stop, err = startProfile(p.file)
		}
		return err
	}
}

func (p *profile) finish() {
	if p.stop != nil {
		p.stop()
	}
}

func startProfile(file string) (stop func(), err error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("profile: %w", err)
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}
