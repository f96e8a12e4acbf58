package apart

import (
	"bufio"
	"cmp"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"
)

// child is a running process that reads documents.
type child struct {
	cmd     *exec.Cmd
	folder  string // its own, for temporary files
	in      io.WriteCloser
	asks    *gob.Encoder
	answers *gob.Decoder
	errors  *lastWords
	late    atomic.Bool // it was ended because it took too long
	served  int
}

// start starts the program with args and waits until it says that it is there.
func start(program string, args []string) (*child, error) {
	c := &child{errors: &lastWords{}}
	if err := c.start(program, args); err != nil {
		if c.folder != "" {
			err = errors.Join(err, os.RemoveAll(c.folder))
		}
		return nil, fmt.Errorf("start child: %w", err)
	}
	return c, nil
}

func (c *child) start(program string, args []string) (err error) {
	if program == "" {
		if program, err = self(); err != nil {
			return err
		}
	}
	if c.folder, err = os.MkdirTemp("", folderPrefix); err != nil {
		return err
	}
	c.cmd = &exec.Cmd{
		Path: program, Args: append([]string{os.Args[0]}, args...), Dir: c.folder, Stderr: c.errors,
		Env: c.environment(),
	}
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.cmd.Start(); err != nil {
		return err
	}
	answers := bufio.NewReaderSize(out, 64<<10)
	c.asks, c.answers = gob.NewEncoder(c.in), gob.NewDecoder(answers)
	defer c.within(startLimit)()
	said := make([]byte, len(greeting))
	if _, err = io.ReadFull(answers, said); err == nil && string(said) == greeting {
		return nil
	}
	c.kill()
	return fmt.Errorf("it said %q: %w: %s", said, cmp.Or(err, errNotOurs), c.said())
}

// environment is what the child knows of ours: nothing that is secret.
func (c *child) environment() []string {
	env := []string{childVariable + "=" + c.folder, "TMPDIR=" + c.folder, "TMP=" + c.folder, "TEMP=" + c.folder}
	for _, name := range []string{"SYSTEMROOT", "GOCOVERDIR", "GODEBUG"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// within kills the child unless the function that it gives is called in time.
func (c *child) within(limit time.Duration) (done func()) {
	timer := time.AfterFunc(limit, func() {
		c.late.Store(true)
		_ = c.cmd.Process.Kill()
	})
	return func() { timer.Stop() }
}

// read has the child read one document. After an error the child is of no use.
func (c *child) read(q request) (answer, error) {
	defer c.within(maxTime)()
	c.served++
	if err := c.asks.Encode(q); err != nil {
		return answer{}, fmt.Errorf("request: %w", err)
	}
	return receive(c.answers)
}

// kill ends the child at once and waits for its end.
func (c *child) kill() {
	_ = c.cmd.Process.Kill() // it may have ended
	_ = c.cmd.Wait()         // its exit code is in ProcessState
}

// fault is the code of the finding for what ended the child.
func (c *child) fault() string {
	switch {
	case c.late.Load(), c.cmd.ProcessState.ExitCode() == exitSlow:
		return codeSlow
	case c.cmd.ProcessState.ExitCode() == exitHeavy, strings.Contains(c.said(), "out of memory"):
		return codeHeavy
	}
	return codeDied
}

// said is the beginning of what the child wrote to its standard error.
func (c *child) said() string { return c.errors.String() }

// close lets the child end by itself, and clears its folder.
func (c *child) close() error {
	c.in.Close()
	if c.cmd.ProcessState == nil {
		stop := c.within(startLimit)
		_ = c.cmd.Wait()
		stop()
	}
	if err := os.RemoveAll(c.folder); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("close child: %w", err)
	}
	return nil
}
