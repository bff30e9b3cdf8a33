"""Traps of naming countries: each word that holds, resembles or is a country's name, meant and not meant.

Cases are (language, text, codes): every country that the text is about or mentions, or an empty string.
"""

import time

import pytest

from tests.labelling import cases, codes, regions


@cases(
    ("en", "The ambassador thanked a woman for her romantic novel.", ""),
    ("en", "Assad received the envoy of Oman in Damascus.", "SY OM"),
    ("en", "Readers may peruse a germane chapter on chilly nights and cubist spaniels.", ""),
    ("fr", "La malice du roman plaît aux lecteurs de Bamako, au Mali.", "ML"),
    ("fr", "Le ministre chinera dans les brocantes et perdra sa péruque.", ""),
    ("de", "Der Germanist las Romane, der Malermeister strich Omas Irrgarten.", ""),
    ("ru", "Малина подорожала, а роман о гибели тирана раскупили за неделю.", ""),
    ("ru", "Мост починили, атаман поблагодарил рабочих, и те выпили кипрейного чая.", ""),
    ("ru", "Сомалийские пираты отпустили судно, а миротворцы покинули Мали.", "SO ML"),
    ("ru", "В Тиране прошли выборы, Иран прислал наблюдателей.", "AL IR"),
    ("ru", "Того же мнения придерживается министр, и Перу Чехова принадлежит эта пьеса.", ""),
    ("ru", "Того и Бенин, страны Африки, объединят свои энергосети.", "TG BJ"),
    ("uk", "Малі підприємства отримають кредити.", ""),
    ("uk", "Миротворці залишили Малі, країну в Африці.", "ML"),
    ("kk", "Жеміс бағына су керек, өсімдіктің жаңа түрі табылды.", ""),
    ("kk", "Күн батысқа ауған кезде малшылар ауылға қайтты.", ""),
    ("kk", "Ауған босқындары Термезге жетті.", "AF UZ"),
    ("ky", "Күн батышка ооган кезде малчылар айылга кайтты.", ""),
    ("ky", "Ооган качкындары Дүйшөмбүдө жашайт.", "AF TJ"),
    ("ky", "Жыйын дүйшөмбү күнү өтөт.", ""),
    ("uz-Latn", "Yigʻilish dushanba kuni oʻtadi.", ""),
    ("uz-Latn", "Malika opa yiroqdagi qishloqqa bordi, bu turkumdagi asarlar unga yoqdi.", ""),
    ("uz-Cyrl", "Йироқдаги қишлоққа сув келди, Малика опа хурсанд бўлди.", ""),
    ("uz-Latn", "Iroqdagi turk kompaniyasi neft qazib olmoqda.", "IQ TR"),
    ("tr", "Sebze yemen gerek, çinko ilacı bunun için yeterli değil.", ""),
    ("tr", "Yemen'den Çin'e gemi yola çıktı.", "YE CN"),
    ("az", "Maliyyə Nazirliyi hesabat verdi, onun yuxusu çin oldu.", ""),
    ("tk", "Maliýe ministrligi hasabat berdi, ussa täze eseri üçin baýrak aldy.", ""),
    ("tk", "Türkmen halysy Türkiýede görkezildi.", "TM TR"),
    ("tg", "Дар рустои дурдаст, зери чинори куҳан мактаб сохтанд.", ""),
    ("tg", "Русҳо дар Чин мактаб сохтанд.", "RU CN"),
    ("fa", "عروس روسری خرید و مردم فردا رأی می‌دهند.", ""),
    ("fa", "روس‌ها با هند قرارداد امضا کردند.", "RU IN"),
    ("ar", "أعلن المصرف المركزي مصرع موظف في شركة طيران رغم العراقيل.", ""),
    ("ar", "تخرج الطالب في كلية الهندسة وأصيب في يده اليمنى.", ""),
    ("ar", "مصر والعراق والهند توقع اتفاقا.", "EG IQ IN"),
    ("ug", "بىر تۈركۈم دېھقانلار مالىيە نازارىتىگە باردى.", ""),
    ("ug", "تۈركىيە ئىرانغا گاز ساتتى.", "TR IR"),
    ("mn", "Малын тоо толгой өсөж, тогоонд цай буцалж, чадвартай залуус олширлоо.", ""),
    ("mn", "Малчид хот руу нүүв. Чадвартай залуус үлдэв. Тогооч хоол хийв.", ""),
)
def test_a_country_is_not_found_inside_a_longer_word(labeller, language, text, expected):
    assert codes(labeller.label("", text, language)) == set(expected.split())


