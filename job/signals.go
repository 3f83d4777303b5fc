package job

import (
	"fmt"

	"github.com/corpusctl/corpusctl/quality"
)

var signalNames = quality.SignalNames()

func (r *run) signalsWanted() bool { return r.steps.repair && r.opt.Signals != NoSignals }

// keepSignals writes the signals of a batch to the file of its shard.
func (r *reader) keepSignals(s *shard, b *batch) (err error) {
	if !r.signalsWanted() || b.Defect != nil && b.Defect.Line == 0 {
		return nil // a shard that cannot be opened has no signals
	}
	if r.signals == nil {
		if r.signals, err = r.out.Writer("signals", s.Name, b.codec); err != nil {
			return err
		}
	}
	if len(b.signals) > 0 {
		if _, err := r.signals.Write(b.signals); err != nil {
			return err
		}
	}
	if b.last {
		err, r.signals = r.signals.Close(), nil
	}
	return err
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
