"""Which countries and regions a text is about: found where meant, not found where not, in the watch's languages."""

import time

import pytest

from silkwire.reasons import Reason
from silkwire.records import Kind, Role
from tests.labelling import about, codes, regions_about


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "Kazakhstan's grain harvest reached the Kyrgyz market.", {"KZ", "KG"}),
        ("en", "The U.S. envoy met British and Uzbek officials.", {"US", "GB", "UZ"}),
        ("fr", "L'Ouzbékistan et les Kirghizes ouvrent un marché à la frontière.", {"UZ", "KG"}),
        ("fr", "Les ETATS-UNIS et la Chine discutent.", {"US", "CN"}),
        ("ru", "В Казахстане и Кыргызстане открыли выставку узбекистанских художников.", {"KZ", "KG", "UZ"}),
        ("ru", "Между Саудовской Аравией и Объединёнными Арабскими Эмиратами пустили поезд.", {"SA", "AE"}),
        ("ru", "Фермеры Украи\u0301ны продали зерно.", {"UA"}),
        ("uk", "У Казахстані та Польщі збудували завод.", {"KZ", "PL"}),
        ("zh", "哈萨克斯坦与乌兹别克斯坦签署协议。", {"KZ", "UZ"}),
        ("zh-Hant", "哈薩克與烏茲別克簽署協議,俄羅斯表示歡迎。", {"KZ", "UZ", "RU"}),
        ("kk", "Қазақстанның астығы Өзбекстандағы базарға жетті.", {"KZ", "UZ"}),
        ("kk", "Қытайдан Ресейге жүк пойызы шықты.", {"CN", "RU"}),
        ("kk", "قازاقستاننىڭ استىعى", {"KZ"}),
        ("ky", "Кыргызстандын соодагерлери Казакстанга жана Кытайга барышты.", {"KG", "KZ", "CN"}),
        ("uz-Latn", "Oʻzbekistonning paxtasi Qozogʻistonga yetdi.", {"UZ", "KZ"}),
        ("uz-Latn", "O'zbekistondan Qirg‘izistonga poyezd.", {"UZ", "KG"}),
        ("uz-Latn", "O`zbekiston va Xitoyning chegarasi", {"UZ", "CN"}),
        ("uz-Cyrl", "Хитойнинг молини Ўзбекистондан олишди.", {"CN", "UZ"}),
        ("tg", "Тоҷикистон бо Чин ва Ӯзбекистони ҳамсоя гуфтугӯ кард.", {"TJ", "CN", "UZ"}),
        ("tk", "Türkmenistanyň gazy Hytaýa we Özbegistana barýar.", {"TM", "CN", "UZ"}),
        ("tr", "Türkiye'nin ihracatı Kazakistan'a ve Çin'e arttı.", {"TR", "KZ", "CN"}),
        ("fa", "چین و ازبکستان با ایران گفتگو کردند.", {"CN", "UZ", "IR"}),
        ("ar", "وصل الوفد للصين وبكازاخستان", {"CN", "KZ"}),
        ("ug", "جۇڭگونىڭ پويىزى قازاقىستانغا باردى", {"CN", "KZ"}),
        ("mn", "Хятадын галт тэрэг Оросоос ирэв.", {"CN", "RU"}),
        ("az", "Qazaxıstanın taxılı Türkiyəyə çatdı.", {"KZ", "TR"}),
        ("de", "Die kasachische Delegation reiste nach Usbekistan.", {"KZ", "UZ"}),
        ("und", "Kazakhstan и Кыргызстан, 中国", {"KZ", "KG", "CN"}),
    ],
)
def test_a_country_is_found_in_its_inflected_forms(labeller, language, sentence, expected):
    assert codes(labeller.label("", sentence, language)) == expected


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The ambassador met a woman who sells romantic porcelain."),
        ("en", "We ate turkey with chad and niger seed, and a china cup fell on the guinea pig."),
        ("en", "They asked us to give it to us."),
        ("en", "Michael Jordan and Chad Smith played in the garden."),
        ("en", "Storms crossed Indochina."),
        ("en", "A paper by the South China Morning Post on the South China Sea."),
        ("ru", "Врач подарил им мальву, чадру и немного малины."),
        ("ru", "Корабль вошёл в Южно-Китайское море."),
        ("tr", "Mali tablolar bakanlıkta görüşüldü."),
        ("fa", "گزارش مالی شرکت منتشر شد"),
        ("fa", "روز دوشنبه باران می‌بارد"),
        ("ug", "نان، سۇ قاتارلىق نەرسىلەر"),
        ("zh", "印度支那的历史，船驶过南中国海。"),
        ("zh", "其中以工人最多，在计划中加入新内容。"),
        ("kk", "Ауырған адам үйінде жатты."),
    ],
)
def test_no_country_is_found_inside_other_words_or_names(labeller, language, sentence):
    assert codes(labeller.label("", sentence, language)) == set()


