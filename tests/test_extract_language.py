"""The language of a text is told from the text, with the script where a language has two."""

import subprocess
import sys

import pytest

from silkwire.extract.language import detect_language

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
    "text", ["", "BBC", "42 % — 17:30", "http://a.example/a-long-address-of-words", "中国", "\ud800" * 40]
)
def test_too_little_to_go_by_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


def test_a_russian_text_with_kazakh_names_is_russian() -> None:
    assert detect_language("Қасым-Жомарт Тоқаев встретился с министром иностранных дел, сообщили в Акорде.") == "ru"


def test_english_words_in_a_chinese_text_do_not_change_it() -> None:
    assert detect_language("华为发布新款手机 Huawei Mate 20X 5G，支持双卡双待，电池续航更长，价格更低。") == "zh-Hans"


def test_the_model_is_not_loaded_at_import() -> None:
    code = "import sys, silkwire.extract.language; sys.exit('py3langid' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode
        == 0
    )
