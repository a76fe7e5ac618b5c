package figure

var vietnamese = words{
	lang: "vi",
	scales: `
1: chục|mươi
2: trăm
3: nghìn|ngàn
4: vạn
6: triệu|tr
9: tỷ|tỉ
no: tỷ lệ|tỉ lệ|tỷ số|tỉ số|tỷ trọng|tỷ suất|tỷ giá|triệu chứng|triệu tập|triệu hồi
`,
	spells: `
1: một|mốt
2: hai|cả hai|gấp đôi|đôi
3: ba|gấp ba
4: bốn|thứ tư|tháng tư
5: năm|lăm
6: sáu
7: bảy|bẩy
8: tám
9: chín
10: mười
12: một tá
0.5: nửa|một nửa
and: lẻ|linh
half: rưỡi|rưởi
`,
	units: `
%: phần trăm
pp: điểm phần trăm|điểm %
$: đô la|đô-la|đôla
$?: đô
USD: đô la mỹ|đô-la mỹ|đôla mỹ|đô mỹ|mỹ kim
EUR: ơ-rô|đồng euro
VND: đồng việt nam
VND?: đồng
CNY: nhân dân tệ
CNY?: tệ
JPY: yên nhật|yen
JPY?: yên
KRW: won
GBP: bảng anh
GBP?: bảng
KHR: riel|riên
THB: bạt|baht
LAK: kíp|kip
RUB: rúp
INR: rupee|rupi
AUD: đô la úc|đô-la úc
SGD: đô la singapore|đô-la singapore
CAD: đô la canada|đô-la canada
HKD: đô la hồng kông|đô la hong kong
ha: hecta|héc-ta|héc ta|hec-ta|hécta
m2: mét vuông
km2: km vuông|ki-lô-mét vuông|ki lô mét vuông|kilomet vuông|kilômét vuông
m3: mét khối
km: cây số|ki-lô-mét|ki lô mét|kilomet|kilômét|kilometer
m: mét
cm: xăng-ti-mét|centimet
mm: mi-li-mét|milimet
kg: ki-lô-gam|kilogam|ki lô gam|ký|kí|kilôgam
g: gam|gram
t: tấn
q: tạ
l: lít
mi: dặm|dặm trên giờ
ft: feet|foot
in: inch|inches
lb: pound|pao
°: độ
second: giây
minute: phút
hour: giờ|tiếng|tiếng đồng hồ|giờ đồng hồ|h
day: ngày
week: tuần
month: tháng
year: năm|tuổi|năm tuổi
decade: thập kỷ|thập niên
century: thế kỷ
`,
	year: "year: năm|năm học|niên khóa",
	clock: `
am: sáng|rạng sáng|giờ sáng|am|a.m.|a.m
noon: trưa|giờ trưa
pm: chiều|tối|pm|p.m.|p.m
night: đêm|khuya
`,
	papers: "paper: nghị định|nghị quyết|quyết định|thông tư|chỉ thị|luật|bộ luật|pháp lệnh|kế hoạch|công văn|thông báo|công điện|văn bản|nđ|nq|qđ|tt|ct|đề án",
	ranges: "range: đến|tới|lên|xuống|còn|lên đến|lên tới|và|hoặc|hay|đến ngày|tới ngày|và ngày",
	clause: "clause: điều|khoản|mục|chương|điểm|phụ lục|đ|phiên bản|version|lớp|nhóm",
}
