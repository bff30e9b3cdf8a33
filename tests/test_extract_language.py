"""The language of a text is told from the text, with the script where a language has two."""

import subprocess
import sys

import pytest

from silkwire.extract.languages.language import detect_language, tell_language
from silkwire.records import LanguageFrom

TEXTS = {
    "en": "The presidents of both countries agreed on Tuesday to build a second railway through the mountains.",
    "fr": "Les présidents des deux pays ont décidé mardi de construire une seconde ligne à travers les montagnes.",
    "ru": "Президенты двух стран договорились во вторник построить вторую железную дорогу через горы.",
    "kk": "Екі елдің президенттері сейсенбі күні тау арқылы екінші теміржол салуға келісті.",
    "ky": "Эки өлкөнүн президенттери шейшемби күнү тоо аркылуу экинчи темир жолду курууга макулдашты.",
    "uz-Latn": "Ikki davlat prezidentlari seshanba kuni tog‘lar orqali ikkinchi temir yo‘l qurishga kelishib oldi.",
    "uz-Cyrl": "Икки давлат президентлари сешанба куни тоғлар орқали иккинчи темир йўл қуришга келишиб олди.",
    "tg": "Президентҳои ду кишвар рӯзи сешанбе барои сохтани роҳи оҳани дуюм аз тариқи кӯҳҳо мувофиқат карданд.",
    "tk": "Iki ýurduň prezidentleri sişenbe güni daglaryň üstünden ikinji demir ýoly gurmak barada ylalaşdylar.",
    "tr": "İki ülkenin cumhurbaşkanları salı günü dağların içinden ikinci bir demiryolu inşa etme konusunda anlaştı.",
    "fa": "رؤسای جمهور دو کشور روز سه‌شنبه درباره ساخت دومین خط آهن از میان کوه‌ها توافق کردند.",
    "ar": "اتفق رئيسا البلدين يوم الثلاثاء على بناء خط سكة حديد ثان عبر الجبال.",
    "ug": "ئىككى دۆلەت رەئىسى سەيشەنبە كۈنى تاغلار ئارقىلىق ئىككىنچى تۆمۈريول ياساشقا كېلىشتى.",
    "mn": "Хоёр орны ерөнхийлөгч мягмар гарагт уулсын дундуур хоёр дахь төмөр зам барихаар тохиролцлоо.",
    "uk": "Президенти двох країн домовилися у вівторок збудувати другу залізницю через гори.",
    "zh-Hans": "两国总统星期二同意修建第二条穿越山区的铁路，并将签署贸易协议。",
    "zh-Hant": "兩國總統星期二同意修建第二條穿越山區的鐵路，並將簽署貿易協議。",
    "ja": "両国の大統領は火曜日、山を越える二本目の鉄道を建設することで合意した。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_is_told(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text", ["", "BBC", "42 % — 17:30", "http://a.example/a-long-address-of-words", "中国", "\ud800" * 40, "🚀🔥 100 %"]
)
def test_too_little_to_go_by_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


def test_a_russian_text_with_kazakh_names_is_russian() -> None:
    assert detect_language("Қасым-Жомарт Тоқаев встретился с министром иностранных дел, сообщили в Акорде.") == "ru"


def test_english_words_in_a_chinese_text_do_not_change_it() -> None:
    assert detect_language("华为发布新款手机 Huawei Mate 20X 5G，支持双卡双待，电池续航更长，价格更低。") == "zh-Hans"


HEADLINES = {
    "pt": "Governo anuncia novas medidas para a economia",
    "es": "El gobierno anuncia nuevas medidas económicas",
    "ky": "Жогорку Кеңеш жаңы мыйзамды кабыл алды",
    "kk": "Парламент жаңа заңды қабылдады",
    "tt": "Казанда яңа мәктәп ачылды",
    "mn": "Засгийн газар шинэ төсөв баталлаа",
    "az": "Nazirlər Kabineti yeni qərar qəbul edib",
    "tr": "Bakanlar Kurulu yeni bir karar aldı",
    "uz-Latn": "Prezident yangi qonunni imzoladi",
    "uz-Cyrl": "Президент янги қонунни имзолади",
    "fa": "رئیس‌جمهور قانون جدید را امضا کرد",
    "ar": "الرئيس يوقع القانون الجديد",
    "ur": "صدر نے نئے قانون پر دستخط کر دیے",
    "kk-Latn": "Qazaqstan Prezıdenti jańa zańǵa qol qoıdy",
    "kk-Arab": "قازاقستان پرەزيدەنتى جاڭا زاڭعا قول قويدى",
    "mn-Mong": "ᠮᠣᠩᠭᠣᠯ ᠤᠯᠤᠰ ᠤᠨ ᠶᠡᠷᠦᠩᠬᠡᠶᠢᠯᠡᠭᠴᠢ",
    "sr": "Председник Владе састао се са министрима",
    "bg": "Парламентът прие бюджета за следващата година",
    "uk": "Уряд схвалив новий закон про бюджет",
    "hr": "Predsjednik Vlade Hrvatske sastao se s ministrima",
    "bo": "རྒྱལ་ཁབ་ཀྱི་འགོ་ཁྲིད",
    "ja": "経済対策を閣議決定",
    "ko": "정부 새 경제 대책 발표",
}


