"""The words of furniture: what a line of a page is made of that is no part of an article, by kind and language.

Each entry stands for a whole line, without its case, marks, bullets and closing colon; entries are divided by bars.
Common words are left out on purpose where they may be a heading of a text ("Background", "Итоги").
"""

# What introduces links to other articles. With a colon or nothing after it, the line is a heading of such links; with
# text after a colon it is itself one.
READ_ON = {
    "en": "read also|also read|read more|read more on|see also|related|related articles|related stories|related news|"
    "related content|related topics|related links|related coverage|more on this story|more on this topic|more from|"
    "more|more stories|more news|you may also like|you might also like|recommended|recommended for you|recommended stories|"
    "most read|most popular|popular|trending|trending now|read next|up next|further reading|don't miss|latest news|"
    "latest|latest stories|top stories|editor's picks|editors' picks|in other news|story continues below|read the full story|"
    "continue reading|also on|watch|watch also|listen|keep reading|what to read next|more in|explore more|next article|"
    "previous article|next story|previous story|in case you missed it|read in english|read in russian|read this in english",
    "fr": "a lire egalement|a lire aussi|lire aussi|lire egalement|lire la suite|sur le meme sujet|voir aussi|a voir aussi|"
    "pour aller plus loin|articles lies|les plus lus|a ne pas manquer|a decouvrir|dans la meme rubrique|a ecouter aussi|"
    "article suivant|article precedent|nos articles|dans l'actualite|sur le web|en savoir plus|lire l'article|"
    "notre selection d'articles|la redaction vous conseille|plus sur|articles recents",
    "de": "lesen sie auch|lesen sie mehr|lesen sie dazu|mehr zum thema|weiterlesen|auch interessant|mehr|mehr dazu|"
    "das konnte sie auch interessieren|passend dazu|zum thema|weitere artikel|weitere themen|weitere meldungen|"
    "meistgelesen|beliebt|neueste|neue nachrichten|ahnliche|ahnliche artikel|siehe auch|aktuelle nachrichten|"
    "empfehlungen der redaktion|zum weiterlesen|mehr aus|mehr von|hier weiterlesen|interessant|das interessiert auch",
    "es": "lee tambien|leer mas|lea tambien|lea mas|te puede interesar|le puede interesar|noticias relacionadas|"
    "articulos relacionados|mas informacion|ver tambien|vea tambien|mas noticias|lo mas leido|lo mas visto|"
    "contenido relacionado|temas relacionados|tambien te puede interesar|sigue leyendo|no te pierdas|mas sobre",
    "it": "leggi anche|leggi di piu|leggi tutto|articoli correlati|notizie correlate|ti potrebbe interessare|"
    "potrebbe interessarti|vedi anche|continua a leggere|i piu letti|per approfondire|approfondimenti|guarda anche",
    "pt": "leia tambem|leia mais|saiba mais|veja tambem|noticias relacionadas|mais lidas|voce pode gostar",
    "ru": "читайте также|читать также|читайте еще|читать еще|читать далее|читать дальше|читайте далее|читайте на эту тему|"
    "смотрите также|смотри также|см. также|еще по теме|по теме|также по теме|материалы по теме|похожие новости|"
    "похожие материалы|новости по теме|другие новости|другие новости по теме|ранее по теме|рекомендуем|рекомендуем прочитать|"
    "популярное|популярные новости|самое читаемое|самое популярное|последние новости|главное сегодня|главные новости|"
    "вам может быть интересно|возможно, вам будет интересно|интересное|связанные новости|статьи по теме|новости партнеров|"
    "другие материалы|лента новостей|новости|еще новости|больше новостей|подробнее|следующая новость|предыдущая новость|"
    "следующая статья|предыдущая статья|предыдущая|следующая|это интересно|читать на русском|читать на английском",
    "uk": "читайте також|читайте ще|дивіться також|читати далі|за темою|по темі|матеріали за темою|новини за темою|"
    "схожі новини|інші новини|останні новини|популярне|популярні новини|вам може бути цікаво|рекомендуємо|докладніше|"
    "більше новин|головні новини|новини партнерів",
    "zh": "相关阅读|相關閱讀|延伸阅读|延伸閱讀|相关新闻|相關新聞|相关报道|相關報道|相關報導|推荐阅读|推薦閱讀|相关链接|相關連結|相關鏈接|"
    "更多新闻|更多新聞|热门新闻|熱門新聞|猜你喜欢|阅读更多|更多阅读|精彩推荐|精彩推薦|热门推荐|熱門推薦|相关推荐|相關推薦|"
    "推荐新闻|推薦新聞|为您推荐|為您推薦|今日热点|热点新闻|热门文章|热点推荐|最新新闻|最新消息|最新文章|排行榜|新闻排行|"
    "点击排行|今日推荐|编辑推荐|編輯推薦|相关专题|相关内容|相關內容|相关文章|相關文章|其他新闻|上一篇|下一篇|上一条|下一条|"
    "更多|更多内容|更多推荐|查看更多|阅读全文|閱讀全文|点击查看更多|点击进入专题|大家都在看|你可能也喜歡|你可能感兴趣|看更多|"
    "热门排行|本月热点|图片新闻|往期回顾|阅读原文|继续阅读|繼續閱讀|热词|新闻链接|猜您喜欢|24小时热点",
    "ja": "関連記事|関連ニュース|あわせて読みたい|合わせて読みたい|こちらもおすすめ|おすすめ記事|人気記事|アクセスランキング|ランキング|"
    "もっと見る|続きを読む|最新ニュース|最新記事|新着記事|前の記事|次の記事|関連リンク|関連キーワード|注目記事|おすすめ情報|関連",
    "ko": "관련기사|관련 기사|관련뉴스|관련 뉴스|많이 본 뉴스|많이 본 기사|인기기사|인기 기사|주요뉴스|주요 뉴스|추천기사|추천 기사|"
    "함께 보면 좋은 기사|이 기사도 읽어보세요|더보기|최신뉴스|최신 뉴스|다른 기사 보기|이전 기사|다음 기사|핫이슈|오늘의 추천",
    "ar": "اقرأ أيضا|اقرأ المزيد|إقرأ أيضا|مواضيع ذات صلة|مقالات ذات صلة|مزيد من الأخبار|أخبار ذات صلة|اخبار متعلقة|أخبار متعلقة|"
    "شاهد أيضا|الأكثر قراءة|قد يهمك أيضا|قد يعجبك أيضا|المزيد|المزيد من|مقالات مشابهة|اخر الاخبار|آخر الأخبار|للمزيد|"
    "المقال السابق|المقال التالي|موضوعات متعلقة",
    "fa": "بیشتر بخوانید|مطالب مرتبط|اخبار مرتبط|همچنین بخوانید|بیشتر بدانید|خبرهای مرتبط|پربازدیدترین|پربیننده ترین|آخرین اخبار|"
    "مطالب پیشنهادی|اخبار پیشنهادی|پیشنهاد می‌کنیم بخوانید|این مطلب را هم بخوانید|موضوعات مرتبط|ادامه مطلب|بخوانید|"
    "مطلب قبلی|مطلب بعدی|نیز بخوانید|برچسب‌ها|برچسب ها",
    "tr": "ayrica oku|ayrica okuyun|ilgili haberler|benzer haberler|bunlar da ilginizi cekebilir|"
    "sunlar da ilginizi cekebilir|ilginizi cekebilir|okumaya devam et|diger haberler|ilgili konular|haberin devami|"
    "ilgili haber|cok okunanlar|en cok okunanlar|son haberler|son dakika haberleri|one cikan haberler|onerilen haberler|"
    "sonraki haber|onceki haber|daha fazla|devamini oku|sizin icin sectiklerimiz|ilgili icerikler",
    "az": "hemcinin oxuyun|oxsar xeberler|elaqeli xeberler|diger xeberler|son xeberler|en cox oxunanlar|daha cox|"
    "bunu da oxuyun|digər xəbərlər|həmçinin oxuyun|oxşar xəbərlər|əlaqəli xəbərlər|ən çox oxunanlar|davami|ardini oxu",
    "kk": "тагы окыныз|тагы оки отырыныз|окы отырыныз|сондай-ак окыныз|усынылган жаналыктар|такырып бойынша|"
    "оки отырыныз|тагы оки отырындар|осы такырыпта|осы такырып бойынша|уксас жаналыктар|баска жаналыктар|"
    "сонгы жаналыктар|толыгырак|ен коп окылган|танымал|танымал жаналыктар|такырыпка сай|материалды бөлісіңіз|"
    "бул да кызык|келесі жаналык|алдынгы жаналык",
    "ky": "окунуз|дагы окунуз|ушул эле темада|кененирээк окунуз|тектеш макалалар|ушул темада|окшош жанылыктар|"
    "башка жанылыктар|акыркы жанылыктар|кененирээк|коп окулгандар|темага тиешелуу|тема боюнча|дагы караныз|"
    "популярдуу|сунушталган жанылыктар|тектеш материалдар",
    "uz": "o'qing|yana o'qing|shuningdek o'qing|mavzuga oid|mavzuga doir|boshqa yangiliklar|so'nggi yangiliklar|"
    "ko'p o'qilgan|o'xshash yangiliklar|mavzuga doir yangiliklar|batafsil|davomini o'qish|tavsiya etamiz|mashhur|"
    "укинг|яна укинг|шунингдек укинг|мавзуга оид|мавзуга доир|бошка янгиликлар|сунгги янгиликлар|куп укилган|"
    "ухшаш янгиликлар|батафсил|давомини укиш|тавсия этамиз",
    "tg": "бештар|бештар бихонед|инчунин бихонед|хамчунин бихонед|инчунин хонед|хамчунин хонед|дар хамин мавзуъ|"
    "боз бихонед|хабархои дигар|хабархои охирин|хабархои марбут|маводи марбут|муфассал|идома|дигар хабархо|"
    "дар ин мавзуъ|маводи вобаста",
    "tk": "okan|seyle hem okan|seyle-de okan|menzes habarlar|dowamyny oka|beyleki habarlar|sonky habarlar|giňişleýin|"
    "ginisleyin|in kop okalanlar|gyzykly|has giňişleýin",
    "ug": "يەنە ئوقۇڭ|مۇناسىۋەتلىك خەۋەرلەر|مۇناسىۋەتلىك مەزمۇنلار|باشقا خەۋەرلەر|ئەڭ يېڭى خەۋەرلەر|تېخىمۇ كۆپ|تەپسىلاتى",
    "mn": "мөн унших|холбоотой мэдээ|холбоотой мэдээлэл|бусад мэдээ|сүүлийн мэдээ|их уншсан|дэлгэрэнгүй|"
    "санал болгох|шинэ мэдээ|эрэлттэй мэдээ|төстэй мэдээ",
    "other": "les ogsa|les mer|czytaj wiecej|czytaj takze|czytaj tez|zobacz tez|zobacz takze|prectete si|ctete take|"
    "lees ook|lees meer|meer over|las mer|las ocksa|baca juga|doc them|xem them|citeste si|vezi si|procitaj jos",
}

