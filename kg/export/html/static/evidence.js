// Sentences with the mention marked.

/** The pieces of evidence of a link: sentence, span, field, confidence. */
function evidenceOf(e) {
  const flat = (G.evidence && G.evidence[e]) || [];
  const out = [];
  for (let k = 0; k + 4 < flat.length; k += 5) {
    const [sentence, start, end, title, sure] = flat.slice(k, k + 5);
    out.push({ sentence, start, end, title: title === 1, sure, link: e });
  }
  return out;
}

/** A sentence as a quotation; `spans` are `{start, end, link}`, those that overlap an earlier one are passed over. */
function quotation(sentence, spans, note) {
  const text = G.sentences[sentence];
  const parts = [];
  let done = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start < done || span.end <= span.start) continue;
    parts.push(tidy(text.slice(done, span.start)), h("mark", null, tidy(text.slice(span.start, span.end))));
    done = span.end;
  }
  parts.push(tidy(text.slice(done)));
  return h("blockquote", { dir: "auto" }, ...parts, note && h("small", null, note));
}

/** Control characters do not show; everything else does, as text. */
function tidy(text) {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
  return line.length > 3000 ? `${line.slice(0, 3000)}…` : line;
}

/** The sentences of some links, each once with all its marks; at most `most` of them. */
function quotations(links, most, withPaper) {
  const bySentence = new Map();
  let hidden = 0;
  for (const e of links) {
    hidden += G.hidden.get(e) || 0;
    for (const piece of evidenceOf(e)) {
      if (!bySentence.has(piece.sentence)) bySentence.set(piece.sentence, []);
      bySentence.get(piece.sentence).push(piece);
    }
  }
  const all = [...bySentence];
  const shown = all.slice(0, most).map(([sentence, spans]) => {
    const [first] = spans;
    const paper = withPaper ? paperOf(first.link) : -1;
    const where = first.title ? "title" : "abstract";
    return quotation(sentence, spans, h("span", null, paper >= 0 ? [bdi(G.names[paper], 60), " · "] : null, `${where} · ${first.sure}% sure`));
  });
  const more = all.length - shown.length + hidden;
  if (more) shown.push(h("p", { class: "quiet" }, `${counted(more, "more piece", "more pieces")} of evidence not shown`));
  return shown;
}

/** The paper that says a link: its source, or the one a relation names. */
function paperOf(e) {
  if (fromPaper(e)) return G.source[e];
  const named = linkFactsOf(e).paper;
  return named !== undefined && G.number.has(named) ? G.number.get(named) : -1;
}
