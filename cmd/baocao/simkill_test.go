//go:build unix

package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"
	"time"

	"baocao/pipeline/agency"
)

// TestSimulatedYearKilled kills the program while it is at the jobs and mails of
// random moments of the year: at random times, at random steps, and when the
// letters' server has taken a letter over and the program has not heard so. The
// next one goes on: the same letters go out, and none twice but those. With
// BAOCAO_LONG there are 50 kills through the whole year.
func TestSimulatedYearKilled(t *testing.T) {
	t.Parallel()
	kills, periods, seed := 5, []string{"2018-6M"}, uint64(2018)
	if isLong() {
		kills, periods = 50, simPeriodsInOrder
	}
	if s, err := strconv.ParseUint(os.Getenv("BAOCAO_SEED"), 10, 64); err == nil {
		seed = s
	}
	k := &simKiller{simOffice: newSimOffice(t), random: rand.New(rand.NewPCG(seed, 7))}
	k.choose(kills, periods)
	k.tick = func() {
		for range k.victims[k.now.Unix()] {
			k.kill()
		}
		k.once()
	}
	want := k.run("plain", periods...)
	twice := k.compareOnce(want)
	t.Logf("seed %d: killed %d times (%v), %d letters came twice", seed, k.killed[0]+k.killed[1]+k.killed[2], k.killed, twice)
	if got := k.killed[0] + k.killed[1] + k.killed[2]; got < kills {
		t.Errorf("killed %d times, want %d", got, kills)
	}
}

// simKiller kills the program of an office.
type simKiller struct {
	*simOffice
	random  *rand.Rand
	victims map[int64]int // how often at each moment
	killed  [3]int        // at times, at steps, by the letters' server
}

// choose chooses moments at which letters must go out.
func (k *simKiller) choose(kills int, periods []string) {
	_, rows := readSimTable(k.t, "plain.letters.txt")
	var moments []int64
	for _, r := range rows {
		if at := r.at.Unix(); slices.Contains(periods, r.what) && !slices.Contains(moments, at) && r.at.Minute()%15 == 0 {
			moments = append(moments, at)
		}
	}
	k.victims = map[int64]int{}
	for range kills {
		k.victims[moments[k.random.IntN(len(moments))]]++
	}
}

// kill has a program of its own do what is due now, and kills it.
func (k *simKiller) kill() {
	k.t.Helper()
	how := k.random.IntN(len(k.killed))
	for try := range 20 { // it may have ended before
		if k.dies(how, try) {
			k.killed[how]++
			return
		}
		how = 0
	}
	k.t.Errorf("%s: the program could not be killed", k.now.In(agency.Zone))
}

// dies runs the program, and reports whether it was killed.
func (k *simKiller) dies(how, try int) bool {
	k.t.Helper()
	cmd := exec.Command("baocao", "schedule", "run")
	cmd.Dir = k.folder
	cmd.Env = append(os.Environ(), "BAOCAO_NOW="+k.now.Format(time.RFC3339), stepsFile+"="+k.file("steps"))
	switch how {
	case 1:
		cmd.Env = append(cmd.Env, dieAt+"="+strconv.Itoa(1+k.random.IntN(60)))
	case 2:
		n := 1 + k.random.IntN(3)
		k.post.Lock()
		k.post.taken = func() {
			if n--; n == 0 {
				_ = cmd.Process.Kill() // it may have ended
			}
		}
		k.post.Unlock()
	}
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	if how == 0 { // soon after its start, or sooner, when it was too fast
		far := time.Duration(k.random.Int64N(int64(800*time.Millisecond))) >> try
		timer := time.AfterFunc(far, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	_ = cmd.Wait() // it was killed, or a job of it failed
	k.post.Lock()
	k.post.taken = nil
	k.post.Unlock()
	return cmd.ProcessState.ExitCode() == -1
}
