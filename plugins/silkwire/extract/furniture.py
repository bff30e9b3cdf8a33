"""Lines of a page that are not the article's: invitations to read on, share, subscribe or accept cookies.

Only whole lines go, and only by closed lists: a sentence that merely contains such words stays.
"""

import re
import unicodedata

# What introduces links to other articles. With a colon or nothing after it, the line is a heading of such links; with
# text after a colon it is itself one.
_READ_ON = (
    *("a lire egalement", "a lire aussi", "lire aussi", "lire egalement", "lire la suite", "sur le meme sujet"),
    *("voir aussi", "pour aller plus loin", "articles lies", "les plus lus", "a ne pas manquer"),
    *("read also", "also read", "read more", "see also", "related", "related articles", "related stories"),
    *("related news", "related content", "more on this story", "more from", "you may also like", "recommended"),
    *("recommended for you", "most read", "most popular", "trending", "read next", "up next", "further reading"),
    *("читайте также", "читать также", "читайте еще", "читать еще", "смотрите также", "еще по теме", "по теме"),
    *("материалы по теме", "похожие новости", "новости по теме", "другие новости", "ранее по теме", "рекомендуем"),
    *("популярное", "самое читаемое", "последние новости", "главное сегодня", "вам может быть интересно"),
    *(
        "相关阅读",
        "相關閱讀",
        "延伸阅读",
        "延伸閱讀",
        "相关新闻",
        "相關新聞",
        "相关报道",
        "相關報道",
        "推荐阅读",
        "推薦閱讀",
    ),
    *(
        "相关链接",
        "相關連結",
        "更多新闻",
        "更多新聞",
        "热门新闻",
        "熱門新聞",
        "猜你喜欢",
        "阅读更多",
        "更多阅读",
        "精彩推荐",
    ),
    *(
        "тагы окыныз",
        "тагы оки отырыныз",
        "окы отырыныз",
        "сондай-ак окыныз",
        "усынылган жаналыктар",
        "такырып бойынша",
    ),
    *("окунуз", "дагы окунуз", "ушул эле темада", "кененирээк окунуз", "тектеш макалалар", "ушул темада"),
    *("o'qing", "yana o'qing", "shuningdek o'qing", "mavzuga oid", "mavzuga doir", "boshqa yangiliklar"),
    *("укинг", "шунингдек укинг", "мавзуга оид", "мавзуга доир", "бошка янгиликлар"),
    *(
        "бештар",
        "бештар бихонед",
        "инчунин бихонед",
        "хамчунин бихонед",
        "инчунин хонед",
        "хамчунин хонед",
        "дар хамин мавзуъ",
        "боз бихонед",
    ),
    *("ayrica oku", "ayrica okuyun", "ilgili haberler", "benzer haberler", "bunlar da ilginizi cekebilir"),
    *(
        "sunlar da ilginizi cekebilir",
        "ilginizi cekebilir",
        "okumaya devam et",
        "diger haberler",
        "ilgili konular",
        "haberin devami",
    ),
    *(
        "بیشتر بخوانید",
        "بیشتر بخوانید",
        "مطالب مرتبط",
        "اخبار مرتبط",
        "همچنین بخوانید",
        "اقرأ أيضا",
        "اقرا ايضا",
        "مواضيع ذات صلة",
    ),
    *(
        "مقالات ذات صلة",
        "اقرأ المزيد",
        "مزيد من الأخبار",
        "okan",
        "seyle hem okan",
        "seyle-de okan",
        "يەنە ئوقۇڭ",
        "مۇناسىۋەتلىك خەۋەرلەر",
        "menzes habarlar",
        "мөн унших",
        "холбоотой мэдээ",
    ),
    *("lesen sie auch", "mehr zum thema", "weiterlesen", "auch interessant", "das konnte sie auch interessieren"),
    *("lee tambien", "leer mas", "te puede interesar", "noticias relacionadas", "leia tambem", "leggi anche"),
)
_HOUSEKEEPING = (
    *(
        "share",
        "share this",
        "share this article",
        "share on facebook",
        "tweet",
        "print",
        "email",
        "copy link",
        "subscribe",
    ),
    *(
        "subscribe now",
        "sign up",
        "sign up for our newsletter",
        "follow us",
        "advertisement",
        "advertising",
        "comments",
    ),
    *("all rights reserved", "accept cookies", "accept all", "log in", "leave a comment", "skip to content"),
    *("partager", "partagez", "imprimer", "publicite", "abonnez-vous", "s'abonner", "commentaires", "copier le lien"),
    *(
        "inscrivez-vous a notre newsletter",
        "tout accepter",
        "suivez-nous",
        "partager sur facebook",
        "tous droits reserves",
    ),
    *("поделиться", "поделиться новостью", "распечатать", "версия для печати", "реклама", "подписаться", "комментарии"),
    *("подписывайтесь на нас", "все права защищены", "сообщить об ошибке", "скопировать ссылку", "написать нам"),
    *(
        "分享",
        "分享到",
        "分享到:",
        "打印",
        "责任编辑",
        "返回首页",
        "扫一扫分享",
        "关闭窗口",
        "字号",
        "广告",
        "版权所有",
        "收藏",
        "举报",
    ),
    *("болису", "барлык кукыктар коргалган", "жазылу", "жазылыныз", "пикирлер", "бөлүшүү", "болушуу", "жазылуу"),
    *("ulashish", "obuna bo'ling", "barcha huquqlar himoyalangan", "izohlar", "улашиш", "обуна булинг", "изохлар"),
    *("paylas", "yazdir", "abone ol", "yorumlar", "tum haklari saklidir", "reklam", "اشتراک گذاری", "اشتراک‌گذاری"),
    *(
        "نظرات",
        "شارك",
        "مشاركة",
        "طباعة",
        "تعليقات",
        "إعلان",
        "мубодила",
        "мубодила кунед",
        "хамаи хукукхо хифз шудаанд",
        "хуваалцах",
    ),
    *("teilen", "drucken", "anzeige", "abonnieren", "kommentare", "compartir", "imprimir", "publicidad", "suscribete"),
)
_SENTENCES = re.compile(
    r"^(?:"
    r"(?:подписывайтесь|подпишитесь|присоединяйтесь|следите за (?:нами|новостями)|читайте нас|наш telegram)\b"
    r"|(?:нашли ошибку|если вы нашли ошибку)\b"
    r"|(?:subscribe to|sign up (?:for|to)|follow us on|join (?:us on|our)|click here)\b"
    r"|(?:we use cookies|this (?:web)?site uses cookies)\b"
    r"|(?:abonnez-vous|inscrivez-vous|suivez-nous|nous utilisons des cookies|ce site utilise des cookies)\b"
    r"|(?:этот сайт использует|мы используем файлы) (?:cookie|файлы cookie)"
    r"|(?:telegram|instagram|facebook|whatsapp)[- ](?:канал|арна|каналы)"
    r"|(?:责任编辑|責任編輯|扫描二维码|关注(?:我们|微信)|微信扫一扫)"
    r"|(?:©|\(c\)|copyright\b)"
    r").{0,160}$",
    re.IGNORECASE,
)
# Letters that have no decomposition, beside the apostrophes of Oʻqing, O‘qing and O'qing.
_LETTERS = str.maketrans("әғқңөұүһіҳҷəı", "агкноуухихчai") | dict.fromkeys(map(ord, "’‘ʻʼ`´ʹ"), "'")
_LINK_LIKE = 140  # characters of a headline
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔]['\"”»）)]*$")
_BULLET = re.compile(r"^[-•*·▪►▶→>|\s]+|[\s:：►▶→»>|]+$")


def cut_furniture(text: str, title: str = "") -> str:
    """Return the article's lines only, one paragraph a line.

    A line that is nothing but furniture goes, wherever it stands; one that introduces other articles takes those after
    it along when the rest of the text is a list of short lines without a sentence's end. A first line that repeats the
    title goes too.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line and set(line) - set("-•*·|–—_= ")]
    if lines and title and _folded(lines[0]) == _folded(title):
        lines = lines[1:]
    kept: list[str] = []
    for at, line in enumerate(lines):
        if _introduces_links(line) and all(map(_is_link_like, lines[at + 1 :])):
            break
        if not _is_furniture(line):
            kept.append(line)
    return "\n".join(kept)


def _is_furniture(line: str) -> bool:
    folded = _folded(line)
    return folded in _HOUSEKEEPING_KEYS or _introduces_links(line) or bool(_SENTENCES.match(line.lstrip("-•* ")))


def _introduces_links(line: str) -> bool:
    """Whether a line is `Read also`, with or without the headline it points to behind a colon."""
    if _folded(line) in _READ_ON_KEYS:
        return True
    lead, colon, rest = line.replace("：", ":", 1).partition(":")
    return bool(colon) and len(rest) <= _LINK_LIKE and _folded(lead) in _READ_ON_KEYS


def _is_link_like(line: str) -> bool:
    return len(line) <= _LINK_LIKE and not _SENTENCE_END.search(line)


def _folded(line: str) -> str:
    """Drop bullet, colon, case and marks, so that one entry stands for Oʻqing, O'qing and O‘qing."""
    decomposed = unicodedata.normalize("NFKD", _BULLET.sub("", line).casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return plain.translate(_LETTERS).strip(' ."!')


_READ_ON_KEYS = frozenset(_folded(entry) for entry in _READ_ON)
_HOUSEKEEPING_KEYS = frozenset(_folded(entry) for entry in _HOUSEKEEPING)
