// Package quality finds what does not belong in a text, and judges what is left.
//
// Three separate things, never mixed. Repairs are spans to cut out of a good document, each with its kind, the rule that found it and
// the evidence. Signals are numbers about a document, with the field's names. Verdicts drop a document: rules over signals, from
// a named preset, each with its threshold.
package quality
