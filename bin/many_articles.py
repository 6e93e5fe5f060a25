"""`bin/many_articles.py DOCUMENTS FOLDER [HOW_MANY]`: files for `manage.py import_articles`, to see how long many take.

DOCUMENTS: lines of JSON with a question. What comes of them is to measure with, not to be read.
"""

import json
import sys
from itertools import islice
from pathlib import Path

FRONT = """---
title: {title}
slug: article-{number}
topic: {topic}
standfirst: {title}
key_points:
  - What there is to know about it.
help_emergency: none
help_soon:
  - it does not get better.
help_visit: none
lay_words:
  - words {number}
sources:
  - title: {title}
    publisher: National Library of Medicine, United States
    url: https://medlineplus.gov/{number}.html
state: published
---

"""


def main(documents: Path, folder: Path, how_many: int = 1000, topic: str = "sleep") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with documents.open() as lines:
        for number, text in enumerate(map(json.loads, islice(lines, how_many))):
            front = FRONT.format(title=json.dumps(f"{number}: {text['question'][:100]}"), number=number, topic=topic)
            (folder / f"{number}.md").write_text(f"{front}## In short\n\n{(text['question'][:1_000] + ' ') * 20}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:4]))
