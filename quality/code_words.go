package quality

// codeWord is a word of a programming language, by what it asks of its neighbours.
type codeWord uint8

const (
	notKey    codeWord = iota
	keyDecl            // var x
	keyFunc            // function (
	keyTest            // if (
	keyBlock           // try {
	keyValue           // null
	keyPrefix          // return x
)

// maxCodeWord is the length of the longest word in codeWords.
const maxCodeWord = 10

// codeWords are the words of JavaScript that carry weight. Many are English too: none weighs without its neighbours.
var codeWords = map[string]codeWord{
	"var": keyDecl, "let": keyDecl, "const": keyDecl,
	"function": keyFunc,
	"if":       keyTest, "for": keyTest, "while": keyTest, "switch": keyTest, "catch": keyTest,
	"try": keyBlock, "else": keyBlock, "finally": keyBlock, "do": keyBlock,
	"null": keyValue, "undefined": keyValue, "true": keyValue, "false": keyValue, "this": keyValue, "window": keyValue,
	"document": keyValue, "break": keyValue,
	"return": keyPrefix, "new": keyPrefix, "typeof": keyPrefix, "case": keyPrefix, "in": keyPrefix, "async": keyPrefix, "instanceof": keyPrefix,
	"delete": keyPrefix, "await": keyPrefix, "void": keyPrefix, "throw": keyPrefix,
}

// cssWords are the elements of HTML and the words of a rule's head that may stand side by side in front of a block of CSS.
var cssWords = map[string]struct{}{
	"a": {}, "abbr": {}, "address": {}, "and": {}, "article": {}, "aside": {}, "audio": {}, "b": {}, "blockquote": {}, "body": {}, "br": {},
	"button": {}, "caption": {}, "center": {}, "cite": {}, "code": {}, "col": {}, "colgroup": {}, "dd": {}, "del": {}, "div": {},
	"dl": {}, "dt": {}, "em": {}, "embed": {}, "fieldset": {}, "figcaption": {}, "figure": {}, "font": {}, "footer": {}, "form": {},
	"from": {}, "h1": {}, "h2": {}, "h3": {}, "h4": {}, "h5": {}, "h6": {}, "head": {}, "header": {}, "hr": {}, "html": {}, "i": {}, "iframe": {},
	"img": {}, "input": {}, "ins": {}, "label": {}, "legend": {}, "li": {}, "link": {}, "main": {}, "meta": {}, "nav": {}, "noscript": {},
	"not": {}, "object": {}, "ol": {}, "only": {}, "option": {}, "p": {}, "param": {}, "path": {}, "picture": {}, "pre": {}, "print": {}, "q": {},
	"s": {}, "screen": {}, "script": {}, "section": {}, "select": {}, "small": {}, "source": {}, "span": {}, "strong": {}, "style": {}, "sub": {},
	"sup": {}, "svg": {}, "table": {}, "tbody": {}, "td": {}, "textarea": {}, "tfoot": {}, "th": {}, "thead": {}, "time": {}, "title": {}, "to": {},
	"tr": {}, "u": {}, "ul": {}, "video": {}, "all": {}, "circle": {}, "rect": {}, "g": {}, "use": {}, "polygon": {},
}

// cssWord says whether s is one of cssWords, in any case.
func cssWord(s string) bool {
	var low [12]byte
	if len(s) > len(low) {
		return false
	}
	for i := range len(s) {
		low[i] = s[i]
		if codeClass[s[i]]&ccUpper != 0 {
			low[i] += 'a' - 'A'
		}
	}
	_, ok := cssWords[string(low[:len(s)])]
	return ok
}
