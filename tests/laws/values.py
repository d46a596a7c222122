"""The words of the random worlds: for every field and setting some values, good and bad ones.

`test_world` holds them against the declared fields, so that a new one can't be forgotten.
"""

from __future__ import annotations

Values = dict[str, tuple[str, ...]]

NAMES = ("leila", "omid", "Sara K.", "C++ fan", "sara k.", "کاوه")
TITLES = ("Which reader?", "Moving house", "سلام دنیا", "A <b>bold</b> & title", "Reader", "which READER?")
DATES = ("2026-01-01 10:00", "2026-01-05", "2025-12-31T23:59:59Z", "2026-03-01 08:00 +0330", "2024-02-29", "1999-05-05")
MOMENTS = ("2026-01-20", "2026-02-01 12:00", "2026-02-02T02:40:00Z", "2026-02-10", "2030-01-01")
FLAGS = ("true", "false")
LABELS = ("leila", "omid", "old", "news", "reader", "tea-time")

TEXTS = (
    "Plain words only.",
    "@leila and @omid and @nobody say **hello**.",
    "See [[Which reader?]] and [[cafe/moving|the move]] and [[nothing at all]].",
    "See [[reader#2]], [[Moving house#r9]], [it](/cafe/reader/), [that](reader.md#r-2) and https://example.org/blog/hello/",
    "A [link](moving.md), a [board](board.md), a ![picture](photo.png), a [page](../about.md#part).",
    "> @leila #2: I said so\n> indeed\n\nNo you did not.",
    "> @omid: no number\n\nFine.",
    "# A heading\n\n## Another\n\n### Third\n\ntext\n\n```python\nprint('x')\n```",
    "- [ ] one\n- [x] two :smile:\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nnote[^1]\n\n[^1]: the note",
    "متن فارسی با [[سلام دنیا]] و @کاوه",
    "Unclosed ``` fence\n\n```\ncode\n\n\\--- reply\n\nstill",
    "> [!NOTE]\n> look\n\n$x^2$ and https://example.org/a and photo.png",
    '<b onclick="x()">raw</b> <script>x()</script>\n\n<div class="own">html</div>',
    "![A film](clip.mp4)\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n\nhttps://tilvids.com/w/3b7PDNLbzUaKnMdVaH2o3T",
    "Yes.\n\nOn 2 Nov 2026, Omid <omid@example.org> wrote:\n> Tea? https://example.org/r/1@example.org/\n>> Milk?\n\n-- \nLeila",
    "||a spoiler|| and [a file](notes.zip)\n\nhttps://example.org/clip.mp4\n\nphoto.png",
)

POLLS = (
    '[{id: p, question: "Tea?", options: [{text: Yes, votes: 2}, No], closed: "2026-02-02T02:40:00Z"}]',
    "[{question: Two, options: [One, Two, Three], multiple: true, closed: 2026-01-20}]",
    "[{options: [Yes, No]}, {options: [{text: Yes, votes: 1}, {text: Never}]}]",
    "[{question: Nothing to choose}]",
    "[{id: p, question: In order, options: [Yes, No, Later], ranked: true, secret: true}]",
)
ORIGINS = ("{system: irc}", "{system: discourse, url: https://example.org/t/1, id: t1}", "phpbb", "{nobody: knows}")
ATTACHMENTS = ("[photo.png]", "[{file: photo.png, name: A photo}]", "[nothing.zip]", "[notes.zip, photo.png]", "[../x]")
REACTIONS = ("{+1: 2}", "{heart: 1}", "{heart: -1}")
FORMATS = ("text", "html", "markdown", "rst")
EXTRA = ("{mood: fine}", "{mood: bad, more: [a, b]}")

TOPIC_FIELDS: Values = {
    "title": TITLES,
    "id": ("stable-1", "urn:x:2"),
    "author": (*NAMES, "[leila, omid]"),
    "name": ("A visitor", "leila"),
    "url": ("https://example.org/me", "/a/whole/address/", "javascript:alert(1)"),
    "date": (*DATES, "2026-02-30"),
    "updated": DATES,
    "tags": ("[rss, C++]", "[RSS]", "[Rss]", "rss", "چای", "[C, C#]"),
    "slug": ("reader", "other-slug", "/absolute/place/", "page", "Reader", "members"),
    "aliases": ("[/old/place/]", "[/cafe/reader/, /gone.html]", "/feed.xml"),
    "draft": FLAGS,
    "publish": MOMENTS,
    "expires": MOMENTS,
    "pinned": FLAGS,
    "locked": FLAGS,
    "hidden": FLAGS,
    "summary": ("A summary", "Another"),
    "cover": ("photo.png", "/logo.png", "https://example.org/x.png", "missing.png"),
    "series": ("Travels", "Tea", "C++", "travels"),
    "language": ("fa", "en", "de", "not a language"),
    "translation_of": ("cafe/reader", "blog/hello"),
    "dir": ("rtl", "ltr", "auto"),
    "format": FORMATS,
    "accepted": ("2", "3", "r9", "nowhere"),
    "wiki": FLAGS,
    "recap": ("2", "3", "r9"),
    "polls": POLLS,
    "votes": ("3", "-1", "many"),
    "reactions": REACTIONS,
    "attachments": ATTACHMENTS,
    "link": ("https://example.org/", "https://example.com/other", "javascript:alert(1)"),
    "audio": ("photo.png", "talk.mp3", "../talk.mp3", "{url: https://example.org/1.mp3, length: 9, type: audio/mpeg, duration: 61}"),
    "season": ("1", "2"),
    "episode": ("1", "7"),
    "episode_type": ("full", "bonus", "none"),
    "explicit": FLAGS,
    "people": ("leila", "{host: [leila], guest: Noor}", "[{name: omid, role: guest}, {role: nobody}]"),
    "chapters": ("chapters.json", "[{at: 1, title: One}]", "[0:00 One, 1:30 Two]"),
    "transcript": ("answer.md", "[7.md, late.md]", "words.vtt", "[words.md, words.vtt]"),
    "source": ORIGINS,
    "extra": EXTRA,
    "unknown": ("1",),
}
"""Values for each field of a topic or page, as its file writes them."""

