#!/usr/bin/env python3
"""Write one mail from standard input as a reply file: mail2reply.py CONTENT < message.eml

The subject holds the topic in brackets, as "Re: [questions/reply-by-mail] Can readers reply by mail?".
"""

import re
import sys
from email import message_from_binary_file, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

REPLY = """---
name: {name}
date: {date}
---
{text}
"""


def quoted(line: str) -> bool:
    """Whether a line repeats what was answered."""
    return line.startswith(">") or line.rstrip().endswith("wrote:")


def main() -> None:
    """Read, cut, write."""
    content = Path(sys.argv[1]).resolve()
    message = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
    topic = re.search(r"\[([\w/-]+)\]", message["subject"] or "")
    body = message.get_body(("plain",))
    if topic is None or body is None:
        sys.exit("no topic in the subject, or no plain text")
    sent = parsedate_to_datetime(message["date"])
    sender = message["from"].addresses[0]
    name = re.sub(r"[^\w ]", "", sender.display_name or sender.username).strip() or "somebody"
    text = "\n".join(line for line in body.get_content().splitlines() if not quoted(line)).strip()
    text = re.sub(r"^(\\*--- reply[ \t]*)$", r"\\\1", text, flags=re.MULTILINE)
    folder = (content / topic[1]).resolve()
    if not folder.is_relative_to(content):
        sys.exit("the topic leads out of the site")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{sent:%Y%m%d-%H%M%S}-{name.split()[0].lower()}.md"
    with path.open("x", encoding="utf-8") as file:
        file.write(REPLY.format(name=name, date=sent.isoformat(), text=text))
    print(path)


if __name__ == "__main__":
    main()
