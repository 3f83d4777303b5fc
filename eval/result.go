package eval

// Options say what is compared and how it is told.
type Options struct {
	Gold   string   // file of labels
	Run    string   // folder of a run
	Kinds  []string // of leftovers that are wanted and counted; nil = DefaultKinds
	Unsure bool     // borderline labels (sure 0) count too
	Errors int      // how many mistakes are listed
	Seed   uint64   // of the draws that intervals come from
}

// Result is how a run stands against labels.
type Result struct {
	What     string    `json:"what"` // pairs, spans, documents or clusters
	Labels   Labels    `json:"labels"`
	Sections []Section `json:"sections"`
	Facts    []Fact    `json:"facts,omitempty"`
	Mistakes int       `json:"mistakes"` // in all
	Errors   []Mistake `json:"errors,omitempty"`

	errors int // most that are kept
}

// Section is a table of figures.
type Section struct {
	Name    string    `json:"name"`
	About   string    `json:"about"`
	Asks    string    `json:"asks"` // which figures mean something here: all, precision or recall
	Classes []Figures `json:"classes"`
}

// Fact is a number that is no rate of judgements.
type Fact struct {
	Name  string `json:"name"`
	Value Number `json:"value"`
	Of    int    `json:"of,omitempty"` // of how many, if Value counts some
}

// Mistake is a judgement that the label does not share.
type Mistake struct {
	Kind  string   `json:"kind"` // wrong or missed
	Label string   `json:"label"`
	Said  string   `json:"said"`
	IDs   []string `json:"ids"`
	Where []string `json:"where"`           // files and lines
	Start int      `json:"start,omitempty"` // of a stretch of the text, in code points
	End   int      `json:"end,omitempty"`
	Texts []string `json:"texts,omitempty"` // the stretch, or the beginnings of the texts
}

func (r *Result) mistake(m Mistake) {
	if r.Mistakes++; len(r.Errors) < r.errors {
		for i, s := range m.Texts {
			m.Texts[i] = excerpt(s)
		}
		r.Errors = append(r.Errors, m)
	}
}

func (r *Result) section(t *Table, seed uint64, name, asks, about string, classes ...string) {
	if len(classes) > 0 {
		r.Sections = append(r.Sections, Section{name, about, asks, t.Figures(seed, classes...)})
	}
}

const excerptLength = 160

// excerpt is the beginning of a text.
func excerpt(s string) string {
	if runes := []rune(s); len(runes) > excerptLength {
		return string(runes[:excerptLength]) + " …"
	}
	return s
}
