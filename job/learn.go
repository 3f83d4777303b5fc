package job

import (
	"context"
	"slices"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/quality/recur"
)

// learn reads the input and learns what recurs in the texts of each source. It is a pass of its own, because what a document holds
// can be told from furniture only when all have been seen. Records that cannot be read are left to the next pass.
func (r *run) learn(ctx context.Context) error {
	r.opt.Progress.Stage("learn", r.index.packedSize())
	l := learner{reader: reader{run: r, index: r.index.fresh()}, counter: recur.NewCounter(recur.Options{})}
	l.blocks = newBlocks(&r.opt)
	l.lessons = make(chan lesson, 4*r.opt.Workers)
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
	lessons   chan lesson // whose room can be used again
	documents int
}

// lesson is what a worker makes of a chunk.
type lesson struct {
	shard     int
	outline   corpus.Outline
	room      []byte // of the outline
	position  int64
	documents int
	batch     *recur.Batch
	texts     []byte // of the chunk, where the batch needs them until they are counted
}

func (l *learner) worker() func(block) lesson {
	decoder, _ := corpus.NewDecoder(l.opt.reading()) // the options were checked before
	var rec corpus.Record
	var sources names
	return func(b block) lesson {
		out := l.takeLesson()
		out.shard, out.position, out.outline = b.Shard, b.position, corpus.NewOutline(&b.Chunk, out.room)
		out.texts = slices.Grow(out.texts, len(b.Data)) // or they move to more room, and the batch has them in the old
		for line := range b.Lines() {
			if line.Pass {
				continue
			}
			if decoder.Decode(&b.Chunk, &line, &rec) != nil {
				out.outline.Add(&line, nil, false)
				continue
			}
			from := len(out.texts)
			out.texts = corpus.AppendString(out.texts, line.Raw, rec.Text)
			code := out.batch.AddBytes(sources.source(line.Raw, rec.Source), out.texts[from:])
			out.outline.Add(&line, &rec, !code)
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

// source is scalar, of a source's name.
func (n *names) source(line []byte, v corpus.Value) string {
	if v.Kind != corpus.String {
		return shortName(scalar(line, v))
	}
	n.text = corpus.AppendString(n.text[:0], line, v)
	if s, ok := n.known[string(n.text)]; ok {
		return s
	}
	if n.known == nil || len(n.known) == maxNames {
		n.known = map[string]string{}
	}
	s := shortName(string(n.text))
	n.known[s] = s
	return s
}

// keptTexts is the room for texts that is used again, in bytes; that of a chunk with one huge text is not.
const keptTexts = 4 * corpus.ChunkSize

// takeLesson returns an empty lesson.
func (l *learner) takeLesson() lesson {
	select {
	case x := <-l.lessons:
		return x
	default:
		return lesson{batch: l.counter.NewBatch()}
	}
}

func (l *learner) consume(x lesson) error {
	l.counter.Append(x.batch)
	l.outlines.keep(x.shard, &x.outline)
	l.documents += x.documents
	l.opt.Progress.Advance(x.position, l.documents)
	x.batch.Reset()
	if cap(x.texts) > keptTexts {
		x.texts = nil
	}
	select {
	case l.lessons <- lesson{batch: x.batch, texts: x.texts[:0], room: x.outline.Room()}:
	default:
	}
	return nil
}
