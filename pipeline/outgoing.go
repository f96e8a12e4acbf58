package pipeline

import (
	"errors"
	"net/mail"
	"time"

	"baocao/pipeline/deliver"
)

// Outgoing is how the office sends letters.
type Outgoing struct {
	Post deliver.Post
	From mail.Address // whom letters come from, and answers go to

	// OnlyTo, when set, is the one address that any letter goes to: the real
	// recipients stand at its top. Letters that were queued for anybody else
	// wait meanwhile.
	OnlyTo string

	// At most so many letters are posted in one run, within a minute, and to one
	// address within an hour and within 24 hours; the rest waits. 0: as many as
	// there are, but of PerRun.
	//
	// PerDay is also how many mails of one address that arrived within 24 hours
	// are answered: a program at the other end that answers our answers gets no
	// more of them, and has nothing left to answer.
	PerRun, PerMinute, PerHour, PerDay int

	// AnswerWithin is how old a mail may be that is still answered: an office
	// that begins to use the program does not answer a year of old mail.
	AnswerWithin time.Duration
}

// ErrNoPost is the error of what would send letters in an office that has not
// said how.
var ErrNoPost = errors.New("the configuration says nothing about sending mail")
