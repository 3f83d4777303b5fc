package dedup

import "context"

// Find compares texts and returns which are duplicates of one another, by their places in the slice.
func Find(texts []string, opt Options) (*Result, error) {
	d, err := New(opt)
	if err != nil {
		return nil, err
	}
	b := d.NewBatch()
	for _, t := range texts {
		b.Add(Document{Text: []byte(t)})
	}
	d.Append(b)
	return d.Run(context.Background())
}
