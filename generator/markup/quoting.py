"""The parts of a mail's text: what its writer says, what is quoted of others and whose it was, signature, list's footer.

Pure, and in time that grows with the text alone. Mail programs agree on `>` and on little else, so what is before a
quote is recognised by its shape (it ends in a colon, and has a date or a word for "wrote"); the languages are those of
the programs that are met most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

DEEPEST = 6
"""How deep quotes of quotes are told apart."""

_PREFIX = re.compile(r" {0,2}>(?:[> ]{0,400}>)? ?")
_LONGEST_SAID, _MOST_SAID = 400, 4
_FOOTER_LINES, _SIGNATURE_LINES = 16, 16

_WROTE = re.compile(
    r"wrote|writes|said|says|schrieb|schreibt|a écrit|écrivait|escribi|ha scritto|scrisse|scrive|escreveu|geschreven|schreef|"
    r"skrev|skrifaði|kirjoitti|napisał|pisze|napsal|napísal|пишет|писал|написал|пише|написав|yazdı|έγραψε|a scris|írta|"
    r"kirjutas|rakstīja|rašė|написа|je napisa|đã viết|menulis|เขียน|写道|寫道|書きました|のメッセージ|님이 작성|작성:|"
    r"نوشت|كتب|כתב|ने लिखा|pisze|idatzi",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|[۰-۹٠-٩]{4}|\d年")
_BEGINS = re.compile(
    r"[>*_\s-]*(?:On|At|In|Am|Le|El|Il|Op|Den|Dne|Dnia|W dniu|Em|No dia|Le|Vào|Pada|Tarih|På|La|Em|On|Il giorno|"
    r"Il dì|Dana|Στις|В|В сообщении|У|در|در تاریخ|في|בתאריך|ב|在|於|于|Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d+|[۰-۹٠-٩]+)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:[:：]|-{3,}|\.\.\.)[*_\s]*$")
_BROKEN = re.compile(rf">\s?(?:(?:{_WROTE.pattern})\s?(?:\(a\))?)?\s?[:：]\s*", re.IGNORECASE)
"""The last line of what tells whose a quote is, broken before the sign that closes an address."""

_KNOWN = re.compile(
    r"original message|ursprüngliche nachricht|message d'origine|message original|mensaje original|mensagem original|"
    r"messaggio originale|oorspronkelijk bericht|original ?meddelande|oprindelig meddelelse|wiadomość oryginalna|"
    r"исходное сообщение|orijinal mesaj|原始邮件|原始郵件|元のメッセージ|원본 메시지|پیام اصلی|الرسالة الأصلية|הודעה מקורית",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[\s*]*(?:-{2,} ?(?:[^\W\d_][\w '.()]{2,40}) ?-{2,}|begin forwarded message:|début du message (?:réexpédié|transféré) ?:|"
    r"anfang der weitergeleiteten nachricht:|inicio del mensaje reenviado:)[\s*]*",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[*_\s]*(?:From|Von|De|Da|Van|Fra|Från|Od|От|Від|Kimden|Lähettäjä|Gönderen|发件人|寄件者|寄件人|差出人|보낸 사람|"
    r"فرستنده|از|من|מאת)[*_]*\s?[:：]",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"[*_\s]*(?:Sent|Date|To|Cc|Subject|Reply-To|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Enviado(?: el)?|Fecha|Para|Asunto|"
    r"Data|A|Oggetto|Inviato|Risposta|Verzonden|Aan|Onderwerp|Sendt|Til|Emne|Skickat|Till|Ämne|Wysłano|Do|Temat|"
    r"Отправлено|Дата|Кому|Тема|Gönderilme|Tarih|Kime|Konu|发送时间|日期|收件人|抄送|主题|寄件日期|收件者|主旨|送信日時|日時|宛先|件名|"
    r"보낸 날짜|받는 사람|제목|تاریخ|به|موضوع|التاريخ|إلى|الموضوع|נשלח|אל|נושא)[*_]*\s?[:：]",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[_=~*#+-]{10,}\s*")
_LIST = re.compile(
    r"mailing[- ]?list|unsubscribe|listinfo|list archives?|subscription|mailman|googlegroups|abmelden|abbestellen|désabonn|"
    r"darse de baja|cancelar (?:su|la) suscrip|annulla iscrizione|afmelden|отписаться|rezygnacj|aboneli[kğ]|"
    r"فهرست پستی|لغو اشتراک|القائمة البريدية|רשימת תפוצה|退订|取消订阅|邮件列表|メーリングリスト|配信停止",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"\s*[(<]{0,2}(?:sent (?:from|via|with|by)|get outlook for|(?:diese nachricht wurde )?von meinem .{1,80} gesendet|gesendet (?:von|mit)|"
    r"envoyé (?:de|depuis|avec)|enviado (?:desde|do|de)|verzonden (?:met|vanaf)|sendt fra|skickat från|inviato da|"
    r"wysłane z|отправлено (?:с|из)|lähetetty|.{0,20}iphone ?(?:傳送|から送信)|发自我的|從我的|ارسال‌? ?شده از).{0,120}",
    re.IGNORECASE,
)


class Part(Enum):
    """What a part of a mail is."""

    TEXT = "text"
    QUOTE = "quote"
    SIGNATURE = "signature"
    EARLIER = "earlier"
    FOOTER = "footer"


class Block(Struct, frozen=True):
    """A part with its lines: of a quote each with its depth and without its signs. `said` tells whose a quote is."""

    part: Part
    lines: tuple[tuple[int, str], ...]
    said: str = ""

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not any(line.strip() for _, line in self.lines)


def blocks(text: str) -> list[Block]:
    """The parts of a mail in their order, without empty ones."""
    lines = [_cut(line) for line in text.split("\n")]
    footer = _footer(lines)
    earlier = _earlier(lines[:footer])
    found = _body(lines[:earlier])
    if earlier < footer:
        found.append(_told(lines[earlier:footer]))
    if footer < len(lines):
        found.append(Block(Part.FOOTER, _trimmed(lines[footer:])))
    return [block for block in found if block.said or not block.empty]


Line = tuple[int, str]


def _cut(line: str) -> Line:
    """A line with how deep it is quoted."""
    found = _PREFIX.match(line)
    if found is None or _BROKEN.fullmatch(line):
        return 0, line
    return min(found[0].count(">"), DEEPEST), line[found.end() :]


def _trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Without empty lines at the ends."""
    first, last = 0, len(lines)
    while first < last and not lines[first][1].strip():
        first += 1
    while last > first and not lines[last - 1][1].strip():
        last -= 1
    return tuple(lines[first:last])


