package dedup

import (
	"context"
	"errors"
)

// Find compares texts and returns which are duplicates of one another, by their places in the slice.
func Find(texts []string, opt Options) (*Result, error) {
	d, err := New(opt)
	if err != nil {
		return nil, err
	}
	const some = 256
	batches := make([]*Batch, (len(texts)+some-1)/some)
	ctx := context.Background()
	err = d.parallel(ctx, len(batches), func() func(int) error {
		return func(i int) error {
			batches[i] = d.NewBatch()
			for _, t := range texts[i*some : min(i*some+some, len(texts))] {
				batches[i].Add(Document{Text: []byte(t)})
			}
			return nil
		}
	})
	for _, b := range batches {
		if err == nil {
			err = d.Append(b)
		}
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d.Run(ctx)
}
