// What is judged: the pages of a site, read from its maps, its footers and its gallery.

import http from "node:http";

/** The outlets of the demo. Browsers and Node find *.localhost on this machine. */
export const outlets = ["portal", "newspaper", "broadcaster"];

/** The languages whose pages are judged one by one, and those of which one page stands for all. */
export const full = ["vi", "en"];
export const brief = ["km", "zh", "ko", "ja"];

const searchWord = { vi: "tim-kiem", en: "search" };
const searchFor = { vi: "khu công nghiệp", en: "industrial park" };

/** Site asks one demo server, and keeps what it said. */
export class Site {
	#pages = new Map();

	constructor(port) { this.port = port; }

	origin(outlet) { return `http://${outlet}.localhost:${this.port}`; }

	/** get answers {status, type, body} of an address. Node does not know *.localhost everywhere, so the name goes into the header alone. */
	async get(address) {
		if (!this.#pages.has(address)) this.#pages.set(address, ask(address));
		return this.#pages.get(address);
	}

	async links(address, within = /[^]*/) {
		const { body } = await this.get(address);
		const [part = ""] = body.match(within) ?? [];
		return [...new Set([...part.matchAll(/<a\s[^>]*?href="([^"#]+)"/g)].map(m => new URL(unescape(m[1]), address).href))]
			.filter(a => a.startsWith(new URL(address).origin));
	}

	/** mapped are the addresses of an outlet's site maps, and maps the maps themselves. */
	async maps(outlet) {
		const index = `${this.origin(outlet)}/sitemap.xml`;
		const files = locations((await this.get(index)).body);
		const pages = [];
		for (const file of files) pages.push(...locations((await this.get(file)).body));
		return { index, files, pages };
	}
}

async function ask(address) {
	const url = new URL(address);
	return new Promise((done, failed) => {
		http.get({ host: "127.0.0.1", port: url.port, path: url.pathname + url.search, headers: { host: url.host } }, answer => {
			const parts = [];
			answer.on("data", p => parts.push(p)).on("error", failed)
				.on("end", () => done({ status: answer.statusCode, type: answer.headers["content-type"] ?? "", cookie: answer.headers["set-cookie"], body: Buffer.concat(parts).toString() }));
		}).on("error", failed);
	});
}

const locations = map => [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(m => unescape(m[1]));
const unescape = s => s.replaceAll("&amp;", "&").replaceAll("&#43;", "+").replaceAll("&#34;", '"').replaceAll("&#39;", "'");

/** choose picks the pages of an outlet in a language that a browser opens: each {kind, url, status}. */
export async function choose(site, outlet, lang, mapped) {
	const home = `${site.origin(outlet)}/${lang}/`;
	const chosen = [{ kind: "home", url: home, status: 200 }];
	if (brief.includes(lang)) { // which not every outlet speaks
		const spoken = await site.links(`${site.origin(outlet)}/${full[0]}/`);
		return spoken.includes(home) ? chosen : [];
	}
	const sections = [];
	for (const other of outlets) { // each lists its own in its footer, and has articles of all
		const theirs = await site.links(`${site.origin(other)}/${lang}/`, /<nav class="footer-sections"[^]*?<\/nav>/);
		sections.push(...theirs.map(a => a.replace(site.origin(other), site.origin(outlet))));
	}
	const all = [...new Set([...mapped.filter(a => a.startsWith(home)), ...await site.links(home)])].filter(a => a.startsWith(home) && a !== home);
	const byKind = new Map();
	for (const url of all) {
		const kind = kindOf(url, home, sections);
		if (kind) byKind.set(kind, [...byKind.get(kind) ?? [], url]);
	}
	for (const [kind, urls] of byKind) {
		for (const url of await cover(site, urls)) chosen.push({ kind, url, status: 200 });
	}
	const [search] = byKind.get(searchWord[lang]);
	chosen.push(
		{ kind: "search, found", url: `${search}?q=${encodeURIComponent(searchFor[lang])}`, status: 200 },
		{ kind: "search, nothing", url: `${search}?q=${encodeURIComponent("qzxv")}`, status: 200 },
		{ kind: "missing", url: `${home}khong-co`, status: 404 },
	);
	return chosen;
}

/** kindOf is "section", "article", or the word by which an address begins; nothing for feeds and files. */
function kindOf(url, home, sections) {
	const parts = new URL(url).pathname.slice(new URL(home).pathname.length).split("/");
	if (/\.[a-z]{3,4}$/.test(parts.at(-1))) return "";
	if (!sections.includes(home + parts[0])) return decodeURIComponent(parts[0]);
	return parts.length === 1 ? "section" : "article";
}

/** cover picks, of pages of one kind, the few that together hold every element and class that any of them holds. */
async function cover(site, urls) {
	const pages = [];
	for (const url of urls) {
		const { status, body } = await site.get(url);
		const main = body.match(/<main[^]*<\/main>/)?.[0] ?? "";
		const marks = new Set([...main.matchAll(/<([a-z0-9]+)/g)].map(m => m[1]));
		for (const [, names] of main.matchAll(/\sclass="([^"]*)"/g)) names.split(/\s+/).forEach(n => marks.add("." + n));
		if (status === 200) pages.push({ url, marks });
	}
	const left = new Set(pages.flatMap(p => [...p.marks]));
	const picked = [];
	while (left.size) {
		const best = pages.reduce((a, b) => gain(b, left) > gain(a, left) ? b : a);
		best.marks.forEach(m => left.delete(m));
		picked.push(best.url);
	}
	return picked;
}

const gain = (page, left) => [...page.marks].filter(m => left.has(m)).length;

/** gallery are the samples: each {theme, lang, kind, url}. */
export async function gallery(site) {
	const { body } = await site.get(`${site.origin("portal")}/-/gallery`);
	return [...body.matchAll(/href="(\/-\/gallery\/([^/]+)\/([^/]+)\/\d+)" aria-label="([^"]*)"/g)]
		.map(([, path, theme, lang, label]) => ({ theme, lang, kind: label.split(", ").slice(0, 2).join(", "), url: site.origin("portal") + path }));
}
