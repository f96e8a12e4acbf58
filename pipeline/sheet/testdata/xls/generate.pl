# Makes the sample that Spreadsheet::WriteExcel writes; generate.py calls it.
use strict;
use warnings;
use utf8;
use Spreadsheet::WriteExcel;

my $book = Spreadsheet::WriteExcel->new('perl.xls');
$book->set_1904();
my $sheet   = $book->add_worksheet('Báo cáo');
my $percent = $book->add_format(num_format => '0.0%');
my $date    = $book->add_format(num_format => 'dd/mm/yyyy');
my $short   = $book->add_format(num_format => 0x0E);
my $merged  = $book->add_format(align => 'center');

$sheet->write_string('A1', 'Sở Nội vụ');
$sheet->write_string('A2', 'plain');
$sheet->write_number('A3', -12.34);
$sheet->write_number('B1', 0.125, $percent);
$sheet->write_date_time('B2', '2018-06-15T', $date);
$sheet->write_date_time('B3', '2018-06-05T', $short);
$sheet->write_blank('B4', $percent);
$sheet->write_formula('C1', '=1+2');
$sheet->write_formula('C2', '=1+2', undef, 3);
$sheet->write_formula('C3', '="xo"&"ng"', undef, 'xong');
$sheet->write_formula('C4', '=1/0', undef, '#DIV/0!');
$sheet->write_formula('C5', '=1>0', undef, 'TRUE');
$sheet->write_url('D1', 'https://example.org/', 'liên kết');
$sheet->merge_range('A6:C7', 'gộp ô', $merged);
$sheet->set_row(1, undef, undef, 1);
for my $row (10 .. 39) {
    $sheet->write($row, 0, $row);
    $sheet->write($row, 1, "Hoạt động $row");
}
$sheet->insert_chart('F2', $book->add_chart(type => 'line', embedded => 1, name => 'nhúng'));

my $chart = $book->add_chart(type => 'line', name => 'Biểu đồ');
$chart->add_series(values => q(='Báo cáo'!$A$11:$A$40));
my $hidden = $book->add_worksheet('Ẩn');
$hidden->write_string('B2', 'x');
$hidden->hide();
my $texts = $book->add_worksheet('Dài');
for my $row (0 .. 3) {
    $texts->write_string($row, 0, "cải cách thủ tục hành chính $row; " x 280);
    $texts->write_string($row, 1, "plain $row; " x 900);
}
$book->close() or die "perl.xls: $!";