@pytest.mark.parametrize("language", HEADLINES)
def test_a_headline_is_told(language: str) -> None:
    assert detect_language(HEADLINES[language]) == language


def test_a_russian_headline_of_names_is_not_bulgarian() -> None:
    assert detect_language("Сергей Петров назначен на пост министра") == "ru"


@pytest.mark.parametrize("language", ["kk", "tt", "uz-Latn", "tr", "es", "pt"])
def test_a_headline_in_capitals_is_told(language: str) -> None:
    assert detect_language(HEADLINES[language].upper()) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Компания Turkish Airlines и Star Alliance откроют рейсы", "ru"),
        ("شرکت Star Alliance و Turkish Airlines قرارداد امضا کردند", "fa"),
        ("The slogan 为人民服务 was painted over the gate of the old party school, residents said.", "en"),
        ("🔥🔥 Президент подписал закон 🇰🇿 https://outlet.example/english-words-in-an-address #breaking", "ru"),
    ],
)
def test_names_quotations_and_signs_of_another_script_decide_nothing(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_presentation_forms_are_the_letters_they_stand_for() -> None:
    assert detect_language("ﺍﻟﺮﺋﻴﺲ ﻳﻮﻗﻊ ﺍﻟﻘﺎﻧﻮﻥ ﺍﻟﺠﺪﻳﺪ") == "ar"


def test_a_soft_hyphen_or_a_mark_of_direction_changes_nothing() -> None:
    assert detect_language("\u200fرئیس‌جمهور قانـون جدید را امضا کرد\u200e") == "fa"


def test_a_chinese_headline_with_a_japanese_particle_is_chinese() -> None:
    assert detect_language("优惠の选择：这里买车更划算") == "zh-Hans"


def test_a_japanese_headline_without_kana_is_japanese() -> None:
    assert detect_language("経済対策閣議決定") == "ja"


def test_cantonese_is_traditional_chinese() -> None:
    assert detect_language("政府今日宣布，佢哋將會喺下個月推出新嘅措施。") == "zh-Hant"


def test_the_source_decides_between_two_that_are_as_likely() -> None:
    title = "QAZAQSTAN PREZİDENTİ ÜKİMETPEN KEÑES ÖTKİZDİ"
    assert tell_language("", title, "kk-Latn") == ("kk-Latn", LanguageFrom.SOURCE)
    assert tell_language("", title, "az") == ("az", LanguageFrom.SOURCE)


def test_a_headline_that_could_be_russian_or_bulgarian_is_its_sources() -> None:
    title = "Правителството прие новия закон за бюджета"
    assert tell_language("", title, "bg") == ("bg", LanguageFrom.SOURCE)


@pytest.mark.parametrize(("told", "tag"), [("zh-TW", "zh-Hant"), ("zh_CN", "zh-Hans"), ("zh-Hant-HK", "zh-Hant")])
def test_the_source_decides_on_the_writing_that_shared_characters_leave_open(told: str, tag: str) -> None:
    assert tell_language("", "中文大人上山下水", told) == (tag, LanguageFrom.SOURCE)


@pytest.mark.parametrize("told", ["en", "kk", "zh-TW", "no tag at all", None])
def test_the_source_has_no_say_where_the_text_is_clear(told: str | None) -> None:
    assert tell_language(TEXTS["ru"], "", told) == ("ru", LanguageFrom.TEXT)


def test_a_title_is_heard_where_the_text_is_short() -> None:
    assert tell_language("12:30", HEADLINES["ky"], None) == ("ky", LanguageFrom.TEXT)


def test_the_model_is_not_loaded_at_import() -> None:
    code = "import sys, silkwire.extract.languages.language; sys.exit('py3langid' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode
        == 0
    )