@cases(
    ("zh", "其中国有企业占三成，集中国内优势资源。", ""),
    ("zh", "其中，中国企业占三成。", "CN"),
    ("zh", "沿海地区迎来降雨，里海地区与黑海地区油价上涨，红海地区航运中断。", ""),
    ("zh", "海地首都爆发冲突。", "HT"),
    ("zh", "今日本报推出专版，近日本市新增两条地铁。", ""),
    ("zh", "今天日本政府推出新政策。", "JP"),
    ("zh", "甲方与乙方签订合同，以方便施工，土方量减少。", ""),
    ("zh", "以色列总理表示，以方不会接受停火条件。", "IL"),
    ("zh", "土库曼斯坦总统说，土方愿扩大供气。", "TM"),
    ("zh", "他无法国内国外两头跑，依法国家予以补偿。", ""),
    ("zh", "法国总统抵达北京。", "FR CN"),
    ("zh", "该市有很多哥特式建筑，老马识途，汤加热后食用。", ""),
    ("zh", "多哥与汤加建立外交关系。", "TG TO"),
    ("zh", "发展中国家需要资金，高中国文课本改版。", ""),
    ("zh", "美丽的乡村，其中美食最有名，空中巴士停航。", ""),
    ("zh", "中美两国元首通话，俄乌停火成为议题。", "CN US RU UA"),
    ("zh", "中哈铁路扩能，中吉乌铁路开工，哈方表示欢迎。", "CN KZ KG UZ"),
    ("zh-Hant", "俄烏戰事持續，中吉烏鐵路開工。", "RU UA CN KG UZ"),
    ("zh-Hant", "其中國有企業佔三成，無法國內國外兼顧。", ""),
    ("zh", "总统将于下月访华，此前他刚刚访俄。", "CN RU"),
    ("zh", "吉利汽车把吉方的祝福印在车上，塔方位于公园东侧。", ""),
    ("zh", "阿曼达在以太坊上买画，加纳入保险后仍需自付。", ""),
    ("zh", "阿曼与秘鲁签署航空协定。", "OM PE"),
    ("zh", "门将刚果断出击，约旦河水位下降，理查德喝了含苏丹红的饮料。", ""),
    ("zh", "约旦与苏丹恢复通航，乍得关闭边境。", "JO SD TD"),
    ("zh", "新华社与人民日报记者在现场采访。", ""),
    ("zh", "也门胡塞武装袭击商船。", "YE"),
    ("zh", "这家公司缅怀创始人，印度洋吹来暖湿气流。", ""),
    ("zh", "自由与民主、合作与中心，都是常用词。", ""),
    ("zh", "中亚五国元首在西安会晤。", "CN"),
    ("zh", "哈萨克族牧民转场，蒙古族姑娘跳舞，朝鲜族老人唱歌。", ""),
)
def test_chinese_names_do_not_straddle_words(labeller, language, text, expected):
    assert codes(labeller.label("", text, language)) == set(expected.split())


