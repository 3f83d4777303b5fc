package report

// item is one decision, or one pair that stays, with its texts.
type item struct {
	group   group
	names   []string // the strata it belongs to; it is shown under the first
	d       *Decision
	pair    *StayingPair // instead of d
	doc     *document
	partner *document // nil if there is none
}

// shown is what the page shows of the documents.
type shown struct {
	items  []item
	strata []*stratum
	tops   []*document // of the largest clusters
}

// gather samples the decisions and reads the texts they are about.
func gather(r *Report, settings *written, dir string, opt PageOptions) (*shown, error) {
	library, err := newLibrary(dir, settings)
	if err != nil {
		return nil, err
	}
	library.know(opt.Lines)
	e := newEvidence(opt)
	if opt.Source != "" {
		only, err := library.linesOf(opt.Source)
		if err != nil {
			return nil, err
		}
		e.only = only
	}
	if err := e.readDecisions(dir); err != nil {
		return nil, err
	}
	e.addStaying(r.Measures)
	out := &shown{strata: e.sorted()}
	if err := out.choose(e, library); err != nil {
		return nil, err
	}
	for i := range r.Clusters.Top {
		out.tops = append(out.tops, library.want(r.Clusters.Top[i].Place))
	}
	return out, library.read()
}

// choose makes items of what was sampled, each decision once.
func (s *shown) choose(e *evidence, l *library) error {
	at := map[string]int{} // place of a line's item
	for _, st := range s.strata {
		for _, line := range st.chosen() {
			if i, ok := at[string(line)]; ok {
				s.items[i].names = append(s.items[i].names, st.name)
				continue
			}
			d, err := decode(line)
			if err != nil {
				return err
			}
			at[string(line)] = len(s.items)
			s.items = append(s.items, decided(l, st, d))
		}
	}
	for i := range e.staying {
		p := &e.staying[i]
		s.items = append(s.items, item{group: groupStaying, names: []string{p.Relation}, pair: p, doc: l.want(p.A), partner: l.want(p.B)})
	}
	return nil
}

// decided makes an item of a decision.
func decided(l *library, st *stratum, d *Decision) item {
	it := item{group: st.group, names: []string{st.name}, d: d, doc: l.want(d.place())}
	if d.DuplicateOf != "" {
		it.partner = l.want(Place{d.DuplicateOf, d.DuplicateFile, d.DuplicateLine, "kept", d.KeptLine})
	}
	return it
}

// place tells where the document of a decision stands.
func (d *Decision) place() Place {
	if d.Action == "removed" {
		return Place{d.ID, d.File, d.Line, "removed", d.RemovedLine}
	}
	return Place{d.ID, d.File, d.Line, "kept", d.KeptLine}
}

// original is the text of a decision's document as it was read.
func (it *item) original(dryRun bool) string {
	if it.d.Action == "removed" || dryRun {
		return it.doc.text
	}
	n := len([]rune(it.doc.text))
	var spans []Span
	for _, s := range it.d.Spans {
		if s.Start > n {
			break // of a text that was clipped: nothing shown stands there
		}
		spans = append(spans, s)
		n += s.End - s.Start - len([]rune(s.Put))
	}
	return Undo(it.doc.text, spans)
}
