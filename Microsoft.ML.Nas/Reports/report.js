// Sorts the trials by the column whose heading is clicked. Holds no "less than" and no ampersand, so that HTML and XML read it alike.
document.addEventListener("click", event => {
  const head = event.target.closest("table.trials th");
  if (head === null) return;
  const column = head.cellIndex;
  const sign = head.getAttribute("aria-sort") === "descending" ? 1 : -1;
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
  const key = row => row.cells[column].dataset.v ?? row.cells[column].textContent;
  const numbers = head.classList.contains("n");
  const order = (a, b) => numbers ? Math.sign(Number(a) - Number(b)) || 0 : a.localeCompare(b);
  const body = head.closest("table").tBodies[0];
  body.append(...[...body.rows].sort((a, b) => sign * order(key(a), key(b))));
});
