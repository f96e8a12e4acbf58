package main

import (
	"cmp"
	"errors"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

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
