"""Pairs of a query and a text: forms of a word that must meet, and words that only look alike."""

MEET = {
    "ru": """река|вода в реках; железная дорога|строительство железной дороги; Китай|границе с Китаем; Россия|в Россию;
        Токаев|встреча с Токаевым; Узбекистан|в Узбекистане; соглашение|подписание соглашений; нефть|экспорт нефтью;
        музей|в музеях; Астана|из Астаны; рынок|на рынке; Корея|в Южной Корее; Киргизия|президент Киргизии;
        Шанхай|из Шанхая; новый|новая новых""",
    "uk": """річка|на річках; Китай|до Китаю; Україна|в Україні; залізниця|залізницею; газ|газу; угода|угоди;
        Казахстан|у Казахстані; Росія|з Росії""",
    "kk": """Қазақстан|Қазақстанның; Қытай|Қытайға; теміржол|теміржолдары; халық|халқы; мемлекет|мемлекеттік;
        президент|президентінің; газ|газды; қала|қаласында; Өзбекстан|Өзбекстаннан; кітап|кітабы; темір жол|темір жолы;
        Қазақстан|қазақстандықтарға""",
    "kk-Latn": """Қазақстан|Qazaqstannyñ; Qazaqstan|Qazaqstanda; Қытай|Qytaiğa; қала|qalasynda; президент|prezidentı;
        мемлекет|memlekettıñ""",
    "ky": """Кыргызстан|Кыргызстандын; Кытай|Кытайга; темир жол|темир жолу; президент|президентинин; шаар|шаардагы;
        Бишкек|Бишкекте; газ|газды; өлкө|өлкөлөр; Өзбекстан|Өзбекстандан""",
    "uz-Latn": """oʻzbek|oʻzbekning; Ўзбекистон|Oʻzbekistonda; temir yoʻl|temir yoʻli; Xitoy|Xitoyga; shahar|shahri;
        ozbek|oʻzbeklar; президент|prezidentining; Qozogʻiston|Qozog'istondan; Toshkent|Toshkentdagi; цирк|sirkda""",
    "uz-Cyrl": """oʻzbek|ўзбекнинг; Oʻzbekiston|Ўзбекистонда; темир йўл|темир йўли; Xitoy|Хитойга; шаҳар|шаҳарлар;
        shahar|шаҳри; газ|газни""",
    "tg": """Тоҷикистон|Тоҷикистонро; роҳ|роҳи оҳан; Чин|Чини; Хитой|Хитойро; президент|президенти; кишвар|кишварҳои;
        об|обҳо; шаҳр|шаҳри; Душанбе|Душанберо""",
    "tk": """Türkmenistan|Türkmenistanyň; Hytaý|Hytaýda; gaz|gazy; demir ýol|demir ýoly; prezident|prezidentiniň;
        şäher|şäheri; Aşgabat|Aşgabatda""",
    "ug": """شىنجاڭ|شىنجاڭنىڭ; خىتاي|خىتايدا; ئۇيغۇر|ئۇيغۇرلار; شەھەر|شەھىرى; تۆمۈر يول|تۆمۈر يولى; ئۈرۈمچى|ئۈرۈمچىدە;
        قازاقىستان|قازاقىستاننىڭ; بالا|بالىلار""",
    "mn": """Монгол|Монголын; Хятад|Хятадад; төмөр зам|төмөр замын; улс|улсын; уурхай|уурхайн; нүүрс|нүүрсний;
        Улаанбаатар|Улаанбаатарт; газар|газрын""",
    "tr": """Türkiye|Türkiye'nin; Çin|Çin'e; demiryolu|demiryolunun; ülke|ülkeler; şehir|şehri; kitap|kitabı;
        Kazakistan|Kazakistan'daki; Özbekistan|Özbekistan’da; boru hattı|boru hattının; sehir|şehirde""",
    "fa": """ایران|ایرانی; چین|چین; راه آهن|راه‌آهن; تاجیکستان|تاجیکستان; کشور|کشورهای; کتاب|کتاب‌ها; قزاقستان|قزاقستانی;
        شهر|شهرها""",
    "ar": """الصين|للصين; الصين|بالصين; صين|والصين; الاتفاقية|اتفاقية; شركة|الشركات; كازاخستان|وكازاخستان;
        مهندس|المهندسين; طريق|الطريق""",
    "en": """mine|mines; company|companies; China|China's; railway|railways; protest|protesting; trade|traded;
        agreement|agreements; country|countries; Uzbek|Uzbeks""",
    "fr": """Ouzbékistan|l'Ouzbékistan; nucléaire|nucléaires; ouzbek|ouzbèkes; journal|journaux; accord|d'accords;
        Chine|Chine; chinois|chinoise; ville|villes""",
    "de": """Bahn|Bahnen; Land|Landes; Vertrag|Vertrages; Chinese|Chinesen; Seidenstraße|Seidenstraßen;
        kasachisch|kasachischen""",
    "zh-Hans": """铁路|中国铁路; 鐵路|铁路建设; 哈萨克斯坦|哈薩克斯坦; 路|铁路; 中国|中國; 新疆|新疆自治区;
        5G|华为5G网络""",
    "zh-Hant": "铁路|鐵路; 鐵路|鐵路建設; 中国|中國; 哈萨克斯坦|哈薩克斯坦總統; 路|道路; 國家|国家",
    "ja": """中国|中国の鉄道; カザフスタン|カザフスタンの; 鉄道|中国の鉄道; 中央アジア|中央アジア諸国; 大統領|大統領は;
        道|鉄道""",
    "ko": "중국|중국은; 카자흐스탄|카자흐스탄의; 철도|철도를; 대통령|대통령이; 중앙아시아|중앙아시아와; 한국|한국에서",
    "az": "Azərbaycan|Azərbaycanın; Çin|Çinə getdi Çin; ölkə|ölkələr; şəhər|şəhərlər; kitab|kitabı; neft|nefti",
}
PART = {
    "ru": "река|рекорд; река|рекомендация; Китай|кит и киты; Токаев|ток; Корея|кора дерева; порт|портрет",
    "uk": "річка|річний; газ|газета; угода|угорський",
    "kk": "қала|қалды; газ|газет; Қытай|қыт; жол|жолбарыс; Қазақстан|қазақша",
    "kk-Latn": "қала|qaldy; газ|gazet; жол|jolbarys",
    "ky": "газ|газета; жол|жолборс; Кытай|кыт",
    "uz-Latn": "gaz|gazeta; yoʻl|yolgʻon; suv|suvenir",
    "uz-Cyrl": "газ|газета; йўл|йўлбарс; Хитой|хитоб",
    "tg": "роҳ|роҳбар; об|обуна; Чин|чиновник",
    "tk": "gaz|gazet; ýol|ýolbars; Hytaý|hyzmat",
    "ug": "يول|يولۋاس; گاز|گېزىت; شەھەر|شېئىر",
    "mn": "зам|замбараагүй; газар|газ; Монгол|монета",
    "tr": "Türkiye|Türk; Pekin|pek; gaz|gazete; yol|yolsuzluk",
    "fa": "چین|چینش; راه|راهبرد; شهر|شهروند",
    "ar": "صين|صيد; طريق|طرف; شركة|شرق",
    "en": "new|news; train|terrain; port|portrait; united|unit",
    "fr": "port|portrait; Chine|chien; mine|ministre",
    "de": "Bahn|Bahamas; Land|Landung; Rat|Rate",
    "zh-Hans": "哈萨克斯坦|斯坦福, 哈萨克; 铁路|铁, 路; 中国|中央",
    "zh-Hant": "鐵路|鐵道; 中国|中央; 新疆|創新, 疆內",
    "ja": "中国|中央; 鉄道|道路; 東京|京東",
    "ko": "중국|중앙; 한국|국한; 철도|도철",
    "az": "gaz|qəzet; neft|nefrit; şəhər|şəhid",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return language, query and text of each pair of a table."""
    return [
        (language, *map(str.strip, pair.split("|")))  # type: ignore[misc]
        for language, written in table.items()
        for pair in written.split(";")
    ]
