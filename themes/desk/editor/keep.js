// What was not touched is written back byte for byte.
//
// Each block of the document remembers the source it was read from. Writing
// puts the sources of untouched blocks together again with new Markdown for
// the others, then reads the result back: an untouched block that would now be
// understood differently (a list that would run into its neighbour, say) is
// written anew as well.
import { print } from "./syntax.js";
import { glance, read, toDoc } from "./read.js";
import { toTree } from "./write.js";

export class Source {
  // around are definitions that stand elsewhere in the text.
  constructor(markdown, around = "") {
    this.text = markdown;
    this.around = around;
    this.pieces = read(markdown, around);
    this.doc = toDoc(this.pieces);
    this.byNode = new Map(this.pieces.map((piece, i) => [piece.node, i]));
  }

  // markdown writes a document that began as this source.
  markdown(doc) {
    if (doc.eq(this.doc)) return this.text;
    const parts = [];
    doc.forEach((node) => {
      if (node.type.name !== "paragraph" || node.content.size) parts.push({ node, piece: this.#pieceOf(node) });
    });
    for (;;) {
      const placed = this.#put(parts);
      if (!this.#doubt(parts, placed)) return placed.text.normalize("NFC");
    }
  }

  // #pieceOf finds where a block came from; after an undo it may be another
  // object that says the same.
  #pieceOf(node) {
    const i = this.byNode.get(node) ?? this.pieces.findIndex((piece) => piece.node.eq(node));
    return i >= 0 ? i : null;
  }

  // #put joins sources and new Markdown. Neighbours that were neighbours keep
  // what stood between them.
  #put(parts) {
    let text = "";
    const places = [];
    for (let i = 0; i < parts.length; ) {
      const { piece } = parts[i];
      if (i > 0) text += this.#between(parts[i - 1].piece, piece);
      else if (piece === 0) text += this.text.slice(0, this.pieces[0].start);
      const start = text.length;
      if (piece !== null) {
        text += this.text.slice(this.pieces[piece].start, this.pieces[piece].end);
        places[i++] = { start, end: text.length };
        continue;
      }
      const from = i;
      while (i < parts.length && parts[i].piece === null) i++;
      text += print(parts.slice(from, i).map((part) => toTree(part.node)));
    }
    if (parts.length && parts.at(-1).piece === this.pieces.length - 1) text += this.text.slice(this.pieces.at(-1).end);
    return { text, places };
  }

  #between(before, after) {
    if (before === null || after !== before + 1) return "\n\n";
    return this.text.slice(this.pieces[before].end, this.pieces[after].start);
  }

  // #doubt gives up the sources that are not read back as what they were, and
  // says whether there were any.
  #doubt(parts, { text, places }) {
    const found = new Map(glance(text, this.around).map((piece) => [piece.start + ":" + piece.end, piece.node]));
    let doubted = false;
    parts.forEach((part, i) => {
      if (part.piece === null || part.node.type.name === "asis") return;
      const node = found.get(places[i].start + ":" + places[i].end);
      if (node?.eq(part.node)) return;
      part.piece = null;
      doubted = true;
    });
    return doubted;
  }
}