@cases(
    ("en", "Georgia's governor Brian Kemp met voters in Atlanta.", "US"),
    ("en", "A judge in Fulton County, Georgia, set bail.", "-GE"),
    ("en", "Police dispersed a rally outside parliament in Tbilisi, Georgia.", "GE"),
    ("en", "The couple restored a Georgian mansion with sash windows.", ""),
    ("fr", "En Géorgie, Donald Trump a été inculpé par un procureur d'Atlanta.", "-GE"),
    ("fr", "La Géorgie et l'Arménie ouvrent un poste-frontière.", "GE AM"),
    ("ru", "Суд штата Джорджия в Атланте отклонил иск.", "-GE"),
    ("ru", "Грузия и Армения открыли границу.", "GE AM"),
    ("zh", "乔治亚州州长坎普在亚特兰大讲话。", "-GE"),
    ("es", "El gobernador de Georgia, Brian Kemp, habló en Atlanta.", "-GE"),
    ("en", "The Jordan River carries less water every year.", ""),
    ("en", "Jordan scored 45 points as the Bulls won in the NBA finals.", "-JO"),
    ("en", "Jordan's King Abdullah spoke with Syria's foreign minister.", "JO SY"),
    ("ru", "Паломники вошли в воды Иордана.", ""),
    ("ru", "Король Иордании прибыл в Дамаск.", "JO SY"),
    ("ar", "انخفض منسوب نهر الأردن هذا العام.", ""),
    ("ar", "استقبل ملك الأردن وفدا سوريا.", "JO SY"),
    ("ar", "وصل الوفد إلى العاصمة الأردنية عمّان.", "JO"),
    ("ar", "وصل الوفد إلى مسقط عاصمة سلطنة عمان.", "OM"),
    ("fa", "سطح آب رود اردن پایین آمد.", ""),
    ("fa", "پادشاه اردن وارد دمشق شد.", "JO SY"),
    ("en", "Chad Kroeger sang with his band, and officials counted hanging chads.", ""),
    ("en", "Rebels crossed from Chad into Niger.", "TD NE"),
    ("en", "Turkey prices rose before Thanksgiving as bird flu reached farms.", ""),
    ("en", "Turkey and Syria reopened a crossing.", "TR SY"),
    ("tr", "Mısır hasadı erken başladı, çiftçi mısırdan iyi kazandı.", ""),
    ("tr", "Mısır ve Ürdün dışişleri bakanları görüştü.", "EG JO"),
    ("tr", "Katar raydan çıktı, yük treni katarında hasar var.", ""),
    ("tr", "Katar Emiri Doha'da heyeti kabul etti.", "QA"),
    ("tr", "Çini sanatının son ustaları anlatıyor.", ""),
    ("fa", "قیمت کره و پنیر بالا رفت و لوله‌ای به قطر دو متر ترکید.", ""),
    ("fa", "کره جنوبی و قطر قرارداد گاز امضا کردند.", "KR QA"),
    ("fa", "وزیر جلسه را ترک کرد؛ دولت بر اجرای طرح مصر است.", ""),
    ("fa", "این پرنده را خوش‌یمن می‌دانند.", ""),
    ("fa", "مصر و یمن مرزها را بستند.", "EG YE"),
    ("fa", "این کرم چین و چروک پوست را کم می‌کند.", ""),
    ("fa", "قانون چک برگشتی اصلاح شد و بازار مالی آرام ماند.", ""),
    ("fa", "جلسه روز دوشنبه برگزار می‌شود.", ""),
    ("fa", "رئیس‌جمهور تاجیکستان در دوشنبه سخنرانی کرد.", "TJ"),
    ("ar", "ترك الوزير منصبه وشرب كوبا من الشاي، ومد العمال أنبوبا بقطر مترين.", ""),
    ("ar", "وقعت قطر وكوبا اتفاقية.", "QA CU"),
    ("ar", "ارتفعت أسعار منتجات الألبان في تقرير مالي جديد.", ""),
    ("ug", "يىغىن دۈشەنبە كۈنى ئېچىلىپ، بىر قاتار مەسىلىلەر مۇزاكىرە قىلىندى.", ""),
    ("ug", "تاجىكىستاننىڭ پايتەختى دۈشەنبىدە يىغىن ئېچىلدى.", "TJ"),
    ("tg", "Ҷаласа рӯзи душанбе баргузор мешавад.", ""),
    ("tg", "Дар шаҳри Душанбе намоиш кушода шуд.", "TJ"),
    ("fr", "Dominique Strauss-Kahn a quitté la salle avec Dominique de Villepin.", ""),
    ("fr", "La Dominique, île des Caraïbes, se relève de l'ouragan.", "DM"),
    ("fr", "Les enfants jouent au jardin du Luxembourg, devant le Sénat.", "-LU"),
    ("fr", "Le Luxembourg et la Belgique signent un accord fiscal.", "LU BE"),
    ("ru", "Роман Александр Македонский прочла Роза Люксембург.", ""),
    ("ru", "Школьная делегация говорила про английский язык и греческий салат.", ""),
)
def test_a_homonym_is_read_as_the_sentence_means_it(labeller, language, text, expected):
    found = codes(labeller.label("", text, language))
    assert expected[1:] not in found if expected.startswith("-") else found == set(expected.split())


