// java -cp <POI> WithPoi.java FOLDER COUNT: ordinary workbooks as Apache POI saves them: XSSF, and SXSSF as a stream.
import java.io.FileOutputStream;
import java.util.Date;
import org.apache.poi.ss.usermodel.*;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

public class WithPoi {
    public static void main(String[] args) throws Exception {
        for (int number = 0; number < Integer.parseInt(args[1]); number++) {
            try (Workbook book = opened(number); FileOutputStream out = new FileOutputStream(args[0] + "/poi_" + number + ".xlsx")) {
                for (int page = 0; page <= number % 4; page++) fill(book, number, page);
                book.write(out);
            }
        }
    }

    static Workbook opened(int number) {
        if (number % 2 == 0) return new XSSFWorkbook();
        SXSSFWorkbook book = new SXSSFWorkbook(new XSSFWorkbook(), 5, number % 4 == 1, number % 3 == 0);
        return book;
    }

    static void fill(Workbook book, int number, int page) {
        Sheet sheet = book.createSheet("Trang " + (page + 1));
        CellStyle share = book.createCellStyle();
        share.setDataFormat(book.createDataFormat().getFormat("0%"));
        for (int at = 0; at < 3 + number % 25; at++) {
            Row row = sheet.createRow(at);
            row.createCell(0).setCellValue("Mục tiêu " + at + " & <b>");
            Cell target = row.createCell(1);
            target.setCellValue(at / 7.0);
            target.setCellStyle(share);
            row.createCell(2).setCellValue(new Date());
            row.createCell(3).setCellValue(at % 2 == 0);
            row.createCell(4).setCellFormula("1+1");
        }
        if (number % 3 == 0) sheet.addMergedRegion(new CellRangeAddress(0, 1, 7, 8));
        if (number % 10 == 0) {
            Drawing<?> drawing = sheet.createDrawingPatriarch();
            Comment comment = drawing.createCellComment(book.getCreationHelper().createClientAnchor());
            comment.setString(book.getCreationHelper().createRichTextString("ghi chú"));
            sheet.getRow(0).getCell(0).setCellComment(comment);
        }
    }
}
