/* On a narrow screen the navigation is a strip; it starts with the current place in view. */
for (const here of document.querySelectorAll(".nav [aria-current]")) {
  const strip = here.closest("ul");
  strip.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - strip.clientWidth / 2;
}
