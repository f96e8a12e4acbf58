//go:build unix

package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect/dovecottest"
)

// TestKill kills the program at random moments, at random steps and while it
// talks to the letters' server, and lets the next one go on. With BAOCAO_LONG
// there are 300 mails and 200 kills at random moments.
func TestKill(t *testing.T) {
	mails, kills := killMails(t, 60), 20
	if os.Getenv("BAOCAO_LONG") != "" {
		mails, kills = killMails(t, 300), 200
	}
	host := mailHost{dovecottest.Start(t, "secret"), "secret"}
	began := time.Now()
	calm := newStory(t, host, "calm@daknong.example", mails)
	work := calm.measure()
	calm.check(calm.dump())
	want := calm.dump()
	t.Logf("never killed: collect %v in %d steps, deliver %v in %d steps, neither with anything to do %v",
		work["collect"].time, work["collect"].steps, work["deliver"].time, work["deliver"].steps, work[""].time)

	random := rand.New(rand.NewPCG(2018, 4))
	total := tally{stages: map[string]int{}}
	for round := 0; total.moments < kills; round++ {
		s := newStory(t, host, fmt.Sprintf("round-%d@daknong.example", round), mails)
		s.torment(random, work, kills, &total)
		s.finish()
		s.check(want)
		s.checkLetters(true)
		s.later() // so that no letter becomes due while nothing is to be done
		total.twice += s.checkLetters(false)
		s.checkStill()
		total.add(s)
		if t.Failed() {
			break
		}
	}
	total.log(t, time.Since(began))
}

// tally is what a test did.
type tally struct {
	moments, steps, talks, starts, rounds, twice int
	stages                                       map[string]int
	faults                                       [faults]int
}

// add counts what became of a story.
func (a *tally) add(s *story) {
	a.rounds++
	a.starts += s.starts
	for stage, n := range s.stages {
		a.stages[stage] += n
	}
	for f, n := range s.sink.asked {
		a.faults[f] += n
	}
}

func (a tally) log(t *testing.T, took time.Duration) {
	t.Logf("%d kills at random moments, %d at steps, %d by the letters' server; %d starts in %d rounds; %d letters sent twice; %v",
		a.moments, a.steps, a.talks, a.starts, a.rounds, a.twice, took)
	t.Logf("letters with each fault of their server: %v", a.faults)
	for _, stage := range slices.Sorted(maps.Keys(a.stages)) {
		t.Logf("%4d %s", a.stages[stage], stage)
	}
}

// cost is what a command takes.
type cost struct {
	time  time.Duration
	steps int
}

// measure runs the story without a kill and gives what each command costs; under
// the empty name, what one costs that has nothing to do.
func (s *story) measure() map[string]cost {
	s.t.Helper()
	work := map[string]cost{}
	for _, verb := range []string{"collect", "deliver", "collect"} {
		began := time.Now()
		if s.run(verb, ending{}) {
			s.t.Fatalf("baocao %s was killed by somebody else", verb)
		}
		c := cost{time.Since(began), len(s.steps())}
		if _, again := work[verb]; again {
			verb = ""
		}
		work[verb] = c
	}
	return work
}

// torment runs the story until it is through, or there are so many kills at
// random moments, about half of them for each command.
func (s *story) torment(r *rand.Rand, work map[string]cost, kills int, total *tally) {
	s.t.Helper()
	s.sink.choose = randomFaults(r)
	other := map[string]string{"collect": "deliver", "deliver": "collect"}
	for _, verb := range []string{"collect", "deliver"} {
		enough := min(kills, total.moments+kills/2)
		for n, through := 0, false; total.moments < enough && !through; n++ {
			now := verb
			if r.IntN(8) == 0 { // letters are written while mails are still to be fetched
				now = other[verb]
			}
			killed := s.suffer(now, someEnding(r, n%2 == 0, work[""].time, work[now], kills), total)
			through = now == verb && !killed
		}
		for s.run(verb, ending{}) { // the letters' server may have it killed
			total.talks++
		}
	}
}