@cases(
    ("en", "Gunmen raided a village in Niger State, Nigeria.", "NG"),
    ("en", "Nigeria and Niger closed their border after the coup in Niamey.", "NG NE"),
    ("fr", "Le Niger et le Nigeria ont fermé leur frontière.", "NE NG"),
    ("fr", "La crue du fleuve Niger menace Bamako.", "ML"),
    ("ru", "Власти Нигера выслали посла.", "NE"),
    ("ru", "Власти Нигерии выслали посла.", "NG"),
    ("zh", "尼日尔军方宣布接管政权。", "NE"),
    ("zh", "尼日利亚央行加息。", "NG"),
    ("zh-Hant", "奈及利亞央行升息，尼日總統遭罷黜。", "NG NE"),
    ("ar", "أغلقت نيجيريا حدودها مع النيجر.", "NG NE"),
    ("en", "Equatorial Guinea and Guinea-Bissau signed a treaty.", "GQ GW"),
    ("en", "Guinea's junta in Conakry delayed the vote.", "GN"),
    ("en", "A quake struck Papua New Guinea.", "PG"),
    ("fr", "La Guinée équatoriale et la Guinée-Bissau signent un traité.", "GQ GW"),
    ("fr", "Un séisme frappe la Papouasie-Nouvelle-Guinée.", "PG"),
    ("ru", "Хунта Гвинеи отложила выборы.", "GN"),
    ("ru", "Экваториальная Гвинея и Гвинея-Бисау подписали договор.", "GQ GW"),
    ("ru", "Землетрясение произошло в Папуа — Новой Гвинее.", "PG"),
    ("zh", "赤道几内亚与几内亚比绍签署条约。", "GQ GW"),
    ("zh", "巴布亚新几内亚发生地震。", "PG"),
    ("ar", "وقعت غينيا الاستوائية وغينيا بيساو معاهدة.", "GQ GW"),
    ("tr", "Papua Yeni Gine'de deprem oldu.", "PG"),
    ("kk", "Папуа — Жаңа Гвинеяда жер сілкінді.", "PG"),
    ("fr", "La République démocratique du Congo accuse le Rwanda.", "CD RW"),
    ("fr", "Le Congo-Brazzaville vote dimanche.", "CG"),
    ("ru", "ДР Конго обвинила Руанду.", "CD RW"),
    ("zh", "刚果（金）指责卢旺达。", "CD RW"),
    ("zh", "刚果（布）举行总统选举。", "CG"),
    ("ar", "اتهمت جمهورية الكونغو الديمقراطية رواندا.", "CD RW"),
    ("en", "North Korea fired a missile toward Japan.", "KP JP"),
    ("ru", "Северная Корея запустила ракету.", "KP"),
    ("kk", "Солтүстік Корея зымыран ұшырды.", "KP"),
    ("ky", "Түндүк Корея ракета учурду.", "KP"),
    ("uz-Latn", "Shimoliy Koreya raketa uchirdi.", "KP"),
    ("tg", "Кореяи Шимолӣ мушак партоб кард.", "KP"),
    ("tk", "Demirgazyk Koreýa raketa uçurdy.", "KP"),
    ("tr", "Kuzey Kore füze fırlattı.", "KP"),
    ("az", "Şimali Koreya raket buraxdı.", "KP"),
    ("fa", "کره شمالی موشک پرتاب کرد.", "KP"),
    ("ar", "أطلقت كوريا الشمالية صاروخا.", "KP"),
    ("ug", "شىمالىي كورېيە باشقۇرۇلىدىغان بومبا قويۇپ بەردى.", "KP"),
    ("mn", "Хойд Солонгос пуужин харвалаа.", "KP"),
    ("en", "The Dominican Republic beat Dominica at cricket.", "DO DM"),
    ("ru", "Доминиканская Республика закрыла границу с Гаити.", "DO HT"),
    ("en", "A rocket rose from Kourou in French Guiana.", "GF"),
    ("fr", "Une fusée a décollé de Kourou, en Guyane.", "GF"),
    ("ru", "Ракета стартовала во Французской Гвиане, а Гайана добывает нефть.", "GF GY"),
    ("en", "North Macedonia's parliament met in Skopje.", "MK"),
    ("en", "Fires burned in the Greek region of Macedonia, north of Thessaloniki.", "GR"),
    ("en", "Grenada's prime minister toured the port.", "GD"),
    ("es", "La Alhambra de Granada, en España, reabre sus jardines.", "ES"),
    ("ru", "Парламент Северной Македонии собрался в Скопье.", "MK"),
)
def test_countries_that_share_a_word_are_told_apart(labeller, language, text, expected):
    assert codes(labeller.label("", text, language)) == set(expected.split())