REPLY_FIELDS: Values = {
    "id": ("2", "3", "r9", "1", "bad id"),
    "author": (*NAMES, "[leila, omid]"),
    "name": ("A visitor", "omid"),
    "url": ("https://example.org/me", "javascript:alert(1)", "example.org"),
    "date": (*DATES, "not a date"),
    "updated": DATES,
    "title": ('"Re: it"', "Re that", "Re: bare"),
    "reply_to": ("1", "2", "3", "r9", "nowhere"),
    "votes": ("1", "2"),
    "reactions": REACTIONS,
    "choose": ("Yes", "[One, Three]", "[No, Yes]", "{p: [Later, Yes], q: No}"),
    "polls": POLLS,
    "attachments": ATTACHMENTS,
    "format": FORMATS,
    "aliases": ("[/old/reply/]", "/cafe/reader/"),
    "hidden": FLAGS,
    "deleted": FLAGS,
    "event": ("Leila closed this", "Omid left"),
    "audio": ("photo.png", "voice.ogg", "talk.mp3"),
    "source": ORIGINS,
    "reply": FLAGS,
}

BOARD_FIELDS: Values = {
    "title": ("Café", "Tea room", "Blog"),
    "kind": ("forum", "blog", "questions", "links", "podcast", "gallery", "mail", "chat", "forun", "wall"),
    "description": ("Talk", "More talk"),
    "order": ("1", "2", "-1"),
    "language": ("fa", "en"),
    "access": ("public", "private"),
    "address": (":year/:month/:slug", "/:slug/", ":slug", ":day/x"),
    "replies": ("nested", "flat"),
    "per_page": ("1", "2", "3", "50", "0"),
    "feeds": ("[atom, rss, json]", "[]", "no"),
    "look": ("lines", "bubbles", "shouting"),
    "format": FORMATS,
    "markdown": ("{engine: commonmark}", "{engine: markdown, breaks: true}", "{breaks: false}"),
    "moderators": ("[leila]", "[omid, nobody]"),
    "participate": ("mail", "form"),
    "aliases": ("[/old-board/]", "/cafe/reader/"),
    "addresses": ("hidden", "shown"),
    "cover": ("photo.png", "/logo.png"),
    "author": ("leila", "[omid, leila]"),
    "category": ("Technology", "Arts > Books", "Nothing"),
    "explicit": FLAGS,
    "guid": ("one", "two"),
    "episodes": ("episodic", "serial", "none"),
    "owner": ("radio@example.org", "nobody"),
    "locked": FLAGS,
    "funding": ("https://example.org/give", "[{url: https://example.org/tea, text: Tea}]"),
    "people": ("leila", "{host: omid}"),
    "extra": EXTRA,
}

MEMBER_FIELDS: Values = {
    "name": ("Leila Ahmadi", "لیلا", "omid"),
    "avatar": ("me.png", "https://example.org/me.png", "/logo.png"),
    "url": ("https://example.org/leila", "https://example.org/other"),
    "links": ("{Code: https://example.org/code}", "[https://example.org/a, /about/]"),
    "joined": DATES,
    "role": ("admin", "moderator"),
    "title": ("Gardener", "Cook"),
    "bot": FLAGS,
    "also": ("[omid]", "[Sara K., leila2]", "[leila]"),
    "aliases": ("[/people/leila/]", "/members/omid/"),
    "extra": EXTRA,
}

EQUIVALENTS: Values = {
    "published": (*FLAGS, "2026-01-03"),
    "status": ("draft", "published", "private"),
    "permalink": ("/fixed/", ":year/:title"),
    "categories": ("[rss]", "tools"),
    "lastmod": DATES,
    "redirect_from": ("/older/place/",),
    "expirydate": MOMENTS,
    "publishdate": MOMENTS,
    "description": ("Another summary",),
    "image": ("photo.png",),
    "layout": ("post",),
    "weight": ("3",),
}
"""What other generators write in a topic's head."""

