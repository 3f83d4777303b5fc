package report

// What tests outside of the package need: those of whole runs import package job, which imports this one.

// BriefAgrees compares the fast way to read a decision with the plain one; false if the fast one does not go through.
var BriefAgrees = sameBrief
