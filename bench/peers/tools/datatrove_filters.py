from common import *
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from datatrove.utils.typeshelper import Languages

# what FineWeb-2 calls them with: fineweb-2-pipeline.py and configs/arb_Arab.yml of huggingface/fineweb-2@05e6729
repetition = (GopherRepetitionFilter, dict(
    dup_para_frac=0, dup_line_char_frac=0, dup_para_char_frac=0, dup_line_frac=0.304,
    top_n_grams=((2, 0.197), (3, 0.172), (4, 0.146)),
    dup_n_grams=((5, 0.165), (6, 0.153), (7, 0.142), (8, 0.131), (9, 0.12), (10, 0.109))))
fineweb = (FineWebQualityFilter, dict(short_line_thr=999, char_duplicates_ratio=0.1, line_punct_thr=0.143, new_line_ratio=0.189))
gopher = (GopherQualityFilter, dict(
    max_avg_word_length=9, min_avg_word_length=2, max_non_alpha_words_ratio=0.787, min_stop_words=2,
    stop_words="، في من على إلى عام أن مع أو هو عن التي كان بين ما كانت هي المتحدة بعد".split()))
chains = {
    "gopher-repetition": [(GopherRepetitionFilter, {})],
    "gopher-quality": [(GopherQualityFilter, {})],
    "fineweb": [(FineWebQualityFilter, {})],
    "c4": [(C4QualityFilter, {})],
    "c4-english": [(C4QualityFilter, dict(language=Languages.english))],
    "c4-lines": [(C4QualityFilter, dict(min_num_sentences=-1, filter_curly_bracket=False))],
    "fineweb2-arabic": [repetition, fineweb, gopher],
    "fineweb2-arabic-trimmed": [repetition, fineweb, gopher],
    "fineweb2-arabic-repetition": [repetition],
    "fineweb2-arabic-fineweb": [fineweb],
    "fineweb2-arabic-gopher": [gopher],
}


def trimmed(text):
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def main():
    lines, ids, texts = read()
    if setting.endswith("-trimmed"):
        texts = [trimmed(text) for text in texts]
    # a task reads whole files: two files for two cores
    (folder / "in").mkdir()
    for half in range(2):
        with open(folder / "in" / f"{half}.jsonl", "w") as f:
            f.writelines(json.dumps({"id": i, "text": t}) + "\n" for i, t in zip(ids[half::2], texts[half::2]))
    at = lambda name: str(folder / name)
    steps = [
        filter(**{"language": "arb_Arab", **settings}, exclusion_writer=JsonlWriter(at(f"removed/{n}"), compression=None))
        for n, (filter, settings) in enumerate(chains[setting])
    ]
    pipeline = [JsonlReader(at("in")), *steps, JsonlWriter(at("kept"), compression=None)]
    LocalPipelineExecutor(pipeline, tasks=2, workers=2, logging_dir=at("log")).run()
    records = lambda name: (json.loads(line) for file in sorted((folder / name).rglob("*.jsonl")) for line in open(file))
    write_texts((r["id"], r.get("text", "")) for r in records("kept"))  # a text of which nothing is left has no field
    write_table("dropped.tsv", ((r["id"], r.get("metadata", {}).get("filter_reason", "")) for r in records("removed")))


if __name__ == "__main__":
    main()
