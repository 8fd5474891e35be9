import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { markdown } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface MarkdownView {
  /** Shows another text; nothing happens when it is shown already. */
  setText: (text: string) => void;
  setAttributes: (attributes: Record<string, string>) => void;
  focus: () => void;
  destroy: () => void;
}

interface MarkdownViewOptions {
  parent: HTMLElement;
  text: string;
  attributes: Record<string, string>;
  readOnly: boolean;
  onChange: (text: string) => void;
}

const highlight = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "var(--weight-strong)" },
  { tag: tags.strong, fontWeight: "var(--weight-strong)" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: [tags.link, tags.url], color: "var(--accent)" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.quote], color: "var(--muted)" },
]);

const look = EditorView.theme({
  "&": { height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 12px" },
});

/**
 * A Markdown editor. Its style element carries the nonce that the page's own scripts have, without which the page's
 * policy would refuse it. Tab indents; after Esc it leaves.
 */
export function createMarkdownView({ parent, text, attributes, readOnly, onChange }: MarkdownViewOptions): MarkdownView {
  let shown = attributes;
  const extensions: Extension[] = [
    EditorView.cspNonce.of(pageNonce()),
    history(),
    markdown(),
    syntaxHighlighting(highlight),
    look,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of(() => ({ tabindex: "0", spellcheck: "true", autocorrect: "on", autocapitalize: "sentences", ...shown })),
    EditorState.readOnly.of(readOnly),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) onChange(state.doc.toString());
    }),
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
  ];
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  return {
    setText(next) {
      const { doc } = view.state;
      if (doc.toString() !== next) view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
    },
    setAttributes(next) {
      shown = next;
      view.dispatch({});
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** The nonce of the document that is open: going from page to page loads no other. Scripts may read it, markup hides it. */
function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}
