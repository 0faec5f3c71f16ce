// Only comfort: the page can be read, filtered by status and printed without it.
"use strict";
document.documentElement.classList.add("js");
var box = document.getElementById("search");
var rows = Array.prototype.slice.call(document.querySelectorAll("#requirement-table tbody tr"));
if (box) box.addEventListener("input", function () {
  var words = box.value.toLowerCase().split(/\s+/);
  rows.forEach(function (row) {
    var text = row.textContent.toLowerCase();
    row.classList.toggle("unmatched", !words.every(function (w) { return text.indexOf(w) >= 0; }));
  });
});
function reveal() {
  var at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (var e = at; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  if (at) at.scrollIntoView();
}
window.addEventListener("hashchange", reveal);
reveal();
window.addEventListener("beforeprint", function () {
  document.querySelectorAll("details").forEach(function (d) { d.open = true; });
});
