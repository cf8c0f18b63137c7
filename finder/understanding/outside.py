"""What is not for us: greetings, thanks, other city business, gibberish, orders to the machine, insults."""

from __future__ import annotations

import re

from finder.understanding.patterns import pattern

_ORDERS = pattern(
    r"あなたは(?:ai|人工知能|ロボット|誰|何者|bot)|(?:指示|命令|設定|ルール|プロンプト|制約)(?:を|は|も)?(?:[^。]{0,10})?(?:無視|忘れ|表示|"
    r"見せ|教え|出力|上書)|プロンプト|"
    r"ignore (?:all|any|the|your|previous|every)|system prompt|jailbreak|あなたは(?:今から|これから|今日から)|(?:として|になりきって|"
    r"のふりをして)(?:[^。]{0,8})?(?:振る舞|答え|話し|回答)|(?:詩|小説|コード|プログラム|歌詞|作文|俳句|短歌|ジョーク|レポート|"
    r"メール)を?(?:[^。]{0,6})?(?:書いて|書け|作って|考えて|作成)|select .{0,40} from|drop table|<script|</?[a-z]+>|(?:from|"
    r"import) os|sudo |rm -rf|print\(|(?<![a-z])pretend (?:to be|you)|you are now|write (?:me )?(?:a|some) (?:poem|story|code|essay)|"
    r"single_parent|(?:英語|日本語|中国語)に翻訳して|(?:ひま|暇)(?:だから|なので|なんで|だし|やけん|やき|つぶしに)、?[^。、子孫]{0,6}(?:話して|しゃべって|話そう|しゃべろう)(?=。|$|よ)|(?:面白い|おもしろい|怖い|こわい)話(?:を)?(?:して|聞かせて)"
)
_BUSINESS = pattern(
    r"好きな(?:食べ物|色|歌|動物)|庭の|草が|自治会|町内会|リサイクル|古紙|資源回収|草刈|雑草|空き地|街路樹|木が|枝が|(?:隣|"
    r"近所)の(?:家の)?(?:木|犬|猫|音)|鳴き声|害虫|ネズミ|イノシシ|サル|断水|水漏れ|浄化槽|"
    r"信号|駐輪|放置自転車|時刻表|市民会館|文化ホール|美術館|博物館|温泉|祭り|花火|広報|市報|条例|職員採用|太陽光|ハザード|罹災|停電|開庁|閉庁|"
    r"住所変更|固定資産|車検|ナンバープレート|ゴミ|ごみ|粗大|住民票|戸籍|印鑑(?:証|登)|マイナンバー|マイナカード|パスポート|(?:固定資産|"
    r"自動車|軽自動車|相続|所得|市|県|住民|"
    r"市民|市県民)税|税金|納税|確定申告|年末調整|転入届|転出|転居届|国民健康保険|国保|年金(?!生)|相続|遺産|介護(?:保険|サービス|施設|認定|用品|タクシー|ベッド)|後期高齢|要介護|水道(?!代)|"
    r"下水|道路|街灯|選挙|投票|犬の(?:登録|放|予防|散歩)|狂犬|野良|猫の|ハチの巣|蜂の巣|カラス|図書館|体育館|プール|公民館の予約|"
    r"市役所(?:の(?:場所|駐車|営業|開|電話)|は何時|何時|って何時|に駐車)|駐車場|バス(?:の時刻|は|の)|電車|天気|免許(?:の?更新|証)|"
    r"車(?:検|の住所|庫証明)|飲食店|営業許可|法人|開業届|入札|求職者支援|空き家|墓|火葬|葬|死亡届|婚姻届(?:の|は|を)|騒音|防災|"
    r"避難所|ふるさと納税|観光|イベント情報|プレミアム商品券|市長|議会|議員|parking|garbage|trash|weather|passport"
)
_FAMILY = pattern(
    r"(?<![a-z])(?:pediatric|toddler|kindergarten|preschool|husband|wife|divorc|teenager|grandson|granddaughter|newborn|birth|"
    r"day ?care|apartment|lonely|tired|vaccin|diaper|nappy|nappies|formula|stroller|"
    r"kodomo|hoikuen|okane|byou?ki|ninshin|akachan|gakk?ou?|rikon|teate|nihongo)|"
    r"就学|未熟児|多胎|里帰り|人見知り|特児|児扶|児手|就援|もうむり|もう無理|限界|家に入れ|[締閉]め出|お腹す|どなら|怒鳴|こわい|怖|かくまって|痴漢|いやなこと|嫌なこと|救急車|通報|むしされ|もういい$|"
    r"登園|通級|ロタ|ワクチン|ふーどばんく|ブランコ|すべり台|通って|休みがち|歯医者|歯科|耳鼻科|眼科|皮膚科|内科|帝王切開|泊まる|泊まれ|寝る|遊具|遊べ|公園(?!の(?:木|草|予約))|孤|抱っこ|首がすわ|身重|集まり|イクメン|ふりがな|身内|親戚|頼れ|倒れそう|タイミング法|"
    r"生後|亡く|弁当|熱[がをは]|ハロワ|ハローワーク|預|姑|舅|登校|下校|借家|アパート|マンション|団地|[0-9六四]畳|雨漏り|同居|惣菜|お?米(?!国)|手に職|資格|面接|履歴書|洗濯|掃除|家事|風邪|発疹|痛[いみがく]|"
    r"怪我|けが|ケガ|眼鏡|虫歯|眠れ|寝不足|泣|イヤイヤ|反抗期|部活|宿題|受験|進学|制服|給食|習い事|クラス|双子|家計|節約|赤字|滞納|差し押さえ|"
    r"園[にのへで]|つわり|大学|専門学校|誕生日|実家|頼れ|用事|急用|漢字|育休|産休|チャイルドシート|ベビー|生まれ|新生児|心拍|陽性|介護|がん(?=の|で|と|に|が)|"
    r"末期|闘病|通院|"
    r"入院|看病|生きづら|居場所|体験|絵本|読み聞かせ|"
    r"年少|年中(?!無休|行事|忙)|年長(?!者)|[小中高][1-6](?!\d)|[0-9]歳|[0-9]か月(?!前)|担任|面談|授業|教室|参観|ブックスタート|予診票|接種|"
    r"乳児|乳幼児|祖[父母]|"
    r"両親|嫁|彼氏|彼女|パートナー|母(?!校|国)|父|姉|兄|独身|孤独|ひとりぼっち|話し相手|薬|病気|被害|里親|養子|一人暮|身寄り|寝たきり|リハビリ|ヘルパー|"
    r"大家|園(?=に|で|です|を)|買い物|飲んだ|ご飯|投げ|リストラ|収入|給料|貯金|買えな|ガス|電気|消えた|死に|殴|叩|蹴|無職|失業|手帳|"
    r"お腹|おなか|生理|母乳|引っ?越|独身|住む|外国|日本語|通訳|フードバンク|避妊|中絶|夜間|救急|居場所|不登校|塾|奨学|ヤングケアラー|"
    r"(?<![a-z])(?:hospital|doctor|rent|job|japanese|food|money|hungry)(?![a-z])|子(?!機|会社|規|牛|猫|犬|音)|妊|産(?!業|地|物)|赤ちゃん|育児|育て|"
    r"保育|幼稚|児童|学童|学校|小学|中学|高校|ひとり親|シングル|母子|父子|離婚|出生|健診|予防接種|手当|家庭|親(?!切|友|方|会社)|孫|"
    r"甥|姪|弟|妹|娘|息子|支援|給付|助成|補助|障害|発達|虐待|家族|結婚|婚活|いじめ|引きこもり|ひきこもり|若者|生活|仕事|働|お金|食べ|"
    r"住まい|家賃|暮ら|借金|貧|就職|悩|相談|助け|困|つら|辛|しんど|疲れ|寂し|不安|死別|病院|医療|夫|妻|旦那|主人|ママ|パパ|ミルク|"
    r"おむつ|オムツ|授乳|離乳|夜泣き|(?<![a-z])(?:child|kid|baby|son|daughter|pregnan|mother|father|parent|family|school|help|single|support|"
    r"welfare)"
)
_REQUEST = pattern(
    r"教え|たい|ください|ほし|欲し|ありますか|あるの|どこ|どう|いつ|何|なに|できますか|でき|か[？?]|[？?]|探|お願い|必要|困|悩|知り|"
    r"入れ|もらえ|使え|よこせ|しろ|出せ|くれ|届|手続|申請|want|need|help|how|where|can "
)
# What belongs to us even beside other city business: 「税金が高くて生活が苦しい」.
_OURS = re.compile(
    r"子|妊|産|赤ちゃん|ひとり親|シングル|離婚|死別|保育|学|手当|生活|お金|仕事|働|住[まむ]|家賃|困|苦し|食|障害|手帳|夫|妻|非課税|"
    r"結婚|相談|日本語|世帯|家庭|園|病院|迎え|医療証|読み聞かせ|制服|ランドセル"
)
_GREETING = pattern(
    r"(?:おはよう|こんにち[はわ]|こんばん[はわ]|はじめまして|初めまして|ありがと|有難|有り難|感謝|さようなら|さよなら|またね|"
    r"バイバイ|おやすみ|お疲れ|おつかれ|よろしく|助かり(?:まし|ます)|助かった|たすかり|了解|わかりました|どうも|お世話になり|失礼し|"
    r"hello|(?<![a-z])hi(?![a-z])|good (?:morning|evening|afternoon|night)|thanks?|thank you|サンキュー|ハロー|やっほー|もしもし|^テスト)"
)
_INSULT = pattern(
    r"でべそ|うんこ|くたばれ|消えろ|お前ら|おまえら|仕事しろ|最悪の対応|バカ|ばか(?![りら])|馬鹿|アホ|あほ(?!う)|クソ|くそ|糞|死ね|しね(?=。|$|よ)|役立たず|役に立た(?:ない|ん)|使えな(?:い|すぎ|"
    r"さすぎ)|ポンコツ|うざ|ウザ|うるさい|"
    r"税金泥棒|ふざけ(?:ん|る)|ゴミ|無能|カス|キモ|きも(?=い|。|$)|黙れ|ハゲ|ブス|stupid|idiot|fuck|shit(?!e)"
)
_ANSWER = re.compile(
    r"(?:はい|いいえ|うん|ううん|ええ|わからない|わかりません|不明|その他|特にない|特になし|ない|なし|いる|いない|います|いません|"
    r"(?:それは|そこは)?(?:違い?ます|違う|ちがい?ます|ちがう|そうじゃない(?:です)?|そうではありません|間違い(?:です|でした)|間違え(?:た|ました))(?:よ|ね)?|"
    r"yes|no|次|戻る)[。!！]?"
)

