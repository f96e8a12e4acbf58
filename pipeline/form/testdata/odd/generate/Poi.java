// Lines on stdin into an .xls on stdout, by Apache POI.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;

public class Poi {
    public static void main(String[] args) throws Exception {
        HSSFWorkbook book = new HSSFWorkbook();
        Sheet sheet = null;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null; ) {
            String[] f = line.split("\t", 4);
            if (f[0].equals("sheet")) {
                sheet = book.createSheet(f[1]);
            } else if (f[0].equals("merge")) {
                sheet.addMergedRegion(CellRangeAddress.valueOf(f[1]));
            } else {
                Row row = sheet.getRow(Integer.parseInt(f[1]));
                if (row == null) {
                    row = sheet.createRow(Integer.parseInt(f[1]));
                }
                if (f[0].equals("number")) {
                    row.createCell(Integer.parseInt(f[2])).setCellValue(Double.parseDouble(f[3]));
                } else {
                    row.createCell(Integer.parseInt(f[2])).setCellValue(f[3].replace("\\n", "\n"));
                }
            }
        }
        book.write(System.out);
    }
}
