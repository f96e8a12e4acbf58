# Sheets as JSON on stdin into a file: perl perl.pl Spreadsheet::WriteExcel|Excel::Writer::XLSX FILE
use strict;
use warnings;
use JSON::PP;
my ($module, $file) = @ARGV;
eval "require $module" or die $@;
local $/;
my $sheets = decode_json(<STDIN>);
my $book = $module->new($file);
for my $s (@$sheets) {
    my $ws = $book->add_worksheet($s->{name});
    for my $c (@{ $s->{cells} }) {
        my $look = $c->{fmt} ? $book->add_format(num_format => $c->{fmt}) : undef;
        if (defined $c->{formula}) { $ws->write_formula($c->{r}, $c->{c}, $c->{formula}, $look) }
        elsif (JSON::PP::is_bool($c->{v})) { next }
        elsif ($c->{v} =~ /^-?\d+(\.\d+)?$/ && !$c->{text}) { $ws->write_number($c->{r}, $c->{c}, $c->{v}, $look) }
        else { $ws->write_string($c->{r}, $c->{c}, $c->{v}, $look) }
    }
    $ws->hide() if $s->{hidden};
}
$book->close();