def test_somalia_is_not_mali_and_mali_is_found_by_itself(labeller):
    assert codes(labeller.label("", "Порт Сомали закрыли.", "ru")) == {"SO"}
    assert codes(labeller.label("", "Войска ушли из Мали.", "ru")) == {"ML"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Georgia's parliament in Tbilisi passed a budget with Armenia watching.", {"GE", "AM"}),
        ("Jordan and Syria opened the border.", {"JO", "SY"}),
        ("Troops left Chad for Sudan.", {"TD", "SD"}),
        ("Turkey raised its interest rate.", {"TR"}),
        ("Nigeria closed its market.", {"NG"}),
        ("Niger closed its market after the coup in Agadez.", {"NE"}),
        ("Fishermen of Guinea-Bissau came home.", {"GW"}),
        ("Fishermen of Papua New Guinea came home.", {"PG"}),
        ("The Democratic Republic of the Congo votes.", {"CD"}),
        ("The Republic of the Congo votes.", {"CG"}),
        ("North Korea fired a rocket.", {"KP"}),
        ("Korea exports ships.", {"KR"}),
        ("A U.S. senator of New Mexico spoke.", {"US"}),
        ("TURKEY AND KAZAKHSTAN SIGN", {"TR", "KZ"}),
    ],
)
def test_a_name_that_several_things_bear_is_read_by_what_stands_around_it(labeller, sentence, expected):
    assert codes(labeller.label("", sentence, "en")) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("中哈口岸货运量增长。", {"CN", "KZ"}),
        ("中吉乌铁路开工。", {"CN", "KG", "UZ"}),
        ("哈方表示欢迎。", {"KZ"}),
        ("吉尔吉斯斯坦宣布，吉方将参加。", {"KG"}),
        ("他把吉方块放下。", set()),
        ("总统将访华。", {"CN"}),
        ("其中美国最多。", {"US"}),
        ("俄乌冲突持续。", {"RU", "UA"}),
        ("塔吉克斯坦的雪山。", {"TJ"}),
        ("乌兹别克斯坦说，中乌关系良好。", {"CN", "UZ"}),
    ],
)
def test_chinese_short_forms_speak_in_compounds(labeller, sentence, expected):
    assert codes(labeller.label("", sentence, "zh")) == expected


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Central Asian farmers want rain."),
        ("fr", "L'Asie centrale manque de pluie."),
        ("ru", "В Центральной Азии ждут дождя."),
        ("zh", "中亚五国等待降雨。"),
        ("zh-Hant", "中亞等待降雨。"),
        ("kk", "Орталық Азияда жаңбыр күтеді."),
        ("ky", "Борбор Азиянын дыйкандары."),
        ("uz-Latn", "Markaziy Osiyoda yomgʻir kutilmoqda."),
        ("uz-Cyrl", "Марказий Осиёнинг деҳқонлари."),
        ("tg", "Дар Осиёи Марказӣ борон намеборад."),
        ("tk", "Merkezi Aziýanyň daýhanlary."),
        ("tr", "Orta Asya'da yağmur bekleniyor."),
        ("fa", "آسیای مرکزی در انتظار باران است"),
        ("ug", "ئوتتۇرا ئاسىيانىڭ دېھقانلىرى"),
        ("mn", "Төв Азийн тариачид."),
    ],
)
def test_a_region_is_found_by_its_own_name(labeller, language, sentence):
    labels = labeller.label("", sentence, language)
    assert regions_about(labels) == {"central-asia"}
    assert labels.outcome.kind is Kind.OK


