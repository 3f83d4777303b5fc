package job

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/corpusctl/corpusctl/corpus"
	"github.com/corpusctl/corpusctl/quality"
)

var signalNames = quality.SignalNames()

func (r *run) signalsWanted() bool { return r.steps.repair && r.opt.Signals != NoSignals }

// keepSignals writes the signals of a batch to the file of its shard.
func (r *reader) keepSignals(s *shard, b *batch) (err error) {
	if !r.signalsWanted() || b.layout == nil {
		return nil // a shard that cannot be opened has no signals
	}
	if r.signals == nil {
		s.signals = r.index.signalsName(s)
		if r.signals, err = r.out.Writer("signals", s.signals, b.layout.Codec()); err != nil {
			return err
		}
	}
	if len(b.signals) > 0 {
		if _, err := r.signals.Write(b.signals); err != nil {
			return err
		}
	}
	if b.last {
		err = r.signals.Close()
		r.signalSums = append(r.signalSums, r.signals.Sum())
		r.signals = nil
	}
	return err
}

// signalsName is the file of a shard below signals/. It holds JSONL, packed like the shard: of a shard in another format its name says so,
// "a.csv.jsonl.gz" for "a.csv.gz". Where a shard is called that, a number is put to it.
func (x *index) signalsName(s *shard) string {
	if s.format == "jsonl" {
		return s.Name
	}
	ext := path.Ext(s.Name)
	if s.codec == corpus.Plain || !slices.Contains(packedExtensions, ext) {
		ext = ""
	}
	stem, name := strings.TrimSuffix(s.Name, ext), ""
	for n := 1; name == "" || x.hasName(name); n++ {
		name = stem + ".jsonl" + ext
		if n > 1 {
			name = fmt.Sprintf("%s~%d.jsonl%s", stem, n, ext)
		}
	}
	return name
}

var packedExtensions = []string{".gz", ".zst", ".zstd"}

// hasName tells whether a shard, or the signals of one, have that name, or stand in a folder of that name.
func (x *index) hasName(name string) bool {
	if x.names == nil {
		x.names = map[string]bool{}
		for i := range x.shards {
			for n := x.shards[i].Name; n != "."; n = path.Dir(n) {
				x.names[n] = true
			}
		}
	}
	if x.names[name] {
		return true
	}
	x.names[name] = true
	return false
}

// writeSignals writes the signals of a document as a line of signals/.
func (p *pageReader) writeSignals(s *shard, line int, id []byte, f *quality.Findings) {
	name := string(id)
	if name == "" {
		name = fmt.Sprintf("%s:%d", s.Name, line)
	}
	w := &p.signals
	w.str(`{"id":`, name)
	dolma := p.opt.Signals == DolmaSignals
	if dolma {
		w.raw(`,"attributes":{`)
	} else {
		w.str(`,"file":`, s.Name)
		w.int(`,"line":`, int64(line))
		w.raw(`,"signals":{`)
	}
	for i, name := range signalNames {
		if i > 0 {
			w.raw(",")
		}
		w.raw(`"`)
		if dolma {
			w.raw("corpusctl__")
		}
		w.raw(name)
		if dolma {
			w.int(`":[[0,`, int64(f.Signals.Chars))
			w.float(",", f.Signals.At(i))
			w.raw("]]")
		} else {
			w.float(`":`, f.Signals.At(i))
		}
	}
	w.raw("}}\n")
}
