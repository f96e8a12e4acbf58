#!/usr/bin/perl
# lite.pl ENCODING DISPOSITION TYPE FILE NAME: a mail made by MIME::Lite, with
# the body from the standard input; FROM, TO and SUBJECT are in the environment.
use strict;
use warnings;
use MIME::Lite;

my ($encoding, $disposition, $type, $file, $name) = @ARGV;
my $body = join '', <STDIN>;
my $mail = MIME::Lite->new(
    From    => $ENV{FROM},
    To      => $ENV{TO},
    Subject => $ENV{SUBJECT},
    Type    => 'multipart/mixed',
    Datestamp => 0,
);
$mail->attach(Type => 'text/plain; charset=UTF-8', Encoding => '8bit', Data => $body);
$mail->attach(
    Type        => $type,
    Encoding    => $encoding,
    Path        => $file,
    Filename    => $name,
    Disposition => $disposition,
);
$mail->print(\*STDOUT);
