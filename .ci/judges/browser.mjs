// A browser opens each page at the width of a phone and of a desk, in light and
// dark, and tells what a reader would meet: what axe-core finds, what moved,
// what came over the wire and from where, what was kept, what the console says.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const widths = [360, 1440];
const narrowest = 320; // WCAG 1.4.10
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What the text, styles, scripts and fonts of a page may weigh on the wire. */
const heaviest = { home: 80 << 10, article: 40 << 10 };
const heaviestScript = 10 << 10;

// A font that comes late on a busy machine moves lines that a reader's machine,
// with fonts whose size the style adjusts, leaves where they are: what moved once
// and not again is not the page's.
const still = 0.001, tries = 3;

export function launch() {
	return puppeteer.launch({
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
		protocolTimeout: 0,
	});
}

/** judge opens a page and answers {findings, weight, script, shift}. */
export async function judge(browser, page) {
	const context = await browser.createBrowserContext(); // nothing kept from the page before
	try {
		return await look(await context.newPage(), page);
	} finally {
		await context.close();
	}
}

async function look(tab, { kind, url, status, sample }) {
	const findings = [];
	const wire = await watch(tab, url, sample, findings);
	tab.setDefaultTimeout(0);
	let shift = 0;
	for (const width of widths) {
		await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }, { name: "prefers-reduced-motion", value: "reduce" }]);
		await tab.setViewport({ width, height: 800 });
		let least = Infinity;
		for (let n = 0; n < tries && least > still; n++) {
			const answer = await tab.goto(url, { waitUntil: "load" });
			if (![status, 304].includes(answer.status())) findings.push(`answers ${answer.status()}, not ${status}`);
			least = Math.min(least, await tab.evaluate(settle));
			wire.close(); // the first visit has brought all there is
		}
		shift = Math.max(shift, least);
		await tab.evaluate(axe);
		for (const scheme of ["light", "dark"]) {
			await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
			for (const said of await tab.evaluate(accessible, scheme === "light" ? rules : ["cat.color"])) findings.push(`${said} (axe, ${width} px, ${scheme})`);
		}
	}
	await tab.setViewport({ width: narrowest, height: 800 });
	const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
	if (wide > narrowest) findings.push(`is ${wide} px wide at ${narrowest} px`);
	if (shift > still) findings.push(`${shift.toFixed(3)} of it moved while it loaded`);
	const { cookies } = await (await tab.createCDPSession()).send("Storage.getCookies");
	for (const c of cookies) findings.push(`keeps the cookie ${c.name}`);
	if (!sample && wire.all > heaviest[kind]) findings.push(`weighs ${wire.all} bytes, the most is ${heaviest[kind]}`);
	if (wire.script > heaviestScript) findings.push(`has ${wire.script} bytes of script, the most is ${heaviestScript}`);
	return { findings: [...new Set(findings)], weight: wire.all, script: wire.script, shift };
}

/** watch counts what comes over the wire until it is closed, and hears what the browser complains of. */
async function watch(tab, url, sample, findings) {
	const session = await tab.createCDPSession();
	await session.send("Network.enable");
	const kinds = new Map(), heads = new Map();
	const sum = { all: 0, script: 0, open: true, close() { this.open = false; } };
	session.on("Network.responseReceived", e => {
		kinds.set(e.requestId, e.type);
		heads.set(e.requestId, e.response.encodedDataLength);
	});
	session.on("Network.requestWillBeSent", e => {
		const asked = new URL(e.request.url);
		if (!["data:", "blob:"].includes(asked.protocol) && asked.origin !== new URL(url).origin) findings.push(`asks a third party: ${asked}`);
	});
	session.on("Network.loadingFinished", e => {
		const type = kinds.get(e.requestId);
		if (!sum.open || ["Image", "Media"].includes(type)) return;
		const body = e.encodedDataLength - heads.get(e.requestId);
		sum.all += body;
		if (type === "Script") sum.script += body;
	});
	tab.on("console", m => {
		if (m.type() === "error" && !/^Failed to load resource/.test(m.text())) findings.push(`the browser complains: ${m.text()}`);
	});
	tab.on("pageerror", e => findings.push(`its script fails: ${e.message}`));
	tab.on("response", r => {
		if (r.headers()["set-cookie"]) findings.push(`${r.url()} sets a cookie`);
		if (!sample && r.status() >= 400 && r.url() !== url) findings.push(`${r.url()} answers ${r.status()}`);
	});
	return sum;
}

// What follows runs in the page.

/** settle scrolls through the page, so that everything of it has come, and tells how much moved. */
async function settle() {
	await document.fonts.ready;
	let sum = 0;
	new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({ type: "layout-shift", buffered: true });
	const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
	for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
		scrollTo({ top: y, behavior: "instant" });
		await frames();
	}
	await Promise.all([...document.images].filter(i => !i.complete).map(i => new Promise(done => { i.onload = i.onerror = done; })));
	scrollTo({ top: 0, behavior: "instant" });
	await frames();
	return sum;
}

async function accessible(rules) {
	const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
	return violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.target.join(" ") + (n.any[0]?.message ? ` (${n.any[0].message})` : "")).join("; ")}`);
}
