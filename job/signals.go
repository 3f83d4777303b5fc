package job

import "github.com/corpusctl/corpusctl/quality"

var signalNames = quality.SignalNames()

// writeSignals writes the signals of a document as a line of signals/.
func (p *pageWriter) writeSignals(doc int, f *quality.Findings) {
	w := &p.signals
	w.str(`{"id":`, p.at.name(doc))
	dolma := p.opt.Signals == DolmaSignals
	if dolma {
		w.raw(`,"attributes":{`)
	} else {
		w.str(`,"file":`, p.at.shardOf(doc).Name)
		w.int(`,"line":`, int64(p.at.line(doc)))
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
