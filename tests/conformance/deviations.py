"""Where an engine differs from a published specification, and why.

Numbers are those of the examples of CommonMark 0.31.2 and of GFM 0.29. The engine `markdown` is Python-Markdown, which keeps
to the original Markdown; its users expect that. The engine `commonmark` has no deviation from CommonMark.
"""

from __future__ import annotations

_COMMONMARK_COMMONMARK: dict[str, str] = {}

_COMMONMARK_MARKDOWN = {
    "Tabs are expanded to four columns before parsing, in code too, and a list item's text needs four columns.": "1 2 3 5 7 9 11",
    "Only the characters that have a meaning in classic Markdown can be escaped; a backslash at a line's end is no break.": "12 14 16 20 21 23 24",
    "References are passed on as they are written, also in addresses, titles and where they name nothing.": "28 31 32 33 34 41",
    "A rule does not interrupt a paragraph or list, and a row of `-` below text is a heading, as in classic Markdown.": "43 53",
    "Headings need no space after `#`, may have more than six of them, and lose trailing ones that are escaped.": "63 64 68 71 73 75 76",
    "Only one line of text becomes a heading, and headings are looked for before other blocks.": "81 82 84 86 92 94 95 98 99 101",
    "Blank lines around indented code are trimmed, and lists take four columns.": "112 118",
    "Fences are found before all other blocks: an unfinished one is text, one shorter than its closing line or indented is not joined.": "124 126 127 128 129 131 132 133 135 136 137 138 139 140 143 144 146",
    "Raw HTML is found by balanced tags and not by the lines that CommonMark names; blank lines do not end it.": "148 151 152 155 156 157 158 161 162 163 164 165 166 167 168 174 175 176 179 180 186 188 190 193",
    "Definitions are one line with an optional title, may interrupt a paragraph, and are not checked for what follows.": "196 197 198 203 204 206 208 215 218",
    "A quote goes on over blank lines to the next quote, and lazy lines join whatever is open.": "236 237 238 239 244 251 254",
    "A list item's content is indented by four columns, lists need a blank line before them, and `)` is no marker.": (
        "258 259 264 266 267 268 269 270 272 273 275 276 279 280 282 283 284 285 286 288 289 290 292 296 298 "
        "299 301 302"
    ),
    "Different markers do not begin a new list, a list needs a blank line before it, and looseness is seen item by item.": "303 304 305 307 309 314 315 316 317 318 319 320 321 323 325 326 327 328",
    "Spaces inside are always trimmed, and code is found before raw HTML and autolinks.": "333 334 335 336 338 346 348 349",
    "Delimiter runs are paired without the rule on punctuation around them.": "354 356 370 371 382 394 418 469 470",
    "Addresses with spaces, nested brackets, entities and escapes follow the classic rules; labels are not case-folded by Unicode.": (
        "490 491 492 493 495 496 502 504 505 506 507 508 509 510 520 521 522 526 528 534 535 538 540 542 543 "
        "544 545 546 551 552 553 554 561 570 571 573"
    ),
    "The alternative text keeps its Markdown characters.": "575 576 578 579 587 591",
    "Only http, https, ftp and mailto are links, and e-mail addresses are written as references.": "599 600 603 604 605 608 611 612",
    "Tags are recognised more generously; sanitising comes after.": "621 623 626 628 630 634",
    "A backslash at a line's end is no break, and raw HTML may hold two spaces.": "637 640 642 645 649",
}

_GFM_COMMONMARK = {
    "An alignment is written as a style, which becomes a class later; a table without rows has an empty body.": "199 205",
    "Bare links are an extra of our own, found before the engine runs; e-mail addresses are not linked.": "621 622 623 624 625 626 627 628 629 630 631",
    "Comments follow CommonMark 0.31, which allows two hyphens inside; GFM's specification is of 0.29.": "645 646",
    "Such tags are escaped when the HTML is made safe, after the engine.": "653",
}

