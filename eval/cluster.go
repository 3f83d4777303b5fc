package eval

import (
	"math"
	"math/big"
)

// Clustering says of each item which cluster it is in. What the clusters are called does not matter.
type Clustering []string

// BCubed returns the B-cubed precision, recall and F1 of a clustering against the right one, of the same items in the same order (A. Bagga and
// B. Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", COLING-ACL 1998; of the measures for clusterings that E. Amigó
// et al. compare, "A comparison of extrinsic clustering evaluation metrics based on formal constraints", Information Retrieval 12, 2009,
// the one that meets all constraints). Precision is the mean, over items, of the share of the items in its cluster that belong to it; recall of
// the share of the items that belong to it that are in its cluster; an item belongs to itself. NaN of no items.
func BCubed(right, said Clustering) (precision, recall, f1 float64) {
	cells, rights, saids := contingency(right, said)
	p, r := map[int]int64{}, map[int]int64{} // squares of cells by the size of the cluster: few sizes, so that the sum of fractions is exact
	for cell, n := range cells {
		p[saids[cell[1]]] += int64(n) * int64(n)
		r[rights[cell[0]]] += int64(n) * int64(n)
	}
	precision, recall = meanOfShares(p, len(right)), meanOfShares(r, len(right))
	return precision, recall, 2 * precision * recall / (precision + recall)
}

// meanOfShares is the sum of squares/size by size, divided by the number of items, rounded once.
func meanOfShares(squares map[int]int64, items int) float64 {
	if items == 0 {
		return math.NaN()
	}
	sum := new(big.Rat)
	for _, size := range sortedKeys(squares) {
		sum.Add(sum, big.NewRat(squares[size], int64(size)))
	}
	f, _ := sum.Quo(sum, big.NewRat(int64(items), 1)).Float64()
	return f
}

// AdjustedRand returns the Rand index adjusted for chance (L. Hubert and P. Arabie, "Comparing Partitions", Journal of Classification 2, 1985): 1 for the
// same clustering, about 0 for an independent one. It counts pairs of items. Two equal clusterings have 1 also where nothing can be
// expected by chance: all items alone or all together, or fewer than two of them.
func AdjustedRand(right, said Clustering) float64 {
	cells, rights, saids := contingency(right, said)
	together := squaresOf(cells)                           // ordered pairs together in both, each item with itself included
	inRight, inSaid := squaresOf(rights), squaresOf(saids) // together in the one, in the other
	items := int64(len(right))
	both := together - items                                 // ordered pairs of two items together in both,
	onlyRight, onlySaid := inRight-together, inSaid-together // in one alone,
	neither := items*items - together - onlyRight - onlySaid // in none
	if onlyRight == 0 && onlySaid == 0 {
		return 1
	}
	// 2(both·neither - onlyRight·onlySaid) / ((both+onlyRight)(onlyRight+neither) + (both+onlySaid)(onlySaid+neither))
	above := new(big.Int).Sub(product(both, neither), product(onlyRight, onlySaid))
	below := new(big.Int).Add(product(both+onlyRight, onlyRight+neither), product(both+onlySaid, onlySaid+neither))
	f, _ := new(big.Rat).SetFrac(above.Lsh(above, 1), below).Float64()
	return f
}

func product(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }

func squaresOf[K comparable](m map[K]int) (sum int64) {
	for _, n := range m {
		sum += int64(n) * int64(n)
	}
	return sum
}

// contingency counts the items by their two clusters, and those of each cluster.
func contingency(right, said Clustering) (cells map[[2]string]int, rights, saids map[string]int) {
	cells, rights, saids = map[[2]string]int{}, map[string]int{}, map[string]int{}
	for i := range right {
		cells[[2]string{right[i], said[i]}]++
		rights[right[i]]++
		saids[said[i]]++
	}
	return cells, rights, saids
}
