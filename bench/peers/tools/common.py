"""What the adapters share. An adapter is called with CORPUS FOLDER SETTING; it writes FOLDER/kept.jsonl, the kept records as they stand in the
corpus, and what the tool says of duplicates: pairs.tsv (two ids a line) or groups.tsv (an id and the name of its group). One that looks at
quality writes id and text of what is kept, the text as the tool leaves it, and dropped.tsv (an id and the rule), if the tool tells rules."""
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


def plain(text):
    """Letters and digits."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())


def characters(text, n):
    text = " ".join(plain(text))
    return {text[i : i + n] for i in range(max(1, len(text) - n + 1))}


def word_runs(text, n):
    found = plain(text)
    return {" ".join(found[i : i + n]) for i in range(max(1, len(found) - n + 1))}


def swept():
    """A setting such as characters7-14x8-0.6: shingles of 7 characters, 14 bands of 8, sketches alike by 0.6 (0: whatever shares a band)."""
    kind, n, bands, rows, alike = re.fullmatch(r"(characters|words)(\d+)-(\d+)x(\d+)-([\d.]+)", setting).groups()
    cut = characters if kind == "characters" else word_runs
    return (lambda text: cut(text, int(n))), int(bands), int(rows), float(alike)


def write(lines, removed):
    """Writes the records whose numbers are not among the removed."""
    with open(folder / "kept.jsonl", "wb") as f:
        f.writelines(line for i, line in enumerate(lines) if i not in removed)


def write_table(name, rows):
    with open(folder / name, "w") as f:
        f.writelines(f"{a}\t{b}\n" for a, b in rows)


def write_texts(rows):
    with open(folder / "kept.jsonl", "w") as f:
        f.writelines(json.dumps({"id": i, "text": text}) + "\n" for i, text in rows)
