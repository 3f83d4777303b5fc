from common import *
import pickle, subprocess

ngram, threshold = (2, 0.5) if setting == "tuned" else (5, 0.7)
(folder / "config.toml").write_text(f"""
[input]
input_type = "local_files"
file_type = "json"
[input.read_arguments]
path = "json"
data_files = "{corpus}"
split = "train"
cache_dir = "{folder}/cache"
[algorithm]
algorithm_name = "minhash"
text_column = "text"
num_perm = 240
ngram_size = {ngram}
threshold = {threshold}
check_false_positive = true
num_proc = 2
[output]
output_dir = "{folder}/output"
save_clusters = true
[debug]
enable_profiling = false
""")
subprocess.run([sys.executable, "-m", "text_dedup.minhash"], cwd=folder, check=True)
with open(folder / "output" / "clusters.pickle", "rb") as f:
    cluster = pickle.load(f)
lines, ids, _ = read()  # texts too short for it are in no cluster
write(lines, {i for i, root in cluster.items() if i != root})
write_table("groups.tsv", ((ids[i], root) for i, root in cluster.items()))
