package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// articleParser is CommonMark with our extensions. The parsers of blocks that
// may hold other blocks are wrapped, so that they nest only so deep. The
// numbers are priorities: goldmark's own.
func articleParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(articleBlocks(),
			util.Prioritized(shallow{fewFootnotes{extension.NewFootnoteBlockParser()}}, 999),
		)...),
		parser.WithInlineParsers(append(lineInlines(),
			util.Prioritized(extension.NewFootnoteParser(), 101),
		)...),
		parser.WithParagraphTransformers(articleTransformers()...),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// articleBlocks are all blocks but the footnote.
func articleBlocks() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(extension.NewDefinitionListParser(), 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(shallow{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

// articleTransformers tell paragraphs from what begins as one.
func articleTransformers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
		util.Prioritized(boundedTables{extension.NewTableParagraphTransformer()}, 200),
	}
}

// lineParser knows no block but the paragraph: "# 1" stays a sign and a number.
func lineParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(lineInlines()...),
	)
}

// letterParser knows paragraphs, lists and quotations: what others wrote stands
// inside a page of ours, and has no headings, tables or notes of its own.
func letterParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(lineInlines()...),
	)
}

func lineInlines() []util.PrioritizedValue {
	return append(parser.DefaultInlineParsers(),
		util.Prioritized(fewOpeners{}, 0),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewLinkifyParser(
			extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}),
		), 999),
	)
}

func htmlRenderer() renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(ownNodes{}, 100),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(html.NewRenderer(), 1000),
	))
}

// write renders a tree and sends the result past the second wall.
func (r *Renderer) write(source []byte, doc ast.Node) (string, error) {
	var out bytes.Buffer
	if err := r.html.Render(&out, source, doc); err != nil {
		return "", err
	}
	return r.policy.SanitizeReader(&out).String(), nil
}
