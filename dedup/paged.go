package dedup

// paged is a list that grows by pages, so that growing copies nothing and costs no more than it holds.
type paged[T any] struct {
	pages [][]T
	n     int
}

const pageBits = 12

func (p *paged[T]) add(v T) {
	last := p.n >> pageBits
	if last == len(p.pages) {
		p.pages = append(p.pages, make([]T, 0, 1<<pageBits))
	}
	p.pages[last] = append(p.pages[last], v)
	p.n++
}

func (p *paged[T]) len() int { return p.n }

func (p *paged[T]) at(i uint32) *T { return &p.pages[i>>pageBits][i&(1<<pageBits-1)] }

// pagedOf returns a list of the values.
func pagedOf[T any](values ...T) *paged[T] {
	p := new(paged[T])
	for _, v := range values {
		p.add(v)
	}
	return p
}
