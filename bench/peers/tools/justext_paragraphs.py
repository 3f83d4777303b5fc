from common import *
import html, justext

stop_lists = {name: justext.get_stoplist(name) for name in ("Arabic", "English", "German")}


def stop_list(text):
    """That of the language of which most words are stop words."""
    found = text.lower().split()
    return max(stop_lists.values(), key=lambda stops: sum(word in stops for word in found))


def clean(text):
    """It reads HTML: every line becomes a paragraph."""
    page = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
    if not page:
        return ""
    return "\n".join(p.text for p in justext.justext(f"<html><body>{page}</body></html>", stop_list(text), **limits) if not p.is_boilerplate)


# its Arabic list covers fewer words of a text than its English one: with half its densities
limits = {} if setting == "documented" else {"stopwords_low": 0.15, "stopwords_high": 0.16}
lines, ids, texts = read()
write_texts((i, clean(text)) for i, text in zip(ids, texts))
