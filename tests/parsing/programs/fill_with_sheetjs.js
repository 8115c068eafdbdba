// Fills forms with SheetJS (npm package "xlsx", 0.18.5) and saves them; a job as JSON on standard input:
// [{"template": path, "saves": [[path, "xlsx"]], "cells": [[sheet, address, "number" | "text" | "day", value]]}]
// The free edition writes no styles, so a day keeps only its number format.
const XLSX = require("xlsx");
const fs = require("fs");

for (const file of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const book = XLSX.readFile(file.template, { cellNF: true });
  for (const [sheet, address, kind, value] of file.cells) {
    const cell = kind === "text" ? { t: "s", v: value } : { t: "n", v: value };
    if (kind === "day") cell.z = "dd/mm/yyyy";
    book.Sheets[sheet][address] = cell;
  }
  for (const [path, kind] of file.saves) XLSX.writeFile(book, path, { bookType: kind, compression: true });
}