// suffer runs a command that may be killed, counts why, and reports whether it
// was.
func (s *story) suffer(verb string, e ending, total *tally) bool {
	s.t.Helper()
	talked := s.sink.kills()
	killed := s.run(verb, e)
	switch {
	case !killed:
	case s.sink.kills() > talked:
		total.talks++
	case e.after > 0:
		total.moments++
	default:
		total.steps++
	}
	return killed
}

// someEnding is mostly soon after the beginning, so that many kills fall upon one
// story; sometimes anywhere, because mails that were not committed yet are fetched
// again by the next run.
func someEnding(r *rand.Rand, moment bool, idle time.Duration, work cost, kills int) ending {
	far := 2 * r.Float64() / float64(kills)
	if r.IntN(kills) < 2 {
		far = r.Float64()
	}
	if !moment {
		return ending{step: strconv.Itoa(1 + int(far*float64(work.steps)))}
	}
	begin := (1 + r.Float64()) / 2 * float64(idle)
	return ending{after: 1 + time.Duration(begin+far*float64(max(work.time-idle, 0)))}
}

// checkStill makes sure that the program changes nothing when it has nothing to
// do.
func (s *story) checkStill() {
	s.t.Helper()
	before, letters := s.tree("office"), s.sink.all()
	s.finish()
	if diff := cmp.Diff(before, s.tree("office")); diff != "" {
		s.t.Errorf("a run with nothing to do (-before +after):\n%.3000s", diff)
	}
	if got := s.sink.all(); got != letters {
		s.t.Errorf("letters after a run with nothing to do: got %d, want %d", got, letters)
	}
}

// TestKillEverywhere kills the program at each kind of step in the story of a few
// mails, several times in each of some stories; with BAOCAO_LONG also once at
// each step, each in a story of its own.
func TestKillEverywhere(t *testing.T) {
	host := mailHost{dovecottest.Start(t, "secret"), "secret"}
	mails := killMails(t, 7)
	began := time.Now()
	calm := newStory(t, host, "calm@daknong.example", mails)
	var kinds, each []killAt
	for _, verb := range []string{"collect", "deliver"} {
		calm.run(verb, ending{})
		met := map[string]bool{}
		for n, step := range calm.steps() {
			each = append(each, killAt{verb, strconv.Itoa(n + 1)})
			if !met[step] {
				met[step] = true
				kinds = append(kinds, killAt{verb, step})
			}
		}
	}
	calm.check(calm.dump())
	want := calm.dump()

	const stories = 6
	plans := make([][]killAt, stories)
	for n, k := range kinds {
		plans[n%stories] = append(plans[n%stories], k)
	}
	if os.Getenv("BAOCAO_LONG") != "" {
		for _, k := range each {
			plans = append(plans, []killAt{k})
		}
	}
	total := tally{stages: map[string]int{}}
	for n, plan := range plans {
		s := newStory(t, host, fmt.Sprintf("story-%d@daknong.example", n), mails)
		s.follow(plan, &total)
		s.finish()
		s.check(want)
		s.checkLetters(true)
		s.later()
		total.twice += s.checkLetters(false)
		total.add(s)
		if t.Failed() {
			t.Fatalf("after kills at %v", plan)
		}
	}
	if total.steps < len(kinds)*3/4 {
		t.Errorf("kills: got %d, want one at nearly each of %d kinds of steps", total.steps, len(kinds))
	}
	total.log(t, time.Since(began))
}

// killAt is a step of a command.
type killAt struct{ verb, step string }

// follow runs the story with kills at these steps, those of collect first.
func (s *story) follow(plan []killAt, total *tally) {
	s.t.Helper()
	collected := false
	for _, k := range plan {
		if k.verb == "deliver" && !collected {
			collected = !s.run("collect", ending{})
		}
		if s.run(k.verb, ending{step: k.step}) {
			total.steps++
		}
	}
}
