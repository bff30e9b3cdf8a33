"""What an article is about and what it only mentions: datelines, lists, leaders, regions, domestic stories.

Cases are (language, text, codes): every country that the text is about or mentions, or an empty string.
"""

from datetime import date

import pytest

from silkwire.records import Role
from tests.labelling import about, cases, codes


@pytest.mark.parametrize(
    ("language", "text", "main", "desk"),
    [
        ("en", "By Ann Lee in Beijing\nKazakhstan raised grain exports, the Kazakh ministry said.", "KZ", "CN"),
        ("en", "BEIJING, March 3 (Xinhua) -- Kazakhstan raised grain exports, the Kazakh ministry said.", "KZ", "CN"),
        ("ru", "БИШКЕК, 3 мар — Кабар. Казахстан увеличил экспорт зерна, сообщили в Астане.", "KZ", "KG"),
        ("ru", "МОСКВА, 3 мар — РИА Новости. Казахстан увеличил экспорт зерна, сообщили в Астане.", "KZ", "RU"),
        ("zh", "新华社北京3月3日电 哈萨克斯坦扩大粮食出口，哈方表示将保障供应。", "KZ", "CN"),
        ("kk", "АСТАНА. ҚазАқпарат – Қытай астық импортын арттырды. Қытайлық тарап мәлімдеді.", "CN", "KZ"),
        ("tr", "ANKARA (AA) - Kazakistan tahıl ihracatını artırdı, Kazak bakanlığı açıkladı.", "KZ", "TR"),
    ],
)
def test_a_desk_in_byline_or_dateline_is_at_most_mentioned_beside_another_country(labeller, language, text, main, desk):
    labels = labeller.label("", text, language)
    assert main in about(labels)
    assert desk not in about(labels)


@cases(
    ("en", "BEIJING, March 3 (Xinhua) -- The city opened two subway lines.", "CN"),
    ("ru", "БИШКЕК, 3 мар — Кабар. В столице открыли две школы.", "KG"),
    ("zh", "新华社北京3月3日电 两条地铁新线今天开通。", "CN"),
    ("kk", "АСТАНА. ҚазАқпарат – Елордада екі мектеп ашылды.", "KZ"),
    ("tr", "ANKARA (AA) - Başkentte iki metro hattı açıldı.", "TR"),
)
def test_a_dateline_alone_says_where_the_story_plays(labeller, language, text, expected):
    assert about(labeller.label("", text, language)) == set(expected.split())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Investors discussed Central Asia at the forum."),
        ("fr", "Les investisseurs parlent de l'Asie centrale."),
        ("de", "Investoren sprachen über Zentralasien."),
        ("es", "Los inversores hablaron de Asia Central."),
        ("ru", "На форуме обсудили Центральную Азию."),
        ("ru", "В Средней Азии ждут паводка."),
        ("uk", "На форумі обговорили Центральну Азію."),
        ("zh", "论坛讨论了中亚。"),
        ("zh-Hant", "論壇討論了中亞局勢。"),
        ("kk", "Форумда Орталық Азия талқыланды."),
        ("ky", "Форумда Борбор Азия талкууланды."),
        ("uz-Latn", "Forumda Markaziy Osiyo muhokama qilindi."),
        ("uz-Cyrl", "Форумда Марказий Осиё муҳокама қилинди."),
        ("tg", "Дар ҳамоиш Осиёи Марказӣ баррасӣ шуд."),
        ("tk", "Forumda Merkezi Aziýa ara alnyp maslahatlaşyldy."),
        ("tr", "Forumda Orta Asya ele alındı."),
        ("az", "Forumda Mərkəzi Asiya müzakirə olundu."),
        ("ug", "مۇنبەردە ئوتتۇرا ئاسىيا مۇزاكىرە قىلىندى."),
        ("mn", "Чуулганаар Төв Азийг хэлэлцэв."),
        ("fa", "در این نشست آسیای مرکزی بررسی شد."),
        ("ar", "ناقش المنتدى آسيا الوسطى."),
        ("en", "Delegates of Kazakhstan, Kyrgyzstan, Uzbekistan, Tajikistan and Turkmenistan met."),
        ("ru", "Встретились делегаты Казахстана, Кыргызстана, Узбекистана, Таджикистана и Туркменистана."),
        ("zh", "哈萨克斯坦、吉尔吉斯斯坦、乌兹别克斯坦、塔吉克斯坦和土库曼斯坦代表会晤。"),
        ("kk", "Қазақстан, Қырғызстан, Өзбекстан, Тәжікстан және Түрікменстан өкілдері кездесті."),
    ],
)
def test_central_asia_is_a_region_of_its_own_and_no_single_country(labeller, language, text):
    labels = labeller.label("", text, language)
    assert {region.id for region in labels.regions if region.role is Role.ABOUT} == {"central-asia"}
    assert about(labels) == set()