# Ends ------------------------------------------------------------------------


def _footer(lines: Sequence[Line]) -> int:
    """Where a list's footer begins: a rule and below it words as lists have them; else the end."""
    for at in range(len(lines) - 1, max(0, len(lines) - _FOOTER_LINES) - 1, -1):
        level, line = lines[at]
        if not level and (_RULE.fullmatch(line) or line.rstrip() == "--"):
            below = lines[at + 1 :]
            if all(not level for level, _ in below) and any(_LIST.search(line) for _, line in below):
                return at
    return len(lines)


def _earlier(lines: Sequence[Line]) -> int:
    """Where an earlier message begins that stands whole below what is said; else the end."""
    said = False
    for at, (level, line) in enumerate(lines):
        if level or not line.strip():
            continue
        if said and (_original(lines, at) or _heads(lines, at) or _wrote_whole(lines, at)):
            return at
        said = True
    return len(lines)


def _original(lines: Sequence[Line], at: int) -> bool:
    """`-----Original Message-----` in any language: what follows looks like a header, or nobody writes such a line."""
    line = lines[at][1]
    if len(line) > 80 or not _ORIGINAL.fullmatch(line):
        return False
    below = [text for _, text in lines[at + 1 : at + 5] if text.strip()]
    return bool(_KNOWN.search(line)) or any(_FROM.match(text) or _HEADER.match(text) for text in below)


