from common import *
import html, trafilatura


def clean(text):
    """It reads HTML: every line becomes a paragraph."""
    page = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
    return trafilatura.extract(f"<html><body><article>{page}</article></body></html>", **options) or ""


options = {} if setting == "documented" else {"favor_precision": True}
lines, ids, texts = read()
write_texts((i, clean(text)) for i, text in zip(ids, texts))
