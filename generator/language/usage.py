"""How languages write dates, numbers and their own names: tables, after Unicode CLDR 48, and nothing else.

What is made of them is `language`'s business.
"""

from __future__ import annotations

from types import MappingProxyType

from msgspec import Struct


class Usage(Struct, frozen=True):
    """How a language writes dates and large numbers.

    The names of the months, and short ones where there are some, are parted by spaces (inside a name the space is one
    that does not break). In the patterns `{number}` is the month's. `clock` parts hours and minutes.
    """

    months: str
    short: str = ""
    day: str = "{day} {short} {year}"
    month: str = "{month} {year}"
    year: str = "{year}"
    comma: str = ", "
    group: str = ","
    clock: str = ":"


NUMERIC = Usage(
    "", day="{year}-{number:02}-{day:02}", month="{year}-{number:02}", comma=" ", group="\u202f"
)
"""ISO 8601's order, for languages that are not in the table."""

_ENGLISH = (
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
)
_EAST_ASIA = Usage(
    "", day="{year}年{number}月{day}日", month="{year}年{number}月", year="{year}年", comma=" "
)
_KOREAN = Usage("", day="{year}. {number}. {day}.", month="{year}년 {number}월", year="{year}년", comma=" ")
_CZECH = Usage(
    "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    day="{day}. {number}. {year}",
    comma=" ",
    group="\u00a0",
)
_VIETNAMESE = Usage("", day="{day} thg {number}, {year}", month="tháng {number} năm {year}", group=".")
_ARABIC = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
_LEVANT = Usage(
    "كانون\u00a0الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين\u00a0الأول تشرين\u00a0الثاني كانون\u00a0الأول",
    comma="، ",
    group="٬",
)
_MOROCCO = Usage(
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    comma="، ",
    group=".",
)
_ALGERIA = Usage(
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    comma="، ",
    group=".",
)

USAGE = MappingProxyType(
    {
        "en": Usage(*_ENGLISH),
        "en-us": Usage(*_ENGLISH, day="{short} {day}, {year}"),
        "fa": Usage(
            "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر", comma="، ", group="٬"
        ),
        "ar": Usage(_ARABIC, comma="، ", group="٬"),
        **dict.fromkeys(("ar-ae", "ar-eh", "ar-ly"), Usage(_ARABIC, comma="، ")),
        "he": Usage(
            "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
            "בינו׳ בפבר׳ במרץ באפר׳ במאי ביוני ביולי באוג׳ בספט׳ באוק׳ בנוב׳ בדצמ׳",
        ),
        "de": Usage(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            day="{day}. {short} {year}",
            group=".",
        ),
        "es": Usage(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            month="{month} de {year}",
            group=".",
        ),
        "fr": Usage(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            group="\u202f",
        ),
        "tr": Usage(
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
            "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
            group=".",
        ),
        "zh": _EAST_ASIA,
        "ja": _EAST_ASIA,
        "ko": _KOREAN,
        "cs": _CZECH,
        "vi": _VIETNAMESE,
        "ps": Usage(
            "جنوري فبروري مارچ اپریل مۍ جون جولای اګست سېپتمبر اکتوبر نومبر دسمبر",
            day="{year} {month} {day}",
            month="{year} {month}",
            comma=" ",
            group="٬",
        ),
        **dict.fromkeys(("ar-iq", "ar-jo", "ar-lb", "ar-ps", "ar-sy"), _LEVANT),
        **dict.fromkeys(("ar-dz", "ar-tn"), _ALGERIA),
        "ar-ma": _MOROCCO,
        "pt": Usage(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            day="{day} de {short} de {year}",
            month="{month} de {year}",
            group=".",
        ),
        "it": Usage(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            group=".",
        ),
        "nl": Usage(
            "januari februari maart april mei juni juli augustus september oktober november december",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
            group=".",
        ),
        "pl": Usage(
            "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
            "sty lut mar kwi maj cze lip sie wrz paź lis gru",
            group="\u00a0",
        ),
        "ru": Usage(
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
            "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
            day="{day} {short} {year} г.",
            group="\u00a0",
        ),
        "uk": Usage(
            "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
            "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.",
            day="{day} {short} {year} р.",
            group="\u00a0",
        ),
        "sv": Usage(
            "januari februari mars april maj juni juli augusti september oktober november december",
            "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
            comma=" ",
            group="\u00a0",
        ),
        "da": Usage(
            "januar februar marts april maj juni juli august september oktober november december",
            "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.",
            day="{day}. {short} {year}",
            clock=".",
            group=".",
        ),
        "nb": Usage(
            "januar februar mars april mai juni juli august september oktober november desember",
            "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
            day="{day}. {short} {year}",
            group="\u00a0",
        ),
        "fi": Usage(
            "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
            day="{day}.{number}.{year}",
            comma=" klo ",
            clock=".",
            group="\u00a0",
        ),
        "el": Usage(
            "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος",
            "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
            group=".",
        ),
        "ca": Usage(
            "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
            "gen. febr. març abr. maig juny jul. ag. set. oct. nov. des.",
            day="{day} {short} {year}",
            month="{month} del {year}",
            group=".",
        ),
        "ro": Usage(
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
            "ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec.",
            group=".",
        ),
        "hu": Usage(
            "január február március április május június július augusztus szeptember október november december",
            "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
            day="{year}. {short} {day}.",
            month="{year}. {month}",
            comma=" ",
            group="\u00a0",
        ),
        "hi": Usage(
            "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
            "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्टू॰ नव॰ दिस॰",
        ),
        "ur": Usage(
            "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
            day="{day} {short}، {year}",
            comma="، ",
        ),
        "ckb": Usage(
            "کانوونی\u00a0دووەم شوبات ئازار نیسان ئایار حوزەیران تەمووز ئاب ئەیلوول تشرینی\u00a0یەکەم تشرینی\u00a0دووەم کانونی\u00a0یەکەم",
            day="{day}ی {month}ی {year}",
            comma=" ",
            group="٬",
        ),
        "az": Usage(
            "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
            "yan fev mar apr may iyn iyl avq sen okt noy dek",
            group=".",
        ),
        "id": Usage(
            "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
            "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
            clock=".",
            group=".",
        ),
    }
)
"""By language, or by language and region."""