SETTINGS: Values = {
    "title": ('"Community"', '"Other title"'),
    "description": ('"Words"', '"Other words"'),
    "url": ('"https://example.org/"', '"https://example.org/sub/path/"', '""'),
    "language": ('"en"', '"fa"', '"de"'),
    "languages": ('["fa"]', "[]", '["fa", "en"]'),
    "timezone": ('"Asia/Tehran"', '"UTC"'),
    "calendar": ('"persian"', '"gregorian"'),
    "theme": ('"agora"',),
    "logo": ('"/logo.png"', '"logo.png"'),
    "card": ('"/card.png"', '"card.png"'),
    "markdown.engine": ('"commonmark"', '"markdown"'),
    "markdown.breaks": FLAGS,
    "markdown.html": ('"trusted"', '"sanitised"'),
    "feeds.formats": ('["atom", "rss", "json"]', '["rss"]', "[]"),
    "feeds.places": ('["site", "boards", "topics", "tags", "members", "series"]', '["boards"]'),
    "feeds.length": ("2", "20"),
    "search.enabled": FLAGS,
    "cards.enabled": FLAGS,
    "cards.fonts": ('["Noto Sans"]', '["static/none.ttf"]'),
    "pictures.enabled": FLAGS,
    "pictures.widths": ("[32]", "[16, 40]"),
    "pictures.formats": ('["webp"]', '["avif", "webp"]', "[]"),
    "pictures.quality": ("50", "80"),
    "pictures.largest": ("1", "50"),
    "pictures.metadata": FLAGS,
    "boards.per_page": ("1", "2", "30"),
    "boards.replies": ('"flat"', '"nested"'),
    "boards.media": FLAGS,
    "embeds.services": ('["youtube"]', "[]"),
    "embeds.peertube": ('["tilvids.com"]',),
    "embeds.mastodon": ('["mastodon.social"]',),
    "navigation.About": ('"/about/"', '"https://example.org/"'),
    "navigation.Cafe": ('"/cafe/"',),
    "translations.fa.title": ('"انجمن"', '"تالار"'),
    "translations.de.description": ('"Ein Ort."',),
    "translations.fa.navigation.Cafe": ('"/fa/cafe/"',),
    "people.moderator": ('["leila"]', '["omid", "Sara K."]'),
    "people.friend": ('["omid"]',),
    "mentions.enabled": FLAGS,
    "activity.places": ('["site", "boards", "tags", "members"]', '["site"]', '["boards", "members"]'),
    "top.enabled": FLAGS,
    "top.length": ("1", "3"),
    "badges.guide.posts": ("2", "3"),
    "badges.guide.years": ("0", "1"),
    "badges.liked.reactions": ("1", "2"),
    "badges.liked.boards": ("1", "2"),
    "trust.known.replies": ("1", "3"),
    "trust.known.role": ('"friend"', '""'),
    "trusted.paths": ('["content/**"]', '["content/blog/**"]', "[]"),
    "theme.accent": ('"#aa3300"', '"#0033aa"'),
    "theme.scheme": ('"dark"', '"auto"'),
    "theme.reading": ('"serif"', '"sans"'),
    "theme.footer": ('"A line"', '"Another <line>"'),
    "theme.font": ('"serif"', '"humanist"'),
    "theme.width": ('"wide"', '"normal"'),
    "theme.density": ('"compact"', '"comfortable"'),
    "theme.brand": ('"sign"', '"title"'),
    "theme.navigation": ('"menu"', '"bar"'),
    "theme.share": ('"mastodon"', '"bluesky, mastodon"'),
}
"""Values for each setting and each option of the theme agora, as site.toml writes them."""

BREAKING: Values = {
    "title": ("5",),
    "url": ('"ftp://example.org"',),
    "timezone": ('"Nowhere/Land"',),
    "theme": ('"none"', '"own"'),
    "feeds.length": ("0",),
    "theme.accent": ('"red"',),
    "titel": ('"Unknown"',),
}
"""Settings with which a site can't be built, or not always."""

RAW: tuple[bytes, ...] = (
    b"",
    b"---\ntitle: Unclosed\nText",
    b"\xef\xbb\xbf---\r\ntitle: Windows\r\nauthor: omid\r\ndate: 2026-01-02\r\n---\r\nText\r\n",
    b"---\ntitle: \xff\xfe\n---\nNot UTF-8\n",
    b"---\ntitle: [unclosed\n---\nBad YAML\n",
    b"Title: Pelican\nDate: 2026-01-04\nTags: rss, old\n\nA header without lines.\n",
    b"# Only a heading\n\nand text, without any field.\n",
    b"---\ntitle: Zero\n---\na\0b\n",
    b"--- reply\nauthor: sara\n---\nA reply that opens a file.\n\n--- reply\nauthor omid\n---\nA bad head.\n",
    b"---\ntitle: Twice\ntitle: Again\ndraft: perhaps\n---\nText\n",
)
"""Whole files that are not as they should be."""