@pytest.mark.parametrize(
    ("language", "title", "text", "main"),
    [
        (
            "en",
            "Kyrgyzstan widens visa-free entry",
            (
                "Kyrgyzstan will let in citizens of more states for 60 days, Bishkek said.\n"
                "The list: Italy, Spain, Portugal, Greece, Malta, Cyprus, Peru, Chile, Japan, Canada."
            ),
            "KG",
        ),
        (
            "ru",
            "Казахстан расширил безвизовый режим",
            (
                "Казахстан разрешит въезд на 30 дней, сообщили в Астане.\n"
                "Список: Италия, Испания, Португалия, Греция, Мальта, Кипр, Перу, Чили, Япония, Канада."
            ),
            "KZ",
        ),
        (
            "zh",
            "乌兹别克斯坦扩大免签范围",
            (
                "乌兹别克斯坦宣布新的免签政策，塔什干方面说入境可停留30天。\n"
                "名单：意大利、西班牙、葡萄牙、希腊、马耳他、塞浦路斯、秘鲁、智利、日本、加拿大。"
            ),
            "UZ",
        ),
        (
            "kk",
            "Қазақстан палуандары чемпион атанды",
            (
                "Қазақстан құрамасы бес алтын алды, қазақстандық палуандар үздік болды.\n"
                "Келесі орындар: Иран, Жапония, Үндістан, Моңғолия, Өзбекстан."
            ),
            "KZ",
        ),
        (
            "tr",
            "Kazakistan güreşte şampiyon oldu",
            (
                "Kazakistan beş altın kazandı, Kazak güreşçiler zirveye çıktı.\n"
                "Sıralama: İran, Japonya, Hindistan, Moğolistan, Özbekistan."
            ),
            "KZ",
        ),
        (
            "en",
            "Uzbekistan names a finance minister",
            "Uzbekistan has a new finance minister, Tashkent said. The Uzbek parliament will vote on Friday.\n"
            + "The economist has worked on budgets for twenty years and wrote a textbook about them. " * 5
            + "She studied in Germany, taught in Japan, and ran a fund in Canada.",
            "UZ",
        ),
    ],
)
def test_countries_of_a_list_or_a_biography_are_mentioned_and_the_actor_is_about(labeller, language, title, text, main):
    labels = labeller.label(title, text, language)
    assert about(labels) == {main}
    assert len(codes(labels)) >= 4


@cases(
    ("en", "The museum reopened after repairs.", "KZ"),
    ("kk", "Мұражай жөндеуден кейін ашылды.", "KZ"),
    ("zh", "博物馆修缮后重新开放。", "CN"),
    ("fa", "موزه پس از تعمیر بازگشایی شد.", "IR"),
)
def test_a_text_without_countries_is_presumed_to_be_of_its_outlets_and_of_no_region(labeller, language, text, expected):
    labels = labeller.label("", text, language, source_country=expected)
    assert [(label.code, label.role) for label in labels.countries] == [(expected, Role.PRESUMED)]
    assert [evidence.kind for evidence in labels.countries[0].evidence] == ["outlet"]
    assert labels.regions == ()
    assert labeller.label("", text, language).countries == ()


@cases(
    ("en", "Italy's museums reopened after repairs.", "IT"),
    ("ru", "Музеи Италии открылись после ремонта.", "IT"),
    ("zh", "意大利的博物馆重新开放。", "IT"),
)
def test_nothing_is_presumed_where_a_country_is_found(labeller, language, text, expected):
    assert codes(labeller.label("", text, language, source_country="KZ")) == {expected}
    assert about(labeller.label("", text, language, source_country="KZ")) == {expected}


@pytest.mark.parametrize(
    ("language", "text", "country", "years"),
    [
        ("en", "Obama signed the bill at a ceremony.", "US", (2012, 2020)),
        ("en", "Nazarbayev opened the congress.", "KZ", (2010, 2024)),
        ("ru", "Назарбаев открыл съезд.", "KZ", (2010, 2024)),
        ("kk", "Назарбаев съезді ашты.", "KZ", (2010, 2024)),
        ("zh", "纳扎尔巴耶夫发表讲话。", "KZ", (2010, 2024)),
        ("en", "Tokayev opened the congress.", "KZ", (2023, 1989)),
        ("ru", "Ислам Каримов подписал указ об амнистии.", "UZ", (2012, 2020)),
        ("zh", "胡锦涛发表讲话。", "CN", (2010, 2020)),
        ("fa", "شی جین‌پینگ سخنرانی کرد.", "CN", (2024, 2005)),
    ],
)
def test_a_leader_speaks_for_the_country_while_in_office(labeller, language, text, country, years):
    inside, outside = (date(year, 5, 1) for year in years)
    assert codes(labeller.label("", text, language, day=inside)) == {country}
    assert codes(labeller.label("", text, language)) == {country}
    assert codes(labeller.label("", text, language, day=outside)) == set()
    dropped = labeller.explain("", text, language, day=outside).dropped
    assert any(name.code == country and "office" in name.why for name in dropped)
