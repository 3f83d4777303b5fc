package dedup

import (
	"cmp"
	"errors"
	"fmt"
)

// Options say how documents are compared. The zero value of a field means its default; they are checked once, by New, and are
// stamped into what a run writes, because results of different options must not be mixed.
type Options struct {
	// Shingle is the length, in characters, of the shingles that sketches and all measures are made of. Default 7: on Arabic news
	// unrelated texts share J = .006 on average at 7, .034 at 5 and .159 at 3, while light copies keep J >= .72.
	Shingle int `json:"shingle"`

	// Bands and Rows lay out the sketch: Bands x Rows bins, a bucket for each band. Default 32 x 4: a pair of Jaccard j meets in a
	// bucket with the probability Bands.Probability(j), .988 at .6. See ChooseBands.
	Bands int `json:"bands"`
	Rows  int `json:"rows"`

	// SampleShingle is the length of the sampled shingles that find truncated and excerpted copies. Default 15.
	SampleShingle int `json:"sample_shingle"`
	// SampleRate keeps one of that many sampled shingles; the sampling depends on the content alone. Default 32.
	SampleRate int `json:"sample_rate"`

	// MinShingles is the number of shingles below which a text counts as a duplicate only when it is equal to another: a lone
	// caption or promo line says nothing. Default 48, about nine words.
	MinShingles int `json:"min_shingles"`

	// MaxBucket is the number of documents beyond which a bucket no longer proposes all of its pairs but only those of
	// neighbours; what it hid is counted in Stats. Default 256.
	MaxBucket int `json:"max_bucket"`
	// MaxPosting is the same for the postings of a sampled shingle. Default 64.
	MaxPosting int `json:"max_posting"`

	// Keep is the keep policy: which of two documents that could each go stays. Default longest, earliest, first.
	Keep Policy `json:"keep"`

	// Sampled says that the documents are a sample of a corpus, drawn with this probability each: caps and crowds are then smaller by it, so
	// that what the whole corpus would cap is capped in the sample, and its numbers can be scaled up. Default: they are the corpus.
	Sampled float64 `json:"-"`

	// Memory is about how many bytes a Deduper may hold; what is more lies in temporary files in the folder TempDir (the system's, if
	// empty). Of a document 64 bytes stay in memory whatever Memory says, and of a pair 32. Default: no limit. It never changes a result.
	Memory  int64  `json:"-"`
	TempDir string `json:"-"`
	// Workers is the number of goroutines of Run. Default: the number of processors. It never changes a result.
	Workers int `json:"-"`
}

// DefaultOptions returns the options that the zero Options stand for.
func DefaultOptions() Options {
	return Options{
		Shingle: 7, Bands: 32, Rows: 4, SampleShingle: 15, SampleRate: 32,
		MinShingles: 48, MaxBucket: 256, MaxPosting: 64, Keep: DefaultPolicy(),
	}
}

// scaled is a number of documents of the whole corpus as a sample meets it.
func (o *Options) scaled(n, least int) int {
	return max(least, int(float64(n)*cmp.Or(o.Sampled, 1)+.5))
}

// whole is about how many documents the corpus has of which n were read.
func (o *Options) whole(n int) int { return int(float64(n)/cmp.Or(o.Sampled, 1) + .5) }

// sampledBelow is the bound below which the hash of a shingle must be for its place to be sampled.
func (o *Options) sampledBelow() uint64 { return ^uint64(0) / uint64(o.SampleRate) }

// withDefaults fills the fields that were left at zero and checks the rest.
func (o Options) withDefaults() (Options, error) {
	d := DefaultOptions()
	for _, f := range []struct {
		name      string
		field     *int
		standard  int
		low, high int
	}{
		{"Shingle", &o.Shingle, d.Shingle, 1, 100},
		{"Bands", &o.Bands, d.Bands, 1, 1 << 10},
		{"Rows", &o.Rows, d.Rows, 1, 64},
		{"SampleShingle", &o.SampleShingle, d.SampleShingle, 1, 100},
		{"SampleRate", &o.SampleRate, d.SampleRate, 1, 1 << 16},
		{"MinShingles", &o.MinShingles, d.MinShingles, 1, 1 << 20},
		{"MaxBucket", &o.MaxBucket, d.MaxBucket, 2, 1 << 20},
		{"MaxPosting", &o.MaxPosting, d.MaxPosting, 2, 1 << 20},
	} {
		if *f.field == 0 {
			*f.field = f.standard
		}
		if *f.field < f.low || *f.field > f.high {
			return o, fmt.Errorf("dedup: option %s is %d, must be from %d to %d", f.name, *f.field, f.low, f.high)
		}
	}
	if !(o.Sampled >= 0 && o.Sampled <= 1) {
		return o, fmt.Errorf("dedup: option Sampled is %v, must be from 0 to 1", o.Sampled)
	}
	if o.Bands*o.Rows > 4096 {
		return o, fmt.Errorf("dedup: %d bands of %d rows make %d bins, at most 4096 are possible", o.Bands, o.Rows, o.Bands*o.Rows)
	}
	if o.SampleShingle < o.Shingle {
		return o, errors.New("dedup: option SampleShingle must not be shorter than Shingle, whose hash selects the sample")
	}
	if len(o.Keep) == 0 {
		o.Keep = d.Keep
	}
	return o, o.Keep.validate()
}
