"""Media Topics by weighted terms and watch topics by rules."""

import pytest

from silkwire.label.labeller import Labeller

ARTS, CRIME, DISASTER, ECONOMY = "medtop:01000000", "medtop:02000000", "medtop:03000000", "medtop:04000000"
EDUCATION, ENVIRONMENT, HEALTH, LABOUR = "medtop:05000000", "medtop:06000000", "medtop:07000000", "medtop:09000000"
LIFESTYLE, POLITICS, RELIGION, SCIENCE = "medtop:10000000", "medtop:11000000", "medtop:12000000", "medtop:13000000"
SOCIETY, SPORT, CONFLICT, WEATHER = "medtop:14000000", "medtop:15000000", "medtop:16000000", "medtop:17000000"


@pytest.mark.parametrize(
    ("language", "title", "text", "topic"),
    [
        ("en", "Club wins the cup", "The striker scored twice in the final and the coach praised his players.", SPORT),
        ("en", "Earthquake shakes the valley", "Rescuers searched for survivors; the death toll rose.", DISASTER),
        ("en", "Teachers ask for new textbooks", "Pupils of the village school sat their exams.", EDUCATION),
        ("en", "Trade unions call a walkout", "Workers want a higher minimum wage.", LABOUR),
        ("en", "Glaciers shrink", "Climate change and carbon emissions threaten biodiversity.", ENVIRONMENT),
        ("fr", "Le ministre reçoit l'ambassadeur", "Le sommet bilatéral précède les élections.", POLITICS),
        ("fr", "Grève à l'usine", "Les syndicats demandent de meilleurs salaires.", LABOUR),
        ("ru", "Суд вынес приговор", "Прокурор требовал тюрьмы за мошенничество.", CRIME),
        ("ru", "В мечетях начался Рамадан", "Имам призвал мусульман к молитве.", RELIGION),
        ("zh", "央行宣布加息", "股市下跌，投资者担心通胀。", ECONOMY),
        ("zh-Hant", "央行宣布加息", "股市下跌，投資者擔心通脹。", ECONOMY),
        ("kk", "Ауруханада жаңа бөлім ашылды", "Дәрігерлер науқастарға вакцина салды.", HEALTH),
        ("ky", "Жер титирөө болду", "Куткаруучулар ӨКМден келди, үйлөр кыйрады.", DISASTER),
        ("uz-Latn", "Terma jamoa gʻalaba qozondi", "Futbolchilar murabbiyga rahmat aytdi.", SPORT),
        ("uz-Cyrl", "Терма жамоа ғалаба қозонди", "Футболчилар мураббийга раҳмат айтди.", SPORT),
        ("tg", "Дар мактабҳо имтиҳон оғоз шуд", "Донишҷӯён ва омӯзгорон омодаанд.", EDUCATION),
        ("tr", "Merkez bankası faizi artırdı", "Enflasyon ve borsa için ekonomistler ne diyor?", ECONOMY),
        ("fa", "تیم ملی قهرمان شد", "بازیکنان و سرمربی در جام جهانی فوتبال جشن گرفتند.", SPORT),
        ("ar", "زلزال يهز المدينة", "فرق إنقاذ تبحث عن ضحايا بعد الكارثة.", DISASTER),
        ("tk", "Futbol ýaryşy başlandy", "Türgenler medal aldy, tälimçi begendi.", SPORT),
        ("ug", "مەكتەپتە ئىمتىھان باشلاندى", "ئوقۇتقۇچىلار ۋە ئوقۇغۇچىلار تەييار.", EDUCATION),
        ("mn", "Сонгууль дөхлөө", "Ерөнхийлөгч болон УИХ-ын гишүүд санал хураалт явуулна.", POLITICS),
        ("de", "Der Trainer lobt die Mannschaft", "Im Turnier gewann sie eine Medaille.", SPORT),
        ("uk", "Землетрус зруйнував міст", "Рятувальники шукають людей після катастрофи.", DISASTER),
    ],
)
def test_the_first_topic_is_the_subject(labeller, language, title, text, topic):
    assert labeller.label(title, text, language).topics[0].code == topic


def test_an_article_may_have_several_topics(labeller):
    title = "Hospital director jailed for bribes"
    text = "The court sentenced the head of the clinic for taking money from suppliers of medicines."
    assert {topic.code for topic in labeller.label(title, text, "en").topics} == {CRIME, HEALTH}


def test_a_text_with_one_weak_term_has_no_topic(labeller):
    assert labeller.label("", "The author spent the day at home.", "en").topics == ()


def test_a_word_of_another_language_does_not_speak(labeller):
    assert labeller.label("", "Le but du jeu est simple.", "en").topics == ()