_NOT_OURS = re.compile(r"(?:子育て|育児|子ども|家族)(?:のこと|の話|の相談)?(?:では|じゃ)(?:ない|ありません)(?:です)?(?:が|けど|んですが|"
    r"んですけど)、?")
_ITS_PET = re.compile(r"(?<!クロ)(?<!野良)(?:犬|猫|うさぎ|ハムスター|インコ|ペット)(?:ちゃん|たち)?(?:が|の|を|は|も|、)")
_A_PERSON = re.compile(r"子(?!犬|猫|宮)|娘|息子|孫|赤ちゃん|(?<!避)妊|私|夫|妻|家族|[小中高][1-6]|年[少中長]|飼い主")


def outside(text: str, understood: bool, told: bool, weak: bool = False) -> bool:
    """Tell whether nothing here is for us.

    `understood` tells whether any fact or need was found, `told` whether it is more than an
    age of the speaker and a passing word: what is told of a family always stays with us;
    `weak` that nothing but a worry was found.
    """
    text = _NOT_OURS.sub("", text)
    bare = text.strip(" 。、!?！？")
    if not bare:
        return True
    if _ORDERS.search(text) and not told:
        return True
    if _ITS_PET.search(text) and not _A_PERSON.search(text) and not told:
        return True
    if understood:
        ours = re.sub("困|苦し|相談", "", text) if weak else text
        return not told and _BUSINESS.search(text) is not None and _OURS.search(ours) is None
    if _ANSWER.fullmatch(text):
        return False
    if (
        _BUSINESS.search(text)
        and not re.search(r"出生届|子ども(?:の|は|が)[^。]{0,4}(?:戸籍|保険|名前|届)|母子手帳|母子健康手帳|健診|予防接種|児童手当|保育園|"
            r"保育所|妊|産後|学童|子育て|育児|孫|娘|息子|育て|読み聞かせ|おはなし会|医療証|制服|ランドセル", text)
    ) or (re.search(r"犬|猫|ペット", text) and not re.search(r"子(?!犬|猫)|妊|赤ちゃん", text)):
        return True
    if _INSULT.search(text) and not (_FAMILY.search(text) and _REQUEST.search(text)):
        return True
    if _GREETING.search(text) and not (_FAMILY.search(text) and _REQUEST.search(_GREETING.sub("", text))):
        return True
    if _FAMILY.search(text):
        return False
    return not re.search(
        r"使える(?:もの|制度)|制度|何(?:か|が)(?:でき|あ|もら|使)|ここは?(?:何|なに)|何ができ|どんなこと|サービス|窓口|申請|手続|対象", text
    )