@cases(
    ("en", "Northern Ireland's ministers met in Belfast.", "GB"),
    ("fr", "L'Irlande du Nord retrouve un gouvernement.", "GB"),
    ("de", "Nordirland bekommt eine neue Regierung.", "GB"),
    ("es", "Irlanda del Norte recupera su gobierno.", "GB"),
    ("ru", "В Северной Ирландии сформировали правительство.", "GB"),
    ("zh", "北爱尔兰恢复自治政府。", "GB"),
    ("tr", "Kuzey İrlanda'da hükümet kuruldu.", "GB"),
    ("ar", "شكلت أيرلندا الشمالية حكومة جديدة.", "GB"),
    ("en", "South Sudan delayed its first election.", "SS"),
    ("fr", "Le Soudan du Sud reporte les élections.", "SS"),
    ("ru", "Южный Судан отложил выборы.", "SS"),
    ("zh", "南苏丹推迟大选。", "SS"),
    ("ar", "أرجأت جنوب السودان الانتخابات.", "SS"),
    ("fa", "سودان جنوبی انتخابات را به تعویق انداخت.", "SS"),
    ("tr", "Güney Sudan seçimleri erteledi.", "SS"),
    ("kk", "Оңтүстік Судан сайлауды кейінге қалдырды.", "SS"),
    ("uz-Latn", "Janubiy Sudan saylovni qoldirdi.", "SS"),
    ("mn", "Өмнөд Судан сонгуулиа хойшлуулав.", "SS"),
    ("en", "China's coal province of Inner Mongolia cut output.", "CN"),
    ("fr", "La Mongolie-Intérieure réduit sa production de charbon.", "CN"),
    ("ru", "Во Внутренней Монголии сократили добычу угля.", "CN"),
    ("ru", "В Синьцзян-Уйгурском автономном районе собрали хлопок.", "CN"),
    ("ru", "Власти Горно-Бадахшанской автономной области закрыли трассу.", "TJ"),
    ("kk", "Шыңжаң Ұйғыр автономиялы ауданында мақта терілді.", "CN"),
    ("ug", "شىنجاڭ ئۇيغۇر ئاپتونوم رايونىدا پاختا يىغىۋېلىندى.", "CN"),
    ("zh", "内蒙古煤炭产量下降。", "CN"),
    ("mn", "Өвөр Монголд нүүрсний олборлолт буурав.", "CN"),
    ("mn", "Монгол Улсад нүүрсний олборлолт өсөв.", "MN"),
    ("kk", "Ішкі Моңғолияда көмір өндіру азайды.", "CN"),
    ("tr", "İç Moğolistan'da kömür üretimi düştü.", "CN"),
    ("fa", "تولید زغال‌سنگ در مغولستان داخلی کاهش یافت.", "CN"),
    ("fa", "زلزله تبریز در آذربایجان شرقی را لرزاند.", "IR"),
    ("fa", "جمهوری آذربایجان گاز صادر می‌کند.", "AZ"),
    ("en", "A quake shook Tabriz in East Azerbaijan province.", "IR"),
    ("ru", "Землетрясение произошло в иранской провинции Восточный Азербайджан.", "IR"),
    ("tr", "İran'ın Doğu Azerbaycan eyaletinde deprem oldu.", "IR"),
    ("zh", "伊朗东阿塞拜疆省发生地震。", "IR"),
    ("az", "İranın Şərqi Azərbaycan əyalətində zəlzələ oldu.", "IR"),
    ("en", "Scientists counted yaks in the Ili Kazakh Autonomous Prefecture of Xinjiang.", "CN"),
    ("en", "Herders of the Kizilsu Kyrgyz Autonomous Prefecture in China moved camp.", "CN"),
    ("zh", "伊犁哈萨克自治州牧民转场，塔什库尔干塔吉克自治县降雪。", "CN"),
    ("ru", "В Или-Казахской автономной области Китая построили дорогу.", "CN"),
    ("kk", "Қытайдағы Іле Қазақ автономиялы облысында жол салынды.", "CN"),
    ("fa", "در ترکمن‌صحرا و شهر گنبد کاووس ایران باران بارید.", "IR"),
    ("en", "Floods hit Lahore and other cities of Punjab.", "PK"),
    ("en", "Farmers from Punjab marched from Amritsar to New Delhi.", "IN"),
    ("en", "Iraqi Kurdistan resumed oil exports from Erbil.", "IQ"),
    ("fa", "در سنندج، مرکز استان کردستان، برف بارید.", "IR"),
    ("zh", "美属萨摩亚遭遇台风。", "-WS"),
    ("en", "American Samoa elected a delegate.", "-WS"),
    ("en", "New Mexico's governor signed a water bill in Santa Fe.", "-MX"),
    ("fr", "Des incendies ravagent le Nouveau-Mexique.", "-MX"),
    ("ru", "Пожары охватили штат Нью-Мексико.", "-MX"),
    ("zh", "新墨西哥州爆发山火。", "-MX"),
    ("es", "Los incendios arrasan Nuevo México.", "-MX"),
)
def test_a_part_of_a_country_is_not_the_country_whose_name_it_holds(labeller, language, text, expected):
    found = codes(labeller.label("", text, language))
    assert expected[1:] not in found if expected.startswith("-") else found == set(expected.split())


