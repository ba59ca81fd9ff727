// How link types are said in words, from either end.

const WORDS = new Map([
  ["INTRODUCES", ["Introduces", "Introduced by"]],
  ["USES", ["Uses", "Used by"]],
  ["TRAINS_ON", ["Trains on", "Training data in"]],
  ["EVALUATES_ON", ["Evaluates on", "Papers that evaluate on it"]],
  ["COMPARES_WITH", ["Compares with", "Papers that compare with it"]],
  ["RUNS_ON", ["Runs on", "What runs on it"]],
  ["ADDRESSES", ["Addresses", "Addressed by"]],
  ["MEASURES", ["Measures", "Measured by"]],
  ["MENTIONS", ["Mentions", "Mentioned by"]],
  ["REPORTS", ["Reports", "Reported by"]],
  ["HAS_CODE", ["Code", "Code of"]],
  ["WRITTEN_BY", ["Written by", "Wrote"]],
  ["PUBLISHED_BY", ["Published by", "Published"]],
  ["VARIANT_OF", ["Variant of", "Variants"]],
  ["BASED_ON", ["Based on", "Basis of"]],
  ["TRAINED_ON", ["Trained on", "Trained on it"]],
  ["EVALUATED_ON", ["Evaluated on", "Evaluated on it"]],
  ["COMPARED_WITH", ["Compared with", "Compared with"]],
  ["PART_OF", ["Part of", "Parts"]],
]);

/** The link type in words, as seen from its source or from its target. */
function said(kind, fromTarget) {
  const words = WORDS.get(kind);
  if (words) return words[fromTarget ? 1 : 0];
  const plainWords = kind.toLowerCase().replaceAll("_", " ");
  const sentence = plainWords.charAt(0).toUpperCase() + plainWords.slice(1);
  return fromTarget ? `${sentence} (from)` : sentence;
}

const OUTCOMES = new Map([["better", "does better"], ["worse", "does worse"], ["on_par", "is on par"]]);

/** Quantities and outcome of a link, in words. */
function quantities(e) {
  const facts = linkFactsOf(e);
  const out = [];
  if (facts.outcome) out.push(OUTCOMES.has(facts.outcome) ? `${fromPaper(e) ? "the paper’s own" : "it"} ${OUTCOMES.get(facts.outcome)}` : plain(facts.outcome, 60));
  if (facts.count) out.push(`${facts.count} ×`);
  if (facts.memory_gb) out.push(`${facts.memory_gb} GB`);
  if (facts.hours) out.push(`${facts.hours} hours`);
  if (facts.parameters) out.push(`${short(facts.parameters)} parameters`);
  return out;
}

const fromPaper = (e) => G.type[G.source[e]] === G.paper;

/** `7000000000` as `7B`. */
function short(number) {
  for (const [unit, name] of [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "K"]]) {
    if (number >= unit) return `${Number((number / unit).toPrecision(3))}${name}`;
  }
  return String(number);
}
