// Starts the components of the design system. Without it every page has the same content.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  DKFDS.init();
});
