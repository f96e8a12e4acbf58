package main

import (
	"cmp"
	"errors"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/store"
)

// actorFlag is --user: who does something that is written down.
type actorFlag struct{ name string }

func (f *actorFlag) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.name, "user", "", "`name` of the person who does it, for the audit trail (default: the name at this computer)")
}

// actor is who does it, now.
func (f *actorFlag) actor(now time.Time) (store.Actor, error) {
	name := strings.TrimSpace(f.name)
	if name == "" {
		if u, err := user.Current(); err == nil {
			name = cmp.Or(u.Name, u.Username)
		}
		name = cmp.Or(strings.TrimSpace(name), os.Getenv("USER"), os.Getenv("USERNAME"))
	}
	if name == "" {
		return store.Actor{}, errors.New("it is not known who you are; say it with --user NAME")
	}
	return store.Actor{Name: name, Via: "cli", At: now.UTC().Truncate(time.Second)}, nil
}

// openFor opens the office for what a person decides, and reads what has arrived: he
// decides on all of it. The returned function closes it.
func (a *app) openFor(cmd *cobra.Command, who actorFlag) (*pipeline.Pipeline, store.Actor, func(), error) {
	p, done, err := a.open(cmd.Context(), needsStore)
	if err != nil {
		return nil, store.Actor{}, nil, err
	}
	by, err := who.actor(p.Now())
	if err == nil {
		_, err = p.Collect(cmd.Context())
	}
	if err != nil {
		done()
		return nil, store.Actor{}, nil, err
	}
	return p, by, done, nil
}
