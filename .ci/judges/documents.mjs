// What is judged without a browser: the HTML of pages, feeds, site maps, and
// what pages say of themselves to machines.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import formats from "ajv-formats";
import Validator from "@adobe/structured-data-validator";
import ts from "typescript";

const here = fileURLToPath(new URL(".", import.meta.url));
const schema = name => join(here, "schemas", name);
const jar = fileURLToPath(import.meta.resolve("vnu-jar/build/dist/vnu.jar"));
const jing = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"; // is in the jar as well

/** onDisk runs a program over documents, each {url, body}, and answers what it said, in which files are named by their addresses again. */
async function onDisk(documents, ending, program, ...args) {
	if (!documents.length) return { failed: false, said: "" };
	const folder = await mkdtemp(join(tmpdir(), "judged-"));
	try {
		const files = documents.map((_, i) => join(folder, `${i}.${ending}`));
		await Promise.all(documents.map((d, i) => writeFile(files[i], d.body)));
		const { failed, said } = await run(program, [...args, ...files]);
		return { failed, said: said.replaceAll(new RegExp(`(file:)?${folder}/(\\d+)\\.${ending}`, "g"), (_, __, i) => documents[i].url) };
	} finally {
		await rm(folder, { recursive: true });
	}
}

function run(program, args) {
	return new Promise((done, broken) => execFile(program, args, { maxBuffer: 1 << 28 }, (error, out, err) => {
		if (error && typeof error.code !== "number") broken(error);
		else done({ failed: error !== null, said: out + err });
	}));
}

const lines = ({ failed, said }) => failed ? said.split("\n").filter(Boolean) : [];

/** html asks the W3C's checker. */
export async function html(pages) {
	const { said } = await onDisk(pages, "html", "java", "-jar", jar, "--format", "json", "--errors-only", "--exit-zero-always");
	return JSON.parse(said).messages.map(m => `${m.url}:${m.lastLine}: ${m.message}${m.extract ? ` (${m.extract.trim()})` : ""}`);
}

/** feeds judges Atom, RSS with podcasts, OPML and JSON Feed by what they are. */
export async function feeds(all) {
	const findings = [];
	for (const [file, grammar] of [["atom.xml", "atom.rnc"], ["feed.xml", "rss.rnc"], ["podcast.xml", "rss.rnc"], ["feeds.opml", "opml.rnc"]]) {
		findings.push(...lines(await onDisk(all.filter(f => f.url.endsWith("/" + file)), "xml", "java", "-cp", jar, jing, "-c", schema(grammar))));
	}
	const { default: jsonFeed } = await import("./schemas/feed.schema.json", { with: { type: "json" } });
	const valid = formats(new Ajv({ allErrors: true, allowUnionTypes: true })).compile(jsonFeed);
	for (const f of all.filter(f => f.url.endsWith("/feed.json"))) {
		if (!valid(JSON.parse(f.body))) findings.push(...valid.errors.map(e => `${f.url}: ${e.instancePath} ${e.message}`));
	}
	for (const f of all) {
		if (f.status !== 200) findings.push(`${f.url}: answers ${f.status}`);
		const self = f.body.match(/rel="self"[^>]*href="([^"]+)"/)?.[1] ?? f.body.match(/"feed_url": "([^"]+)"/)?.[1];
		if (self && self !== f.url) findings.push(`${f.url}: calls itself ${self}`);
		const ids = [...f.body.matchAll(/<entry>\s*<id>([^<]+)|<guid[^>]*>([^<]+)|^ {3}"id": "([^"]+)/gm)].map(m => m[1] ?? m[2] ?? m[3]);
		if (new Set(ids).size !== ids.length) findings.push(`${f.url}: two entries have one identifier`);
	}
	return findings;
}

/** maps judges an outlet's site maps by the schemas of sitemaps.org. */
export async function maps(index, files) {
	const judged = await Promise.all([
		onDisk([index], "xml", "xmllint", "--noout", "--nonet", "--schema", schema("siteindex.xsd")),
		onDisk(files, "xml", "xmllint", "--noout", "--nonet", "--schema", schema("sitemaps.xsd")),
	]);
	return judged.flatMap(lines).filter(l => !/ validates$/.test(l));
}

/** structured judges the JSON-LD of pages: by schema.org's vocabulary, as the types of schema-dts have it, and by what search engines ask for. */
export async function structured(pages) {
	const findings = [];
	const things = [];
	for (const { url, body } of pages) {
		for (const [, text] of body.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g)) {
			let said;
			try {
				said = JSON.parse(text);
			} catch (e) {
				findings.push(`${url}: JSON-LD that cannot be read: ${e.message}`);
				continue;
			}
			for (const thing of said["@graph"] ?? [said]) things.push({ url, thing });
		}
	}
	const asked = new Validator();
	for (const { url, thing } of things) {
		for (const i of await asked.validate({ jsonld: { [thing["@type"]]: [structuredClone(thing)] } })) {
			if (i.path?.some(p => p.type === "ItemList")) continue; // of lists it knows breadcrumbs alone; a list of pages names their addresses
			if (i.severity === "ERROR") findings.push(`${url}: ${i.rootType}: ${i.issueMessage}`);
		}
	}
	return [...findings, ...typed(things)];
}

/** typed lets the compiler hold each thing against its type. */
function typed(things) {
	const name = join(here, "things.ts");
	const starts = [];
	// What search engines read and the vocabulary has no word for: what is put into an address, a picture's size as a number.
	const read = (name, value) => name.endsWith("-input") ? undefined : ["width", "height"].includes(name) && typeof value === "number" ? { "@type": "QuantitativeValue", value } : value;
	let text = `import type * as s from "schema-dts";\n`;
	for (const { thing } of things) {
		starts.push(text.length);
		const { "@context": _, ...rest } = thing;
		text += `export const _${starts.length}: s.${thing["@type"]} = ${JSON.stringify(rest, read)};\n`;
	}
	const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
	const host = ts.createCompilerHost(options);
	const { getSourceFile } = host;
	host.getSourceFile = (file, ...rest) => file === name ? ts.createSourceFile(file, text, options.target) : getSourceFile.call(host, file, ...rest);
	const program = ts.createProgram([name], options, host);
	return ts.getPreEmitDiagnostics(program).map(d => {
		const { url, thing } = things[starts.findLastIndex(s => s <= d.start)] ?? { url: name, thing: {} };
		return `${url}: ${thing["@type"]}: ${ts.flattenDiagnosticMessageText(d.messageText, " ").slice(0, 600)}`;
	});
}