@cases(
    ("en", "In Xinjiang, farmers picked their cotton.", "CN"),
    ("en", "The Xinjiang government published figures.", "CN"),
    ("en", "Gansu Province raised its minimum wage.", "CN"),
    ("fr", "Au Xinjiang, la récolte du coton commence.", "CN"),
    ("fr", "Le Tibet attire les randonneurs.", "CN"),
    ("de", "In Xinjiang begann die Baumwollernte.", "CN"),
    ("ru", "По Синьцзяну прошла волна холода.", "CN"),
    ("en", "The diaries of Virginia Woolf were found in an attic full of old letters.", ""),
    ("en", "She sang with Carolina Herrera's cousin at a small club.", ""),
)
def test_a_division_beside_a_capital_is_a_person_only_where_it_is_a_given_name(labeller, language, text, expected):
    assert codes(labeller.label("", text, language)) == set(expected.split())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tension rose again on the Korean Peninsula."),
        ("fr", "La tension monte sur la péninsule coréenne."),
        ("ru", "На Корейском полуострове растёт напряжённость."),
        ("zh", "朝鲜半岛局势紧张。"),
        ("kk", "Корей түбегінде шиеленіс күшейді."),
        ("tr", "Kore Yarımadası'nda gerilim arttı."),
        ("fa", "تنش در شبه‌جزیره کره بالا گرفت."),
        ("ar", "تصاعد التوتر في شبه الجزيرة الكورية."),
    ],
)
def test_the_korean_peninsula_is_not_one_of_the_two_koreas(labeller, language, text):
    assert codes(labeller.label("", text, language)) in (set(), {"KP", "KR"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Organization of Turkic States opened its summit."),
        ("tr", "Türk Devletleri Teşkilatı zirvesi başladı."),
        ("az", "Türk Dövlətləri Təşkilatının sammiti başladı."),
        ("kk", "Түркі мемлекеттері ұйымының саммиті басталды."),
        ("ky", "Түрк мамлекеттер уюмунун саммити башталды."),
        ("uz-Latn", "Turkiy davlatlar tashkilotining sammiti boshlandi."),
        ("uz-Cyrl", "Туркий давлатлар ташкилотининг саммити бошланди."),
        ("tk", "Türki döwletleriň guramasynyň sammiti başlandy."),
        ("ug", "تۈركىي دۆلەتلەر تەشكىلاتىنىڭ باشلىقلار يىغىنى باشلاندى."),
        ("ru", "Начался саммит Организации тюркских государств."),
        ("zh", "突厥国家组织峰会开幕。"),
    ],
)
def test_the_turkic_states_are_not_turkey(labeller, language, text):
    assert codes(labeller.label("", text, language)) == set()


