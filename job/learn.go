package job

import (
	"context"
	"strings"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/quality"
	"github.com/corpusctl/corpusctl/quality/recur"
)

// learn reads the input and learns what recurs in the texts of each source. It is a pass of its own, because what a document holds
// can be told from furniture only when all have been seen. Records that cannot be read are left to the next pass.
func (r *run) learn(ctx context.Context) error {
	r.opt.Progress.Stage("learn", r.index.packedSize())
	l := learner{reader: reader{run: r, index: r.index.fresh()}, counter: recur.NewCounter(recur.Options{})}
	l.blocks = newBlocks(&r.opt)
	l.batches = make(chan *recur.Batch, 4*r.opt.Workers)
	if err := ordered(ctx, r.opt.Workers, l.produce, l.worker, l.consume); err != nil {
		return err
	}
	profile := l.counter.Profile()
	r.setProfile(profile)
	r.learned = &learned{Profile: profile, Inputs: l.index.contents()}
	r.keepLearned()
	return nil
}

// setProfile lets the passes that follow look for what was learned.
func (r *run) setProfile(p *recur.Profile) {
	opt := *r.opt.Quality
	opt.Learned = p
	r.opt.Quality = &opt
}

// sameAsLearned checks that what was read is what was learned from.
func (r *run) sameAsLearned() error {
	if r.learned == nil {
		return nil
	}
	for i, c := range r.index.contents() {
		if c != r.learned.Inputs[i] {
			return r.index.shards[i].changed()
		}
	}
	return nil
}

type learner struct {
	reader
	counter   *recur.Counter
	batches   chan *recur.Batch // that can be used again
	documents int
}

// lesson is what a worker makes of a chunk.
type lesson struct {
	position  int64
	documents int
	batch     *recur.Batch
}

func (l *learner) worker() func(block) lesson {
	decoder, _ := corpus.NewDecoder(l.opt.reading()) // the options were checked before
	var rec corpus.Record
	var text []byte
	var code []quality.Span
	var sources names
	return func(b block) lesson {
		out := lesson{position: b.position, batch: l.takeBatch()}
		var texts strings.Builder // of the chunk, where a batch keeps them until they are counted
		texts.Grow(len(b.Data))
		for line := range b.Lines() {
			if line.Pass || decoder.Decode(&b.Chunk, &line, &rec) != nil {
				continue
			}
			text = corpus.AppendString(text[:0], line.Raw, rec.Text)
			from := texts.Len()
			texts.Write(text)
			s := texts.String()[from:]
			code = quality.AppendCode(code[:0], s)
			out.batch.Add(sources.scalar(line.Raw, rec.Source), s, code)
			out.documents++
		}
		l.blocks.give(b.Data)
		return out
	}
}

// names keeps the strings of few different values, so that each is made once.
type names struct {
	known map[string]string
	text  []byte
}

// maxNames bounds the values that are kept.
const maxNames = 1 << 12

// scalar is scalar of the package.
func (n *names) scalar(line []byte, v corpus.Value) string {
	if v.Kind != corpus.String {
		return scalar(line, v)
	}
	n.text = corpus.AppendString(n.text[:0], line, v)
	if s, ok := n.known[string(n.text)]; ok {
		return s
	}
	if n.known == nil || len(n.known) == maxNames {
		n.known = map[string]string{}
	}
	s := string(n.text)
	n.known[s] = s
	return s
}

// takeBatch returns an empty batch.
func (l *learner) takeBatch() *recur.Batch {
	select {
	case b := <-l.batches:
		return b
	default:
		return l.counter.NewBatch()
	}
}

func (l *learner) consume(b lesson) error {
	l.counter.Append(b.batch)
	b.batch.Reset()
	select {
	case l.batches <- b.batch:
	default:
	}
	l.documents += b.documents
	l.opt.Progress.Advance(b.position, l.documents)
	return nil
}
