package quality

// codeRule is a sort of evidence; its name is the Rule of a span.
type codeRule uint8

const (
	ruleScript codeRule = iota
	ruleStyle
	ruleMarkup
	ruleData
	rulePlaceholder
	ruleOrphan
	numCodeRules
)

var codeRuleNames = [numCodeRules]string{"script", "style", "markup", "data", "placeholder", "orphan"}

// Weights of evidence, in tenths: about the logarithm of how much oftener a program has it than prose.
const (
	codeSure   = 40 // cannot be prose: <![CDATA[
	codeStrong = 25 // hardly prose: function (
	codeFirm   = 15 // a name before its dot and call, a key after a brace
	codeFair   = 10 // a call, an assignment
	codeWeak   = 5  // a bracket among brackets
	codeHint   = 2

	foreignCost = -30 // a word beyond ASCII
	pairCost    = -22 // two words side by side
	loneCost    = -8  // a word that no mark holds

	blobLen = 120 // bytes of a word that no language has
)

// codeWindow is a token with its neighbours: two before, two after.
type codeWindow struct {
	pp, p, c, n, nn codeToken
	depth           int  // brackets the region has open
	style           bool // the region holds CSS
	comment         bool // behind two slashes
}

// push moves the window on by one token.
func (w *codeWindow) push(t codeToken) {
	w.pp, w.p, w.c, w.n, w.nn = w.p, w.c, w.n, w.nn, t
}

// weigh returns what the middle token weighs for code (above 0) or against, and as evidence of what.
func (w *codeWindow) weigh() (int, codeRule) {
	switch w.c.kind {
	case tokWord:
		return w.weighWord()
	case tokNumber:
		if w.p.kind == tokWord && w.c.gap != noGap {
			return -codeWeak, ruleScript
		}
	case tokMark:
		return w.weighMark()
	case tokOp:
		return w.weighOp()
	case tokString:
		return w.weighString()
	case tokComment:
		switch {
		case w.c.mark == '<':
			return codeBarInline, ruleMarkup
		case !w.c.has(tokForeign):
			return codeBarInline, ruleScript
		}
		return codeStrong, ruleScript
	case tokAddress:
		if w.depth == 0 && w.c.gap == lineGap {
			return loneCost, ruleScript
		}
	case tokOther:
		return -codeWeak, ruleScript
	case tokEntity:
		return w.weighEntity(), ruleScript
	}
	return 0, ruleScript
}

// weighWord weighs a word by what touches it.
func (w *codeWindow) weighWord() (int, codeRule) {
	c, p, n := &w.c, &w.p, &w.n
	if c.has(tokForeign) {
		return w.cheap(foreignCost), ruleScript
	}
	if c.key != notKey {
		if v := w.weighKey(); v > 0 {
			return v, ruleScript
		}
	}
	v := 0
	if c.has(tokNameLike) {
		v = codeHint
	}
	member := p.is('.') && c.touches() && p.touches() && w.pp.kind != tokNumber
	switch {
	case member && n.is('(') && n.touches():
		return v + codeFirm, ruleScript
	case n.is('(') && n.touches():
		return v + codeFair, ruleScript
	case p.is('@') && c.touches():
		if cssAt(n) {
			return codeStrong, ruleStyle
		}
		return 0, ruleScript
	case n.is('=') && w.pp.kind != tokAddress && assigns(&w.nn) && !w.query():
		return v + codeFair, ruleScript
	case member && n.is('(') && w.nn.touches():
		return v + codeWeak, ruleScript
	case c.end-c.start >= blobLen && !c.has(tokHyphened):
		return codeBarInline, ruleData
	case member && w.depth == 0:
		return 0, ruleScript // example.com
	case member:
		return v + codeWeak, ruleScript
	case n.is(':') && n.touches() && (w.depth > 0 || p.is('{')) && p.kind == tokMark:
		return v + codeWeak, ruleScript
	case n.kind == tokMark && n.touches() && (n.mark == '.' && w.depth > 0 && w.nn.touches() && w.nn.kind == tokWord || n.mark == '['):
		return v + codeHint, ruleScript
	case p.is('=') && w.depth+v > 0:
		return codeHint, ruleScript
	case p.is('!') && c.touches() && c.end-c.start == len("important"):
		return codeFirm, ruleStyle
	case w.style && (c.touches() || c.end-c.start < 12 || c.has(tokHyphened)):
		return -codeHint, ruleStyle // ul li a
	case p.kind == tokWord && c.gap != noGap && p.key == notKey:
		return w.cheap(pairCost), ruleScript
	case n.kind == tokWord && n.gap != noGap || p.kind == tokOther || n.kind == tokOther:
		return w.cheap(pairCost / 2), ruleScript
	case w.depth > 0 || v > 0 && n.is('.') && n.touches() && w.nn.touches():
		return v, ruleScript
	}
	return v + loneCost, ruleScript
}

