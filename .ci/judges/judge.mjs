// Judges the readers' site of a demo server: node judge.mjs PORT [--all]
//
// A line for each finding, then the figures, then how many judgements passed.
// The quick run opens each sample of the gallery in one theme and language, and
// Lighthouse sees one theme a language; --all takes all of them.
import { cpus } from "node:os";
import { launch, judge } from "./browser.mjs";
import { feeds, html, maps, structured } from "./documents.mjs";
import { rate } from "./lighthouse.mjs";
import { brief, choose, full, gallery, outlets, Site } from "./site.mjs";

const [port, ...flags] = process.argv.slice(2);
const everything = flags.includes("--all");
const site = new Site(Number(port));

let passed = 0, failed = 0;
const began = performance.now();

/** report prints what was found of something; nothing is as it should be. */
function report(what, findings) {
	for (const f of findings) console.log(`${what}: ${f}`.trim());
	findings.length ? failed += findings.length : passed++;
}

const step = what => console.log(`-- ${what} (${Math.round((performance.now() - began) / 1000)} s)`);

step("what there is");
const pages = [], mapped = [], fed = [];
for (const outlet of outlets) {
	const { index, files, pages: addresses } = await site.maps(outlet);
	mapped.push(...addresses);
	report(`${outlet}'s site maps`, await maps(await whole(index), await Promise.all(files.map(whole))));
	for (const lang of [...full, ...brief]) {
		pages.push(...(await choose(site, outlet, lang, addresses)).map(p => ({ ...p, outlet, lang })));
		fed.push(...await feedsOf(outlet, lang));
	}
}
const samples = (await gallery(site)).filter(s => !s.kind.endsWith(", empty") // a site of nothing, which no outlet is
	&& (everything || outlets.includes(s.theme) && full.includes(s.lang)));
const looked = samples.filter(s => outlets.includes(s.theme) && full.includes(s.lang) && (everything || turn(s)));

step(`${fed.length} feeds`);
report("feeds", await feeds(fed));

const asked = [...new Set([...mapped, ...pages.map(p => p.url), ...samples.map(s => s.url)])];
const texts = await Promise.all(asked.map(whole));
step(`${texts.length} pages: their HTML`);
report("HTML", await html(texts));
step("what they tell machines");
report("JSON-LD", await structured(texts.filter(t => !t.url.includes("/-/"))));

step(`${pages.length} pages and ${looked.length} samples in a browser`);
const browser = await launch();
const heaviest = {};
// A page waits for half its time.
await inTurns(2 * cpus().length, [...pages, ...looked.map(s => ({ ...s, status: 200, sample: true }))], async p => {
	const { findings, weight, script, shift } = await judge(browser, p);
	report(decodeURIComponent(p.url), findings);
	if (p.sample || p.status !== 200 || !full.includes(p.lang)) return;
	const h = heaviest[p.kind] ??= { pages: 0, weight: 0, script: 0, shift: 0 };
	heaviest[p.kind] = { pages: h.pages + 1, weight: Math.max(h.weight, weight), script: Math.max(h.script, script), shift: Math.max(h.shift, shift) };
});

const rated = ["home", "section", "article", "search, found"].flatMap(kind => outlets.flatMap(outlet => full.map(lang =>
	pages.find(p => p.kind === kind && p.outlet === outlet && p.lang === lang)))).filter(p => everything || p.outlet === { vi: "portal", en: "newspaper" }[p.lang]);
step(`${rated.length} pages by Lighthouse`);
const scores = [];
for (const p of rated) {
	const r = await rate(browser, p);
	report(decodeURIComponent(p.url), r.findings);
	scores.push({ p, ...r });
}
await browser.close();

step("figures");
console.log("bytes of text, styles, scripts and fonts on the wire, in vi and en; the heaviest page of each kind");
console.log(`${"pages".padStart(5)} ${"all".padStart(7)} ${"script".padStart(7)}   moved  kind`);
for (const [kind, h] of Object.entries(heaviest)) console.log(`${String(h.pages).padStart(5)} ${String(h.weight).padStart(7)} ${String(h.script).padStart(7)}  ${h.shift.toFixed(4)}  ${kind}`);
console.log("Lighthouse, mobile: performance, accessibility, best practices, SEO");
for (const { p, scores: s } of scores) console.log(`${Object.values(s).map(n => String(n).padStart(4)).join("")}  ${p.outlet} ${p.lang} ${p.kind}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

/** turn says whether a sample is judged in this theme and language when each is judged once. */
function turn({ theme, lang, kind }) {
	const at = [...new Set(samples.map(s => s.kind))].indexOf(kind);
	return theme === outlets[at % outlets.length] && lang === full[at % full.length];
}

async function whole(url) { return { url, ...await site.get(url) }; }

/** feedsOf are the feeds that an outlet's home page and all it leads to in that language name. */
async function feedsOf(outlet, lang) {
	const home = `${site.origin(outlet)}/${lang}/`;
	const all = new Set();
	for (const page of [home, ...await site.links(home)]) {
		const { body, type } = await site.get(page);
		if (type.startsWith("text/html")) for (const [, href] of body.matchAll(/href="([^"]+\/(?:atom\.xml|feed\.xml|feed\.json|podcast\.xml|feeds\.opml))"/g)) all.add(new URL(href, page).href);
	}
	return Promise.all([...all].filter(a => a.startsWith(home)).map(whole));
}

async function inTurns(workers, list, work) {
	const left = [...list];
	await Promise.all(Array.from({ length: workers }, async () => {
		while (left.length) await work(left.shift());
	}));
}
