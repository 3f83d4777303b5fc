package main

import "github.com/spf13/cobra"

func newExplain(env environment) *cobra.Command { return &cobra.Command{Use: "explain"} }
