//go:build !amd64 || purego

package quality

import "github.com/corpusctl/corpusctl/internal/bitmap"

const kernels = false

func (*textMarks) blocks(string) bool { return false }

func (*phraseSieve) blocks(bitmap.Bitmap, string) bool { return false }

func (*plainLetters) blocks(string) bool { return false }

func (*letterRuns) blocks(*plainLetters) int { return -1 }