@pytest.mark.parametrize(
    ("language", "text", "country", "region"),
    [
        ("ru", "Туркестанская область собрала рекордный урожай хлопка.", "KZ", "turkistan-region"),
        ("kk", "Түркістан облысында мақта терілді.", "KZ", "turkistan-region"),
        ("en", "Farmers in Turkistan Region picked their cotton early.", "KZ", "turkistan-region"),
        ("uz-Latn", "Turkiston viloyatida paxta terildi.", "KZ", "turkistan-region"),
        ("tr", "Türkistan eyaletinde pamuk hasadı başladı.", "KZ", "turkistan-region"),
        ("ug", "تۈركىستان ۋىلايىتىدە پاختا يىغىۋېلىندى.", "KZ", "turkistan-region"),
        ("kk", "Түркістан қаласында жаңа мектеп ашылды.", "KZ", "turkistan-region"),
        ("ru", "Исламское движение Восточного Туркестана внесли в список.", "CN", "xinjiang"),
        ("kk", "Шығыс Түркістандағы лагерьлер туралы баяндама шықты.", "CN", "xinjiang"),
        ("en", "Activists of East Turkistan marched in silence.", "CN", "xinjiang"),
        ("tr", "Doğu Türkistan'daki kamplar protesto edildi.", "CN", "xinjiang"),
        ("uz-Latn", "Sharqiy Turkistondagi lagerlar haqida hisobot chiqdi.", "CN", "xinjiang"),
        ("ug", "شەرقىي تۈركىستاندىكى لاگېرلار ھەققىدە دوكلات ئېلان قىلىندى.", "CN", "xinjiang"),
        ("fa", "گزارشی درباره اردوگاه‌های ترکستان شرقی منتشر شد.", "CN", "xinjiang"),
        ("zh", "警方打击东突势力。", "CN", "xinjiang"),
    ],
)
def test_turkistan_region_is_kazakh_and_east_turkestan_is_xinjiang(labeller, language, text, country, region):
    labels = labeller.label("", text, language)
    assert codes(labels) == {country}
    assert region in regions(labels)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "В 1867 году Кауфман стал первым генерал-губернатором Туркестанского края."),
        ("kk", "1867 жылы Түркістан генерал-губернаторлығы құрылды."),
        ("en", "In 1867 Kaufman became governor-general of Turkestan."),
        ("tr", "1867'de Türkistan genel valiliği kuruldu."),
        ("uz-Latn", "1867-yilda Turkiston general-gubernatorligi tuzildi."),
        ("ug", "1867-يىلى تۈركىستان گېنېرال-گۇبېرناتورلۇقى قۇرۇلدى."),
    ],
)
def test_the_turkestan_of_history_is_no_country_of_today(labeller, language, text):
    assert codes(labeller.label("", text, language)) == set()


@cases(
    ("en", "Chad Smith drums for the band, and India Hicks designs its covers.", ""),
    ("en", "Jordan Peele's new film stars Denzel Washington and Kerry Washington.", ""),
    ("en", "Paris Hilton opened a club while Jack London's novels were reprinted.", ""),
    ("en", "Sydney Sweeney and Florence Pugh read from Virginia Woolf.", ""),
    ("en", "Israel Adesanya lost on points to Brooklyn Beckham's trainer.", ""),
    ("en", "Milan Kundera's essays and Austin Butler's memoir were bestsellers.", ""),
    ("en", "Israel and Egypt reopened a crossing.", "IL EG"),
    ("en", "Italy's Giorgia Meloni spoke in Milan.", "IT"),
    ("fr", "France Gall chantait Michel Berger, et Laurence Paris écrit sa vie.", ""),
    ("fr", "La France et l'Italie signent un traité.", "FR IT"),
    ("ru", "Исраил Мадримов победил нокаутом, рассказала Марина Германова.", ""),
    ("ru", "Кирилл Грек и Мали Исмаилов вышли в финал.", ""),
    ("ru", "Рустам Эмомали провёл заседание в Душанбе.", "TJ"),
    ("ru", "Греки и немцы вышли в финал.", "GR DE"),
    ("kk", "Ақын Иран-Ғайып Оразбаев жаңа жинағын таныстырды.", ""),
    ("kk", "Иран мен Ирак шекарасын ашты.", "IR IQ"),
    ("uz-Latn", "Isroil Madrimov nokaut bilan yutdi.", ""),
    ("uz-Latn", "Isroil armiyasi Gʻazoga kirdi.", "IL PS"),
    ("tg", "Рустам Эмомалӣ дар Душанбе суханронӣ кард.", "TJ"),
    ("tr", "Asya Türkmen ve Mali Müşavir Çınar Fasıl toplantıya katıldı.", ""),
    ("es", "América Ferrera y Paris Hilton presentaron la gala.", ""),
    ("es", "Los países de América firmaron un pacto por los bosques.", ""),
    ("es", "Argentina y Chile firmaron un acuerdo.", "AR CL"),
    ("zh", "演员查德威克与理查德获奖，乔丹打进绝杀。", ""),
)
def test_a_person_named_like_a_country_or_city_is_not_one(labeller, language, text, expected):
    assert codes(labeller.label("", text, language)) == set(expected.split())


