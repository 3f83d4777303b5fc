from common import *
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.typeshelper import Languages


def main():
    language = Languages.english if setting == "documented" else "arb_Arab"
    config = MinhashConfig(hash_config=HashConfig(precision=64), n_grams=2 if setting == "tuned" else 5, num_buckets=14, hashes_per_bucket=8)
    # a task reads whole files: two files for two cores
    lines, ids, _ = read()
    (folder / "in").mkdir()
    for half in range(2):
        with open(folder / "in" / f"{half}.jsonl", "wb") as f:
            f.writelines(lines[half::2])
    reader = lambda: JsonlReader(str(folder / "in"))
    at = lambda name: str(folder / name)
    stages = [
        (2, [reader(), MinhashDedupSignature(at("signatures"), config=config, language=language)]),
        (14, [MinhashDedupBuckets(at("signatures"), at("buckets"), config=config)]),
        (1, [MinhashDedupCluster(at("buckets"), at("remove"), config=config, save_cluster_id=True, ignore_index_matches=False)]),
        (2, [reader(), MinhashDedupFilter(at("remove"), exclusion_writer=JsonlWriter(at("removed"), compression=None), load_cluster_ids=True),
             JsonlWriter(at("kept"), compression=None)]),
    ]
    for n, (tasks, pipeline) in enumerate(stages):
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=2, logging_dir=at(f"log{n}")).run()
    groups = []
    with open(folder / "kept.jsonl", "w") as out:
        for name in ("kept", "removed"):
            for file in sorted((folder / name).iterdir()):
                for line in open(file):
                    r = json.loads(line)
                    group = r.get("metadata", {}).get("minhash_cluster_id", -1)
                    if group >= 0:
                        groups.append((r["id"], group))
                    if name == "kept":
                        out.write(line)
    write_table("groups.tsv", groups)


if __name__ == "__main__":
    main()
