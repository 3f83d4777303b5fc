from common import *
import subprocess

# configs/dolma-v1_5/mixing/cc-head.yaml of allenai/dolma@2daae12: what its mix of Common Crawl excludes by the Gopher tagger
gopher = ["word_count < 50", "word_count > 100000", "median_word_length < 3", "median_word_length > 10", "symbol_to_word_ratio > 0.1",
          "fraction_of_words_with_alpha_character < 0.8", "fraction_of_lines_starting_with_bullet_point > 0.9",
          "fraction_of_lines_ending_with_ellipsis > 0.3", "fraction_of_duplicate_lines > 0.3", "fraction_of_characters_in_duplicate_lines > 0.3"]
gopher += [f"fraction_of_characters_in_most_common_{n}gram > {x}" for n, x in ((2, 0.2), (3, 0.18), (4, 0.16))]
gopher += [f"fraction_of_characters_in_duplicate_{n}grams > {x}" for n, x in ((5, 0.15), (6, 0.14), (7, 0.13), (8, 0.12), (9, 0.11), (10, 0.1))]
exclude, cut = [], []
if setting == "gopher":
    tagger, exclude = "gopher_v1", gopher + ["required_word_count < 2"]  # English words
elif setting == "gopher-any-language":
    tagger, exclude = "gopher_v1", gopher
elif setting == "c4":
    tagger, cut = "c4_v2", ["lines_with_no_ending_punctuation"]
elif setting == "c4-flags":
    tagger, exclude = "c4_v2", ["has_curly_brace > 0", "has_lorem_ipsum > 0", "has_javascript > 0", "has_naughty_word > 0"]
else:
    tagger, cut = "not_alphanum_paragraph_v1", ["all_punct"]


def excluded(rule):
    name, op, threshold = rule.split()
    name = f"@.rules__{tagger}__{name}"
    return f"$.attributes[?({name} && {name}[0] && {name}[0][2] {op} {threshold})]"


lines, ids, texts = read()
documents = folder / "documents"
documents.mkdir()
with open(documents / "0.jsonl", "w") as f:
    f.writelines(json.dumps({"id": i, "source": "corpus", "text": t}) + "\n" for i, t in zip(ids, texts))
dolma = str(Path(sys.executable).parent / "dolma")
subprocess.run([dolma, "tag", "--documents", str(documents / "*.jsonl"), "--taggers", tagger, "--experiment", "rules", "--processes", "2"], check=True)
stream = {"name": "kept", "documents": [str(documents / "*.jsonl")], "attributes": ["rules"], "output": {"path": str(folder / "mix")}}
if exclude:
    stream["filter"] = {"include": [], "exclude": [excluded(rule) for rule in exclude]}
if cut:
    stream["span_replacement"] = [{"span": f"$.attributes.rules__{tagger}__{name}", "min_score": 0.5, "replacement": ""} for name in cut]
work = {"input": str(folder / "work-in"), "output": str(folder / "work-out")}
(folder / "mix.json").write_text(json.dumps({"streams": [stream], "processes": 2, "work_dir": work}))
subprocess.run([dolma, "-c", str(folder / "mix.json"), "mix"], check=True)
import gzip
opened = lambda file: gzip.open(file, "rt") if file.suffix == ".gz" else open(file)
write_texts((r["id"], r["text"]) for file in sorted((folder / "mix").iterdir()) for r in map(json.loads, opened(file)))