@cases(
    ("en", "The South China Morning Post quoted the Times of India and China Daily.", ""),
    ("en", "Bank of China (Hong Kong) raised its prime rate.", "HK"),
    ("en", "Air France and Deutsche Bank posted profits.", ""),
    ("en", "Shares of Chinese banks fell as Bank of China cut rates.", "CN"),
    ("fr", "Le conseil de Radio France s'est réuni à la Maison ronde.", ""),
    ("ru", "Об этом сообщило Радио Свобода.", ""),
    ("ru", "«Немецкая волна» и «Украинская правда» опубликовали расследование.", ""),
    ("zh", "中国银行（香港）上调最优惠利率。", "HK"),
    ("zh", "中国银行上调利率，中国人民银行行长讲话。", ""),
    ("zh", "据中国日报和朝日新闻报道，油价上涨。", ""),
    ("zh", "据中国日报报道，中国经济回升。", "CN"),
    ("en", "The panda gave birth to twins.\nPhoto: Xinhua", ""),
    ("ru", "Панда родила близнецов.\nФото: ТАСС", ""),
    ("zh", "大熊猫产下双胞胎。\n图：新华社", ""),
    ("en", "Shares of the grain trader (NYSE: CHAD, NASDAQ: TURK) rose.", ""),
    ("en", "Shakhtar drew with Celtic in the Champions League.", ""),
    ("ru", "«Шахтёр» сыграл вничью с «Ордабасы» в Караганде.", "KZ"),
    ("en", "Fans filled the centre of Madrid after Real Madrid beat Celtic on penalties.", "ES"),
    ("en", "Jane London has covered courts for ten years.\nBy Jane London", ""),
)
def test_media_companies_credits_and_clubs_do_not_speak_for_the_country_in_their_name(
    labeller, language, text, expected
):
    assert codes(labeller.label("", text, language)) == set(expected.split())


@cases(
    ("en", "China Approves New Export Rules", "CN"),
    ("en", "Kazakhstan Reviews Uranium Contracts", "KZ"),
    ("ru", "Глава МИД Узбекистана Саидов заявил об этом в среду.", "UZ"),
    ("ru", "Президент Казахстана Токаев подписал закон.", "KZ"),
    ("en", "Iran street protests spread as Tehran hotels emptied.", "IR"),
    ("en", "China road deaths fall for a third year.", "CN"),
    ("ru", "Отели Турции подняли цены.", "TR"),
    ("ru", "На улицах Тегерана прошли митинги.", "IR"),
    ("kk", "Алматы көшелерінде кептеліс азайды.", "KZ"),
    ("ky", "Бишкек көчөлөрү кардан тазаланды.", "KG"),
    ("uz-Latn", "Toshkent koʻchalarida avtobuslar koʻpaydi.", "UZ"),
    ("zh", "德黑兰大街小巷挂满旗帜。", "IR"),
    ("zh", "日本一家医院起火。", "JP"),
    ("zh", "美国多所大学宣布停课。", "US"),
    ("en", "The Shanghai Composite rose 1 per cent.", "CN"),
    ("ug", "ئىستانبۇلدىمۇ ئىشلەيدۇ.", "TR"),
    ("tk", "Marydan habar geldi.", "TM"),
)
def test_a_country_beside_a_capital_or_a_common_noun_is_still_a_country(labeller, language, text, expected):
    assert codes(labeller.label("", text, language)) == set(expected.split())


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("ru", "В городе Павлодаре Павлодар Сергей Тараз "),
        ("en", "Springfield, Paris, Cambridge, Kenilworth, "),
        ("zh", "中国哈萨克斯坦北京上海西安"),
        ("en", "Georgia Jordan Chad US China "),
    ],
)
def test_a_long_text_takes_time_in_proportion(labeller, language, piece):
    labeller.label("T", piece, language)
    start = time.process_time()
    labeller.label("T", piece * (120_000 // len(piece)), language)
    assert time.process_time() - start < 8