// query says that the word is a key in the query of an address.
func (w *codeWindow) query() bool {
	return w.c.touches() && (w.p.is('?') || w.p.is('&'))
}

// cheap lowers a cost inside brackets that the region opened, unless the token begins a line, and in a comment.
func (w *codeWindow) cheap(cost int) int {
	if w.comment && !w.c.has(tokForeign) {
		return cost / 8
	}
	if w.depth == 0 || w.c.gap == lineGap {
		return cost
	}
	return cost / 2
}

// assigns says whether t can stand right of an equals sign.
func assigns(t *codeToken) bool {
	switch t.kind {
	case tokString, tokWord, tokNumber, tokEntity:
		return !t.has(tokForeign)
	case tokMark:
		return t.mark == '{' || t.mark == '[' || t.mark == '(' || t.mark == '!'
	}
	return false
}

// cssAt says whether t can follow the name of an at-rule.
func cssAt(t *codeToken) bool {
	return t.is('{') || t.is('(') || t.kind == tokString || t.kind == tokWord && t.gap == spaceGap && !t.has(tokForeign)
}

// weighKey weighs a word of the language by its neighbours.
func (w *codeWindow) weighKey() int {
	n, nn := &w.n, &w.nn
	switch w.c.key {
	case keyDecl:
		if n.kind == tokWord && !n.has(tokForeign) && (nn.is('=') || nn.is(';') || nn.is(',') && nn.touches()) {
			return codeStrong
		}
	case keyFunc:
		if n.is('(') || n.kind == tokWord && !n.has(tokForeign) && nn.is('(') {
			return codeStrong
		}
	case keyTest:
		if n.is('(') && (nn.touches() || nn.kind == tokString) {
			return codeFair
		}
	case keyBlock:
		if n.is('{') || n.key == keyTest {
			return codeFirm
		}
	case keyValue:
		if n.is('.') && n.touches() && nn.kind == tokWord && nn.touches() {
			return codeFair
		}
		if w.p.is('=') {
			return codeFair
		}
		if w.depth > 0 {
			return codeHint
		}
	case keyPrefix:
		if w.depth > 0 && !(n.kind == tokWord && w.p.kind == tokWord) {
			return codeWeak
		}
	}
	return 0
}

// weighMark weighs a mark by its neighbours.
func (w *codeWindow) weighMark() (int, codeRule) {
	c, p, n, nn := &w.c, &w.p, &w.n, &w.nn
	switch c.mark {
	case '(':
		if n.key == keyFunc || n.touches() && (n.is('{') || n.is('[') || n.is(')') && p.kind == tokWord && c.touches()) {
			return codeFair, ruleScript
		}
	case ')':
		switch {
		case n.touches() && n.is(';'), n.is('{') && p.kind != tokNumber, n.kind == tokOp && n.mark != '/' && n.mark != '-':
			return codeFair, ruleScript
		case n.touches() && n.is('.') && nn.kind == tokWord && nn.touches() && !nn.has(tokForeign) && nn.key == notKey:
			return codeFair, ruleScript
		case n.touches() && n.is('}'), c.touches() && p.kind == tokString && w.depth > 0:
			return codeWeak, ruleScript
		}
	case ',':
		if w.depth > 0 && c.touches() && p.kind == tokString {
			return codeWeak, ruleScript
		}
	case ';':
		return w.weighSemicolon()
	case '{':
		return w.weighBrace()
	case '}':
		switch {
		case p.is(';') || p.is('}') || p.is(')') || p.is('{') || p.kind == tokString:
			return codeFair, ruleScript
		case n.touches() && (n.is(')') || n.is(';') || n.is('}') || n.is(',')):
			return codeFair, ruleScript
		case w.depth > 0:
			return codeWeak, ruleScript
		}
	case '=':
		if (p.kind == tokWord || p.is(']')) && !p.has(tokForeign) && assigns(n) && !(c.touches() && w.pp.is('?')) {
			if n.kind == tokString && c.touches() && n.touches() {
				return codeFirm, ruleMarkup
			}
			return codeFair, ruleScript
		}
	case ':':
		return w.weighColon()
	case '[':
		if n.touches() && (n.kind == tokString || n.is('{') || n.is(']') || n.is('[')) || w.depth > 0 && c.touches() {
			return codeWeak, ruleScript
		}
	case '+':
		if p.kind == tokString || n.kind == tokString {
			return codeWeak, ruleScript
		}
	case '#', '.':
		if w.depth > 0 && c.mark == '#' && n.touches() && (n.kind == tokNumber || n.kind == tokWord) {
			return codeHint, ruleStyle
		}
	case '\\':
		return -2 * codeFair, ruleScript // a formula
	}
	return 0, ruleScript
}

