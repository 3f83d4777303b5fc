from common import *
import subprocess

lines, ids, texts = read()
documents = folder / "documents"
documents.mkdir()
with open(documents / "0.jsonl", "wb") as f:
    f.writelines(lines)
subprocess.run([
    str(Path(sys.executable).parent / "dolma"), "dedupe", "--documents", str(documents / "*.jsonl"),
    "--dedupe.documents.attribute_name", "duplicate", "--dedupe.documents.key", "$.text", "--dedupe.skip_empty", "--dedupe.name", "seen",
    "--bloom_filter.file", str(folder / "bloom.bin"), "--no-bloom_filter.read_only",
    "--bloom_filter.estimated_doc_count", str(len(lines)), "--bloom_filter.desired_false_positive_rate", "0.0001", "--processes", "2",
], check=True)
attributes = [json.loads(line)["attributes"] for line in open(folder / "attributes" / "seen" / "0.jsonl")]
write(lines, {i for i, a in enumerate(attributes) if any(span[2] for span in a.get("duplicate", []))})