def test_every_topic_shows_its_evidence(labeller):
    title, text = "Суд вынес приговор", "Прокурор требовал тюрьмы."
    whole = f"{title}\n{text}"
    for topic in labeller.label(title, text, "ru").topics:
        assert topic.evidence
        assert 0 < topic.score < 1
        assert all(whole[item.start : item.end] == item.text for item in topic.evidence)


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "Ministers praised the Belt and Road.", "belt-and-road"),
        ("fr", "L’initiative « la Ceinture et la Route » fête ses dix ans.", "belt-and-road"),
        ("ru", "Страны одного пояса, одного пути собрались.", "belt-and-road"),
        ("zh", "共建“一带一路”十周年。", "belt-and-road"),
        ("zh-Hant", "共建「一帶一路」十週年。", "belt-and-road"),
        ("kk", "«Бір белдеу, бір жол» бастамасы", "belt-and-road"),
        ("uz-Cyrl", "«Бир макон, бир йўл» ташаббуси", "belt-and-road"),
        ("tr", "Kuşak ve Yol girişimi", "belt-and-road"),
        ("en", "Leaders came to the C5+1 meeting.", "central-asia-summits"),
        ("fr", "Le sommet Chine-Asie centrale se tiendra en mai.", "central-asia-summits"),
        ("ru", "В формате «Центральная Азия – Китай» прошёл саммит.", "central-asia-summits"),
        ("zh", "首届中国—中亚峰会在西安举行。", "central-asia-summits"),
        ("ru", "Строительство газопровода завершат к осени.", "gas-and-power"),
        ("zh", "中亚天然气管道已投产。", "gas-and-power"),
        ("uz-Latn", "Yangi temir yoʻlning qurilishi boshlandi.", "railways-and-corridors"),
        ("ru", "Новая железная дорога свяжет Китай с Узбекистаном.", "railways-and-corridors"),
        ("ky", "Темир жолдун курулушу башталды.", "railways-and-corridors"),
        ("kk", "Сырдарияның суы азайды.", "water-and-rivers"),
        ("ru", "Уровень Амударьи упал.", "water-and-rivers"),
        ("tg", "Оби Амударё кам шуд.", "water-and-rivers"),
        ("ru", "Введён безвизовый режим.", "visa-regimes"),
        ("zh", "两国互免签证。", "visa-regimes"),
        ("tk", "Wizasyz gatnaw başlandy.", "visa-regimes"),
    ],
)
def test_a_watch_topic_is_found(labeller, language, text, topic):
    labels = labeller.label("", text, language)
    assert topic in {label.id for label in labels.watch}
    assert all(label.evidence for label in labels.watch)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He fastened his belt and took the road home."),
        ("en", "A shop on the old Silk Road sells bread."),
        ("en", "She paid by Visa card and asked for a visa twice, visas being dear."),
        ("ru", "Газ подорожал."),
        ("zh", "他走在路上，带着水。"),
        ("tr", "Kuşaklar arasında bir yol var."),
    ],
)
def test_a_watch_topic_is_not_found_in_its_words_by_chance(labeller, language, text):
    assert labeller.label("", text, language).watch == ()


@pytest.fixture
def desk(tmp_path):
    """Return a function that labels a text by the rules given."""

    def label(rules: str, text: str, language: str = "en") -> list[str]:
        topics = tmp_path / "topics.yaml"
        topics.write_text(rules, "utf-8")
        regions = tmp_path / "regions.yaml"
        regions.write_text("regions: {}", "utf-8")
        labels = Labeller.load(regions, topics).label("", text, language)
        return [found.id for found in labels.watch]

    return label


def test_weights_must_reach_the_threshold_and_a_term_counts_once(desk):
    rules = "topics: {t: {threshold: 1, any: {en: [{cotton: 0.5}, {wheat: 0.5}]}}}"
    assert desk(rules, "cotton and cotton and cotton") == []
    assert desk(rules, "cotton and wheat") == ["t"]


def test_all_needs_a_term_of_each_group_and_none_forbids(desk):
    rules = "topics: {t: {all: [{en: [cotton, wheat]}, {en: [tax]}], none: {en: [film]}}}"
    assert desk(rules, "a tax on wheat") == ["t"]
    assert desk(rules, "cotton and wheat") == []
    assert desk(rules, "a film about the tax on wheat") == []


def test_a_star_takes_any_ending_and_quotes_keep_the_case(desk):
    rules = """topics: {star: {any: {en: [irrigat*]}}, quoted: {any: {en: ['"BRI"']}}, plain: {any: {ru: [хлопок]}}}"""
    assert desk(rules, "irrigation") == ["star"]
    assert desk(rules, "BRI") == ["quoted"]
    assert desk(rules, "bri") == []
    assert desk(rules, "о хлопоке", "ru") == ["plain"]
