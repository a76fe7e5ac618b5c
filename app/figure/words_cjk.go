package figure

const hanScales = `
1: 十
2: 百
3: 千
4: 万|萬
8: 亿|億
12: 兆|万亿|萬億
`

const hanSpells = `
0: 零|〇
1: 一|壹
2: 二|两|兩
3: 三
4: 四
5: 五
6: 六
7: 七
8: 八
9: 九
half: 半
0.5: 一半|半
`

var chinese = words{
	lang:   "zh",
	scales: hanScales + "2: 百\n3: 千\n",
	spells: hanSpells + "2: 双|雙|翻番\n",
	units: `
pp: 个百分点|個百分點|百分点|百分點
USD: 美元|美金
EUR: 欧元|歐元
VND: 越南盾|越盾|盾
CNY: 人民币|人民幣|元人民币|元人民幣
¥: 元|块钱
¥?: 块|塊
JPY: 日元|日圆|日圓
KRW: 韩元|韓元|韩圆
GBP: 英镑|英鎊
KHR: 瑞尔
THB: 泰铢|泰銖
LAK: 基普
RUB: 卢布
INR: 卢比
AUD: 澳元
SGD: 新加坡元|新元
CAD: 加元
HKD: 港元|港币
ha: 公顷|公頃
m2: 平方米|平米|平方公尺
km2: 平方公里|平方千米
mu: 亩|畝
m3: 立方米|立方
km: 公里|千米
m: 米|公尺
cm: 厘米|公分
mm: 毫米
kg: 公斤|千克
jin: 斤
g: 克
t: 吨|噸|公吨
l: 升|公升
mi: 英里|哩
mi/h: 英里每小时|英里/小时
km/h: 公里/小时|公里每小时
ft: 英尺|呎
in: 英寸|吋
lb: 磅
MW: 兆瓦
GW: 吉瓦
kW: 千瓦
kWh: 千瓦时|度电
°C: 摄氏度|攝氏度
°F: 华氏度|華氏度
°: 度
second: 秒|秒钟|秒鐘
minute: 分钟|分鐘
hour: 小时|小時|个小时|個小時|个半小时
day: 天|日内
week: 周|週|星期|个星期|個星期|个礼拜
month: 个月|個月
year: 年|岁|歲|周年|週年|年间
decade: 年代
century: 世纪|世紀
`,
	clock: `
am: 凌晨|清晨|早上|上午|早晨
noon: 中午
pm: 下午|傍晚|晚上|晚|夜里
night: 深夜|半夜
`,
	papers: "paper: 第",
	ranges: "range: 至|到|和|或",
	clause: "clause: 第",
}

var japanese = words{
	lang:   "ja",
	scales: hanScales,
	spells: hanSpells + `
1: ひとつ|一つ
2: ふたつ|二つ|２つ|倍
3: みっつ
20: 二十歳|はたち
`,
	units: `
%: パーセント|ポイント
pp: パーセントポイント
$: ドル
USD: 米ドル|アメリカドル
EUR: ユーロ
VND: ベトナムドン
VND?: ドン
CNY: 人民元
CNY?: 元
JPY: 円|円相当
KRW: ウォン
GBP: 英ポンド
KHR: リエル
THB: バーツ
LAK: キープ
RUB: ルーブル
INR: ルピー
AUD: 豪ドル
SGD: シンガポールドル
CAD: カナダドル
HKD: 香港ドル
ha: ヘクタール
m2: 平方メートル|平米
km2: 平方キロメートル|平方キロ
m3: 立方メートル
km kg: キロ
km: キロメートル
kg: キログラム
m: メートル
cm: センチ|センチメートル
mm: ミリ|ミリメートル
g: グラム
t: トン
l: リットル
mi: マイル
mi/h: 時速マイル
ft: フィート
in: インチ
yd: ヤード
lb GBP: ポンド
MW: メガワット
GW: ギガワット
kW: キロワット
kWh: キロワット時
°: 度
second: 秒|秒間
minute: 分|分間
hour: 時間
day: 日間
week: 週間|週
month: か月|ヶ月|カ月|ヵ月|ケ月|箇月|か月間|ヶ月間|カ月間
year: 年|年間|歳|才|周年
decade: 年代
century: 世紀
`,
	clock: `
am: 午前|早朝|朝
noon: 正午
pm: 午後|夕方|夜
`,
	papers: "paper: 第",
	ranges: "range: から|と|や|または",
	clause: "clause: 第",
}

var korean = words{
	lang: "ko",
	scales: `
1: 십
2: 백
3: 천
4: 만
8: 억
12: 조
`,
	spells: `
1: 일|하나|한|첫
2: 이|둘|두|두배
3: 삼|셋|세|석
4: 사|넷|네
5: 오|다섯
6: 육|륙|여섯
7: 칠|일곱
8: 팔|여덟
9: 구|아홉
10: 열
20: 스물|스무
30: 서른
40: 마흔
50: 쉰
60: 예순
70: 일흔
80: 여든
90: 아흔
half: 반
0.5: 절반
`,
	units: `
%: 퍼센트|프로
pp: 퍼센트포인트|퍼센트 포인트|%포인트|% 포인트
$: 달러
$?: 불
USD: 미국 달러|미국달러|미달러|미 달러
EUR: 유로
VND: 베트남 동|베트남동
VND?: 동
CNY: 위안|위안화
JPY: 엔화
JPY?: 엔
KRW?: 원
GBP: 영국 파운드
KHR: 리엘
THB: 바트
LAK: 킵
RUB: 루블
INR: 루피
AUD: 호주 달러|호주달러
SGD: 싱가포르 달러|싱가포르달러
CAD: 캐나다 달러|캐나다달러
HKD: 홍콩 달러|홍콩달러
ha: 헥타르
m2: 제곱미터|제곱 미터|평방미터
km2: 제곱킬로미터|제곱 킬로미터|평방킬로미터
pyeong: 평
m3: 세제곱미터|입방미터
km kg: 킬로
km: 킬로미터
kg: 킬로그램
m: 미터
cm: 센티미터|센티
mm: 밀리미터
g: 그램
t: 톤
l: 리터
mi: 마일
ft: 피트
in: 인치
yd: 야드
lb GBP: 파운드
MW: 메가와트
GW: 기가와트
kWh: 킬로와트시
°: 도
second: 초
minute: 분
hour: 시간
day: 일간|일 동안
week: 주|주간|주일
month: 개월|달
year: 년|년간|세|살|주년
decade: 년대
century: 세기
`,
	clock: `
am: 오전|새벽|아침
noon: 정오|낮
pm: 오후|저녁|밤
`,
	papers: "paper: 제",
	ranges: "range: 에서|부터|와|과|및|또는|내지",
	clause: "clause: 제",
}
