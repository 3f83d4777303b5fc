// Package report holds what a run did, as data ([Report], written as report.json) and as a page for the terminal
// ([Report.Summary]). It knows nothing of how the work was done.
//
// The names in report.json are stable; docs/FORMAT.md lists them. All of it depends on the input and the options alone, but for
// the part "run".
package report
