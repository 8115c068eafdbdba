// node with_sheetjs.js FOLDER COUNT: ordinary workbooks as SheetJS (npm: xlsx) saves them.
const path = require("path");
const xlsx = require("xlsx");

const [folder, count] = [process.argv[2], Number(process.argv[3])];
for (let number = 0; number < count; number++) {
  const book = xlsx.utils.book_new();
  for (let page = 0; page <= number % 4; page++) {
    const rows = [["Mục tiêu", "Chỉ tiêu", "Ngày", "Đạt"]];
    for (let row = 0; row < 3 + (number % 25); row++) rows.push([`Mục tiêu ${row} & <b>`, row / 7, new Date(2019, 5, 9), row % 2 === 0]);
    const sheet = xlsx.utils.aoa_to_sheet(rows, { cellDates: number % 2 === 0 });
    sheet["F2"] = { t: "n", f: "1+1", v: 2 };
    sheet["F3"] = { t: "e", v: 0x07 };
    if (number % 3 === 0) sheet["!merges"] = [xlsx.utils.decode_range("H1:I2")];
    if (number % 5 === 0) sheet["A2"].c = [{ a: "qms", t: "ghi chú" }];
    xlsx.utils.book_append_sheet(book, sheet, `Trang ${page + 1}`);
  }
  const kind = number % 8 === 7 ? "ods" : "xlsx";
  xlsx.writeFile(book, path.join(folder, `sheetjs_${number}.${kind}`), { bookSST: number % 2 === 0, compression: number % 3 !== 0 });
}
