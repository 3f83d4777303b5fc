package quality

import "strings"

// The bars a region must reach, and the codeDrop that ends it, in the unit of the weights.
const (
	codeBarInline = 45  // amid prose
	codeBarLines  = 30  // alone on its lines
	codeDrop      = 60  // below the best, outside brackets
	codeDropDeep  = 150 // inside brackets
)

// codeRegion is a growing region: a sum of weights, and where it was best.
type codeRegion struct {
	start     int
	sum, best int
	end       int // where it was best
	lineStart bool
	endOpen   int // brackets open at end
	endOver   int // brackets closed up to end that it never opened
	open      int
	over      int
	rule      [numCodeRules]int
	endGap    codeGap // white space behind end
}

// alive says whether there is a region.
func (r *codeRegion) alive() bool { return r.sum > 0 }

// begin starts a region at t.
func (r *codeRegion) begin(t *codeToken) {
	*r = codeRegion{start: t.start, lineStart: t.gap == lineGap}
}

// add takes the middle token of w, which weighs v.
func (r *codeRegion) add(w *codeWindow, v int, rule codeRule) {
	t := &w.c
	if t.kind == tokMark {
		switch t.mark {
		case '(', '[', '{':
			r.open++
		case ')', ']', '}':
			if r.open > 0 {
				r.open--
			} else {
				r.over++
			}
		}
	}
	r.sum += v
	if v > 0 {
		r.rule[rule] += v
	}
	if v > 0 && r.sum >= r.best || r.sum == r.best && r.clings(w) {
		r.best, r.end = r.sum, t.end
		r.endOpen, r.endOver, r.endGap = r.open, r.over, w.n.gap
		if w.n.kind == tokEnd {
			r.endGap = lineGap
		}
	}
}

// clings says whether the middle token, which weighs nothing, belongs to what stands before it.
func (r *codeRegion) clings(w *codeWindow) bool {
	t := &w.c
	if t.gap == lineGap || r.end != w.p.end {
		return false
	}
	switch t.kind {
	case tokWord, tokString:
		return true
	case tokNumber:
		return w.p.is('=')
	case tokMark:
		return t.mark == ';' || r.over == r.endOver && strings.IndexByte(")]}", t.mark) >= 0
	}
	return false
}

// done says whether the region has ended: its sum is spent, or it fell too far below its best.
func (r *codeRegion) done() bool {
	limit := codeDrop
	if r.open > 0 {
		limit = codeDropDeep
	}
	return r.sum <= 0 || r.best-r.sum > limit
}

// accepted says whether the region is code.
func (r *codeRegion) accepted() bool {
	if r.lineStart && r.endGap == lineGap {
		return r.best >= codeBarLines
	}
	return r.best >= codeBarInline
}

// name returns the rule with the most evidence.
func (r *codeRegion) name() string {
	top := 0
	for i, v := range r.rule {
		if v > r.rule[top] {
			top = i
		}
	}
	return codeRuleNames[top]
}