# Sharing, subscribing, accepting, commenting: buttons and notices that a text is surrounded by.
HOUSEKEEPING = {
    "en": "share|share this|share this article|share this story|share this post|share article|share on facebook|"
    "share on twitter|share on x|share via email|share with friends|tweet|print|print this article|print article|email|"
    "e-mail|email this article|copy link|link copied|copy|save|bookmark|facebook|twitter|x|telegram|whatsapp|linkedin|"
    "instagram|youtube|vkontakte|reddit|pinterest|subscribe|subscribe now|sign up|sign up for our newsletter|newsletter|"
    "newsletters|follow|follow us|advertisement|advertising|ad|ads|sponsored|sponsored content|promoted|comments|comment|"
    "post a comment|add a comment|leave a comment|leave a reply|leave a reply cancel reply|view comments|show comments|"
    "join the conversation|all rights reserved|accept cookies|accept all|accept|reject all|manage cookies|cookie settings|"
    "privacy policy|terms of use|terms of service|log in|login|sign in|register|skip to content|skip to main content|"
    "back to top|go back|close|loading|loading...|play|pause|play video|listen to this article|listen to article|"
    "text size|font size|a a a|image|photo|photos|video|gallery|tags|tag|topics|topic|keywords|filed under|categories|"
    "category|home|menu|search|contact us|about us|report an error|report a typo|give feedback|thank you for reading|"
    "thanks for signing up|order reprints|order reprints print article|get the app|download our app|download the app|"
    "read in app|open in app|about the author|meet the author|author|written by|headline|headlines|views|1 min read|"
    "minutes read|most viewed|join us|donate|support us|become a member",
    "fr": "partager|partagez|partager cet article|partager l'article|partager sur facebook|imprimer|publicite|"
    "abonnez-vous|s'abonner|je m'abonne|commentaires|commenter|reagir|copier le lien|lien copie|envoyer par e-mail|"
    "inscrivez-vous a notre newsletter|tout accepter|tout refuser|accepter|suivez-nous|tous droits reserves|"
    "passer la publicite|lire plus tard|sauvegarder|ajouter a mes favoris|se connecter|connexion|fermer|mots-cles|"
    "mots cles|tags|thematiques|ecouter l'article|la suite apres cette publicite|offrir cet article|reagissez",
    "de": "teilen|artikel teilen|drucken|artikel drucken|anzeige|werbung|abonnieren|jetzt abonnieren|kommentare|"
    "kommentar schreiben|kommentieren|link kopieren|link kopiert|merken|vorlesen|artikel anhoren|newsletter|"
    "alle rechte vorbehalten|alle akzeptieren|anmelden|einloggen|registrieren|schlagworte|themen|themen in diesem artikel|"
    "auf dieser seite|hauptinhalt|neuer abschnitt|zur startseite|nach oben|fehler melden|folgen sie uns|schliessen|"
    "schriftgrosse|inhalt|artikel|2 wochen kostenlos testen|quellen|mit dpa|bildergalerie",
    "es": "compartir|comparte|compartir en facebook|imprimir|publicidad|suscribete|suscribirse|comentarios|comentar|"
    "copiar enlace|siguenos|todos los derechos reservados|aceptar|aceptar todo|iniciar sesion|cerrar|etiquetas|temas|"
    "guardar|escuchar|boletin",
    "it": "condividi|condividi su facebook|stampa|pubblicita|abbonati|iscriviti|iscriviti alla newsletter|commenti|"
    "commenta|copia link|seguici|tutti i diritti riservati|riproduzione riservata|accetta|accedi|chiudi|tag|argomenti|"
    "salva|ascolta",
    "pt": "compartilhar|compartilhe|imprimir|publicidade|assine|comentarios|copiar link|todos os direitos reservados|categorias",
    "ru": "поделиться|поделиться новостью|поделиться статьей|поделитесь|поделитесь новостью|поделись|поделиться в соцсетях|"
    "поделиться ссылкой|распечатать|печать|версия для печати|реклама|на правах рекламы|подписаться|подписка|"
    "комментарии|комментировать|комментариев нет|нет комментариев|оставить комментарий|добавить комментарий|"
    "оставьте комментарий|обсудить|написать комментарий|все комментарии|подписывайтесь на нас|мы в соцсетях|"
    "мы в социальных сетях|все права защищены|сообщить об ошибке|нашли ошибку|скопировать ссылку|ссылка скопирована|"
    "написать нам|отправить|отправить по почте|отправить другу|сохранить|в избранное|добавить в избранное|войти|"
    "регистрация|закрыть|принять|принять все|ок|теги|тэги|метки|темы|ключевые слова|рубрика|рубрики|категории|"
    "фото|видео|фотогалерея|галерея|слушать|прослушать|слушать новость|просмотров|просмотры|главная|на главную|наверх|"
    "вернуться назад|назад|размер шрифта|текст|вконтакте|одноклассники|телеграм|фейсбук|ватсап|твиттер|"
    "оценить статью|оцените статью|оцените материал|источник|загрузка|загрузка...|об авторе|рассылка|дзен|яндекс дзен",
    "uk": "поділитися|поширити|роздрукувати|друк|реклама|підписатися|коментарі|коментувати|залишити коментар|"
    "всі права захищені|усі права захищені|теги|мітки|теми|приєднуйтесь|повідомити про помилку|скопіювати посилання|"
    "увійти|закрити|слухати|підписуйтесь на нас",
    "zh": "分享|分享到|分享至|分享到微信|打印|打印本页|打印本頁|列印|责任编辑|返回首页|返回|返回顶部|扫一扫分享|扫一扫|关闭窗口|关闭本页|"
    "关闭|关 闭|字号|字体|字體|广告|廣告|版权所有|版權所有|收藏|收藏本文|举报|評論|评论|我要评论|发表评论|网友评论|留言|回應|"
    "点赞|赞|微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|朋友圈|复制链接|複製連結|订阅|訂閱|登录|登入|注册|註冊|首页|首頁|正文|"
    "来源|來源|标签|標籤|关键词|關鍵字|关键字|分类|推荐|推薦|视频|影片|图集|圖集|大 中 小|大中小|字号大中小|小|中|大|放大|缩小|"
    "听新闻|語音播報|语音播报|朗读|客户端|手机版|用微信扫码二维码|微信扫码分享|用手机看|下载app|點擊查看|点击查看|保存|纠错|"
    "我要纠错|附件|相关附件|相关稿件|责编|编辑|作者|记者|声明|特别声明|免责声明|版权声明|主题词|本文导读|"
    "投稿|投诉|参与互动|参与讨论|文章来源|分享让更多人看到|扫码关注|原标题|没有了|更多>>|已收藏|已收藏!|知道了|加载更多|新闻评论|我要反馈|小编最近文章|作者最近文章|最新出炉|发送中|已发送|已留言|展开全文|收起",
    "ja": "シェア|シェアする|シェアお願いします|共有|ツイート|印刷|印刷する|広告|コメント|コメントする|コメントを書く|ログイン|会員登録|"
    "会員登録はこちら|保存|保存する|リンクをコピー|コピーしました|無断転載禁止|無断転載を禁じます|記事をシェアする|フォローする|"
    "この記事をシェア|クリップ|メモ入力|写真|動画|画像|キーワード|タグ|カテゴリー|購読|トップへ戻る|ページトップへ|有料記事|会員限定|"
    "拡大する|拡大|閉じる|完了しました|スクラップ|スクラップは会員限定です|使い方|印刷用|ブックマーク",
    "ko": "공유|공유하기|기사공유|기사 공유|인쇄|프린트|광고|댓글|댓글쓰기|댓글 쓰기|댓글달기|구독|구독하기|로그인|회원가입|스크랩|저장|"
    "링크 복사|url복사|url 복사|기사 url이 복사되었습니다.|기사 url이 복사되었습니다|글자크기|글자 크기|글씨크기|폰트|닫기|"
    "무단전재 및 재배포 금지|무단 전재 및 재배포 금지|태그|키워드|기자|카카오톡|페이스북|트위터|네이버|목록|처음으로|맨위로|기사제보|좋아요|"
    "본문 바로가기|음성으로 듣기|기사 듣기",
    "ar": "شارك|مشاركة|شارك المقال|شارك الخبر|شاركها|طباعة|تعليقات|التعليقات|أضف تعليقا|اترك تعليقا|إعلان|إعلانات|اشترك|"
    "اشترك الآن|تابعنا|نسخ الرابط|جميع الحقوق محفوظة|كلمات مفتاحية|الكلمات المفتاحية|وسوم|الوسوم|علامات|تسجيل الدخول|"
    "إغلاق|حفظ|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|الرئيسية|استمع|حجم الخط|قبول|موافق",
    "fa": "اشتراک گذاری|اشتراک‌گذاری|به اشتراک بگذارید|نظرات|نظر شما|دیدگاه‌ها|ارسال نظر|ثبت نظر|دیدگاه|دیدگاهتان را بنویسید|چاپ|"
    "نسخه چاپی|پرینت|آگهی|تبلیغات|کپی لینک|لینک کوتاه|کلید واژه ها|کلیدواژه‌ها|کلمات کلیدی|تگ‌ها|عضویت|ورود|بستن|انتهای پیام|"
    "انتهای پیام/|پایان پیام|ذخیره|تمام حقوق محفوظ است|ما را دنبال کنید|تلگرام|واتساپ|کپی شد|گزارش خطا|کد خبر|تاریخ انتشار|منبع",
    "tr": "paylas|haberi paylas|yazdir|abone ol|abone olun|yorumlar|yorum yap|yorum yaz|tum haklari saklidir|reklam|"
    "etiketler|etiket|linki kopyala|kopyala|kaydet|giris yap|uye ol|kapat|takip et|bizi takip edin|dinle|haberler|"
    "yazi boyutu|anasayfa|ana sayfa|google news|kabul et|kaynak|foto galeri|video galeri",
    "az": "paylas|cap et|cap versiyasi|abune ol|serhler|reyler|serh yaz|butun huquqlar qorunur|reklam|teqler|etiketler|"
    "acar sozler|linki kopyala|bizi izleyin|paylaş|şərhlər|bütün hüquqlar qorunur",
    "kk": "болису|бөлісу|барлык кукыктар коргалган|жазылу|жазылыныз|пікірлер|пікір калдыру|пікір жазу|басып шыгару|жарнама|"
    "тегтер|тег|кілт сөздер|сілтемені көшіру|кайта оралу|басты бет|бөлісініз|сактау|кіру|тіркелу|сурет|фото|бейне|"
    "кайтадан тындау|макалага бага берініз|катені хабарлау|автор",
    "ky": "бөлүшүү|бөлүшүнүз|жазылуу|жазылыныз|пикирлер|пикир калтыруу|комментарийлер|басып чыгаруу|жарнама|"
    "бардык укуктар корголгон|тегдер|тег|шилтемени көчүрүү|сактоо|кирүү|катталуу|башкы бет|сүрөт|угуу",
    "uz": "ulashish|obuna bo'ling|obuna bo'lish|barcha huquqlar himoyalangan|izohlar|izoh qoldirish|fikr bildirish|reklama|"
    "teglar|teg|kalit so'zlar|chop etish|havoladan nusxa olish|saqlash|kirish|ro'yxatdan o'tish|bosh sahifa|do'stlarga ulashish|"
    "улашиш|обуна булинг|обуна булиш|изохлар|изох колдириш|барча хукуклар химояланган|теглар|калит сузлар|чоп этиш|"
    "хаволадан нусха олиш|сахифани чоп этиш|бош сахифа|дустларга улашиш|реклама",
    "tg": "мубодила|мубодила кунед|хамаи хукукхо хифз шудаанд|назархо|шархо|шарх|назари худро нависед|обуна шавед|чоп|"
    "чоп кардан|реклама|барчаспхо|калидвожахо|ирсол|мубодилаи хабар|сабт|вуруд|сахифаи асосй|шарххо",
    "tk": "paylas|paylasmak|paýlaşmak|teswirler|teswir yaz|cap etmek|çap etmek|abuna yazylmak|ahli hukuklar goralan|"
    "ähli hukuklar goralan|mahabat|belliklar|baş sahypa",
    "ug": "ھەمبەھىرلەش|ئورتاقلىشىش|بېسىش|ئىنكاس|ئىنكاسلار|ئىنكاس يېزىش|ئېلان|مۇشتەرى بولۇش|بارلىق ھوقۇق قوغدىلىدۇ|خەتكۈش|تەھرىر",
    "mn": "хуваалцах|сэтгэгдэл|сэтгэгдэл бичих|сэтгэгдлүүд|хэвлэх|зар сурталчилгаа|бүртгүүлэх|нэвтрэх|"
    "зохиогчийн эрх хуулиар хамгаалагдсан|бүх эрх хуулиар хамгаалагдсан|түлхүүр үг|холбоос хуулах|дагах",
    "other": "del|artikkelen fortsetter under annonsen|annonse|reklama|clanek|udostepnij|deel|delen|dela|bagikan|chia se|"
    "chia sẻ|bình luận",
}

