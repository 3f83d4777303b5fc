// Package recur finds the furniture of a site by its recurrence: what stands at the same place in many articles of one source is not
// their prose, whatever it says.
//
// Three steps. A Counter reads the corpus once and counts, for each source, the units of the texts (lines, and sentences within lines) and
// the first words of units, digits masked. Profile judges the counts: place, share of the source's articles, variety of what stands
// before and after, number of sources that have it. The profile is a file that a person can read and edit; its Append finds
// the spans in a text.
//
// # What is furniture
//
//   - It keeps its place: the foot of an article, or its head. A subtitle of a column stands anywhere.
//   - It stands beside different neighbours. A sentence that always follows the same sentence was copied with it; a text
//     that shares more than half its long units with one earlier text is a copy and is not counted.
//   - It belongs to one source. A closing formula of the language is found in many; it is left alone unless it is the habit of the
//     source (a fifth of its articles).
//   - It has a share. What is short and rare (names of regular authors, their closings, subtitles) is at most marked, as a byline or
//     other, kinds that are not cut by default.
//
// Words that speak of furniture ("follow", "tags", "all rights") choose its kind, and let it be believed at a lower share; none makes
// furniture by itself.
//
// # Sentences of other stories
//
// Some sites print the first sentences of other stories below an article, unmarked. On a given day the same sentence then ends several
// articles, each time after another one. It is told from background that a newsroom repeats by three things: it stands nowhere
// else, it does not go on from what stands before it ("and", "it is recalled that"), and a fair share of the source's articles have one.
// How many lines such a list has is learned too, so that one sentence that recurs finds its neighbours that do not.
//
// # Cost
//
// Time is linear in the length of the texts, whatever they hold. In multiples of utf8.Valid of the same news: filling batches 0.75, counting
// them 0.7, finding spans 0.4 (go test -bench News). The fold of all units is the greatest part of the first, memory that is not in the
// cache of the second, cutting a text into units of the third.
//
// A lead that no text had before is kept with all longer ones of its unit, which no text had either: more than half of all leads are never looked up.
// A Counter keeps 40 bytes for each unit, and each such row of leads, that was seen once, 8 for each lead in it, 104 for one seen again, up to 8 to
// find it, and words and an example of those in two texts: about 32 MiB in all on news, and nothing for each text. Numbers of keys, bytes of words and sources have a bound each, at which the rarest go; since only
// the texts and their order decide when, the profile depends on nothing else.
package recur
