"""What a page says instead of an article, in the languages of the watch: closed lists, met only in short texts."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_SHORTEST, _LONGEST = 4, 300  # characters of a notice
_MOST = 12_000  # characters of notices that are looked at: a page of thousands of short texts takes 10 ms
# Not links and list items: they are other pages' headlines, and the menu.
_PLACES = ("p", "div", "span", "h1", "h2", "h3", "h4", "strong", "b", "button", "section", "font", "center")
_SPLIT = re.compile(r"\s*[|｜»«•·]\s*|\s+[-–—:]+\s+|\s*::\s*|(?<=\d)\s*[:.,-]\s+|[_—]+|[!！。]+|(?<=\D)\.\s*$")


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


PAYWALL = _any(
    r"(?:subscribe|log ?in|sign ?in|register|sign up)(?: now| today)?(?: or (?:log ?in|sign ?in|subscribe))?"
    r" to (?:continue|keep|read|unlock|access|view)",
    r"(?:this|the) (?:article|story|content|material) is (?:only )?(?:for|available (?:only )?to|exclusive "
    r"to|reserved for)"
    r" (?:our )?(?:paid |premium |registered )?(?:subscribers|members)",
    r"to (?:continue|keep) reading,? (?:please )?(?:subscribe|log ?in|sign ?in|register)",
    r"already a subscriber\?|you have reached your (?:article )?limit|you've reached your (?:monthly )?limit",
    r"article réservé (?:à nos|aux) abonnés|réservé aux abonnés|pour lire la suite|il (?:vous )?reste "
    r"[\d,]+ ?% de cet"
    r" article|la suite est réservée|abonnez-vous pour (?:lire|continuer)",
    r"weiterlesen mit|jetzt (?:abonnieren|registrieren) (?:und|um) weiter(?:zu)?lesen|dieser (?:artikel|inhalt) ist"
    r" (?:nur )?(?:für|unseren) abonnent|exklusiv für abonnent|nur für abonnent",
    r"(?:suscríbete|suscríbase|regístrate|inicia sesión) para (?:seguir|continuar) leyendo|(?:contenido|artículo)"
    r" (?:exclusivo|solo|sólo) para suscriptores",
    r"abbonati per (?:continuare|leggere)|per continuare a leggere|(?:contenuto|articolo) riservato agli abbonati",
    r"(?:материал|статья|текст|контент|полный текст)\w* (?:\S+ ){0,3}(?:доступ\w+|открыт\w*) (?:\S+ "
    r")?(?:только )?(?:для )?"
    r"(?:\S+ )?подписчик\w+|только (?:для|по) подпис(?:чик|к)\w+",
    r"(?:оформите|купите) подписку,? чтобы|чтобы (?:прочитать|читать|продолжить чтение)\b.{0,40}"
    r"(?:подпи|войдите|авторизу|зарегистрир)|(?:войдите|авторизуйтесь|зарегистрируйтесь),? чтобы (?:читать|прочитать|"
    r"продолжить)",
    r"(?:матеріал|стаття|текст)\w* доступн\w+ (?:лише|тільки)|(?:оформіть|придбайте) передплату|щоб "
    r"(?:читати|прочитати)"
    r" (?:далі|повністю)",
    r"(?:登录|登陆|登入|登錄|注册|付费|订阅|訂閱|开通会员|購買|购买)(?:后|後|以|即可)?(?:可)?(?:继续|"
    r"繼續)?(?:阅读|閱讀|查看|浏览)"
    r"(?!(?:更多|全部|所有)?\s?(?:评论|評論|回复|回覆|留言))"
    r"(?:全文|更多|剩余|余下|完整|本文)?",
    r"付费(?:阅读|文章|内容)|剩余(?:内容|\d+%)|(?:本文|此文|该文)?(?:仅限|仅供|僅限|僅供)(?:付费)?(?:会员|"
    r"會員|订阅|訂戶|订户)"
    r"|会员专享|(?:訂戶|會員)(?:專享|限定|專屬)|未完待续.{0,6}付费",
    r"(?:この記事は)?(?:有料)?会員(?:限定|専用)|会員登録(?:して|すると|が必要)|続きを読むには|"
    r"続きは(?:有料|会員)|残り\s*[\d,]+\s*文字",
    r"(?:유료|구독자|회원)\s*(?:전용|전용 기사|만 (?:볼|읽을))|(?:로그인|구독|회원가입)\s*(?:하시면|후|"
    r"하고)\s*(?:계속|전체|기사)",
    r"(?:للمشتركين فقط|اشترك (?:الآن )?(?:لمتابعة|لقراءة|لمواصلة)|سجل الدخول (?:لمتابعة|لقراءة)|هذا "
    r"المحتوى مخصص للمشتركين)",
    r"(?:ویژه|مخصوص) (?:مشترکان|مشترکین|اعضا)|برای (?:خواندن|مطالعه|مشاهده) (?:ادامه|متن "
    r"کامل).{0,30}(?:وارد|ثبت|اشتراک|عضو)",
    r"(?:sadece |yalnızca )?aboneler(?:e|imize)? (?:özel|özeldir)|(?:okumak|devam etmek) için (?:\S+ ){0,2}"
    r"(?:abone|giriş|üye)|abone olun ve okumaya",
    r"(?:yalnız|ancaq) abunəçilər|oxumaq üçün (?:\S+ )?(?:abunə|daxil|qeydiyyat)",
    r"(?:тек )?жазылушылар(?:ға)? (?:ғана )?(?:қолжетімді|арналған)|оқу үшін (?:\S+ )?(?:жазыл|кір|тіркел)",
    r"жазылуучулар(?:га)? гана|окуу үчүн (?:\S+ )?(?:жазыл|кир|каттал)",
    r"faqat obunachilar|o['’‘ʻ]qish uchun (?:\S+ )?(?:obuna|kiring|ro['’‘ʻ]yxat)|фақат обуначилар|ўқиш "
    r"учун (?:обуна|киринг)",
    r"танҳо (?:барои|ба) (?:обуначиён|муштариён)|diňe abunaçylar|diňe agzalar",
    r"پەقەت مۇشتەرى|зөвхөн (?:захиалагч|гишүү)\S*|(?:унших|үргэлжлүүлэхийн) тулд (?:\S+ )?(?:нэвтэр|захиал|бүртг)",
)
CONSENT = _any(
    r"^before you continue to\b",
    r"^(?:we|your privacy|we and our \d* ?partners)\b.{0,80}\b(?:value your privacy|store and/or access|"
    r"your consent)",
    r"^(?:mit werbung|weiter mit werbung|accept and continue|accepter et continuer|continuer sans accepter)",
    r"^(?:мы ценим вашу конфиденциальность|bevor sie (?:zu|fortfahren)|avant d'accéder à|antes de continuar)",
    r"^(?:onayınız gerekiyor|gizliliğinize değer veriyoruz|在您继续之前|在您繼續之前|続行する前に|계속하기 전에)",
)
SCRIPT = _any(
    r"(?:you need to|please|must|to) (?:enable|turn on|activate) javascript",
    r"javascript (?:is|must be|has been) (?:disabled|required|enabled|turned off)|(?:doesn't|does not) "
    r"work properly without"
    r" javascript",
    r"(?:activez|veuillez activer|devez activer) (?:le )?javascript|(?:bitte )?aktivieren sie (?:bitte )?javascript",
    r"(?:включите|включить|включен) (?:поддержку )?javascript|(?:увімкніть|увімкнути) javascript|"
    r"javascript отключ[её]н",
    r"(?:请|請)?(?:启用|开启|啟用|開啟|打开)\s*javascript|javascriptを有効|javascript를 (?:활성화|사용)",
    r"(?:habilite|active|activa|abilita|attiva(?:re)?) javascript|javascript'i (?:etkinleştir|aç)|"
    r"(?:تفعيل|فعال کردن|فعال کنید|تمكين) (?:ال)?(?:جافا ?سكريبت|جاوااسکریپت|javascript)|javascript[- "
    r"]?(?:ті|ты) қос",
)
# What a page's title or heading is, whole or one of its parts.
NOT_FOUND = _any(
    r"^(?:error |erreur |fehler |ошибка |помилка |错误 ?|錯誤 ?|hata |қате |ката |xato ?|xatolik ?)?(?:http )?404"
    r"(?: ?(?:error|not found|page not found|ошибка|错误|錯誤|页面|page|erreur|hata|오류|エラー|qate|қате))?$",
    r"^(?:sorry,? )?(?:the |this |your )?(?:requested )?(?:page|article|story|content|post|file|url)(?: "
    r"you (?:requested|are"
    r" looking for|were looking for))?(?: was| is| could| can| cannot| has)?(?: ?not| ?n['’]t| no longer| been)?"
    r"(?: be)? (?:found|available|exist|exists|removed|deleted|existing)$",
    r"^(?:(?:oops!? )?(?:that|this|the) page (?:can['’]t be found|doesn['’]t exist|does not exist)|not "
    r"found|nothing (?:was )?found"
    r"|no longer available|page missing|oops!?)$",
    r"^(?:(?:la |cette )?page (?:demandée )?(?:est )?(?:introuvable|non trouvée|inexistante|n['’]existe (?:pas|plus))"
    r"|seite (?:wurde )?nicht (?:gefunden|vorhanden|verfügbar)|(?:die )?seite existiert nicht)$",
    r"^(?:página no (?:encontrada|existe|disponible)|no se (?:ha )?encontr(?:ó|ado) la página|pagina non "
    r"(?:trovata|esistente|"
    r"disponibile)|página não encontrada)$",
    r"^(?:(?:запрашиваемая |такая |данная |эта )?(?:страница|статья|новость|запись|материал)(?: не "
    r"(?:найден[ао]?|существует|"
    r"доступна)| удал[её]н[ао]?| была удалена)|такой страницы (?:нет|не существует)|ничего не найдено|не найдено)$",
    r"^(?:(?:сторінк[уа]|статт[юя]|новин[ау]) не (?:знайдено|існує)|нічого не знайдено)$",
    r"^(?:(?:您?(?:访问|查找|请求|浏览)的)?(?:页面|頁面|网页|網頁|文章|内容|內容|该页面|该文章|此页面|稿件|"
    r"新闻)(?:已经?)?(?:不存在|未找到|找不到(?:了)?|"
    r"走丢了|不见了|已?被?删除|已下线|已失效|無法顯示)(?:或已?被?删除)?|(?:找不到|没有找到|未找到|"
    r"抱歉,?)(?:该|您?(?:访问|要找)的|此|這個)?(?:页面|頁面|网页|網頁|文章))$",
    r"^(?:(?:お探しの|指定された)?(?:ページ|記事)(?:が|は)(?:見つかりません(?:でした)?|存在しません|"
    r"削除されました))$",
    r"^(?:(?:요청하신 |찾으시는 )?(?:페이지|기사)(?:를|가|을|이)? ?(?:찾을 수 없습니다|존재하지 않습니다|"
    r"없습니다|삭제되었습니다))$",
    r"^(?:(?:لم يتم العثور على )?(?:الصفحة)(?: المطلوبة)?(?: غير (?:موجودة|متوفرة|متاحة))?|صفحه (?:مورد "
    r"نظر )?(?:یافت|پیدا) نشد"
    r"|لم يتم العثور على الصفحة)$",
    r"^(?:(?:aradığınız )?(?:sayfa|haber|içerik) (?:bulunamadı|mevcut değil|yok)|səhifə (?:tapılmadı|"
    r"mövcud deyil|yoxdur))$",
    r"^(?:(?:бұл |мұндай )?(?:бет|парақ|парақша|жаңалық) (?:табылмады|жоқ)|(?:мындай )?(?:бет|барак|"
    r"баракча) (?:табылган жок|"
    r"табылбады|жок))$",
    r"^(?:sahifa (?:topilmadi|mavjud emas)|саҳифа (?:топилмади|мавжуд эмас)|саҳифа (?:ёфт нашуд|вуҷуд надорад)|sahypa"
    r" (?:tapylmady|ýok)|بەت تېپىلمىدى|(?:хуудас|мэдээ) (?:олдсонгүй|байхгүй)(?: байна)?)$",
)
ERROR = _any(
    r"^(?:http )?(?:error |ошибка )?(?:40[0-35-9]|410|429|451|5\d\d)(?: [\w /-]{0,40}?(?:bad|error|"
    r"unavailable|forbidden|gateway|"
    r"denied|timeout|time-out|unauthorized|requests|gone|failed|exceeded|down|ошибка|сервера)[\w /-]{0,20})?$",
    r"^(?:internal server error|bad gateway|gateway time-?out|service (?:temporarily )?unavailable|bad"
    r" request|too many requests|web server is down|origin is unreachable|application error|runtime error|"
    r"server error"
    r"(?: in '/' application\.?)?|the page cannot be displayed|an error (?:has )?occurred)$",
    r"^(?:index of /.*|welcome to (?:nginx|openresty|centos|tengine).{0,20}|apache2? .{0,30}default "
    r"page.{0,20}|it works|iis windows.{0,20}|"
    r"test page for .{0,60}|hello world|plesk .{0,20}default.{0,20}|default (?:web ?site|web|parking) page)$",
    r"^(?:(?:this )?(?:account|site|website)(?: has been| is)? suspended|account suspended|(?:this "
    r")?domain (?:\S+ )?(?:is )?(?:for sale|"
    r"parked|expired|has expired)|\S+\.\w{2,10} (?:is )?(?:for sale|is parked|parked)|domain default page|"
    r"parked domain|"
    r"домен (?:\S+ )?(?:продается|продаётся|не продлен|припаркован)|域名(?:出售|已过期|停放)|此域名.{0,6}出售)$",
    r"^(?:(?:wordpress )?(?:› )?(?:error establishing a )?database (?:connection )?error|error "
    r"establishing a database connection|"
    r"ошибка (?:установки соединения с|подключения к|соединения с) баз(?:ой|е) данных|数据库(?:连接)?错误|"
    r"建立数据库连接时出错)$",
    r"^(?:ошибка сервера|внутренняя ошибка сервера|服务器(?:内部)?错误|サーバーエラー|"
    r"access to this page has been denied|sunucu hatası|خطأ في الخادم)$",
)
# What a closed site says, and a piece of news as well: "Coming soon", "Access denied".
CLOSED = _any(
    r"^(?:(?:(?:the |this |our )?(?:site|website) (?:is )?)?(?:under|down for|in|scheduled|briefly "
    r"unavailable for scheduled) ?(?:construction"
    r"|maintenance)(?: mode)?|maintenance(?: mode)?|we['’]ll be back soon|coming soon|wartungsarbeiten|"
    r"wartungsmodus|site en (?:maintenance|"
    r"construction)|сайт (?:временно недоступен|на (?:реконструкции|обслуживании)|закрыт на .{0,30})|"
    r"технические работы|"
    r"ведутся технические работы|технічні роботи|网站(?:维护中?|正在维护|建设中|关闭|暂时关闭)|"
    r"系统维护(?:中)?|メンテナンス中|サイト점검|bakım (?:modu|çalışması)|"
    r"техникалық жұмыстар|texnik ishlar)$",
    r"^(?:forbidden|access denied|доступ (?:запрещ[её]н|ограничен|закрыт)|доступ заборонено|访问(?:被拒绝|受限|出错)|"
    r"無法存取|拒绝访问|禁止访问|アクセスが拒否されました|접근이 거부되었습니다|accès (?:refusé|interdit)|"
    r"zugriff verweigert|acceso denegado|accesso negato|erişim engellendi|دسترسی غیرمجاز)$",
)
BROKEN_CODE = re.compile(
    r"^(?:(?:PHP )?(?:Fatal|Parse|Catchable fatal) error: |(?:PHP )?Warning: \w+\(|Uncaught (?:Error|"
    r"Exception|PDOException)|"
    r"SQLSTATE\[|(?:MySQL|Database) (?:server )?error\b|Error establishing a database connection|Traceback "
    r"\(most recent call|"
    r"java\.lang\.\w+|Whoops, looks like something went wrong|Template parse error|Could not connect to "
    r"(?:the )?(?:database|MySQL))"
)


def parts(title: str) -> Iterator[str]:
    """Yield a title and its parts between separators, which a site's name is parted by."""
    folded = " ".join(title.split())
    yield folded.strip(" .!。！…")
    for part in _SPLIT.split(folded):
        if part and part.strip():
            yield part.strip(" .!。！…")


def find_notice(pattern: re.Pattern[str], tree: HtmlElement) -> str | None:
    """Return the first notice that has the pattern: a short text that an element begins with."""
    return next((notice for notice in _notices(tree) if pattern.search(notice)), None)


def _notices(tree: HtmlElement) -> Iterator[str]:
    """Yield each notice once; scripts and styles have none."""
    seen: set[str] = set()
    left = _MOST
    for element in tree.iter(*_PLACES):
        text = element.text
        if text and _SHORTEST <= len(text) <= _LONGEST and text not in seen and not text.isspace():
            seen.add(text)
            left -= len(text)
            if left < 0:
                return
            yield " ".join(text.split())
