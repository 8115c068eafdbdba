// Fills forms with exceljs (npm package "exceljs", 4.4.0) and saves them; the same job as fill_with_sheetjs.js.
const ExcelJS = require("exceljs");
const fs = require("fs");

(async () => {
  for (const file of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file.template);
    for (const [sheet, address, kind, value] of file.cells) {
      const day = new Date(Math.round((value - 25569) * 86400000));
      book.getWorksheet(sheet).getCell(address).value = kind === "day" ? day : value;
    }
    for (const [path] of file.saves) await book.xlsx.writeFile(path);
  }
})();
