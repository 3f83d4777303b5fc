// Package arabic folds Arabic text, and whatever stands between it, to the form in which two texts are compared.
//
// Folding takes away how a word was typed and keeps which word it is. The result is words of letters and digits with exactly
// one ASCII space between them and none at the ends. It is never shown or written out in place of the text.
//
// # What folding does
//
//  1. Compatibility forms are opened (Unicode NFKD): presentation forms, lam-alef ligatures, ﷺ and ﷼, full-width and
//     mathematical letters, ², ½. The word signs that Unicode leaves closed, ﷽ and the honorifics of U+FD40 to U+FDFF, are
//     written out as words.
//  2. Deleted, with no space left: tatweel, harakat, Quranic marks, the small waw and ya (U+06E5, U+06E6), and every format
//     character: marks of direction, zero-width joiners, soft hyphen, BOM.
//  3. Letters are united: آ أ إ ٱ ٲ ٳ to ا, ى ئ ی ۍ ې ے to ي, ؤ to و, ک ڪ to ك, ة ھ ہ ۂ ۀ ە ۃ to ه, ς to σ. ء stands, and
//     so do پ چ گ ڤ and every other letter.
//  4. Every decimal digit of every script becomes ASCII.
//  5. Letters are lower-cased and composed (NFC): é stays é, however it was typed. Any other combining mark that found no
//     letter to compose with is deleted, in every script.
//  6. All else is a space: punctuation, symbols, controls, white space, U+FFFD, bytes that are not UTF-8. Spaces in a row are one.
//
// # Decisions
//
// ٫ and ٬ between digits are a space, as . and , are, so that ٢٢٫٤ and 22.4 agree.
//
// The isolated harakat (U+FE70, U+FC5E and their kin) are a space and a haraka to Unicode (NFKC), and so they are here: a
// space. In the evaluation corpora a space before a haraka is nearly always a true border between words (أيضا ًمن), and an
// isolated haraka never stands inside a word; deleting both would join words, and telling them apart would make the result
// depend on the normal form of the input. Those with a tatweel (U+FE71, U+FCF2) are deleted.
//
// A word sign joins the word that it is typed against, as NFKC has it.
//
// Vowel signs of Indic and South-East Asian scripts are combining marks and are deleted with the rest: their texts are compared
// by consonants, as vocalised Arabic is.
//
// # What holds
//
// For every x: Fold(Fold(x)) = Fold(x). For every x in UTF-8: Fold of the NFC, NFD, NFKC and NFKD of x is Fold(x). One code
// point gives at most [MaxExpansion]. No input panics. The tests prove each against a reference written apart from this code.
//
// # How
//
// Arabic takes two bytes in UTF-8, and one table of two-byte characters says what each becomes (fold.go, table.go). A
// character that the tables do not settle alone, such as a combining mark that may compose with the letter before it, goes
// with that letter through the full definition, character by character (slow.go). The tables are computed from that definition
// when the program starts, so the two cannot drift apart.
//
// The character data are those of the Go release and of golang.org/x/text (Unicode 15.0 with Go 1.26): a character assigned
// later is no letter yet, hence a space.
//
// Normal forms: Unicode Standard Annex #15. The rules of the folding: the union of the Lucene and bleve, CAMeL Tools, PyArabic,
// Maha, tnkeeh and charabia normalisers where they agree; testdata/folding.tsv says where it differs from one of them, and why.
package arabic

// FoldVersion names the folding. Texts or hashes folded under different versions must not be compared; reports and indexes
// carry it.
const FoldVersion = "1"

// MaxExpansion is the most code points that one code point folds to: U+FD4C, sallallahu alayhi wa-aalihee wa-sallam, has 23
// with its spaces (U+FDFD, the basmala, 22; U+FDFA 18). All but a few hundred rare characters fold to one or none.
const MaxExpansion = 23
