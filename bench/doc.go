// Package bench measures what each stage of a deduplication costs, on a real corpus, beside the floor that no way of doing the
// stage can be expected to beat by much.
//
// The model. A stage takes in what the stage before it gives, is timed alone on the whole corpus, and reports three figures: MB/s
// of the bytes that it takes in, docs/s, and allocations. The bytes differ from stage to stage, so shares of a run are compared
// by time or by docs/s. Beside impl=own stands impl=floor, the least work that touches the same bytes in the same way:
//
//	benchmark   stage                                        bytes           floor
//	Read        cut files into chunks of whole lines         files           read the files
//	Scan        validate lines, find the fields              lines           utf8.Valid
//	Decode      undo the escapes of the texts                text values     memory copy
//	Fold        fold the texts for comparison                texts           utf8.Valid
//	Shingle     hash all shingles                            folded texts    one XXH64 of each text
//	Sketch      Batch.Add: fold, shingle, sketch, sample     texts           one XXH64 of each text
//	Run         Deduper.Run: propose, verify, decide         folded texts    one XXH64 of each text
//	Compare     exact measures of each related pair          both texts      one XXH64 of each text
//	Find        end to end in memory: dedup.Find             texts           one XXH64 of each text
//	Write       copy lines to kept/ and removed/             lines           write the same bytes in chunks
//	Job         end to end on disk: job.Dedup                unpacked files  read and unpack the files once
//	Finders     each finder of leftovers, each part alone    texts           utf8.Valid
//	Clean       a whole quality.Cleaner                      texts           utf8.Valid
//	Repair      cut what was found out of the lines          repaired lines  memory copy
//	Learn       count what recurs, make a profile            texts           utf8.Valid
//	CleanJob    end to end on disk: job.Clean                unpacked files  read the files once
//
// Scan may be under its floor: it checks UTF-8 in its own way, which on Arabic is faster than utf8.Valid. Shingle has a third way,
// impl=plain: the XXH64 library called for every shingle. Job and Clean have impl=masked: what the
// command dedup does, which compares texts without what a page added. Stages up to Sketch, and Find before its Run, use one core; Run and
// Job use all (-cpu sets how many). Files lie in the page cache; Job writes its output to the folder for temporary files.
// Run, Find and Job also report how many documents were removed: a run that got faster by finding less is not faster.
//
// What stands inside Run is not exported: BenchmarkStages of package dedup takes proposing, verifying and deciding one by one.
// Packages have benchmarks of their own for single functions on made-up text.
//
// Beside this package: generate makes corpora of any size with known duplicates, run measures whole runs of the binary beside gzip, and
// their memory (docs/PERFORMANCE.md), truth finds all pairs by exhaustive search.
//
// # Running
//
//	go test ./bench -run '^$' -bench .                                       the bundled corpus, a first look
//	go test ./bench -run '^$' -bench . -count 6 -corpus FILE > new.txt       any JSONL file or folder
//	go test ./bench -run '^$' -bench 'Job/codec=plain' -corpus FILE          one stage
//
// The text is the field "text". A relative FILE counts from the root of the checkout. It may be packed; it is measured unpacked but
// where the benchmark says otherwise. The bundled corpus has 201 articles: its figures hold start-up costs and are not those of
// a real corpus.
//
// # Comparing
//
//	go run golang.org/x/perf/cmd/benchstat@latest old.txt new.txt            two commits
//	go run golang.org/x/perf/cmd/benchstat@latest -col /impl new.txt         stages against their floors
//	go run golang.org/x/perf/cmd/benchstat@latest -col /codec -filter .name:Job new.txt
//
// Compare only runs of one machine, one after the other, with nothing else running; between machines only ratios hold. The name of
// the corpus is among the configuration lines, so benchstat puts different corpora into different tables.
// Raw results are kept in bench/results.
package bench