def test_a_region_of_a_division_is_found_by_its_names_and_so_is_its_country(labeller):
    assert regions_about(labeller.label("新疆棉花丰收", "", "zh")) == {"xinjiang", "china"}
    assert regions_about(labeller.label("Хлопок Синьцзяна", "", "ru")) == {"xinjiang", "china"}


def test_a_country_that_is_only_named_in_passing_is_mentioned(labeller):
    text = (
        "The Kazakh ministry opened a dam near Almaty. Officials of Kazakhstan praised the builders.\n"
        + "The valley has waited for water for ten years, and the villages were glad of it. " * 10
        + "\nOne engineer had studied in Italy."
    )
    labels = labeller.label("Kazakhstan opens a dam", text, "en")
    assert about(labels) == {"KZ"}
    assert codes(labels) == {"KZ", "IT"}
    assert regions_about(labels) == {"central-asia"}


def test_two_countries_of_a_title_are_both_about(labeller):
    labels = labeller.label("Пекин и Бишкек подписали соглашение", "Стороны встретились в понедельник.", "ru")
    assert about(labels) == {"CN", "KG"}
    assert regions_about(labels) == {"china", "central-asia"}


def test_a_newspaper_with_a_country_in_its_name_does_not_make_the_country_about(labeller):
    text = "The South China Morning Post reported that boats crossed the South China Sea. " * 3
    labels = labeller.label("Boats in the South China Sea", text + "Vietnam protested.", "en")
    assert "CN" not in codes(labels)
    assert "VN" in codes(labels)


def test_a_list_of_many_countries_in_a_title_is_no_story_about_each(labeller):
    title = "Visa-free: Italy, Spain, Portugal, Greece, Malta, Cyprus, Peru"
    assert about(labeller.label(title, "The list is long. " * 60, "en")) == set()


def test_evidence_points_into_title_newline_text(labeller):
    title, text = "Қазақстанның жаңа жолы", "Жол Өзбек\u00adстанға дейін барады. Құрылысшылар Қытайдан келді."
    whole = f"{title}\n{text}"
    labels = labeller.label(title, text, "kk")
    found = [evidence for country in labels.countries for evidence in country.evidence]
    assert {evidence.text for evidence in found} == {"Қазақстанның", "Өзбек\u00adстанға", "Қытайдан"}
    assert all(whole[evidence.start : evidence.end] == evidence.text for evidence in found)


def test_offsets_hold_where_letters_are_decomposed(labeller):
    text = "La Re\u0301publique tche\u0300que et l'E\u0301gypte, puis la Chine."
    labels = labeller.label("", text, "fr")
    evidence = {country.code: country.evidence[0] for country in labels.countries}
    assert set(evidence) == {"CZ", "EG", "CN"}
    assert all(f"\n{text}"[item.start : item.end] == item.text for item in evidence.values())


def test_a_text_without_evidence_is_abstained(labeller):
    labels = labeller.label("", "Lorem ipsum dolor.", "en")
    assert (labels.countries, labels.regions, labels.topics, labels.watch) == ((), (), (), ())
    assert labels.outcome.kind is Kind.ABSTAINED
    assert labels.outcome.reason is Reason.NO_EVIDENCE


def test_scores_lie_between_zero_and_one_and_fall(labeller):
    labels = labeller.label("China", "China and China and Iran. Japan.", "en")
    scores = [country.score for country in labels.countries if country.role is Role.ABOUT]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < country.score < 1 for country in labels.countries)


def test_the_language_is_detected_where_none_is_given(labeller):
    labels = labeller.label("", "Правительство Казахстана сегодня рассмотрело новый закон о воде и земле.")
    assert labels.language == "ru"
    assert codes(labels) == {"KZ"}


def test_a_long_page_of_doubtful_names_is_labelled_in_time(labeller):
    start = time.perf_counter()
    labels = labeller.label("Names", "Georgia Jordan Chad US China " * 4000, "en")
    assert "CN" in codes(labels)
    assert time.perf_counter() - start < 5
