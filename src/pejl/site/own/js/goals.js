// Combines choices among the goals of the front page. Without it each single choice has a page of its own.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var form = document.querySelector("[data-goal-filter]");
  var goals = Array.prototype.slice.call(document.querySelectorAll("[data-goals] .goal-row"));
  if (!form || !goals.length) {
    return;
  }
  var status = form.querySelector("[data-goal-count]");
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));

  function fits(goal) {
    return selects.every(function (select) {
      if (!select.value) {
        return true;
      }
      return (goal.dataset[select.name] || "").split(" ").indexOf(select.value) !== -1;
    });
  }

  function show() {
    var chosen = selects.some(function (select) {
      return select.value;
    });
    var count = 0;
    goals.forEach(function (goal) {
      var fit = fits(goal);
      goal.hidden = !fit;
      count += fit ? 1 : 0;
    });
    document.querySelectorAll("[data-goals] .goal-section").forEach(function (section) {
      section.hidden = !section.querySelector(".goal-row:not([hidden])");
    });
    var words = count === 0 ? status.dataset.none : count === 1 ? status.dataset.one : status.dataset.many;
    status.textContent = chosen ? words.replace("#", String(count)) : "";
  }

  form.addEventListener("change", show);
  form.addEventListener("reset", function () {
    window.setTimeout(show, 0);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  show();
});
