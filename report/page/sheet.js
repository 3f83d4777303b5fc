"use strict";
(function () {
  var source = document.getElementById("lines").textContent;
  var lines = JSON.parse(source), tasks = document.querySelectorAll("article.task"), at = 0;
  var pairs = lines.length > 0 && lines[0].a !== undefined;
  var fields = pairs ? {
    relation: ["copy", "shortened", "contained", "revised", "template", "same_event", "unrelated"],
    drop: ["a", "b", "either", "none"]
  } : { truncated: ["no", "end", "start", "stub"], prose: ["0", "1"], add: ["code", "share", "promo", "related", "nav", "caption", "disclaimer", "byline", "other"] };
  var usual = { copy: "either", revised: "none", template: "none", same_event: "none", unrelated: "none" };
  var out = lines.map(function (l) { return l.spans === null && !pairs ? found(l) : []; });

  function found(l) { return (l.found || []).map(function (s) { return { span: [s[0], s[1], s[2]], on: true }; }); }
  function el(id) { return document.getElementById(id); }
  function done(l) { return pairs ? l.relation !== "" && l.drop !== "" : l.truncated !== "" && l.prose !== null; }

  // show brings the present task and what is said of it.
  function show() {
    tasks.forEach(function (t, i) { t.hidden = i !== at; });
    var l = lines[at];
    document.querySelectorAll("#choices button").forEach(function (b) {
      b.setAttribute("aria-pressed", String(b.dataset.field !== "add" && String(l[b.dataset.field]) === b.value));
    });
    el("unsure").checked = l.sure === 0;
    el("progress").textContent = (at + 1) + " of " + lines.length + ", " + lines.filter(done).length + " done";
    el("said").textContent = pairs ? [l.relation, l.drop].filter(Boolean).join(", ") : spans(at).map(function (s) { return s.join("-"); }).join(" ");
    if (!pairs) tasks[at].querySelectorAll("mark").forEach(function (m) {
      m.setAttribute("aria-checked", String(out[at][Number(m.dataset.n)].on));
    });
  }

  function spans(i) {
    return out[i].filter(function (s) { return s.on; }).map(function (s) { return s.span; }).sort(function (x, y) { return x[0] - y[0]; });
  }

  function say(field, value) {
    var l = lines[at];
    if (field === "add") return add(value);
    l[field] = field === "prose" ? Number(value) : value;
    if (field === "relation") l.drop = usual[value] || (l.drop === "a" || l.drop === "b" ? l.drop : "");
    show();
  }

  // place counts the characters of the text before a point of the page: an escape stands for one, a tag for none.
  function place(root, node, offset) {
    var range = document.createRange();
    range.setStart(root, 0);
    range.setEnd(node, offset);
    var part = range.cloneContents();
    part.querySelectorAll(".tag").forEach(function (t) { t.remove(); });
    part.querySelectorAll(".esc").forEach(function (e) { e.textContent = "x"; });
    return Array.from(part.textContent).length;
  }

  function add(kind) {
    var chosen = window.getSelection(), root = tasks[at].querySelector(".text");
    if (!chosen.rangeCount || chosen.isCollapsed || !root.contains(chosen.anchorNode) || !root.contains(chosen.focusNode)) return;
    var r = chosen.getRangeAt(0), s = place(root, r.startContainer, r.startOffset), e = place(root, r.endContainer, r.endOffset);
    if (s < e) out[at].push({ span: [s, e, kind], on: true });
    chosen.removeAllRanges();
    show();
  }

  function step(by) { at = Math.min(Math.max(at + by, 0), lines.length - 1); show(); }

  function save() {
    var text = lines.map(function (l, i) {
      var o = Object.assign({}, l);
      if (!pairs && done(l)) o.spans = spans(i);
      return JSON.stringify(o) + "\n";
    }).join("");
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
    link.download = "labels.jsonl";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  Object.keys(fields).forEach(function (field) {
    var group = document.createElement("span");
    group.append(field + " ");
    fields[field].forEach(function (value) {
      var b = document.createElement("button");
      b.type = "button"; b.value = value; b.dataset.field = field; b.textContent = value;
      b.addEventListener("mousedown", function (e) { e.preventDefault(); }); // what is selected stays selected
      b.addEventListener("click", function () { say(field, value); });
      group.append(b, " ");
    });
    el("choices").append(group);
  });
  if (!lines.length) { el("progress").textContent = "nothing to label"; return; }
  document.addEventListener("click", function (e) {
    var m = e.target.closest && e.target.closest("mark[data-n]");
    if (m && window.getSelection().isCollapsed) { var s = out[at][Number(m.dataset.n)]; s.on = !s.on; show(); }
  });
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    var first = pairs ? "relation" : "truncated", n = Number(e.key);
    if (e.key === "n") step(1);
    else if (e.key === "p") step(-1);
    else if (e.key === "u") { lines[at].sure = 1 - lines[at].sure; show(); }
    else if (pairs && "abe0".indexOf(e.key) >= 0) say("drop", fields.drop["abe0".indexOf(e.key)]);
    else if (n >= 1 && n <= fields[first].length) say(first, fields[first][n - 1]);
    else if (e.key === " " && e.target.matches("mark[data-n]")) { e.preventDefault(); e.target.click(); }
  });
  el("labels").addEventListener("submit", function (e) { e.preventDefault(); });
  el("unsure").addEventListener("change", function () { lines[at].sure = el("unsure").checked ? 0 : 1; show(); });
  el("next").addEventListener("click", function () { step(1); });
  el("previous").addEventListener("click", function () { step(-1); });
  el("save").addEventListener("click", save);
  window.addEventListener("beforeunload", function (e) { if (lines.some(done)) e.preventDefault(); });
  show();
})();
