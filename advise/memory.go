package advise

import "runtime"

// holdings are the bytes of what a run over the whole corpus holds, by store; what passes a store's share of the memory allowed lies in a
// temporary file.
type holdings struct {
	fixed int64   // by document, not to be moved
	read  []int64 // while documents are read: texts, keys of bands, keys of samples, places
	meet  []int64 // while they are compared: who met, what is to be verified
	learn int64   // of clean: counts of what recurs, before documents are read
	works int64   // work space of the goroutines, by the longest text
}

// Sizes in bytes. The first four are of the types that package dedup keeps; docs/DESIGN.md describes them.
const (
	perDocument = 64
	perKey      = 12
	perMeeting  = 8
	perPair     = 40
	perPlace    = 24 // line and id, packed; and the id's count
	slackStore  = 2 << 20

	program     = 30 << 20 // the program, its tables, chunks under way
	learned     = 32 << 20 // counts of what recurs, on news: see package recur
	garbage     = .45      // the collector lets the heap grow by half,
	leastWaste  = 32 << 20 // and by this much where that is more: cmd/corpusctl/garbage.go
	tableWork   = 10       // by byte of the longest text, of each goroutine: tables of its shingles
	cleanTables = 12 << 20 // of clean: phrases, classes of characters
	cleanWork   = 25       // the same of clean: words, lines, marks
)

// holdings counts what a run holds.
func (s *subject) holdings(t *trial, f factors, candidates float64) holdings {
	folded := int64(0)
	for _, text := range s.folded {
		folded += int64(len(text))
	}
	scale := func(n int, by float64) int64 { return int64(float64(n) * by) }
	st := t.stats
	h := holdings{
		fixed: int64(s.Read) * perDocument,
		read: []int64{
			scale(int(folded), f.texts), scale(st.BandKeys*perKey, f.texts) + slackStore, scale(st.SampleKeys*perKey, f.texts) + slackStore,
			int64(s.Read) * perPlace,
		},
		meet:  []int64{int64(candidates * perMeeting * 2), int64(candidates * perPair)},
		works: int64(s.workers() * s.Longest * tableWork),
	}
	if t.command == "clean" {
		h.learn, h.works = min(learned, s.TextBytes), cleanTables+int64(s.workers()*s.Longest*cleanWork)
	}
	return h
}

// workers is the number of goroutines of a run.
func (s *subject) workers() int {
	if s.opt.Workers > 0 {
		return s.opt.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// peak returns the memory and the room for temporary files that a run takes which may use so many bytes; 0 is no limit.
func (h holdings) peak(memory int64) (peak, temporary int64) {
	sum := func(stores []int64, share int64) int64 {
		held := int64(0)
		for _, n := range stores {
			if memory > 0 && n > share {
				temporary += n
				n = share
			}
			held += n
		}
		return held
	}
	allowed := memory - 64<<20
	live := h.fixed + max(sum(h.read, allowed/12), h.learn) + sum(h.meet, allowed/36)
	waste := max(int64(garbage*float64(live)), min(leastWaste, live)) // a small run makes no more garbage than it has held
	peak = program + live + waste + h.works
	if memory > 0 {
		peak = min(peak, memory)
	}
	return peak, temporary
}
