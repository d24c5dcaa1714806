// Search among the entries from A to Z. Without it the letters lead the way.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var form = document.querySelector("[data-a-z-search]");
  if (!form) {
    return;
  }
  var input = form.querySelector("input");
  var status = form.querySelector("[data-a-z-count]");
  var entries = Array.prototype.slice.call(document.querySelectorAll("[data-a-z-entry]")).map(function (element) {
    return { element: element, text: element.textContent.toLocaleLowerCase() };
  });

  function show() {
    var words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    entries.forEach(function (entry) {
      var fit = words.every(function (word) {
        return entry.text.indexOf(word) !== -1;
      });
      entry.element.hidden = !fit;
      count += fit ? 1 : 0;
    });
    document.querySelectorAll("[data-a-z-letter]").forEach(function (letter) {
      letter.hidden = !letter.querySelector("[data-a-z-entry]:not([hidden])");
    });
    var told = count === 0 ? status.dataset.none : count === 1 ? status.dataset.one : status.dataset.many;
    status.textContent = words.length ? told.replace("#", String(count)) : "";
  }

  input.addEventListener("input", show);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  show();
});
