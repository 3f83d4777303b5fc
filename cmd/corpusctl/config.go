package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// applyConfig sets the flags that were not given on the command line to the values of a YAML file: a mapping of flag names
// without their dashes to values.
func applyConfig(flags *pflag.FlagSet, file string) error {
	if file == "" {
		return nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	values := map[string]any{}
	if err := yaml.Unmarshal(content, &values); err != nil {
		return fmt.Errorf("config %s: %w", file, err)
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		flag := flags.Lookup(name)
		if flag == nil || name == "config" {
			return fmt.Errorf("config %s: there is no flag %q; the flags are those of --help without their dashes", file, name)
		}
		if flag.Changed {
			continue
		}
		for _, value := range settings(flag, values[name]) {
			if err := flags.Set(name, plainValue(value)); err != nil {
				return fmt.Errorf("config %s: %s: %w", file, name, err)
			}
		}
	}
	return nil
}

// settings lists the values to set a flag to: each of a list for a flag that may be given again, the one value for any other.
func settings(flag *pflag.Flag, value any) []any {
	if list, ok := value.([]any); ok && flag.Value.Type() == "stringArray" {
		return list
	}
	return []any{value}
}

// plainValue writes a value as it is written on a command line; a list with commas.
func plainValue(value any) string {
	list, ok := value.([]any)
	if !ok {
		return fmt.Sprint(value)
	}
	parts := make([]string, len(list))
	for i, part := range list {
		parts[i] = fmt.Sprint(part)
	}
	return strings.Join(parts, ",")
}

// byteSize is a number of bytes as people write it: 64MiB, 1.5GB, 4096.
type byteSize int

var byteUnits = []struct {
	suffix string
	bytes  float64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
	{"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1},
}

// Set reads a size.
func (b *byteSize) Set(s string) error {
	number, unit := strings.TrimSpace(s), 1.0
	for _, u := range byteUnits {
		if rest, ok := strings.CutSuffix(number, u.suffix); ok {
			number, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n*unit >= 1 && n*unit <= 1<<60) {
		return fmt.Errorf("%q is no size; write it as 64MiB, 1GB or 4096", s)
	}
	*b = byteSize(n * unit)
	return nil
}

// String writes a size with the largest unit that divides it.
func (b *byteSize) String() string {
	for _, u := range []struct {
		suffix string
		shift  int
	}{{"TiB", 40}, {"GiB", 30}, {"MiB", 20}, {"KiB", 10}} {
		if n := int64(*b); n > 0 && n%(1<<u.shift) == 0 {
			return fmt.Sprintf("%d%s", n>>u.shift, u.suffix)
		}
	}
	return strconv.Itoa(int(*b))
}

// Type names the value in help texts.
func (b *byteSize) Type() string { return "size" }
