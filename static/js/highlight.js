/* Marks the words a reader searched for. The server delivers them as written in <template data-marks='["…"]'>. */
const given = document.querySelector("template[data-marks]");
const terms = given ? JSON.parse(given.dataset.marks).filter(Boolean).sort((a, b) => b.length - a.length) : [];
const MOST = 500;

function mark(root) {
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(escaped.join("|"), "giu");
  const skip = "script, style, template, textarea, select, mark, nav, .breadcrumbs, .no-marks";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest(skip) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.search(pattern) >= 0) found.push(walker.currentNode);
  let count = 0;
  for (const node of found) {
    /* A row or a grid would set the pieces of one sentence apart: there they stay one child. */
    const laid = /flex|grid/.test(getComputedStyle(node.parentElement).display);
    const parts = laid ? document.createElement("span") : document.createDocumentFragment();
    let from = 0;
    for (const match of node.data.matchAll(pattern)) {
      if (count >= MOST) break;
      const marked = Object.assign(document.createElement("mark"), { textContent: match[0] });
      parts.append(node.data.slice(from, match.index), marked);
      from = match.index + match[0].length;
      count += 1;
    }
    parts.append(node.data.slice(from));
    node.replaceWith(parts);
  }
}

if (terms.length) {
  mark(document.querySelector("[data-markable]") ?? document.querySelector("main"));
  const place = location.hash === "" ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const target = place || document.querySelector("main mark");
  target?.scrollIntoView({ block: place ? "start" : "center" });
}