def _heads(lines: Sequence[Line], at: int) -> bool:
    """From, Sent, To, Subject."""
    line = lines[at][1]
    if _RULE.fullmatch(line):
        below = next((number for number in range(at + 1, min(at + 4, len(lines))) if lines[number][1].strip()), 0)
        at = below or at
    if lines[at][0] or not _FROM.match(lines[at][1]):
        return False
    return sum(1 for level, text in lines[at + 1 : at + 6] if not level and _HEADER.match(text)) >= 2


def _wrote_whole(lines: Sequence[Line], at: int) -> bool:
    """“On …, Leila wrote:”, and then no quote: some programs put no signs before it."""
    if not _BEGINS.match(lines[at][1]):
        return False
    for end in range(at + 1, min(at + 1 + _MOST_SAID, len(lines) + 1)):
        if not lines[end - 1][1].strip() or lines[end - 1][0]:
            return False
        text = " ".join(line for _, line in lines[at:end])
        if _says_who(text) and _WROTE.search(text) and _DATED.search(text):
            below = [level for level, line in lines[end : end + 6] if level or line.strip()]
            return bool(below) and not any(below[:2])
    return False


def _told(lines: Sequence[Line]) -> Block:
    """An earlier message: what says whose it is stands at its head."""
    shown = _trimmed(lines)
    return Block(Part.EARLIER, tuple((0, ("> " * level) + line) for level, line in shown))


# The body --------------------------------------------------------------------


def _body(lines: Sequence[Line]) -> list[Block]:
    found: list[Block] = []
    at = 0
    while at < len(lines):
        end = at + 1
        quoted = lines[at][0] > 0
        while end < len(lines) and (lines[end][0] > 0) == quoted:
            end += 1
        run = lines[at:end]
        if quoted:
            found.append(Block(Part.QUOTE, _trimmed(run), _pop_said(found)))
        else:
            found += _own(run)
        at = end
    return found


def _own(lines: Sequence[Line]) -> list[Block]:
    """What the writer says, and the signature below it."""
    at = next((number for number, (_, line) in enumerate(lines) if _signs(line, len(lines) - number)), len(lines))
    found = [Block(Part.TEXT, _trimmed(lines[:at]))]
    if at < len(lines):
        end = at + _paragraph(lines[at:])
        found += [Block(Part.SIGNATURE, _trimmed(lines[at:end])), Block(Part.TEXT, _trimmed(lines[end:]))]
    return [block for block in found if not block.empty]


def _signs(line: str, left: int) -> bool:
    return (line.rstrip() == "--" and left <= _SIGNATURE_LINES) or bool(len(line) < 120 and _DEVICE.fullmatch(line))


def _paragraph(lines: Sequence[Line]) -> int:
    """How many lines a signature has: all, but a line that tells whose the following quote is is none of them."""
    if lines[0][1].rstrip() != "--":
        return 1
    last = len(_trimmed(lines))
    back = _said_from(lines[:last])
    return back if back > 1 else len(lines)


def _pop_said(found: list[Block]) -> str:
    """Take what tells whose a quote is from the end of what is before it."""
    if not found or found[-1].part not in (Part.TEXT, Part.SIGNATURE):
        return ""
    block = found.pop()
    at = _said_from(block.lines)
    rest = _trimmed(block.lines[:at])
    if rest:
        found.append(Block(block.part, rest))
    return " ".join(line.strip() for _, line in block.lines[at:])


def _said_from(lines: Sequence[Line]) -> int:
    """Where the lines at the end begin that tell whose a quote is; the end where none do."""
    size = len(lines)
    for first in range(size - 1, max(-1, size - 1 - _MOST_SAID), -1):
        if not lines[first][1].strip():
            break
        text = " ".join(line.strip() for _, line in lines[first:])
        if _says_who(text) and (_BEGINS.match(lines[first][1]) or (_WROTE.search(text) and _DATED.search(text))):
            return first
    return size - 1 if size and _says_who(lines[-1][1]) else size


def _says_who(text: str) -> bool:
    if len(text) > _LONGEST_SAID or not _CLOSED.search(text):
        return False
    return bool(_WROTE.search(text) or _DATED.search(text))