_GFM_MARKDOWN = {
    "Tabs are expanded to four columns before parsing, in code too, and a list item's text needs four columns.": "1 2 3 5 7 9 11",
    "A rule does not interrupt a paragraph or list, and a row of `-` below text is a heading, as in classic Markdown.": "13 23",
    "Headings need no space after `#`, may have more than six of them, and lose trailing ones that are escaped.": "33 34 38 41 43 45 46",
    "Only one line of text becomes a heading, and headings are looked for before other blocks.": "51 52 54 56 62 64 65 68 69 71",
    "Blank lines around indented code are trimmed, and lists take four columns.": "82 88",
    "Fences are found before all other blocks: an unfinished one is text, one shorter than its closing line or indented is not joined.": "94 96 97 98 99 101 102 103 105 106 107 108 109 110 113 114 116",
    "Raw HTML is found by balanced tags and not by the lines that CommonMark names; blank lines do not end it.": "118 121 122 125 126 127 128 131 132 133 134 135 136 137 141 142 143 146 147 153 155 157 160",
    "Definitions are one line with an optional title, may interrupt a paragraph, and are not checked for what follows.": "163 164 165 170 171 173 175 182 185",
    "Rows that lack their outer pipes or cells are completed in the classic extension's way.": "199 200 201 205",
    "A quote goes on over blank lines to the next quote, and lazy lines join whatever is open.": "212 213 214 215 220 227 230",
    "A list item's content is indented by four columns, lists need a blank line before them, and `)` is no marker.": (
        "234 235 240 242 243 244 245 246 248 249 251 252 255 256 258 259 260 261 262 264 265 266 268 272 274 "
        "275 277 278"
    ),
    "Different markers do not begin a new list, a list needs a blank line before it, and looseness is seen item by item.": "281 282 283 285 287 292 293 294 295 296 297 298 299 301 303 304 305 306",
    "Only the characters that have a meaning in classic Markdown can be escaped; a backslash at a line's end is no break.": "308 310 312 316 317 319 320",
    "References are passed on as they are written, also in addresses, titles and where they name nothing.": "324 327 328 329 330 337",
    "Spaces inside are always trimmed, and code is found before raw HTML and autolinks.": "341 342 343 344 346 354 356 357",
    "Delimiter runs are paired without the rule on punctuation around them.": "362 377 378 389 401 425 476 477",
    "Addresses with spaces, nested brackets, entities and escapes follow the classic rules; labels are not case-folded by Unicode.": (
        "497 498 499 500 502 503 508 510 511 512 513 514 515 516 526 527 528 532 534 540 541 544 546 549 550 "
        "551 552 557 558 559 560 567 576 577 579"
    ),
    "The alternative text keeps its Markdown characters.": "581 582 584 585 593 597",
    "Only http, https, ftp and mailto are links, and e-mail addresses are written as references.": "605 606 609 610 611 614 617 618",
    "Bare links are an extra of our own, found before the engine runs; e-mail addresses are not linked.": "621 622 623 624 625 626 627 628 629 630 631",
    "Tags are recognised more generously; sanitising comes after.": "638 640 643 645 646 648 652",
    "Such tags are escaped when the HTML is made safe, after the engine.": "653",
    "A backslash at a line's end is no break, and raw HTML may hold two spaces.": "655 658 660 663 667",
}


def _numbered(groups: dict[str, str]) -> dict[int, str]:
    return {int(number): reason for reason, numbers in groups.items() for number in numbers.split()}


DEVIATIONS = {
    ("commonmark", "commonmark"): _numbered(_COMMONMARK_COMMONMARK),
    ("commonmark", "markdown"): _numbered(_COMMONMARK_MARKDOWN),
    ("gfm", "commonmark"): _numbered(_GFM_COMMONMARK),
    ("gfm", "markdown"): _numbered(_GFM_MARKDOWN),
}
"""By specification and engine: the number of an example and why it is rendered in another way."""
