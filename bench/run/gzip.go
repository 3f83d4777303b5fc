package main

import (
	"compress/gzip"
	"io"
	"os"
	"os/exec"

	"github.com/corpusctl/corpusctl/corpus"
)

// unpackCommand makes this program stand in for gzip -dc where there is no gzip.
const unpackCommand = "gzip-dc"

// gzipCommand returns the command that unpacks a file to nowhere.
func gzipCommand(file string) (command []string, err error) {
	if gzip, err := exec.LookPath("gzip"); err == nil {
		return []string{gzip, "-dc", file}, nil
	}
	self, err := os.Executable()
	return []string{self, unpackCommand, file}, err
}

// unpackTo writes the content of a file, packed in any way or not at all.
func unpackTo(w io.Writer, file string) error {
	src, err := corpus.Open(file)
	if err != nil {
		return err
	}
	defer src.Close()
	_, err = io.Copy(w, src)
	return err
}

// unpackFile makes a plain copy of a file.
func unpackFile(to, from string) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unpackTo(f, from); err != nil {
		return err
	}
	return f.Close()
}

// packFile makes a packed copy of a plain file, as gzip does it without options.
func packFile(to, from string) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	z := gzip.NewWriter(f)
	if err := unpackTo(z, from); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return f.Close()
}
