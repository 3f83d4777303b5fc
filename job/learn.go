package job

import (
	"context"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/recur"
)

// learn reads the input and learns what recurs in the texts of each source. It is a pass of its own, because what a document holds
// can be told from furniture only when all have been seen. Records that cannot be read are left to the next pass.
func (r *run) learn(ctx context.Context) error {
	r.opt.Progress.Stage("learn", r.index.packedSize())
	l := learner{reader: reader{run: r, index: r.index.fresh()}, counter: recur.NewCounter(recur.Options{})}
	l.free = make(chan []byte, 4*r.opt.Workers)
	if err := ordered(ctx, r.opt.Workers, l.produce, l.worker, l.consume); err != nil {
		return err
	}
	opt := *r.opt.Quality
	opt.Learned = l.counter.Profile()
	r.opt.Quality = &opt
	return nil
}

type learner struct {
	reader
	counter   *recur.Counter
	documents int
}

// lesson is what a worker makes of a chunk.
type lesson struct {
	position  int64
	documents int
	batch     *recur.Batch
}

func (l *learner) worker() func(block) lesson {
	scanner, _ := corpus.NewScanner(l.opt.Fields) // the fields were checked before
	var rec corpus.Record
	var text []byte
	var code []quality.Span
	return func(b block) lesson {
		out := lesson{position: b.position, batch: l.counter.NewBatch()}
		for line := range b.Lines() {
			if scanner.Scan(line.Raw, &rec) != nil {
				continue
			}
			text = corpus.AppendString(text[:0], line.Raw, rec.Text)
			s := string(text)
			code = quality.AppendCode(code[:0], s)
			out.batch.Add(scalar(line.Raw, rec.Source), s, code)
			out.documents++
		}
		giveBuffer(l.free, b.Data)
		return out
	}
}

func (l *learner) consume(b lesson) error {
	l.counter.Append(b.batch)
	l.documents += b.documents
	l.opt.Progress.Advance(b.position, l.documents)
	return nil
}