DIGITS = MappingProxyType({"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"})
"""The digits of CLDR's numbering systems, apart from "latn"."""

NUMBERING = MappingProxyType(
    {
        "ar": "arab",
        "ckb": "arab",
        "fa": "arabext",
        "ps": "arabext",
        **dict.fromkeys(("ar-ae", "ar-dz", "ar-eh", "ar-ly", "ar-ma", "ar-tn"), "latn"),
    }
)
"""Which digits a language writes, where they are not 0 to 9: in the west of the Arab world they are."""

_IN_ARABIC_SCRIPT = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
PERSIAN_MONTHS = MappingProxyType(
    {
        "": "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
        **dict.fromkeys(("ar", "ckb", "fa", "ur"), _IN_ARABIC_SCRIPT),
        "de": "Farwardin Ordibehescht Chordād Tir Mordād Schahriwar Mehr Ābān Āsar Déi Bahman Essfand",
        "es": "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand",
        "fr": "farvardin ordibehešt khordâd tir mordâd šahrivar mehr âbân âzar dey bahman esfand",
        "he": "פרורדין ארדיבהשת ח׳רדאד תיר מרדאד שהריור מהר אבאן אד׳ר די בהמן אספנד",
        "ps": "وری غویی غبرگولی چنگاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
        "tr": "Ferverdin Ordibeheşt Hordad Tir Mordad Şehriver Mehr Aban Azer Dey Behmen Esfend",
    }
)
"""The months of the Solar Hijri calendar; "" for all other languages."""

OWN_NAMES = MappingProxyType(
    {
        "ar": "العربية",
        "az": "azərbaycanca",
        "bg": "български",
        "bn": "বাংলা",
        "ca": "català",
        "ckb": "کوردیی ناوەندی",
        "cs": "čeština",
        "da": "dansk",
        "de": "Deutsch",
        "el": "Ελληνικά",
        "en": "English",
        "eo": "Esperanto",
        "es": "español",
        "et": "eesti",
        "eu": "euskara",
        "fa": "فارسی",
        "fi": "suomi",
        "fr": "français",
        "gl": "galego",
        "he": "עברית",
        "hi": "हिन्दी",
        "hr": "hrvatski",
        "hu": "magyar",
        "hy": "հայերեն",
        "id": "Bahasa Indonesia",
        "it": "italiano",
        "ja": "日本語",
        "ka": "ქართული",
        "ko": "한국어",
        "ku": "kurdî",
        "lt": "lietuvių",
        "lv": "latviešu",
        "nb": "norsk bokmål",
        "nl": "Nederlands",
        "pl": "polski",
        "ps": "پښتو",
        "pt": "português",
        "pt-br": "português (Brasil)",
        "ro": "română",
        "ru": "русский",
        "sk": "slovenčina",
        "sl": "slovenščina",
        "sr": "српски",
        "sv": "svenska",
        "ta": "தமிழ்",
        "tg": "тоҷикӣ",
        "th": "ไทย",
        "tr": "Türkçe",
        "ug": "ئۇيغۇرچە",
        "uk": "українська",
        "ur": "اردو",
        "vi": "Tiếng Việt",
        "zh": "中文",
        "zh-hans": "简体中文",
        "zh-hant": "繁體中文",
    }
)
"""Languages in their own words."""
