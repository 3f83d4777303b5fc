package dedup

import "context"

// Find compares texts and returns which are duplicates of one another, by their places in the slice.
func Find(texts []string, opt Options) (*Result, error) {
	d, err := New(opt)
	if err != nil {
		return nil, err
	}
	const some = 256
	batches := make([]*Batch, (len(texts)+some-1)/some)
	d.parallel(len(batches), func() func(int) {
		return func(i int) {
			batches[i] = d.NewBatch()
			for _, t := range texts[i*some : min(i*some+some, len(texts))] {
				batches[i].Add(Document{Text: []byte(t)})
			}
		}
	})
	for _, b := range batches {
		d.Append(b)
	}
	return d.Run(context.Background())
}
