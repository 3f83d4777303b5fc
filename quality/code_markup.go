package quality

import "strings"

// Bounds on what may stand between the marks of a construct; longer ones are no such construct.
const (
	maxTag         = 2 << 10
	maxPlaceholder = 96
	maxTemplate    = 256
	maxEntity      = 10
	maxHidden      = 256 << 10 // a comment, or what stands between <script> and </script>
)

// scanAngle reads a tag or comment of HTML.
func (l *codeLexer) scanAngle(t *codeToken) {
	s, i := l.text, t.start
	rest := s[i:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		t.kind, t.end = tokOp, i+4
		if end := l.find(closeHTML, i+4); end > 0 && end-i < maxHidden {
			t.kind, t.end = tokComment, end
		}
	case strings.HasPrefix(rest, "<![CDATA["):
		t.kind, t.end = tokOp, i+9
	case strings.HasPrefix(rest, "<%"):
		if k := strings.Index(rest[:min(len(rest), maxTemplate)], "%>"); k > 0 {
			t.kind, t.end = tokHold, i+k+2
		}
	case strings.HasPrefix(rest, "<!]]>"):
		t.kind, t.end = tokOp, i+5
	default:
		if end, flags, ok := tagEnd(s, i); ok {
			t.kind, t.end, t.flags = tokTag, end, flags
			l.swallow(t)
			return
		}
		l.scanOp(t)
	}
}

// swallow extends an opening tag of a script or style to its closing tag.
func (l *codeLexer) swallow(t *codeToken) {
	end := -1
	switch rest := l.text[t.start+1 : t.end]; {
	case strings.HasPrefix(rest, "script"):
		end = l.find(closeScript, t.end)
	case strings.HasPrefix(rest, "style"):
		end = l.find(closeStyle, t.end)
	}
	if end < 0 || end-t.start > maxHidden {
		return
	}
	if end < len(l.text) && l.text[end] == '>' {
		end++
	}
	t.end = end
	t.flags |= tokAttrs
}

// tagEnd returns the end of the tag that starts at s[i]: an element of HTML, or any name with attributes.
func tagEnd(s string, i int) (end int, flags uint8, ok bool) {
	j := i + 1
	closing := j < len(s) && s[j] == '/'
	if closing {
		j++
	}
	k := j
	for k < len(s) && k-j < 24 && (codeClass[s[k]]&ccName != 0 || k > j && (s[k] == '-' || s[k] == ':')) {
		k++
	}
	if k == j || k == len(s) || codeClass[s[j]]&ccLetter == 0 {
		return 0, 0, false
	}
	known := cssWord(s[j:k])
	limit := min(len(s), i+maxTag)
	for end = k; end < limit && s[end] != '>' && s[end] != '<'; end++ {
	}
	if end >= limit || s[end] != '>' {
		return 0, 0, false
	}
	body := s[k:end]
	switch {
	case body == "" && (known || closing && known):
	case strings.HasSuffix(body, "/") && known:
		flags = tokAttrs
	case codeClass[s[k]]&ccSpace != 0 && (strings.IndexByte(body, '=') >= 0 || known && (strings.TrimSpace(body) == "" || strings.Contains(body, " data-"))):
		flags = tokAttrs
	default:
		return 0, 0, false
	}
	return end + 1, flags, true
}

// entityLen returns the length of the character entity that s starts with, or 0.
func entityLen(s string) int {
	i := 1
	if i < len(s) && s[i] == '#' {
		i++
	}
	for i < len(s) && i < maxEntity && codeClass[s[i]]&ccName != 0 {
		i++
	}
	if i < 3 || i == len(s) || s[i] != ';' {
		return 0
	}
	return i + 1
}

// placeholders are the marks that template languages put around a name.
var placeholders = [...]struct{ open, close string }{{"{{{", "}}}"}, {"{{", "}}"}, {"{%", "%}"}, {"${", "}"}, {"[/", "]"}}

// placeholderLen returns the length of the placeholder that s starts with, or 0. It holds ASCII only, and a name: people put
// double braces around words too.
func placeholderLen(s string) int {
	if s[0] == '[' && len(s) > 1 && codeClass[s[1]]&ccLetter != 0 {
		return shortcodeLen(s)
	}
	for _, p := range placeholders {
		if !strings.HasPrefix(s, p.open) {
			continue
		}
		body := s[len(p.open):min(len(s), maxPlaceholder)]
		k := strings.Index(body, p.close)
		if k <= 0 || !isTemplateName(body[:k]) {
			return 0
		}
		return len(p.open) + k + len(p.close)
	}
	return 0
}

// shortcodeLen returns the length of the short code with attributes, [name key="value"], that s starts with, or 0.
func shortcodeLen(s string) int {
	body := s[:min(len(s), maxTemplate)]
	k := strings.IndexAny(body, "]\n")
	if k < 0 || body[k] == '\n' {
		return 0
	}
	eq := strings.IndexByte(body[:k], '=')
	if eq < 0 || codeClass[body[eq-1]]&ccName == 0 || strings.IndexByte("\"'", body[eq+1]) < 0 || strings.IndexByte(body[:eq], ' ') < 0 {
		return 0
	}
	return k + 1
}

// isTemplateName says whether s looks like what stands in a placeholder: letters, dots, filters, but no sentence.
func isTemplateName(s string) bool {
	letters, spaces := 0, 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 0x7f || c == '\n' || c == '{' || c == '}' || c == '\\' || c == ';' || c == ':':
			return false
		case codeClass[c]&ccLetter != 0:
			letters++
		case c == ' ':
			spaces++
		}
	}
	return letters > 0 && spaces <= 6
}