# Beginnings of lines that are furniture as a whole, up to `LONGEST_NOTICE` characters.
NOTICES = (
    # follow us, also in the languages that put the verb last
    r"(?:подписывайтесь|подпишитесь|присоединяйтесь|следите за (?:нами|новостями|нашими)|читайте нас|наш telegram)\b",
    r"(?:больше|самые|все|еще|ещё|главные|последние|оперативные) .{0,40}(?:telegram|телеграм|whatsapp|viber|max)\b.{0,20}канал",
    r"(?:нашли|заметили|обнаружили|увидели) (?:ошибку|опечатку)|если вы (?:нашли|заметили|обнаружили) (?:ошибку|опечатку)",
    r"(?:при (?:использовании|перепечатке|копировании|цитировании)|использование материалов|перепечатка материалов)\b",
    r"(?:підписуйтесь|підписуйтеся|приєднуйтесь|читайте нас|якщо ви (?:знайшли|помітили) помилку|стежте за)\b",
    r"(?:subscribe to|sign up (?:for|to|here)|follow (?:us|our|the latest|me) |join (?:us on|our|thousands)|click here)\b",
    r"(?:get (?:the|our) .{0,40}(?:newsletter|inbox|app)\b|have a tip\?|for more (?:stories|news) like this|get in touch with)",
    r"(?:we use cookies|this (?:web)?site uses cookies|by (?:clicking|continuing|submitting|signing)|download (?:our|the) app)\b",
    r"(?:this (?:story|article) (?:has been (?:updated|corrected)|is free))\b",
    r"(?:the content is provided by|reproduction (?:in whole|is prohibited)|republished with permission)\b",
    r"(?:like this story\?|enjoy(?:ed)? this (?:story|article)\?|(?:please )?(?:log ?in|login|sign in) to (?:comment|post|leave))",
    r"(?:abonnez-vous|inscrivez-vous|suivez-nous|suivez toute|recevez (?:le|la|les|toute|notre|chaque)|rejoignez-nous)\b",
    r"(?:nous utilisons des cookies|ce site utilise des cookies|cet article est (?:réservé|reserve)|télécharge[rz] l)",
    r"(?:melden sie sich|abonnieren sie|folgen sie uns|wir verwenden cookies|diese website verwendet cookies)\b",
    r"(?:die (?:waz|redaktion) auch|sie mögen den tag|aktuelle nachrichten aufs handy)\b",
    r"(?:síguenos|suscríbete|utilizamos cookies|iscriviti|seguici su|questo sito utilizza|usiamo i cookie|segui(?:teci)? su)\b",
    r"(?:этот сайт использует|мы используем|сайт использует) (?:cookie|файлы cookie|куки)",
    r"(?:telegram|instagram|facebook|whatsapp|телеграм)[- ](?:канал|арна|каналы|парақша)",
    r"(?:责任编辑|責任編輯|责编|責編|編輯|编辑|校对|审核|监制|值班编辑|总编|统筹|策划|撰文|文字|制图|摄影|摄像|剪辑|美编|见习编辑|实习编辑|终审|初审|复审|"
    r"编审|来源|來源|稿源|信息来源|文章来源|作者|记者|通讯员|原标题|原題|图片来源|圖片來源|图源|资料图|投稿邮箱|发布时间|发布日期|更新时间|时间|日期|"
    r"浏览次数|点击数|阅读量|阅读|字号|字体|关键词|标签|编译|翻译|转载请注明)\s*[:：丨|／/]",
    r"[\[【(（]\s*(?:责任编辑|責任編輯|责编|編輯|编辑|纠错|我要纠错|字号|打印|大|作者|来源|关闭|收藏|推荐).{0,60}[\]】)）]\s*$",
    r"(?:扫描二维码|扫码|长按|关注(?:我们|微信|公众号|本)|微信扫一扫|打开微信|更多精彩|更多资讯|欢迎关注|点击进入|点击上方|点击查看|点此|"
    r"下载.{0,12}(?:客户端|app)|本文(?:来源|来自|转自|系)|版权(?:声明|归|所有)|特别声明|免责声明|声明[:：]|未经.{0,12}(?:授权|许可|书面)|"
    r"(?:凡|本网|本站|以上).{0,30}(?:转载|版权|不代表)|聚焦.{0,10}抖音|新闻热线|举报(?:电话|邮箱)|违法和不良)",
    r"[（(【\[]?(?:原标题|原題|原标题为|原题为)[：:]?.{0,120}[)）】\]]\s*$",
    r"(?:网友评论仅供|本文仅代表|以上(?:内容|文章|观点)|更多猛料|更多新闻|请支持独立网站|转发请注明|您可通过|文章关键词|相关资讯请关注|"
    r"专注.{0,20}(?:报道|新闻).{0,40}(?:扫|公众号)|.{0,30}扫(?:描)?(?:下方|左方|右方|上方)?二维码|(?:当前|现在|您(?:的|现在的)|你的)?位置\s*[:：]|"
    r"(?:微信号|功能介绍)\s|前往[“\"]发现)",
    r".{0,60}(?:供图|摄|摄影报道|视频截图|资料图|资料图片|资料照片|图片来自网络|图均来自网络)\s*[)）】\]。]?\s*$",
    r".{0,80}\ball rights reserved\b",
    r"(?:この記事は(?:会員|有料)|有料会員になると|会員登録|無断転載|残り\d+文字|【初トク|【関連|.{0,12}電子版が利用できる|登録すると)",
    r"(?:저작권자|무단\s?전재|<?\s?copyright|ⓒ|©\s?|기사제보|▶|☞|카카오톡에서)",
    r"(?:تابعونا|تابعنا|اشترك في|انضم إلى|حمل تطبيق|تابعوا|لمتابعة|اضغط هنا|ما را در|به کانال|کانال تلگرام|عضو کانال|برای عضویت)",
    r"(?:کد خبر|انتهای پیام|شناسه خبر|تاریخ انتشار|لینک کوتاه|گروه .{0,20} - )\s*[:/]?",
    r"(?:bizi .{0,30}takip edin|haberleri .{0,30}takip|abone olmak için|whatsapp kanal|anadolu ajansı web sitesinde|etiketler\s*:)",
    r"(?:bizi .{0,30}izləyin|xəbərləri .{0,40}izlə|saytdakı materiallar|materiallardan istifadə|teqlər\s*:|#)",
    r"(?:(?:telegram|телеграм|инстаграм|instagram)[- ]?(?:арнамыз|каналыбыз|каналимиз|kanalimiz|kanal).{0,40})",
    r"(?:біздің .{0,30}(?:жазыл|оқы)|бізге .{0,30}жазыл|.{0,40}арнасына жазыл|егер .{0,20}қате|ең жедел жаңалық|жаңалықтарды .{0,30}оқы)",
    r"(?:биздин .{0,30}(?:жазыл|каттал)|бизге .{0,20}жазыл|.{0,40}каналыбызга жазыл)",
    r"(?:bizni .{0,40}kuzat|.{0,40}kanalimizga obuna|.{0,30}obuna bo[‘ʻ'’]ling|бизни .{0,40}кузат|.{0,40}каналимизга обуна|.{0,40}обуна бўлинг)",
    r"(?:саҳифаҳои мо|ба канали .{0,30}обуна|моро дар .{0,30}пайгирӣ)",
    r"(?:манай .{0,30}(?:дага|сувг)|эх сурвалж\s*:|сурвалжлагч\s*:)",
    r"(?:©|\(c\) ?\d{4}|copyright\b)",
    # credits of pictures
    r"(?:фото|видео|иллюстрация|изображение|скриншот|источник фото|автор фото|фотография|фотосурет|сурет|сүрөт|сурат)\s*[:©/]",
    r"(?:photo|photos|photograph|image|images|picture|photo credit|image credit|credit|video|illustration|screenshot|file photo)"
    r"(?: by| courtesy(?: of)?)?\s*[:©/]",
    r"(?:foto|fotos|bild|bilder|crédit|credit photo|crédit photo|crédits|photo d'illustration|imagen|fotografía|fonte|quelle|"
    r"görsel|fotoğraf|şəkil|surat|rasm|rechte|bildrechte)\s*[:©/]",
    r"(?:图|图片|照片|摄影|摄|图为|視頻|视频|圖|攝影|写真|사진|صورة|عکس|تصویر)\s*[:：/／=＝]",
    # tags, topics, views
    r"(?:tags?|topics?|keywords|filed under|categories|schlagworte|themen|mots-clés|etiquetas|argomenti|tag|etiketler|teqlər|"
    r"теги|тэги|метки|мітки|темы|ключевые слова|тегтер|тегдер|teglar|теглар|кілт сөздер|барчаспҳо|برچسب\u200cها|برچسب ها|وسوم|"
    r"الكلمات المفتاحية|关键词|标签|關鍵字|キーワード|태그|түлхүүр үг)\s*[:：]",
    r"(?:просмотров|просмотры|views|количество просмотров|қаралды|көрүлдү|ko'rishlar|кўрилган|прочитано|浏览|阅读|조회)\s*[:：]?\s*\d",
)
LONGEST_NOTICE = 220