// weighSemicolon weighs a semicolon: in prose it follows a word and a space follows it.
func (w *codeWindow) weighSemicolon() (int, codeRule) {
	c, p, n := &w.c, &w.p, &w.n
	switch {
	case !c.touches():
		return 0, ruleScript
	case p.is(')') || p.is('}') || p.is(']') || p.kind == tokString && w.depth+int(n.gap) > 0:
		return codeFair, ruleScript
	case n.touches() && n.kind != tokEnd || w.depth > 0:
		return codeWeak, ruleScript
	case p.kind == tokNumber || p.kind == tokWord && w.pp.is('='):
		return codeWeak, ruleScript
	}
	return 0, ruleScript
}

// weighBrace weighs an opening brace: in prose a quotation, in a program a block, a rule or an object.
func (w *codeWindow) weighBrace() (int, codeRule) {
	p, n, nn := &w.p, &w.n, &w.nn
	switch {
	case n.kind == tokString && nn.is(':') && !n.has(tokForeign):
		return codeStrong, ruleData
	case (n.kind == tokWord) && !n.has(tokForeign) && nn.is(':') && nn.touches():
		if p.kind == tokWord || p.is('*') || p.is(']') {
			return codeStrong, ruleStyle
		}
		return codeFirm, ruleScript
	case n.is('}') && p.kind == tokWord && !p.has(tokForeign):
		return codeFair, ruleStyle
	case n.is('}') && n.touches():
		return codeWeak, ruleScript
	case n.kind == tokEntity && n.touches() && nn.touches():
		return codeFirm, ruleData
	case p.is(')') || p.key == keyBlock || p.is('=') || p.kind == tokOp || p.is('('):
		return codeFair, ruleScript
	}
	return 0, ruleScript
}

// weighColon weighs a colon after a key.
func (w *codeWindow) weighColon() (int, codeRule) {
	c, p, n, pp := &w.c, &w.p, &w.n, &w.pp
	switch {
	case p.kind == tokEntity && n.kind == tokEntity && c.touches() && n.touches():
		return codeFirm, ruleData
	case p.kind == tokString && c.touches() && !p.has(tokWordy|tokForeign) && (pp.is('{') || pp.is(',')):
		return codeFirm, ruleData
	case p.kind == tokWord && c.touches() && !p.has(tokForeign) && (pp.is('{') || pp.is(';') || pp.is(',') && w.depth > 0):
		if n.kind == tokNumber || n.is('#') || n.kind == tokWord && n.key == notKey {
			return codeFair, ruleStyle
		}
		return codeFair, ruleScript
	}
	return 0, ruleScript
}

// weighOp weighs an operator of more than one mark.
func (w *codeWindow) weighOp() (int, codeRule) {
	switch {
	case w.c.mark == '/':
		if w.c.gap == lineGap && w.n.gap != lineGap && !w.n.has(tokForeign) && w.n.kind != tokOp {
			return codeStrong, ruleScript
		}
		return 0, ruleScript
	case w.c.mark == '<' || w.c.mark == ']':
		return codeSure, ruleScript
	case w.c.end-w.c.start == 3 && w.c.mark == '-':
		return codeFirm, ruleScript
	case w.p.has(tokForeign) || w.n.has(tokForeign):
		return 0, ruleScript
	case w.c.mark == '=' && (w.c.gap == lineGap || w.n.gap == lineGap):
		return 0, ruleScript // a heading between rules
	case w.depth == 0 && w.p.plain() && w.n.plain():
		return codeHint, ruleScript
	}
	return codeFirm, ruleScript
}

// weighEntity weighs a character entity, which may stand for a quote.
func (w *codeWindow) weighEntity() int {
	c, p := &w.c, &w.p
	switch {
	case c.touches() && p.is('(') && p.touches() && w.pp.kind == tokWord && !w.pp.has(tokForeign):
		return codeFair
	case w.depth > 0 && (c.touches() || w.n.touches()):
		return codeHint
	}
	return 0
}

// weighString weighs a string by how it is held.
func (w *codeWindow) weighString() (int, codeRule) {
	c, p := &w.c, &w.p
	switch {
	case c.touches() && p.is('(') && p.touches() && w.pp.kind == tokWord && !w.pp.has(tokForeign):
		return codeFair, ruleScript
	case p.is('=') && w.pp.kind == tokWord && !w.pp.has(tokForeign):
		return codeWeak, ruleScript
	case c.touches() && p.kind == tokMark && !c.has(tokWordy|tokForeign) && (p.mark == '(' || p.mark == '[' || p.mark == '='):
		return codeWeak, ruleScript
	case w.depth > 0:
		return codeHint, ruleScript
	case c.has(tokWordy | tokForeign):
		return pairCost, ruleScript
	}
	return 0, ruleScript
}
