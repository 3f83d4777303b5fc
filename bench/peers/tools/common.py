"""What the adapters share. An adapter is called with CORPUS FOLDER SETTING; it writes FOLDER/kept.jsonl, the kept records as they stand in the
corpus, and what the tool says of duplicates: pairs.tsv (two ids a line) or groups.tsv (an id and the name of its group)."""
import json, re, sys, unicodedata
from pathlib import Path

corpus, folder, setting = sys.argv[1], Path(sys.argv[2]), sys.argv[3]


def read():
    """The lines of the corpus, and of each its id and its text."""
    with open(corpus, "rb") as f:
        lines = f.readlines()
    records = [json.loads(line) for line in lines]
    return lines, [r["id"] for r in records], [r["text"] for r in records]


def words(text):
    """As the documentation of most tools cuts texts."""
    return text.split()


def characters(text, n=7):
    """Character shingles of the letters and digits: what finds most on this corpus (docs/COMPARISON.md)."""
    text = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))
    return {text[i : i + n] for i in range(max(1, len(text) - n + 1))}


def write(lines, removed):
    """Writes the records whose numbers are not among the removed."""
    with open(folder / "kept.jsonl", "wb") as f:
        f.writelines(line for i, line in enumerate(lines) if i not in removed)


def write_table(name, rows):
    with open(folder / name, "w") as f:
        f.writelines(f"{a}\t{b}\n" for a, b in rows)
