// Package quality finds what does not belong in a text, and judges what is left.
//
// Three separate things, never mixed. Repairs are spans to cut out of a good document, or to put other characters in the place of, each
// with its kind and the rule that found it. Signals are numbers about a document, with the field's names. Verdicts drop a document:
// rules over signals, from a named preset, each with its threshold.
//
// A [Cleaner] does all of it, one document after another.
package quality
