package figure

var english = words{
	lang: "en",
	scales: `
2: hundred
3: thousand
6: million
9: billion
12: trillion
`,
	spells: `
0: zero
1: one|once|first|a|an|another
2: two|second|twice|double|doubled|both|pair|couple|duo
3: three|third|triple|tripled|thirds
4: four|fourth
5: five|fifth
6: six|sixth
7: seven|seventh
8: eight|eighth
9: nine|ninth
10: ten|tenth|teens|teenage|teenager|teenagers
11: eleven|eleventh
12: twelve|twelfth|dozen
13: thirteen|thirteenth
14: fourteen|fourteenth
15: fifteen|fifteenth
16: sixteen|sixteenth
17: seventeen|seventeenth
18: eighteen|eighteenth
19: nineteen|nineteenth
20: twenty|twentieth|twenties
30: thirty|thirtieth|thirties
40: forty|fortieth|forties
50: fifty|fiftieth|fifties
60: sixty|sixtieth|sixties
70: seventy|seventies
80: eighty|eighties
90: ninety|nineties
0.5: half|first half
half: and a half
and: and
`,
	units: `
%: percent|per cent|pct
pp: percentage points|percentage point|percentage-point
$: dollar|dollars|bucks
USD: american dollars|u.s. dollars|u.s. dollar
EUR: euros
VND: dong|dongs|vietnamese dong|vietnam dong
CNY: yuan|renminbi|chinese yuan
JPY: yen|japanese yen
KRW: won|korean won
GBP: pounds sterling|british pounds
KHR: riel|riels
THB: baht
LAK: kip
RUB: rubles|roubles
INR: rupees|rupee
AUD: australian dollars
SGD: singapore dollars
CAD: canadian dollars
HKD: hong kong dollars
ha: hectare|hectares
m2: square meters|square metres|square meter|square metre
km2: square kilometers|square kilometres|square kilometer|square kilometre
sq mi: square miles|square mile
acre: acre|acres
m3: cubic meters|cubic metres|cubic meter|cubic metre
km: kilometers|kilometres|kilometer|kilometre|kms
m: meters|metres|meter|metre
cm: centimeters|centimetres|centimeter|centimetre
mm: millimeters|millimetres
kg: kilograms|kilogram|kilos|kilo|kgs
g: grams|gram
t: tons|tonnes|ton|tonne|metric tons|metric tonnes
l: liters|litres|liter|litre
mi: miles|mile
mi/h: miles per hour|miles an hour
km/h: kilometers per hour|kilometres per hour|kilometers an hour
ft: feet|foot
in: inches|inch
yd: yards|yard
lb GBP: pounds|pound
MW: megawatts|megawatt
GW: gigawatts|gigawatt
kWh: kilowatt-hours|kilowatt hours
°: degrees|degree
second: seconds
minute: minutes|minute|min|mins|minutes'
hour: hours|hour|hrs|hr
day: days|day
week: weeks|week
month: months|month|mo
year: years|year|years old|yr|yrs
decade: decades|decade
century: centuries|century
`,
	months: `
1: january|jan.|jan
2: february|feb.|feb
3: march|mar.|mar
4: april|apr.|apr
5: may
6: june|jun.|jun
7: july|jul.|jul
8: august|aug.|aug
9: september|sept.|sep.|sept|sep
10: october|oct.|oct
11: november|nov.|nov
12: december|dec.|dec
`,
	clock: `
am: a.m.|am|a.m|a.m.,|in the morning
pm: p.m.|pm|p.m|in the afternoon|in the evening|at night
noon: noon
hour: o'clock|o’clock
`,
	papers: "paper: decree|decision|resolution|circular|directive|law|ordinance|plan|official letter|document|dispatch|notice",
	ranges: "range: to|and|or|until|till|through|up to",
	clause: "clause: article|articles|clause|section|chapter|point|item|annex|appendix|version|grade|class|paragraph|part",
}
