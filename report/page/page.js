"use strict";
(function () {
  var form = document.getElementById("filter");
  var items = Array.prototype.slice.call(document.querySelectorAll("details.item"));
  var current = -1;

  function wanted(item) {
    var d = item.dataset, f = form.elements;
    var measure = d.measure === "" ? NaN : Number(d.measure);
    return (!f.source.value || d.source === f.source.value || d.partner === f.source.value) &&
      (!f.rule.value || d.names.split("|").indexOf(f.rule.value) >= 0) &&
      (!f.relation.value || d.relation === f.relation.value) &&
      (f.from.value === "" || measure >= Number(f.from.value)) &&
      (f.to.value === "" || measure <= Number(f.to.value));
  }

  function shown() { return items.filter(function (item) { return !item.hidden; }); }

  function say() {
    var n = shown().length, text = n + " of " + items.length;
    if (current >= 0) text += ", at " + (current + 1);
    document.getElementById("count").textContent = text;
  }

  function filter() {
    current = -1;
    items.forEach(function (item) { item.hidden = !wanted(item); });
    document.querySelectorAll("section.group").forEach(function (group) {
      group.hidden = !group.querySelector("details.item:not([hidden])");
    });
    say();
  }

  // step opens the next of the items that are shown and closes the last one.
  function step(by) {
    var list = shown();
    if (!list.length) return;
    if (current >= 0 && list[current]) list[current].open = false;
    current = current < 0 ? (by > 0 ? 0 : list.length - 1) : (current + by + list.length) % list.length;
    list[current].open = true;
    list[current].querySelector("summary").focus({ preventScroll: true });
    list[current].scrollIntoView({ block: "nearest" });
    say();
  }

  function number(cell) {
    var n = parseFloat(cell.textContent.replace(/[,%]/g, ""));
    return isNaN(n) ? null : n;
  }

  // sort orders the rows of a table by one column: numbers from the largest, words from the first.
  function sort(table, column, th) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    var up = th.getAttribute("aria-sort") === "descending";
    table.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    var numeric = rows.every(function (row) { return number(row.cells[column]) !== null; });
    if (!numeric) up = !up;
    th.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.sort(function (a, b) {
      var x = a.cells[column], y = b.cells[column];
      var order = numeric ? number(x) - number(y) : x.textContent.localeCompare(y.textContent);
      return up ? order : -order;
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }

  document.querySelectorAll("table.sortable").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, column) {
      if (th.classList.contains("barcol")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.prototype.slice.call(th.childNodes));
      button.addEventListener("click", function () { sort(table, column, th); });
      th.append(button);
    });
  });

  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("next").addEventListener("click", function () { step(1); });
  document.getElementById("previous").addEventListener("click", function () { step(-1); });
  form.hidden = false;
  filter();
})();
