// node with_exceljs.js FOLDER COUNT: ordinary workbooks as exceljs saves them, every other one as a stream.
const path = require("path");
const exceljs = require("exceljs");

const [folder, count] = [process.argv[2], Number(process.argv[3])];

function filled(book, number) {
  for (let page = 0; page <= number % 4; page++) {
    const sheet = book.addWorksheet(`Trang ${page + 1}`, { views: [{ state: "frozen", ySplit: 1 }] });
    sheet.columns = [{ width: 30 }, { width: 10 }, { width: 12 }];
    for (let row = 0; row < 3 + (number % 25); row++) {
      const line = sheet.addRow([`Mục tiêu ${row} & <b>`, row / 7, new Date(Date.UTC(2019, 5, 9)), row % 2 === 0, { formula: "1+1", result: 2 }, { error: "#N/A" }]);
      line.getCell(1).font = { name: "Times New Roman", bold: number % 2 === 0 };
      line.getCell(2).numFmt = "0%";
      if (line.commit && number % 2) line.commit();
    }
    if (number % 2 === 0) {
      if (number % 3 === 0) sheet.mergeCells("H1:I2");
      if (number % 5 === 0) sheet.getCell("A1").note = "ghi chú";
      if (number % 4 === 0) sheet.getCell("K1").value = { richText: [{ text: "một " }, { font: { bold: true }, text: "hai" }] };
      if (number % 7 === 0) sheet.addTable({ name: `Bang${page}`, ref: "M1", columns: [{ name: "a" }, { name: "b" }], rows: [["x", 1]] });
    } else sheet.commit();
  }
}

(async () => {
  for (let number = 0; number < count; number++) {
    const filename = path.join(folder, `exceljs_${number}.xlsx`);
    if (number % 2) {
      const book = new exceljs.stream.xlsx.WorkbookWriter({ filename, useStyles: true, useSharedStrings: number % 4 === 1 });
      filled(book, number);
      await book.commit();
    } else {
      const book = new exceljs.Workbook();
      filled(book, number);
      await book.xlsx.writeFile(filename);
    }
  }
})();
